//! Usage of Chat Completions and Responses in one shape.
//!
//! Chat says `prompt_tokens`/`completion_tokens`, Responses `input_tokens`/
//! `output_tokens`; both count cached tokens within the input and thinking
//! within the output. Known departures: xAI's chat leaves thinking out of
//! `completion_tokens` (seen from its `total_tokens`) and may report more cached
//! tokens than prompt tokens; DeepSeek splits the input into cache hit and miss.

use crate::core::{
    domain::{InputTokens, OutputTokens, Usage},
    wire::count::count,
};
use serde_json::Value;

/// Reads a usage object and keeps it as `raw`.
pub(crate) fn normalise(raw: Value) -> Usage {
    Usage {
        input: input(&raw),
        output: output(&raw),
        raw: Some(raw),
    }
}

/// The first of these counts that is there.
fn first(of: &Value, names: &[&str]) -> Option<u64> {
    names.iter().find_map(|name| count(of, name))
}

/// The first of these counts that is in any of the objects of those names.
fn nested(of: &Value, objects: &[&str], names: &[&str]) -> Option<u64> {
    let within = |name| objects.iter().find_map(|at| count(of.get(*at)?, name));
    names.iter().copied().find_map(within)
}

fn input(raw: &Value) -> InputTokens {
    let details = [
        "prompt_tokens_details",
        "input_tokens_details",
        "prompt_token_details",
    ];
    let miss = count(raw, "prompt_cache_miss_tokens");
    let hit = count(raw, "prompt_cache_hit_tokens");
    let read = hit
        .or_else(|| nested(raw, &details, &["cached_tokens", "cache_read_input_tokens"]))
        .or_else(|| {
            let names = [
                "cached_tokens",
                "num_cached_tokens",
                "cache_read_input_tokens",
            ];
            first(raw, &names)
        });
    let written = [
        "cache_write_tokens",
        "cache_creation_tokens",
        "cache_creation_input_tokens",
    ];
    let write =
        nested(raw, &details, &written).or_else(|| count(raw, "cache_creation_input_tokens"));
    let total =
        first(raw, &["prompt_tokens", "input_tokens"]).or_else(|| Some(hit?.saturating_add(miss?)));
    let read = match (read, total) {
        (Some(read), Some(total)) => Some(read.min(total)),
        (read, _) => read,
    };
    let rest = total.zip(read).map(|(total, read)| {
        total
            .saturating_sub(read)
            .saturating_sub(write.unwrap_or(0))
    });
    InputTokens {
        total,
        uncached: miss.or(rest),
        cache_read: read,
        cache_write: write,
    }
}

fn output(raw: &Value) -> OutputTokens {
    let details = ["completion_tokens_details", "output_tokens_details"];
    let thinking =
        nested(raw, &details, &["reasoning_tokens"]).or_else(|| count(raw, "reasoning_tokens"));
    let reported = first(raw, &["completion_tokens", "output_tokens"]);
    let total = reported.map(|reported| {
        let besides = thinking.filter(|&thinking| {
            let all = count(raw, "prompt_tokens")
                .and_then(|prompt| prompt.checked_add(reported)?.checked_add(thinking));
            thinking > 0 && all.is_some() && all == count(raw, "total_tokens")
        });
        reported.saturating_add(besides.unwrap_or(0))
    });
    OutputTokens {
        total,
        text: total
            .zip(thinking)
            .map(|(total, thinking)| total.saturating_sub(thinking)),
        thinking,
    }
}

/// The parts of usage that are no token counts: costs and times, under the names
/// that providers give them.
pub(crate) const SIDE_FIGURES: [&str; 12] = [
    "cost",
    "cost_details",
    "cost_in_usd_ticks",
    "queue_time",
    "prompt_time",
    "completion_time",
    "total_time",
    "avg_compl_tok_per_sec",
    "avg_prompt_tok_per_sec",
    "total_prompt_time_sec",
    "total_completion_time_sec",
    "total_time_sec",
];

#[cfg(test)]
#[path = "usage_tests.rs"]
mod tests;
