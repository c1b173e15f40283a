//! Why a packed text cannot be read.

/// What is wrong with a packed text. Data only; the sentences live in `words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackFault {
    /// There is nothing in it.
    Empty,
    /// A character that no such text has, in the middle of it.
    NotBase64 {
        /// Its number in the text as given, counted from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// A format that a later version of the page reads.
    FutureVersion {
        /// The character that names the format.
        found: char,
    },
    /// It is encrypted: a passphrase opens it, see `open_text`.
    Sealed,
    /// It was taken for something encrypted, and is not.
    NotSealed,
    /// The end is missing.
    CutShort {
        /// How many characters are there, white space not counted.
        have: usize,
        /// How many there should be; `None` where so much is missing that
        /// even the length is.
        of: Option<usize>,
    },
    /// Characters were changed: the checksum does not hold.
    Damaged,
    /// It would unpack to more than is read.
    TooLarge {
        /// How many bytes of JSON are read.
        limit: usize,
    },
    /// It claims to unpack to far more than so few bytes ever hold.
    Bomb {
        /// How many bytes it claims.
        claimed: usize,
    },
    /// What came out is no JSON.
    NotJson,
}
