//! Counts and times of Ollama's last object.

use crate::core::{
    domain::{InputTokens, OutputTokens, Usage},
    wire::count::count,
};
use serde_json::{Map, Value};

/// The fields that count or time. Times are in nanoseconds.
const FIGURES: [&str; 7] = [
    "total_duration",
    "load_duration",
    "prompt_eval_count",
    "prompt_eval_cached_count",
    "prompt_eval_duration",
    "eval_count",
    "eval_duration",
];

/// The figures among the fields of an object; `None` where there is none.
pub(super) fn figures(fields: &Value) -> Option<Value> {
    let known = FIGURES.iter().filter_map(|name| {
        let value = fields.get(*name).filter(|value| !value.is_null())?;
        Some(((*name).to_owned(), value.clone()))
    });
    let known: Map<String, Value> = known.collect();
    (!known.is_empty()).then_some(Value::Object(known))
}

/// Reads the figures and keeps them as `raw`. A count that is missing stays
/// unknown: Ollama leaves out those that are 0.
pub(super) fn normalise(raw: Value) -> Usage {
    let total = count(&raw, "prompt_eval_count");
    let read = count(&raw, "prompt_eval_cached_count");
    Usage {
        input: InputTokens {
            total,
            uncached: total
                .zip(read)
                .and_then(|(all, read)| all.checked_sub(read)),
            cache_read: read,
            cache_write: None,
        },
        output: OutputTokens {
            total: count(&raw, "eval_count"),
            text: None,
            thinking: None,
        },
        raw: Some(raw),
    }
}
