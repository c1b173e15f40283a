//! Bodies of requests, in the form of four APIs.

use super::{
    Imported, Kind, LeftOut, Shape, Why,
    route::{self, Route},
};
use crate::core::{
    domain::{Params, Role},
    recipe::{Recipe, RecipeMessage, RecipePane},
};
use serde_json::{Map, Value};

/// Whose form a value has; `None` where it is no request.
pub(super) fn shape_of(value: &Value) -> Option<Shape> {
    if let Value::Array(messages) = value {
        let says = |one: &Value| one.get("role").is_some() && one.get("content").is_some();
        return (!messages.is_empty() && messages.iter().all(says)).then_some(Shape::Chat);
    }
    let has = |name: &str| value.get(name).is_some_and(|field| !field.is_null());
    if value.get("contents").is_some_and(Value::is_array) {
        return Some(Shape::Gemini);
    }
    if let Some(messages) = value.get("messages").and_then(Value::as_array) {
        if !messages.iter().all(|message| message.get("role").is_some()) {
            return None;
        }
        let names = ["system", "anthropic_version", "stop_sequences", "thinking"];
        let model = value
            .get("model")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_claude = model.starts_with("claude") && has("max_tokens");
        let is_anthropic = is_claude || names.iter().any(|name| has(name));
        return Some(if is_anthropic {
            Shape::Messages
        } else {
            Shape::Chat
        });
    }
    let input = value.get("input");
    let is_input = input.is_some_and(|input| input.is_string() || input.is_array());
    (is_input && (has("model") || has("instructions"))).then_some(Shape::Responses)
}

/// Reads a body. `route`: where it goes, where that is known.
pub(super) fn read(shape: Shape, value: Value, route: Option<Route>) -> Imported {
    let mut fields = match value {
        Value::Object(fields) => fields,
        messages => Map::from_iter([("messages".to_owned(), messages)]),
    };
    let mut reader = Reader {
        recipe: Recipe::default(),
        left_out: Vec::new(),
        systems: Vec::new(),
    };
    let model = take_text(&mut fields, "model");
    reader.conversation(shape, &mut fields);
    let mut params = reader.params(shape, &mut fields);
    // Answers come as a stream here, whatever was asked for.
    for name in ["stream", "stream_options"] {
        fields.shift_remove(name);
    }
    params.stop.retain(|text| !text.is_empty());
    for (name, field) in fields {
        if !field.is_null() {
            let why = if name.starts_with("tool") || name == "functions" {
                Why::Tools
            } else {
                Why::NoPlace
            };
            reader.left_out.push(LeftOut::new(name, why));
        }
    }
    let Reader {
        mut recipe,
        left_out,
        systems,
    } = reader;
    recipe.system = (!systems.is_empty()).then(|| systems.join("\n\n"));
    recipe.params = params;
    let named = model.or_else(|| Some(route.as_ref()?.model.as_ref()?.as_str().to_owned()));
    if let Some(model) = named {
        let route = route.unwrap_or_else(|| route::of_model(shape, &model));
        let mut pane = RecipePane::new(route.provider, model.as_str());
        pane.api = route.api;
        pane.base_url = route.base_url;
        recipe.panes.push(pane);
    }
    let mut imported = Imported::new(Kind::Request(shape), recipe);
    imported.left_out = left_out;
    imported.notices = imported.recipe.notices();
    imported
}

