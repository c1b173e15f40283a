//! Bodies of the Responses API
//! (<https://platform.openai.com/docs/api-reference/responses/create>).
//!
//! `reasoning.summary` is asked for only where the person does: providers
//! answer it with an error where the organisation is not verified, and a first
//! run must not fail over that.

use crate::core::{
    catalog::SchemaStyle,
    domain::{Message, Role},
    wire::{
        openai_chat::request::{SCHEMA_NAME, set_schema},
        parts,
        request::{Draft, NoteReason, Plan, spoken},
    },
};
use serde_json::{Value, json};

pub(in crate::core::wire) fn fill(plan: &Plan<'_>, draft: &mut Draft) {
    let settled = &plan.settled;
    draft.set("model", plan.model);
    if let Some(system) = plan.system {
        draft.set_text_as("system", "instructions", system);
    }
    let said = spoken(plan.messages, draft);
    let input: Vec<_> = said.into_iter().map(|(_, message)| item(message)).collect();
    draft.set("input", input);
    if let Some(temperature) = settled.temperature {
        draft.set("temperature", temperature);
    }
    if let Some(top_p) = settled.top_p {
        draft.set("top_p", top_p);
    }
    if let Some(most) = settled.max_output_tokens {
        draft.set("max_output_tokens", most);
    }
    // The API itself has none of these three; servers that imitate it may.
    if let Some(top_k) = settled.top_k {
        draft.set("top_k", top_k);
    }
    if !settled.stop.is_empty() {
        draft.set("stop", json!(settled.stop));
    }
    if let Some(seed) = settled.seed {
        draft.set("seed", seed);
    }
    if let Some(effort) = settled.effort.as_deref() {
        draft.set_as("reasoning_effort", "reasoning.effort", effort);
    }
    if let Some(summary) = settled.summary.as_deref() {
        draft.set_as("reasoning_summary", "reasoning.summary", summary);
    }
    if let Some(tier) = &settled.tier {
        draft.set("service_tier", tier.as_str());
    }
    if let Some(schema) = &settled.schema
        && plan.provider.quirks.schema == SchemaStyle::ChatForm
    {
        set_schema(SchemaStyle::ChatForm, schema, draft);
    } else if let Some(schema) = &settled.schema {
        let format = json!({
            "type": "json_schema", "name": SCHEMA_NAME, "strict": true, "schema": schema,
        });
        draft.set_as("response_schema", "text.format", format);
    }
    draft.add("store", false, NoteReason::NotStored);
    draft.add("stream", true, NoteReason::Streaming);
}

fn item(message: &Message) -> Value {
    let (role, kind) = match message.role {
        Role::User => ("user", "input_text"),
        Role::Assistant => ("assistant", "output_text"),
    };
    let files = parts::attached(message).map(parts::openai_responses);
    let texts = parts::texts(message)
        .into_iter()
        .map(|text| json!({ "type": kind, "text": text }));
    let content: Vec<_> = files.chain(texts).collect();
    json!({ "type": "message", "role": role, "content": content })
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
