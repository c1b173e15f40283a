//! Where a provider departs from its dialect.

use super::rule::Range;
use serde::Deserialize;

/// Where a provider departs from its dialect. The default is what most
/// OpenAI-compatible servers take.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quirks {
    /// Chat Completions: the name of the token limit.
    pub max_tokens_key: String,
    /// Chat Completions: whether `stream_options.include_usage` may be sent.
    pub stream_usage: bool,
    /// Chat Completions: the name of the seed, where there is one.
    pub seed_key: Option<String>,
    /// Chat Completions: the form of stop sequences.
    pub stop: StopForm,
    /// Most stop sequences in one request.
    pub max_stop: Option<usize>,
    /// The temperatures it takes; `None` where only the server can know.
    pub temperature: Option<Range>,
    /// Chat Completions: how effort is asked for.
    pub reasoning: ReasoningStyle,
    /// Chat Completions: how a schema is asked for.
    pub schema: SchemaStyle,
    /// The token limit to send where the dialect requires one.
    pub default_max_tokens: Option<u64>,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            max_tokens_key: "max_tokens".to_owned(),
            stream_usage: true,
            seed_key: Some("seed".to_owned()),
            stop: StopForm::StringOrArray,
            max_stop: None,
            temperature: None,
            reasoning: ReasoningStyle::EffortField,
            schema: SchemaStyle::JsonSchema,
            default_max_tokens: None,
        }
    }
}

/// Forms of stop sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopForm {
    /// One as text, several as a list.
    StringOrArray,
    /// Always a list.
    Array,
    /// There are none.
    None,
}

/// Ways to ask for effort in Chat Completions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasoningStyle {
    /// `reasoning_effort: "low"`.
    EffortField,
    /// `reasoning: {effort: "low"}`.
    ReasoningObject,
    /// `reasoning_effort`, and `thinking: {type: "disabled"}` for none.
    ThinkingSwitch,
    /// There is none.
    None,
}

/// Ways to ask for a schema in Chat Completions; with `ChatForm` in Responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SchemaStyle {
    /// `response_format: {type: "json_schema", …}`.
    JsonSchema,
    /// In Responses too: `response_format`, as in Chat Completions.
    ChatForm,
    /// `response_format: {type: "json_object"}`: some JSON, not this schema.
    JsonObject,
    /// There is none.
    None,
}
