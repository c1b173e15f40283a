//! Chat Completions to events.
//!
//! All text of the answer goes into one text block, as the format knows only one
//! `content` per answer; it stays open until the end, while a thinking block ends
//! when text begins. `finish_reason` is the terminal event; since usage may
//! follow it, the decoder is then settling, and complete at `[DONE]`. `[DONE]`
//! without a `finish_reason` is no terminal event.

use super::{
    chunk::{failure_in, is_known, thinking},
    finish::{self, Ending},
    think::{Piece, ThinkTags},
    tools::ToolCalls,
};
use crate::core::{
    domain::{Failure, FailureKind, Finish, FinishReason},
    json::parse_lossy,
    wire::{
        BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage,
        count::count,
        emit::{self, Blocks, Told},
        error::failure_from_json,
        fields::{field, flat, inner, kind, objects, word},
        frame::Frame,
        triage::{excerpt, is_keepalive},
    },
};
use serde_json::Value;

/// Side figures that stand beside usage, by who sends them: llama.cpp, Cerebras,
/// Fireworks, Groq, LM Studio, OpenRouter (who served it), Venice, GitHub Copilot.
const BESIDE_USAGE: [&str; 8] = [
    "timings",
    "time_info",
    "perf_metrics",
    "x_groq",
    "stats",
    "provider",
    "cost",
    "copilot_usage",
];

/// The decoder of one response. See the module.
#[derive(Debug, Default)]
pub struct OpenaiChatDecoder {
    blocks: Blocks,
    told: Told,
    tags: ThinkTags,
    tools: ToolCalls,
    text: Option<u32>,
    thinking: Option<u32>,
    refusal: Option<u32>,
    /// All of `content` so far, to tell what is new in a `message` that repeats
    /// it.
    content: String,
    thought: bool,
    refused: bool,
    stage: Stage,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Stage {
    #[default]
    Open,
    /// `finish_reason` was seen.
    Finished,
    /// Nothing more can come.
    Complete,
}

impl DecodeFrames for OpenaiChatDecoder {
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage {
        let data = frame.data.trim();
        if data == "[DONE]" {
            self.close(out);
            self.stage = Stage::Complete;
            return Triage::Known;
        }
        if frame.event == "error" {
            return self.error_event(data, out);
        }
        if is_keepalive(frame) {
            return Triage::Known;
        }
        self.json(data, out)
    }

    fn whole(&mut self, body: &str, out: &mut Vec<StreamEvent>) -> Triage {
        let triage = self.json(body.trim(), out);
        if triage == Triage::Known {
            self.stage = Stage::Complete;
        }
        triage
    }

    fn end(&mut self, out: &mut Vec<StreamEvent>) {
        self.close(out);
    }

    fn progress(&self) -> Progress {
        match self.stage {
            Stage::Open => Progress::Open,
            Stage::Finished => Progress::Settling,
            Stage::Complete => Progress::Complete,
        }
    }
}

impl OpenaiChatDecoder {
    fn json(&mut self, data: &str, out: &mut Vec<StreamEvent>) -> Triage {
        match parse_lossy(data) {
            Ok(Value::Array(chunks)) => self.array(&chunks, out),
            Ok(chunk) => self.chunk(&chunk, out),
            Err(_) => Triage::Corrupt,
        }
    }

    /// Chunks in an array: each for itself.
    fn array(&mut self, chunks: &[Value], out: &mut Vec<StreamEvent>) -> Triage {
        let mut triage = Triage::Unknown;
        for chunk in chunks {
            if self.chunk(chunk, out) == Triage::Known {
                triage = Triage::Known;
            }
        }
        triage
    }

    /// A chunk of a stream, or a whole completion.
    fn chunk(&mut self, chunk: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        let failure = failure_in(chunk);
        if failure.is_none() && !is_known(chunk) {
            return Triage::Unknown;
        }
        let meta = ResponseMeta {
            id: word(chunk, "id"),
            model: word(chunk, "model"),
            service_tier: word(chunk, "service_tier"),
        };
        self.told.meta(meta, out);
        let mut usage = field(chunk, "usage");
        let mut ending = Ending::None;
        for choice in objects(chunk, "choices") {
            // One answer is asked for; what belongs to another is left alone.
            if count(choice, "index").unwrap_or(0) != 0 {
                continue;
            }
            // Moonshot puts it here.
            if usage.is_null() {
                usage = field(choice, "usage");
            }
            match self.choice(choice, out) {
                Ending::None => {}
                said => ending = said,
            }
        }
        if usage.is_null() {
            usage = field(field(chunk, "x_groq"), "usage");
        }
        self.told.figures(usage, out);
        for name in BESIDE_USAGE {
            self.told.extra(name, field(chunk, name), out);
        }
        match (failure, ending) {
            (Some(failure), _) | (None, Ending::Failed(failure)) => self.fail(failure, out),
            (None, Ending::Finish(finish)) => self.finish(finish, out),
            (None, Ending::None) => {}
        }
        Triage::Known
    }

