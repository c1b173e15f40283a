//! A recipe as a configuration of promptfoo, for runs larger than a page is
//! for.
//!
//! Prompts become conversations as JSON with line breaks: promptfoo takes a
//! short text with a slash or a star in it for the name of a file.

mod provider;

use super::to_yaml;
use crate::core::{
    domain::Role,
    recipe::{Order, Recipe, variables},
};
use provider::provider;
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

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "promptfoo_tests.rs"]
mod tests;
