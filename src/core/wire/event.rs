//! The one event model that every dialect decodes into.

use super::ServerTiming;
use crate::core::domain::{Failure, Finish, Usage};
use serde::Serialize;

/// What a block of a response holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The answer.
    Text,
    /// Thinking, or a summary of it.
    Thinking,
    /// A call of a tool; deltas are its JSON arguments.
    ToolCall {
        /// The provider's id of the call, where it has one.
        id: Option<String>,
        /// The tool's name.
        name: Option<String>,
    },
    /// Words of refusal that the dialect marks as such.
    Refusal,
}

/// Facts about the response, sent as soon as they are known. A later value
/// replaces an earlier one; `None` replaces nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ResponseMeta {
    /// The provider's id of this response.
    pub id: Option<String>,
    /// The model that answered, as the provider names it.
    pub model: Option<String>,
    /// The service tier that was served.
    pub service_tier: Option<String>,
}

/// One thing that happened in a stream.
///
/// Blocks are bracketed: `BlockStart`, any number of `Delta`s, `BlockEnd`, with
/// ids that do not repeat within a response. Several may be open at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamEvent {
    /// Something about the response became known.
    Meta(ResponseMeta),
    /// A block begins. It may stay empty: a thinking block whose text the
    /// provider withholds opens and closes without a delta.
    BlockStart {
        /// Identity within this response.
        block: u32,
        /// What it holds.
        kind: BlockKind,
    },
    /// More text of an open block; never empty.
    Delta {
        /// Which block.
        block: u32,
        /// The text to append.
        text: String,
    },
    /// A block ends.
    BlockEnd {
        /// Which block.
        block: u32,
    },
    /// Usage so far; the last one counts, whole.
    Usage(Usage),
    /// The provider's own timings or cost block, raw (llama.cpp `timings`,
    /// Groq `x_groq`, …), under the name the provider gives it.
    Extra {
        /// The provider's field name.
        name: String,
        /// Its value as it came.
        value: serde_json::Value,
    },
    /// What the provider says of its own clock; the last one counts, whole.
    ServerTiming(ServerTiming),
    /// The dialect's terminal event was seen. At most one per response.
    Finish(Finish),
    /// The response failed; the text so far stays.
    Error(Failure),
    /// Something odd that does not end the response (e.g. `response.failed`
    /// after a complete message); worth showing.
    Warning(Failure),
}

/// How far a response has come, for the reader of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// More is expected.
    Open,
    /// The terminal event was seen, but usage may still follow: read on to the
    /// end of the body, or for a short grace.
    Settling,
    /// Nothing more can follow: stop reading.
    Complete,
}

/// Frames by triage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct FrameCounts {
    /// Understood.
    pub known: u32,
    /// Of a type this version does not know: ignored.
    pub unknown: u32,
    /// Of a known type with a broken payload: reported.
    pub corrupt: u32,
}
