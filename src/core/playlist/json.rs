//! Lists as JSON.

use super::{Entry, PlaylistError, Wanted};
use crate::core::json;
use serde_json::{Map, Value};

/// Names under which a prompt is found, the first that is there.
const PROMPT: [&str; 4] = ["prompt", "text", "input", "content"];
/// The same for a title.
const TITLE: [&str; 3] = ["title", "name", "label"];
/// The same for an object of variables.
const VARIABLES: [&str; 2] = ["variables", "vars"];

/// Whether a text begins and ends as a JSON list, or as an object with one.
pub(super) fn looks_like_list(text: &str) -> bool {
    let is_list = text.starts_with('[') && text.ends_with(']');
    let is_object = text.starts_with('{') && text.ends_with('}');
    // A line in brackets is a prompt too; a list has texts or objects in it.
    let inside = text.get(1..).unwrap_or_default().trim_start();
    is_list && inside.starts_with(['"', '{', ']'])
        || is_object && text.contains("\"prompts\"") && inside.starts_with('"')
}

/// Whether each of several lines looks like a JSON object.
pub(super) fn looks_like_lines(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_object = |line: &str| line.starts_with("{\"") && line.ends_with('}');
    text.starts_with("{\"") && lines.all(is_object)
}

/// The entries of a list.
pub(super) fn list(text: &str) -> Result<Vec<Entry>, PlaylistError> {
    let value = parse(text, 0)?;
    let (items, path) = match value {
        Value::Array(items) => (items, ""),
        Value::Object(mut fields) => match fields.remove("prompts") {
            Some(Value::Array(items)) => (items, "prompts"),
            _ => return Err(PlaylistError::NotAList),
        },
        _ => return Err(PlaylistError::NotAList),
    };
    let items = items.into_iter().enumerate();
    items
        .map(|(at, item)| entry(item, &format!("{path}[{at}]")))
        .collect()
}

/// The entries of a document a line.
pub(super) fn lines(text: &str) -> Result<Vec<Entry>, PlaylistError> {
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| entry(parse(line, at)?, &format!("line {}", at + 1)))
        .collect()
}

fn parse(text: &str, lines_before: usize) -> Result<Value, PlaylistError> {
    json::parse(text).map_err(|error| PlaylistError::Json {
        line: lines_before + error.line(),
        column: error.column(),
    })
}

fn entry(item: Value, path: &str) -> Result<Entry, PlaylistError> {
    let wrong = |path: String, wanted| Err(PlaylistError::Wrong { path, wanted });
    let mut fields = match item {
        Value::String(prompt) if !prompt.trim().is_empty() => return Ok(Entry::new(prompt)),
        Value::Object(fields) => fields,
        Value::String(_) => return wrong(path.to_owned(), Wanted::Prompt),
        _ => return wrong(path.to_owned(), Wanted::Entry),
    };
    let Some(name) = PROMPT.iter().find(|name| fields.contains_key(**name)) else {
        return wrong(format!("{path}.prompt"), Wanted::Prompt);
    };
    let prompt = match fields.remove(*name) {
        Some(Value::String(prompt)) if !prompt.trim().is_empty() => prompt,
        _ => return wrong(format!("{path}.{name}"), Wanted::Prompt),
    };
    let mut title = None;
    for name in TITLE {
        if title.is_none()
            && let Some(Value::String(text)) = fields.get(name)
            && !text.trim().is_empty()
        {
            title = Some(text.trim().to_owned());
            fields.remove(name);
        }
    }
    let mut variables = Vec::new();
    for name in VARIABLES {
        match fields.remove(name) {
            None | Some(Value::Null) => {}
            Some(Value::Object(values)) => {
                values_of(values, &format!("{path}.{name}"), &mut variables)?;
            }
            Some(_) => return wrong(format!("{path}.{name}"), Wanted::Values),
        }
    }
    values_of(fields, path, &mut variables)?;
    Ok(Entry {
        title,
        prompt,
        variables,
    })
}

/// An entry as [`entry`] reads it.
pub(super) fn write(entry: &Entry) -> String {
    let mut fields = Map::new();
    if let Some(title) = &entry.title {
        fields.insert("title".to_owned(), Value::from(title.as_str()));
    }
    fields.insert("prompt".to_owned(), Value::from(entry.prompt.as_str()));
    if !entry.variables.is_empty() {
        let values = entry.variables.iter();
        let values = values.map(|(name, value)| (name.clone(), Value::from(value.as_str())));
        fields.insert("variables".to_owned(), Value::Object(values.collect()));
    }
    Value::Object(fields).to_string()
}

fn values_of(
    fields: Map<String, Value>,
    path: &str,
    variables: &mut Vec<(String, String)>,
) -> Result<(), PlaylistError> {
    for (name, value) in fields {
        let value = match value {
            Value::Null => continue,
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            Value::Bool(flag) => flag.to_string(),
            Value::Array(_) | Value::Object(_) => {
                let path = format!("{path}.{name}");
                let wanted = Wanted::Value;
                return Err(PlaylistError::Wrong { path, wanted });
            }
        };
        variables.retain(|(known, _)| *known != name);
        variables.push((name, value));
    }
    Ok(())
}
