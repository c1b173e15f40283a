//! Strict reading of JSON that is ours: rows of the catalogue, and what the
//! browser keeps. Whatever does not fit is refused, with the place where it is.
//!
//! serde's derived code knows failure at every step and is several times as
//! long (ADR 0009). Here a row says only which names it has: values are read
//! into their places through one interface, and after the first misfit nothing
//! more is read.

mod misfit;
mod values;

use crate::core::json;
pub use misfit::Misfit;
use misfit::{Step, What};
use serde_json::Value;

/// What is read from a JSON value that must fit.
pub trait Strict {
    /// What stands in its place until it is read.
    fn blank() -> Self
    where
        Self: Sized;

    /// Takes the value; where it does not fit, notes that and stays as it is.
    fn read(&mut self, value: Value, reading: &mut Reading);
}

/// Reads JSON text.
pub fn from_str<T: Strict>(text: &str) -> Result<T, Misfit> {
    let mut into = T::blank();
    read(parsed(text)?, &mut into, Reading::default())?;
    Ok(into)
}

/// Reads parsed JSON.
pub fn from_value<T: Strict>(value: Value) -> Result<T, Misfit> {
    let mut into = T::blank();
    read(value, &mut into, Reading::default())?;
    Ok(into)
}

/// Reads JSON text whose fields each count alone: one that does not fit is as
/// good as absent, and one that is not known is passed over. So nothing that an
/// older or newer version has kept costs more than itself. A row in a list, a
/// map or an `Option` is absent where a field that it must have is.
pub fn field_by_field<T: Strict>(text: &str) -> Result<T, Misfit> {
    let mut into = T::blank();
    let reading = Reading {
        forgives: true,
        ..Reading::default()
    };
    read(parsed(text)?, &mut into, reading)?;
    Ok(into)
}

fn parsed(text: &str) -> Result<Value, Misfit> {
    json::parse(text).map_err(|error| Misfit::of(What::NotJson(error)))
}

fn read(value: Value, into: &mut dyn Strict, mut reading: Reading) -> Result<(), Misfit> {
    into.read(value, &mut reading);
    reading.misfit.map_or(Ok(()), Err)
}

/// How the reading of a document goes.
#[derive(Default)]
pub struct Reading {
    misfit: Option<Misfit>,
    forgives: bool,
}

impl Reading {
    /// Nothing more is to be read.
    fn is_over(&self) -> bool {
        self.misfit.is_some()
    }

    /// Notes what does not fit.
    #[cold]
    fn note(&mut self, what: What) {
        self.misfit = Some(Misfit::of(what));
    }

    /// Notes that a value is of another kind.
    #[cold]
    fn expected(&mut self, expected: &'static str, found: &Value) {
        self.note(What::Kind {
            found: json::kind(found),
            expected,
        });
    }

    /// Whether what was just read fits. Where each value counts alone, one that
    /// does not is forgotten.
    fn fits(&mut self) -> bool {
        let fits = self.misfit.is_none();
        if self.forgives {
            self.misfit = None;
        }
        fits
    }

    /// Reads a value that lies one step further in.
    fn step(&mut self, into: &mut dyn Strict, value: Value, step: Step) {
        into.read(value, self);
        if let Some(misfit) = &mut self.misfit {
            misfit.path.push(step);
        }
    }

    /// Opens an object whose fields are known.
    pub fn open(&mut self, value: Value) -> Fields<'_> {
        let fields = match value {
            Value::Object(fields) => fields.into_iter().collect(),
            other => {
                self.expected("an object", &other);
                Vec::new()
            }
        };
        Fields {
            rest: fields,
            reading: self,
        }
    }

    /// Which of these words it is.
    pub fn word(&mut self, value: Value, known: &'static [&'static str]) -> Option<usize> {
        let Value::String(found) = value else {
            self.expected("a word", &value);
            return None;
        };
        let place = place(&found, known);
        if place.is_none() {
            self.note(What::Word { found, known });
        }
        place
    }
}

/// Where a word stands in a list.
pub fn place(word: &str, known: &[&str]) -> Option<usize> {
    known.iter().position(|other| *other == word)
}

/// The fields of an object that were not asked for yet.
pub struct Fields<'a> {
    rest: Vec<(String, Value)>,
    reading: &'a mut Reading,
}

