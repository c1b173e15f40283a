//! One test per trap of event streams seen in the wild. The numbers are those of
//! the project's list of 29; 26 (buffering proxies) concerns the clock and 29
//! (aborting) the browser layer, so they are not here.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the exceptions for tests cover only functions marked as tests"
)]

mod chat;
mod framing;
mod responses;
#[path = "../wire_support/mod.rs"]
mod wire_support;

pub(crate) use serde_json::json;
pub(crate) use touchstone::core::{
    domain::{FailureKind, FinishReason, ProtocolFault},
    wire::{
        BlockKind, Dialect, Progress, StreamDecoder, StreamEvent, frame::Framer,
        openai_chat::OpenaiChatDecoder,
    },
};
pub(crate) use wire_support::{
    assert_promises, blocks_of, calls_of, decode, decode_all, error_of, finish_of, text_of,
    warnings_of,
};

pub(crate) const CHAT: Dialect = Dialect::OpenaiChat;
pub(crate) const RESPONSES: Dialect = Dialect::OpenaiResponses;
pub(crate) const DONE: &str = "data: [DONE]\n\n";
pub(crate) const STOP: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#;

/// A chat stream of these frames.
pub(crate) fn stream<T: AsRef<str>>(frames: impl IntoIterator<Item = T>) -> String {
    let line = |frame: T| format!("data: {}\n\n", frame.as_ref());
    frames.into_iter().map(line).collect()
}

/// A chunk with this delta.
pub(crate) fn delta(delta: &str) -> String {
    format!(r#"{{"choices":[{{"index":0,"delta":{delta}}}]}}"#)
}

pub(crate) fn content(text: &str) -> String {
    delta(&json!({ "content": text }).to_string())
}

pub(crate) fn chat(body: &str) -> Vec<StreamEvent> {
    let events = decode_all(CHAT, body);
    assert_promises(&events, body);
    events
}

pub(crate) fn responses(events: &[serde_json::Value]) -> Vec<StreamEvent> {
    let body = stream(events.iter().map(ToString::to_string));
    let events = decode_all(RESPONSES, &body);
    assert_promises(&events, &body);
    events
}

pub(crate) fn text(events: &[StreamEvent]) -> String {
    text_of(events, &BlockKind::Text)
}

pub(crate) fn thinking(events: &[StreamEvent]) -> String {
    text_of(events, &BlockKind::Thinking)
}

pub(crate) fn kind(events: &[StreamEvent]) -> Option<FailureKind> {
    error_of(events).map(|failure| failure.kind)
}

pub(crate) fn unified(events: &[StreamEvent]) -> Option<FinishReason> {
    finish_of(events).map(|finish| finish.unified)
}

pub(crate) fn fault(fault: ProtocolFault) -> FailureKind {
    FailureKind::Protocol(fault)
}
