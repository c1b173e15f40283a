//! The fragment of a page address as a recipe, or as what brings a document.
//!
//! A link fills the page in; it never runs, stores or sends anything. These
//! forms are read: names that anyone can write by hand (`#prompt=…&pane=…`), a
//! whole recipe (`#recipe=…`), a packed document (`#c=…`, opened by
//! `core::link`) and the address of one (`#src=…`).

use super::{
    Expected, LinkError, Recipe, RecipeMessage, RecipeNotice, RecipePane,
    percent::{self, PercentFault},
};
use crate::core::share::{Source, read_source};
use crate::core::{
    domain::{Message, ModelId, ProviderId},
    json,
    real::real as read_real,
    sorted::SortedSet,
};
use serde_json::Value;
use std::{borrow::Cow, str::FromStr};

/// The longest fragment that is read, in bytes: browsers open no longer
/// address (measured in Chromium).
pub const MAX_FRAGMENT_BYTES: usize = 2_097_152;

/// Names that may stand only once.
const SINGLE: [&str; 17] = [
    "c",
    "src",
    "view",
    "recipe",
    "prompt",
    "system",
    "temperature",
    "top_p",
    "top_k",
    "max_output_tokens",
    "context_window",
    "seed",
    "reasoning_effort",
    "reasoning_summary",
    "service_tier",
    "provider_order",
    "response_schema",
];

/// Names that may repeat.
const REPEATABLE: [&str; 2] = ["pane", "stop"];

/// What a fragment holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Link {
    /// The recipe; `None` where the fragment names nothing that is known, or
    /// brings a document.
    pub recipe: Option<Recipe>,
    /// A packed document, as text.
    pub packed: Option<String>,
    /// Where a document is to be fetched from.
    pub source: Option<Source>,
    /// Whether the page is to be looked at only, in a frame of another page.
    pub is_embed: bool,
    /// What a person should know.
    pub notices: Vec<RecipeNotice>,
}

/// The parts of a fragment, `name=value` each. Chat programs that escape an
/// address for HTML write `&amp;` between them; no name of ours begins so.
pub fn parts(fragment: &str) -> impl Iterator<Item = &str> {
    let parts = fragment.split('&');
    parts.map(|part| part.strip_prefix(ESCAPED).unwrap_or(part))
}

/// What is left of `&amp;` behind the `&`.
const ESCAPED: &str = "amp;";

/// Reads a fragment, with or without its `#`. An empty value means "not set".
pub fn parse_fragment(fragment: &str) -> Result<Link, LinkError> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    if fragment.len() > MAX_FRAGMENT_BYTES {
        return Err(LinkError::TooLong {
            bytes: fragment.len(),
            limit: MAX_FRAGMENT_BYTES,
        });
    }
    let fragment = &*encoded_once(fragment);
    let pairs = Pairs::read(fragment)?;
    let mut notices = pairs.notices();
    let mut link = Link {
        is_embed: pairs.is_embed,
        ..Link::default()
    };
    if let Some(packed) = pairs.packed {
        link.packed = Some(packed);
        link.notices = notices;
        return Ok(link);
    }
    if let Some(source) = pairs.source {
        link.source = Some(read_source(&source).map_err(LinkError::Source)?);
        link.notices = notices;
        return Ok(link);
    }
    link.recipe = if let Some(json) = pairs.recipe {
        let (recipe, more) = Recipe::parse(&json).map_err(LinkError::Recipe)?;
        notices.extend(more);
        Some(recipe)
    } else if pairs.values.is_empty() {
        None
    } else {
        let mut recipe = Recipe::default();
        let mut any = false;
        for (name, value) in pairs.values {
            match apply(&mut recipe, name, value) {
                Ok(()) => any = true,
                // One slip of whoever wrote it by hand does not take the rest.
                Err(fault) => notices.push(RecipeNotice::LeftOut(fault)),
            }
        }
        notices.extend(recipe.notices());
        any.then_some(recipe)
    };
    link.notices = notices;
    Ok(link)
}

