//! Lists of models: how to ask for them, and what the answers hold.
//!
//! Answers are read leniently: a row without an id is skipped, a field of a
//! strange type is unknown.

use super::{endpoint::Endpoint, endpoint::percent_encode, http::HttpRequest, request};
use crate::core::{
    catalog::{ListRow, ListShape, Provider},
    domain::{Failure, FailureKind, ModelId, ProtocolFault},
    json,
};
use serde_json::{Map, Value};
use std::collections::HashSet;

/// One page of a model list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ModelPage {
    /// The chat models on it, in the provider's order, each once.
    pub models: Vec<ListedModel>,
    /// What to ask the next page with; `None` on the last one.
    pub next: Option<String>,
}

/// A model as its provider lists it. What the list does not say comes from
/// the catalogue, where it knows.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedModel {
    /// Its id, as requests name it.
    pub id: ModelId,
    /// Its name, or its id where it has none.
    pub name: String,
    /// The group it belongs to, by its id.
    pub family: Option<String>,
    /// Context window in tokens.
    pub context: Option<u64>,
    /// Most output tokens.
    pub max_output: Option<u64>,
    /// The day it will be gone, as the provider writes it.
    pub shutdown_date: Option<String>,
    /// The efforts it says it knows; empty where it does not say.
    pub efforts: Vec<String>,
}

/// Origins whose lists anybody may read, so that they say nothing of a key.
const PUBLIC: [&str; 2] = ["https://openrouter.ai", "https://router.huggingface.co"];

/// Whether the list there comes with any key or none.
pub fn is_public(endpoint: &Endpoint) -> bool {
    PUBLIC.contains(&endpoint.real_origin().as_str())
}

/// Asks for a page of the list; `None` where the provider has no list.
pub fn list_request(
    provider: &Provider,
    endpoint: &Endpoint,
    page: Option<&str>,
) -> Option<HttpRequest> {
    let row = provider.list.as_ref()?;
    let mut url = if row.at_origin {
        format!("{}{}", endpoint.real_origin(), row.path)
    } else {
        endpoint.joined(&row.path)
    };
    if let (Some(cursor), Some(page)) = (&row.cursor, page) {
        let join = if url.contains('?') { "&" } else { "?" };
        url.extend([join, cursor, "=", &percent_encode(page)]);
    }
    let real_url = endpoint.relay.is_some().then(|| url.clone());
    Some(HttpRequest {
        method: "GET",
        url: endpoint.routed(url),
        real_url,
        headers: request::headers(provider, endpoint, None),
        auth: endpoint.auth(provider),
        body: String::new(),
    })
}

/// Reads a page of the list.
pub fn parse_list(provider: &Provider, body: &str) -> Result<ModelPage, Failure> {
    let fault = |fault| Failure::new(FailureKind::Protocol(fault));
    let text = body.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(fault(ProtocolFault::Empty));
    }
    if text.starts_with('<') {
        return Err(fault(ProtocolFault::Html));
    }
    let json: Value = json::parse(text).map_err(|_| fault(ProtocolFault::Garbage))?;
    let Some(rows) = rows(&json) else {
        let words = provider_words(&json).map(str::to_owned);
        let failure = fault(ProtocolFault::Unrecognised);
        return Err(Failure {
            detail: words,
            ..failure
        });
    };
    let Some(list) = &provider.list else {
        return Ok(ModelPage::default());
    };
    let mut seen = HashSet::new();
    let mut aliases = HashSet::new();
    let models = rows
        .iter()
        .filter_map(Value::as_object)
        // Some lists name a model once for each of its aliases.
        .filter(|row| is_first_of_its_names(row, &mut aliases))
        .filter_map(|row| listed(provider, list, row))
        .filter(|model| seen.insert(model.id.clone()))
        .collect();
    Ok(ModelPage {
        models,
        next: next_page(list.shape, &json),
    })
}

/// `data`, `models` or the whole document; an empty list may come as null.
fn rows(json: &Value) -> Option<&[Value]> {
    if let Some(rows) = json.as_array() {
        return Some(rows);
    }
    let held = |key| json.get(key);
    let (data, models) = (
        held("data"),
        held("models").or_else(|| held("publisherModels")),
    );
    data.into_iter()
        .chain(models)
        .find_map(|rows| rows.as_array().map(Vec::as_slice))
        .or_else(|| (data.is_some() || models.is_some()).then_some(&[]))
}

fn provider_words(json: &Value) -> Option<&str> {
    let error = json.get("error").or_else(|| json.get("message"))?;
    error
        .as_str()
        .or_else(|| error.get("message").and_then(Value::as_str))
}

fn next_page(shape: ListShape, json: &Value) -> Option<String> {
    let more = |flag: &str| json.get(flag).and_then(Value::as_bool) == Some(true);
    let token = match shape {
        ListShape::Anthropic if more("has_more") => json.get("last_id"),
        ListShape::Openai | ListShape::Anthropic | ListShape::Ollama => None,
        ListShape::Gemini | ListShape::Vertex => json.get("nextPageToken"),
        ListShape::Cohere => json.get("next_page_token"),
    };
    let token = token.and_then(Value::as_str);
    token.filter(|token| !token.is_empty()).map(str::to_owned)
}

