//! One run in the document's form.

use super::{Chunks, Figures, Marks, RunFacts, ToolCall, cost::cost_value, facts::no_time};
use crate::core::run::Phase;
use crate::core::{
    domain::{
        BlockCause, Failure, FailureKind, Finish, Millis, ModelId, ProtocolFault, ProviderId, Usage,
    },
    pricing::Moment,
    recipe::secret::clean_sent,
    wire::{BlockKind, FrameCounts, ServerTiming},
};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

/// One run in the document.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRun {
    /// What is known of it.
    pub facts: RunFacts,
    /// The OpenTelemetry names.
    gen_ai: Map<String, Value>,
    /// Fields that this version does not know.
    pub extra: Map<String, Value>,
}

impl ResultRun {
    /// The document's form of a run that asked `model` at `provider`. `sent`
    /// is brought into the document's form, and whatever looks like a key in
    /// its headers and URL is replaced.
    pub fn new(provider: &ProviderId, model: &ModelId, mut facts: RunFacts) -> Self {
        if let Some(sent) = &mut facts.sent {
            clean_sent(sent);
        }
        Self {
            gen_ai: gen_ai(provider, model, &facts),
            facts,
            extra: Map::new(),
        }
    }
}

impl Serialize for ResultRun {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = &self.facts;
        let written = Written {
            status: facts.status,
            sent_at: facts.sent_at.map(Moment::to_iso),
            sent_after_ms: facts.sent_after_ms,
            simulated: facts.simulated,
            finish_reason: facts.finish.as_ref().map(finish_value),
            answer: &facts.answer,
            thinking: &facts.thinking,
            tool_calls: &facts.tool_calls,
            chunks: Columns::of(&facts.chunks),
            error: facts.failure.as_ref().map(ResultError::of),
            warnings: facts.warnings.iter().map(ResultError::of).collect(),
            sent: facts.sent.as_ref(),
            response_model: facts.meta.model.as_deref(),
            service_tier: facts.meta.service_tier.as_deref(),
            usage: facts.usage.as_ref().and_then(usage_value),
            extras: &facts.extras,
            server_timing: facts.server_timing.as_ref(),
            cost: facts.cost.as_ref().and_then(cost_value),
            marks: &facts.marks,
            figures: &facts.figures,
            first_call: facts.first_call,
            hidden_tab: facts.hidden_tab,
            frames: facts.frames,
            gen_ai: &self.gen_ai,
            extra: &self.extra,
        };
        written.serialize(serializer)
    }
}

/// The members of a run in their order.
#[derive(Serialize)]
struct Written<'a> {
    status: Phase,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<String>,
    #[serde(skip_serializing_if = "no_time")]
    sent_after_ms: Option<Millis>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    simulated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    finish_reason: Option<Value>,
    answer: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    thinking: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    tool_calls: &'a [ToolCall],
    #[serde(skip_serializing_if = "Option::is_none")]
    chunks: Option<Columns<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ResultError<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<ResultError<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_model: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_tier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    extras: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server_timing: Option<&'a ServerTiming>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Value>,
    marks: &'a Marks,
    figures: &'a Figures,
    first_call: bool,
    hidden_tab: bool,
    frames: FrameCounts,
    gen_ai: &'a Map<String, Value>,
    #[serde(flatten)]
    extra: &'a Map<String, Value>,
}

/// The columns of the pieces, each written from the list itself: as values they
/// would take several times the memory of the text.
struct Columns<'a>(&'a Chunks);

impl<'a> Columns<'a> {
    /// `None` where no text came.
    fn of(chunks: &'a Chunks) -> Option<Self> {
        (!chunks.arrivals.is_empty()).then_some(Self(chunks))
    }
}

impl Serialize for Columns<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Chunks { blocks, arrivals } = self.0;
        let pieces = arrivals.pieces().iter();
        let columns = WrittenColumns {
            blocks: blocks.iter().map(block_word).collect(),
            after_ms: Column(arrivals.after_ms().map(Ms)),
            block: Column(pieces.clone().map(|piece| piece.block)),
            chars: Column(pieces.map(|piece| piece.chars)),
            thinned: arrivals.is_thinned(),
        };
        columns.serialize(serializer)
    }
}

#[derive(Serialize)]
#[serde(bound = "A: Serialize, B: Serialize, C: Serialize")]
struct WrittenColumns<A, B, C> {
    blocks: Vec<&'static str>,
    after_ms: A,
    block: B,
    chars: C,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    thinned: bool,
}

/// A list that is made as it is written.
struct Column<I>(I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for Column<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// A time; whole ones without `.0`: most pieces of a chunk come after 0 ms.
struct Ms(f64);

impl Serialize for Ms {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pieces have 32 bits of hundredths of a millisecond"
    )]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 {
            serializer.serialize_u64(self.0 as u64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

fn block_word(kind: &BlockKind) -> &'static str {
    match kind {
        BlockKind::Text => "text",
        BlockKind::Thinking => "thinking",
        BlockKind::ToolCall { .. } => "tool_call",
        BlockKind::Refusal => "refusal",
    }
}

/// A failure in the document.
#[derive(Serialize)]
struct ResultError<'a> {
    kind: &'static str,
    /// For `blocked`: the likely causes, likeliest first.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    causes: &'a [BlockCause],
    /// For `protocol`: what was wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<ProtocolFault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<&'a str>,
    #[serde(skip_serializing_if = "no_time")]
    retry_after_ms: Option<Millis>,
}

impl<'a> ResultError<'a> {
    fn of(failure: &'a Failure) -> Self {
        let (causes, fault): (&[BlockCause], _) = match &failure.kind {
            FailureKind::Blocked(causes) => (causes, None),
            FailureKind::Protocol(fault) => (&[], Some(*fault)),
            _ => (&[], None),
        };
        Self {
            kind: failure.kind.as_str(),
            causes,
            fault,
            status: failure.status,
            detail: failure.detail.as_deref(),
            code: failure.code.as_deref(),
            param: failure.param.as_deref(),
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
