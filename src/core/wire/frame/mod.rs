//! Bytes to frames, without I/O and in time linear in the bytes.
//!
//! [`Framer`] looks at the first significant byte of a body and then reads it
//! as server-sent events, as JSON or as an HTML page, whatever the content type
//! claimed. Layers: `lines` (bytes to lines), `sse` (lines to events, with the
//! rescue of bare JSON), `json_span` (where a JSON document ends), `body` (the
//! sniffing). [`EventStream`] cuts the one binary form there is.

mod body;
pub mod eventstream;
mod json_span;
mod lines;
mod sse;

pub use body::{BodyEnd, Framer, MAX_FRAME_BYTES};
pub use eventstream::EventStream;

/// One server-sent event, or one JSON document of a body that is not SSE.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// The `event:` field; empty where there was none.
    pub event: String,
    /// The `data:` lines joined by line feeds.
    pub data: String,
}

/// Cuts one body into frames, whatever the sizes of the pushes.
pub trait CutFrames {
    /// Reads bytes and appends the frames that they complete. After a fault
    /// nothing more can be read.
    fn push(&mut self, bytes: &[u8], out: &mut Vec<Frame>) -> Result<(), CutFault>;

    /// The body has ended.
    fn finish(&mut self) -> BodyEnd;
}

/// Why a body cannot be cut any further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CutFault {
    /// A frame exceeds the limit.
    TooLarge,
    /// A checksum or a length is wrong.
    Corrupt,
}

/// A frame grew beyond the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooLarge;
