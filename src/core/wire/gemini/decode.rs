//! Gemini chunks to our events.

use super::usage::normalise;
use crate::core::domain::{Finish, FinishReason};
use crate::core::json;
use crate::core::wire::count::count;
use crate::core::wire::emit::{self, Blocks, Told};
use crate::core::wire::error::failure_from_json;
use crate::core::wire::fields::{at, field, given, inner, list, sound, word, words};
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
    blocks: Blocks,
    /// The open block, and whether it is of thinking.
    open: Option<(u32, bool)>,
    told: Told,
    /// As last told.
    usage: Value,
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
                .iter()
                .map(|chunk| self.chunk(chunk, out))
                .fold(Triage::Unknown, worse),
            Ok(chunk) => self.chunk(&chunk, out),
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
    fn chunk(&mut self, chunk: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        if !chunk.is_object() {
            return Triage::Corrupt;
        }
        if given(chunk, "error").is_some() {
            self.fail(chunk, out);
            return Triage::Known;
        }
        if !MARKS.iter().any(|mark| at(chunk, mark).is_some()) {
            return Triage::Unknown;
        }
        let usage = inner(chunk, "usageMetadata");
        // Vertex AI tells the same under another name.
        let tier = usage
            .and_then(|usage| word(usage, "serviceTier").or_else(|| word(usage, "trafficType")));
        let meta = ResponseMeta {
            id: word(chunk, "responseId"),
            model: word(chunk, "modelVersion"),
            service_tier: tier,
        };
        self.told.whole_meta(meta, out);
        let read = self.candidates(chunk, out);
        if let Some(feedback) = inner(chunk, "promptFeedback") {
            self.feedback(feedback, out);
        }
        if let Some(usage) = usage {
            self.set_usage(usage, out);
        }
        read.map_or(Triage::Corrupt, |()| Triage::Known)
    }

    fn set_usage(&mut self, usage: &Value, out: &mut Vec<StreamEvent>) {
        if *usage != self.usage {
            self.usage = usage.clone();
            out.push(StreamEvent::Usage(normalise(usage)));
        }
    }

    /// The first candidate; we ask for one. `None` where words of it may have
    /// been lost.
    fn candidates(&mut self, chunk: &Value, out: &mut Vec<StreamEvent>) -> Option<()> {
        for candidate in list(chunk, "candidates")? {
            let candidate = sound(candidate)?;
            if count(candidate, "index").unwrap_or(0) == 0 {
                self.candidate(candidate, out)?;
            }
        }
        Some(())
    }

    fn candidate(&mut self, candidate: &Value, out: &mut Vec<StreamEvent>) -> Option<()> {
        let mut is_even = true;
        for part in list(sound(field(candidate, "content"))?, "parts")? {
            is_even &= self.part(sound(part)?, out)?;
        }
        if let Some(raw) = said(candidate, "finishReason", "FINISH_REASON_UNSPECIFIED") {
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
        push_words("finishMessage", candidate, out);
        is_even.then_some(())
    }

    fn feedback(&mut self, feedback: &Value, out: &mut Vec<StreamEvent>) {
        if let Some(raw) = said(feedback, "blockReason", "BLOCK_REASON_UNSPECIFIED") {
            self.finish = Some(Finish {
                unified: FinishReason::ContentFilter,
                raw: Some(raw),
            });
        }
        push_words("blockReasonMessage", feedback, out);
    }

    /// A piece of an answer. Signatures and inline data are not shown. `false`
    /// where it is odd what its words are, `None` where they may be lost.
    fn part(&mut self, part: &Value, out: &mut Vec<StreamEvent>) -> Option<bool> {
        if given(part, "executableCode").is_some() || given(part, "codeExecutionResult").is_some() {
            self.in_code = true;
        }
        let (call, thought) = (given(part, "functionCall"), given(part, "thought"));
        let is_even = call.is_none_or(Value::is_object) && thought.is_none_or(Value::is_boolean);
        if let Some(call) = call.filter(|call| call.is_object()) {
            self.call(call, out);
        }
        let text = words(part, "text")?;
        if text.is_empty() {
            return Some(is_even);
        }
        let is_thinking = thought.and_then(Value::as_bool) == Some(true);
        self.in_code &= is_thinking;
        let block = match self.open {
            Some((block, open)) if open == is_thinking => block,
            _ => self.start(is_thinking, out),
        };
        emit::delta(block, text, out);
        Some(is_even)
    }

    /// Calls come whole. Where arguments are streamed piecewise (an option that
    /// we never set) only the name is kept.
    fn call(&mut self, call: &Value, out: &mut Vec<StreamEvent>) {
        let (name, args) = (word(call, "name"), given(call, "args"));
        if name.is_none() && args.is_none() {
            return;
        }
        self.in_code = false;
        self.called = true;
        self.close(out);
        let id = word(call, "id");
        let block = self.blocks.start(BlockKind::ToolCall { id, name }, out);
        let text = args.map(Value::to_string).unwrap_or_default();
        emit::delta(block, text, out);
        self.close(out);
    }

    fn start(&mut self, is_thinking: bool, out: &mut Vec<StreamEvent>) -> u32 {
        self.close(out);
        let kind = if is_thinking {
            BlockKind::Thinking
        } else {
            BlockKind::Text
        };
        let block = self.blocks.start(kind, out);
        self.open = Some((block, is_thinking));
        block
    }

    fn close(&mut self, out: &mut Vec<StreamEvent>) {
        self.open = None;
        self.blocks.end_all(out);
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

fn push_words(name: &str, of: &Value, out: &mut Vec<StreamEvent>) {
    if let Some(words) = word(of, name) {
        out.push(StreamEvent::Extra {
            name: name.to_owned(),
            value: Value::String(words),
        });
    }
}

fn said(of: &Value, name: &str, unspecified: &str) -> Option<String> {
    word(of, name).filter(|word| word != unspecified)
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
