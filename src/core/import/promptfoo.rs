//! A configuration of promptfoo as a recipe: its first prompt, its first test's
//! values, and its providers. Everything else is listed.

use super::{
    FoundKey, Imported, Kind, LeftOut, Shape, Why, body, curl,
    route::{self},
};
use crate::core::{
    catalog::Catalog,
    domain::{Api, ProviderId, Role},
    recipe::{MAX_PANES, Order, Recipe, RecipeMessage, RecipePane},
    wire::endpoint::{self, origin_of},
};
use serde_json::{Map, Value};

/// Whether a value is such a configuration.
pub(super) fn is_config(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    let tested = has("providers") || has("targets");
    (has("prompts") && (tested || has("tests") || has("defaultTest"))) || (tested && has("tests"))
}

/// Reads a configuration.
pub(super) fn read(value: Value) -> Imported {
    let Value::Object(mut fields) = value else {
        return Imported::new(Kind::Promptfoo, Recipe::default());
    };
    let mut reader = Reader(Imported::new(Kind::Promptfoo, Recipe::default()));
    let title = fields.shift_remove("description");
    reader.0.recipe.title = title.and_then(|title| title.as_str().map(str::to_owned));
    reader.prompts(fields.shift_remove("prompts").unwrap_or_default());
    let providers = fields.shift_remove("providers");
    let providers = providers.or_else(|| fields.shift_remove("targets"));
    reader.providers(providers.unwrap_or_default());
    reader.default_test(fields.shift_remove("defaultTest"));
    reader.tests(fields.shift_remove("tests"));
    reader.options(fields.shift_remove("evaluateOptions"));
    fields.shift_remove("$schema");
    let rest = fields
        .into_iter()
        .map(|(name, _)| LeftOut::new(name, Why::NoPlace));
    reader.0.left_out.extend(rest);
    reader.0.notices = reader.0.recipe.notices();
    reader.0
}

struct Reader(Imported);

impl Reader {
    fn leave_out(&mut self, what: impl Into<String>, why: Why) {
        self.0.left_out.push(LeftOut::new(what, why));
    }

    fn prompts(&mut self, value: Value) {
        let prompts: Vec<Value> = match value {
            Value::Array(items) => items,
            // An older form: text or file to label.
            Value::Object(map) => map
                .into_iter()
                .map(|(prompt, _)| Value::from(prompt))
                .collect(),
            Value::Null => Vec::new(),
            other => vec![other],
        };
        let mut taken = false;
        for (at, prompt) in prompts.into_iter().enumerate() {
            let path = format!("prompts[{at}]");
            let text = match &prompt {
                Value::String(text) => Some(text.clone()),
                Value::Object(fields) => {
                    let raw = fields.get("raw").or_else(|| fields.get("id"));
                    raw.and_then(Value::as_str).map(str::to_owned)
                }
                _ => None,
            };
            match text {
                None => self.leave_out(path, Why::Form),
                Some(text) if is_file(&text) => self.leave_out(path, Why::OtherFile),
                Some(_) if taken => self.leave_out(path, Why::OnlyFirst),
                Some(text) => {
                    self.prompt(&text, &path);
                    taken = true;
                }
            }
        }
    }

    /// A prompt is a conversation as JSON or YAML, or a text.
    fn prompt(&mut self, text: &str, path: &str) {
        let conversation = super::read_yaml(text)
            .ok()
            .filter(|value| body::shape_of(value) == Some(Shape::Chat));
        let Some(Value::Array(list)) = conversation else {
            let content = self.template(text, path);
            self.0.recipe.messages.push(RecipeMessage {
                role: Role::User,
                content,
                extra: Map::new(),
            });
            return;
        };
        let (messages, systems, left_out) = body::messages_of(list, path);
        self.0.left_out.extend(left_out);
        let systems: Vec<String> = systems
            .iter()
            .map(|text| self.template(text, path))
            .collect();
        self.0.recipe.system = (!systems.is_empty()).then(|| systems.join("\n\n"));
        for mut message in messages {
            message.content = self.template(&message.content, path);
            self.0.recipe.messages.push(message);
        }
    }

