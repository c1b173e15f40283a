//! Cohere's events to our events.

use super::{
    dto::{Event, Message, ToolCall},
    usage::normalise,
};
use crate::core::{
    domain::{Failure, FailureKind, Finish, FinishReason},
    json,
    wire::{
        BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage,
        emit::{self, Blocks, Told},
        error::failure_from_json,
        frame::Frame,
        lenient::{self, Content, Lenient, Loose, Word, says_something},
        triage::{is_keepalive, is_keepalive_name},
    },
};
use serde_json::{Value, json};

/// Decodes one reply of Cohere's chat.
///
/// `message-end` is terminal and has everything, so nothing is awaited after
/// it. The plan that a model makes before it calls tools counts as thinking.
#[derive(Debug, Default)]
pub struct CohereDecoder {
    blocks: Blocks,
    told: Told,
    /// Open blocks by what they are and the index on the wire.
    open: Vec<(Place, u32)>,
    complete: bool,
}

/// Contents and calls are numbered apart; the plan has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Plan,
    Content(u64),
    Call(u64),
}

impl DecodeFrames for CohereDecoder {
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage {
        let data = frame.data.trim();
        if data == "[DONE]" || is_keepalive(frame) {
            return Triage::Known;
        }
        match lenient::parse::<Event>(data) {
            Ok(event) => self.event(&frame.event, event, data, out),
            Err(_) if json::parse(data).is_ok() => Triage::Unknown,
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

impl CohereDecoder {
    fn event(
        &mut self,
        name: &str,
        event: Event,
        data: &str,
        out: &mut Vec<StreamEvent>,
    ) -> Triage {
        let kind = match event.kind.as_str() {
            "" => name.to_owned(),
            kind => kind.to_owned(),
        };
        let index = lenient::index(&event.index).unwrap_or(0);
        let delta = event.delta.0.unwrap_or_default();
        let piece = delta.message.0.unwrap_or_default();
        match kind.as_str() {
            "message-start" => self.meta(event.id, out),
            "content-start" | "content-delta" => {
                self.content(Place::Content(index), piece.content, out);
            }
            "content-end" => self.end_at(Place::Content(index), out),
            "tool-plan-delta" => self.plan(piece.tool_plan, out),
            "tool-call-start" | "tool-call-delta" => {
                for call in piece.tool_calls.items {
                    self.call(index, call, out);
                }
            }
            "tool-call-end" => self.end_at(Place::Call(index), out),
            "citation-start" | "citation-end" => {}
            "message-end" => {
                self.finish(delta.finish_reason, &delta.error, delta.usage, out);
            }
            "error" | "stream-error" => self.fail(data, out),
            kind if is_keepalive_name(kind) => {}
            _ if says_something(&event.error) || event.message.is_string() => {
                self.fail(data, out);
            }
            "" if event.message.is_object() => {
                self.meta(event.id, out);
                self.message(event.message, out);
                self.finish(event.finish_reason, &Value::Null, event.usage, out);
            }
            _ => return Triage::Unknown,
        }
        Triage::Known
    }

    fn meta(&mut self, id: Word, out: &mut Vec<StreamEvent>) {
        let meta = ResponseMeta {
            id: id.0,
            ..ResponseMeta::default()
        };
        self.told.meta(meta, out);
    }

    /// A message that came whole.
    fn message(&mut self, message: Value, out: &mut Vec<StreamEvent>) {
        let message = Loose::<Message>::read(message).0.unwrap_or_default();
        self.plan(message.tool_plan, out);
        let parts = match message.content {
            Content::List(parts) => parts,
            one => vec![one],
        };
        for (index, part) in (0..).zip(parts) {
            self.content(Place::Content(index), part, out);
            self.end_at(Place::Content(index), out);
        }
        for (index, call) in (0..).zip(message.tool_calls.items) {
            self.call(index, call, out);
        }
    }

    /// Opens the block with the first piece, also an empty one: the opening of
    /// a thinking block is a mark.
    fn content(&mut self, place: Place, content: Content, out: &mut Vec<StreamEvent>) {
        let (kind, text) = match content {
            Content::None => return,
            Content::Part(part) => {
                let thinking = part.thinking.flat();
                if part.kind.as_str() == "thinking" || !thinking.is_empty() {
                    (BlockKind::Thinking, thinking)
                } else {
                    (BlockKind::Text, part.text.0.unwrap_or_default())
                }
            }
            other => (BlockKind::Text, other.flat()),
        };
        self.end_at(Place::Plan, out);
        let block = self.block(place, kind, out);
        emit::delta(block, text, out);
    }

    fn plan(&mut self, words: Word, out: &mut Vec<StreamEvent>) {
        if let Some(words) = words.filled() {
            let block = self.block(Place::Plan, BlockKind::Thinking, out);
            emit::delta(block, words, out);
        }
    }

    fn call(&mut self, index: u64, call: ToolCall, out: &mut Vec<StreamEvent>) {
        let function = call.function.0.unwrap_or_default();
        self.end_at(Place::Plan, out);
        let kind = BlockKind::ToolCall {
            id: call.id.filled(),
            name: function.name.filled(),
        };
        let block = self.block(Place::Call(index), kind, out);
        emit::delta(block, function.arguments.0.unwrap_or_default(), out);
    }

    fn block(&mut self, place: Place, kind: BlockKind, out: &mut Vec<StreamEvent>) -> u32 {
        if let Some((_, block)) = self.open.iter().find(|(known, _)| *known == place) {
            return *block;
        }
        let block = self.blocks.start(kind, out);
        self.open.push((place, block));
        block
    }

    fn end_at(&mut self, place: Place, out: &mut Vec<StreamEvent>) {
        if let Some(at) = self.open.iter().position(|(known, _)| *known == place) {
            let (_, block) = self.open.remove(at);
            self.blocks.end(block, out);
        }
    }

    fn close(&mut self, out: &mut Vec<StreamEvent>) {
        self.open.clear();
        self.blocks.end_all(out);
    }

    fn finish(&mut self, reason: Word, error: &Value, usage: Value, out: &mut Vec<StreamEvent>) {
        self.close(out);
        if usage.is_object() {
            out.push(StreamEvent::Usage(normalise(usage)));
        }
        self.complete = true;
        let raw = reason.filled();
        out.push(match raw.as_deref() {
            Some("ERROR" | "TIMEOUT") => StreamEvent::Error(broken_off(raw, error)),
            word => StreamEvent::Finish(Finish {
                unified: unify(word),
                raw,
            }),
        });
    }

    fn fail(&mut self, data: &str, out: &mut Vec<StreamEvent>) {
        self.close(out);
        let value = lenient::tree(data).unwrap_or_default();
        out.push(StreamEvent::Error(failure_from_json(&value)));
        self.complete = true;
    }
}

/// The model broke off. What it says of it is often nothing.
fn broken_off(raw: Option<String>, error: &Value) -> Failure {
    let mut failure = if says_something(error) {
        failure_from_json(&json!({ "error": error }))
    } else {
        Failure::new(FailureKind::Server)
    };
    failure.code = failure.code.or(raw);
    failure
}

fn unify(raw: Option<&str>) -> FinishReason {
    match raw {
        None | Some("COMPLETE" | "STOP_SEQUENCE") => FinishReason::Stop,
        Some("MAX_TOKENS" | "ERROR_LIMIT") => FinishReason::Length,
        Some("TOOL_CALL") => FinishReason::ToolCalls,
        Some("ERROR_TOXIC") => FinishReason::ContentFilter,
        Some(_) => FinishReason::Other,
    }
}
