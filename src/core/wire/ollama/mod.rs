//! Ollama's own API, `/api/chat`.
//!
//! Stream: one JSON object a line, `{model, message: {content, thinking,
//! tool_calls}, done}`; the last one has `done: true`, the reason, the counts
//! and the times. Unlike its OpenAI-compatible API it tells how long loading
//! the model took.
//! Reference: <https://docs.ollama.com/api/chat>.

mod decode;
pub mod request;
mod usage;

pub use decode::OllamaDecoder;
