//! What others wrote, as a recipe: our own documents of any form, requests of
//! APIs, curl commands, and configurations of promptfoo.
//!
//! Reading never fills anything in. It gives what there is, what of it has no
//! place here, and the keys that were found, which are held apart: a recipe has
//! no place for one.

mod body;
mod curl;
mod foreign;
mod promptfoo;
mod route;
mod shell;
mod yaml;

pub use curl::CurlError;
pub use foreign::Foreign;
pub use yaml::{YamlError, read_yaml};

use super::{
    domain::{ApiKey, Origin, ProviderId},
    export::EMBEDDED_ID,
    lent,
    link::{self, PackFault},
    recipe::{
        self, LinkError, Recipe, RecipeError, RecipeNotice,
        result::{RESULT_VERSION, ResultDoc},
    },
};
use serde_json::{Value, error::Category};

/// The largest text that is read, in bytes: the page holds it several times.
pub const LARGEST: usize = 64 << 20;

/// What a text turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A recipe document.
    Recipe,
    /// A result document.
    Result,
    /// A result document inside a report of ours.
    Report,
    /// A link of ours.
    Link,
    /// The body of a request.
    Request(Shape),
    /// A curl command.
    Curl,
    /// A configuration of promptfoo.
    Promptfoo,
}

/// Whose form a request's body has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// OpenAI Chat Completions and its imitations.
    Chat,
    /// OpenAI Responses.
    Responses,
    /// Anthropic Messages.
    Messages,
    /// Gemini.
    Gemini,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// What it was.
    pub kind: Kind,
    /// What can be filled in.
    pub recipe: Recipe,
    /// The whole document, where it is a result.
    pub result: Option<Box<ResultDoc>>,
    /// What has no place here.
    pub left_out: Vec<LeftOut>,
    /// What else to know.
    pub notices: Vec<RecipeNotice>,
    /// Keys that stood in it.
    pub keys: Vec<FoundKey>,
}

impl Imported {
    fn new(kind: Kind, recipe: Recipe) -> Self {
        Self {
            kind,
            recipe,
            result: None,
            left_out: Vec::new(),
            notices: Vec::new(),
            keys: Vec::new(),
        }
    }
}

/// Something that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stood, as a path or an option.
    pub what: String,
    /// Why.
    pub why: Why,
}

impl LeftOut {
    fn new(what: impl Into<String>, why: Why) -> Self {
        Self {
            what: what.into(),
            why,
        }
    }
}

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Nothing here corresponds to it.
    NoPlace,
    /// It is of a form that is not read.
    Form,
    /// It is a file beside the one that was given.
    OtherFile,
    /// Of several only the first is taken.
    OnlyFirst,
    /// Images, files and sounds inside a message.
    NotText,
    /// Tools and what they gave.
    Tools,
    /// A header that the page does not send.
    Header,
    /// An option of a command that is not about the request.
    Option,
    /// The provider is not known here.
    Provider,
    /// Beyond what a comparison holds.
    TooMany,
    /// The key would be passed on with the recipe.
    Key,
}

/// A key that stood in what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    /// For whom.
    pub provider: ProviderId,
    /// For which origin.
    pub origin: Origin,
    /// It.
    pub key: ApiKey,
}

/// Why nothing can be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// There is nothing in it.
    Empty,
    /// Larger than [`LARGEST`].
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// Bytes that are no UTF-8 text.
    NotText,
    /// One of our documents, with a fault.
    Document(RecipeError),
    /// One of our links, with a fault.
    Link(LinkError),
    /// What one of our links packs, with a fault.
    Packed(PackFault),
    /// A link of ours that only the address bar opens: it names a document
    /// elsewhere, is under a passphrase, or lends a key.
    AddressOnly,
    /// A document of ours that has its own place: the word before its version,
    /// such as `history` or `ballot`.
    OtherDocument {
        /// The word.
        kind: String,
    },
    /// A page of ours without its document, or one of somebody else.
    NoDocument,
    /// JSON that does not parse.
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// The text stops in the middle.
        ended_early: bool,
    },
    /// YAML that does not parse.
    Yaml(YamlError),
    /// A curl command that cannot be read.
    Curl(CurlError),
    /// Something of another tool.
    Foreign(Foreign),
    /// Nothing that is known.
    Unknown,
}

/// Reads bytes, as they come out of a file.
pub fn read_bytes(bytes: &[u8]) -> Result<Imported, ImportError> {
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge { bytes: bytes.len() });
    }
    if let Some(foreign) = foreign::by_bytes(bytes) {
        return Err(ImportError::Foreign(foreign));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ImportError::NotText)?;
    read(text)
}

