//! Responses to events.
//!
//! Each output item with text is a block of its own, each part of thinking too.
//! `response.completed`, `.incomplete` and `.failed` are terminal. A failure
//! that comes after a complete message is only a warning: the answer is there.

use super::{
    dto::{Event, Item, Response},
    items::{Items, PartKind, Place},
};
use crate::core::{
    domain::{Failure, FailureKind, Finish, FinishReason},
    json,
    wire::{
        DecodeFrames, Progress, ResponseMeta, StreamEvent, Triage,
        emit::Told,
        error::failure_from_json,
        frame::Frame,
        lenient::{self, Word, says_something},
        openai_chat::usage::SIDE_FIGURES,
        triage::{excerpt, is_keepalive, is_keepalive_name},
    },
};
use serde_json::{Value, json};

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
        match lenient::parse::<Event>(data) {
            Ok(event) if data.starts_with('{') => self.event(&frame.event, event, data, out),
            Ok(_) => Triage::Unknown,
            Err(_) if frame.event == "error" => {
                let failure = Failure::new(FailureKind::Server).with_detail(excerpt(data));
                self.fail(failure, "error", out);
                Triage::Known
            }
            Err(_) => match json::parse(data) {
                Ok(_) => Triage::Unknown,
                Err(_) => Triage::Corrupt,
            },
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
        self.told.extra("copilot_usage", &event.copilot_usage, out);
        match kind.as_str() {
            "response.queued" | "response.created" | "response.in_progress" => {
                self.meta(event.response.0.unwrap_or_default(), out);
            }
            "response.completed"
            | "response.incomplete"
            | "response.failed"
            | "response.cancelled"
            | "response.done" => {
                let status = kind.strip_prefix("response.").unwrap_or_default();
                self.terminal(event.response.0.unwrap_or_default(), status, out);
            }
            "error" => self.error(data, out),
            "response.output_item.added" => {
                if let (place, Some(item)) = (place(&event), &event.item.0) {
                    self.items.added(place, item, out);
                }
            }
            "response.output_item.done" => {
                if let (place, Some(item)) = (place(&event), &event.item.0) {
                    self.items.done(place, item, out);
                }
            }
            "response.reasoning.started"
            | "response.reasoning.search_queries"
            | "response.reasoning.search_results"
            | "response.reasoning.fetch_url_queries"
            | "response.reasoning.fetch_url_results"
            | "response.reasoning.stopped" => self.thought(&kind, event.thought, out),
            "response.skill.loaded"
            | "response.content_part.added"
            | "response.output_text.annotation.added"
            | "response.reasoning_summary_part.added"
            | "response.reasoning_summary_part.done" => {}
            "" => return self.untyped(&event, data, out),
            kind if is_keepalive_name(kind) => {}
            kind => return self.part(kind, event, out),
        }
        Triage::Known
    }

    /// Perplexity's thinking is no item of the output. It may have no words, but
    /// it begins and ends.
    fn thought(&mut self, kind: &str, words: Word, out: &mut Vec<StreamEvent>) {
        let place = Place {
            index: None,
            id: Some("response.reasoning".to_owned()),
        };
        let item = Item {
            kind: Word(Some("reasoning".to_owned())),
            ..Item::default()
        };
        if kind.ends_with(".started") {
            self.items.added(place.clone(), &item, out);
        }
        if let Some(words) = words.filled() {
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
    fn part(&mut self, kind: &str, mut event: Event, out: &mut Vec<StreamEvent>) -> Triage {
        let (stem, full) = match (kind.strip_suffix(".delta"), kind.strip_suffix(".done")) {
            (Some(stem), _) => (stem, false),
            (_, Some(stem)) => (stem, true),
            (None, None) => return Triage::Unknown,
        };
        let part = event.part.0.take();
        let (part_kind, text) = match stem {
            "response.output_text" => (PartKind::Text, event.text.0.take()),
            "response.refusal" => (PartKind::Refusal, event.refusal.0.take()),
            "response.reasoning_text" | "response.reasoning" => {
                (PartKind::Reasoning, event.text.0.take())
            }
            "response.reasoning_summary_text" | "response.reasoning_summary" => {
                (PartKind::Summary, event.text.0.take())
            }
            "response.function_call_arguments" => (PartKind::Arguments, event.arguments.0.take()),
            "response.custom_tool_call_input" => (PartKind::Arguments, event.input.0.take()),
            "response.content_part" => match part {
                Some(part) if part.kind.as_str() == "refusal" => {
                    (PartKind::Refusal, part.refusal.0)
                }
                Some(part) if part.kind.as_str() == "reasoning_text" => {
                    (PartKind::Reasoning, part.text.0)
                }
                Some(part) => (PartKind::Text, part.text.0),
                None => return Triage::Known,
            },
            _ => return Triage::Unknown,
        };
        let number = match part_kind {
            PartKind::Summary => &event.summary_index,
            PartKind::Arguments => &Value::Null,
            _ => &event.content_index,
        };
        let number = lenient::index(number).unwrap_or(0);
        let place = place(&event);
        if full {
            let text = text.unwrap_or_default();
            self.items.full(place, part_kind, number, &text, out);
        } else {
            let text = event.delta.flat();
            self.items.delta(place, part_kind, number, text, out);
        }
        Triage::Known
    }

    /// JSON without a type: a whole response, or an error.
    fn untyped(&mut self, event: &Event, data: &str, out: &mut Vec<StreamEvent>) -> Triage {
        let is_response = event.object.as_str() == "response" || event.output.present;
        if is_response && event.choices.is_null() {
            let Ok(response) = lenient::parse::<Response>(data) else {
                return Triage::Corrupt;
            };
            let status = response.status.as_str().to_owned();
            let status = match status.as_str() {
                "" => "completed",
                status => status,
            };
            self.terminal(response, status, out);
            return Triage::Known;
        }
        let words = !event.message.as_str().is_empty() && event.choices.is_null();
        if says_something(&event.error) || says_something(&event.detail) || words {
            self.error(data, out);
            return Triage::Known;
        }
        Triage::Unknown
    }

    fn meta(&mut self, response: Response, out: &mut Vec<StreamEvent>) {
        self.told.meta(
            ResponseMeta {
                id: response.id.0,
                model: response.model.0,
                service_tier: response.service_tier.0,
            },
            out,
        );
        self.figures(response.usage, out);
    }

    fn figures(&mut self, usage: Value, out: &mut Vec<StreamEvent>) {
        for name in SIDE_FIGURES {
            if let Some(value) = usage.get(name) {
                self.told.extra(name, value, out);
            }
        }
        self.told.usage(usage, out);
    }

    fn terminal(&mut self, mut response: Response, status: &str, out: &mut Vec<StreamEvent>) {
        let output: Vec<Item> = std::mem::take(&mut response.output.items);
        let error = std::mem::take(&mut response.error);
        let reason = std::mem::take(&mut response.incomplete_details)
            .0
            .and_then(|details| details.reason.filled());
        // `response.done` and whole bodies say how it went in `status` only.
        let said = response.status.0.take().filter(|said| !said.is_empty());
        let status = match status {
            "done" => said.as_deref().unwrap_or("completed"),
            status => status,
        };
        let usage = std::mem::take(&mut response.usage);
        self.meta(response, out);
        let answered = self.items.answered();
        self.items.terminal(output, out);
        self.figures(usage, out);
        let finish = match status {
            "completed" => self.completed(),
            "failed" => {
                self.complete = true;
                let failure = failure_from_json(&json!({ "error": error }));
                return self.failed(failure, "failed", answered, out);
            }
            "incomplete" => incomplete(reason),
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

    fn error(&mut self, data: &str, out: &mut Vec<StreamEvent>) {
        let value = lenient::tree(data).unwrap_or_default();
        self.fail(failure_from_json(&value), "error", out);
    }

    fn fail(&mut self, failure: Failure, raw: &str, out: &mut Vec<StreamEvent>) {
        let answered = self.items.answered();
        self.failed(failure, raw, answered, out);
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

fn place(event: &Event) -> Place {
    let own = event.item.0.as_ref().and_then(|item| item.id.0.clone());
    Place {
        index: lenient::index(&event.output_index),
        id: event.item_id.0.clone().or(own).filter(|id| !id.is_empty()),
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
