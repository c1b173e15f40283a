//! Converse events to our events.

use super::usage::normalise;
use crate::core::{
    domain::{Failure, Finish, FinishReason},
    json::parse_lossy,
    sorted::SortedMap,
    wire::{
        BlockKind, DecodeFrames, Dialect, Progress, ResponseMeta, StreamEvent, Triage,
        count::count,
        emit::{Blocks, Told, delta},
        error::classify,
        frame::{
            Frame,
            eventstream::{ERROR, EXCEPTION},
        },
    },
};
use serde_json::Value;

/// The events, by the names of their members.
const EVENTS: [&str; 6] = [
    "messageStart",
    "contentBlockStart",
    "contentBlockDelta",
    "contentBlockStop",
    "messageStop",
    "metadata",
];

/// The HTTP statuses of the exceptions that may come in a stream, by their
/// names in lower case.
const STATUSES: [(&str, u16); 6] = [
    ("validationexception", 400),
    ("modeltimeoutexception", 408),
    ("modelstreamerrorexception", 424),
    ("throttlingexception", 429),
    ("internalserverexception", 500),
    ("serviceunavailableexception", 503),
];

/// Decodes `ConverseStream`, and a whole reply of `Converse`.
///
/// `Finish` comes with `messageStop`; the response is complete once the
/// metadata were seen as well.
#[derive(Debug, Default)]
pub struct ConverseDecoder {
    blocks: Blocks,
    /// Open blocks by their index on the wire.
    slots: SortedMap<u64, (u32, Form)>,
    told: Told,
    stopped: bool,
    metadata: bool,
    failed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Thinking,
    Call,
}

impl DecodeFrames for ConverseDecoder {
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage {
        if let Some(name) = frame.event.strip_prefix(EXCEPTION) {
            return self.fail(name, &frame.data, out);
        }
        if let Some(code) = frame.event.strip_prefix(ERROR) {
            return self.fail(code, &frame.data, out);
        }
        if !frame.event.is_empty() && !EVENTS.contains(&frame.event.as_str()) {
            return Triage::Unknown;
        }
        let Ok(value) = parse_lossy(&frame.data) else {
            return Triage::Corrupt;
        };
        if frame.event.is_empty() {
            return self.unnamed(&value, &frame.data, out);
        }
        self.event(&frame.event, &value, out)
    }

    fn whole(&mut self, body: &str, out: &mut Vec<StreamEvent>) -> Triage {
        match parse_lossy(body) {
            Ok(value) => self.unnamed(&value, body, out),
            Err(_) => Triage::Corrupt,
        }
    }

    fn end(&mut self, out: &mut Vec<StreamEvent>) {
        self.blocks.end_all(out);
    }

    fn progress(&self) -> Progress {
        match (self.failed, self.stopped, self.metadata) {
            (true, ..) | (_, true, true) => Progress::Complete,
            (_, true, false) => Progress::Settling,
            _ => Progress::Open,
        }
    }
}

impl ConverseDecoder {
    /// What comes without a name: a whole reply, an error, or an event inside an
    /// object of one member, as relays that unpack the binary form send it.
    fn unnamed(&mut self, value: &Value, data: &str, out: &mut Vec<StreamEvent>) -> Triage {
        if let Some(content) = value.pointer("/output/message/content") {
            return self.reply(content, value, out);
        }
        let event = EVENTS
            .iter()
            .find_map(|name| value.get(*name).map(|inner| (*name, inner)));
        if let Some((name, inner)) = event {
            return self.event(name, inner, out);
        }
        // AWS names the kind in a header or here; both are optional.
        let marks = ["message", "Message", "__type", "error"];
        if marks.iter().any(|mark| value.get(*mark).is_some()) {
            return self.fail("", data, out);
        }
        Triage::Unknown
    }

    fn event(&mut self, name: &str, value: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        if !value.is_object() {
            return Triage::Corrupt;
        }
        match name {
            "messageStart" => Triage::Known,
            "contentBlockStart" => self.block_start(value, out),
            "contentBlockDelta" => self.block_delta(value, out),
            "contentBlockStop" => {
                if let Some((block, _)) = place(value).and_then(|at| self.slots.remove(&at)) {
                    self.blocks.end(block, out);
                }
                Triage::Known
            }
            "messageStop" => self.stop(value, out),
            _ => {
                self.metadata(value, out);
                Triage::Known
            }
        }
    }

    fn block_start(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        let Some(at) = place(value) else {
            return Triage::Corrupt;
        };
        let call = value.pointer("/start/toolUse");
        if let Some(call) = call {
            self.open(at, Form::Call, call, out);
            return Triage::Known;
        }
        // Where text is announced, it is announced as nothing.
        let says_more = value
            .get("start")
            .and_then(Value::as_object)
            .is_some_and(|start| start.keys().any(|key| key != "text"));
        if says_more {
            Triage::Unknown
        } else {
            Triage::Known
        }
    }

