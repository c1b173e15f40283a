//! Anthropic events to our events.

use super::usage::Tally;
use crate::core::domain::{Finish, FinishReason};
use crate::core::json;
use crate::core::wire::count::count;
use crate::core::wire::emit::{self, Blocks, Told};
use crate::core::wire::error::failure_from_json;
use crate::core::wire::fields::{field, given, inner, list, word, words};
use crate::core::wire::frame::Frame;
use crate::core::wire::{BlockKind, DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage};
use serde_json::{Map, Value};

/// Server-side figures that some hosts add to their last events.
const EXTRAS: [&str; 2] = ["amazon-bedrock-invocationMetrics", "timings"];

/// Decodes Anthropic Messages.
///
/// `Finish` comes with `message_stop`, which makes the response complete; a
/// stop reason without it leaves the response open. An `error` event completes
/// the response as well, without a `Finish`.
#[derive(Debug, Default)]
pub struct AnthropicDecoder {
    blocks: Blocks,
    slots: Vec<Slot>,
    started: bool,
    told: Told,
    tally: Tally,
    stop_reason: Option<String>,
    explained: bool,
    complete: bool,
}

/// A block that was begun and not ended.
#[derive(Debug)]
struct Slot {
    /// Its index on the wire, which a spliced stream repeats.
    index: u64,
    /// `None` if it is of a type that is not shown; its deltas are ignored too.
    block: Option<u32>,
    /// Input that came whole with the block; used if no delta brings it.
    input: String,
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
            Ok(value) => self.event(&frame.event, &value, out),
            Err(_) => Triage::Corrupt,
        }
    }

    fn whole(&mut self, body: &str, out: &mut Vec<StreamEvent>) -> Triage {
        match json::parse(body) {
            Ok(value) => self.event("", &value, out),
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
    fn event(&mut self, name: &str, value: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        if !value.is_object() {
            return Triage::Corrupt;
        }
        let kind = value.get("type").and_then(Value::as_str).unwrap_or(name);
        let read = match kind {
            "message_start" => self.message_start(value, out),
            "content_block_start" => self.block_start(value, out),
            "content_block_delta" => self.block_delta(value, out),
            "content_block_stop" => self.block_stop(value, out),
            "message_delta" => self.message_delta(value, out),
            "message_stop" => {
                self.extras(value, out);
                Some(self.finish(out))
            }
            "message" => self.message(value, out),
            "ping" => Some(Triage::Known),
            "error" => Some(self.fail(value, out)),
            _ if given(value, "error").is_some() => Some(self.fail(value, out)),
            _ => Some(Triage::Unknown),
        };
        read.unwrap_or(Triage::Corrupt)
    }

    fn message_start(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Option<Triage> {
        let message = inner(value, "message")?;
        self.head(message, Tally::start, out)
    }

    fn message(&mut self, message: &Value, out: &mut Vec<StreamEvent>) -> Option<Triage> {
        self.head(message, Tally::confirm, out)?;
        Some(self.finish(out))
    }

    /// A message: the head of a stream, or a whole reply. Content is taken from
    /// the first head only: a repeated `message_start` would say it again.
    fn head(
        &mut self,
        message: &Value,
        take: fn(&mut Tally, &Value),
        out: &mut Vec<StreamEvent>,
    ) -> Option<Triage> {
        let meta = ResponseMeta {
            id: Some(words(message, "id")?),
            model: Some(words(message, "model")?),
            service_tier: None,
        };
        let content = list(message, "content")?;
        self.figures(message, take, meta, out);
        if !std::mem::replace(&mut self.started, true) {
            for block in content {
                if let Some(slot) = self.open(0, block, out) {
                    self.close(slot, out);
                }
            }
        }
        self.stop(message, out);
        Some(Triage::Known)
    }

    /// Takes the usage, and tells what is new of it and of the response.
    fn figures(
        &mut self,
        of: &Value,
        take: fn(&mut Tally, &Value),
        mut meta: ResponseMeta,
        out: &mut Vec<StreamEvent>,
    ) {
        let usage = inner(of, "usage");
        if let Some(usage) = usage {
            take(&mut self.tally, usage);
        }
        meta.service_tier = self.tally.service_tier();
        self.told.whole_meta(meta, out);
        if usage.is_some() {
            out.push(StreamEvent::Usage(self.tally.usage()));
        }
    }

    fn block_start(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Option<Triage> {
        let (index, block) = (index(value)?, value.get("content_block")?);
        self.close_at(index, out);
        let slot = self.open(index, block, out)?;
        let triage = match slot.block {
            Some(_) => Triage::Known,
            None => Triage::Unknown,
        };
        self.slots.push(slot);
        Some(triage)
    }

    /// Opens a block; `None` if it is of a known type but broken.
    fn open(&mut self, index: u64, block: &Value, out: &mut Vec<StreamEvent>) -> Option<Slot> {
        let mut slot = Slot {
            index,
            block: None,
            input: String::new(),
        };
        let (kind, text) = match block.get("type")?.as_str()? {
            "text" => (BlockKind::Text, words(block, "text")?),
            "thinking" => (BlockKind::Thinking, words(block, "thinking")?),
            "redacted_thinking" => (BlockKind::Thinking, String::new()),
            "tool_use" => {
                let is_empty = |input: &Value| input.as_object().is_some_and(Map::is_empty);
                if let Some(input) = given(block, "input").filter(|input| !is_empty(input)) {
                    slot.input = input.to_string();
                }
                let (id, name) = (word(block, "id"), word(block, "name"));
                (BlockKind::ToolCall { id, name }, String::new())
            }
            _ => return Some(slot),
        };
        slot.block = Some(self.start(kind, text, out));
        Some(slot)
    }

    fn start(&mut self, kind: BlockKind, text: String, out: &mut Vec<StreamEvent>) -> u32 {
        let block = self.blocks.start(kind, out);
        emit::delta(block, text, out);
        block
    }

    fn block_delta(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Option<Triage> {
        let (index, delta) = (index(value)?, value.get("delta")?);
        let (field, kind) = match delta.get("type")?.as_str()? {
            "text_delta" => ("text", BlockKind::Text),
            "thinking_delta" => ("thinking", BlockKind::Thinking),
            "input_json_delta" => {
                let (id, name) = (None, None);
                ("partial_json", BlockKind::ToolCall { id, name })
            }
            "signature_delta" | "citations_delta" => return Some(Triage::Known),
            _ => return Some(Triage::Unknown),
        };
        let text = words(delta, field)?;
        Some(self.grow(index, kind, text, out))
    }

    /// Text for a block that nobody opened still counts: some gateways drop
    /// `content_block_start`.
    fn grow(
        &mut self,
        index: u64,
        kind: BlockKind,
        text: String,
        out: &mut Vec<StreamEvent>,
    ) -> Triage {
        let known = self.slots.iter_mut().find(|slot| slot.index == index);
        match known {
            Some(Slot { block: None, .. }) => return Triage::Unknown,
            _ if text.is_empty() => {}
            Some(slot) => {
                slot.input.clear();
                emit::delta(slot.block.unwrap_or_default(), text, out);
            }
            None => {
                let block = Some(self.start(kind, text, out));
                let input = String::new();
                self.slots.push(Slot {
                    index,
                    block,
                    input,
                });
            }
        }
        Triage::Known
    }

    fn extras(&mut self, value: &Value, out: &mut Vec<StreamEvent>) {
        for name in EXTRAS {
            self.told.extra(name, field(value, name), out);
        }
    }

    fn block_stop(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Option<Triage> {
        self.close_at(index(value)?, out);
        Some(Triage::Known)
    }

    fn message_delta(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Option<Triage> {
        self.extras(value, out);
        let delta = given(value, "delta");
        if delta.is_some_and(|delta| !delta.is_object()) {
            return None;
        }
        self.figures(value, Tally::confirm, ResponseMeta::default(), out);
        if let Some(delta) = delta {
            self.stop(delta, out);
        }
        Some(Triage::Known)
    }

    /// Takes a stop reason. The explanation of a refusal is not part of the
    /// content, and often the only text there is.
    fn stop(&mut self, of: &Value, out: &mut Vec<StreamEvent>) {
        let details = of.get("stop_details");
        let explanation = details.and_then(|details| word(details, "explanation"));
        if let Some(words) = explanation.filter(|words| !words.trim().is_empty())
            && !self.explained
        {
            self.explained = true;
            self.close_all(out);
            let block = self.start(BlockKind::Refusal, words, out);
            self.blocks.end(block, out);
        }
        if let Some(reason) = word(of, "stop_reason") {
            self.stop_reason = Some(reason);
        }
    }

    fn finish(&mut self, out: &mut Vec<StreamEvent>) -> Triage {
        self.close_all(out);
        let raw = self.stop_reason.take();
        out.push(StreamEvent::Finish(Finish {
            unified: unify(raw.as_deref()),
            raw,
        }));
        self.complete = true;
        Triage::Known
    }

    fn fail(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        self.close_all(out);
        out.push(StreamEvent::Error(failure_from_json(value)));
        self.complete = true;
        Triage::Known
    }

    fn close(&mut self, slot: Slot, out: &mut Vec<StreamEvent>) {
        if let Some(block) = slot.block {
            emit::delta(block, slot.input, out);
            self.blocks.end(block, out);
        }
    }

    fn close_at(&mut self, index: u64, out: &mut Vec<StreamEvent>) {
        if let Some(at) = self.slots.iter().position(|slot| slot.index == index) {
            let slot = self.slots.remove(at);
            self.close(slot, out);
        }
    }

    fn close_all(&mut self, out: &mut Vec<StreamEvent>) {
        for slot in std::mem::take(&mut self.slots) {
            self.close(slot, out);
        }
    }
}

fn index(value: &Value) -> Option<u64> {
    count(value, "index")
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
