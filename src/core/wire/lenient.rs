//! Lenient reading of provider JSON: a field of an unexpected shape is as good
//! as absent, so that one odd field never costs a frame.
//!
//! Only text that is no JSON at all fails.

use crate::core::json;
use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor,
    value::MapAccessDeserializer,
};
use serde_json::{Number, Value};
use std::{fmt, marker::PhantomData};

/// The shapes that a visitor takes for absent, and what then stands there.
macro_rules! absent {
    ($none:expr; $($shape:ident),+) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any JSON")
        }
        $(absent!(@$shape $none);)+
    };
    (@bool $none:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> { Ok($none) }
    };
    (@unit $none:expr) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> { Ok($none) }
    };
    (@text $none:expr) => {
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> { Ok($none) }
    };
    (@number $none:expr) => {
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> { Ok($none) }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> { Ok($none) }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> { Ok($none) }
    };
    (@seq $none:expr) => {
        fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> { Ok($none) }
    };
    (@map $none:expr) => {
        fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> { Ok($none) }
    };
}

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
        deserializer.deserialize_any(WordVisitor)
    }
}

struct WordVisitor;

impl<'de> Visitor<'de> for WordVisitor {
    type Value = Word;
    absent!(Word(None); bool, unit, seq, map);

    fn visit_str<E>(self, text: &str) -> Result<Word, E> {
        Ok(Word(Some(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Word, E> {
        Ok(Word(Some(text)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Word, E> {
        Ok(Word(Some(number.to_string())))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Word, E> {
        Ok(Word(Some(number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Word, E> {
        Ok(Word(
            Number::from_f64(number).map(|number| number.to_string()),
        ))
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
        deserializer.deserialize_any(LooseVisitor(PhantomData))
    }
}

struct LooseVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for LooseVisitor<T> {
    type Value = Loose<T>;
    absent!(Loose(None); bool, number, text, unit, seq);

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Loose<T>, A::Error> {
        object(fields).map(Some).map(Loose)
    }
}

/// Reads an object in place, without a tree of its own.
fn object<'de, T: DeserializeOwned, A: MapAccess<'de>>(fields: A) -> Result<T, A::Error> {
    T::deserialize(MapAccessDeserializer::new(fields))
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
        let items = deserializer.deserialize_any(ManyVisitor(PhantomData))?;
        Ok(Self {
            items,
            present: true,
        })
    }
}

struct ManyVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for ManyVisitor<T> {
    type Value = Vec<T>;
    absent!(Vec::new(); bool, number, text, unit);

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Vec<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(Loose(item)) = members.next_element()? {
            items.extend(item);
        }
        Ok(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Vec<T>, A::Error> {
        Ok(vec![object(fields)?])
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
        deserializer.deserialize_any(ContentVisitor)
    }
}

struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = Content;
    absent!(Content::None; bool, number, unit);

    fn visit_str<E>(self, text: &str) -> Result<Content, E> {
        Ok(Content::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Content, E> {
        Ok(Content::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<Content, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = members.next_element()? {
            items.push(item);
        }
        Ok(Content::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<Content, A::Error> {
        object(fields).map(Box::new).map(Content::Part)
    }
}

#[cfg(test)]
#[path = "lenient_tests.rs"]
mod tests;
