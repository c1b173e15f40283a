//! Whom and what two runs asked.

use super::{Changed, Side, texts};
use crate::core::{diff::value_changes, recipe::result::RunFacts};
use serde_json::Value;

/// Who was asked, at which address, for which model, and which answered.
pub(super) fn models(then: Side<'_>, now: Side<'_>) -> Vec<Changed> {
    let address = |side: Side<'_>| {
        let url = side.facts.sent.as_ref()?.get("url")?.as_str()?;
        let end = url.find(['?', '#']).unwrap_or(url.len());
        url.get(..end).map(str::to_owned)
    };
    // What a run does not say has not changed.
    let both = |then: Option<&str>, now: Option<&str>| texts(Some(then?), Some(now?));
    let found = [
        both(Some(then.provider.as_str()), Some(now.provider.as_str())).map(Changed::Provider),
        both(address(then).as_deref(), address(now).as_deref()).map(Changed::Address),
        both(Some(then.model.as_str()), Some(now.model.as_str())).map(Changed::AskedModel),
        both(
            then.facts.meta.model.as_deref(),
            now.facts.meta.model.as_deref(),
        )
        .map(Changed::ReturnedModel),
        both(
            then.facts.meta.service_tier.as_deref(),
            now.facts.meta.service_tier.as_deref(),
        )
        .map(Changed::ServedTier),
    ];
    found.into_iter().flatten().collect()
}

/// Members of a body that hold what was said, in any dialect.
const CONVERSATION: [&str; 9] = [
    "messages",
    "message",
    "chat_history",
    "input",
    "instructions",
    "contents",
    "systemInstruction",
    "system",
    "prompt",
];

/// What was sent, but for models and addresses.
pub(super) fn requests(then: &RunFacts, now: &RunFacts) -> Vec<Changed> {
    let (Some(then), Some(now)) = (&then.sent, &now.sent) else {
        return Vec::new();
    };
    let mut changes = Vec::new();
    let conversation = |sent: &Value| -> Vec<Option<Value>> {
        let body = sent.get("body");
        CONVERSATION
            .iter()
            .map(|name| body.and_then(|body| body.get(name)).cloned())
            .collect()
    };
    if conversation(then) != conversation(now) {
        changes.push(Changed::Conversation);
    }
    let parameters = value_changes(&settings(then), &settings(now));
    changes.extend(parameters.into_iter().map(Changed::Parameter));
    let (dropped_then, dropped_now) = (dropped(then), dropped(now));
    let one_sided = |ours: &[String], theirs: &[String], is_now: bool| -> Vec<Changed> {
        let only = ours.iter().filter(|field| !theirs.contains(field));
        only.map(|field| Changed::Dropped {
            field: field.clone(),
            is_now,
        })
        .collect()
    };
    changes.extend(one_sided(&dropped_then, &dropped_now, false));
    changes.extend(one_sided(&dropped_now, &dropped_then, true));
    changes
}

/// The body without what was said and without the model, which is compared on
/// its own.
fn settings(sent: &Value) -> Value {
    let members = sent.get("body").and_then(Value::as_object);
    let kept = members
        .into_iter()
        .flatten()
        .filter(|(name, _)| name.as_str() != "model" && !CONVERSATION.contains(&name.as_str()));
    Value::Object(
        kept.map(|(name, value)| (name.clone(), value.clone()))
            .collect(),
    )
}

/// The person's settings that were left out.
fn dropped(sent: &Value) -> Vec<String> {
    let notes = sent.get("notes").and_then(Value::as_array);
    let mut fields: Vec<String> = notes
        .into_iter()
        .flatten()
        .filter(|note| note.get("action").and_then(Value::as_str) == Some("dropped"))
        .filter_map(|note| Some(note.get("field")?.as_str()?.to_owned()))
        .collect();
    fields.dedup();
    fields
}
