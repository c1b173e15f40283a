//! Bodies of the Responses API
//! (<https://platform.openai.com/docs/api-reference/responses/create>).
//!
//! `reasoning.summary` is asked for only where the person does: providers
//! answer it with an error where the organisation is not verified, and a first
//! run must not fail over that.

use crate::core::{
    catalog::{Param, SchemaStyle},
    domain::{Message, Role},
    json::object,
    wire::{
        openai_chat::request::{SCHEMA_NAME, set_schema},
        parts,
        request::{Draft, NoteReason, Plan, spoken},
    },
};
use serde_json::Value;

pub(in crate::core::wire) fn fill(plan: &Plan<'_>, draft: &mut Draft) {
    let settled = &plan.settled;
    draft.set("model", plan.model);
    if let Some(system) = plan.system {
        draft.set_text_as("system", "instructions", system);
    }
    let said = spoken(plan.messages, draft);
    let input: Vec<_> = said.into_iter().map(|(_, message)| item(message)).collect();
    draft.set("input", input);
    let names = [
        (Param::Temperature, "temperature"),
        (Param::TopP, "top_p"),
        (Param::MaxOutputTokens, "max_output_tokens"),
        // The API itself has none of these three; servers that imitate it may.
        (Param::TopK, "top_k"),
        (Param::Stop, "stop"),
        (Param::Seed, "seed"),
        (Param::ReasoningEffort, "reasoning.effort"),
        (Param::ReasoningSummary, "reasoning.summary"),
        (Param::ServiceTier, "service_tier"),
    ];
    draft.set_plain(settled, &names);
    if let Some(schema) = &settled.schema
        && plan.provider.quirks.schema == SchemaStyle::ChatForm
    {
        set_schema(SchemaStyle::ChatForm, schema, draft);
    } else if let Some(schema) = &settled.schema {
        let format = object! {
            "type": "json_schema", "name": SCHEMA_NAME, "strict": true, "schema": schema.clone(),
        };
        draft.set_as("response_schema", "text.format", format);
    }
    draft.add("store", false, NoteReason::NotStored);
    draft.add("stream", true, NoteReason::Streaming);
}

fn item(message: &Message) -> Value {
    let (role, text): (_, fn(&str) -> Value) = match message.role {
        Role::User => ("user", input_text),
        Role::Assistant => ("assistant", output_text),
    };
    let (mut files, texts) = (parts::attached(message), parts::texts(message));
    let content = parts::pieces(&mut files, parts::openai_responses, &texts, text);
    object! { "type": "message", "role": role, "content": content }
}

fn input_text(words: &str) -> Value {
    object! { "type": "input_text", "text": words }
}

fn output_text(words: &str) -> Value {
    object! { "type": "output_text", "text": words }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
