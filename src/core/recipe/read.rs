//! JSON in: a recipe out of a document, with the path of whatever is wrong.
//!
//! Read by hand rather than by derive, so that an error can name its path and
//! unknown fields survive at every level. `null` means "not set".

use super::{
    Expected, Order, Recipe, RecipeError, RecipeMessage, RecipeNotice, RecipePane, RunPlan,
    VERSION, Variables,
    fields::{Fields, child, parsed, wrong},
};
use crate::core::domain::{Api, ModelId, Params, ProviderId, Role};
use serde_json::{Map, Value};

const ROLES: [&str; 4] = ["user", "assistant", "system", "developer"];

impl Recipe {
    /// Reads a document. What can be used is returned with what should be
    /// said about it; the numbers of `params` are checked as types only.
    pub fn parse(json: &str) -> Result<(Self, Vec<RecipeNotice>), RecipeError> {
        Self::from_value(parsed(json)?)
    }

    /// The same for a document that is already JSON, as inside a result.
    pub fn from_value(value: Value) -> Result<(Self, Vec<RecipeNotice>), RecipeError> {
        let mut fields = Fields::of(String::new(), value)?;
        let version = fields.required_text("touchstone")?;
        if version != VERSION {
            return Err(RecipeError::UnknownVersion { found: version });
        }
        let mut notices = Vec::new();
        let title = fields.text("title")?;
        let mut system = fields.text("system")?;
        let (messages, moved) = read_messages(&mut fields, &mut system)?;
        if moved > 0 {
            notices.push(RecipeNotice::SystemMessagesMoved { count: moved });
        }
        let variables = read_variables(&mut fields)?;
        let (params, params_extra) = read_params(&mut fields)?;
        let panes = fields.list("panes")?;
        let panes = panes.into_iter().map(read_pane).collect::<Result<_, _>>()?;
        let recipe = Self {
            title,
            system,
            messages,
            variables,
            params,
            params_extra,
            panes,
            run: read_run(&mut fields)?,
            extra: fields.map,
        };
        notices.extend(recipe.notices());
        Ok((recipe, notices))
    }
}

/// The messages, and how many others went into the system prompt.
fn read_messages(
    fields: &mut Fields,
    system: &mut Option<String>,
) -> Result<(Vec<RecipeMessage>, usize), RecipeError> {
    let mut messages = Vec::new();
    let mut moved = 0;
    for (path, value) in fields.list("messages")? {
        let mut message = Fields::of(path, value)?;
        let role = message.required_word("role", &ROLES)?;
        let content = message.required_text("content")?;
        let role = match role {
            "user" => Role::User,
            "assistant" => Role::Assistant,
            _ => {
                append_paragraph(system, &content);
                moved += 1;
                continue;
            }
        };
        messages.push(RecipeMessage {
            role,
            content,
            extra: message.map,
        });
    }
    Ok((messages, moved))
}

fn append_paragraph(text: &mut Option<String>, more: &str) {
    match text {
        Some(text) if !text.is_empty() => {
            text.push_str("\n\n");
            text.push_str(more);
        }
        _ => *text = Some(more.to_owned()),
    }
}

fn read_variables(fields: &mut Fields) -> Result<Variables, RecipeError> {
    let Some(object) = fields.object("variables")? else {
        return Ok(Variables::default());
    };
    let path = object.path;
    let mut pairs = Vec::with_capacity(object.map.len());
    for (name, value) in object.map {
        match value {
            Value::Null => {}
            Value::String(text) => pairs.push((name, text)),
            _ => return Err(wrong(child(&path, &name), Expected::Text)),
        }
    }
    Ok(Variables::from_distinct(pairs))
}

pub(super) fn read_params(
    fields: &mut Fields,
) -> Result<(Params, Map<String, Value>), RecipeError> {
    let Some(mut object) = fields.object("params")? else {
        return Ok((Params::default(), Map::new()));
    };
    let stop = read_texts(&mut object, "stop")?;
    let params = Params {
        temperature: object.number("temperature")?,
        top_p: object.number("top_p")?,
        top_k: object.whole("top_k", Expected::Count)?,
        max_output_tokens: object.whole("max_output_tokens", Expected::Count)?,
        context_window: object.whole("context_window", Expected::Count)?,
        stop,
        seed: object.whole("seed", Expected::WholeNumber)?,
        reasoning_effort: object.text("reasoning_effort")?,
        reasoning_summary: object.text("reasoning_summary")?,
        service_tier: object.text("service_tier")?,
        provider_order: read_texts(&mut object, "provider_order")?,
        response_schema: object
            .object("response_schema")?
            .map(|schema| Value::Object(schema.map)),
    };
    Ok((params, object.map))
}

fn read_texts(object: &mut Fields, name: &str) -> Result<Vec<String>, RecipeError> {
    let items = object.list(name)?.into_iter();
    let text = |(path, value)| match value {
        Value::String(text) => Ok(text),
        _ => Err(wrong(path, Expected::Text)),
    };
    items.map(text).collect()
}

fn read_pane((path, value): (String, Value)) -> Result<RecipePane, RecipeError> {
    let mut fields = Fields::of(path, value)?;
    let provider = fields.required_text("provider")?;
    let api = read_api(&mut fields)?;
    let label = fields.text("label")?;
    let model = fields.required_text("model")?;
    let base_url = fields.text("base_url")?;
    let (params, params_extra) = read_params(&mut fields)?;
    Ok(RecipePane {
        provider: ProviderId::new(provider),
        api,
        label,
        model: ModelId::new(model),
        base_url,
        params,
        params_extra,
        extra: fields.map,
    })
}

pub(super) fn read_api(fields: &mut Fields) -> Result<Option<Api>, RecipeError> {
    Ok(fields.word("api", Api::WORDS)?.and_then(Api::named))
}

fn read_run(fields: &mut Fields) -> Result<RunPlan, RecipeError> {
    let Some(mut object) = fields.object("run")? else {
        return Ok(RunPlan::default());
    };
    let order = object.text("order")?;
    let repeats = object.whole("repeats", Expected::Count)?;
    Ok(RunPlan {
        order: order.map_or(Order::Parallel, |word| Order::from(word.as_str())),
        repeats: repeats.unwrap_or(1),
        extra: object.map,
    })
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
