//! The wire: requests out as data, bytes in as events. No I/O.
//!
//! `endpoint` + `request` build an [`http::HttpRequest`]; `decode` turns the
//! bytes of the reply into [`event::StreamEvent`]s; `error` classifies replies
//! that are not streams.

pub mod anthropic;
pub mod blocked;
pub(crate) mod count;
pub mod decode;
pub mod diagnosis;
pub(crate) mod emit;
pub mod endpoint;
pub mod error;
pub mod event;
pub mod frame;
pub mod gemini;
pub mod http;
pub(crate) mod lenient;
pub mod models;
pub mod openai_chat;
pub mod openai_responses;
pub mod request;
pub mod triage;

pub use decode::{DecodeFrames, Dialect, StreamDecoder, Triage};
pub use event::{BlockKind, FrameCounts, Progress, ResponseMeta, StreamEvent};
