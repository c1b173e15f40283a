//! Bytes of JSON to few bytes and back: a length, then what the coder wrote.

use super::{
    PackFault,
    coder::{Reader, Writer},
    columns::{self, put_varint, take_varint},
    model::Model,
};

/// So many bytes of text come out of one byte at most. A writer adds zeros
/// where there would be more; a reader refuses the claim before it unpacks.
const MOST_PER_BYTE: usize = 256;

/// JSON as few bytes. The bytes hold no checksum.
pub fn compress(json: &[u8]) -> Vec<u8> {
    let mut packing = Packing::new(json);
    while !packing.step(usize::MAX) {}
    packing.finish()
}

/// Packing in steps, so that a page can show how far it is: a megabyte of JSON
/// takes a good part of a second.
pub struct Packing {
    model: Box<Model>,
    writer: Writer,
    folded: Vec<u8>,
    done: usize,
}

impl Packing {
    /// Of the bytes of a JSON text.
    pub fn new(json: &[u8]) -> Self {
        let folded = columns::fold(json);
        Self {
            model: Box::new(Model::new(folded.len())),
            writer: Writer::new(),
            folded,
            done: 0,
        }
    }

    /// Goes on for so many bytes; `true` once all are packed.
    pub fn step(&mut self, bytes: usize) -> bool {
        let end = self.folded.len().min(self.done.saturating_add(bytes));
        for byte in self.folded.get(self.done..end).unwrap_or_default() {
            self.model.byte(&mut self.writer, *byte);
        }
        self.done = end;
        end == self.folded.len()
    }

    /// How much of the whole is done, in hundredths.
    pub fn percent(&self) -> u8 {
        percent(self.done, self.folded.len())
    }

    /// What it came to. What was not packed is missing.
    pub fn finish(self) -> Vec<u8> {
        let mut body = self.writer.finish();
        let least = self.folded.len().div_ceil(MOST_PER_BYTE);
        body.resize(body.len().max(least), 0);
        let mut bytes = Vec::with_capacity(body.len() + 4);
        put_varint(&mut bytes, self.folded.len());
        bytes.extend(body);
        bytes
    }
}

/// The JSON, of at most `limit` bytes. Whether the bytes are those that were
/// written is not known here: a text has a checksum, an encrypted payload more
/// than that.
pub fn decompress(bytes: &[u8], limit: usize) -> Result<Vec<u8>, PackFault> {
    let mut unpacking = Unpacking::new(bytes, limit)?;
    while !unpacking.step(usize::MAX) {}
    unpacking.finish()
}

/// Unpacking in steps, so that a page can show how far it is: a megabyte of
/// JSON takes a good part of a second.
pub struct Unpacking {
    model: Box<Model>,
    reader: Reader,
    whole: usize,
    done: usize,
    limit: usize,
}

impl Unpacking {
    /// Looks at what the bytes claim, before anything of that size is made.
    pub fn new(bytes: &[u8], limit: usize) -> Result<Self, PackFault> {
        let mut body = bytes;
        let whole = take_varint(&mut body).ok_or(PackFault::Damaged)?;
        if whole > limit {
            return Err(PackFault::TooLarge { limit });
        }
        if whole.div_ceil(MOST_PER_BYTE) > body.len() {
            return Err(PackFault::Bomb { claimed: whole });
        }
        Ok(Self {
            model: Box::new(Model::new(whole)),
            reader: Reader::new(body),
            whole,
            done: 0,
            limit,
        })
    }

    /// Goes on for so many bytes; `true` once all are there.
    pub fn step(&mut self, bytes: usize) -> bool {
        for _ in 0..bytes.min(self.whole - self.done) {
            self.model.byte(&mut self.reader, 0);
            self.done += 1;
        }
        self.done == self.whole
    }

    /// How many bytes come out, with lists of numbers in their short form.
    pub fn whole(&self) -> usize {
        self.whole
    }

    /// How much of the whole is done, in hundredths.
    pub fn percent(&self) -> u8 {
        percent(self.done, self.whole)
    }

    /// The JSON. What was not unpacked is missing.
    pub fn finish(self) -> Result<Vec<u8>, PackFault> {
        columns::unfold(&self.model.into_text(), self.limit)
    }
}

fn percent(done: usize, whole: usize) -> u8 {
    let hundredths = (done as u64 * 100).checked_div(whole as u64);
    hundredths.map_or(100, |done| u8::try_from(done).unwrap_or(100))
}
