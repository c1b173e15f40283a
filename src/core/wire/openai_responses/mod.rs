//! OpenAI Responses, also spoken by xAI, Azure, Perplexity Agent and others.
//!
//! Stream: `event: TYPE` + `data: {"type": TYPE, …}`, from `response.created`
//! to one of `response.completed`, `.incomplete`, `.failed`; no `[DONE]`. Between
//! them output items (message, reasoning, function call) open, grow by deltas of
//! their parts, and close.
//! Reference: <https://platform.openai.com/docs/api-reference/responses-streaming>.

mod decode;
mod items;
pub mod request;

pub use decode::OpenaiResponsesDecoder;
