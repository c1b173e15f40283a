//! Bodies of Gemini's `streamGenerateContent`
//! (<https://ai.google.dev/api/generate-content>).
//!
//! Thoughts come only when asked for, and are paid for in any case, so models
//! that think are asked. Asking a model that does not think is an error.

use crate::core::{
    catalog::SystemPlace,
    domain::Role,
    wire::{
        parts,
        request::{Draft, NoteReason, Plan, Turn, alternating, put_before_first},
    },
};
use serde_json::{Value, json};

pub(in crate::core::wire) fn fill(plan: &Plan<'_>, draft: &mut Draft) {
    let settled = &plan.settled;
    let mut turns = alternating(plan.messages, draft);
    match plan.system {
        Some(system) if plan.system_place == SystemPlace::FirstUser => {
            put_before_first(system, &mut turns, draft);
        }
        Some(system) => {
            let instruction = json!({ "parts": [{ "text": system }] });
            draft.set_text_as("system", "systemInstruction", instruction);
        }
        None => {}
    }
    let contents: Vec<_> = turns.iter().map(content).collect();
    draft.set("contents", contents);
    if let Some(temperature) = settled.temperature {
        draft.set_as("temperature", "generationConfig.temperature", temperature);
    }
    if let Some(top_p) = settled.top_p {
        draft.set_as("top_p", "generationConfig.topP", top_p);
    }
    if let Some(top_k) = settled.top_k {
        draft.set_as("top_k", "generationConfig.topK", top_k);
    }
    if let Some(most) = settled.max_output_tokens {
        draft.set_as(
            "max_output_tokens",
            "generationConfig.maxOutputTokens",
            most,
        );
    }
    if !settled.stop.is_empty() {
        draft.set_as(
            "stop",
            "generationConfig.stopSequences",
            json!(settled.stop),
        );
    }
    if let Some(seed) = settled.seed {
        draft.set_as("seed", "generationConfig.seed", seed);
    }
    if let Some(effort) = settled.effort.as_deref() {
        set_effort(plan, effort, draft);
    }
    if let Some(tier) = &settled.tier {
        draft.set_as("service_tier", "serviceTier", tier.as_str());
    }
    if let Some(schema) = &settled.schema {
        draft.set_as(
            "response_schema",
            "generationConfig.responseJsonSchema",
            schema.clone(),
        );
        let path = "generationConfig.responseMimeType";
        draft.add(path, "application/json", NoteReason::Required);
    }
}

/// Older models count thinking in tokens, newer ones grade it; sending both is
/// an error.
fn set_effort(plan: &Plan<'_>, effort: &str, draft: &mut Draft) {
    let budget = plan.rule.and_then(|rule| rule.effort_budgets.get(effort));
    let config = "generationConfig.thinkingConfig";
    if let Some(budget) = budget {
        draft.set_as(
            "reasoning_effort",
            &format!("{config}.thinkingBudget"),
            *budget,
        );
    } else {
        let level = effort.to_ascii_uppercase();
        draft.set_as(
            "reasoning_effort",
            &format!("{config}.thinkingLevel"),
            level,
        );
    }
}

fn content(turn: &Turn) -> Value {
    let role = match turn.role {
        Role::User => "user",
        Role::Assistant => "model",
    };
    let texts = turn.parts.iter().map(|text| json!({ "text": text }));
    let parts: Vec<_> = turn
        .attached
        .iter()
        .map(parts::gemini)
        .chain(texts)
        .collect();
    json!({ "role": role, "parts": parts })
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
