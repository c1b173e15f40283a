//! `application/vnd.amazon.eventstream`: binary messages with checksums.
//!
//! ```text
//! u32 total | u32 headers | u32 crc32(first 8 bytes) | headers | payload | u32 crc32(all before)
//! header: u8 length of name, name, u8 type, value
//! ```
//!
//! Big-endian throughout. A length is believed only once the checksum of the
//! prelude is right, so that a broken body never makes us wait for gigabytes.
//! What is no such stream (JSON, a page, server-sent events: an error reply, a
//! gateway) is left to [`Framer`]; the first byte tells them apart.
//!
//! Source: <https://docs.aws.amazon.com/transcribe/latest/dg/event-stream.html>
//! and the vectors of `aws-smithy-eventstream` and `@smithy/eventstream-codec`.

use super::{BodyEnd, CutFault, CutFrames, Frame, Framer};
use crate::core::checksum;

/// The safety limit for one message: AWS names none for these streams; the
/// messages of a chat have some hundred bytes, images some megabytes.
pub const MAX_MESSAGE_BYTES: usize = 24 << 20;

/// What a frame's event begins with where the message is an exception; its type
/// follows.
pub const EXCEPTION: &str = "exception:";
/// The same where the message is an error without a body; its code follows, and
/// its words are the frame's data.
pub const ERROR: &str = "error:";

const PRELUDE: usize = 12;
const CHECKSUM: usize = 4;
/// A buffer larger than this is given back once it is empty.
const KEEP_CAPACITY: usize = 1 << 20;

/// Cuts a body into messages.
#[derive(Debug)]
pub struct EventStream {
    kind: Kind,
    text: Framer,
    /// Bytes that are not yet a whole message.
    held: Vec<u8>,
    limit: usize,
    fault: Option<CutFault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Undecided,
    Binary,
    Text,
}

impl Default for EventStream {
    fn default() -> Self {
        Self::with_limit(MAX_MESSAGE_BYTES)
    }
}

impl EventStream {
    /// A framer that refuses messages of more than `limit` bytes.
    pub fn with_limit(limit: usize) -> Self {
        Self {
            kind: Kind::Undecided,
            text: Framer::new(),
            held: Vec::new(),
            limit,
            fault: None,
        }
    }

    /// Takes whole messages from the front of what is held.
    fn cut(&mut self, out: &mut Vec<Frame>) -> Result<(), CutFault> {
        let mut rest = self.held.as_slice();
        let result = loop {
            match message(rest, self.limit) {
                Ok(Some((message, after))) => {
                    out.extend(message.frame());
                    rest = after;
                }
                Ok(None) => break Ok(()),
                Err(fault) => break Err(fault),
            }
        };
        let done = self.held.len() - rest.len();
        self.held.drain(..done);
        if self.held.is_empty() && self.held.capacity() > KEEP_CAPACITY {
            self.held = Vec::new();
        }
        result
    }
}

impl CutFrames for EventStream {
    fn push(&mut self, bytes: &[u8], out: &mut Vec<Frame>) -> Result<(), CutFault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if let (Kind::Undecided, Some(first)) = (self.kind, bytes.first()) {
            // No message that we accept is long enough to begin like a text.
            let is_text = matches!(first, b'\t' | b'\n' | b'\r' | b' '..=b'~' | 0xEF);
            self.kind = if is_text { Kind::Text } else { Kind::Binary };
        }
        match self.kind {
            Kind::Undecided => Ok(()),
            Kind::Text => CutFrames::push(&mut self.text, bytes, out),
            Kind::Binary => {
                self.held.extend_from_slice(bytes);
                let result = self.cut(out);
                self.fault = result.err();
                result
            }
        }
    }

    fn finish(&mut self) -> BodyEnd {
        if self.kind != Kind::Binary {
            return self.text.finish();
        }
        BodyEnd {
            broken_off: self.fault.is_none() && !self.held.is_empty(),
            ..BodyEnd::default()
        }
    }
}

/// A message whose checksums are right.
#[derive(Debug)]
struct Message<'a> {
    headers: Vec<(&'a str, Value<'a>)>,
    payload: &'a [u8],
}

