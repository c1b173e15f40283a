//! One run out of a document.

use super::{Chunks, Figures, Marks, ResultRun, RunFacts, ToolCall, read_cost::read_cost};
use crate::core::{
    domain::{
        BlockCause, Failure, FailureKind, Finish, FinishReason, InputTokens, Millis, ModelId,
        OutputTokens, ProtocolFault, ProviderId, Usage,
    },
    json,
    pricing::Moment,
    recipe::{
        Expected, RecipeError,
        fields::{Fields, wrong},
    },
    recording::Arrivals,
    run::Phase,
    wire::{BlockKind, FrameCounts, ResponseMeta, ServerTiming, request::SentReport},
};
use serde_json::Value;

const PHASES: [&str; 9] = [
    "idle",
    "queued",
    "connecting",
    "waiting",
    "thinking",
    "answering",
    "done",
    "stopped",
    "failed",
];
const BLOCKS: [&str; 4] = ["text", "thinking", "tool_call", "refusal"];

pub(super) fn read_result_run(
    (path, value): (String, Value),
    provider: &ProviderId,
    model: &ModelId,
) -> Result<ResultRun, RecipeError> {
    let mut fields = Fields::of(path, value)?;
    let mut facts = RunFacts::new(phase(fields.required_word("status", &PHASES)?));
    // An odd date is no reason to refuse the run.
    facts.sent_at = fields
        .text("sent_at")?
        .and_then(|text| Moment::parse_iso(&text));
    facts.sent_after_ms = millis(&mut fields, "sent_after_ms")?;
    facts.simulated = fields.flag("simulated")?.unwrap_or_default();
    facts.finish = finish(&mut fields)?;
    facts.answer = fields.text("answer")?.unwrap_or_default();
    facts.thinking = fields.text("thinking")?.unwrap_or_default();
    for item in fields.list("tool_calls")? {
        facts.tool_calls.push(tool_call(item)?);
    }
    facts.chunks = chunks(&mut fields, &facts.tool_calls)?;
    facts.failure = fields.object("error")?.map(failure).transpose()?;
    for (path, value) in fields.list("warnings")? {
        facts.warnings.push(failure(Fields::of(path, value)?)?);
    }
    facts.sent = fields.object("sent")?.map(|sent| Value::Object(sent.map));
    let gen_ai = fields.object("gen_ai")?.map(|names| names.map);
    facts.meta = ResponseMeta {
        id: gen_ai
            .as_ref()
            .and_then(|names| names.get("gen_ai.response.id")?.as_str())
            .map(str::to_owned),
        model: fields.text("response_model")?,
        service_tier: fields.text("service_tier")?,
    };
    facts.usage = usage(&mut fields)?;
    let extras = fields.object("extras")?;
    facts.extras = extras.map(|extras| extras.map).unwrap_or_default();
    facts.server_timing = fields
        .object("server_timing")?
        .map(server_timing)
        .transpose()?;
    facts.cost = fields.object("cost")?.map(read_cost).transpose()?;
    facts.marks = marks(&mut fields)?;
    facts.figures = figures(&mut fields)?;
    facts.first_call = fields.flag("first_call")?.unwrap_or_default();
    facts.hidden_tab = fields.flag("hidden_tab")?.unwrap_or_default();
    if let Some(mut frames) = fields.object("frames")? {
        let mut count = |name| frames.whole(name, Expected::Count);
        facts.frames = FrameCounts {
            known: count("known")?.unwrap_or_default(),
            unknown: count("unknown")?.unwrap_or_default(),
            corrupt: count("corrupt")?.unwrap_or_default(),
        };
    }
    let mut run = ResultRun::new(provider, model, facts);
    run.extra = fields.map;
    Ok(run)
}

fn phase(word: &str) -> Phase {
    match word {
        "queued" => Phase::Queued,
        "connecting" => Phase::Connecting,
        "waiting" => Phase::Waiting,
        "thinking" => Phase::Thinking,
        "answering" => Phase::Answering,
        "done" => Phase::Done,
        "stopped" => Phase::Stopped,
        "failed" => Phase::Failed,
        _ => Phase::Idle,
    }
}

