//! Generation parameters in the field's standard names.

use serde::{Deserialize, Serialize};

/// What a person may set. `None` means "not set": it is then not sent, unless
/// the dialect requires it. Unknown fields of a recipe are kept by the recipe,
/// not here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Params {
    /// Sampling temperature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// Nucleus sampling mass, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f64>,
    /// Sample from the k likeliest tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_k: Option<u64>,
    /// Upper limit of output tokens, thinking included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_output_tokens: Option<u64>,
    /// How many tokens of input and output a server makes room for, where that
    /// is asked with each request (Ollama's `num_ctx`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_window: Option<u64>,
    /// Texts that end the answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stop: Vec<String>,
    /// Seed for repeatable sampling, where a provider has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
    /// Reasoning effort, in the provider's own word (`low`, `high`, …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_effort: Option<String>,
    /// How much of its reasoning the model is to sum up, in the provider's own
    /// word (`auto`, `concise`, `detailed`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_summary: Option<String>,
    /// How urgently the provider is to serve it, in the provider's own word
    /// (`flex`, `priority`, …).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_tier: Option<String>,
    /// The upstream providers that a router may pass the request on to, by its
    /// own short names, the first choice first (OpenRouter's `provider.order`).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub provider_order: Vec<String>,
    /// A JSON Schema that the answer must follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_schema: Option<serde_json::Value>,
}

impl Params {
    /// `own` laid over `shared`: a pane's own setting wins.
    pub fn overlay(shared: &Self, own: &Self) -> Self {
        let texts = |own: Vec<String>, shared| if own.is_empty() { shared } else { own };
        let own = own.clone();
        let shared = shared.clone();
        Self {
            temperature: own.temperature.or(shared.temperature),
            top_p: own.top_p.or(shared.top_p),
            top_k: own.top_k.or(shared.top_k),
            max_output_tokens: own.max_output_tokens.or(shared.max_output_tokens),
            context_window: own.context_window.or(shared.context_window),
            stop: texts(own.stop, shared.stop),
            seed: own.seed.or(shared.seed),
            reasoning_effort: own.reasoning_effort.or(shared.reasoning_effort),
            reasoning_summary: own.reasoning_summary.or(shared.reasoning_summary),
            service_tier: own.service_tier.or(shared.service_tier),
            provider_order: texts(own.provider_order, shared.provider_order),
            response_schema: own.response_schema.or(shared.response_schema),
        }
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