/// Reads a text, whatever it is.
pub fn read(text: &str) -> Result<Imported, ImportError> {
    if text.len() > LARGEST {
        return Err(ImportError::TooLarge { bytes: text.len() });
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(ImportError::Empty);
    }
    if let Some(fragment) = fragment_of(text) {
        return of_link(fragment);
    }
    if curl::is_command(text) {
        return curl::read(text).map_err(ImportError::Curl);
    }
    if text.starts_with('<') {
        return of_page(text);
    }
    if text.starts_with(['{', '[']) {
        return match serde_json::from_str(text) {
            Ok(value) => of_json(value),
            Err(error) => of_broken_json(text, &error),
        };
    }
    of_yaml(text)
}

/// Whether a text is surely meant to be imported, not attached: one of our own
/// documents, or a report of ours.
pub fn is_ours(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    if head.starts_with('<') {
        return embedded(head).is_some();
    }
    if !head.starts_with('{') {
        return false;
    }
    let version = |value: &Value| {
        let version = value.get("touchstone").and_then(Value::as_str);
        version.is_some_and(|version| version.contains('/'))
    };
    serde_json::from_str(head).is_ok_and(|value: Value| version(&value))
}

/// Whether it is the version of a document of ours that is opened elsewhere.
fn is_other_document(version: &str) -> bool {
    let kind = version.split_once('/').map_or("", |(kind, _)| kind);
    !matches!(kind, "" | "recipe" | "result")
}

/// The fragment of a link of ours; of others only what has our names.
fn fragment_of(text: &str) -> Option<&str> {
    if text.contains(char::is_whitespace) {
        return None;
    }
    let is_link =
        text.starts_with('#') || text.starts_with("http://") || text.starts_with("https://");
    let (_, fragment) = text.split_once('#').filter(|_| is_link)?;
    let names = fragment.split('&').filter_map(|pair| pair.split_once('='));
    let known = ["recipe", "prompt", "pane", "system", "c", "src", "k"];
    let ours = |(name, _): (&str, &str)| known.contains(&name);
    names.into_iter().any(ours).then_some(fragment)
}

fn of_link(fragment: &str) -> Result<Imported, ImportError> {
    let link = recipe::parse_fragment(fragment).map_err(ImportError::Link)?;
    if let Some(packed) = &link.packed {
        let value = link::unpack(packed).map_err(|fault| match fault {
            PackFault::Sealed => ImportError::AddressOnly,
            fault => ImportError::Packed(fault),
        })?;
        let mut imported = of_json(value)?;
        imported.kind = Kind::Link;
        return Ok(imported);
    }
    if link.source.is_some() || lent::in_fragment(fragment).is_some() {
        return Err(ImportError::AddressOnly);
    }
    let recipe = link.recipe.ok_or(ImportError::Unknown)?;
    let mut imported = Imported::new(Kind::Link, recipe);
    imported.notices = link.notices;
    Ok(imported)
}

/// The document inside a report of ours.
fn embedded(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once(&format!("id=\"{EMBEDDED_ID}\""))?;
    let (_, rest) = rest.split_once('>')?;
    let (json, _) = rest.split_once("</script")?;
    Some(json.trim())
}

fn of_page(page: &str) -> Result<Imported, ImportError> {
    let Some(json) = embedded(page) else {
        let is_page = page.len() < 1 << 20 && page.to_ascii_lowercase().contains("<html");
        return Err(match foreign::by_text(page) {
            Some(foreign) => ImportError::Foreign(foreign),
            None if is_page || page.starts_with("<!") => ImportError::NoDocument,
            None => ImportError::Unknown,
        });
    };
    let value = serde_json::from_str(json).map_err(|error| json_fault(&error))?;
    let mut imported = of_json(value)?;
    imported.kind = Kind::Report;
    Ok(imported)
}

fn json_fault(error: &serde_json::Error) -> ImportError {
    ImportError::Json {
        line: error.line(),
        column: error.column(),
        ended_early: error.classify() == Category::Eof,
    }
}

/// What is no JSON may still be YAML in braces, or one JSON text a line.
fn of_broken_json(text: &str, error: &serde_json::Error) -> Result<Imported, ImportError> {
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
        Some(RESULT_VERSION) => return of_result(value),
        Some(other) if is_other_document(other) => {
            let kind = other.split('/').next().unwrap_or_default().to_owned();
            return Err(ImportError::OtherDocument { kind });
        }
        // Also a version that does not exist: the reader says so.
        Some(_) => return of_recipe(value),
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

fn of_recipe(value: Value) -> Result<Imported, ImportError> {
    let (recipe, notices) = Recipe::from_value(value).map_err(ImportError::Document)?;
    let mut imported = Imported::new(Kind::Recipe, recipe);
    imported.notices = notices;
    Ok(imported)
}

fn of_result(value: Value) -> Result<Imported, ImportError> {
    let (result, notices) = ResultDoc::from_value(value).map_err(ImportError::Document)?;
    let mut imported = Imported::new(Kind::Result, result.recipe.clone());
    imported.notices = notices;
    imported.result = Some(Box::new(result));
    Ok(imported)
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
            "touchstone:",
        ];
        names.iter().any(|name| line.starts_with(name))
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "tests.rs"]
mod tests;
