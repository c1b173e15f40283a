//! Anthropic Messages, as streamed with `stream: true` and as a whole body.
//!
//! Named server-sent events whose JSON carries the same name in `type`:
//!
//! ```text
//! message_start → (content_block_start → content_block_delta* →
//!   content_block_stop)* → message_delta+ → message_stop
//! ping and error at any time; no [DONE]
//! ```
//!
//! Source: <https://platform.claude.com/docs/en/build-with-claude/streaming>.

mod decode;
pub mod request;
mod usage;

pub use decode::AnthropicDecoder;