fn listed(provider: &Provider, list: &ListRow, row: &Map<String, Value>) -> Option<ListedModel> {
    let text = |key: &str| row.get(key).and_then(Value::as_str);
    let id = match list.shape {
        ListShape::Gemini | ListShape::Cohere | ListShape::Ollama | ListShape::Vertex => {
            text("name").or_else(|| text("id"))?
        }
        ListShape::Openai | ListShape::Anthropic => text("id").or_else(|| text("name"))?,
    };
    let id = match list.shape {
        ListShape::Gemini => id.strip_prefix("models/").unwrap_or(id),
        ListShape::Vertex => id.rsplit_once('/').map_or(id, |(_, id)| id),
        _ => id,
    };
    if id.is_empty() || list.hides(id) || !answers_chats(row) {
        return None;
    }
    let id = ModelId::new(id);
    let name = text("display_name").or_else(|| text("displayName"));
    let name = name.or_else(|| text("name").filter(|_| list.shape == ListShape::Openai));
    let rule = provider.rule(&id);
    let context = first_count(row, CONTEXT).or_else(|| rule.and_then(|rule| rule.context));
    let max_output = first_count(row, OUTPUT).or_else(|| rule.and_then(|rule| rule.max_output));
    Some(ListedModel {
        name: name.unwrap_or(id.as_str()).to_owned(),
        family: provider
            .family(&id)
            .or_else(|| row.get("details")?.get("family")?.as_str())
            .map(str::to_owned),
        context,
        max_output,
        shutdown_date: SHUTDOWN.iter().find_map(|key| written(row.get(*key)?)),
        efforts: efforts(row),
        id,
    })
}

/// Whether no earlier row was of this very model under another name.
fn is_first_of_its_names(row: &Map<String, Value>, names: &mut HashSet<String>) -> bool {
    let Some(id) = row.get("id").and_then(Value::as_str) else {
        return true;
    };
    let is_new = !names.contains(id);
    let aliases = row.get("aliases").and_then(Value::as_array);
    let aliases = aliases.into_iter().flatten().filter_map(Value::as_str);
    // One that lists no other names is only itself.
    let also: Vec<_> = aliases.map(str::to_owned).collect();
    if is_new && !also.is_empty() {
        names.insert(id.to_owned());
        names.extend(also);
        return true;
    }
    is_new
}

/// Paths under which providers give the context window.
const CONTEXT: &[&[&str]] = &[
    &["max_input_tokens"],
    &["inputTokenLimit"],
    &["context_length"],
    &["context_window"],
    &["max_context_length"],
    &["max_model_len"],
    &["meta", "n_ctx"],
    &["meta", "n_ctx_train"],
];

/// Paths under which they give the largest answer.
const OUTPUT: &[&[&str]] = &[
    &["max_tokens"],
    &["outputTokenLimit"],
    &["max_completion_tokens"],
    &["top_provider", "max_completion_tokens"],
];

/// Fields in which they announce the end of a model.
const SHUTDOWN: &[&str] = &[
    "shutdown_date",
    "retires_at",
    "expiration_date",
    "deprecation",
];

/// Whether the row, where it says so at all, is of a model that can be asked
/// by our dialects and is still there.
fn answers_chats(row: &Map<String, Value>) -> bool {
    let methods = row
        .get("supportedGenerationMethods")
        .and_then(Value::as_array);
    let generates = methods.is_none_or(|methods| {
        methods
            .iter()
            .any(|method| method.as_str() == Some("generateContent"))
    });
    let endpoints = row.get("endpoints").and_then(Value::as_array);
    let chats = endpoints.is_none_or(|all| all.iter().any(|one| one.as_str() == Some("chat")));
    let text = |key: &str| row.get(key).and_then(Value::as_str);
    let retired = text("lifecycle") == Some("retired");
    // Together says of what type a model is, Mistral what it can do, and
    // OpenRouter what comes out of it.
    let talks = text("type").is_none_or(|kind| !NOT_TALKING.contains(&kind));
    let said = |at: &str, key: &str| row.get(at)?.get(key);
    let completes = said("capabilities", "completion_chat") != Some(&Value::Bool(false));
    let kinds = said("architecture", "output_modalities").and_then(Value::as_array);
    let writes = kinds.is_none_or(|kinds| kinds.iter().any(|kind| kind == "text"));
    generates && chats && !retired && talks && completes && writes
}

/// Types of models that do not answer chats.
const NOT_TALKING: [&str; 8] = [
    "image",
    "embedding",
    "embeddings",
    "rerank",
    "moderation",
    "audio",
    "video",
    "transcribe",
];

fn first_count(row: &Map<String, Value>, paths: &[&[&str]]) -> Option<u64> {
    paths.iter().find_map(|path| {
        let (first, rest) = path.split_first()?;
        let value = rest
            .iter()
            .try_fold(row.get(*first)?, |value, key| value.get(key))?;
        count(value).filter(|count| *count > 0)
    })
}

/// A count that may come as a float.
fn count(value: &Value) -> Option<u64> {
    let float = || value.as_f64().filter(|float| (0.0..1e15).contains(float));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Checked above.
    let from_float = || float().map(|float| float as u64);
    value.as_u64().or_else(from_float)
}

fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Anthropic's `capabilities.effort`, which has a flag or `{supported}` for
/// each word, or `OpenRouter`'s list of words.
fn efforts(row: &Map<String, Value>) -> Vec<String> {
    let words = row
        .get("reasoning")
        .and_then(|all| all.get("supported_efforts"));
    if let Some(words) = words.and_then(Value::as_array) {
        let words = words.iter().filter_map(Value::as_str);
        return words.map(str::to_owned).collect();
    }
    let effort = row.get("capabilities").and_then(|all| all.get("effort"));
    let Some(words) = effort.and_then(Value::as_object) else {
        return Vec::new();
    };
    let yes = |value: &Value| {
        let flag = value.get("supported").unwrap_or(value);
        flag.as_bool() == Some(true)
    };
    let known = words
        .iter()
        .filter(|(word, value)| *word != "supported" && yes(value));
    known.map(|(word, _)| word.clone()).collect()
}

#[cfg(test)]
#[path = "models_tests.rs"]
mod tests;
