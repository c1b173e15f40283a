//! Bodies of `Converse`
//! (<https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html>).
//!
//! What all models share has a place of its own; what only some have goes to
//! `additionalModelRequestFields` in their maker's own form. The model is named
//! in the URL.

use crate::core::{
    attach::FileKind,
    catalog::SystemPlace,
    wire::{
        parts,
        request::{
            Draft, NO_EFFORT, NoteReason, Plan, SentAction, Turn, alternating, put_before_first,
        },
    },
};
use serde_json::{Value, json};

/// What goes beside a document about which nothing is asked.
const BESIDE_DOCUMENT: &str = "See the attached file.";

/// Who made a model, as far as its own parameters tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Maker {
    Anthropic,
    Nova,
    /// Open weights of `OpenAI`.
    GptOss,
    Openai,
    Other,
}

pub(in crate::core::wire) fn fill(plan: &Plan<'_>, draft: &mut Draft) {
    let settled = &plan.settled;
    let mut turns = alternating(plan.messages, draft);
    match plan.system {
        Some(system) if plan.system_place == SystemPlace::FirstUser => {
            put_before_first(system, &mut turns, draft);
        }
        Some(system) => draft.set("system", json!([{ "text": system }])),
        None => {}
    }
    for (at, turn) in turns.iter_mut().enumerate() {
        put_text_beside_document(at, turn, draft);
    }
    let messages: Vec<_> = turns.iter().map(message).collect();
    draft.set("messages", messages);
    if let Some(most) = settled.max_output_tokens {
        draft.set_as("max_output_tokens", "inferenceConfig.maxTokens", most);
    }
    if let Some(temperature) = settled.temperature {
        draft.set_as("temperature", "inferenceConfig.temperature", temperature);
    }
    if let Some(top_p) = settled.top_p {
        draft.set_as("top_p", "inferenceConfig.topP", top_p);
    }
    if !settled.stop.is_empty() {
        let stop = json!(settled.stop);
        draft.set_as("stop", "inferenceConfig.stopSequences", stop);
    }
    let maker = Maker::of(plan.model);
    if let Some(top_k) = settled.top_k {
        let name = match maker {
            Maker::Nova => "inferenceConfig.topK",
            _ => "top_k",
        };
        draft.set_as("top_k", &own(name), top_k);
    }
    if let Some(effort) = settled.effort.as_deref() {
        set_effort(plan, maker, effort, draft);
    }
    if let Some(tier) = &settled.tier {
        draft.set_as("service_tier", "serviceTier.type", tier.as_str());
    }
    if let Some(schema) = &settled.schema {
        let format = json!({
            "type": "json_schema",
            // A schema inside of a text.
            "structure": { "jsonSchema": { "name": "answer", "schema": schema.to_string() } },
        });
        draft.set_as("response_schema", "outputConfig.textFormat", format);
    }
}

fn set_effort(plan: &Plan<'_>, maker: Maker, effort: &str, draft: &mut Draft) {
    let budget = plan.rule.and_then(|rule| rule.effort_budgets.get(effort));
    let (name, value) = match (maker, effort, budget) {
        (Maker::Anthropic, NO_EFFORT, _) => ("thinking", json!({ "type": "disabled" })),
        (Maker::Anthropic, _, Some(budget)) => {
            let on = json!({ "type": "enabled", "budget_tokens": budget });
            ("thinking", on)
        }
        (Maker::Anthropic, ..) => ("output_config.effort", json!(effort)),
        (Maker::Nova, NO_EFFORT, _) => ("reasoningConfig", json!({ "type": "disabled" })),
        (Maker::Nova, ..) => {
            let on = json!({ "type": "enabled", "maxReasoningEffort": effort });
            ("reasoningConfig", on)
        }
        (Maker::Openai, ..) => ("reasoning.effort", json!(effort)),
        (Maker::GptOss | Maker::Other, ..) => ("reasoning_effort", json!(effort)),
    };
    draft.set_as("reasoning_effort", &own(name), value);
}

/// Where a maker's own parameter goes.
fn own(name: &str) -> String {
    format!("additionalModelRequestFields.{name}")
}

/// Refused without a text: a document alone.
fn put_text_beside_document(at: usize, turn: &mut Turn, draft: &mut Draft) {
    let has_document = turn.attached.iter().any(|file| file.kind == FileKind::Pdf);
    if has_document && turn.parts.is_empty() {
        turn.parts.push(BESIDE_DOCUMENT.to_owned());
        let field = format!("messages[{at}].content");
        let value = json!(BESIDE_DOCUMENT);
        draft.note(&field, SentAction::Added, value, NoteReason::Required);
    }
}

fn message(turn: &Turn) -> Value {
    let role = turn.role.as_str();
    let attached = turn.attached.iter().map(parts::bedrock);
    let texts = turn.parts.iter().map(|text| json!({ "text": text }));
    let content: Vec<_> = attached.chain(texts).collect();
    json!({ "role": role, "content": content })
}

impl Maker {
    /// By an id such as `global.anthropic.claude-…`, or an ARN that ends in one.
    fn of(model: &str) -> Self {
        let has = |part: &str| model.contains(part);
        if has("anthropic.") || has("claude") {
            Self::Anthropic
        } else if has("amazon.nova") {
            Self::Nova
        } else if has("openai.gpt-oss") {
            Self::GptOss
        } else if has("openai.") {
            Self::Openai
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
