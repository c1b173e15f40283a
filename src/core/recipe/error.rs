//! What can be wrong with, or worth saying about, a link or a recipe.
//!
//! Data only; the sentences live in `crate::words::recipe`.

use crate::core::share::SourceFault;

/// What a field should have held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A JSON string.
    Text,
    /// Any JSON number.
    Number,
    /// A number without a fraction, within 64 bits.
    WholeNumber,
    /// A whole number of 0 or more.
    Count,
    /// A JSON object.
    Object,
    /// A JSON array.
    List,
    /// `true` or `false`.
    Flag,
    /// A JSON text (only where a link carries one).
    Json,
}

/// Why a recipe cannot be read. Paths look like `panes[1].params.top_k`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipeError {
    /// Not JSON. Line and column count from 1, as the JSON reader gives them.
    Json {
        /// Line of the fault.
        line: usize,
        /// Column of the fault.
        column: usize,
        /// The text stops in the middle, as a cut link does.
        ended_early: bool,
    },
    /// A field of the wrong type. The path is empty for the whole document.
    WrongType {
        /// Where.
        path: String,
        /// What should stand there.
        expected: Expected,
    },
    /// A required field is absent or null.
    Missing {
        /// Where.
        path: String,
        /// What should stand there.
        expected: Expected,
    },
    /// `touchstone` is not a version that this build reads.
    UnknownVersion {
        /// What stands there.
        found: String,
    },
    /// A text that is none of the known words.
    UnknownValue {
        /// Where.
        path: String,
        /// What stands there.
        found: String,
        /// The words that would do.
        allowed: &'static [&'static str],
    },
}

impl RecipeError {
    /// The same for a document that stands as a member of another one.
    #[must_use]
    pub fn below(mut self, member: &str) -> Self {
        match &mut self {
            Self::WrongType { path, .. }
            | Self::Missing { path, .. }
            | Self::UnknownValue { path, .. } => {
                let dot = if path.is_empty() || path.starts_with('[') {
                    ""
                } else {
                    "."
                };
                *path = format!("{member}{dot}{path}");
            }
            Self::Json { .. } | Self::UnknownVersion { .. } => {}
        }
        self
    }
}

/// Why a link cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// Longer than [`super::MAX_FRAGMENT_BYTES`].
    TooLong {
        /// Its length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// `%` without two hexadecimal digits.
    Percent {
        /// Character number of the `%`, counted from 1 after the `#`.
        position: usize,
    },
    /// Percent-encoded bytes that are not UTF-8.
    Utf8 {
        /// Character number of the first bad byte's escape, counted from 1
        /// after the `#`.
        position: usize,
    },
    /// A value that cannot be what its name says.
    Value {
        /// The name as in the link.
        name: &'static str,
        /// What was expected.
        expected: Expected,
    },
    /// A `pane` without a provider, a slash and a model.
    Pane {
        /// The value, decoded.
        found: String,
    },
    /// The recipe inside the link cannot be read.
    Recipe(RecipeError),
    /// The address of a document that cannot be used.
    Source(SourceFault),
}

/// Something that a person should know though the recipe can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecipeNotice {
    /// A part of a hand-written link that cannot be what its name says: the
    /// rest of the link counts.
    LeftOut(LinkError),
    /// Names in the link that mean nothing here: ignored. Each once.
    UnknownNames(Vec<String>),
    /// Names that may stand once stood again: the last one counts.
    RepeatedNames(Vec<&'static str>),
    /// Names beside `c=`, `src=` or `recipe=`, which alone counts.
    BesideRecipe(Vec<&'static str>),
    /// `run.order` is kept, but panes run in parallel.
    UnsupportedOrder(String),
    /// `run.repeats` is kept, but every pane runs once.
    UnsupportedRepeats(u64),
    /// More panes than are used; the others stay in the document.
    TooManyPanes {
        /// How many the recipe has.
        count: usize,
        /// How many are used.
        used: usize,
    },
    /// `system` or `developer` messages became part of the system prompt.
    SystemMessagesMoved {
        /// How many.
        count: usize,
    },
    /// Other people cannot reach this pane's host.
    PrivateHost {
        /// Index of the pane, from 0.
        pane: usize,
        /// The host.
        host: String,
    },
    /// Fields that this version does not know have the names of secrets, or a
    /// base URL carries one. They are kept, so they would be passed on.
    LooksLikeKey {
        /// Where.
        paths: Vec<String>,
    },
}
