//! The parts of Anthropic's events that are read. What has a `type` of its own
//! stays a `Value` until that type is known to us, so that a new type is never
//! mistaken for a broken old one.

use serde::Deserialize;
use serde_json::Value;

/// `message_start`.
#[derive(Debug, Deserialize)]
pub(super) struct MessageStart {
    pub(super) message: Message,
}

/// A message: the head of a stream, or a whole reply.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) id: Option<String>,
    pub(super) model: Option<String>,
    pub(super) content: Option<Vec<Value>>,
    pub(super) usage: Option<Value>,
    pub(super) stop_reason: Option<String>,
    pub(super) stop_details: Option<Value>,
}

/// Why the model stopped; inside `message_delta`. A whole message has the same fields.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Stop {
    pub(super) stop_reason: Option<String>,
    pub(super) stop_details: Option<Value>,
}

/// `message_delta`.
#[derive(Debug, Deserialize)]
pub(super) struct MessageDelta {
    pub(super) delta: Option<Stop>,
    pub(super) usage: Option<Value>,
}

/// `content_block_start`.
#[derive(Debug, Deserialize)]
pub(super) struct BlockOpened {
    pub(super) index: u64,
    pub(super) content_block: Value,
}

/// `content_block_delta`.
#[derive(Debug, Deserialize)]
pub(super) struct BlockGrew {
    pub(super) index: u64,
    pub(super) delta: Value,
}

/// `content_block_stop`.
#[derive(Debug, Deserialize)]
pub(super) struct BlockClosed {
    pub(super) index: u64,
}

/// A `text` block.
#[derive(Debug, Deserialize)]
pub(super) struct TextBlock {
    pub(super) text: Option<String>,
}

/// A `thinking` block.
#[derive(Debug, Deserialize)]
pub(super) struct ThinkingBlock {
    pub(super) thinking: Option<String>,
}

/// A `tool_use` block.
#[derive(Debug, Deserialize)]
pub(super) struct ToolUseBlock {
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) input: Option<Value>,
}
