//! Ollama's objects to our events.

use super::usage;
use crate::core::{
    domain::{Finish, FinishReason},
    json::parse_lossy,
    wire::{
        BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage,
        emit::{self, Blocks, Told},
        error::failure_from_json,
        fields::{field, flat, inner, objects, says_something, word},
        frame::Frame,
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
        match parse_lossy(body.trim()) {
            Ok(line) => self.line(&line, out),
            Err(_) => Triage::Corrupt,
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
    /// A line of a stream, or a whole reply.
    fn line(&mut self, line: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        if says_something(field(line, "error")) {
            self.close(out);
            out.push(StreamEvent::Error(failure_from_json(line)));
            self.complete = true;
            return Triage::Known;
        }
        let message = inner(line, "message");
        let is_done = *field(line, "done") == Value::Bool(true);
        if message.is_none() && !is_done {
            return Triage::Unknown;
        }
        let meta = ResponseMeta {
            model: word(line, "model"),
            ..ResponseMeta::default()
        };
        self.told.meta(meta, out);
        if let Some(message) = message {
            self.message(message, out);
        }
        if is_done {
            self.finish(line, out);
        }
        Triage::Known
    }

    fn message(&mut self, message: &Value, out: &mut Vec<StreamEvent>) {
        self.think(flat(field(message, "thinking")), out);
        let mut pieces = Vec::new();
        // Models that the server has no template for write the tags themselves.
        self.tags.push(flat(field(message, "content")), &mut pieces);
        self.pieces(pieces, out);
        for call in objects(message, "tool_calls") {
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

    /// A call; it always comes whole.
    fn call(&mut self, call: &Value, out: &mut Vec<StreamEvent>) {
        let function = field(call, "function");
        self.called = true;
        self.end_thinking(out);
        let kind = BlockKind::ToolCall {
            // Newer versions only.
            id: word(call, "id"),
            name: word(function, "name"),
        };
        let block = self.blocks.start(kind, out);
        let arguments = match field(function, "arguments") {
            Value::String(text) => text.clone(),
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

    fn finish(&mut self, line: &Value, out: &mut Vec<StreamEvent>) {
        self.close(out);
        if let Some(figures) = usage::figures(line) {
            emit::server_timing("done", &figures, out);
            out.push(StreamEvent::Usage(usage::normalise(figures)));
        }
        self.complete = true;
        let raw = word(line, "done_reason");
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
