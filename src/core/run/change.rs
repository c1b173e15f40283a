//! What a step changed, so that the UI touches nothing else.

use std::ops::{BitOr, BitOrAssign};

/// A set of parts of a [`super::RunLog`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change(u8);

impl Change {
    /// Nothing changed.
    pub const NONE: Self = Self(0);
    /// The phase moved.
    pub const PHASE: Self = Self(1);
    /// The answer grew.
    pub const ANSWER: Self = Self(1 << 1);
    /// The thinking grew.
    pub const THINKING: Self = Self(1 << 2);
    /// Anything else that is shown: marks, metadata, usage, tool calls, finish,
    /// failure, warnings.
    pub const FACTS: Self = Self(1 << 3);
    /// Everything.
    pub const ALL: Self = Self(0b1111);

    /// Whether all of `part` changed.
    pub fn contains(self, part: Self) -> bool {
        self.0 & part.0 == part.0
    }

    /// Whether any of `part` changed.
    pub fn touches(self, part: Self) -> bool {
        self.0 & part.0 != 0
    }

    /// Whether nothing changed.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

impl BitOr for Change {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Change {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}
