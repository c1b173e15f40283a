//! What is wrong with text that is no JSON.

use std::fmt;

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The text ends in the middle.
    Ended,
    /// Something else where a value belongs.
    NoValue,
    /// A word that is none of `true`, `false` and `null`.
    Word,
    /// No number.
    Number,
    /// A number too large for a float.
    TooLarge,
    /// No `:` after a name.
    NoColon,
    /// Neither `,` nor `]` after a member.
    NoListComma,
    /// Neither `,` nor `}` after a field.
    NoObjectComma,
    /// A `,` before the end of a list or an object.
    LastComma,
    /// A name that is no string.
    Name,
    /// A `\` with something after it that has no meaning.
    Escape,
    /// Half of a pair of escapes.
    HalfPair,
    /// A control character in a string.
    Control,
    /// Something after the value.
    Trailing,
    /// Too many lists and objects in each other.
    TooDeep,
    /// Bytes that are no UTF-8.
    NotText,
}

/// What is wrong with a text, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonError {
    fault: Fault,
    line: usize,
    column: usize,
}

impl JsonError {
    /// A fault that was seen after so many bytes.
    #[cold]
    pub(super) fn after(bytes: &[u8], fault: Fault, taken: usize) -> Self {
        let before = bytes.get(..taken).unwrap_or(bytes);
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        Self {
            fault,
            line: 1 + memchr::memchr_iter(b'\n', before).count(),
            column: before.len() - start,
        }
    }

    /// What is wrong.
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// The line of the fault, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column of the fault in bytes, from 1; 0 for what was expected in the
    /// line before.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Whether the text is only too short.
    pub fn is_eof(&self) -> bool {
        self.fault == Fault::Ended
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            fault,
            line,
            column,
        } = self;
        write!(out, "{fault} at line {line} column {column}")
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Ended => "ends in the middle",
            Self::NoValue => "no value",
            Self::Word => "unknown word",
            Self::Number => "no number",
            Self::TooLarge => "number too large",
            Self::NoColon => "no `:`",
            Self::NoListComma => "neither `,` nor `]`",
            Self::NoObjectComma => "neither `,` nor `}`",
            Self::LastComma => "`,` at the end",
            Self::Name => "name without quotes",
            Self::Escape => "unknown escape",
            Self::HalfPair => "half of a surrogate pair",
            Self::Control => "control character in a string",
            Self::Trailing => "text after the value",
            Self::TooDeep => "too deep",
            Self::NotText => "no UTF-8",
        })
    }
}

impl std::error::Error for JsonError {}
