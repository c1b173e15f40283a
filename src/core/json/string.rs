//! Strings of JSON: their escapes, and how they end.

use super::{
    fault::Fault,
    read::{Mode, Read, Reader},
};

impl Reader<'_> {
    /// A string whose first quote is taken. One without escapes is copied once.
    pub(super) fn string(&mut self) -> Read<String> {
        let mut out = String::new();
        loop {
            let start = self.at;
            let rest = self.text.as_bytes().get(start..).unwrap_or_default();
            self.at += plain(rest);
            if self.mode == Mode::Skip {
                out.clear();
            } else {
                out.push_str(self.since(start));
            }
            match self.take() {
                Some(b'"') => return Ok(out),
                Some(b'\\') => self.escape(&mut out)?,
                Some(_) => return Err(self.stop(Fault::Control)),
                None => return Err(self.ended()),
            }
        }
    }

    /// What follows a `\`.
    fn escape(&mut self, out: &mut String) -> Read<()> {
        let byte = match self.take() {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => return self.escaped_unit(out),
            Some(_) => return Err(self.stop(Fault::Escape)),
            None => return Err(self.ended()),
        };
        out.push(char::from(byte));
        Ok(())
    }

    fn escaped_unit(&mut self, out: &mut String) -> Read<()> {
        let unit = self.unit()?;
        let mut code = Some(unit);
        if let 0xD800..=0xDBFF = unit {
            let after_first = self.at;
            code = match self.second_unit() {
                Ok(second @ 0xDC00..=0xDFFF) => {
                    Some(0x1_0000 + ((unit & 0x3FF) << 10 | second & 0x3FF))
                }
                Err(stop) if self.mode == Mode::Strict => return Err(stop),
                Ok(_) if self.mode == Mode::Strict => None,
                _ => {
                    self.at = after_first;
                    None
                }
            };
        }
        match code.and_then(char::from_u32) {
            Some(sign) => out.push(sign),
            None if self.mode == Mode::Strict => return Err(self.stop(Fault::HalfPair)),
            None => out.push(char::REPLACEMENT_CHARACTER),
        }
        Ok(())
    }

    /// The other half of a pair.
    fn second_unit(&mut self) -> Read<u32> {
        for expected in b"\\u" {
            let byte = self.take().ok_or_else(|| self.ended())?;
            if byte != *expected {
                return Err(self.stop(Fault::HalfPair));
            }
        }
        self.unit()
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Read<u32> {
        let bytes = self.text.as_bytes().get(self.at..);
        let Some(digits) = bytes.and_then(<[u8]>::first_chunk::<4>) else {
            return Err(self.ended());
        };
        self.at += digits.len();
        let mut unit = 0;
        for digit in digits {
            let digit = char::from(*digit).to_digit(16);
            unit = unit << 4 | digit.ok_or_else(|| self.stop(Fault::Escape))?;
        }
        Ok(unit)
    }
}

/// How many bytes come before a quote, a backslash or a control character, eight
/// looked at together.
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    // A byte's highest bit is set where it is less than `limit`; above the first
    // such byte the answer may be wrong, and is not asked for.
    let less = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let (words, rest) = bytes.as_chunks();
    let mut at = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let quote = less(word ^ (ONES * u64::from(b'"')), 1);
        let backslash = less(word ^ (ONES * u64::from(b'\\')), 1);
        let found = (less(word, 0x20) | quote | backslash) & (ONES << 7);
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let end = |byte: &u8| matches!(byte, ..0x20 | b'"' | b'\\');
    at + rest.iter().position(end).unwrap_or(rest.len())
}
