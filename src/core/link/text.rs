//! Bytes as a text that survives links, chat programs and mailers.
//!
//! A character names the format; the rest is base64url of a length, a checksum
//! and the payload. Chat programs break lines, escape characters and glue their
//! own to the end of a link: what stands behind the length is left alone.

use super::{
    PackFault,
    columns::{put_varint, take_varint},
};
use crate::core::{base64, checksum::crc32};

/// What the payload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A compressed document, format version 1.
    Packed,
    /// The same, encrypted.
    Sealed,
}

impl Kind {
    const fn letter(self) -> char {
        match self {
            Self::Packed => '1',
            Self::Sealed => 's',
        }
    }
}

/// No text of ours claims a longer payload, in bytes.
const LONGEST_PAYLOAD: usize = 32 << 20;
/// The checksum, in bytes.
const CHECKSUM: usize = 4;
/// How many letters hold length and checksum in any case.
const HEAD_LETTERS: usize = 12;

/// The text of a payload.
pub(super) fn write(kind: Kind, payload: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(payload.len() + 8);
    put_varint(&mut bytes, payload.len());
    let checksum = checksum(payload);
    bytes.extend(checksum);
    bytes.extend(payload);
    let mut text = String::from(kind.letter());
    text.push_str(&base64::encode_url(&bytes));
    text
}

/// Over the length, as it is written, and the payload.
fn checksum(payload: &[u8]) -> [u8; CHECKSUM] {
    let mut covered = Vec::with_capacity(payload.len() + 4);
    put_varint(&mut covered, payload.len());
    covered.extend(payload);
    crc32(&covered).to_be_bytes()
}

/// The payload of a text.
pub(super) fn read(kind: Kind, text: &str) -> Result<Vec<u8>, PackFault> {
    let letters = Letters::of(text);
    let mut all = letters.text.chars();
    let Some(format) = all.next() else {
        return Err(letters.stop.map_or(PackFault::Empty, Stop::fault));
    };
    if format != kind.letter() {
        return Err(match format {
            's' => PackFault::Sealed,
            '1' => PackFault::NotSealed,
            found => PackFault::FutureVersion { found },
        });
    }
    let coded = all.as_str();
    let whole = whole_length(coded);
    if whole.is_some_and(|whole| whole > LONGEST_PAYLOAD) {
        return Err(PackFault::Damaged);
    }
    let of = whole.map(letters_of);
    let Some(coded) = of.and_then(|of| coded.get(..of)) else {
        return Err(match letters.stop {
            Some(stop) if stop.in_the_middle => stop.fault(),
            _ => PackFault::CutShort {
                have: letters.text.len(),
                of: of.map(|of| of + 1),
            },
        });
    };
    let bytes = decode(coded).ok_or(PackFault::Damaged)?;
    let mut rest = bytes.as_slice();
    let length = take_varint(&mut rest).ok_or(PackFault::Damaged)?;
    let (found, payload) = rest
        .split_first_chunk::<CHECKSUM>()
        .ok_or(PackFault::Damaged)?;
    if payload.len() != length || *found != checksum(payload) {
        return Err(PackFault::Damaged);
    }
    Ok(payload.to_vec())
}

/// How many bytes length, checksum and payload have together, as the beginning
/// says; `None` where not even that is there.
fn whole_length(coded: &str) -> Option<usize> {
    let head = coded.get(..coded.len().min(HEAD_LETTERS) / 4 * 4)?;
    let head = decode(head)?;
    let mut rest = head.as_slice();
    let payload = take_varint(&mut rest)?;
    Some(head.len() - rest.len() + CHECKSUM + payload)
}

fn letters_of(bytes: usize) -> usize {
    (bytes * 4).div_ceil(3)
}

/// Strict: every text of bytes has one form only.
fn decode(coded: &str) -> Option<Vec<u8>> {
    let standard: String = coded
        .chars()
        .map(|letter| match letter {
            '-' => '+',
            '_' => '/',
            letter => letter,
        })
        .collect();
    let bytes = base64::decode(&standard)?;
    let last = bytes.chunks_exact(3).remainder();
    coded.ends_with(&base64::encode_url(last)).then_some(bytes)
}

/// A text without what others put into it.
struct Letters {
    /// Letters of base64url only.
    text: String,
    /// The first character that is none.
    stop: Option<Stop>,
}

/// A character that does not belong.
#[derive(Clone, Copy)]
struct Stop {
    position: usize,
    found: char,
    /// Whether more letters follow it.
    in_the_middle: bool,
}

impl Stop {
    fn fault(self) -> PackFault {
        PackFault::NotBase64 {
            position: self.position,
            found: self.found,
        }
    }
}

impl Letters {
    fn of(given: &str) -> Self {
        let mut letters = Self {
            text: String::with_capacity(given.len()),
            stop: None,
        };
        let mut rest = given.chars();
        while let Some(first) = rest.next() {
            let found = match first {
                '%' => unescape(&mut rest).unwrap_or(first),
                first => first,
            };
            let letter = match found {
                '+' => '-',
                '/' => '_',
                letter => letter,
            };
            let is_letter = letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
            match &mut letters.stop {
                Some(stop) => stop.in_the_middle |= is_letter,
                None if is_letter => letters.text.push(letter),
                None if is_nothing(letter) => {}
                None if letters.text.is_empty() && opens(letter) => {}
                None => {
                    letters.stop = Some(Stop {
                        position: given.chars().count() - rest.clone().count(),
                        found,
                        in_the_middle: false,
                    });
                }
            }
        }
        letters
    }
}

/// The character of an escape whose `%` was read, however often the escape was
/// escaped itself; only ASCII.
fn unescape(rest: &mut std::str::Chars<'_>) -> Option<char> {
    let mut digits = rest.as_str();
    while let Some(inner) = digits.strip_prefix("25")
        && hex(inner).is_some()
    {
        digits = inner;
    }
    let byte = hex(digits)?;
    let found = byte.is_ascii().then(|| char::from(byte))?;
    *rest = digits.get(2..)?.chars();
    Some(found)
}

fn hex(digits: &str) -> Option<u8> {
    let digits = digits.get(..2)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

/// White space, seen or not, and padding.
fn is_nothing(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '=' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
        )
}

/// Brackets and quotes around a whole text.
fn opens(letter: char) -> bool {
    matches!(
        letter,
        '"' | '\'' | '`' | '(' | '<' | '[' | '“' | '„' | '«' | '‘'
    )
}
