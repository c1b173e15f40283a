//! Anthropic events to our events.

use super::dto::{
    BlockClosed, BlockGrew, BlockOpened, Message, MessageDelta, MessageStart, Stop, TextBlock,
    ThinkingBlock, ToolUseBlock,
};
use super::usage::Tally;
use crate::core::domain::{Finish, FinishReason};
use crate::core::json;
use crate::core::sorted::SortedMap;
use crate::core::wire::emit::server_timing;
use crate::core::wire::error::failure_from_json;
use crate::core::wire::frame::Frame;
use crate::core::wire::{BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Server-side figures that some hosts add to their last events.
const EXTRAS: [&str; 2] = ["amazon-bedrock-invocationMetrics", "timings"];

/// Decodes Anthropic Messages.
///
/// `Finish` comes with `message_stop`, which makes the response complete; a
/// stop reason without it leaves the response open. An `error` event completes
/// the response as well, without a `Finish`.
#[derive(Debug, Default)]
pub struct AnthropicDecoder {
    next_block: u32,
    /// Open blocks by their index on the wire, which a spliced stream repeats.
    slots: SortedMap<u64, Slot>,
    started: bool,
    meta: ResponseMeta,
    tally: Tally,
    stop_reason: Option<String>,
    explained: bool,
    complete: bool,
}

#[derive(Debug)]
enum Slot {
    Open {
        block: u32,
        /// Input that came whole with the block; used if no delta brings it.
        input: Option<String>,
    },
    /// Of a type that is not shown; its deltas are ignored too.
    Ignored,
}

impl DecodeFrames for AnthropicDecoder {
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage {
        let data = frame.data.trim();
        if self.complete || data == "[DONE]" {
            return Triage::Known;
        }
        if data.is_empty() {
            return Triage::Unknown;
        }
        match json::parse(data) {
            Ok(value) => self.event(&frame.event, value, out),
            Err(_) => Triage::Corrupt,
        }
    }

    fn whole(&mut self, body: &str, out: &mut Vec<StreamEvent>) -> Triage {
        match json::parse(body) {
            Ok(value) => self.event("", value, out),
            Err(_) => Triage::Corrupt,
        }
    }

    fn end(&mut self, out: &mut Vec<StreamEvent>) {
        self.close_all(out);
    }

    fn progress(&self) -> Progress {
        if self.complete {
            Progress::Complete
        } else {
            Progress::Open
        }
    }
}

impl AnthropicDecoder {
    fn event(&mut self, name: &str, value: Value, out: &mut Vec<StreamEvent>) -> Triage {
        if !value.is_object() {
            return Triage::Corrupt;
        }
        let kind = value.get("type").and_then(Value::as_str).unwrap_or(name);
        match kind {
            "message_start" => self.message_start(value, out),
            "content_block_start" => self.block_start(value, out),
            "content_block_delta" => self.block_delta(value, out),
            "content_block_stop" => self.block_stop(value, out),
            "message_delta" => self.message_delta(value, out),
            "message_stop" => {
                push_extras(&value, out);
                self.finish(out);
                Triage::Known
            }
            "message" => self.message(value, out),
            "ping" => Triage::Known,
            "error" => self.fail(&value, out),
            _ if value.get("error").is_some_and(|error| !error.is_null()) => self.fail(&value, out),
            _ => Triage::Unknown,
        }
    }

    fn message_start(&mut self, value: Value, out: &mut Vec<StreamEvent>) -> Triage {
        let Some(MessageStart { message }) = read(value) else {
            return Triage::Corrupt;
        };
        if let Some(usage) = &message.usage {
            self.tally.start(usage);
        }
        self.head(message, out);
        Triage::Known
    }

    fn message(&mut self, value: Value, out: &mut Vec<StreamEvent>) -> Triage {
        let Some(message) = read::<Message>(value) else {
            return Triage::Corrupt;
        };
        if let Some(usage) = &message.usage {
            self.tally.confirm(usage);
        }
        self.head(message, out);
        self.finish(out);
        Triage::Known
    }

    /// Content is taken from the first head only: a repeated `message_start`
    /// would say it again.
    fn head(&mut self, message: Message, out: &mut Vec<StreamEvent>) {
        let Message {
            id,
            model,
            content,
            usage,
            stop_reason,
            stop_details,
        } = message;
        self.set_meta(id, model, out);
        if usage.is_some() {
            out.push(StreamEvent::Usage(self.tally.usage()));
        }
        if !self.started {
            for block in content.into_iter().flatten() {
                if let Some(slot) = self.open(block, out) {
                    close(slot, out);
                }
            }
        }
        self.started = true;
        let stop = Stop {
            stop_reason,
            stop_details,
        };
        self.stop(stop, out);
    }

    fn set_meta(&mut self, id: Option<String>, model: Option<String>, out: &mut Vec<StreamEvent>) {
        let meta = ResponseMeta {
            id: id.or_else(|| self.meta.id.clone()),
            model: model.or_else(|| self.meta.model.clone()),
            service_tier: self.tally.service_tier(),
        };
        if meta != self.meta {
            self.meta = meta.clone();
            out.push(StreamEvent::Meta(meta));
        }
    }

    fn block_start(&mut self, value: Value, out: &mut Vec<StreamEvent>) -> Triage {
        let Some(BlockOpened {
            index,
            content_block,
        }) = read(value)
        else {
            return Triage::Corrupt;
        };
        if let Some(open) = self.slots.remove(&index) {
            close(open, out);
        }
        let Some(slot) = self.open(content_block, out) else {
            return Triage::Corrupt;
        };
        let triage = match slot {
            Slot::Open { .. } => Triage::Known,
            Slot::Ignored => Triage::Unknown,
        };
        self.slots.insert(index, slot);
        triage
    }

    /// Opens a block; `None` if it is of a known type but broken.
    fn open(&mut self, block: Value, out: &mut Vec<StreamEvent>) -> Option<Slot> {
        let kind = block.get("type")?.as_str()?;
        Some(match kind {
            "text" => {
                let text = read::<TextBlock>(block)?.text;
                self.start(BlockKind::Text, text, None, out)
            }
            "thinking" => {
                let thinking = read::<ThinkingBlock>(block)?.thinking;
                self.start(BlockKind::Thinking, thinking, None, out)
            }
            "redacted_thinking" => self.start(BlockKind::Thinking, None, None, out),
            "tool_use" => {
                let ToolUseBlock { id, name, input } = read(block)?;
                let input = input
                    .filter(|input| input.as_object().is_none_or(|fields| !fields.is_empty()))
                    .filter(|input| !input.is_null())
                    .map(|input| input.to_string());
                self.start(BlockKind::ToolCall { id, name }, None, input, out)
            }
            _ => Slot::Ignored,
        })
    }

    fn start(
        &mut self,
        kind: BlockKind,
        text: Option<String>,
        input: Option<String>,
        out: &mut Vec<StreamEvent>,
    ) -> Slot {
        let block = self.next_block;
        self.next_block = block.saturating_add(1);
        out.push(StreamEvent::BlockStart { block, kind });
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            out.push(StreamEvent::Delta { block, text });
        }
        Slot::Open { block, input }
    }

    fn block_delta(&mut self, value: Value, out: &mut Vec<StreamEvent>) -> Triage {
        let Some(BlockGrew { index, delta }) = read(value) else {
            return Triage::Corrupt;
        };
        let (field, kind) = match delta.get("type").and_then(Value::as_str) {
            Some("text_delta") => ("text", BlockKind::Text),
            Some("thinking_delta") => ("thinking", BlockKind::Thinking),
            Some("input_json_delta") => (
                "partial_json",
                BlockKind::ToolCall {
                    id: None,
                    name: None,
                },
            ),
            Some("signature_delta" | "citations_delta") => return Triage::Known,
            Some(_) => return Triage::Unknown,
            None => return Triage::Corrupt,
        };
        let text = match delta.get(field) {
            Some(Value::String(text)) => text.as_str(),
            None | Some(Value::Null) => "",
            Some(_) => return Triage::Corrupt,
        };
        self.grow(index, kind, text, out)
    }

    /// Text for a block that nobody opened still counts: some gateways drop
    /// `content_block_start`.
    fn grow(
        &mut self,
        index: u64,
        kind: BlockKind,
        text: &str,
        out: &mut Vec<StreamEvent>,
    ) -> Triage {
        if !text.is_empty() && !self.slots.contains_key(&index) {
            let slot = self.start(kind, None, None, out);
            self.slots.insert(index, slot);
        }
        match self.slots.get_mut(&index) {
            Some(Slot::Ignored) => Triage::Unknown,
            Some(Slot::Open { block, input }) if !text.is_empty() => {
                *input = None;
                out.push(StreamEvent::Delta {
                    block: *block,
                    text: text.to_owned(),
                });
                Triage::Known
            }
            _ => Triage::Known,
        }
    }

    fn block_stop(&mut self, value: Value, out: &mut Vec<StreamEvent>) -> Triage {
        let Some(BlockClosed { index }) = read(value) else {
            return Triage::Corrupt;
        };
        if let Some(slot) = self.slots.remove(&index) {
            close(slot, out);
        }
        Triage::Known
    }

    fn message_delta(&mut self, value: Value, out: &mut Vec<StreamEvent>) -> Triage {
        push_extras(&value, out);
        let Some(MessageDelta { delta, usage }) = read(value) else {
            return Triage::Corrupt;
        };
        if let Some(usage) = usage.filter(Value::is_object) {
            self.tally.confirm(&usage);
            self.set_meta(None, None, out);
            out.push(StreamEvent::Usage(self.tally.usage()));
        }
        self.stop(delta.unwrap_or_default(), out);
        Triage::Known
    }

    /// Takes a stop reason. The explanation of a refusal is not part of the
    /// content, and often the only text there is.
    fn stop(&mut self, stop: Stop, out: &mut Vec<StreamEvent>) {
        let explanation = stop
            .stop_details
            .as_ref()
            .and_then(|details| details.get("explanation")?.as_str())
            .filter(|words| !words.trim().is_empty());
        if let Some(words) = explanation
            && !self.explained
        {
            self.explained = true;
            self.close_all(out);
            let slot = self.start(BlockKind::Refusal, Some(words.to_owned()), None, out);
            close(slot, out);
        }
        if stop.stop_reason.is_some() {
            self.stop_reason = stop.stop_reason;
        }
    }

    fn finish(&mut self, out: &mut Vec<StreamEvent>) {
        self.close_all(out);
        let raw = self.stop_reason.take();
        out.push(StreamEvent::Finish(Finish {
            unified: unify(raw.as_deref()),
            raw,
        }));
        self.complete = true;
    }

    fn fail(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        self.close_all(out);
        out.push(StreamEvent::Error(failure_from_json(value)));
        self.complete = true;
        Triage::Known
    }

    fn close_all(&mut self, out: &mut Vec<StreamEvent>) {
        for slot in std::mem::take(&mut self.slots).into_values() {
            close(slot, out);
        }
    }
}

fn close(slot: Slot, out: &mut Vec<StreamEvent>) {
    if let Slot::Open { block, input } = slot {
        if let Some(text) = input {
            out.push(StreamEvent::Delta { block, text });
        }
        out.push(StreamEvent::BlockEnd { block });
    }
}

fn push_extras(value: &Value, out: &mut Vec<StreamEvent>) {
    for name in EXTRAS {
        if let Some(extra) = value.get(name).filter(|extra| !extra.is_null()) {
            out.push(StreamEvent::Extra {
                name: name.to_owned(),
                value: extra.clone(),
            });
            server_timing(name, extra, out);
        }
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    json::from_value(value).ok()
}

fn unify(raw: Option<&str>) -> FinishReason {
    match raw {
        Some("end_turn" | "stop_sequence") => FinishReason::Stop,
        Some("max_tokens" | "model_context_window_exceeded") => FinishReason::Length,
        Some("tool_use") => FinishReason::ToolCalls,
        Some("refusal") => FinishReason::Refusal,
        _ => FinishReason::Other,
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
