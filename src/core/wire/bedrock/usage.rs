//! Converse's usage. The input count leaves out what was read from or written
//! to a cache; the output count holds thinking and does not say how much.

use crate::core::{
    domain::{InputTokens, OutputTokens, Usage},
    wire::count::count,
};
use serde_json::Value;

/// Normalises one `usage`.
pub(super) fn normalise(raw: Value) -> Usage {
    Usage {
        input: InputTokens::beside_cache(
            count(&raw, "inputTokens"),
            count(&raw, "cacheReadInputTokens"),
            count(&raw, "cacheWriteInputTokens"),
        ),
        output: OutputTokens {
            total: count(&raw, "outputTokens"),
            text: None,
            thinking: None,
        },
        raw: Some(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::normalise;
    use serde_json::json;

    #[test]
    fn the_input_is_what_was_sent_with_what_the_cache_held() {
        let usage = normalise(json!({
            "inputTokens": 7, "outputTokens": 5, "totalTokens": 142,
            "cacheReadInputTokens": 100, "cacheWriteInputTokens": 30,
        }));
        assert_eq!(usage.input.total, Some(137));
        assert_eq!(usage.input.uncached, Some(7));
        assert_eq!(usage.input.cache_read, Some(100));
        assert_eq!(usage.input.cache_write, Some(30));
        assert_eq!(usage.output.total, Some(5));
        assert_eq!((usage.output.text, usage.output.thinking), (None, None));
    }

    #[test]
    fn what_is_not_said_stays_unknown() {
        let usage = normalise(json!({"outputTokens": 5}));
        assert_eq!((usage.input.total, usage.input.cache_read), (None, None));
        let usage = normalise(json!({"inputTokens": 3, "cacheReadInputTokens": null}));
        assert_eq!(usage.input.total, Some(3));
        assert_eq!((usage.input.cache_read, usage.output.total), (None, None));
    }
}
