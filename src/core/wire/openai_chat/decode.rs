//! Chat Completions to events.
//!
//! All text of the answer goes into one text block, as the format knows only one
//! `content` per answer; it stays open until the end, while a thinking block ends
//! when text begins. `finish_reason` is the terminal event; since usage may
//! follow it, the decoder is then settling, and complete at `[DONE]`. `[DONE]`
//! without a `finish_reason` is no terminal event.

use super::{
    dto::{Choice, Chunk, Delta, ToolCall},
    finish::{self, Ending},
    think::{Piece, ThinkTags},
    tools::ToolCalls,
    usage::SIDE_FIGURES,
};
use crate::core::{
    domain::{Failure, FailureKind, Finish, FinishReason},
    wire::{
        BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage,
        emit::{self, Blocks, Told},
        error::failure_from_json,
        frame::Frame,
        lenient::{self, Content, Loose, Word, says_something},
        triage::{excerpt, is_keepalive, is_keepalive_name},
    },
};
use serde_json::{Value, json};

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
        if data.starts_with('[') {
            return self.array(data, out);
        }
        if !data.starts_with('{') {
            let parsed = serde_json::from_str::<Value>(data);
            return parsed.map_or(Triage::Corrupt, |_| Triage::Unknown);
        }
        match lenient::parse::<Chunk>(data) {
            Ok(chunk) => self.chunk(chunk, data, out),
            Err(_) => Triage::Corrupt,
        }
    }

    /// Chunks in an array: each for itself.
    fn array(&mut self, data: &str, out: &mut Vec<StreamEvent>) -> Triage {
        let Ok(Value::Array(items)) = lenient::tree(data) else {
            return Triage::Corrupt;
        };
        let mut triage = Triage::Unknown;
        for item in items.iter().filter(|item| item.is_object()) {
            if self.json(&item.to_string(), out) == Triage::Known {
                triage = Triage::Known;
            }
        }
        triage
    }

    fn chunk(&mut self, mut chunk: Chunk, data: &str, out: &mut Vec<StreamEvent>) -> Triage {
        let failure = failure_in(&chunk, data);
        if failure.is_none() && !is_known(&chunk) {
            return Triage::Unknown;
        }
        self.told.meta(
            ResponseMeta {
                id: chunk.id.0.take(),
                model: chunk.model.0.take(),
                service_tier: chunk.service_tier.0.take(),
            },
            out,
        );
        let mut ending = Ending::None;
        for mut choice in std::mem::take(&mut chunk.choices.items) {
            // One answer is asked for; what belongs to another is left alone.
            if lenient::index(&choice.index).unwrap_or(0) != 0 {
                continue;
            }
            if chunk.usage.is_null() {
                chunk.usage = std::mem::take(&mut choice.usage);
            }
            match self.choice(choice, out) {
                Ending::None => {}
                said => ending = said,
            }
        }
        self.side_figures(chunk, out);
        match (failure, ending) {
            (Some(failure), _) | (None, Ending::Failed(failure)) => self.fail(failure, out),
            (None, Ending::Finish(finish)) => self.finish(finish, out),
            (None, Ending::None) => {}
        }
        Triage::Known
    }

    fn choice(&mut self, choice: Choice, out: &mut Vec<StreamEvent>) -> Ending {
        let whole = choice.delta.0.is_none() && choice.message.0.is_some();
        if let Some(delta) = choice.delta.0 {
            // Together repeats the delta's content in `text`.
            self.delta(delta, out);
        } else if let Some(text) = choice.text.filled() {
            // Together says it twice, here and in the delta.
            self.content(Content::Text(text), out);
        }
        if let Some(message) = choice.message.0 {
            self.message(message, out);
        }
        match finish::read(&choice.finish_reason, self.refused) {
            Ending::Finish(finish) if finish.unified == FinishReason::ContentFilter => {
                let found = &choice.content_filter_results;
                self.told.extra("content_filter_results", found, out);
                Ending::Finish(finish)
            }
            // A whole message is not cut off, whatever it leaves out.
            Ending::None
                if whole && self.stage == Stage::Open && choice.finish_reason.is_null() =>
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

    fn delta(&mut self, mut delta: Delta, out: &mut Vec<StreamEvent>) {
        self.think(delta.take_reasoning(), out);
        self.content(delta.content, out);
        self.refuse(delta.refusal.filled(), out);
        let legacy = delta.function_call.0.map(|function| ToolCall {
            function: Loose(Some(function)),
            ..ToolCall::default()
        });
        for piece in delta.tool_calls.items.into_iter().chain(legacy) {
            self.tools.piece(piece, &mut self.blocks, out);
        }
    }

    /// A message holds all there is: of what came before as deltas, only the
    /// rest is new.
    fn message(&mut self, mut message: Delta, out: &mut Vec<StreamEvent>) {
        if self.thought {
            message.take_reasoning();
        }
        if !self.content.is_empty() {
            message.content = match message.content {
                Content::Text(text) => text
                    .strip_prefix(&self.content)
                    .map_or(Content::None, |rest| Content::Text(rest.to_owned())),
                _ => Content::None,
            };
        }
        if self.refused {
            message.refusal = Word(None);
        }
        if !self.tools.is_empty() {
            message.tool_calls.items.clear();
            message.function_call = Loose(None);
        }
        self.delta(message, out);
    }

    fn content(&mut self, content: Content, out: &mut Vec<StreamEvent>) {
        match content {
            Content::None => {}
            Content::Text(text) => {
                if text.is_empty() {
                    return;
                }
                self.content.push_str(&text);
                let mut pieces = Vec::new();
                self.tags.push(text, &mut pieces);
                self.pieces(pieces, out);
            }
            Content::Part(part) => match part.kind.as_str() {
                "thinking" | "reasoning" => self.think(Content::Part(part).flat(), out),
                "refusal" => self.refuse(part.refusal.filled(), out),
                _ => self.content(part.text.0.map_or(Content::None, Content::Text), out),
            },
            Content::List(items) => {
                for item in items {
                    self.content(item, out);
                }
            }
        }
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

    fn side_figures(&mut self, chunk: Chunk, out: &mut Vec<StreamEvent>) {
        let usage = match chunk.usage {
            Value::Null => chunk.x_groq.get("usage").cloned().unwrap_or_default(),
            usage => usage,
        };
        for name in SIDE_FIGURES {
            if let Some(value) = usage.get(name) {
                self.told.extra(name, value, out);
            }
        }
        self.told.usage(&usage, out);
        for (name, value) in [
            ("timings", &chunk.timings),
            ("time_info", &chunk.time_info),
            ("perf_metrics", &chunk.perf_metrics),
            ("x_groq", &chunk.x_groq),
            ("stats", &chunk.stats),
            ("provider", &chunk.provider),
            ("cost", &chunk.cost),
            ("copilot_usage", &chunk.copilot_usage),
        ] {
            self.told.extra(name, value, out);
        }
    }

    fn error_event(&mut self, data: &str, out: &mut Vec<StreamEvent>) -> Triage {
        let failure = match lenient::tree(data) {
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

/// Whether a chunk is of this dialect.
fn is_known(chunk: &Chunk) -> bool {
    let object = chunk.object.as_str();
    chunk.choices.present
        || object.starts_with("chat.completion")
        || object.starts_with("text_completion")
        || is_keepalive_name(chunk.kind.as_str())
        || [
            &chunk.usage,
            &chunk.x_groq,
            &chunk.timings,
            &chunk.prompt_filter_results,
        ]
        .into_iter()
        .any(|field| !field.is_null())
}

/// The failure that a chunk reports, in any of the shapes this happens.
fn failure_in(chunk: &Chunk, data: &str) -> Option<Failure> {
    let of_choice = chunk.choices.items.iter().map(|choice| &choice.error);
    let inner = of_choice
        .chain(chunk.x_groq.get("error"))
        .find(|error| says_something(error));
    if let Some(error) = inner {
        return Some(failure_from_json(&json!({ "error": error })));
    }
    let stands_alone = !chunk.choices.present
        && (says_something(&chunk.detail)
            || chunk.message.as_str().is_some_and(|text| !text.is_empty()));
    let named = chunk.object.as_str() == "error" || chunk.kind.as_str() == "error";
    if !says_something(&chunk.error) && !stands_alone && !named {
        return None;
    }
    lenient::tree(data)
        .ok()
        .map(|value| failure_from_json(&value))
}
