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
    let folded = columns::fold(json);
    let mut model = Model::new(folded.len());
    let mut writer = Writer::new();
    for byte in &folded {
        model.byte(&mut writer, *byte);
    }
    let mut body = writer.finish();
    body.resize(body.len().max(folded.len().div_ceil(MOST_PER_BYTE)), 0);
    let mut bytes = Vec::with_capacity(body.len() + 4);
    put_varint(&mut bytes, folded.len());
    bytes.extend(body);
    bytes
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
    model: Model,
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
            model: Model::new(whole),
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

    /// How much of the whole is done, from 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "for a bar on the screen")]
    pub fn share(&self) -> f64 {
        if self.whole == 0 {
            1.0
        } else {
            self.done as f64 / self.whole as f64
        }
    }

    /// The JSON. What was not unpacked is missing.
    pub fn finish(self) -> Result<Vec<u8>, PackFault> {
        columns::unfold(&self.model.into_text(), self.limit)
    }
}
