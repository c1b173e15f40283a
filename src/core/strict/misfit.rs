//! What does not fit, and where; said to the developer who wrote it.

use crate::core::json::JsonError;
use std::fmt;

/// Why a document cannot be read.
#[derive(Debug)]
pub struct Misfit {
    /// From the place outwards.
    pub(super) path: Vec<Step>,
    what: What,
}

/// One step into a document.
#[derive(Debug)]
pub(super) enum Step {
    Field(String),
    Item(usize),
}

/// What does not fit.
#[derive(Debug)]
pub(super) enum What {
    /// The text is no JSON.
    NotJson(JsonError),
    /// A field that nobody reads.
    Unknown(String),
    /// A field that is not there.
    Missing(&'static str),
    /// A value of another kind.
    Kind {
        found: &'static str,
        expected: &'static str,
    },
    /// A word that is none of those that are known.
    Word {
        found: String,
        known: &'static [&'static str],
    },
}

impl Misfit {
    pub(super) fn of(what: What) -> Self {
        Self {
            path: Vec::new(),
            what,
        }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::NotJson(error) => write!(f, "{error}")?,
            What::Unknown(name) => write!(f, "unknown field `{name}`")?,
            What::Missing(name) => write!(f, "missing field `{name}`")?,
            What::Kind { found, expected } => write!(f, "{found} where {expected} belongs")?,
            What::Word { found, known } => {
                write!(f, "`{found}` is none of {}", known.join(", "))?;
            }
        }
        if self.path.is_empty() {
            return Ok(());
        }
        f.write_str(" at ")?;
        for (place, step) in self.path.iter().rev().enumerate() {
            match step {
                Step::Field(name) if place == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Item(at) => write!(f, "[{at}]")?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for Misfit {}
