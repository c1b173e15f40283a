//! Lenient reading of provider JSON: a field of an unexpected shape is as good
//! as absent, so that one odd field never costs a frame.
//!
//! Only text that is no JSON at all fails.

use crate::core::json;
use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error as _};
use serde_json::Value;

/// Parses a frame's JSON into a shape whose fields are lenient.
///
/// One thing that JavaScript accepts and serde does not is mended, on failure
/// only: lone halves of surrogate pairs (gateways that cut text by UTF-16
/// units) become U+FFFD. Of a key given twice the last one counts.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    json::from_value(tree(text)?)
}

fn tree(text: &str) -> Result<Value, serde_json::Error> {
    match serde_json::from_str(text) {
        Err(error) if !error.is_eof() => serde_json::from_str(&mend_surrogates(text)),
        parsed => parsed,
    }
}

fn mend_surrogates(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let taken = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (Some(_), _) => 6,
            (None, _) => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        let (own, after) = escape.split_at(taken);
        out.push_str(own);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The code unit of a `\uXXXX` escape that `text` begins with.
fn unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

/// The number of an index field: an integer, or a float or digits that say one.
pub(crate) fn index(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            format!("{float}").parse().ok()
        }),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    }
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

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(deserializer)? {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }))
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

impl<'de, T: DeserializeOwned> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        object(value).map(Self).map_err(D::Error::custom)
    }
}

fn object<T: DeserializeOwned>(value: Value) -> Result<Option<T>, serde_json::Error> {
    if !value.is_object() {
        return Ok(None);
    }
    json::from_value(value).map(Some)
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

impl<'de, T: DeserializeOwned> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members = match Value::deserialize(deserializer)? {
            Value::Array(members) => members,
            single => vec![single],
        };
        let mut items = Vec::new();
        for member in members {
            items.extend(object(member).map_err(D::Error::custom)?);
        }
        Ok(Self {
            items,
            present: true,
        })
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

/// A typed part of content.
#[derive(Debug, Clone, Default, PartialEq, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Part {
    /// `text`, `output_text`, `thinking`, `reasoning.text`, `refusal`, …
    #[serde(rename = "type")]
    pub(crate) kind: Word,
    /// Its text.
    pub(crate) text: Word,
    /// A thinking part's text, again in any shape.
    pub(crate) thinking: Content,
    /// A reasoning summary's text.
    pub(crate) summary: Content,
    /// A refusal's text.
    pub(crate) refusal: Word,
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

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Self::of(value).map_err(D::Error::custom)
    }
}

impl Content {
    fn of(value: Value) -> Result<Self, serde_json::Error> {
        Ok(match value {
            Value::String(text) => Self::Text(text),
            Value::Array(items) => {
                let items: Result<_, _> = items.into_iter().map(Self::of).collect();
                Self::List(items?)
            }
            part @ Value::Object(_) => Self::Part(json::from_value(part)?),
            Value::Null | Value::Bool(_) | Value::Number(_) => Self::None,
        })
    }
}

#[cfg(test)]
#[path = "lenient_tests.rs"]
mod tests;
