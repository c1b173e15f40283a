//! Gemini chunks to our events.

use super::dto::{Candidate, Chunk, FunctionCall, Part, PromptFeedback};
use super::usage::normalise;
use crate::core::domain::{Finish, FinishReason};
use crate::core::json;
use crate::core::wire::error::failure_from_json;
use crate::core::wire::frame::Frame;
use crate::core::wire::{BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage};
use serde_json::Value;

/// A frame with none of these is not a `GenerateContentResponse`.
const MARKS: [&str; 5] = [
    "candidates",
    "promptFeedback",
    "usageMetadata",
    "modelVersion",
    "responseId",
];

/// Decodes Gemini `streamGenerateContent`.
///
/// A finish reason is held back until [`DecodeFrames::end`], because it need
/// not be the last: with code execution an intermediate chunk says `STOP` and
/// the answer follows. Until then the progress is `Settling`, except after a
/// `STOP` where code or its result came last; then more is expected, and
/// only the end of the body decides. After `end` a held reason reads `Complete`,
/// so truncation is to be judged after `end`.
#[derive(Debug, Default)]
pub struct GeminiDecoder {
    next_block: u32,
    open: Option<(u32, BlockKind)>,
    meta: ResponseMeta,
    usage: Option<Value>,
    finish: Option<Finish>,
    called: bool,
    /// Code or its result came last, thoughts aside, so an answer should follow.
    in_code: bool,
    stage: Stage,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Reading,
    Failed,
    Ended,
}

impl DecodeFrames for GeminiDecoder {
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage {
        let data = frame.data.trim();
        if self.stage == Stage::Failed || data == "[DONE]" {
            return Triage::Known;
        }
        if data.is_empty() {
            return Triage::Unknown;
        }
        self.whole(data, out)
    }

    fn whole(&mut self, body: &str, out: &mut Vec<StreamEvent>) -> Triage {
        match json::parse(body) {
            Ok(Value::Array(chunks)) => chunks
                .into_iter()
                .map(|chunk| self.chunk(chunk, out))
                .fold(Triage::Unknown, worse),
            Ok(chunk) => self.chunk(chunk, out),
            Err(_) => Triage::Corrupt,
        }
    }

    fn end(&mut self, out: &mut Vec<StreamEvent>) {
        self.close(out);
        if let Some(finish) = self.finish.clone()
            && self.stage == Stage::Reading
        {
            out.push(StreamEvent::Finish(finish));
        }
        if self.stage == Stage::Reading {
            self.stage = Stage::Ended;
        }
    }

    fn progress(&self) -> Progress {
        match &self.finish {
            _ if self.stage == Stage::Failed => Progress::Complete,
            None => Progress::Open,
            Some(_) if self.stage == Stage::Ended => Progress::Complete,
            Some(finish) if self.in_code && finish.raw.as_deref() == Some("STOP") => Progress::Open,
            Some(_) => Progress::Settling,
        }
    }
}

impl GeminiDecoder {
    fn chunk(&mut self, chunk: Value, out: &mut Vec<StreamEvent>) -> Triage {
        if !chunk.is_object() {
            return Triage::Corrupt;
        }
        if chunk.get("error").is_some_and(|error| !error.is_null()) {
            self.fail(&chunk, out);
            return Triage::Known;
        }
        if !MARKS.iter().any(|mark| chunk.get(mark).is_some()) {
            return Triage::Unknown;
        }
        let Ok(chunk) = json::from_value::<Chunk>(chunk) else {
            return Triage::Corrupt;
        };
        let Chunk {
            candidates,
            prompt_feedback,
            usage_metadata,
            model_version,
            response_id,
        } = chunk;
        let usage = usage_metadata.filter(Value::is_object);
        self.set_meta(response_id, model_version, usage.as_ref(), out);
        for candidate in candidates.into_iter().flatten() {
            if candidate.index.unwrap_or(0) == 0 {
                self.candidate(candidate, out);
            }
        }
        if let Some(feedback) = prompt_feedback {
            self.feedback(feedback, out);
        }
        self.set_usage(usage, out);
        Triage::Known
    }

    fn set_meta(
        &mut self,
        id: Option<String>,
        model: Option<String>,
        usage: Option<&Value>,
        out: &mut Vec<StreamEvent>,
    ) {
        // Vertex AI tells the same under another name.
        let tier = usage.and_then(|usage| {
            let tier = usage
                .get("serviceTier")
                .or_else(|| usage.get("trafficType"));
            tier?.as_str()
        });
        let meta = ResponseMeta {
            id: id.or_else(|| self.meta.id.clone()),
            model: model.or_else(|| self.meta.model.clone()),
            service_tier: tier
                .map(str::to_owned)
                .or_else(|| self.meta.service_tier.clone()),
        };
        if meta != self.meta {
            self.meta = meta.clone();
            out.push(StreamEvent::Meta(meta));
        }
    }

