//! JSON text to a tree.
//!
//! It takes and refuses what `serde_json` does, and finds the same places. That
//! crate's own reader is not used: see ADR 0025.

use super::{
    fault::{Fault, JsonError},
    number::nearest,
};
use serde_json::{Map, Number, Value};

/// How deep lists and objects may lie in each other.
const DEEPEST: u8 = 127;

/// Reads JSON. Of a name that is given twice the last value counts.
pub fn parse(text: &str) -> Result<Value, JsonError> {
    Reader::new(text, Mode::Strict).all()
}

/// Reads JSON out of bytes, which have to be UTF-8.
pub fn parse_bytes(bytes: &[u8]) -> Result<Value, JsonError> {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(text),
        Err(error) => Err(JsonError::after(
            bytes,
            Fault::NotText,
            error.valid_up_to() + 1,
        )),
    }
}

/// Reads JSON as JavaScript does: lone halves of surrogate pairs become U+FFFD.
/// Gateways that cut text by UTF-16 units send such, and so all that providers
/// send is read.
pub fn parse_lossy(text: &str) -> Result<Value, JsonError> {
    Reader::new(text, Mode::Lossy).all()
}

/// Whether a text is JSON, whatever its numbers and escapes come to.
pub fn check(text: &str) -> Result<(), JsonError> {
    Reader::new(text, Mode::Skip).all().map(|_| ())
}

/// Reads a text that is a number and nothing else.
pub fn number(text: &str) -> Option<f64> {
    let mut reader = Reader::new(text, Mode::Strict);
    let number = reader.number().ok()?;
    number.as_f64().filter(|_| reader.at == text.len())
}

/// Reads the value that a text begins with, and says how many bytes it took.
pub fn parse_first(text: &str) -> Result<(Value, usize), JsonError> {
    Reader::new(text, Mode::Strict).first()
}

