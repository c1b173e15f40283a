//! Responses to events.
//!
//! Each output item with text is a block of its own, each part of thinking too.
//! `response.completed`, `.incomplete` and `.failed` are terminal. A failure
//! that comes after a complete message is only a warning: the answer is there.

use super::items::{Items, PartKind, Place};
use crate::core::{
    domain::{Failure, FailureKind, Finish, FinishReason},
    json::{object, parse_lossy},
    wire::{
        DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage,
        count::count,
        emit::Told,
        error::failure_from_json,
        fields::{field, flat, given, inner, kind, says_something, word},
        frame::Frame,
        triage::{excerpt, is_keepalive, is_keepalive_name},
    },
};
use serde_json::Value;

/// The decoder of one response. See the module.
#[derive(Debug, Default)]
pub struct OpenaiResponsesDecoder {
    items: Items,
    told: Told,
    /// How many of Perplexity's thoughts were told.
    thoughts: u64,
    complete: bool,
}

impl DecodeFrames for OpenaiResponsesDecoder {
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage {
        let data = frame.data.trim();
        if data == "[DONE]" || is_keepalive(frame) {
            return Triage::Known;
        }
        match parse_lossy(data) {
            Ok(event) if event.is_object() => self.event(&frame.event, &event, out),
            _ if frame.event == "error" => {
                let failure = Failure::new(FailureKind::Server).with_detail(excerpt(data));
                self.fail(failure, out);
                Triage::Known
            }
            Ok(_) => Triage::Unknown,
            Err(_) => Triage::Corrupt,
        }
    }

    fn end(&mut self, out: &mut Vec<StreamEvent>) {
        self.items.close(out);
    }

    fn progress(&self) -> Progress {
        if self.complete {
            Progress::Complete
        } else {
            Progress::Open
        }
    }
}

impl OpenaiResponsesDecoder {
    fn event(&mut self, name: &str, event: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        let kind = match kind(event) {
            "" => name,
            kind => kind,
        };
        let copilot = field(event, "copilot_usage");
        self.told.extra("copilot_usage", copilot, out);
        let response = field(event, "response");
        match kind {
            "response.queued" | "response.created" | "response.in_progress" => {
                self.meta(response, out);
                self.told.figures(field(response, "usage"), out);
            }
            "response.completed"
            | "response.incomplete"
            | "response.failed"
            | "response.cancelled"
            | "response.done" => {
                let status = kind.strip_prefix("response.").unwrap_or_default();
                self.terminal(response, status, out);
            }
            "error" => self.fail(failure_from_json(event), out),
            "response.output_item.added" => {
                if let Some(item) = inner(event, "item") {
                    self.items.added(place(event), item, out);
                }
            }
            "response.output_item.done" => {
                if let Some(item) = inner(event, "item") {
                    self.items.done(place(event), item, out);
                }
            }
            "response.reasoning.started"
            | "response.reasoning.search_queries"
            | "response.reasoning.search_results"
            | "response.reasoning.fetch_url_queries"
            | "response.reasoning.fetch_url_results"
            | "response.reasoning.stopped" => {
                self.thought(kind, word(event, "thought"), out);
            }
            "response.skill.loaded"
            | "response.content_part.added"
            | "response.output_text.annotation.added"
            | "response.reasoning_summary_part.added"
            | "response.reasoning_summary_part.done" => {}
            "" => return self.untyped(event, out),
            kind if is_keepalive_name(kind) => {}
            kind => return self.part(kind, event, out),
        }
        Triage::Known
    }

    /// Perplexity's thinking is no item of the output. It may have no words, but
    /// it begins and ends.
    fn thought(&mut self, kind: &str, words: Option<String>, out: &mut Vec<StreamEvent>) {
        let place = Place {
            index: None,
            id: Some("response.reasoning".to_owned()),
        };
        let item = object! { "type": "reasoning" };
        if kind.ends_with(".started") {
            self.items.added(place.clone(), &item, out);
        }
        if let Some(words) = words {
            self.thoughts += 1;
            let (kind, number) = (PartKind::Summary, self.thoughts);
            self.items.delta(place.clone(), kind, number, words, out);
        }
        if kind.ends_with(".stopped") {
            self.items.done(place, &item, out);
        }
    }

