//! Token counts as the provider reported them, in one shape for all.

use serde::Serialize;

/// Input tokens. `total` = `uncached` + `cache_read` + `cache_write`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct InputTokens {
    /// All input tokens, cached ones included.
    pub total: Option<u64>,
    /// Those that were neither read from nor written to a cache.
    pub uncached: Option<u64>,
    /// Those read from a cache.
    pub cache_read: Option<u64>,
    /// Those written to a cache.
    pub cache_write: Option<u64>,
}

impl InputTokens {
    /// From counts that leave out of `uncached` what was read from or written
    /// to a cache (Anthropic, Converse).
    pub fn beside_cache(
        uncached: Option<u64>,
        cache_read: Option<u64>,
        cache_write: Option<u64>,
    ) -> Self {
        let cached = cache_read
            .unwrap_or(0)
            .saturating_add(cache_write.unwrap_or(0));
        Self {
            total: uncached.map(|tokens| tokens.saturating_add(cached)),
            uncached,
            cache_read,
            cache_write,
        }
    }
}

/// Output tokens. `total` = `text` + `thinking`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct OutputTokens {
    /// All output tokens, thinking included.
    pub total: Option<u64>,
    /// Those of the answer.
    pub text: Option<u64>,
    /// Those of thinking.
    pub thinking: Option<u64>,
}

/// Usage of one response. Every number is optional: what the provider did not
/// say stays unknown and is never shown as 0.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Usage {
    /// Input side.
    pub input: InputTokens,
    /// Output side.
    pub output: OutputTokens,
    /// The provider's own block, as it came (the last one, merged where the
    /// dialect sends it in parts).
    pub raw: Option<serde_json::Value>,
}

impl Usage {
    /// Input tokens of images, where the provider counts them apart: OpenAI,
    /// its imitations and OpenRouter as `image_tokens` among the details of the
    /// input, Gemini by modality.
    pub fn image_tokens(&self) -> Option<u64> {
        let raw = self.raw.as_ref()?;
        let details = ["prompt_tokens_details", "input_tokens_details"];
        let named = details.into_iter().find_map(|key| {
            let details = raw.get(key)?;
            details.get("image_tokens")?.as_u64()
        });
        let by_modality = || {
            let details = raw.get("promptTokensDetails")?.as_array()?;
            let of_images = details.iter().filter(|one| {
                one.get("modality").and_then(serde_json::Value::as_str) == Some("IMAGE")
            });
            let counts: Vec<u64> = of_images
                .filter_map(|one| one.get("tokenCount")?.as_u64())
                .collect();
            (!counts.is_empty()).then(|| counts.into_iter().fold(0, u64::saturating_add))
        };
        // None of them counted apart is not known to be none at all.
        named.or_else(by_modality).filter(|count| *count > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::Usage;
    use serde_json::json;

    #[test]
    fn tokens_of_images_are_read_where_they_are_counted_apart() {
        let of = |raw| {
            let raw = Some(raw);
            let usage = Usage {
                raw,
                ..Usage::default()
            };
            usage.image_tokens()
        };
        let chat = json!({ "prompt_tokens_details": { "image_tokens": 85, "cached_tokens": 0 } });
        assert_eq!(of(chat), Some(85));
        let responses = json!({ "input_tokens_details": { "image_tokens": 7 } });
        assert_eq!(of(responses), Some(7));
        let gemini = json!({ "promptTokensDetails": [
            { "modality": "TEXT", "tokenCount": 4 }, { "modality": "IMAGE", "tokenCount": 258 } ] });
        assert_eq!(of(gemini), Some(258));
        assert_eq!(of(json!({ "prompt_tokens": 9 })), None);
        assert_eq!(
            of(json!({ "prompt_tokens_details": { "image_tokens": 0 } })),
            None
        );
        assert_eq!(Usage::default().image_tokens(), None);
    }
}