/// Passes over the value that a text begins with without keeping any of it, and
/// says how many bytes it took.
pub fn skip_first(text: &str) -> Result<usize, JsonError> {
    let (_, length) = Reader::new(text, Mode::Skip).first()?;
    Ok(length)
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Mode {
    Strict,
    Lossy,
    /// Nothing is kept.
    Skip,
}

/// A fault, and how many bytes were taken until it was seen.
pub(super) struct Stop(Fault, usize);

pub(super) type Read<T> = Result<T, Stop>;

/// A text and how far it is read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    depth: u8,
    pub(super) mode: Mode,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, mode: Mode) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            mode,
        }
    }

    fn all(mut self) -> Result<Value, JsonError> {
        let read = self.value().and_then(|value| match self.next_sign() {
            None => Ok(value),
            Some(_) => Err(self.stop_at_next(Fault::Trailing)),
        });
        read.map_err(|stop| self.error(&stop))
    }

    fn first(mut self) -> Result<(Value, usize), JsonError> {
        let read = self.value().and_then(|value| {
            // Words and numbers end where something else begins.
            let before = self.at.checked_sub(1).and_then(|at| self.byte(at));
            let is_open = before.is_some_and(|byte| byte.is_ascii_alphanumeric());
            match self.peek() {
                Some(next) if is_open && !b" \n\t\r\"[]{},:".contains(&next) => {
                    Err(self.stop_at_next(Fault::Trailing))
                }
                _ => Ok(value),
            }
        });
        match read {
            Ok(value) => Ok((value, self.at)),
            Err(stop) => Err(self.error(&stop)),
        }
    }

    #[cold]
    fn error(&self, Stop(fault, taken): &Stop) -> JsonError {
        JsonError::after(self.text.as_bytes(), *fault, *taken)
    }

    /// A fault in what was taken last.
    #[cold]
    pub(super) fn stop(&self, fault: Fault) -> Stop {
        Stop(fault, self.at)
    }

    /// A fault in what comes next.
    #[cold]
    fn stop_at_next(&self, fault: Fault) -> Stop {
        Stop(fault, self.at + 1)
    }

    #[cold]
    pub(super) fn ended(&self) -> Stop {
        Stop(Fault::Ended, self.text.len())
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    pub(super) fn take(&mut self) -> Option<u8> {
        let byte = self.peek();
        self.at += usize::from(byte.is_some());
        byte
    }

    pub(super) fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Passes over white space; what comes then is not taken yet.
    fn next_sign(&mut self) -> Option<u8> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other,
            }
        }
    }

    fn value(&mut self) -> Read<Value> {
        match self.next_sign() {
            Some(b'"') => {
                self.at += 1;
                Ok(Value::String(self.string()?))
            }
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'n') => self.word(b"null", Value::Null),
            Some(b't') => self.word(b"true", Value::Bool(true)),
            Some(b'f') => self.word(b"false", Value::Bool(false)),
            Some(_) => Err(self.stop_at_next(Fault::NoValue)),
            None => Err(self.ended()),
        }
    }

    fn word(&mut self, word: &[u8], value: Value) -> Read<Value> {
        for expected in word {
            let byte = self.take().ok_or_else(|| self.ended())?;
            if byte != *expected {
                return Err(self.stop(Fault::Word));
            }
        }
        Ok(value)
    }

    fn nested(&mut self, read: fn(&mut Self) -> Read<Value>) -> Read<Value> {
        if self.depth == DEEPEST {
            return Err(self.stop_at_next(Fault::TooDeep));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn list(&mut self) -> Read<Value> {
        let mut items = Vec::new();
        let mut is_first = true;
        while self.goes_on(b']', is_first, Fault::NoListComma)? {
            is_first = false;
            let item = self.value()?;
            if self.mode != Mode::Skip {
                items.push(item);
            }
        }
        Ok(Value::Array(items))
    }

    fn object(&mut self) -> Read<Value> {
        let mut fields = Map::new();
        let mut is_first = true;
        while self.goes_on(b'}', is_first, Fault::NoObjectComma)? {
            is_first = false;
            if self.peek() != Some(b'"') {
                return Err(self.stop_at_next(Fault::Name));
            }
            self.at += 1;
            let name = self.string()?;
            match self.next_sign() {
                Some(b':') => self.at += 1,
                Some(_) => return Err(self.stop_at_next(Fault::NoColon)),
                None => return Err(self.ended()),
            }
            let value = self.value()?;
            if self.mode != Mode::Skip {
                fields.insert(name, value);
            }
        }
        Ok(Value::Object(fields))
    }

    /// Whether another member comes, which is not taken yet, or the end, which is.
    fn goes_on(&mut self, end: u8, is_first: bool, no_comma: Fault) -> Read<bool> {
        match self.next_sign() {
            Some(sign) if sign == end => {
                self.at += 1;
                return Ok(false);
            }
            Some(_) if is_first => return Ok(true),
            Some(b',') => self.at += 1,
            Some(_) => return Err(self.stop_at_next(no_comma)),
            None => return Err(self.ended()),
        }
        match self.next_sign() {
            Some(sign) if sign == end => Err(self.stop_at_next(Fault::LastComma)),
            Some(_) => Ok(true),
            None => Err(self.ended()),
        }
    }

    fn number(&mut self) -> Read<Value> {
        let is_negative = self.peek() == Some(b'-');
        self.at += usize::from(is_negative);
        let whole = self.whole()?;
        let mut fraction = "";
        let mut exponent = 0;
        let mut is_integer = true;
        if self.peek() == Some(b'.') {
            is_integer = false;
            self.at += 1;
            fraction = self.digits();
            if fraction.is_empty() {
                return Err(match self.peek() {
                    Some(_) => self.stop_at_next(Fault::Number),
                    None => self.ended(),
                });
            }
        }
        if let Some(b'e' | b'E') = self.peek() {
            is_integer = false;
            self.at += 1;
            let digits = [whole, fraction];
            let mut digits = digits.into_iter().flat_map(str::bytes);
            exponent = self.exponent(digits.all(|digit| digit == b'0'))?;
        }
        if self.mode == Mode::Skip {
            return Ok(Value::Null);
        }
        if is_integer && let Some(number) = integer(is_negative, whole) {
            return Ok(Value::Number(number));
        }
        let size = nearest(whole.as_bytes(), fraction.as_bytes(), exponent);
        let number = Number::from_f64(if is_negative { -size } else { size });
        number
            .map(Value::Number)
            .ok_or_else(|| self.stop(Fault::TooLarge))
    }

    fn digits(&mut self) -> &'a str {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        self.since(start)
    }

    /// The digits before the point: one zero, or none in front.
    fn whole(&mut self) -> Read<&'a str> {
        let start = self.at;
        match self.take() {
            Some(b'0') => {
                if let Some(b'0'..=b'9') = self.peek() {
                    return Err(self.stop_at_next(Fault::Number));
                }
            }
            Some(b'1'..=b'9') => {
                self.digits();
            }
            Some(_) => return Err(self.stop(Fault::Number)),
            None => return Err(self.ended()),
        }
        Ok(self.since(start))
    }

    /// What follows an `e`. Beyond the range it is as good as endless.
    fn exponent(&mut self, is_zero: bool) -> Read<i32> {
        let is_negative = self.peek() == Some(b'-');
        if let Some(b'-' | b'+') = self.peek() {
            self.at += 1;
        }
        let mut exponent = match self.take() {
            Some(digit @ b'0'..=b'9') => i32::from(digit - b'0'),
            Some(_) => return Err(self.stop(Fault::Number)),
            None => return Err(self.ended()),
        };
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            self.at += 1;
            let tens = exponent.checked_mul(10);
            let sum = tens.and_then(|tens| tens.checked_add(i32::from(digit - b'0')));
            if sum.is_none() && !is_negative && !is_zero && self.mode != Mode::Skip {
                return Err(self.stop(Fault::TooLarge));
            }
            exponent = sum.unwrap_or(i32::MAX);
        }
        Ok(if is_negative { -exponent } else { exponent })
    }
}

/// A whole number, where 64 bits hold it. `-0` is a float, as it has a sign.
fn integer(is_negative: bool, digits: &str) -> Option<Number> {
    let mut size = 0_u64;
    for digit in digits.bytes() {
        size = size.checked_mul(10)?.checked_add(u64::from(digit & 0xf))?;
    }
    if !is_negative {
        return Some(size.into());
    }
    let number = 0_i64.checked_sub_unsigned(size)?;
    (number < 0).then(|| number.into())
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
