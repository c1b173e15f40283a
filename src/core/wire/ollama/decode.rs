//! Ollama's objects to our events.

use super::{
    dto::{Line, Message, ToolCall},
    usage,
};
use crate::core::{
    domain::{Finish, FinishReason},
    wire::{
        BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage,
        emit::{self, Blocks, Told},
        error::failure_from_json,
        frame::Frame,
        lenient::{self, says_something},
        openai_chat::think::{Piece, ThinkTags},
        triage::is_keepalive,
    },
};
use serde_json::Value;

/// Decodes one reply of Ollama's `/api/chat`.
///
/// The object with `done: true` is terminal and has everything. Its block of
/// times has no name of its own; it is told under the name of that flag.
#[derive(Debug, Default)]
pub struct OllamaDecoder {
    blocks: Blocks,
    told: Told,
    tags: ThinkTags,
    thinking: Option<u32>,
    text: Option<u32>,
    called: bool,
    complete: bool,
}

impl DecodeFrames for OllamaDecoder {
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage {
        if is_keepalive(frame) {
            return Triage::Known;
        }
        self.whole(&frame.data, out)
    }

    fn whole(&mut self, body: &str, out: &mut Vec<StreamEvent>) -> Triage {
        let body = body.trim();
        let Ok(fields) = lenient::tree(body) else {
            return Triage::Corrupt;
        };
        match lenient::parse::<Line>(body) {
            Ok(line) => self.line(line, &fields, out),
            Err(_) => Triage::Unknown,
        }
    }

    fn end(&mut self, out: &mut Vec<StreamEvent>) {
        self.close(out);
    }

    fn progress(&self) -> Progress {
        if self.complete {
            Progress::Complete
        } else {
            Progress::Open
        }
    }
}

impl OllamaDecoder {
    fn line(&mut self, line: Line, fields: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        if says_something(&line.error) {
            self.close(out);
            out.push(StreamEvent::Error(failure_from_json(fields)));
            self.complete = true;
            return Triage::Known;
        }
        let is_done = line.done == Value::Bool(true);
        if line.message.0.is_none() && !is_done {
            return Triage::Unknown;
        }
        let meta = ResponseMeta {
            model: line.model.0,
            ..ResponseMeta::default()
        };
        self.told.meta(meta, out);
        if let Some(message) = line.message.0 {
            self.message(message, out);
        }
        if is_done {
            self.finish(line.done_reason.filled(), fields, out);
        }
        Triage::Known
    }

    fn message(&mut self, message: Message, out: &mut Vec<StreamEvent>) {
        self.think(message.thinking.flat(), out);
        let mut pieces = Vec::new();
        // Models that the server has no template for write the tags themselves.
        self.tags.push(message.content.flat(), &mut pieces);
        self.pieces(pieces, out);
        for call in message.tool_calls.items {
            self.call(call, out);
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

    fn think(&mut self, text: String, out: &mut Vec<StreamEvent>) {
        if text.is_empty() {
            return;
        }
        let block = *self
            .thinking
            .get_or_insert_with(|| self.blocks.start(BlockKind::Thinking, out));
        emit::delta(block, text, out);
    }

    fn answer(&mut self, text: String, out: &mut Vec<StreamEvent>) {
        if text.is_empty() {
            return;
        }
        self.end_thinking(out);
        let block = *self
            .text
            .get_or_insert_with(|| self.blocks.start(BlockKind::Text, out));
        emit::delta(block, text, out);
    }

    fn call(&mut self, call: ToolCall, out: &mut Vec<StreamEvent>) {
        let function = call.function.0.unwrap_or_default();
        self.called = true;
        self.end_thinking(out);
        let kind = BlockKind::ToolCall {
            id: call.id.filled(),
            name: function.name.filled(),
        };
        let block = self.blocks.start(kind, out);
        let arguments = match function.arguments {
            Value::String(text) => text,
            Value::Null => String::new(),
            object => object.to_string(),
        };
        emit::delta(block, arguments, out);
        self.blocks.end(block, out);
    }

    fn end_thinking(&mut self, out: &mut Vec<StreamEvent>) {
        if let Some(thinking) = self.thinking.take() {
            self.blocks.end(thinking, out);
        }
    }

    fn finish(&mut self, raw: Option<String>, fields: &Value, out: &mut Vec<StreamEvent>) {
        self.close(out);
        if let Some(figures) = usage::figures(fields) {
            emit::server_timing("done", &figures, out);
            out.push(StreamEvent::Usage(usage::normalise(figures)));
        }
        self.complete = true;
        out.push(StreamEvent::Finish(Finish {
            unified: self.unify(raw.as_deref()),
            raw,
        }));
    }

    fn unify(&self, raw: Option<&str>) -> FinishReason {
        match raw {
            // Ollama says `stop` where a tool is to be called.
            None | Some("stop") if self.called => FinishReason::ToolCalls,
            None | Some("stop") => FinishReason::Stop,
            Some("length") => FinishReason::Length,
            // `load` and `unload`: nothing was asked but to load the model.
            Some(_) => FinishReason::Other,
        }
    }

    fn close(&mut self, out: &mut Vec<StreamEvent>) {
        let mut pieces = Vec::new();
        self.tags.finish(&mut pieces);
        self.pieces(pieces, out);
        self.blocks.end_all(out);
        (self.text, self.thinking) = (None, None);
    }
}
