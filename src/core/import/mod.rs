//! What comes in from elsewhere: our own documents of any form, requests of
//! APIs, curl commands, configurations of promptfoo, and lists of prompts.
//!
//! - [`read`] gives what fills the page in, [`look`] also what has its own place
//!   ([`beside`]): a history, ballots, a list of prompts.
//! - [`imported`] is what was read, [`suite`] several prompts with several rows
//!   of values, [`error`] why there is nothing.
//! - `ours`, `body`, `curl` and `promptfoo` read the single forms, `foreign` names
//!   those that are not read.
//!
//! Reading never fills anything in. It gives what there is, what of it has no
//! place here, and the keys that were found, which are held apart: a recipe has
//! no place for one.

mod beside;
mod body;
mod curl;
mod error;
mod foreign;
mod imported;
mod ours;
mod promptfoo;
mod route;
mod shell;
mod suite;
mod yaml;

pub use beside::Beside;
pub use curl::CurlError;
pub use error::ImportError;
pub use foreign::Foreign;
pub use imported::{FoundKey, Imported, Kind, LeftOut, Shape, Why};
pub use ours::is_ours;
pub use suite::{Choice, Row, Suite, SuitePrompt};
pub use yaml::{YamlError, read_yaml};

use super::{
    json::{self, JsonError},
    recipe::result::RESULT_VERSION,
};
use serde_json::Value;

/// The largest text that is read, in bytes: the page holds it several times.
pub const LARGEST: usize = 64 << 20;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Thing {
    /// It fills the page in.
    Page(Box<Imported>),
    /// It has its own place.
    Beside(Beside),
}

/// Looks at bytes, as they come out of a file.
pub fn look_at_bytes(bytes: &[u8]) -> Result<Thing, ImportError> {
    if let Some(foreign) = foreign::by_bytes(bytes) {
        return Err(ImportError::Foreign(foreign));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ImportError::NotText)?;
    look(text)
}

/// Looks at a text, whatever it is.
pub fn look(text: &str) -> Result<Thing, ImportError> {
    if let Some(history) = beside::history(text) {
        return history.map(Thing::Beside);
    }
    match read(text) {
        Ok(imported) => Ok(Thing::Page(Box::new(imported))),
        Err(error) => beside::of(text, error).map(Thing::Beside),
    }
}

/// Reads a text that is meant to fill the page in.
pub fn read(text: &str) -> Result<Imported, ImportError> {
    if text.len() > LARGEST {
        return Err(ImportError::TooLarge { bytes: text.len() });
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(ImportError::Empty);
    }
    if let Some(fragment) = ours::fragment_of(text) {
        return ours::of_link(fragment);
    }
    if curl::is_command(text) {
        return curl::read(text).map_err(ImportError::Curl);
    }
    if text.starts_with('<') {
        return ours::of_page(text);
    }
    if text.starts_with(['{', '[']) {
        return match json::parse(text) {
            Ok(value) => of_json(value),
            Err(error) => of_broken_json(text, &error),
        };
    }
    of_yaml(text)
}

fn json_fault(error: &JsonError) -> ImportError {
    ImportError::Json {
        line: error.line(),
        column: error.column(),
        ended_early: error.is_eof(),
    }
}

/// What is no JSON may still be YAML in braces, or one JSON text a line.
fn of_broken_json(text: &str, error: &JsonError) -> Result<Imported, ImportError> {
    if let Some(foreign) = foreign::by_text(text) {
        return Err(ImportError::Foreign(foreign));
    }
    match read_yaml(text) {
        Ok(value) if promptfoo::is_config(&value) => Ok(promptfoo::read(value)),
        _ => Err(json_fault(error)),
    }
}

fn of_json(value: Value) -> Result<Imported, ImportError> {
    let version = value.get("touchstone").cloned();
    match version
        .as_ref()
        .map(|version| version.as_str().unwrap_or_default())
    {
        Some(RESULT_VERSION) => return ours::of_result(value),
        Some(other) if ours::is_other_document(other) => {
            let kind = other.split('/').next().unwrap_or_default().to_owned();
            return Err(ImportError::OtherDocument { kind });
        }
        // Also a version that does not exist: the reader says so.
        Some(_) => return ours::of_recipe(value),
        None => {}
    }
    if promptfoo::is_config(&value) {
        return Ok(promptfoo::read(value));
    }
    // What promptfoo writes about a finished run has the configuration in it.
    if let Some(config) = value
        .get("config")
        .filter(|config| promptfoo::is_config(config))
    {
        let mut imported = promptfoo::read(config.clone());
        imported
            .left_out
            .push(LeftOut::new("results", Why::NoPlace));
        return Ok(imported);
    }
    if let Some(shape) = body::shape_of(&value) {
        return Ok(body::read(shape, value, None));
    }
    Err(match foreign::by_json(&value) {
        Some(foreign) => ImportError::Foreign(foreign),
        None => ImportError::Unknown,
    })
}

fn of_yaml(text: &str) -> Result<Imported, ImportError> {
    if let Some(foreign) = foreign::by_text(text) {
        return Err(ImportError::Foreign(foreign));
    }
    match read_yaml(text) {
        Ok(value @ Value::Object(_)) => of_json(value),
        Err(error) if looks_like_yaml(text) => Err(ImportError::Yaml(error)),
        // Any plain sentence is YAML.
        _ => Err(ImportError::Unknown),
    }
}

/// Whether the names of a configuration begin lines.
fn looks_like_yaml(text: &str) -> bool {
    text.lines().any(|line| {
        let names = [
            "prompts:",
            "providers:",
            "targets:",
            "tests:",
            "scenarios:",
            "touchstone:",
        ];
        names.iter().any(|name| line.starts_with(name))
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests.rs"]
mod tests;
