//! The wire: requests out as data, bytes in as events. No I/O.
//!
//! `endpoint` + `request` build an [`http::HttpRequest`]; `decode` turns the
//! bytes of the reply into [`event::StreamEvent`]s; `error` classifies replies
//! that are not streams.

pub mod anthropic;
mod count;
pub mod decode;
pub mod error;
pub mod event;
pub mod frame;
pub mod gemini;
pub mod http;

pub use decode::{DecodeFrames, Dialect, Triage};
pub use event::{BlockKind, FrameCounts, Progress, ResponseMeta, StreamEvent};
