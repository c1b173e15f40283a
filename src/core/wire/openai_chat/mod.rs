//! OpenAI Chat Completions and everything that imitates it.
//!
//! Stream: `data: {chunk}` events, `data: [DONE]` at the end (optional in
//! practice). A chunk is `{id, model, choices: [{index, delta: {content,
//! reasoning_content, refusal, tool_calls}, finish_reason}], usage}`.
//! Reference: <https://platform.openai.com/docs/api-reference/chat-streaming>.

mod chunk;
mod decode;
mod finish;
pub mod request;
pub(in crate::core::wire) mod think;
mod tools;
pub(crate) mod usage;

pub use decode::OpenaiChatDecoder;