/// A header's value, of one of the ten types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Value<'a> {
    Bool(bool),
    Byte(i8),
    Short(i16),
    Int(i32),
    Long(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    /// Milliseconds since 1970.
    Timestamp(i64),
    Uuid([u8; 16]),
}

impl Message<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(known, value)| match value {
            Value::Text(text) if *known == name => Some(*text),
            _ => None,
        })
    }

    /// What the dialect gets to see. The greeting that may come first says
    /// nothing.
    fn frame(&self) -> Option<Frame> {
        let word = |name| self.header(name).unwrap_or_default();
        let mut data = String::from_utf8_lossy(self.payload).into_owned();
        let event = match word(":message-type") {
            "exception" => format!("{EXCEPTION}{}", word(":exception-type")),
            "error" => {
                if data.is_empty() {
                    word(":error-message").clone_into(&mut data);
                }
                format!("{ERROR}{}", word(":error-code"))
            }
            _ => word(":event-type").to_owned(),
        };
        (event != "initial-response").then_some(Frame { event, data })
    }
}

/// The message that `bytes` begin with, and what follows it; `None` while it is
/// not whole.
fn message(bytes: &[u8], limit: usize) -> Result<Option<(Message<'_>, &[u8])>, CutFault> {
    let Some((prelude, _)) = bytes.split_at_checked(PRELUDE) else {
        return Ok(None);
    };
    let mut read = Reader(prelude);
    let corrupt = CutFault::Corrupt;
    let total = read.length().ok_or(corrupt)?;
    let headers = read.length().ok_or(corrupt)?;
    let (lengths, checksum) = prelude.split_at(PRELUDE - CHECKSUM);
    if crc32(lengths) != checksum || headers > total.saturating_sub(PRELUDE + CHECKSUM) {
        return Err(corrupt);
    }
    if total > limit {
        return Err(CutFault::TooLarge);
    }
    let Some((whole, after)) = bytes.split_at_checked(total) else {
        return Ok(None);
    };
    let (content, checksum) = whole
        .split_at_checked(total.saturating_sub(CHECKSUM))
        .ok_or(corrupt)?;
    if crc32(content) != checksum {
        return Err(corrupt);
    }
    let body = content.get(PRELUDE..).ok_or(corrupt)?;
    let (headers, payload) = body.split_at_checked(headers).ok_or(corrupt)?;
    let headers = read_headers(headers).ok_or(corrupt)?;
    Ok(Some((Message { headers, payload }, after)))
}

fn read_headers(bytes: &[u8]) -> Option<Vec<(&str, Value<'_>)>> {
    let mut read = Reader(bytes);
    let mut found = Vec::new();
    while !read.0.is_empty() {
        let [name_length] = read.array()?;
        let name = read.text(name_length.into())?;
        found.push((name, read.value()?));
    }
    Some(found)
}

/// Reads from the front; `None` where too little is left.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(u32::from_be_bytes(self.array()?)).ok()
    }

    fn text(&mut self, length: usize) -> Option<&'a str> {
        std::str::from_utf8(self.take(length)?).ok()
    }

    fn value(&mut self) -> Option<Value<'a>> {
        let [kind] = self.array()?;
        Some(match kind {
            0 => Value::Bool(true),
            1 => Value::Bool(false),
            2 => Value::Byte(i8::from_be_bytes(self.array()?)),
            3 => Value::Short(i16::from_be_bytes(self.array()?)),
            4 => Value::Int(i32::from_be_bytes(self.array()?)),
            5 => Value::Long(i64::from_be_bytes(self.array()?)),
            6 => {
                let length = u16::from_be_bytes(self.array()?);
                Value::Bytes(self.take(length.into())?)
            }
            7 => {
                let length = u16::from_be_bytes(self.array()?);
                Value::Text(self.text(length.into())?)
            }
            8 => Value::Timestamp(i64::from_be_bytes(self.array()?)),
            9 => Value::Uuid(self.array()?),
            _ => return None,
        })
    }
}

/// The checksum as it stands on the wire.
fn crc32(bytes: &[u8]) -> [u8; CHECKSUM] {
    checksum::crc32(bytes).to_be_bytes()
}

#[cfg(test)]
#[path = "eventstream_tests.rs"]
mod tests;
