//! What is known about single models.

use super::pattern;
use crate::core::{
    domain::Params,
    sorted::SortedMap,
    strict::{row, word},
};

word! {
    /// The parameters a person may set, by their standard names.
    #[derive(Hash, PartialOrd, Ord)]
    pub enum Param {
        /// Sampling temperature.
        Temperature = "temperature",
        /// Nucleus sampling mass.
        TopP = "top_p",
        /// Number of likeliest tokens.
        TopK = "top_k",
        /// Limit of output tokens.
        MaxOutputTokens = "max_output_tokens",
        /// Tokens of input and output that the server makes room for.
        ContextWindow = "context_window",
        /// Texts that end the answer.
        Stop = "stop",
        /// Seed.
        Seed = "seed",
        /// Reasoning effort.
        ReasoningEffort = "reasoning_effort",
        /// Summary of the reasoning.
        ReasoningSummary = "reasoning_summary",
        /// Service tier.
        ServiceTier = "service_tier",
        /// Upstream providers, in the order in which they are tried.
        ProviderOrder = "provider_order",
        /// JSON Schema of the answer.
        ResponseSchema = "response_schema",
    }
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

word! {
    /// Why a parameter is not sent.
    pub enum RefusedBecause {
        /// The API has no such parameter.
        NotInApi = "not_in_api",
        /// Models that reason do not take it.
        ReasoningModel = "reasoning_model",
        /// The model takes it only with `reasoning_effort` set to `none`.
        NeedsEffortNone = "needs_effort_none",
        /// The model samples in its own way and takes no other values.
        FixedSampling = "fixed_sampling",
        /// The model's effort cannot be set.
        NoEffort = "no_effort",
        /// The model gives no summary of its reasoning.
        NoSummary = "no_summary",
    }
}

row! {
    /// Inclusive limits of a number.
    #[derive(Copy, PartialEq)]
    pub struct Range {
        /// Smallest value.
        pub min: f64,
        /// Largest value.
        pub max: f64,
    }
}

impl Range {
    /// Whether the value lies within; never true for a NaN.
    pub fn contains(&self, value: f64) -> bool {
        (self.min..=self.max).contains(&value)
    }
}

word! {
    /// Where the system prompt goes, in dialects that leave a choice.
    #[derive(Default)]
    pub enum SystemPlace {
        /// Where the dialect has it; in Chat Completions the role `system`.
        #[default]
        System = "system",
        /// The role `developer` of Chat Completions.
        Developer = "developer",
        /// At the head of the first user message.
        FirstUser = "first_user",
    }
}

word! {
    /// When thinking is asked for.
    pub enum When {
        /// The model thinks anyway: asking makes it visible and changes no answer.
        Always = "always",
        /// The model thinks only when asked: only where the person set an effort.
        EffortSet = "effort_set",
    }
}

row! {
    /// What to add to the body so that thinking can be seen and timed.
    #[derive(PartialEq)]
    pub struct Thinking {
        /// When to add it; never with the effort `none`.
        pub when: When,
        /// Where, with dots between the levels.
        pub path: String,
        /// What.
        pub value: serde_json::Value,
    }
}

row! {
    /// What is known about the models that match. The first matching rule counts,
    /// alone. Models without a rule get everything the API has.
    #[derive(Default)]
    pub struct ModelRule {
        /// Patterns of ids; `*` stands for any run of characters.
        pub patterns ("match"): Vec<String> = Vec::new(),
        /// Parameters that the model answers with an error.
        pub refuses: SortedMap<Param, RefusedBecause> = SortedMap::new(),
        /// Parameters that the model accepts and does not heed.
        pub ignores: Vec<Param> = Vec::new(),
        /// Whether `temperature` and `top_p` exclude each other.
        pub temperature_xor_top_p: bool = false,
        /// Parameters that the model refuses while it thinks.
        pub not_with_thinking: Vec<Param> = Vec::new(),
        /// The efforts the model knows, lowest first; empty where not known. One
        /// that it knows over Responses alone is written `max@responses`.
        pub efforts: Vec<String> = Vec::new(),
        /// The effort it takes when none is set.
        pub default_effort: Option<String> = None,
        /// For models that take a budget instead of a word: tokens by effort.
        pub effort_budgets: SortedMap<String, u64> = SortedMap::new(),
        /// What makes its thinking visible.
        pub thinking: Option<Thinking> = None,
        /// The limit to send where the dialect requires one and none is set.
        pub default_max_tokens: Option<u64> = None,
        /// Where the system prompt goes.
        pub system: Option<SystemPlace> = None,
        /// Context window in tokens.
        pub context: Option<u64> = None,
        /// Most output tokens, thinking included.
        pub max_output: Option<u64> = None,
    }
}

impl ModelRule {
    /// Whether the rule speaks of this model.
    pub fn matches(&self, model: &str) -> bool {
        pattern::any(&self.patterns, model)
    }
}

row! {
    /// A name for a group of models.
    pub struct Family {
        /// Patterns of ids.
        pub patterns ("match"): Vec<String>,
        /// What the group is called.
        pub name: String,
    }
}

impl Family {
    /// Whether the model belongs to it.
    pub fn matches(&self, model: &str) -> bool {
        pattern::any(&self.patterns, model)
    }
}