/// A fragment as it was before a program encoded the whole of it once more:
/// `#c%3D…`. No name has an escape, and every link has a `=`.
fn encoded_once(fragment: &str) -> Cow<'_, str> {
    let head = fragment.split('%').next().unwrap_or_default();
    let is_name = SINGLE.contains(&head) || REPEATABLE.contains(&head);
    let after = fragment.get(head.len()..head.len() + 3);
    let is_twice = is_name && after.is_some_and(|escape| escape.eq_ignore_ascii_case("%3d"));
    match percent::decode(fragment) {
        Ok(once) if is_twice => Cow::Owned(once),
        _ => Cow::Borrowed(fragment),
    }
}

/// A value as it was before it was encoded once more, where it cannot have been
/// meant as it stands.
fn value_once(value: &str) -> Cow<'_, str> {
    match percent::decode(value) {
        Ok(once) if value.contains('%') => Cow::Owned(once),
        _ => Cow::Borrowed(value),
    }
}

/// A fragment with its `#` that [`parse_fragment`] reads back as this recipe.
pub fn build_link(recipe: &Recipe) -> String {
    format!("#recipe={}", percent::encode(&recipe.to_json()))
}

/// A fragment taken apart and decoded. An empty value counts as absent.
#[derive(Default)]
struct Pairs {
    recipe: Option<String>,
    packed: Option<String>,
    source: Option<String>,
    is_embed: bool,
    /// All other known names with their values, in order.
    values: Vec<(&'static str, String)>,
    unknown: SortedSet<String>,
    seen: SortedSet<&'static str>,
    repeated: SortedSet<&'static str>,
}

impl Pairs {
    fn read(fragment: &str) -> Result<Self, LinkError> {
        let mut pairs = Self::default();
        let mut offset = 0;
        for pair in fragment.split('&') {
            let part = pair.strip_prefix(ESCAPED).unwrap_or(pair);
            let start = offset + pair.len() - part.len();
            let (raw_name, raw_value) = part.split_once('=').unwrap_or((part, ""));
            let name = decode(fragment, start, raw_name)?;
            let value = decode(fragment, start + raw_name.len() + 1, raw_value)?;
            pairs.add(&name, &value);
            offset += pair.len() + 1;
        }
        Ok(pairs)
    }

    fn add(&mut self, name: &str, value: &str) {
        let is_name = |known: &&&str| **known == name;
        let single = SINGLE.iter().find(is_name);
        let Some(known) = single.or_else(|| REPEATABLE.iter().find(is_name)) else {
            if !name.is_empty() {
                self.unknown.insert(name.to_owned());
            }
            return;
        };
        if value.is_empty() {
            return;
        }
        if !self.seen.insert(known) && single.is_some() {
            self.repeated.insert(known);
        }
        match *known {
            // No JSON begins with an escape, and no packed document holds one.
            "recipe" if value.starts_with('%') => self.recipe = Some(value_once(value).into()),
            "recipe" => self.recipe = Some(value.to_owned()),
            "c" => self.packed = Some(tidy(&value_once(value))),
            "src" if !value.contains("://") => self.source = Some(value_once(value).into()),
            "src" => self.source = Some(value.to_owned()),
            "view" if value == "embed" => self.is_embed = true,
            "view" => {
                self.unknown.insert(format!("view={value}"));
            }
            _ => self.values.push((known, value.to_owned())),
        }
    }

