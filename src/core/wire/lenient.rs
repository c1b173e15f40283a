//! Lenient reading of provider JSON: a field of an unexpected shape is as good
//! as absent, so that one odd field never costs a frame.
//!
//! Only text that is no JSON at all fails. Unknown fields are skipped without
//! being built.

use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
    value::MapAccessDeserializer,
};
use serde_json::Value;
use std::{fmt, marker::PhantomData};

/// Parses a frame's JSON into a shape whose fields are lenient.
///
/// Two things that JavaScript accepts and serde does not are mended, on failure
/// only: lone halves of surrogate pairs (gateways that cut text by UTF-16
/// units) become U+FFFD, and of a key given twice the last one counts.
pub(crate) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let first = match serde_json::from_str(text) {
        Ok(parsed) => return Ok(parsed),
        Err(error) => error,
    };
    if first.is_eof() {
        return Err(first);
    }
    let mended = mend_surrogates(text);
    let value: Value = serde_json::from_str(&mended)?;
    T::deserialize(value)
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

/// A visitor's answers to the JSON kinds it does not care for.
macro_rules! otherwise {
    ($value:expr; $($kind:ident)*) => { $(otherwise!(@ $kind, $value);)* };
    (@ bool, $value:expr) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> { Ok($value) }
    };
    (@ number, $value:expr) => {
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> { Ok($value) }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> { Ok($value) }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> { Ok($value) }
    };
    (@ text, $value:expr) => {
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> { Ok($value) }
    };
    (@ null, $value:expr) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> { Ok($value) }
    };
    (@ list, $value:expr) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            Ok($value)
        }
    };
    (@ object, $value:expr) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok($value)
        }
    };
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

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }
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
        Ok(Word(Some(number.to_string())))
    }
    otherwise!(Word(None); bool null list object);
}

/// An object; anything else counts as absent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Loose<T>(pub(crate) Option<T>);

impl<T> Default for Loose<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor(PhantomData))
    }
}

struct LooseVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LooseVisitor<T> {
    type Value = Loose<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Loose<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|value| Loose(Some(value)))
    }
    otherwise!(Loose(None); bool number text null list);
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

impl<T> Many<T> {
    fn of(items: Vec<T>) -> Self {
        Self {
            items,
            present: true,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ManyVisitor(PhantomData))
    }
}

struct ManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
    type Value = Many<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Many<T>, A::Error> {
        let mut items = Vec::new();
        while let Some(Loose(item)) = list.next_element()? {
            items.extend(item);
        }
        Ok(Many::of(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Many<T>, A::Error> {
        let item = T::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Many::of(vec![item]))
    }
    otherwise!(Many::of(Vec::new()); bool number text null);
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

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }
    fn visit_str<E>(self, text: &str) -> Result<Content, E> {
        Ok(Content::Text(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Content, E> {
        Ok(Content::Text(text))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Content, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Content::List(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Content, A::Error> {
        let part = Part::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Content::Part(Box::new(part)))
    }
    otherwise!(Content::None; bool number null);
}

#[cfg(test)]
#[path = "lenient_tests.rs"]
mod tests;
