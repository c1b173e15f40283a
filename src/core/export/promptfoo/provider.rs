//! Panes as providers of promptfoo, with the parameters under its names.

use super::NotCarried;
use crate::core::{
    catalog::{Catalog, Param},
    domain::{Params, ProviderId},
    export::snippet::variable_of,
    recipe::{Recipe, RecipePane},
    wire::{Dialect, endpoint},
};
use serde_json::{Map, Value, json};

/// A provider of promptfoo, and where it finds it.
struct Route {
    id: String,
    base: Option<(&'static str, String)>,
    shape: Shape,
}

/// How a provider of promptfoo names parameters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Chat,
    Responses,
    Messages,
    Google,
    Other,
}

/// A pane as a provider of promptfoo; what is not in it goes to `left_out`.
pub(super) fn provider(
    recipe: &Recipe,
    pane: &RecipePane,
    left_out: &mut Vec<NotCarried>,
) -> Option<Value> {
    let model = pane.model.as_str().to_owned();
    let row = Catalog::builtin().provider(&pane.provider);
    if row.is_some_and(|row| row.transport.is_in_page()) {
        left_out.push(NotCarried::InPage { model });
        return None;
    }
    let Some(route) = route(pane) else {
        left_out.push(NotCarried::Route { model });
        return None;
    };
    let mut config = Map::new();
    if let Some((name, base)) = route.base {
        config.insert(name.to_owned(), json!(base));
    }
    if !is_own(&pane.provider) && matches!(route.shape, Shape::Chat | Shape::Responses) {
        config.insert("apiKeyEnvar".to_owned(), json!(variable_of(&pane.provider)));
    }
    let mut params = recipe.params_of(pane);
    // Only a router has such a field; others answer it with an error.
    let takes_order = row.is_some_and(|row| {
        let caps = row.capabilities_over(pane.api, &pane.model);
        caps.support(Param::ProviderOrder).is_supported()
    });
    if !takes_order && !params.provider_order.is_empty() {
        params.provider_order.clear();
        let (model, name) = (model.clone(), Param::ProviderOrder.as_str());
        left_out.push(NotCarried::Param { model, name });
    }
    for name in params_of(&params, route.shape, &model, &mut config) {
        let model = model.clone();
        left_out.push(NotCarried::Param { model, name });
    }
    let mut provider = Map::new();
    provider.insert("id".to_owned(), json!(route.id));
    if let Some(label) = pane
        .label
        .as_deref()
        .filter(|label| !label.trim().is_empty())
    {
        provider.insert("label".to_owned(), json!(label));
    }
    if !config.is_empty() {
        provider.insert("config".to_owned(), Value::Object(config));
    }
    Some(Value::Object(provider))
}

/// Whether promptfoo reads this provider's usual variable by itself.
fn is_own(provider: &ProviderId) -> bool {
    matches!(provider.as_str(), "openai" | "anthropic" | "gemini")
}

fn route(pane: &RecipePane) -> Option<Route> {
    let row = Catalog::builtin().provider(&pane.provider)?;
    let endpoint = endpoint::resolve(row, pane.api, pane.base_url.as_deref()).ok()?;
    let (url, model) = (endpoint.real_url(&pane.model), pane.model.as_str());
    if model.is_empty() {
        return None;
    }
    // What their own libraries have as a base, and what ours joins to it.
    let usual = |own: &str| row.id.as_str() == own && row.is_default_origin(&endpoint.origin);
    let base = |path: &str| url.strip_suffix(path).map(str::to_owned);
    let (kind, shape, base) = match endpoint.dialect {
        Dialect::OpenaiChat => ("openai:chat", Shape::Chat, Some(base("/chat/completions")?)),
        Dialect::OpenaiResponses => (
            "openai:responses",
            Shape::Responses,
            Some(base("/responses")?),
        ),
        Dialect::Anthropic => (
            "anthropic:messages",
            Shape::Messages,
            Some(base("/v1/messages")?),
        ),
        Dialect::Gemini => ("google", Shape::Google, Some(endpoint.base_url.clone())),
        Dialect::Cohere if usual("cohere") => ("cohere", Shape::Other, None),
        Dialect::OllamaChat => ("ollama:chat", Shape::Other, None),
        Dialect::BedrockConverse => ("bedrock:converse", Shape::Other, None),
        Dialect::Cohere => return None,
    };
    if row.id.as_str().starts_with("vertex") || row.id.as_str() == "azure" {
        return None;
    }
    let is_usual = usual("openai") || usual("anthropic") || usual("gemini");
    Some(Route {
        id: format!("{kind}:{model}"),
        base: base.filter(|_| !is_usual).map(|base| ("apiBaseUrl", base)),
        shape,
    })
}