    /// What is new stands in `delta`. `message` is in a whole completion, and
    /// beside `delta` in Perplexity's chunks, where it holds all the text so far;
    /// `text` is of the older text completions.
    fn choice(&mut self, choice: &Value, out: &mut Vec<StreamEvent>) -> Ending {
        let (delta, message) = (inner(choice, "delta"), inner(choice, "message"));
        let reason = field(choice, "finish_reason");
        if let Some(delta) = delta {
            // Together repeats the delta's content in `text`.
            self.delta(delta, out);
        } else if let Some(text) = word(choice, "text") {
            // Together says it twice, here and in the delta.
            self.text(text, out);
        }
        if let Some(message) = message {
            self.message(message, out);
        }
        match finish::read(reason, self.refused) {
            Ending::Finish(finish) if finish.unified == FinishReason::ContentFilter => {
                let found = field(choice, "content_filter_results");
                self.told.extra("content_filter_results", found, out);
                Ending::Finish(finish)
            }
            // A whole message is not cut off, whatever it leaves out.
            Ending::None
                if delta.is_none()
                    && message.is_some()
                    && self.stage == Stage::Open
                    && reason.is_null() =>
            {
                Ending::Finish(Finish {
                    unified: if self.refused {
                        FinishReason::Refusal
                    } else {
                        FinishReason::Stop
                    },
                    raw: None,
                })
            }
            said => said,
        }
    }

    fn delta(&mut self, delta: &Value, out: &mut Vec<StreamEvent>) {
        self.think(thinking(delta), out);
        self.content(field(delta, "content"), out);
        self.refuse(word(delta, "refusal"), out);
        self.call(delta, out);
    }

    /// A message holds all there is: of what came before as deltas, only the
    /// rest is new.
    fn message(&mut self, message: &Value, out: &mut Vec<StreamEvent>) {
        let was_refused = self.refused;
        if !self.thought {
            self.think(thinking(message), out);
        }
        let content = field(message, "content");
        if self.content.is_empty() {
            self.content(content, out);
        } else if let Some(rest) = content
            .as_str()
            .and_then(|text| text.strip_prefix(self.content.as_str()))
        {
            self.text(rest.to_owned(), out);
        }
        if !was_refused {
            self.refuse(word(message, "refusal"), out);
        }
        if self.tools.is_empty() {
            self.call(message, out);
        }
    }

    fn call(&mut self, delta: &Value, out: &mut Vec<StreamEvent>) {
        for piece in objects(delta, "tool_calls") {
            // Some gateways leave out the `function` level.
            let function = inner(piece, "function").unwrap_or(piece);
            self.tools.piece(piece, function, &mut self.blocks, out);
        }
        // The older form knows neither index nor id.
        if let Some(function) = inner(delta, "function_call") {
            let piece = Value::Null;
            self.tools.piece(&piece, function, &mut self.blocks, out);
        }
    }

    /// Content in any of the shapes it is sent in: a string, a typed part, a
    /// list of either.
    fn content(&mut self, content: &Value, out: &mut Vec<StreamEvent>) {
        match content {
            Value::String(text) => self.text(text.clone(), out),
            Value::Array(items) => {
                for item in items {
                    self.content(item, out);
                }
            }
            Value::Object(_) => match kind(content) {
                "thinking" | "reasoning" => self.think(flat(content), out),
                "refusal" => self.refuse(word(content, "refusal"), out),
                _ => self.text(word(content, "text").unwrap_or_default(), out),
            },
            _ => {}
        }
    }

    fn text(&mut self, text: String, out: &mut Vec<StreamEvent>) {
        if text.is_empty() {
            return;
        }
        self.content.push_str(&text);
        let mut pieces = Vec::new();
        self.tags.push(text, &mut pieces);
        self.pieces(pieces, out);
    }

    fn pieces(&mut self, pieces: Vec<Piece>, out: &mut Vec<StreamEvent>) {
        for piece in pieces {
            match piece {
                Piece::Thinking(text) => self.think(text, out),
                Piece::Text(text) => self.answer(text, out),
            }
        }
    }

    fn answer(&mut self, text: String, out: &mut Vec<StreamEvent>) {
        if let Some(thinking) = self.thinking.take() {
            self.blocks.end(thinking, out);
        }
        let block = *self
            .text
            .get_or_insert_with(|| self.blocks.start(BlockKind::Text, out));
        emit::delta(block, text, out);
    }

    fn think(&mut self, text: String, out: &mut Vec<StreamEvent>) {
        if text.is_empty() {
            return;
        }
        self.thought = true;
        let block = *self
            .thinking
            .get_or_insert_with(|| self.blocks.start(BlockKind::Thinking, out));
        emit::delta(block, text, out);
    }

    fn refuse(&mut self, words: Option<String>, out: &mut Vec<StreamEvent>) {
        let Some(words) = words else { return };
        self.refused = true;
        let block = *self
            .refusal
            .get_or_insert_with(|| self.blocks.start(BlockKind::Refusal, out));
        emit::delta(block, words, out);
    }

    fn error_event(&mut self, data: &str, out: &mut Vec<StreamEvent>) -> Triage {
        let failure = match parse_lossy(data) {
            Ok(value) => failure_from_json(&value),
            Err(_) => Failure::new(FailureKind::Server).with_detail(excerpt(data)),
        };
        self.fail(failure, out);
        Triage::Known
    }

    fn fail(&mut self, failure: Failure, out: &mut Vec<StreamEvent>) {
        self.close(out);
        // After the finish it is only a warning, and usage may still come.
        if self.stage == Stage::Open {
            self.stage = Stage::Complete;
        }
        out.push(StreamEvent::Error(failure));
    }

    fn finish(&mut self, finish: Finish, out: &mut Vec<StreamEvent>) {
        if self.stage == Stage::Open {
            self.stage = Stage::Finished;
            self.close(out);
            out.push(StreamEvent::Finish(finish));
        }
    }

    /// Emits what was held back and closes what is open. Text that comes after
    /// all the same begins a new block.
    fn close(&mut self, out: &mut Vec<StreamEvent>) {
        let mut pieces = Vec::new();
        self.tags.finish(&mut pieces);
        self.pieces(pieces, out);
        self.tools.finish(&mut self.blocks, out);
        self.blocks.end_all(out);
        (self.text, self.thinking, self.refusal) = (None, None, None);
    }
}
