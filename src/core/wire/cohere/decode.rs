//! Cohere's events to our events.

use super::usage::normalise;
use crate::core::{
    domain::{Failure, FailureKind, Finish, FinishReason},
    json::{object, parse_lossy},
    wire::{
        BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage,
        count::count,
        emit::{self, Blocks, Told},
        error::failure_from_json,
        fields::{each, field, flat, inner, kind, objects, says_something, word},
        frame::Frame,
        triage::{is_keepalive, is_keepalive_name},
    },
};
use serde_json::Value;

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
        match parse_lossy(data) {
            Ok(event) if event.is_object() => self.event(&frame.event, &event, out),
            Ok(_) => Triage::Unknown,
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
    /// An event, or a whole reply, whose fields stand at the top.
    fn event(&mut self, name: &str, event: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        let kind = word(event, "type").unwrap_or_else(|| name.to_owned());
        let index = count(event, "index").unwrap_or(0);
        let delta = field(event, "delta");
        let piece = field(delta, "message");
        // The message of a whole reply; in an error the words.
        let message = field(event, "message");
        match kind.as_str() {
            "message-start" => self.meta(event, out),
            "content-start" | "content-delta" => {
                self.content(Place::Content(index), field(piece, "content"), out);
            }
            "content-end" => self.end_at(Place::Content(index), out),
            "tool-plan-delta" => self.plan(piece, out),
            "tool-call-start" | "tool-call-delta" => {
                for call in objects(piece, "tool_calls") {
                    self.call(index, call, out);
                }
            }
            "tool-call-end" => self.end_at(Place::Call(index), out),
            "citation-start" | "citation-end" => {}
            "message-end" => self.finish(delta, field(delta, "error"), out),
            "error" | "stream-error" => self.fail(event, out),
            kind if is_keepalive_name(kind) => {}
            _ if says_something(field(event, "error")) || message.is_string() => {
                self.fail(event, out);
            }
            "" if message.is_object() => {
                self.meta(event, out);
                self.message(message, out);
                self.finish(event, &Value::Null, out);
            }
            _ => return Triage::Unknown,
        }
        Triage::Known
    }

    fn meta(&mut self, event: &Value, out: &mut Vec<StreamEvent>) {
        let meta = ResponseMeta {
            id: word(event, "id"),
            ..ResponseMeta::default()
        };
        self.told.meta(meta, out);
    }

    /// A message that came whole.
    fn message(&mut self, message: &Value, out: &mut Vec<StreamEvent>) {
        self.plan(message, out);
        for (index, part) in (0..).zip(each(message, "content")) {
            self.content(Place::Content(index), part, out);
            self.end_at(Place::Content(index), out);
        }
        for (index, call) in (0..).zip(objects(message, "tool_calls")) {
            self.call(index, call, out);
        }
    }

    /// Opens the block with the first piece, also an empty one: the opening of
    /// a thinking block is a mark.
    fn content(&mut self, place: Place, content: &Value, out: &mut Vec<StreamEvent>) {
        let (kind, text) = match content {
            Value::Object(_) => {
                let thinking = flat(field(content, "thinking"));
                if kind(content) == "thinking" || !thinking.is_empty() {
                    (BlockKind::Thinking, thinking)
                } else {
                    (BlockKind::Text, word(content, "text").unwrap_or_default())
                }
            }
            Value::String(_) | Value::Array(_) => (BlockKind::Text, flat(content)),
            _ => return,
        };
        self.end_at(Place::Plan, out);
        let block = self.block(place, kind, out);
        emit::delta(block, text, out);
    }

    /// What the model is going to do with its tools, in words.
    fn plan(&mut self, message: &Value, out: &mut Vec<StreamEvent>) {
        if let Some(words) = word(message, "tool_plan") {
            let block = self.block(Place::Plan, BlockKind::Thinking, out);
            emit::delta(block, words, out);
        }
    }

    /// A call, or a piece of its arguments.
    fn call(&mut self, index: u64, call: &Value, out: &mut Vec<StreamEvent>) {
        let function = field(call, "function");
        self.end_at(Place::Plan, out);
        let kind = BlockKind::ToolCall {
            id: word(call, "id"),
            name: word(function, "name"),
        };
        let block = self.block(Place::Call(index), kind, out);
        emit::delta(block, word(function, "arguments").unwrap_or_default(), out);
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

    fn finish(&mut self, last: &Value, error: &Value, out: &mut Vec<StreamEvent>) {
        self.close(out);
        if let Some(usage) = inner(last, "usage") {
            out.push(StreamEvent::Usage(normalise(usage.clone())));
        }
        self.complete = true;
        let raw = word(last, "finish_reason");
        out.push(match raw.as_deref() {
            Some("ERROR" | "TIMEOUT") => StreamEvent::Error(broken_off(raw, error)),
            word => StreamEvent::Finish(Finish {
                unified: unify(word),
                raw,
            }),
        });
    }

    fn fail(&mut self, event: &Value, out: &mut Vec<StreamEvent>) {
        self.close(out);
        out.push(StreamEvent::Error(failure_from_json(event)));
        self.complete = true;
    }
}

/// The model broke off. What it says of it is often nothing.
fn broken_off(raw: Option<String>, error: &Value) -> Failure {
    let mut failure = if says_something(error) {
        failure_from_json(&object! { "error": error.clone() })
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
