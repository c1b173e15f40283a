//! The parameter that a message names, where no field does.

use crate::core::wire::Dialect;

/// Words that a parameter's name follows.
const MARKERS: [&str; 9] = [
    "parameter",
    "parameters",
    "argument",
    "argument supplied",
    "unsupported value",
    "invalid value for",
    "unknown name",
    "property",
    "field",
];

/// Longest name that is believed.
const LONGEST: usize = 64;

/// Finds the name in a message such as `Unsupported parameter: 'top_k'`.
///
/// Only a quoted name, or one after a colon, is believed. Anthropic alone puts
/// the path first (`max_tokens: must be …`); elsewhere a leading word with a
/// colon is a heading.
pub(super) fn from_words(message: &str, dialect: Option<Dialect>) -> Option<String> {
    if dialect == Some(Dialect::OllamaChat) && message.contains("think") {
        // "… does not support thinking", "invalid think value".
        return Some("think".to_owned());
    }
    let path_first = dialect == Some(Dialect::Anthropic);
    let found = leading_path(message)
        .filter(|_| path_first)
        .or_else(|| quoted(message))
        .or_else(|| after_marker(message))?;
    Some(found.to_owned())
}

fn leading_path(message: &str) -> Option<&str> {
    let (path, _) = message.split_once(": ")?;
    (is_name(path) && path.starts_with(|first: char| first.is_ascii_lowercase())).then_some(path)
}

fn after_marker(message: &str) -> Option<&str> {
    let lower = message.to_ascii_lowercase();
    MARKERS.iter().find_map(|marker| {
        lower.match_indices(marker).find_map(|(at, _)| {
            let rest = message.get(at + marker.len()..)?;
            match rest.strip_prefix(':') {
                Some(rest) => quoted(rest).or_else(|| bare(rest.trim_start())),
                None => quoted(rest),
            }
        })
    })
}

/// A name in quotes at the start.
fn quoted(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = text
        .chars()
        .next()
        .filter(|first| "'\"`".contains(*first))?;
    let (name, _) = text.get(1..)?.split_once(quote)?;
    is_name(name).then_some(name)
}

fn bare(text: &str) -> Option<&str> {
    let name = text.split_whitespace().next()?.trim_end_matches(['.', ',']);
    is_name(name).then_some(name)
}

fn is_name(text: &str) -> bool {
    text.len() <= LONGEST
        && text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || "_.[]-".contains(char))
}
