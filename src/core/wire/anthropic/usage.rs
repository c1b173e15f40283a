//! Anthropic's usage, which comes in parts.
//!
//! `message_start` knows the input; every `message_delta` repeats all counts
//! that it knows, cumulative, and may correct the input. The output count of
//! `message_start` is a placeholder of a few tokens, so it counts only once a
//! `message_delta` (or a whole body) confirmed it: a stream cut short has an
//! unknown output, not one of 1 token.

use crate::core::domain::{InputTokens, OutputTokens, Usage};
use crate::core::wire::count::count;
use serde_json::{Map, Value};

/// Usage merged over a stream.
#[derive(Debug, Default)]
pub(super) struct Tally {
    raw: Map<String, Value>,
    confirmed: bool,
}

impl Tally {
    /// Takes the usage of `message_start`. After a `message_delta` a spliced
    /// second start only fills gaps, for its counts are those of the beginning.
    pub(super) fn start(&mut self, usage: &Value) {
        self.merge(usage, self.confirmed);
    }

    /// Takes the usage of `message_delta` or of a whole body: last wins, field
    /// by field; null replaces nothing.
    pub(super) fn confirm(&mut self, usage: &Value) {
        self.merge(usage, false);
        self.confirmed |= usage.get("output_tokens").is_some();
    }

    fn merge(&mut self, usage: &Value, only_gaps: bool) {
        for (key, value) in usage.as_object().into_iter().flatten() {
            let old = self.raw.get(key.as_str());
            let is_kept = old.is_some_and(|old| value.is_null() || (only_gaps && !old.is_null()));
            if !is_kept {
                self.raw.insert(key.clone(), value.clone());
            }
        }
    }

    /// The tier that was served.
    pub(super) fn service_tier(&self) -> Option<String> {
        Some(self.raw.get("service_tier")?.as_str()?.to_owned())
    }

    /// The counts so far, normalised.
    pub(super) fn usage(&self) -> Usage {
        let raw = Value::Object(self.raw.clone());
        let total = count(&raw, "output_tokens").filter(|_| self.confirmed);
        let thinking = raw
            .get("output_tokens_details")
            .and_then(|details| count(details, "thinking_tokens"));
        let text = total
            .zip(thinking)
            .and_then(|(total, thinking)| total.checked_sub(thinking));
        Usage {
            input: InputTokens::beside_cache(
                count(&raw, "input_tokens"),
                count(&raw, "cache_read_input_tokens"),
                count(&raw, "cache_creation_input_tokens"),
            ),
            output: OutputTokens {
                total,
                text,
                thinking,
            },
            raw: Some(raw),
        }
    }
}
