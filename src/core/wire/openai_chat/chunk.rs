//! What a chunk is: of this dialect, or a failure; and which of its fields hold
//! thinking.

use crate::core::{
    domain::Failure,
    json::object,
    wire::{
        error::failure_from_json,
        fields::{at, field, flat, kind, objects, says_something},
        triage::is_keepalive_name,
    },
};
use serde_json::Value;

/// A chunk with none of these has nothing of this dialect in it. Azure's first
/// chunk has only the last.
const MARKS: [&str; 4] = ["usage", "x_groq", "timings", "prompt_filter_results"];

/// Thinking: providers repeat it under several names in one delta, so the first
/// that says anything is all of it.
const THINKING: [&str; 5] = [
    "reasoning_content",
    "reasoning",
    "reasoning_details",
    "thinking",
    "thinking_blocks",
];

/// The thinking text of a delta.
pub(super) fn thinking(delta: &Value) -> String {
    let mut texts = THINKING.iter().map(|name| flat(field(delta, name)));
    texts.find(|text| !text.is_empty()).unwrap_or_default()
}

/// What a chunk calls itself.
fn object_of(chunk: &Value) -> &str {
    field(chunk, "object").as_str().unwrap_or_default()
}

/// Whether a chunk is of this dialect.
pub(super) fn is_known(chunk: &Value) -> bool {
    let object = object_of(chunk);
    at(chunk, "choices").is_some()
        || object.starts_with("chat.completion")
        || object.starts_with("text_completion")
        || is_keepalive_name(kind(chunk))
        || MARKS.iter().any(|name| !field(chunk, name).is_null())
}

/// The failure that a chunk reports, in any of the shapes this happens:
/// `error` is `OpenAI`'s and most others', in a choice OpenRouter's in whole
/// completions; `detail` is of servers made with `FastAPI`, `message` Cohere's,
/// Mistral's and old vLLM's.
pub(super) fn failure_in(chunk: &Value) -> Option<Failure> {
    let of_choice = objects(chunk, "choices").map(|choice| field(choice, "error"));
    let mut inner = of_choice.filter(|error| says_something(error));
    let of_groq = field(field(chunk, "x_groq"), "error");
    let error = inner.next().unwrap_or(of_groq);
    if says_something(error) {
        let error = object! { "error": error.clone() };
        return Some(failure_from_json(&error));
    }
    let message = field(chunk, "message").as_str();
    let stands_alone = at(chunk, "choices").is_none()
        && (says_something(field(chunk, "detail")) || message.is_some_and(|text| !text.is_empty()));
    let is_named = object_of(chunk) == "error" || kind(chunk) == "error";
    let is_failure = says_something(field(chunk, "error")) || stands_alone || is_named;
    is_failure.then(|| failure_from_json(chunk))
}
