//! What every dialect's decoder promises, and the façade that joins framing
//! with a dialect.

use super::{Progress, StreamEvent, frame::Frame};

/// The wire formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// OpenAI Chat Completions, with all its imitations.
    OpenaiChat,
    /// OpenAI Responses.
    OpenaiResponses,
    /// Anthropic Messages.
    Anthropic,
    /// Gemini `streamGenerateContent` with `alt=sse`.
    Gemini,
}

/// What a frame turned out to be. Each frame is triaged exactly once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Triage {
    /// Understood.
    Known,
    /// Of a type this version does not know: ignored and counted.
    Unknown,
    /// Of a known type with a broken payload, or not JSON at all: reported.
    Corrupt,
}

/// One dialect's decoder. It sees frames, never bytes, so that any split of
/// the bytes gives the same events.
pub trait DecodeFrames {
    /// Decodes one frame, appending what it means.
    fn frame(&mut self, frame: &Frame, out: &mut Vec<StreamEvent>) -> Triage;

    /// Decodes a whole JSON body that came in answer to a stream request.
    fn whole(&mut self, body: &str, out: &mut Vec<StreamEvent>) -> Triage;

    /// The body has ended: closes open blocks and emits what was held back.
    /// Does not judge truncation; the façade does, by [`Self::progress`].
    fn end(&mut self, out: &mut Vec<StreamEvent>);

    /// How far the response has come.
    fn progress(&self) -> Progress;
}
