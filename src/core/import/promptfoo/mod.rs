//! A configuration of promptfoo: its prompts and the values of its tests as a
//! suite, its providers as panes. Everything else is listed.

mod prompts;
mod providers;
mod rows;

use super::{Imported, Kind, LeftOut, Why, suite::Suite};
use crate::core::recipe::{Order, Recipe};
use serde_json::Value;

/// Whether a value is such a configuration.
pub(super) fn is_config(value: &Value) -> bool {
    let has = |name: &str| value.get(name).is_some();
    let routed = has("providers") || has("targets");
    let tested = has("tests") || has("scenarios");
    (has("prompts") && (routed || tested || has("defaultTest"))) || (routed && tested)
}

/// Reads a configuration.
pub(super) fn read(value: Value) -> Imported {
    let mut reader = Reader {
        imported: Imported::new(Kind::Promptfoo, Recipe::default()),
        suite: Suite::default(),
    };
    let Value::Object(mut fields) = value else {
        return reader.imported;
    };
    let title = fields.shift_remove("description");
    reader.imported.recipe.title = title.and_then(|title| title.as_str().map(str::to_owned));
    reader.prompts(fields.shift_remove("prompts").unwrap_or_default());
    let providers = fields.shift_remove("providers");
    let providers = providers.or_else(|| fields.shift_remove("targets"));
    reader.providers(providers.unwrap_or_default());
    let before = reader.default_test(fields.shift_remove("defaultTest"));
    reader.tests(fields.shift_remove("tests"), &before, "tests");
    reader.scenarios(fields.shift_remove("scenarios"), &before);
    if reader.suite.rows.is_empty() {
        // Without tests the prompts are asked once, with what all tests have.
        reader.expand(None, &before);
    }
    reader.options(fields.shift_remove("evaluateOptions"));
    fields.shift_remove("$schema");
    for (name, _) in fields {
        reader.leave_out(name, Why::NoPlace);
    }
    reader.done()
}

struct Reader {
    imported: Imported,
    suite: Suite,
}

impl Reader {
    /// The first prompt with the first row, and where there are more of either
    /// all of them.
    fn done(self) -> Imported {
        let Self {
            mut imported,
            suite,
        } = self;
        suite.fill(&mut imported.recipe, 0, 0);
        imported.notices = imported.recipe.notices();
        imported.suite = suite.is_several().then_some(suite);
        imported
    }

    fn leave_out(&mut self, what: impl Into<String>, why: Why) {
        self.imported.left_out.push(LeftOut::new(what, why));
    }

    fn leave_out_once(&mut self, what: String, why: Why) {
        let left_out = LeftOut::new(what, why);
        if !self.imported.left_out.contains(&left_out) {
            self.imported.left_out.push(left_out);
        }
    }

    fn options(&mut self, value: Option<Value>) {
        let Some(Value::Object(mut options)) = value else {
            return;
        };
        let run = &mut self.imported.recipe.run;
        let concurrency = options.shift_remove("maxConcurrency");
        if concurrency.as_ref().is_some_and(|count| *count == 1) {
            run.order = Order::Sequential;
        }
        let repeats = options.shift_remove("repeat");
        if let Some(repeats) = repeats.and_then(|count| count.as_u64()) {
            run.repeats = repeats;
        }
        if concurrency.is_some_and(|count| count != 1) {
            self.leave_out("evaluateOptions.maxConcurrency", Why::NoPlace);
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

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
