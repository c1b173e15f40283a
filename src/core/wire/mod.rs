//! The wire: requests out as data, bytes in as events. No I/O.
//!
//! `endpoint` + `request` build an [`http::HttpRequest`]; `decode` turns the
//! bytes of the reply into [`event::StreamEvent`]s; `error` classifies replies
//! that are not streams.

pub mod anthropic;
pub mod bedrock;
pub mod blocked;
pub mod codec;
pub mod cohere;
pub(crate) mod count;
pub mod count_tokens;
pub mod decode;
pub mod diagnosis;
pub(crate) mod emit;
pub mod endpoint;
pub mod error;
pub mod event;
pub(crate) mod fields;
pub mod frame;
pub mod gemini;
pub mod http;
pub mod key_header;
pub mod model_facts;
pub mod models;
pub mod ollama;
pub mod openai_chat;
pub mod openai_responses;
pub mod parts;
pub mod request;
mod server_timing;
pub mod sigv4;
pub mod triage;

pub use codec::Codec;
pub use decode::{DecodeFrames, Dialect, StreamDecoder, Triage};
pub use event::{BlockKind, FrameCounts, Progress, ResponseMeta, StreamEvent};
pub use server_timing::ServerTiming;