fn millis(fields: &mut Fields, name: &str) -> Result<Option<Millis>, RecipeError> {
    Ok(fields.number(name)?.map(Millis))
}

fn finish(fields: &mut Fields) -> Result<Option<Finish>, RecipeError> {
    let Some(mut object) = fields.object("finish_reason")? else {
        return Ok(None);
    };
    let unified = match object.required_text("unified")?.as_str() {
        "stop" => FinishReason::Stop,
        "length" => FinishReason::Length,
        "refusal" => FinishReason::Refusal,
        "content_filter" => FinishReason::ContentFilter,
        "tool_calls" => FinishReason::ToolCalls,
        // A word of a later version.
        _ => FinishReason::Other,
    };
    let raw = object.text("raw")?;
    Ok(Some(Finish { unified, raw }))
}

fn tool_call((path, value): (String, Value)) -> Result<ToolCall, RecipeError> {
    let mut fields = Fields::of(path, value)?;
    Ok(ToolCall {
        id: fields.text("id")?,
        name: fields.text("name")?,
        arguments: fields.required_text("arguments")?,
    })
}

fn chunks(fields: &mut Fields, calls: &[ToolCall]) -> Result<Chunks, RecipeError> {
    let Some(mut object) = fields.object("chunks")? else {
        return Ok(Chunks::default());
    };
    let mut calls = calls.iter();
    let mut blocks = Vec::new();
    for (path, value) in object.list("blocks")? {
        let word = value.as_str().unwrap_or_default();
        blocks.push(match word {
            "text" => BlockKind::Text,
            "thinking" => BlockKind::Thinking,
            "refusal" => BlockKind::Refusal,
            "tool_call" => {
                let call = calls.next();
                BlockKind::ToolCall {
                    id: call.and_then(|call| call.id.clone()),
                    name: call.and_then(|call| call.name.clone()),
                }
            }
            _ => {
                return Err(RecipeError::UnknownValue {
                    path,
                    found: word.to_owned(),
                    allowed: &BLOCKS,
                });
            }
        });
    }
    let after = column(&mut object, "after_ms", Value::as_f64)?;
    let whole = |value: &Value| value.as_u64().and_then(|count| u32::try_from(count).ok());
    let block = column(&mut object, "block", whole)?;
    let chars = column(&mut object, "chars", whole)?;
    let arrivals = Arrivals::from_columns(&after, &block, &chars)
        .ok_or_else(|| wrong(object.path_of("after_ms"), Expected::Number))?;
    let is_thinned = object.flag("thinned")?.unwrap_or_default();
    Ok(Chunks {
        blocks,
        arrivals: if is_thinned {
            arrivals.thinned()
        } else {
            arrivals
        },
    })
}

/// A list of numbers; a path is only made for the one that is wrong.
fn column<N>(
    object: &mut Fields,
    name: &str,
    read: impl Fn(&Value) -> Option<N>,
) -> Result<Vec<N>, RecipeError> {
    let path = object.path_of(name);
    match object.take(name) {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => {
            let numbered = items.iter().enumerate();
            numbered
                .map(|(at, item)| {
                    read(item).ok_or_else(|| wrong(format!("{path}[{at}]"), Expected::Number))
                })
                .collect()
        }
        Some(_) => Err(wrong(path, Expected::List)),
    }
}

fn failure(mut fields: Fields) -> Result<Failure, RecipeError> {
    let kind = match fields.required_text("kind")?.as_str() {
        "auth" => FailureKind::Auth,
        "billing" => FailureKind::Billing,
        "permission" => FailureKind::Permission,
        "not_found" => FailureKind::NotFound,
        "rate_limited" => FailureKind::RateLimited,
        "overloaded" => FailureKind::Overloaded,
        "bad_request" => FailureKind::BadRequest,
        "content_filter" => FailureKind::ContentFilter,
        "blocked" => {
            let causes = fields.list("causes")?;
            let known = causes
                .iter()
                .filter_map(|(_, cause)| BlockCause::of_word(cause.as_str()?));
            FailureKind::Blocked(known.collect())
        }
        "timeout" => FailureKind::Timeout,
        "truncated" => FailureKind::Truncated,
        "protocol" => {
            let fault = fields.text("fault")?;
            let fault = fault.and_then(|word| ProtocolFault::of_word(&word));
            FailureKind::Protocol(fault.unwrap_or(ProtocolFault::Unrecognised))
        }
        "too_large" => FailureKind::TooLarge,
        // Also a kind of a later version.
        _ => FailureKind::Server,
    };
    Ok(Failure {
        kind,
        status: fields.whole("status", Expected::Count)?,
        detail: fields.text("detail")?,
        code: fields.text("code")?,
        param: fields.text("param")?,
        retry_after: millis(&mut fields, "retry_after_ms")?,
    })
}

