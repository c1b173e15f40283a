//! Bodies of Chat Completions
//! (<https://platform.openai.com/docs/api-reference/chat/create>), with the
//! quirks of the many servers that speak it.

use crate::core::{
    catalog::{Param, ReasoningStyle, SchemaStyle, StopForm, SystemPlace},
    domain::Message,
    json::object,
    wire::{
        parts,
        request::{Draft, NO_EFFORT, NoteReason, Plan, SentAction, spoken},
    },
};
use serde_json::Value;
use std::borrow::Cow;

/// What a schema is called where the dialect wants a name.
pub(in crate::core::wire) const SCHEMA_NAME: &str = "answer";

pub(in crate::core::wire) fn fill(plan: &Plan<'_>, draft: &mut Draft) {
    let quirks = &plan.provider.quirks;
    let settled = &plan.settled;
    draft.set("model", plan.model);
    let messages = messages(plan, draft);
    draft.set("messages", messages);
    let names = [
        (Param::Temperature, "temperature"),
        (Param::TopP, "top_p"),
        (Param::TopK, "top_k"),
        (Param::MaxOutputTokens, quirks.max_tokens_key.as_str()),
    ];
    draft.set_plain(settled, &names);
    match settled.stop.as_slice() {
        [one] if quirks.stop == StopForm::StringOrArray => draft.set("stop", one.as_str()),
        _ => draft.set_plain(settled, &[(Param::Stop, "stop")]),
    }
    if let Some(key) = &quirks.seed_key {
        draft.set_plain(settled, &[(Param::Seed, key)]);
    }
    if let Some(effort) = settled.effort.as_deref() {
        set_effort(quirks.reasoning, effort, draft);
    }
    draft.set_plain(settled, &[(Param::ServiceTier, "service_tier")]);
    if let Some(schema) = &settled.schema {
        set_schema(quirks.schema, schema, draft);
    }
    draft.add("stream", true, NoteReason::Streaming);
    if quirks.stream_usage {
        draft.add(
            "stream_options.include_usage",
            true,
            NoteReason::UsageInStream,
        );
    }
}

fn set_effort(style: ReasoningStyle, effort: &str, draft: &mut Draft) {
    let field = "reasoning_effort";
    match style {
        ReasoningStyle::ReasoningObject => draft.set_as(field, "reasoning.effort", effort),
        ReasoningStyle::ThinkingSwitch if effort == NO_EFFORT => {
            draft.set_as(field, "thinking", object! { "type": "disabled" });
        }
        ReasoningStyle::ThinkingSwitch | ReasoningStyle::EffortField | ReasoningStyle::None => {
            draft.set(field, effort);
        }
    }
}

/// Asks for an answer of that schema, as far as the style can.
pub(in crate::core::wire) fn set_schema(style: SchemaStyle, schema: &Value, draft: &mut Draft) {
    let field = "response_schema";
    if matches!(style, SchemaStyle::JsonSchema | SchemaStyle::ChatForm) {
        let named = object! { "name": SCHEMA_NAME, "strict": true, "schema": schema.clone() };
        let format = object! { "type": "json_schema", "json_schema": named };
        draft.set_as(field, "response_format", format);
    } else {
        let reason = NoteReason::JsonWithoutSchema;
        draft.note(field, SentAction::Adjusted, schema.clone(), reason);
        draft.set("response_format", object! { "type": "json_object" });
    }
}

fn messages(plan: &Plan<'_>, draft: &mut Draft) -> Vec<Value> {
    let system = system(plan, draft).map(|text| {
        let role = match plan.system_place {
            SystemPlace::Developer => "developer",
            SystemPlace::System | SystemPlace::FirstUser => "system",
        };
        object! { "role": role, "content": text.as_ref() }
    });
    let mut messages = Vec::from_iter(system);
    for (_, message) in spoken(plan.messages, draft) {
        messages.push(as_json(message));
    }
    messages
}

/// The system prompt. Servers that know no schemas refuse to give JSON where no
/// message speaks of it, so that the schema goes in here then.
fn system<'a>(plan: &Plan<'a>, draft: &mut Draft) -> Option<Cow<'a, str>> {
    let said = plan.messages.iter().map(|message| message.content.as_str());
    let speaks = |text: &str| text.to_ascii_lowercase().contains("json");
    let schema = plan.settled.schema.as_ref().filter(|_| {
        plan.provider.quirks.schema == SchemaStyle::JsonObject
            && !said.chain(plan.system).any(speaks)
    });
    let Some(schema) = schema else {
        return plan.system.map(Cow::Borrowed);
    };
    let line = format!("Answer in JSON of this schema: {schema}");
    let (action, text) = match plan.system {
        Some(own) => (SentAction::Adjusted, format!("{own}\n\n{line}")),
        None => (SentAction::Added, line.clone()),
    };
    draft.note("system", action, line.into(), NoteReason::JsonUnspoken);
    Some(Cow::Owned(text))
}

fn as_json(message: &Message) -> Value {
    let role = message.role.as_str();
    object! { "role": role, "content": parts::content(message, parts::openai_chat) }
}

#[cfg(test)]
#[path = "request_tests.rs"]
mod tests;
