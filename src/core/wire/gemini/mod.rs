//! Gemini `streamGenerateContent`.
//!
//! With `alt=sse` each event's data is a whole `GenerateContentResponse` that
//! holds the next parts; without it the body is one JSON array of them. No
//! event names and no `[DONE]`: the end of the body is the end.
//!
//! Source: <https://ai.google.dev/api/generate-content>.

mod decode;
pub mod request;
mod usage;

pub use decode::GeminiDecoder;
