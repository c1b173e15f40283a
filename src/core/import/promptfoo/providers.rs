//! Its providers as panes.

use super::{
    super::{FoundKey, Shape, Why, body, curl, route},
    Reader, is_file,
};
use crate::core::{
    catalog::Catalog,
    domain::{Api, ProviderId},
    recipe::{MAX_PANES, RecipePane},
    wire::endpoint::{self, origin_of},
};
use serde_json::{Map, Value};

impl Reader {
    pub(super) fn providers(&mut self, value: Value) {
        let providers: Vec<Value> = match value {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            other => vec![other],
        };
        for (at, provider) in providers.into_iter().enumerate() {
            let path = format!("providers[{at}]");
            match provider {
                Value::String(id) => self.provider(&id, Map::new(), &path),
                Value::Object(fields) if fields.contains_key("id") => {
                    let id = fields
                        .get("id")
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                        .to_owned();
                    self.provider(&id, fields, &path);
                }
                // The id as the name of the field.
                Value::Object(fields) => {
                    for (id, options) in fields {
                        let options = match options {
                            Value::Object(options) => options,
                            _ => Map::new(),
                        };
                        self.provider(&id, options, &path);
                    }
                }
                _ => self.leave_out(path, Why::Form),
            }
        }
    }

    fn provider(&mut self, id: &str, mut fields: Map<String, Value>, path: &str) {
        if is_file(id) || id.starts_with("exec:") {
            return self.leave_out(format!("{path}: {id}"), Why::OtherFile);
        }
        let mut config = match fields.shift_remove("config") {
            Some(Value::Object(config)) => config,
            _ => Map::new(),
        };
        let Some(mut pane) = pane_of(id, &mut config) else {
            return self.leave_out(format!("{path}: {id}"), Why::Provider);
        };
        if self.imported.recipe.panes.len() >= MAX_PANES {
            return self.leave_out(format!("{path}: {id}"), Why::TooMany);
        }
        pane.label = fields
            .shift_remove("label")
            .and_then(|label| label.as_str().map(str::to_owned));
        fields.shift_remove("id");
        self.key(&pane, &mut config, path);
        // Another way to name parameters of Gemini and of servers.
        for name in ["generationConfig", "passthrough"] {
            if let Some(Value::Object(inner)) = config.shift_remove(name) {
                config.extend(inner);
            }
        }
        let (params, wrong) = body::params_of(&mut config);
        pane.params = params;
        for name in wrong {
            self.leave_out(format!("{path}.config.{name}"), Why::Form);
        }
        for (name, _) in config {
            self.leave_out(format!("{path}.config.{name}"), Why::NoPlace);
        }
        for (name, _) in fields {
            self.leave_out(format!("{path}.{name}"), Why::NoPlace);
        }
        self.imported.recipe.panes.push(pane);
    }

    /// The key of a provider's configuration, held apart.
    fn key(&mut self, pane: &RecipePane, config: &mut Map<String, Value>, path: &str) {
        config.shift_remove("apiKeyEnvar");
        let Some(text) = config.shift_remove("apiKey") else {
            return;
        };
        let Some(key) = text.as_str().and_then(curl::real_key) else {
            return;
        };
        let row = Catalog::builtin().provider(&pane.provider);
        let endpoint =
            row.and_then(|row| endpoint::resolve(row, pane.api, pane.base_url.as_deref()).ok());
        match endpoint {
            Some(endpoint) => self.imported.keys.push(FoundKey {
                provider: pane.provider.clone(),
                origin: endpoint.origin,
                key,
            }),
            None => self.leave_out(format!("{path}.config.apiKey"), Why::Key),
        }
    }
}

/// A pane for a provider's id.
fn pane_of(id: &str, config: &mut Map<String, Value>) -> Option<RecipePane> {
    let (kind, rest) = id.split_once(':')?;
    // Some have a word for the API between the provider and the model.
    let (word, model) = match rest.split_once(':') {
        Some((word, model)) if is_api_word(word) => (word, model),
        _ => ("", rest),
    };
    let (provider, api) = match (kind, word) {
        ("openai", "chat") => ("openai", Some(Api::Chat)),
        ("openai", "" | "responses") => ("openai", Some(Api::Responses)),
        ("anthropic", "" | "messages") => ("anthropic", None),
        ("google" | "gemini", "") => ("gemini", None),
        ("ollama", "" | "chat") => ("ollama", None),
        ("bedrock", "" | "converse") => ("bedrock", Some(Api::Converse)),
        ("togetherai", _) => ("together", None),
        (other, "" | "chat") => (other, None),
        _ => return None,
    };
    let provider = ProviderId::new(provider);
    let row = Catalog::builtin().provider(&provider)?;
    let needs_more = row.default_base.is_none() || row.transport.is_in_page();
    if (needs_more && provider.as_str() != "openai-compatible") || model.is_empty() {
        return None;
    }
    let mut pane = RecipePane::new(provider, model);
    let default = row.api(None).map(|row| row.api);
    pane.api = api.filter(|api| Some(*api) != default);
    if let Some(base) = config
        .shift_remove("apiBaseUrl")
        .and_then(|base| base.as_str().map(str::to_owned))
    {
        at_base(&mut pane, api, &base);
    } else if let Some(region) = region_of(&pane, config) {
        // China and Europe's sovereign cloud have other ends.
        let values = std::iter::once(("region".to_owned(), region)).collect();
        pane.base_url = row.site().map(|site| site.fill(&values));
    }
    Some(pane)
}

fn region_of(pane: &RecipePane, config: &mut Map<String, Value>) -> Option<String> {
    if pane.provider.as_str() != "bedrock" {
        return None;
    }
    let region = config.shift_remove("region")?.as_str()?.to_owned();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    region.chars().all(plain).then_some(region)
}

/// A base URL of somebody else's: then it is their route.
fn at_base(pane: &mut RecipePane, api: Option<Api>, base: &str) {
    let usual = Catalog::builtin()
        .provider(&pane.provider)
        .and_then(|row| row.default_base.clone());
    if usual
        .as_deref()
        .and_then(origin_of)
        .is_some_and(|usual| origin_of(base) == Some(usual))
    {
        return;
    }
    if pane.provider.as_str() != "openai" {
        pane.base_url = Some(base.to_owned());
        return;
    }
    let shape = if api == Some(Api::Responses) {
        Shape::Responses
    } else {
        Shape::Chat
    };
    if let Ok(route) = route::of_url(base, Some(shape)) {
        pane.provider = route.provider;
        pane.api = route.api;
        pane.base_url = route.base_url;
    } else {
        pane.provider = ProviderId::new("openai-compatible");
        pane.base_url = Some(base.to_owned());
    }
}

fn is_api_word(word: &str) -> bool {
    [
        "chat",
        "responses",
        "messages",
        "completion",
        "completions",
        "embedding",
        "embeddings",
        "converse",
        "realtime",
        "assistant",
        "image",
        "moderation",
        "transcription",
        "video",
        "nova",
        "agents",
        "knowledge-base",
        "live",
        "speech",
    ]
    .contains(&word)
}
