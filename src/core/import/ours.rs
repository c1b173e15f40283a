//! Our own documents: recipes, results, reports and links of any form.

use super::{ImportError, Imported, Kind, foreign, json_fault, of_json};
use crate::core::{
    export::EMBEDDED_ID,
    json, lent,
    link::{self, PackFault},
    recipe::{self, Recipe, result::ResultDoc},
};
use serde_json::Value;

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
    json::parse(head).is_ok_and(|value: Value| version(&value))
}

/// Whether it is the version of a document of ours that is opened elsewhere.
pub(super) fn is_other_document(version: &str) -> bool {
    let kind = version.split_once('/').map_or("", |(kind, _)| kind);
    !matches!(kind, "" | "recipe" | "result")
}

/// The fragment of a link of ours; of others only what has our names.
pub(super) fn fragment_of(text: &str) -> Option<&str> {
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

pub(super) fn of_link(fragment: &str) -> Result<Imported, ImportError> {
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

pub(super) fn of_page(page: &str) -> Result<Imported, ImportError> {
    let Some(json) = embedded(page) else {
        let is_page = page.len() < 1 << 20 && page.to_ascii_lowercase().contains("<html");
        return Err(match foreign::by_text(page) {
            Some(foreign) => ImportError::Foreign(foreign),
            None if is_page || page.starts_with("<!") => ImportError::NoDocument,
            None => ImportError::Unknown,
        });
    };
    let value = json::parse(json).map_err(|error| json_fault(&error))?;
    let mut imported = of_json(value)?;
    imported.kind = Kind::Report;
    Ok(imported)
}

pub(super) fn of_recipe(value: Value) -> Result<Imported, ImportError> {
    let (recipe, notices) = Recipe::from_value(value).map_err(ImportError::Document)?;
    let mut imported = Imported::new(Kind::Recipe, recipe);
    imported.notices = notices;
    Ok(imported)
}

pub(super) fn of_result(value: Value) -> Result<Imported, ImportError> {
    let (result, notices) = ResultDoc::from_value(value).map_err(ImportError::Document)?;
    let mut imported = Imported::new(Kind::Result, result.recipe.clone());
    imported.notices = notices;
    imported.result = Some(Box::new(result));
    Ok(imported)
}
