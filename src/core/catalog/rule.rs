//! What is known about single models.

use super::pattern;
use crate::core::{domain::Params, sorted::SortedMap};
use serde::{Deserialize, Serialize};

/// The parameters a person may set, by their standard names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Param {
    /// Sampling temperature.
    Temperature,
    /// Nucleus sampling mass.
    TopP,
    /// Number of likeliest tokens.
    TopK,
    /// Limit of output tokens.
    MaxOutputTokens,
    /// Tokens of input and output that the server makes room for.
    ContextWindow,
    /// Texts that end the answer.
    Stop,
    /// Seed.
    Seed,
    /// Reasoning effort.
    ReasoningEffort,
    /// Summary of the reasoning.
    ReasoningSummary,
    /// Service tier.
    ServiceTier,
    /// Upstream providers, in the order in which they are tried.
    ProviderOrder,
    /// JSON Schema of the answer.
    ResponseSchema,
}

impl Param {
    /// All of them, in the order of the recipe document.
    pub const ALL: [Self; 12] = [
        Self::Temperature,
        Self::TopP,
        Self::TopK,
        Self::MaxOutputTokens,
        Self::ContextWindow,
        Self::Stop,
        Self::Seed,
        Self::ReasoningEffort,
        Self::ReasoningSummary,
        Self::ServiceTier,
        Self::ProviderOrder,
        Self::ResponseSchema,
    ];

    /// The standard name, as in the recipe document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Temperature => "temperature",
            Self::TopP => "top_p",
            Self::TopK => "top_k",
            Self::MaxOutputTokens => "max_output_tokens",
            Self::ContextWindow => "context_window",
            Self::Stop => "stop",
            Self::Seed => "seed",
            Self::ReasoningEffort => "reasoning_effort",
            Self::ReasoningSummary => "reasoning_summary",
            Self::ServiceTier => "service_tier",
            Self::ProviderOrder => "provider_order",
            Self::ResponseSchema => "response_schema",
        }
    }
}

impl Param {
    /// Whether a value of it is set.
    pub fn is_set_in(self, params: &Params) -> bool {
        match self {
            Self::Temperature => params.temperature.is_some(),
            Self::TopP => params.top_p.is_some(),
            Self::TopK => params.top_k.is_some(),
            Self::MaxOutputTokens => params.max_output_tokens.is_some(),
            Self::ContextWindow => params.context_window.is_some(),
            Self::Stop => !params.stop.is_empty(),
            Self::Seed => params.seed.is_some(),
            Self::ReasoningEffort => params.reasoning_effort.is_some(),
            Self::ReasoningSummary => params.reasoning_summary.is_some(),
            Self::ServiceTier => params.service_tier.is_some(),
            Self::ProviderOrder => !params.provider_order.is_empty(),
            Self::ResponseSchema => params.response_schema.is_some(),
        }
    }
}

/// Why a parameter is not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedBecause {
    /// The API has no such parameter.
    NotInApi,
    /// Models that reason do not take it.
    ReasoningModel,
    /// The model takes it only with `reasoning_effort` set to `none`.
    NeedsEffortNone,
    /// The model samples in its own way and takes no other values.
    FixedSampling,
    /// The model's effort cannot be set.
    NoEffort,
    /// The model gives no summary of its reasoning.
    NoSummary,
}

/// Inclusive limits of a number.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Smallest value.
    pub min: f64,
    /// Largest value.
    pub max: f64,
}

impl Range {
    /// Whether the value lies within; never true for a NaN.
    pub fn contains(&self, value: f64) -> bool {
        (self.min..=self.max).contains(&value)
    }
}

/// Where the system prompt goes, in dialects that leave a choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemPlace {
    /// Where the dialect has it; in Chat Completions the role `system`.
    #[default]
    System,
    /// The role `developer` of Chat Completions.
    Developer,
    /// At the head of the first user message.
    FirstUser,
}

/// When thinking is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// The model thinks anyway: asking makes it visible and changes no answer.
    Always,
    /// The model thinks only when asked: only where the person set an effort.
    EffortSet,
}

/// What to add to the body so that thinking can be seen and timed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thinking {
    /// When to add it; never with the effort `none`.
    pub when: When,
    /// Where, with dots between the levels.
    pub path: String,
    /// What.
    pub value: serde_json::Value,
}

/// What is known about the models that match. The first matching rule counts,
/// alone. Models without a rule get everything the API has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModelRule {
    /// Patterns of ids; `*` stands for any run of characters.
    #[serde(rename = "match")]
    pub patterns: Vec<String>,
    /// Parameters that the model answers with an error.
    pub refuses: SortedMap<Param, RefusedBecause>,
    /// Parameters that the model accepts and does not heed.
    pub ignores: Vec<Param>,
    /// Whether `temperature` and `top_p` exclude each other.
    pub temperature_xor_top_p: bool,
    /// Parameters that the model refuses while it thinks.
    pub not_with_thinking: Vec<Param>,
    /// The efforts the model knows, lowest first; empty where not known. One
    /// that it knows over Responses alone is written `max@responses`.
    pub efforts: Vec<String>,
    /// The effort it takes when none is set.
    pub default_effort: Option<String>,
    /// For models that take a budget instead of a word: tokens by effort.
    pub effort_budgets: SortedMap<String, u64>,
    /// What makes its thinking visible.
    pub thinking: Option<Thinking>,
    /// The limit to send where the dialect requires one and none is set.
    pub default_max_tokens: Option<u64>,
    /// Where the system prompt goes.
    pub system: Option<SystemPlace>,
    /// Context window in tokens.
    pub context: Option<u64>,
    /// Most output tokens, thinking included.
    pub max_output: Option<u64>,
}

impl ModelRule {
    /// Whether the rule speaks of this model.
    pub fn matches(&self, model: &str) -> bool {
        pattern::any(&self.patterns, model)
    }
}

/// A name for a group of models.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Patterns of ids.
    #[serde(rename = "match")]
    pub patterns: Vec<String>,
    /// What the group is called.
    pub name: String,
}

impl Family {
    /// Whether the model belongs to it.
    pub fn matches(&self, model: &str) -> bool {
        pattern::any(&self.patterns, model)
    }
}
