//! Amazon Bedrock's `ConverseStream`: one form for every model that it serves.
//!
//! The body is a binary event stream; each message's `:event-type` names the
//! event and its payload is the bare member. The metadata with usage and
//! latency follow `messageStop`, and a text block is never announced.
//!
//! Source: <https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html>.

mod decode;
pub mod request;
mod usage;

pub use decode::ConverseDecoder;
