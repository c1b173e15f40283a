//! Bytes to lines: LF, CRLF and CR end a line, nothing else does.
//!
//! Every byte is searched once, whatever the sizes of the pushes, and a line
//! that arrives in one push is handed on without a copy.

use super::TooLarge;
use memchr::memchr2;

/// A buffer larger than this is given back after its line, so that one huge
/// frame does not hold its memory for the rest of the stream.
const KEEP_CAPACITY: usize = 1 << 20;

/// Splits bytes into lines across pushes.
#[derive(Debug)]
pub(super) struct LineSplitter {
    partial: Vec<u8>,
    /// The last byte seen was a CR: an LF that follows belongs to it.
    after_cr: bool,
    limit: usize,
}

impl LineSplitter {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            partial: Vec::new(),
            after_cr: false,
            limit,
        }
    }

    /// Hands each line that is now complete to `line`, without its end.
    pub(super) fn push(
        &mut self,
        mut bytes: &[u8],
        line: &mut impl FnMut(&[u8]) -> Result<(), TooLarge>,
    ) -> Result<(), TooLarge> {
        if self.after_cr && !bytes.is_empty() {
            self.after_cr = false;
            bytes = bytes.strip_prefix(b"\n").unwrap_or(bytes);
        }
        while let Some(at) = memchr2(b'\n', b'\r', bytes) {
            let (head, rest) = bytes.split_at(at);
            if self.partial.is_empty() {
                line(head)?;
            } else {
                self.hold(head)?;
                let mut whole = std::mem::take(&mut self.partial);
                line(&whole)?;
                if whole.capacity() <= KEEP_CAPACITY {
                    whole.clear();
                    self.partial = whole;
                }
            }
            bytes = match rest {
                [b'\r'] => {
                    self.after_cr = true;
                    &[]
                }
                [b'\r', b'\n', tail @ ..] | [_, tail @ ..] => tail,
                [] => &[],
            };
        }
        self.hold(bytes)
    }

    /// The last line, if the body ended within one.
    pub(super) fn finish(&mut self) -> Option<Vec<u8>> {
        let last = std::mem::take(&mut self.partial);
        (!last.is_empty()).then_some(last)
    }

    fn hold(&mut self, bytes: &[u8]) -> Result<(), TooLarge> {
        if self.partial.len() + bytes.len() > self.limit {
            return Err(TooLarge);
        }
        self.partial.extend_from_slice(bytes);
        Ok(())
    }
}
