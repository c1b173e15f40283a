//! One run in the document's form.

use super::{Figures, Marks, RunFacts, ToolCall, cost::cost_value, facts::no_time};
use crate::core::run::Phase;
use crate::core::{
    domain::{
        BlockCause, Failure, FailureKind, Finish, Millis, ModelId, ProtocolFault, ProviderId, Usage,
    },
    recipe::secret::clean_sent,
    wire::{FrameCounts, ServerTiming},
};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One run in the document. Made by [`ResultRun::new`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResultRun {
    status: Phase,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    simulated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    finish_reason: Option<Value>,
    answer: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    thinking: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_calls: Vec<ToolCall>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ResultError>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<ResultError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    extras: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_timing: Option<ServerTiming>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Value>,
    marks: Marks,
    figures: Figures,
    first_call: bool,
    hidden_tab: bool,
    frames: FrameCounts,
    gen_ai: Map<String, Value>,
}

impl ResultRun {
    /// The document's form of a run that asked `model` at `provider`. `sent`
    /// is brought into the document's form, and whatever looks like a key in
    /// its headers and URL is replaced.
    pub fn new(provider: &ProviderId, model: &ModelId, facts: RunFacts) -> Self {
        let mut sent = facts.sent.clone();
        if let Some(sent) = &mut sent {
            clean_sent(sent);
        }
        Self {
            gen_ai: gen_ai(provider, model, &facts),
            status: facts.status,
            simulated: facts.simulated,
            finish_reason: facts.finish.as_ref().map(finish_value),
            answer: facts.answer,
            thinking: facts.thinking,
            tool_calls: facts.tool_calls,
            error: facts.failure.map(ResultError::from),
            warnings: facts.warnings.into_iter().map(ResultError::from).collect(),
            sent,
            response_model: facts.meta.model,
            usage: facts.usage.as_ref().and_then(usage_value),
            extras: facts.extras,
            server_timing: facts.server_timing,
            cost: facts.cost.as_ref().and_then(cost_value),
            marks: facts.marks,
            figures: facts.figures,
            first_call: facts.first_call,
            hidden_tab: facts.hidden_tab,
            frames: facts.frames,
        }
    }
}

/// A failure in the document.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct ResultError {
    kind: &'static str,
    /// For `blocked`: the likely causes, likeliest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    causes: Vec<BlockCause>,
    /// For `protocol`: what was wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<ProtocolFault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<String>,
    #[serde(skip_serializing_if = "no_time")]
    retry_after_ms: Option<Millis>,
}

impl From<Failure> for ResultError {
    fn from(failure: Failure) -> Self {
        let kind = failure.kind.as_str();
        let (causes, fault) = match failure.kind {
            FailureKind::Blocked(causes) => (causes, None),
            FailureKind::Protocol(fault) => (Vec::new(), Some(fault)),
            _ => (Vec::new(), None),
        };
        Self {
            kind,
            causes,
            fault,
            status: failure.status,
            detail: failure.detail,
            code: failure.code,
            param: failure.param,
            retry_after_ms: failure.retry_after,
        }
    }
}

fn finish_value(finish: &Finish) -> Value {
    let mut out = Map::new();
    out.insert("unified".to_owned(), finish.unified.as_str().into());
    if let Some(raw) = &finish.raw {
        out.insert("raw".to_owned(), raw.as_str().into());
    }
    Value::Object(out)
}

/// Counts that are known, with the provider's own block; `None` for neither.
fn usage_value(usage: &Usage) -> Option<Value> {
    let side = |counts: &[(&str, Option<u64>)]| {
        let known = counts.iter().filter_map(|(name, count)| {
            let count = (*count)?;
            Some(((*name).to_owned(), Value::from(count)))
        });
        Value::Object(known.collect())
    };
    let input = side(&[
        ("total", usage.input.total),
        ("uncached", usage.input.uncached),
        ("cache_read", usage.input.cache_read),
        ("cache_write", usage.input.cache_write),
    ]);
    let output = side(&[
        ("total", usage.output.total),
        ("text", usage.output.text),
        ("thinking", usage.output.thinking),
    ]);
    let parts = [
        ("input", Some(input)),
        ("output", Some(output)),
        ("raw", usage.raw.clone()),
    ];
    let empty = Value::Object(Map::new());
    let known = parts.into_iter().filter_map(|(name, part)| {
        let part = part.filter(|part| *part != empty && !part.is_null())?;
        Some((name.to_owned(), part))
    });
    let out: Map<String, Value> = known.collect();
    (!out.is_empty()).then_some(Value::Object(out))
}

/// The OpenTelemetry names. A finish reason is the provider's own word there,
/// or ours where it has none.
fn gen_ai(provider: &ProviderId, model: &ModelId, facts: &RunFacts) -> Map<String, Value> {
    let usage = facts.usage.clone().unwrap_or_default();
    let finish = facts.finish.as_ref().map(|finish| {
        let word = finish.raw.as_deref();
        json!([word.unwrap_or(finish.unified.as_str())])
    });
    let text = |value: &Option<String>| value.clone().map(Value::from);
    let count = |value: Option<u64>| value.map(Value::from);
    let named = [
        ("provider.name", Some(provider_name(provider).into())),
        ("request.model", Some(model.as_str().into())),
        ("response.model", text(&facts.meta.model)),
        ("response.id", text(&facts.meta.id)),
        ("response.finish_reasons", finish),
        ("usage.input_tokens", count(usage.input.total)),
        ("usage.output_tokens", count(usage.output.total)),
        (
            "usage.cache_read.input_tokens",
            count(usage.input.cache_read),
        ),
        (
            "usage.cache_creation.input_tokens",
            count(usage.input.cache_write),
        ),
        (
            "usage.reasoning.output_tokens",
            count(usage.output.thinking),
        ),
    ];
    let known = named
        .into_iter()
        .filter_map(|(name, value)| Some((format!("gen_ai.{name}"), value?)));
    known.collect()
}

/// The well-known value of `gen_ai.provider.name`, where the convention has
/// one that differs from our row's id.
fn provider_name(provider: &ProviderId) -> &str {
    match provider.as_str() {
        "gemini" => "gcp.gemini",
        "bedrock" => "aws.bedrock",
        "mistral" => "mistral_ai",
        "xai" => "x_ai",
        other => other,
    }
}
