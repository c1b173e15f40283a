//! Why a response ended.

use serde::Serialize;

/// The unified finish reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// The model was done, or a stop sequence was met.
    Stop,
    /// The token limit was reached.
    Length,
    /// The model or provider declined to answer; ends as `done`.
    Refusal,
    /// A filter blocked prompt or answer; ends as `failed`.
    ContentFilter,
    /// The model wants to call a tool.
    ToolCalls,
    /// Anything else; the raw word says what.
    Other,
}

impl FinishReason {
    /// The word used in marks and exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::Refusal => "refusal",
            Self::ContentFilter => "content_filter",
            Self::ToolCalls => "tool_calls",
            Self::Other => "other",
        }
    }
}

/// A finish reason with the provider's own word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finish {
    /// Ours.
    pub unified: FinishReason,
    /// The provider's, exactly.
    pub raw: Option<String>,
}
