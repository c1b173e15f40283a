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
