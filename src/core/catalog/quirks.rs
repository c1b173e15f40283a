//! Where a provider departs from its dialect.

use super::rule::Range;
use crate::core::strict::{Strict, row, word};

row! {
    /// Where a provider departs from its dialect. The default is what most
    /// OpenAI-compatible servers take.
    #[derive(PartialEq)]
    pub struct Quirks {
        /// Chat Completions: the name of the token limit.
        pub max_tokens_key: String = "max_tokens".to_owned(),
        /// Chat Completions: whether `stream_options.include_usage` may be sent.
        pub stream_usage: bool = true,
        /// Chat Completions: the name of the seed, where there is one.
        pub seed_key: Option<String> = Some("seed".to_owned()),
        /// Chat Completions: the form of stop sequences.
        pub stop: StopForm = StopForm::StringOrArray,
        /// Most stop sequences in one request.
        pub max_stop: Option<usize> = None,
        /// The temperatures it takes; `None` where only the server can know.
        pub temperature: Option<Range> = None,
        /// Chat Completions: how effort is asked for.
        pub reasoning: ReasoningStyle = ReasoningStyle::EffortField,
        /// Chat Completions: how a schema is asked for.
        pub schema: SchemaStyle = SchemaStyle::JsonSchema,
        /// The token limit to send where the dialect requires one.
        pub default_max_tokens: Option<u64> = None,
    }
}

impl Default for Quirks {
    fn default() -> Self {
        Self::blank()
    }
}

word! {
    /// Forms of stop sequences.
    pub enum StopForm {
        /// One as text, several as a list.
        StringOrArray = "string_or_array",
        /// Always a list.
        Array = "array",
        /// There are none.
        None = "none",
    }
}

word! {
    /// Ways to ask for effort in Chat Completions.
    pub enum ReasoningStyle {
        /// `reasoning_effort: "low"`.
        EffortField = "effort_field",
        /// `reasoning: {effort: "low"}`.
        ReasoningObject = "reasoning_object",
        /// `reasoning_effort`, and `thinking: {type: "disabled"}` for none.
        ThinkingSwitch = "thinking_switch",
        /// There is none.
        None = "none",
    }
}

word! {
    /// Ways to ask for a schema in Chat Completions; with `ChatForm` in Responses.
    pub enum SchemaStyle {
        /// `response_format: {type: "json_schema", …}`.
        JsonSchema = "json_schema",
        /// In Responses too: `response_format`, as in Chat Completions.
        ChatForm = "chat_form",
        /// `response_format: {type: "json_object"}`: some JSON, not this schema.
        JsonObject = "json_object",
        /// There is none.
        None = "none",
    }
}
