//! Checking an answer against its schema, by the lazily loaded module in
//! `schema/`. `boot.js` loads it on first use.

use super::lazy;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// The module, see `schema/index.js`.
    type Module;

    #[wasm_bindgen(method, catch)]
    fn check(this: &Module, schema: &str, json: &str) -> Result<js_sys::Array, JsValue>;
}

/// What the check came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// The answer follows the schema.
    Valid,
    /// It does not: each place as a JSON pointer, and what is wrong there.
    Invalid(Vec<(String, String)>),
    /// The schema cannot be used; why, in the validator's words.
    BadSchema(String),
    /// The module could not be loaded, or failed.
    NoChecker,
}

/// Checks the text of an answer against the text of a schema; both are JSON.
pub async fn check(schema: &str, json: &str) -> Checked {
    let Some(found) = found(schema, json).await else {
        return Checked::NoChecker;
    };
    let mut texts = found.iter().filter_map(|text| text.as_string());
    match texts.next().as_deref() {
        Some("valid") => Checked::Valid,
        Some("bad_schema") => Checked::BadSchema(texts.next().unwrap_or_default()),
        Some("invalid") => {
            let mut violations = Vec::new();
            while let (Some(place), Some(what)) = (texts.next(), texts.next()) {
                violations.push((place, what));
            }
            Checked::Invalid(violations)
        }
        _ => Checked::NoChecker,
    }
}

async fn found(schema: &str, json: &str) -> Option<js_sys::Array> {
    let module: Module = lazy::module("schema").await?;
    module.check(schema, json).ok()
}
