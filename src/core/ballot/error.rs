//! Why a ballot cannot be read or counted. Data only; the sentences live in
//! `crate::words::ballot`.

use super::Fingerprint;
use crate::core::recipe::Expected;

/// What is wrong with a ballot. Paths look like `turns[0].votes[1].best`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BallotError {
    /// There is no ballot in this text.
    None,
    /// Begins like JSON, and is none. Line and column count from 1.
    Json {
        /// Line of the fault.
        line: usize,
        /// Column of the fault.
        column: usize,
        /// The text stops in the middle.
        ended_early: bool,
    },
    /// A document of another kind, or of a version that this build does not
    /// read: what stands in `touchstone`, if anything does.
    OtherDocument {
        /// What stands there.
        found: Option<String>,
    },
    /// A field of the wrong type.
    WrongType {
        /// Where.
        path: String,
        /// What should stand there.
        expected: Expected,
    },
    /// A field that must be there is not.
    Missing {
        /// Where.
        path: String,
    },
    /// A value of the right type that cannot be.
    Value {
        /// Where.
        path: String,
        /// What would do.
        rule: Rule,
    },
    /// A code of a version that this build does not read.
    Version {
        /// Its number.
        found: u8,
    },
    /// A sign that no code has.
    Sign {
        /// The sign.
        found: char,
        /// Its place in the code, from 1.
        place: usize,
    },
    /// A code that ends early.
    Cut {
        /// How many letters are missing, where the beginning says it.
        letters: Option<usize>,
    },
    /// A code with more behind it than belongs to it.
    TooLong {
        /// How many letters too many.
        letters: usize,
    },
    /// A code in which something was changed: its sum does not agree.
    Sum,
    /// A code whose sum agrees and whose content makes no sense.
    Content,
    /// A ballot of another comparison, or of another state of this one.
    OtherComparison {
        /// The fingerprint of the comparison on the page.
        own: Fingerprint,
        /// That of the ballot.
        found: Fingerprint,
    },
    /// A ballot that names this comparison but another number of panes or turns.
    OtherShape {
        /// Panes of the ballot.
        panes: usize,
        /// Turns of the ballot.
        turns: usize,
    },
}

/// What a value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// So many hexadecimal digits.
    Hex(usize),
    /// A moment such as `2026-11-29T09:30:00Z`.
    Moment,
    /// A whole number between these two, both included.
    Between(u32, u32),
    /// A text of at most so many bytes that is not empty.
    Short(usize),
    /// The place of a pane, named once.
    Place,
    /// Panes that are also in `among`.
    Among,
    /// The name of a criterion of this ballot, each once.
    Criterion,
    /// A list of at most so many.
    AtMost(usize),
    /// A list of just so many.
    Exactly(usize),
}