    fn block_delta(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        let (Some(at), Some(inner)) = (place(value), value.get("delta")) else {
            return Triage::Corrupt;
        };
        if let Some(text) = inner.get("text") {
            return self.grow(at, Form::Text, text, out);
        }
        if let Some(thought) = inner.get("reasoningContent") {
            // A signature or withheld text: there was thinking all the same.
            let text = thought.get("text").unwrap_or(&Value::Null);
            self.open(at, Form::Thinking, &Value::Null, out);
            return self.grow(at, Form::Thinking, text, out);
        }
        if let Some(call) = inner.get("toolUse") {
            let input = call.get("input").unwrap_or(&Value::Null);
            return self.grow(at, Form::Call, input, out);
        }
        if inner.get("citation").is_some() {
            return Triage::Known;
        }
        Triage::Unknown
    }

    fn grow(&mut self, at: u64, form: Form, text: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        let text = match text {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            // Arguments that come as JSON instead of as its text.
            value if form == Form::Call => value.to_string(),
            _ => return Triage::Corrupt,
        };
        if !text.is_empty() {
            let block = self.open(at, form, &Value::Null, out);
            delta(block, text, out);
        }
        Triage::Known
    }

    /// The block at this index; a new one where there is none of that form.
    fn open(&mut self, at: u64, form: Form, call: &Value, out: &mut Vec<StreamEvent>) -> u32 {
        match self.slots.get(&at) {
            Some((block, open)) if *open == form && call.is_null() => return *block,
            Some((block, _)) => self.blocks.end(*block, out),
            None => {}
        }
        let word = |name: &str| call.get(name).and_then(Value::as_str).map(str::to_owned);
        let kind = match form {
            Form::Text => BlockKind::Text,
            Form::Thinking => BlockKind::Thinking,
            Form::Call => BlockKind::ToolCall {
                id: word("toolUseId"),
                name: word("name"),
            },
        };
        let block = self.blocks.start(kind, out);
        self.slots.insert(at, (block, form));
        block
    }

    fn stop(&mut self, value: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        let more = value.get("additionalModelResponseFields");
        self.told.extra(
            "additionalModelResponseFields",
            more.unwrap_or(&Value::Null),
            out,
        );
        let raw = value.get("stopReason").and_then(Value::as_str);
        self.blocks.end_all(out);
        self.slots = SortedMap::new();
        out.push(StreamEvent::Finish(Finish {
            unified: unify(raw),
            raw: raw.map(str::to_owned),
        }));
        self.stopped = true;
        Triage::Known
    }

    fn metadata(&mut self, value: &Value, out: &mut Vec<StreamEvent>) {
        let tier = value.pointer("/serviceTier/type").and_then(Value::as_str);
        let meta = ResponseMeta {
            service_tier: tier.map(str::to_owned),
            ..ResponseMeta::default()
        };
        self.told.meta(meta, out);
        for name in ["metrics", "performanceConfig"] {
            let figure = value.get(name).unwrap_or(&Value::Null);
            self.told.extra(name, figure, out);
        }
        if let Some(usage) = value.get("usage").filter(|usage| usage.is_object()) {
            out.push(StreamEvent::Usage(normalise(usage.clone())));
        }
        self.metadata = true;
    }

    /// A reply that was not streamed.
    fn reply(&mut self, content: &Value, value: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        for (at, part) in (0..).zip(content.as_array().into_iter().flatten()) {
            if let Some(text) = part.get("text") {
                self.grow(at, Form::Text, text, out);
            } else if let Some(thought) = part.get("reasoningContent") {
                self.open(at, Form::Thinking, &Value::Null, out);
                let text = thought.pointer("/reasoningText/text");
                self.grow(at, Form::Thinking, text.unwrap_or(&Value::Null), out);
            } else if let Some(call) = part.get("toolUse") {
                let block = self.open(at, Form::Call, call, out);
                let input = call.get("input").map(Value::to_string);
                delta(block, input.unwrap_or_default(), out);
            }
        }
        self.metadata(value, out);
        self.stop(value, out)
    }

    fn fail(&mut self, name: &str, data: &str, out: &mut Vec<StreamEvent>) -> Triage {
        self.blocks.end_all(out);
        out.push(StreamEvent::Error(failure(name, data)));
        self.failed = true;
        Triage::Known
    }
}

/// An exception inside a stream, by its name and its body.
fn failure(name: &str, data: &str) -> Failure {
    let lower = name.to_ascii_lowercase();
    let status = STATUSES.iter().find(|(known, _)| *known == lower);
    let status = status.map_or(0, |(_, status)| *status);
    let headers = [("x-amzn-errortype".to_owned(), name.to_owned())];
    let mut failure = classify(Dialect::BedrockConverse, status, &headers, data.as_bytes());
    // The reply itself was a 200.
    failure.status = None;
    failure
}

fn place(value: &Value) -> Option<u64> {
    count(value, "contentBlockIndex")
}

fn unify(raw: Option<&str>) -> FinishReason {
    match raw {
        Some("end_turn" | "stop_sequence") => FinishReason::Stop,
        Some("max_tokens" | "model_context_window_exceeded") => FinishReason::Length,
        Some("tool_use") => FinishReason::ToolCalls,
        Some("guardrail_intervened" | "content_filtered") => FinishReason::ContentFilter,
        Some("refusal") => FinishReason::Refusal,
        _ => FinishReason::Other,
    }
}

#[cfg(test)]
#[path = "decode_tests.rs"]
mod tests;