fn usage(fields: &mut Fields) -> Result<Option<Usage>, RecipeError> {
    let Some(mut object) = fields.object("usage")? else {
        return Ok(None);
    };
    let mut usage = Usage::default();
    if let Some(mut input) = object.object("input")? {
        let mut count = |name| input.whole(name, Expected::Count);
        usage.input = InputTokens {
            total: count("total")?,
            uncached: count("uncached")?,
            cache_read: count("cache_read")?,
            cache_write: count("cache_write")?,
        };
    }
    if let Some(mut output) = object.object("output")? {
        let mut count = |name| output.whole(name, Expected::Count);
        usage.output = OutputTokens {
            total: count("total")?,
            text: count("text")?,
            thinking: count("thinking")?,
        };
    }
    usage.raw = object.take("raw");
    Ok(Some(usage))
}

fn server_timing(mut fields: Fields) -> Result<ServerTiming, RecipeError> {
    Ok(ServerTiming {
        source: fields.required_text("source")?.into(),
        queue: fields.number("queue_ms")?,
        load: fields.number("load_ms")?,
        prompt: fields.number("prompt_ms")?,
        first_token: fields.number("first_token_ms")?,
        generation: fields.number("generation_ms")?,
        total: fields.number("total_ms")?,
        prompt_tokens_per_second: fields.number("prompt_tokens_per_s")?,
        tokens_per_second: fields.number("output_tokens_per_s")?,
    })
}

fn marks(fields: &mut Fields) -> Result<Marks, RecipeError> {
    let Some(mut object) = fields.object("marks")? else {
        return Ok(Marks::default());
    };
    let mut at = |name| millis(&mut object, name);
    Ok(Marks {
        headers_ms: at("headers_ms")?,
        first_byte_ms: at("first_byte_ms")?,
        thinking_opened_ms: at("thinking_opened_ms")?,
        first_thinking_ms: at("first_thinking_ms")?,
        first_answer_ms: at("first_answer_ms")?,
        first_token_ms: at("first_token_ms")?,
        last_thinking_ms: at("last_thinking_ms")?,
        last_answer_ms: at("last_answer_ms")?,
        last_token_ms: at("last_token_ms")?,
        last_byte_ms: at("last_byte_ms")?,
        end_ms: at("end_ms")?,
    })
}

fn figures(fields: &mut Fields) -> Result<Figures, RecipeError> {
    let Some(mut object) = fields.object("figures")? else {
        return Ok(Figures::default());
    };
    Ok(Figures {
        ttft_ms: millis(&mut object, "ttft_ms")?,
        ttfa_ms: millis(&mut object, "ttfa_ms")?,
        total_ms: millis(&mut object, "total_ms")?,
        output_tokens_per_s: object.number("output_tokens_per_s")?,
    })
}

impl RunFacts {
    /// The request as it is shown. `None` where the document has none, or one in
    /// a form of its own.
    pub fn sent_report(&self) -> Option<SentReport> {
        let mut sent = self.sent.clone()?;
        let object = sent.as_object_mut()?;
        let headers: Vec<Value> = match object.get("headers") {
            Some(Value::Object(headers)) => headers
                .iter()
                .map(|(name, value)| Value::Array(vec![name.as_str().into(), value.clone()]))
                .collect(),
            Some(Value::Array(pairs)) => pairs.clone(),
            _ => Vec::new(),
        };
        object.insert("headers".to_owned(), headers.into());
        object
            .entry("notes")
            .or_insert_with(|| Value::Array(Vec::new()));
        json::from_value(sent).ok()
    }
}
