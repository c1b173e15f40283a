//! Lenient reading of provider JSON: a field of an unexpected shape is as good
//! as absent, so that one odd field never costs a frame.
//!
//! Only text that is no JSON at all fails.

use crate::core::{
    json::{JsonError, parse_lossy},
    wire::count::number,
};
use serde_json::{Map, Value};

/// What is read from any JSON value: of an unexpected shape it is as good as
/// absent. serde's derived code knows failure at every step and is several
/// times as long (ADR 0009).
pub(crate) trait Lenient: Default {
    /// Reads the value.
    fn read(value: Value) -> Self;
}

/// An object whose fields are lenient. Made by [`shape!`].
pub(crate) trait Shape {
    /// Takes a field, if it is one that is read.
    fn take(&mut self, name: &str, value: Value);
}

/// Declares a struct that is read from an object: each field from the one of
/// the same name, or of the name that is given in brackets.
macro_rules! shape {
    ($(
        $(#[$outer:meta])*
        $seen:vis struct $name:ident {
            $($(#[$inner:meta])* $field_seen:vis $field:ident $(($key:literal))?: $kind:ty,)*
        }
    )*) => {$(
        $(#[$outer])*
        #[derive(Debug, Default)]
        $seen struct $name {
            $($(#[$inner])* $field_seen $field: $kind,)*
        }

        impl $crate::core::wire::lenient::Shape for $name {
            fn take(&mut self, name: &str, value: serde_json::Value) {
                match name {
                    $($crate::core::wire::lenient::key!($field $($key)?) => {
                        self.$field = $crate::core::wire::lenient::Lenient::read(value);
                    })*
                    _ => {}
                }
            }
        }
    )*};
}

/// The name of a field in JSON.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

pub(crate) use {key, shape};

/// Parses a frame's JSON into a shape whose fields are lenient. JSON that is no
/// object fails.
pub(crate) fn parse<T: Shape + Default>(text: &str) -> Result<T, NoObject> {
    tree(text).ok().and_then(object).ok_or(NoObject)
}

/// The text is no object, or no JSON at all.
#[derive(Debug)]
pub(crate) struct NoObject;

fn object<T: Shape + Default>(value: Value) -> Option<T> {
    let Value::Object(fields) = value else {
        return None;
    };
    let mut shape = T::default();
    fill(&mut shape, fields);
    Some(shape)
}

fn fill(shape: &mut dyn Shape, fields: Map<String, Value>) {
    for (name, value) in fields {
        shape.take(&name, value);
    }
}

/// Parses a frame's JSON.
///
/// One thing that JavaScript accepts and strict readers do not is mended: lone
/// halves of surrogate pairs (gateways that cut text by UTF-16 units) become
/// U+FFFD. Of a key given twice the last one counts.
pub(crate) fn tree(text: &str) -> Result<Value, JsonError> {
    parse_lossy(text)
}

/// The number of an index field: an integer, or a float or digits that say one.
pub(crate) fn index(value: &Value) -> Option<u64> {
    number(value)
}

/// Whether a field says anything: not null, false, 0, empty, or made of such.
pub(crate) fn says_something(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Bool(true) => true,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => items.iter().any(says_something),
        Value::Object(fields) => fields.values().any(says_something),
    }
}

/// A text; numbers count as their digits, anything else as absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Word(pub(crate) Option<String>);

impl Word {
    /// The text, empty if absent.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// The text where there is one that is not empty.
    pub(crate) fn filled(self) -> Option<String> {
        self.0.filter(|text| !text.is_empty())
    }
}

impl Lenient for Value {
    fn read(value: Value) -> Self {
        value
    }
}

impl Lenient for Word {
    fn read(value: Value) -> Self {
        Self(match value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
    }
}

/// An object; anything else counts as absent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Loose<T>(pub(crate) Option<T>);

impl<T> Default for Loose<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Shape + Default> Lenient for Loose<T> {
    fn read(value: Value) -> Self {
        Self(object(value))
    }
}

/// A list of objects; a single object counts as a list of one, and members that
/// are no objects are skipped.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Many<T> {
    /// The members.
    pub(crate) items: Vec<T>,
    /// Whether the field was there at all, be it as null.
    pub(crate) present: bool,
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            present: false,
        }
    }
}

impl<T: Shape + Default> Lenient for Many<T> {
    fn read(value: Value) -> Self {
        let members = match value {
            Value::Array(members) => members,
            single => vec![single],
        };
        Self {
            items: members.into_iter().filter_map(object).collect(),
            present: true,
        }
    }
}

/// Text in any of the shapes it is sent in: a string, a typed part, a list of
/// either.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Content {
    /// Absent, null, or of no known shape.
    #[default]
    None,
    /// Plain text.
    Text(String),
    /// A typed part.
    Part(Box<Part>),
    /// Several.
    List(Vec<Content>),
}

shape! {
    /// A typed part of content.
    #[derive(Clone, PartialEq)]
    pub(crate) struct Part {
        /// `text`, `output_text`, `thinking`, `reasoning.text`, `refusal`, …
        pub(crate) kind ("type"): Word,
        /// Its text.
        pub(crate) text: Word,
        /// A thinking part's text, again in any shape.
        pub(crate) thinking: Content,
        /// A reasoning summary's text.
        pub(crate) summary: Content,
        /// A refusal's text.
        pub(crate) refusal: Word,
    }
}

impl Content {
    /// All the text, joined, whatever its kind.
    pub(crate) fn flat(self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(text) => text,
            Self::Part(part) => [part.text.0, Some(part.thinking.flat())]
                .into_iter()
                .chain([Some(part.summary.flat())])
                .flatten()
                .find(|text| !text.is_empty())
                .unwrap_or_default(),
            Self::List(items) => items.into_iter().map(Self::flat).collect(),
        }
    }
}

impl Lenient for Content {
    fn read(value: Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.into_iter().map(Self::read).collect()),
            part @ Value::Object(_) => {
                object(part).map_or(Self::None, |part| Self::Part(Box::new(part)))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => Self::None,
        }
    }
}

#[cfg(test)]
#[path = "lenient_tests.rs"]
mod tests;
