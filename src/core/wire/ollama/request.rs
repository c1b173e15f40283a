//! Bodies of Ollama's `/api/chat` (<https://docs.ollama.com/api/chat>).
//!
//! How much of a long prompt is read depends on `options.num_ctx`: what is over
//! it is cut off without a word. Where the person sets none, it is the server's
//! business.

use crate::core::{
    domain::Message,
    wire::{
        parts,
        request::{Draft, NO_EFFORT, NoteReason, Plan, spoken},
    },
};
use serde_json::{Value, json};

pub(in crate::core::wire) fn fill(plan: &Plan<'_>, draft: &mut Draft) {
    let settled = &plan.settled;
    draft.set("model", plan.model);
    let system = plan
        .system
        .map(|text| json!({ "role": "system", "content": text }));
    let said = spoken(plan.messages, draft);
    let said = said.into_iter().map(|(_, message)| as_json(message));
    let messages: Vec<Value> = system.into_iter().chain(said).collect();
    draft.set("messages", messages);
    let options = [
        (
            "temperature",
            "temperature",
            settled.temperature.map(Value::from),
        ),
        ("top_p", "top_p", settled.top_p.map(Value::from)),
        ("top_k", "top_k", settled.top_k.map(Value::from)),
        (
            "max_output_tokens",
            "num_predict",
            settled.max_output_tokens.map(Value::from),
        ),
        (
            "context_window",
            "num_ctx",
            settled.context_window.map(Value::from),
        ),
        (
            "stop",
            "stop",
            (!settled.stop.is_empty()).then(|| json!(settled.stop)),
        ),
        ("seed", "seed", settled.seed.map(Value::from)),
    ];
    for (ours, theirs, value) in options {
        if let Some(value) = value {
            draft.set_as(ours, &format!("options.{theirs}"), value);
        }
    }
    if let Some(effort) = settled.effort.as_deref() {
        draft.set_as("reasoning_effort", "think", think(effort));
    }
    if let Some(schema) = &settled.schema {
        draft.set_as("response_schema", "format", schema.clone());
    }
    draft.add("stream", true, NoteReason::Streaming);
}

/// A level, or whether to think at all. Models without levels take each of
/// them for a yes.
fn think(effort: &str) -> Value {
    match effort {
        NO_EFFORT => Value::Bool(false),
        "on" => Value::Bool(true),
        level => Value::from(level),
    }
}

fn as_json(message: &Message) -> Value {
    let role = message.role.as_str();
    let content = parts::texts(message).join("\n\n");
    let images = parts::ollama_images(message);
    if images.is_empty() {
        json!({ "role": role, "content": content })
    } else {
        json!({ "role": role, "content": content, "images": images })
    }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