fn take_text(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    match fields.shift_remove(name)? {
        Value::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The messages of a list as a recipe has them, and the system prompts among
/// them.
pub(super) fn messages_of(
    list: Vec<Value>,
    path: &str,
) -> (Vec<RecipeMessage>, Vec<String>, Vec<LeftOut>) {
    let mut reader = Reader {
        recipe: Recipe::default(),
        left_out: Vec::new(),
        systems: Vec::new(),
    };
    reader.messages(list, path);
    (reader.recipe.messages, reader.systems, reader.left_out)
}

struct Reader {
    recipe: Recipe,
    left_out: Vec<LeftOut>,
    systems: Vec<String>,
}

impl Reader {
    fn conversation(&mut self, shape: Shape, fields: &mut Map<String, Value>) {
        let (system, list) = match shape {
            Shape::Chat => (None, "messages"),
            Shape::Messages => (fields.shift_remove("system"), "messages"),
            Shape::Responses => (fields.shift_remove("instructions"), "input"),
            Shape::Gemini => {
                let camel = fields.shift_remove("systemInstruction");
                (
                    camel.or_else(|| fields.shift_remove("system_instruction")),
                    "contents",
                )
            }
        };
        if let Some(system) = system {
            let text = match system {
                Value::Object(mut content) => content.shift_remove("parts").unwrap_or_default(),
                other => other,
            };
            let text = self.text_of(text, "system");
            self.systems.extend(text);
        }
        match fields.shift_remove(list) {
            Some(Value::Array(items)) => self.messages(items, list),
            Some(Value::String(text)) => self.say(Role::User, text),
            _ => {}
        }
    }

    fn say(&mut self, role: Role, content: String) {
        self.recipe.messages.push(RecipeMessage {
            role,
            content,
            extra: Map::new(),
        });
    }

    fn messages(&mut self, items: Vec<Value>, list: &str) {
        for (at, item) in items.into_iter().enumerate() {
            let path = format!("{list}[{at}]");
            let Value::Object(mut message) = item else {
                self.left_out.push(LeftOut::new(path, Why::Form));
                continue;
            };
            if message.contains_key("tool_calls") || message.contains_key("function_call") {
                self.left_out.push(LeftOut::new(path.as_str(), Why::Tools));
            }
            let role = take_text(&mut message, "role");
            let content = message.shift_remove("content");
            let content = content.or_else(|| message.shift_remove("parts"));
            let Some(role) = role else {
                let is_message = content.is_some();
                let why = if is_message { Why::Form } else { Why::Tools };
                self.left_out.push(LeftOut::new(path, why));
                continue;
            };
            let role = match role.as_str() {
                "user" => Some(Role::User),
                "assistant" | "model" => Some(Role::Assistant),
                "system" | "developer" => None,
                _ => {
                    self.left_out.push(LeftOut::new(path, Why::Tools));
                    continue;
                }
            };
            let Some(text) = self.text_of(content.unwrap_or_default(), &path) else {
                continue;
            };
            match role {
                Some(role) => self.say(role, text),
                None => self.systems.push(text),
            }
        }
    }

    /// The words of a content; its other parts are listed.
    fn text_of(&mut self, content: Value, path: &str) -> Option<String> {
        let parts = match content {
            Value::String(text) => return Some(text),
            Value::Array(parts) => parts,
            Value::Null => return None,
            _ => {
                self.left_out.push(LeftOut::new(path, Why::Form));
                return None;
            }
        };
        let mut texts = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            let kind = part.get("type").and_then(Value::as_str).unwrap_or("text");
            let text = part.get("text").and_then(Value::as_str);
            match (kind, text, part) {
                (_, _, Value::String(text)) => texts.push(text.as_str()),
                ("text" | "input_text" | "output_text", Some(text), _) => texts.push(text),
                _ => {
                    let is_tool = kind.contains("tool") || part.get("functionCall").is_some();
                    let why = if is_tool { Why::Tools } else { Why::NotText };
                    self.left_out
                        .push(LeftOut::new(format!("{path}[{at}]"), why));
                }
            }
        }
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }

    fn params(&mut self, shape: Shape, fields: &mut Map<String, Value>) -> Params {
        if shape != Shape::Gemini {
            return self.params_in(fields, "");
        }
        let camel = fields.shift_remove("generationConfig");
        let config = camel.or_else(|| fields.shift_remove("generation_config"));
        let Some(Value::Object(mut config)) = config else {
            return Params::default();
        };
        let params = self.params_in(&mut config, "generationConfig.");
        for (name, _) in config {
            self.left_out.push(LeftOut::new(
                format!("generationConfig.{name}"),
                Why::NoPlace,
            ));
        }
        params
    }

    /// Takes what is known out of the fields; see [`params_of`].
    fn params_in(&mut self, fields: &mut Map<String, Value>, path: &str) -> Params {
        let (params, wrong) = params_of(fields);
        let wrong = wrong.into_iter();
        self.left_out
            .extend(wrong.map(|name| LeftOut::new(format!("{path}{name}"), Why::Form)));
        params
    }
}

/// The parameters among fields, under the names of any API; those are taken
/// out. Also the names of those that have another type.
pub(super) fn params_of(fields: &mut Map<String, Value>) -> (Params, Vec<String>) {
    let mut wrong = Vec::new();
    let mut params = Params::default();
    let mut take = |names: &[&str], set: &mut dyn FnMut(&mut Params, &Value) -> bool| {
        for name in names {
            if let Some(value) = fields.shift_remove(*name).filter(|value| !value.is_null())
                && !set(&mut params, &value)
            {
                wrong.push((*name).to_owned());
            }
        }
    };
    take(&["temperature"], &mut |params, value| {
        params.temperature = value.as_f64();
        params.temperature.is_some()
    });
    take(&["top_p", "topP"], &mut |params, value| {
        params.top_p = value.as_f64();
        params.top_p.is_some()
    });
    take(&["top_k", "topK"], &mut |params, value| {
        params.top_k = whole(value);
        params.top_k.is_some()
    });
    let limits = [
        "max_tokens",
        "max_completion_tokens",
        "max_output_tokens",
        "maxOutputTokens",
    ];
    take(&limits, &mut |params, value| {
        params.max_output_tokens = whole(value);
        params.max_output_tokens.is_some()
    });
    take(
        &["stop", "stop_sequences", "stopSequences"],
        &mut |params, value| {
            let texts = texts(value);
            params.stop = texts.clone().unwrap_or_default();
            texts.is_some()
        },
    );
    take(&["seed"], &mut |params, value| {
        params.seed = value.as_i64();
        params.seed.is_some()
    });
    take(&["reasoning_effort"], &mut |params, value| {
        params.reasoning_effort = value.as_str().map(str::to_owned);
        params.reasoning_effort.is_some()
    });
    take(&["service_tier"], &mut |params, value| {
        params.service_tier = value.as_str().map(str::to_owned);
        params.service_tier.is_some()
    });
    take(&["reasoning", "output_config"], &mut |params, value| {
        let effort = value.get("effort").and_then(Value::as_str);
        params.reasoning_effort = effort.map(str::to_owned).or(params.reasoning_effort.take());
        let summary = value.get("summary").and_then(Value::as_str);
        params.reasoning_summary = summary
            .map(str::to_owned)
            .or(params.reasoning_summary.take());
        let format = value.pointer("/format/schema").cloned();
        params.response_schema = format.or(params.response_schema.take());
        effort.is_some() || summary.is_some() || params.response_schema.is_some()
    });
    let schemas = [
        "response_format",
        "text",
        "output_format",
        "responseSchema",
        "responseJsonSchema",
    ];
    take(&schemas, &mut |params, value| {
        let at = ["/json_schema/schema", "/format/schema", "/schema"];
        let inner = at.iter().find_map(|at| value.pointer(at));
        let is_schema = value
            .get("type")
            .is_some_and(|kind| kind == "object" || kind == "OBJECT");
        let schema = inner.or(is_schema.then_some(value));
        params.response_schema = schema
            .filter(|schema| schema.is_object())
            .cloned()
            .or(params.response_schema.take());
        // Plain text is what there is without a schema.
        let is_text = value.get("type").is_some_and(|kind| kind == "text")
            || value
                .pointer("/format/type")
                .is_some_and(|kind| kind == "text");
        schema.is_some() || is_text
    });
    params.provider_order = take_order(fields);
    // Comes along with a schema.
    if params.response_schema.is_some() {
        fields.shift_remove("responseMimeType");
    }
    (params, wrong)
}

/// A router's choice of upstream providers. Here no others may answer: what
/// else was asked for is listed.
fn take_order(fields: &mut Map<String, Value>) -> Vec<String> {
    let routing = fields.get("provider").and_then(Value::as_object);
    let order =
        |routing: &Map<String, Value>| Some((texts(routing.get("order")?)?, routing.clone()));
    let Some((order, mut routing)) = routing.and_then(order) else {
        return Vec::new();
    };
    routing.shift_remove("order");
    let falls_back = routing.shift_remove("allow_fallbacks");
    let falls_back = falls_back.unwrap_or(Value::Bool(true));
    if falls_back != Value::Bool(false) {
        routing.insert("allow_fallbacks".to_owned(), falls_back);
    }
    fields.shift_remove("provider");
    for (name, value) in routing {
        fields.insert(format!("provider.{name}"), value);
    }
    order
}

/// One text, or several.
fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(items) => items
            .iter()
            .map(|item| item.as_str().map(str::to_owned))
            .collect(),
        _ => None,
    }
}

/// A whole number that is not negative; `40.0` is one.
fn whole(value: &Value) -> Option<u64> {
    let exact = value.as_u64();
    exact.or_else(|| {
        let float = value.as_f64().filter(|float| float.fract() == 0.0)?;
        crate::core::real::fixed(float + 0.0, 0).parse().ok()
    })
}