    fn notices(&self) -> Vec<RecipeNotice> {
        let mut notices = Vec::new();
        if !self.unknown.is_empty() {
            let names = self.unknown.iter().cloned().collect();
            notices.push(RecipeNotice::UnknownNames(names));
        }
        if !self.repeated.is_empty() {
            let names = self.repeated.iter().copied().collect();
            notices.push(RecipeNotice::RepeatedNames(names));
        }
        // The first of these that is there counts alone.
        let whole = [
            ("c", self.packed.is_some()),
            ("src", self.source.is_some()),
            ("recipe", self.recipe.is_some()),
        ];
        let whole = whole.into_iter().find(|(_, is_there)| *is_there);
        if let Some((counts, _)) = whole {
            let beside = self.seen.iter().copied();
            let names: Vec<_> = beside
                .filter(|name| *name != counts && *name != "view")
                .collect();
            if !names.is_empty() {
                notices.push(RecipeNotice::BesideRecipe(names));
            }
        }
        notices
    }
}

/// A packed document without what mailers and chat programs put into or behind
/// a long word: line breaks, and the end of a sentence.
fn tidy(packed: &str) -> String {
    let inside = packed.chars().filter(|c| !c.is_whitespace());
    let text: String = inside.collect();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.trim_end_matches(|c| !is_letter(c)).to_owned()
}

/// Decodes a part of the fragment that starts at a byte offset.
fn decode<'a>(fragment: &str, start: usize, raw: &'a str) -> Result<Cow<'a, str>, LinkError> {
    if !raw.contains('%') {
        return Ok(Cow::Borrowed(raw));
    }
    let position = |at: usize| {
        let before = fragment.get(..start + at).unwrap_or(fragment);
        before.chars().count() + 1
    };
    match percent::decode(raw) {
        Ok(text) => Ok(Cow::Owned(text)),
        Err(PercentFault::Escape { at }) => Err(LinkError::Percent {
            position: position(at),
        }),
        Err(PercentFault::Utf8 { at }) => Err(LinkError::Utf8 {
            position: position(at),
        }),
    }
}

fn apply(recipe: &mut Recipe, name: &'static str, value: String) -> Result<(), LinkError> {
    let params = &mut recipe.params;
    match name {
        "prompt" => recipe.messages = vec![RecipeMessage::from(Message::user(value))],
        "system" => recipe.system = Some(value),
        "pane" => recipe.panes.push(pane(value)?),
        "temperature" => params.temperature = Some(real(name, &value)?),
        "top_p" => params.top_p = Some(real(name, &value)?),
        "top_k" => params.top_k = Some(number(name, &value, Expected::Count)?),
        "max_output_tokens" => {
            params.max_output_tokens = Some(number(name, &value, Expected::Count)?);
        }
        "context_window" => {
            params.context_window = Some(number(name, &value, Expected::Count)?);
        }
        "stop" => params.stop.push(value),
        "seed" => params.seed = Some(number(name, &value, Expected::WholeNumber)?),
        "reasoning_effort" => params.reasoning_effort = Some(value),
        "reasoning_summary" => params.reasoning_summary = Some(value),
        "service_tier" => params.service_tier = Some(value),
        "provider_order" => {
            let slugs = value.split(',').map(str::trim);
            let slugs = slugs.filter(|slug| !slug.is_empty());
            params.provider_order = slugs.map(str::to_owned).collect();
        }
        "response_schema" => params.response_schema = Some(schema(name, &value)?),
        _ => {}
    }
    Ok(())
}

fn pane(value: String) -> Result<RecipePane, LinkError> {
    match value.split_once('/') {
        Some((provider, model)) if !provider.is_empty() && !model.is_empty() => Ok(
            RecipePane::new(ProviderId::new(provider), ModelId::new(model)),
        ),
        _ => Err(LinkError::Pane { found: value }),
    }
}

fn number<N: FromStr>(name: &'static str, value: &str, expected: Expected) -> Result<N, LinkError> {
    let parsed = value.trim().parse();
    parsed.map_err(|_| LinkError::Value { name, expected })
}

fn real(name: &'static str, value: &str) -> Result<f64, LinkError> {
    read_real(value.trim()).ok_or(LinkError::Value {
        name,
        expected: Expected::Number,
    })
}

fn schema(name: &'static str, value: &str) -> Result<Value, LinkError> {
    let fault = |expected| LinkError::Value { name, expected };
    let schema: Value = json::parse(value).map_err(|_| fault(Expected::Json))?;
    if schema.is_object() {
        Ok(schema)
    } else {
        Err(fault(Expected::Object))
    }
}

#[cfg(test)]
#[path = "link_tests.rs"]
mod tests;
