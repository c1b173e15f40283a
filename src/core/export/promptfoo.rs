//! A recipe as a configuration of promptfoo, for runs larger than a page is
//! for.
//!
//! Prompts become conversations as JSON with line breaks: promptfoo takes a
//! short text with a slash or a star in it for the name of a file.

use super::{snippet::variable_of, to_yaml};
use crate::core::{
    catalog::{Catalog, Param},
    domain::{Params, ProviderId, Role},
    recipe::{Order, Recipe, RecipePane, variables},
    wire::{Dialect, endpoint},
};
use serde_json::{Map, Value, json};

/// A configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promptfoo {
    /// The file.
    pub yaml: String,
    /// What of the recipe is not in it.
    pub left_out: Vec<NotCarried>,
}

/// What promptfoo has no place for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCarried {
    /// A model that runs in the page or in the browser.
    InPage {
        /// The model.
        model: String,
    },
    /// A route that it has no provider for, or whose address is not known.
    Route {
        /// The model.
        model: String,
    },
    /// A parameter of a pane.
    Param {
        /// The model.
        model: String,
        /// The parameter, as we call it.
        name: &'static str,
    },
    /// A value that promptfoo would take for the name of a file.
    Variable {
        /// Its name.
        name: String,
    },
}

/// Writes the configuration of a recipe.
pub fn promptfoo(recipe: &Recipe) -> Promptfoo {
    let mut left_out = Vec::new();
    let mut config = Map::new();
    let title = recipe
        .title
        .as_deref()
        .filter(|title| !title.trim().is_empty());
    config.insert(
        "description".to_owned(),
        json!(title.unwrap_or("Touchstone")),
    );
    let names = Names::of(recipe);
    config.insert("prompts".to_owned(), json!([prompt(recipe, &names)]));
    let providers = recipe.used_panes().iter();
    let providers: Vec<Value> = providers
        .filter_map(|pane| provider(recipe, pane, &mut left_out))
        .collect();
    config.insert("providers".to_owned(), Value::Array(providers));
    let mut vars = Map::new();
    for (name, plain) in &names.0 {
        let value = recipe.variables.get(name).unwrap_or_default();
        if value.starts_with("file://") {
            left_out.push(NotCarried::Variable { name: name.clone() });
        } else {
            vars.insert(plain.clone(), json!(literal(value)));
        }
    }
    if !vars.is_empty() {
        config.insert("tests".to_owned(), json!([{ "vars": vars }]));
    }
    let mut options = Map::new();
    if recipe.run.order == Order::Sequential {
        options.insert("maxConcurrency".to_owned(), json!(1));
    }
    if recipe.run.repeats > 1 {
        options.insert("repeat".to_owned(), json!(recipe.run.repeats));
    }
    if !options.is_empty() {
        config.insert("evaluateOptions".to_owned(), Value::Object(options));
    }
    let head = "# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json\n";
    Promptfoo {
        yaml: format!("{head}{}", to_yaml(&Value::Object(config))),
        left_out,
    }
}

/// The variables that have a value, by our name and by one that its templates
/// take: there a point and a hyphen are operators.
struct Names(Vec<(String, String)>);

impl Names {
    fn of(recipe: &Recipe) -> Self {
        let mut names = Self(Vec::new());
        for (name, _) in recipe.variables.iter() {
            let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
            let mut plain: String = name.chars().map(plain).collect();
            if !plain.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
                plain.insert(0, '_');
            }
            while names.0.iter().any(|(_, taken)| *taken == plain) {
                plain.push('_');
            }
            names.0.push((name.to_owned(), plain));
        }
        names
    }

    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(ours, _)| ours == name);
        found.map(|(_, plain)| plain.as_str())
    }
}

fn prompt(recipe: &Recipe, names: &Names) -> String {
    let mut messages = Vec::new();
    if let Some(system) = recipe
        .system
        .as_deref()
        .filter(|text| !text.trim().is_empty())
    {
        messages.push(json!({ "role": "system", "content": template(system, names) }));
    }
    for message in &recipe.messages {
        let content = template(&message.content, names);
        messages.push(json!({ "role": message.role.as_str(), "content": content }));
    }
    if messages.is_empty() {
        messages.push(json!({ "role": Role::User.as_str(), "content": "" }));
    }
    format!("{:#}", Value::Array(messages))
}

/// Text with our variables as its own, and everything else of it that its
/// templates would read as literal text.
fn template(text: &str, names: &Names) -> String {
    let mut out = String::new();
    let mut from = 0;
    for variable in variables::find(text) {
        let Some(name) = names.get(&variable.name) else {
            continue;
        };
        out.push_str(&literal(
            text.get(from..variable.range.start).unwrap_or_default(),
        ));
        // Two braces after one more would be read as the beginning.
        if out.ends_with('{') {
            out.pop();
            out.push_str("{{ '{' }}");
        }
        put!(out, "{{{{{name}}}}}");
        from = variable.range.end;
    }
    out.push_str(&literal(text.get(from..).unwrap_or_default()));
    out
}

/// Text that its templates leave as it is.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let sign = ["{{", "{%", "{#"]
            .into_iter()
            .find(|sign| from.starts_with(sign));
        if let Some(sign) = sign {
            put!(out, "{{{{ '{sign}' }}}}");
            rest = from.get(sign.len()..).unwrap_or_default();
        } else {
            out.push('{');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

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

fn provider(recipe: &Recipe, pane: &RecipePane, left_out: &mut Vec<NotCarried>) -> Option<Value> {
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

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "promptfoo_tests.rs"]
mod tests;
