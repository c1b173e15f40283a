//! Bodies of Anthropic Messages
//! (<https://platform.claude.com/docs/en/api/messages>), version 2023-06-01.
//!
//! Clouds that name the model in the URL (Vertex AI) want the version in the
//! body instead of a header; that field stands in their row.
//!
//! `thinking` is asked for where the model thinks anyway: newer models keep
//! their thinking to themselves unless told to show a summary, and a clock
//! cannot tell that silence from waiting. It costs the same. Models that think
//! only when asked are asked only if the person set an effort.

use crate::core::{
    catalog::Param,
    domain::Role,
    json::object,
    wire::{
        parts,
        request::{Draft, NO_EFFORT, NoteReason, Plan, SentAction, Turn, alternating},
    },
};
use serde_json::Value;

pub(in crate::core::wire) fn fill(plan: &Plan<'_>, draft: &mut Draft) {
    let settled = &plan.settled;
    // Vertex and Bedrock answer a model in the body with an error.
    if !plan.model_in_path {
        draft.set("model", plan.model);
    }
    match (settled.max_output_tokens, plan.caps.default_max_tokens) {
        (Some(most), _) => draft.set_as("max_output_tokens", "max_tokens", most),
        (None, Some(most)) => draft.add("max_tokens", most, NoteReason::Required),
        (None, None) => {}
    }
    if let Some(system) = plan.system {
        draft.set("system", system);
    }
    let mut turns = alternating(plan.messages, draft);
    trim_beginning(&mut turns, draft);
    let messages: Vec<_> = turns.iter().map(message).collect();
    draft.set("messages", messages);
    let names = [
        (Param::Temperature, "temperature"),
        (Param::TopP, "top_p"),
        (Param::TopK, "top_k"),
        (Param::Stop, "stop_sequences"),
    ];
    draft.set_plain(settled, &names);
    match settled.effort.as_deref() {
        Some(NO_EFFORT) => {
            let off = object! { "type": "disabled" };
            draft.set_as("reasoning_effort", "thinking", off);
        }
        Some(effort) => draft.set_as("reasoning_effort", "output_config.effort", effort),
        None => {}
    }
    draft.set_plain(settled, &[(Param::ServiceTier, "service_tier")]);
    if let Some(schema) = &settled.schema {
        let format = object! { "type": "json_schema", "schema": schema.clone() };
        draft.set_as("response_schema", "output_config.format", format);
    }
    draft.add("stream", true, NoteReason::Streaming);
}

/// An answer that the model is to go on with may not end in white space.
fn trim_beginning(turns: &mut [Turn], draft: &mut Draft) {
    let Some(turn) = turns.last_mut().filter(|turn| turn.role == Role::Assistant) else {
        return;
    };
    let Some(text) = turn.parts.last_mut() else {
        return;
    };
    let kept = text.trim_end();
    if kept.len() < text.len() {
        let gone = text.get(kept.len()..).unwrap_or_default();
        let (action, reason) = (SentAction::Adjusted, NoteReason::TrailingSpace);
        draft.note("messages", action, gone.into(), reason);
        *text = kept.to_owned();
    }
}

fn message(turn: &Turn) -> Value {
    let role = turn.role.as_str();
    let content = match (turn.parts.as_slice(), turn.attached.as_slice()) {
        ([one], []) => one.as_str().into(),
        (texts, attached) => {
            let mut files = attached.iter();
            parts::pieces(&mut files, parts::anthropic, texts, parts::text)
        }
    };
    object! { "role": role, "content": content }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