    fn set_usage(&mut self, usage: Option<Value>, out: &mut Vec<StreamEvent>) {
        if let Some(usage) = usage
            && self.usage.as_ref() != Some(&usage)
        {
            out.push(StreamEvent::Usage(normalise(&usage)));
            self.usage = Some(usage);
        }
    }

    fn candidate(&mut self, candidate: Candidate, out: &mut Vec<StreamEvent>) {
        let Candidate {
            content,
            finish_reason,
            finish_message,
            ..
        } = candidate;
        for part in content
            .and_then(|content| content.parts)
            .into_iter()
            .flatten()
        {
            self.part(part, out);
        }
        if let Some(raw) = said(finish_reason, "FINISH_REASON_UNSPECIFIED") {
            let unified = match unify(&raw) {
                // Gemini says STOP where a tool is to be called.
                FinishReason::Stop if self.called => FinishReason::ToolCalls,
                unified => unified,
            };
            self.finish = Some(Finish {
                unified,
                raw: Some(raw),
            });
        }
        push_words("finishMessage", finish_message, out);
    }

    fn feedback(&mut self, feedback: PromptFeedback, out: &mut Vec<StreamEvent>) {
        if let Some(raw) = said(feedback.block_reason, "BLOCK_REASON_UNSPECIFIED") {
            self.finish = Some(Finish {
                unified: FinishReason::ContentFilter,
                raw: Some(raw),
            });
        }
        push_words("blockReasonMessage", feedback.block_reason_message, out);
    }

    fn part(&mut self, part: Part, out: &mut Vec<StreamEvent>) {
        if part.executable_code.is_some() || part.code_execution_result.is_some() {
            self.in_code = true;
        }
        if let Some(call) = part.function_call {
            self.call(call, out);
        }
        let Some(text) = part.text.filter(|text| !text.is_empty()) else {
            return;
        };
        let kind = if part.thought == Some(true) {
            BlockKind::Thinking
        } else {
            self.in_code = false;
            BlockKind::Text
        };
        let block = match &self.open {
            Some((block, open)) if *open == kind => *block,
            _ => self.start(kind, out),
        };
        out.push(StreamEvent::Delta { block, text });
    }

    /// Calls come whole. Where arguments are streamed piecewise (an option that
    /// we never set) only the name is kept.
    fn call(&mut self, call: FunctionCall, out: &mut Vec<StreamEvent>) {
        let FunctionCall { id, name, args } = call;
        let args = args.filter(|args| !args.is_null());
        if name.is_none() && args.is_none() {
            return;
        }
        self.in_code = false;
        self.called = true;
        let block = self.start(BlockKind::ToolCall { id, name }, out);
        if let Some(args) = args {
            out.push(StreamEvent::Delta {
                block,
                text: args.to_string(),
            });
        }
        self.close(out);
    }

    fn start(&mut self, kind: BlockKind, out: &mut Vec<StreamEvent>) -> u32 {
        self.close(out);
        let block = self.next_block;
        self.next_block = block.saturating_add(1);
        out.push(StreamEvent::BlockStart {
            block,
            kind: kind.clone(),
        });
        self.open = Some((block, kind));
        block
    }

    fn close(&mut self, out: &mut Vec<StreamEvent>) {
        if let Some((block, _)) = self.open.take() {
            out.push(StreamEvent::BlockEnd { block });
        }
    }

    /// An error after a finish reason does not undo the answer.
    fn fail(&mut self, chunk: &Value, out: &mut Vec<StreamEvent>) {
        let failure = failure_from_json(chunk);
        if self.finish.is_some() {
            out.push(StreamEvent::Warning(failure));
        } else {
            self.close(out);
            out.push(StreamEvent::Error(failure));
            self.stage = Stage::Failed;
        }
    }
}

fn push_words(name: &str, words: Option<String>, out: &mut Vec<StreamEvent>) {
    if let Some(words) = words.filter(|words| !words.is_empty()) {
        out.push(StreamEvent::Extra {
            name: name.to_owned(),
            value: Value::String(words),
        });
    }
}

fn said(word: Option<String>, unspecified: &str) -> Option<String> {
    word.filter(|word| !word.is_empty() && word != unspecified)
}

/// A body of several chunks is as bad as its worst, and known if any is.
fn worse(one: Triage, other: Triage) -> Triage {
    match (one, other) {
        (Triage::Corrupt, _) | (_, Triage::Corrupt) => Triage::Corrupt,
        (Triage::Known, _) | (_, Triage::Known) => Triage::Known,
        _ => Triage::Unknown,
    }
}

fn unify(raw: &str) -> FinishReason {
    match raw {
        "STOP" => FinishReason::Stop,
        "MAX_TOKENS" => FinishReason::Length,
        "SAFETY"
        | "RECITATION"
        | "BLOCKLIST"
        | "PROHIBITED_CONTENT"
        | "SPII"
        | "MODEL_ARMOR"
        | "JAILBREAK"
        | "IMAGE_SAFETY"
        | "IMAGE_PROHIBITED_CONTENT"
        | "IMAGE_RECITATION" => FinishReason::ContentFilter,
        _ => FinishReason::Other,
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
