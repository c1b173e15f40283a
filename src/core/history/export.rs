//! The history as one file, `touchstone: "history/1"`: every entry's tags and
//! times around its result document. Its schema is `schema/history-1.json`.
//!
//! It is written in pieces, since thousands of documents are more than one text
//! should be.

use super::Entry;
use crate::core::{pricing::Moment, recipe::result::AppInfo};
use serde_json::json;

/// The value of `touchstone` in a history.
pub const VERSION: &str = "history/1";

/// What stands before the first entry.
pub fn head(created: Moment) -> String {
    let app = serde_json::to_string(&AppInfo::this()).unwrap_or_default();
    let created = created.to_iso();
    format!("{{\"touchstone\":\"{VERSION}\",\"app\":{app},\"created\":\"{created}\",\"entries\":[")
}

/// One entry with its document, which is JSON.
pub fn entry(entry: &Entry, document: &str, is_first: bool) -> String {
    let comma = if is_first { "\n" } else { ",\n" };
    let mut facts = json!({
        "id": entry.id,
        "begun": Moment(entry.begun).to_iso(),
        "changed": Moment(entry.changed).to_iso(),
    });
    if !entry.tags.is_empty()
        && let Some(facts) = facts.as_object_mut()
    {
        facts.insert("tags".to_owned(), entry.tags.clone().into());
    }
    let facts = facts.to_string();
    let open = facts.strip_suffix('}').unwrap_or(&facts);
    format!("{comma}{open},\"document\":{document}}}")
}

/// What stands after the last entry.
pub const TAIL: &str = "\n]}\n";
