//! Cohere's usage, which counts twice.
//!
//! `tokens` is what the model read and wrote, and what our counts are.
//! `billed_units` leaves out what Cohere adds to a prompt; `pricing::count`
//! charges by it. `cached_tokens` are part of the input.

use crate::core::{
    domain::{InputTokens, OutputTokens, Usage},
    wire::count::count,
};
use serde_json::Value;

/// Reads a usage object and keeps it as `raw`.
pub(super) fn normalise(raw: Value) -> Usage {
    let side = |name| count(raw.get("tokens")?, name);
    let total = side("input_tokens");
    let read = count(&raw, "cached_tokens").map(|read| read.min(total.unwrap_or(read)));
    Usage {
        input: InputTokens {
            total,
            uncached: total.zip(read).map(|(total, read)| total - read),
            cache_read: read,
            cache_write: None,
        },
        output: OutputTokens {
            total: side("output_tokens"),
            text: None,
            thinking: None,
        },
        raw: Some(raw),
    }
}
