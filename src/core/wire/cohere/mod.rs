//! Cohere's chat, version 2.
//!
//! Stream: server-sent events whose JSON names its `type`: `message-start`
//! (id), `content-start`, `content-delta` and `content-end` for text and
//! thinking, `tool-plan-delta`, `tool-call-…`, and `message-end` with finish
//! reason and usage. No `[DONE]` is needed.
//! Reference: <https://docs.cohere.com/v2/reference/chat-stream>.

mod decode;
pub mod request;
mod usage;

pub use decode::CohereDecoder;