/// Puts parameters in; gives the names of those that find no place.
fn params_of(
    params: &Params,
    shape: Shape,
    model: &str,
    config: &mut Map<String, Value>,
) -> Vec<&'static str> {
    let mut missing = Vec::new();
    let effort = params.reasoning_effort.as_ref().map(|word| json!(word));
    let schema = params.response_schema.as_ref();
    let all: [(&'static str, Option<Value>); 12] = [
        ("temperature", params.temperature.map(|it| json!(it))),
        ("top_p", params.top_p.map(|it| json!(it))),
        ("top_k", params.top_k.map(|it| json!(it))),
        (
            "max_output_tokens",
            params.max_output_tokens.map(|it| json!(it)),
        ),
        ("context_window", params.context_window.map(|it| json!(it))),
        (
            "stop",
            (!params.stop.is_empty()).then(|| json!(params.stop)),
        ),
        ("seed", params.seed.map(|it| json!(it))),
        ("reasoning_effort", effort),
        (
            "reasoning_summary",
            params.reasoning_summary.as_ref().map(|word| json!(word)),
        ),
        (
            "service_tier",
            params.service_tier.as_ref().map(|word| json!(word)),
        ),
        (
            "provider_order",
            (!params.provider_order.is_empty()).then(|| json!(params.provider_order)),
        ),
        ("response_schema", schema.cloned()),
    ];
    for (name, value) in all {
        let Some(value) = value else { continue };
        match place(name, shape, model) {
            Some(path) => put(config, path, wrapped(name, value)),
            None => missing.push(name),
        }
    }
    missing
}

/// Where a provider of promptfoo has a parameter.
fn place(name: &str, shape: Shape, model: &str) -> Option<&'static [&'static str]> {
    // Models that reason take no other name for the limit.
    let reasons = ["o1", "o3", "o4", "gpt-5", "gpt-6"]
        .iter()
        .any(|start| model.starts_with(start));
    Some(match (shape, name) {
        (Shape::Chat | Shape::Responses | Shape::Messages | Shape::Other, "temperature") => {
            &["temperature"]
        }
        (Shape::Chat | Shape::Responses, "top_p") => &["top_p"],
        (Shape::Chat, "top_k") => &["passthrough", "top_k"],
        (Shape::Chat, "max_output_tokens") if reasons => &["max_completion_tokens"],
        (Shape::Chat | Shape::Messages, "max_output_tokens") => &["max_tokens"],
        (Shape::Responses, "max_output_tokens") => &["max_output_tokens"],
        (Shape::Chat, "stop") => &["stop"],
        (Shape::Chat, "seed") => &["seed"],
        (Shape::Chat, "reasoning_effort") => &["reasoning_effort"],
        (Shape::Responses, "reasoning_effort") => &["reasoning", "effort"],
        (Shape::Responses, "reasoning_summary") => &["reasoning", "summary"],
        (Shape::Chat | Shape::Responses, "service_tier") => &["service_tier"],
        (Shape::Chat, "provider_order") => &["passthrough", "provider"],
        (Shape::Chat | Shape::Responses, "response_schema") => &["response_format"],
        (Shape::Google, "temperature") => &["generationConfig", "temperature"],
        (Shape::Google, "top_p") => &["generationConfig", "topP"],
        (Shape::Google, "top_k") => &["generationConfig", "topK"],
        (Shape::Google, "max_output_tokens") => &["generationConfig", "maxOutputTokens"],
        (Shape::Google, "stop") => &["generationConfig", "stopSequences"],
        _ => return None,
    })
}

fn wrapped(name: &str, value: Value) -> Value {
    match name {
        "provider_order" => json!({ "order": value, "allow_fallbacks": false }),
        "response_schema" => json!({
            "type": "json_schema",
            "json_schema": { "name": "answer", "strict": true, "schema": value },
        }),
        _ => value,
    }
}

fn put(config: &mut Map<String, Value>, path: &[&str], value: Value) {
    match path {
        [] => {}
        [last] => {
            config.insert((*last).to_owned(), value);
        }
        [first, rest @ ..] => {
            let inner = config.entry(*first).or_insert_with(|| json!({}));
            if let Some(inner) = inner.as_object_mut() {
                put(inner, rest, value);
            }
        }
    }
}