    /// Text of a template: names stay, texts in quotes stand for themselves,
    /// and whatever is calculated is listed.
    fn template(&mut self, text: &str, path: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some(at) = rest.find("{{") {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let Some((inside, after)) = from.get(2..).and_then(|inner| inner.split_once("}}"))
            else {
                out.push_str(from);
                return out;
            };
            let name = inside.trim();
            let literal = ['\'', '"'].into_iter().find_map(|sign| {
                let inner = name.strip_prefix(sign)?.strip_suffix(sign)?;
                (!inner.contains(sign)).then_some(inner)
            });
            if let Some(literal) = literal {
                out.push_str(literal);
            } else {
                let plain = |c: char| c.is_ascii_alphanumeric() || "_.-".contains(c);
                if !name.chars().all(plain) || name.is_empty() {
                    self.leave_out(format!("{path}: {{{{{name}}}}}"), Why::Form);
                }
                put!(out, "{{{{{inside}}}}}");
            }
            rest = after;
        }
        out.push_str(rest);
        if text.contains("{%") {
            self.leave_out(format!("{path}: {{% … %}}"), Why::Form);
        }
        out
    }

    fn providers(&mut self, value: Value) {
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
        if self.0.recipe.panes.len() >= MAX_PANES {
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
        self.0.recipe.panes.push(pane);
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
            Some(endpoint) => self.0.keys.push(FoundKey {
                provider: pane.provider.clone(),
                origin: endpoint.origin,
                key,
            }),
            None => self.leave_out(format!("{path}.config.apiKey"), Why::Key),
        }
    }

    fn default_test(&mut self, value: Option<Value>) {
        match value {
            None | Some(Value::Null) => {}
            Some(Value::Object(mut test)) => {
                self.vars(test.shift_remove("vars"), "defaultTest.vars");
                for (name, _) in test {
                    self.leave_out(format!("defaultTest.{name}"), Why::NoPlace);
                }
            }
            Some(_) => self.leave_out("defaultTest", Why::OtherFile),
        }
    }

    fn tests(&mut self, value: Option<Value>) {
        let tests = match value {
            None | Some(Value::Null) => return,
            Some(Value::Array(tests)) => tests,
            Some(_) => return self.leave_out("tests", Why::OtherFile),
        };
        let mut checks = false;
        let mut taken = false;
        for (at, test) in tests.into_iter().enumerate() {
            let path = format!("tests[{at}]");
            let Value::Object(mut test) = test else {
                self.leave_out(path, Why::OtherFile);
                continue;
            };
            checks |= test.contains_key("assert");
            if taken {
                self.leave_out(path, Why::OnlyFirst);
                continue;
            }
            taken = true;
            self.vars(test.shift_remove("vars"), &format!("{path}.vars"));
            test.shift_remove("assert");
            for (name, _) in test {
                self.leave_out(format!("{path}.{name}"), Why::NoPlace);
            }
        }
        if checks {
            self.leave_out("tests[].assert", Why::NoPlace);
        }
    }

    fn vars(&mut self, value: Option<Value>, path: &str) {
        let vars = match value {
            None | Some(Value::Null) => return,
            Some(Value::Object(vars)) => vars,
            Some(_) => return self.leave_out(path, Why::OtherFile),
        };
        for (name, value) in vars {
            let path = format!("{path}.{name}");
            let value = match value {
                Value::Array(items) => {
                    if items.len() > 1 {
                        self.leave_out(path.as_str(), Why::OnlyFirst);
                    }
                    items.into_iter().next().unwrap_or_default()
                }
                other => other,
            };
            let text = match value {
                Value::String(text) if is_file(&text) => {
                    self.leave_out(path, Why::OtherFile);
                    continue;
                }
                Value::String(text) => self.template(&text, &path),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            self.0.recipe.variables.set(name, text);
        }
    }

    fn options(&mut self, value: Option<Value>) {
        let Some(Value::Object(mut options)) = value else {
            return;
        };
        match options.shift_remove("maxConcurrency") {
            Some(count) if count == 1 => self.0.recipe.run.order = Order::Sequential,
            Some(_) => self.leave_out("evaluateOptions.maxConcurrency", Why::NoPlace),
            None => {}
        }
        if let Some(repeats) = options
            .shift_remove("repeat")
            .and_then(|count| count.as_u64())
        {
            self.0.recipe.run.repeats = repeats;
        }
        for (name, _) in options {
            self.leave_out(format!("evaluateOptions.{name}"), Why::NoPlace);
        }
    }
}

/// Whether promptfoo reads a file here.
fn is_file(text: &str) -> bool {
    let one_line = !text.contains(['\n', '{', ' ']);
    let ends = [
        ".txt", ".json", ".jsonl", ".yaml", ".yml", ".csv", ".js", ".mjs", ".ts", ".py", ".md",
        ".j2",
    ];
    text.starts_with("file://") || (one_line && ends.iter().any(|end| text.ends_with(end)))
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
        pane.base_url = Some(format!("https://bedrock-runtime.{region}.amazonaws.com"));
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
