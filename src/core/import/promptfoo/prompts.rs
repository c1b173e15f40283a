//! Its prompts as conversations, and the templates in them.

use super::{
    super::{LeftOut, Shape, Why, body, read_yaml, suite::SuitePrompt},
    Reader, is_file,
};
use crate::core::{domain::Role, recipe::RecipeMessage};
use serde_json::{Map, Value};

impl Reader {
    pub(super) fn prompts(&mut self, value: Value) {
        let prompts: Vec<(Value, Option<String>)> = match value {
            Value::Array(items) => items.into_iter().map(|item| (item, None)).collect(),
            // An older form: text or file to label.
            Value::Object(map) => map
                .into_iter()
                .map(|(prompt, label)| (Value::from(prompt), label.as_str().map(str::to_owned)))
                .collect(),
            Value::Null => Vec::new(),
            other => vec![(other, None)],
        };
        for (at, (prompt, label)) in prompts.into_iter().enumerate() {
            let path = format!("prompts[{at}]");
            let label_of = |fields: &Map<String, Value>| {
                let label = fields.get("label").and_then(Value::as_str);
                label.map(str::to_owned)
            };
            let (text, label) = match &prompt {
                Value::String(text) => (Some(text.clone()), label),
                Value::Object(fields) => {
                    let raw = fields.get("raw").or_else(|| fields.get("id"));
                    let text = raw.and_then(Value::as_str).map(str::to_owned);
                    (text, label_of(fields))
                }
                _ => (None, None),
            };
            match text {
                None => self.leave_out(path, Why::Form),
                Some(text) if is_file(&text) => self.leave_out(path, Why::OtherFile),
                Some(text) => {
                    let prompt = self.prompt(&text, path, label);
                    self.suite.prompts.push(prompt);
                }
            }
        }
    }

    /// A prompt is a conversation as JSON or YAML, or a text.
    fn prompt(&mut self, text: &str, path: String, label: Option<String>) -> SuitePrompt {
        let conversation = read_yaml(text)
            .ok()
            .filter(|value| body::shape_of(value) == Some(Shape::Chat));
        let (mut messages, systems) = if let Some(Value::Array(list)) = conversation {
            let (messages, systems, left_out) = body::messages_of(list, &path);
            self.imported.left_out.extend(left_out);
            (messages, systems)
        } else {
            let message = RecipeMessage {
                role: Role::User,
                content: text.to_owned(),
                extra: Map::new(),
            };
            (vec![message], Vec::new())
        };
        let systems: Vec<String> = systems
            .iter()
            .map(|text| self.template(text, &path))
            .collect();
        for message in &mut messages {
            message.content = self.template(&message.content, &path);
        }
        SuitePrompt {
            path,
            label,
            system: (!systems.is_empty()).then(|| systems.join("\n\n")),
            messages,
        }
    }

    /// Text of a template: names stay, texts in quotes stand for themselves,
    /// and whatever is calculated is listed.
    pub(super) fn template(&mut self, text: &str, path: &str) -> String {
        let (text, calculated) = template(text);
        for what in calculated {
            let left_out = LeftOut::new(format!("{path}: {what}"), Why::Form);
            if !self.imported.left_out.contains(&left_out) {
                self.imported.left_out.push(left_out);
            }
        }
        text
    }
}

/// The text with quoted texts in their place, and what of it is calculated.
fn template(text: &str) -> (String, Vec<String>) {
    let mut out = String::new();
    let mut calculated = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("{{") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let Some((inside, after)) = from.get(2..).and_then(|inner| inner.split_once("}}")) else {
            out.push_str(from);
            return (out, calculated);
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
                calculated.push(format!("{{{{{name}}}}}"));
            }
            put!(out, "{{{{{inside}}}}}");
        }
        rest = after;
    }
    out.push_str(rest);
    if text.contains("{%") {
        calculated.push("{% … %}".to_owned());
    }
    (out, calculated)
}
