//! Bodies of Cohere's chat (<https://docs.cohere.com/v2/reference/chat>).

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
    if let Some(temperature) = settled.temperature {
        draft.set("temperature", temperature);
    }
    if let Some(top_p) = settled.top_p {
        draft.set_as("top_p", "p", top_p);
    }
    if let Some(top_k) = settled.top_k {
        draft.set_as("top_k", "k", top_k);
    }
    if let Some(most) = settled.max_output_tokens {
        draft.set_as("max_output_tokens", "max_tokens", most);
    }
    if !settled.stop.is_empty() {
        draft.set_as("stop", "stop_sequences", json!(settled.stop));
    }
    if let Some(seed) = settled.seed {
        draft.set("seed", seed);
    }
    if let Some(effort) = settled.effort.as_deref() {
        draft.set_as("reasoning_effort", "thinking", thinking(plan, effort));
    }
    if let Some(schema) = &settled.schema {
        let format = json!({ "type": "json_object", "json_schema": schema });
        draft.set_as("response_schema", "response_format", format);
    }
    draft.add("stream", true, NoteReason::Streaming);
}

/// Thinking is on or off; how much of it is a number of tokens.
fn thinking(plan: &Plan<'_>, effort: &str) -> Value {
    if effort == NO_EFFORT {
        return json!({ "type": "disabled" });
    }
    match plan.rule.and_then(|rule| rule.effort_budgets.get(effort)) {
        Some(budget) => json!({ "type": "enabled", "token_budget": budget }),
        None => json!({ "type": "enabled" }),
    }
}

fn as_json(message: &Message) -> Value {
    let role = message.role.as_str();
    json!({ "role": role, "content": parts::content(message, parts::cohere) })
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
