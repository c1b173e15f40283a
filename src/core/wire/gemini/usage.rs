//! Gemini's usage: cumulative, whole in every chunk, zero fields left out.

use crate::core::domain::{InputTokens, OutputTokens, Usage};
use crate::core::wire::count::count;
use serde_json::Value;

/// Normalises one `usageMetadata`.
///
/// The prompt count includes cached tokens, but not those that the server's
/// own tools put into the prompt; the candidates' count excludes thoughts. A
/// missing part counts as 0 in a sum whose other part is known, and stays
/// unknown itself.
pub(super) fn normalise(raw: &Value) -> Usage {
    let prompt = count(raw, "promptTokenCount");
    let tools = count(raw, "toolUsePromptTokenCount").unwrap_or(0);
    let cache_read = count(raw, "cachedContentTokenCount");
    let text = count(raw, "candidatesTokenCount");
    let thinking = count(raw, "thoughtsTokenCount");
    Usage {
        input: InputTokens {
            total: prompt.map(|prompt| prompt.saturating_add(tools)),
            uncached: prompt
                .and_then(|prompt| prompt.checked_sub(cache_read.unwrap_or(0)))
                .map(|fresh| fresh.saturating_add(tools)),
            cache_read,
            cache_write: None,
        },
        output: OutputTokens {
            total: match (text, thinking) {
                (None, None) => None,
                (text, thinking) => Some(text.unwrap_or(0).saturating_add(thinking.unwrap_or(0))),
            },
            text,
            thinking,
        },
        raw: Some(raw.clone()),
    }
}
