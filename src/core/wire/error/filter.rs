//! What a filter objected to, where the provider says so.

use super::words;
use serde_json::Value;

/// The categories that stepped in, with the severity where there is one, of
/// Azure's `content_filter_results`.
pub(super) fn categories(results: &Value) -> Option<String> {
    let named = results.as_object()?.iter().filter_map(|(name, result)| {
        let filtered = result.get("filtered").and_then(Value::as_bool);
        let severity = result.get("severity").and_then(Value::as_str);
        filtered
            .filter(|filtered| *filtered)
            .map(|_| match severity {
                Some(severity) => format!("{name}: {severity}"),
                None => name.clone(),
            })
    });
    joined(named.collect())
}

/// Reasons in a list of words, as `OpenRouter` gives them.
pub(super) fn reasons(list: &Value) -> Option<String> {
    let words = list.as_array()?.iter().filter_map(Value::as_str);
    joined(words.map(str::to_owned).collect())
}

fn joined(names: Vec<String>) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

/// What a side block of a stream says about why its answer was filtered.
pub(crate) fn filter_words(name: &str, block: &Value) -> Option<String> {
    match name {
        "content_filter_results" => categories(block),
        "finishMessage" | "blockReasonMessage" => words::quote(block.as_str()?),
        _ => None,
    }
}