    /// Events of a part's text. A part's own `content_part.done` counts as its
    /// full text.
    fn part(&mut self, name: &str, event: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        let (stem, full) = match (name.strip_suffix(".delta"), name.strip_suffix(".done")) {
            (Some(stem), _) => (stem, false),
            (_, Some(stem)) => (stem, true),
            (None, None) => return Triage::Unknown,
        };
        let (part_kind, of, text) = match stem {
            "response.output_text" => (PartKind::Text, event, "text"),
            "response.refusal" => (PartKind::Refusal, event, "refusal"),
            "response.reasoning_text" | "response.reasoning" => {
                (PartKind::Reasoning, event, "text")
            }
            "response.reasoning_summary_text" | "response.reasoning_summary" => {
                (PartKind::Summary, event, "text")
            }
            "response.function_call_arguments" => (PartKind::Arguments, event, "arguments"),
            "response.custom_tool_call_input" => (PartKind::Arguments, event, "input"),
            "response.content_part" => {
                let Some(part) = inner(event, "part") else {
                    return Triage::Known;
                };
                match kind(part) {
                    "refusal" => (PartKind::Refusal, part, "refusal"),
                    "reasoning_text" => (PartKind::Reasoning, part, "text"),
                    _ => (PartKind::Text, part, "text"),
                }
            }
            _ => return Triage::Unknown,
        };
        let number = match part_kind {
            PartKind::Summary => count(event, "summary_index"),
            PartKind::Arguments => None,
            _ => count(event, "content_index"),
        };
        let (place, number) = (place(event), number.unwrap_or(0));
        if full {
            let text = word(of, text).unwrap_or_default();
            self.items.full(place, part_kind, number, &text, out);
        } else {
            let text = flat(field(event, "delta"));
            self.items.delta(place, part_kind, number, text, out);
        }
        Triage::Known
    }

    /// JSON without a type: a whole response, or an error.
    fn untyped(&mut self, event: &Value, out: &mut Vec<StreamEvent>) -> Triage {
        if given(event, "choices").is_none() {
            let is_response = field(event, "object") == "response";
            if is_response || event.get("output").is_some() {
                let status = word(event, "status");
                self.terminal(event, status.as_deref().unwrap_or("completed"), out);
                return Triage::Known;
            }
        }
        let words = given(event, "choices").is_none() && word(event, "message").is_some();
        let fault = |name| says_something(field(event, name));
        if words || fault("error") || fault("detail") {
            self.fail(failure_from_json(event), out);
            return Triage::Known;
        }
        Triage::Unknown
    }

    fn meta(&mut self, response: &Value, out: &mut Vec<StreamEvent>) {
        let meta = ResponseMeta {
            id: word(response, "id"),
            model: word(response, "model"),
            service_tier: word(response, "service_tier"),
        };
        self.told.meta(meta, out);
    }

    fn terminal(&mut self, response: &Value, status: &str, out: &mut Vec<StreamEvent>) {
        self.meta(response, out);
        let answered = self.items.answered();
        self.items.terminal(response, out);
        self.told.figures(field(response, "usage"), out);
        // `response.done` and whole bodies say how it went in `status` only.
        let said = word(response, "status");
        let status = match status {
            "done" => said.as_deref().unwrap_or("completed"),
            status => status,
        };
        let finish = match status {
            "completed" => self.completed(),
            "failed" => {
                self.complete = true;
                let error = object! { "error": field(response, "error").clone() };
                return self.failed(failure_from_json(&error), "failed", answered, out);
            }
            "incomplete" => {
                let details = field(response, "incomplete_details");
                incomplete(word(details, "reason"))
            }
            "in_progress" | "queued" => return self.items.close(out),
            other => Finish {
                unified: FinishReason::Other,
                raw: Some(other.to_owned()),
            },
        };
        self.finish(finish, out);
    }

    fn completed(&self) -> Finish {
        let unified = match (self.items.refused, self.items.called) {
            (true, _) => FinishReason::Refusal,
            (false, true) => FinishReason::ToolCalls,
            (false, false) => FinishReason::Stop,
        };
        Finish {
            unified,
            raw: Some("completed".to_owned()),
        }
    }

    fn fail(&mut self, failure: Failure, out: &mut Vec<StreamEvent>) {
        let answered = self.items.answered();
        self.failed(failure, "error", answered, out);
    }

    fn failed(&mut self, failure: Failure, raw: &str, answered: bool, out: &mut Vec<StreamEvent>) {
        if answered {
            out.push(StreamEvent::Warning(failure));
            let unified = self.completed().unified;
            let raw = Some(raw.to_owned());
            self.finish(Finish { unified, raw }, out);
        } else {
            self.items.close(out);
            out.push(StreamEvent::Error(failure));
            self.complete = true;
        }
    }

    fn finish(&mut self, finish: Finish, out: &mut Vec<StreamEvent>) {
        self.items.close(out);
        self.complete = true;
        out.push(StreamEvent::Finish(finish));
    }
}

fn place(event: &Value) -> Place {
    Place {
        index: count(event, "output_index"),
        id: word(event, "item_id").or_else(|| word(field(event, "item"), "id")),
    }
}

fn incomplete(reason: Option<String>) -> Finish {
    let unified = match reason.as_deref() {
        Some("max_output_tokens" | "max_tokens" | "length") => FinishReason::Length,
        Some("content_filter") => FinishReason::ContentFilter,
        _ => FinishReason::Other,
    };
    Finish {
        unified,
        raw: reason.or_else(|| Some("incomplete".to_owned())),
    }
}
