//! Bodies of Gemini's `streamGenerateContent`
//! (<https://ai.google.dev/api/generate-content>).
//!
//! Thoughts come only when asked for, and are paid for in any case, so models
//! that think are asked. Asking a model that does not think is an error.

use crate::core::{
    catalog::{Param, SystemPlace},
    domain::Role,
    json::object,
    wire::{
        parts,
        request::{Draft, NoteReason, Plan, Turn, alternating, put_before_first},
    },
};
use serde_json::Value;

pub(in crate::core::wire) fn fill(plan: &Plan<'_>, draft: &mut Draft) {
    let settled = &plan.settled;
    let mut turns = alternating(plan.messages, draft);
    match plan.system {
        Some(system) if plan.system_place == SystemPlace::FirstUser => {
            put_before_first(system, &mut turns, draft);
        }
        Some(system) => {
            let parts = vec![parts::plain_text(system)];
            let instruction = object! { "parts": parts };
            draft.set_text_as("system", "systemInstruction", instruction);
        }
        None => {}
    }
    let contents: Vec<_> = turns.iter().map(content).collect();
    draft.set("contents", contents);
    let names = [
        (Param::Temperature, "generationConfig.temperature"),
        (Param::TopP, "generationConfig.topP"),
        (Param::TopK, "generationConfig.topK"),
        (Param::MaxOutputTokens, "generationConfig.maxOutputTokens"),
        (Param::Stop, "generationConfig.stopSequences"),
        (Param::Seed, "generationConfig.seed"),
    ];
    draft.set_plain(settled, &names);
    if let Some(effort) = settled.effort.as_deref() {
        set_effort(plan, effort, draft);
    }
    let names = [
        (Param::ServiceTier, "serviceTier"),
        (Param::ResponseSchema, "generationConfig.responseJsonSchema"),
    ];
    draft.set_plain(settled, &names);
    if settled.schema.is_some() {
        let path = "generationConfig.responseMimeType";
        draft.add(path, "application/json", NoteReason::Required);
    }
}

/// Older models count thinking in tokens, newer ones grade it; sending both is
/// an error.
fn set_effort(plan: &Plan<'_>, effort: &str, draft: &mut Draft) {
    let budget = plan.rule.and_then(|rule| rule.effort_budgets.get(effort));
    let field = "reasoning_effort";
    if let Some(budget) = budget {
        let path = "generationConfig.thinkingConfig.thinkingBudget";
        draft.set_as(field, path, *budget);
    } else {
        let path = "generationConfig.thinkingConfig.thinkingLevel";
        draft.set_as(field, path, effort.to_ascii_uppercase());
    }
}

fn content(turn: &Turn) -> Value {
    let role = match turn.role {
        Role::User => "user",
        Role::Assistant => "model",
    };
    let mut files = turn.attached.iter();
    let parts = parts::pieces(&mut files, parts::gemini, &turn.parts, parts::plain_text);
    object! { "role": role, "parts": parts }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