impl Fields<'_> {
    /// Reads a field that must be there.
    pub fn must(&mut self, name: &'static str, into: &mut dyn Strict) {
        if !self.may(name, into) && !self.reading.is_over() {
            self.reading.note(What::Missing(name));
        }
    }

    /// Reads a field that may be left out; whether it was there and fits.
    pub fn may(&mut self, name: &'static str, into: &mut dyn Strict) -> bool {
        let at = self.rest.iter().position(|(other, _)| other == name);
        let Some(at) = at.filter(|_| !self.reading.is_over()) else {
            return false;
        };
        let (name, value) = self.rest.swap_remove(at);
        self.reading.step(into, value, Step::Field(name));
        self.reading.fits()
    }

    /// Refuses whatever else is there.
    pub fn close(self) {
        if self.reading.is_over() || self.reading.forgives {
            return;
        }
        if let Some((name, _)) = self.rest.into_iter().next() {
            self.reading.note(What::Unknown(name));
        }
    }
}

/// Declares structs that are read from objects: each field from the one of the
/// same name, or of the name that is given in brackets; `()` is a field that is
/// not read at all. A field must be there, unless a value after `=` says what
/// it is otherwise.
macro_rules! row {
    ($(
        $(#[$outer:meta])*
        $seen:vis struct $name:ident {
            $(
                $(#[$inner:meta])*
                $field_seen:vis $field:ident $(($($key:literal)?))?: $kind:ty $(= $usual:expr)?,
            )*
        }
    )*) => {$(
        $(#[$outer])*
        #[derive(Debug, Clone)]
        $seen struct $name {
            $($(#[$inner])* $field_seen $field: $kind,)*
        }

        impl $crate::core::strict::Strict for $name {
            fn blank() -> Self {
                Self {
                    $($field: $crate::core::strict::usual!($kind $(, $usual)?),)*
                }
            }

            fn read(
                &mut self,
                value: serde_json::Value,
                reading: &mut $crate::core::strict::Reading,
            ) {
                let mut fields = reading.open(value);
                $($crate::core::strict::field!(
                    fields, &mut self.$field, $field $(($($key)?))? $(= $usual)?
                );)*
                fields.close();
            }
        }
    )*};
}

/// What a field is until it is read.
macro_rules! usual {
    ($kind:ty) => {
        <$kind as $crate::core::strict::Strict>::blank()
    };
    ($kind:ty, $usual:expr) => {
        $usual
    };
}

/// Reads a field.
macro_rules! field {
    ($fields:ident, $into:expr, $field:ident () = $usual:expr) => {};
    ($fields:ident, $into:expr, $field:ident) => {
        $fields.must(stringify!($field), $into)
    };
    ($fields:ident, $into:expr, $field:ident ($key:literal)) => {
        $fields.must($key, $into)
    };
    ($fields:ident, $into:expr, $field:ident = $usual:expr) => {
        $fields.may(stringify!($field), $into)
    };
    ($fields:ident, $into:expr, $field:ident ($key:literal) = $usual:expr) => {
        $fields.may($key, $into)
    };
}

/// Declares enums that are read from words and written as such. `as_str` gives the word of a
/// variant, `named` the variant of a word.
macro_rules! word {
    ($(
        $(#[$outer:meta])*
        $seen:vis enum $name:ident {
            $(#[$first_inner:meta])* $first:ident = $first_word:literal,
            $($(#[$inner:meta])* $variant:ident = $word:literal,)*
        }
    )*) => {$(
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        $seen enum $name {
            $(#[$first_inner])* $first,
            $($(#[$inner])* $variant,)*
        }

        impl $name {
            /// All words.
            $seen const WORDS: &'static [&'static str] = &[$first_word $(, $word)*];

            /// The word that stands for it.
            $seen fn as_str(self) -> &'static str {
                Self::WORDS.get(self as usize).copied().unwrap_or_default()
            }

            /// What a word stands for.
            $seen fn named(word: &str) -> Option<Self> {
                Self::at($crate::core::strict::place(word, Self::WORDS)?)
            }

            fn at(place: usize) -> Option<Self> {
                [Self::$first $(, Self::$variant)*].get(place).copied()
            }
        }

        impl $crate::core::strict::Strict for $name {
            fn blank() -> Self {
                Self::$first
            }

            fn read(
                &mut self,
                value: serde_json::Value,
                reading: &mut $crate::core::strict::Reading,
            ) {
                if let Some(known) = reading.word(value, Self::WORDS).and_then(Self::at) {
                    *self = known;
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    )*};
}

pub(crate) use {field, row, usual, word};

#[cfg(test)]
#[path = "strict_tests.rs"]
mod tests;
