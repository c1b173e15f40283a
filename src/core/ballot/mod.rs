//! Blind ballots: who found which answer better, without knowing whose it was.
//!
//! - [`Ballot`] is what one voter thought of one comparison; `read` and `write`
//!   turn it from and into JSON, [`code`] into a short text and a link.
//! - [`subject`] says which comparison a ballot is about.
//! - [`order`] shuffles the answers, and undoes it.
//! - [`found`] takes ballots out of whatever was pasted or picked.
//! - [`tally`] merges them and says what can be said of them.
//! - [`voters`] remembers who votes on a device of their own.
//! - [`naming`] finds answers that say who wrote them.
//!
//! The formulas and the formats in words are `docs/ballots.md`.

pub mod bootstrap;
pub mod code;
mod count;
pub mod error;
pub mod found;
pub mod gather;
pub mod grid;
pub mod interval;
pub mod invite;
mod letters;
mod marks;
pub mod naming;
pub mod order;
mod ranking;
mod read;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod schema_tests;
pub mod sheet;
pub mod strength;
pub mod subject;
pub mod tally;
#[cfg(test)]
pub(in crate::core) mod testing;
pub mod voters;
mod when;
mod write;

pub use error::BallotError;
pub use subject::{Fingerprint, Subject};
pub use write::file;

use crate::core::pricing::Moment;

/// The value of `touchstone` of a ballot.
pub const VERSION: &str = "ballot/1";
/// The value of `touchstone` of a file of ballots.
pub const FILE_VERSION: &str = "ballots/1";
/// How many answers can stand side by side.
pub const MAX_PANES: usize = 8;
/// How many turns a ballot can be about.
pub const MAX_TURNS: usize = 100;
/// How many criteria a host can name.
pub const MAX_CRITERIA: usize = 7;
/// The longest name of a voter or a criterion, in bytes of UTF-8.
pub const MAX_NAME_BYTES: usize = 60;
/// The best mark; the worst is 1.
pub const BEST_MARK: u8 = 5;
/// The criteria that are offered first; codes have one byte for each of them.
pub const USUAL_CRITERIA: [&str; 8] = [
    "correctness",
    "clarity",
    "helpfulness",
    "completeness",
    "style",
    "brevity",
    "safety",
    "creativity",
];

/// Who voted: a random number that says nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Voter(pub [u8; 5]);

impl Voter {
    /// Of random bytes.
    pub fn of(random: &[u8; 32]) -> Self {
        let mut id = [0; 5];
        for (to, from) in id.iter_mut().zip(random) {
            *to = *from;
        }
        Self(id)
    }
}

impl std::fmt::Display for Voter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A set of panes, by their place in the comparison, from 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Places(u8);

impl Places {
    /// No pane.
    pub const NONE: Self = Self(0);

    /// From the bits of a byte, the lowest for the first pane.
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// As the bits of a byte.
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The set with one more. A place beyond [`MAX_PANES`] is left out.
    #[must_use]
    pub fn with(self, place: usize) -> Self {
        Self(self.0 | Self::bit(place))
    }

    /// The set with a place more, or with it less where it was there.
    #[must_use]
    pub fn toggled(self, place: usize) -> Self {
        Self(self.0 ^ Self::bit(place))
    }

    /// Those that are in `other` too.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn bit(place: usize) -> u8 {
        u32::try_from(place)
            .ok()
            .and_then(|place| 1u8.checked_shl(place))
            .unwrap_or_default()
    }

    /// Whether the pane is one of them.
    pub fn has(self, place: usize) -> bool {
        self.0 & Self::bit(place) != 0
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of them are in `other` too.
    pub fn is_within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The places, the smallest first.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        (0..MAX_PANES).filter(move |place| self.has(*place))
    }
}

impl FromIterator<usize> for Places {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> Self {
        places.into_iter().fold(Self::NONE, Self::with)
    }
}

/// What a voter made of the answers of one turn that stood side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Vote {
    /// The panes whose answers were compared; at least two.
    pub among: Places,
    /// The best of them. One: it is better than all others. Several: equally
    /// good, and better than the rest. None: all of them are bad.
    pub best: Places,
}

impl Vote {
    /// Whether no answer was found better than another.
    pub fn is_tie(self) -> bool {
        self.best == self.among
    }

    /// Whether none was good.
    pub fn is_all_bad(self) -> bool {
        self.best.is_empty()
    }
}

/// A voter's verdict on one turn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TurnBallot {
    /// The votes; none where the turn was passed over.
    pub votes: Vec<Vote>,
    /// Marks from 1 to [`BEST_MARK`], by criterion and then by pane; `None`
    /// where none was given. As many lists as the ballot has criteria, or none.
    pub marks: Vec<Vec<Option<u8>>>,
}

/// What one voter thought of one comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Which comparison.
    pub comparison: Fingerprint,
    /// Who.
    pub voter: Voter,
    /// What the voter wants to be called.
    pub name: Option<String>,
    /// When it was cast; whole seconds within 32 bits.
    pub at: Moment,
    /// The order in which the voter saw the answers; see [`order::shown`].
    pub seed: u32,
    /// How many panes the comparison has.
    pub panes: usize,
    /// What marks were asked for.
    pub criteria: Vec<String>,
    /// The verdicts, a turn of the comparison each.
    pub turns: Vec<TurnBallot>,
}

impl Ballot {
    /// Whether it may be counted for a comparison.
    pub fn check(&self, subject: &Subject) -> Result<(), BallotError> {
        let own = subject.fingerprint();
        if self.comparison != own {
            return Err(BallotError::OtherComparison {
                own,
                found: self.comparison,
            });
        }
        if self.panes != subject.panes.len() || self.turns.len() > subject.turns.len() {
            return Err(BallotError::OtherShape {
                panes: self.panes,
                turns: self.turns.len(),
            });
        }
        Ok(())
    }

    /// How many decisions it holds: votes and marks.
    pub fn decisions(&self) -> usize {
        let of_turn = |turn: &TurnBallot| {
            let marks = turn.marks.iter().flatten().flatten().count();
            turn.votes.len() + marks
        };
        self.turns.iter().map(of_turn).sum()
    }
}

/// Cuts a text to at most `bytes` bytes of UTF-8 without spaces around it;
/// `None` where nothing is left.
pub fn short_name(text: &str, bytes: usize) -> Option<String> {
    let text = text.trim();
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end)?.trim_end();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The criteria of a list that a person typed: parts between commas, each once,
/// short enough, and no more than a ballot holds.
pub fn criteria(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for part in text.split([',', ';', '\n']) {
        if let Some(name) = short_name(part, MAX_NAME_BYTES)
            && !all.contains(&name)
            && all.len() < MAX_CRITERIA
        {
            all.push(name);
        }
    }
    all
}
