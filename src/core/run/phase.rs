//! Where a run stands.

use serde::Serialize;

/// The phases of the automation contract (`data-phase`), in their order. A run
/// only moves forward, and ends in one of the last three.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Nothing was asked for yet.
    #[default]
    Idle,
    /// Waiting for its turn; nothing was sent.
    Queued,
    /// Sent; no headers yet.
    Connecting,
    /// Headers are there; no token yet.
    Waiting,
    /// A thinking block is or was open, with or without text; no answer yet.
    Thinking,
    /// The answer, a refusal or a tool call is coming in.
    Answering,
    /// Ended properly: also a refusal and the token limit.
    Done,
    /// The person stopped it; the text is kept.
    Stopped,
    /// It failed; the text is kept.
    Failed,
}

impl Phase {
    /// The word of the `data-phase` mark.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Queued => "queued",
            Self::Connecting => "connecting",
            Self::Waiting => "waiting",
            Self::Thinking => "thinking",
            Self::Answering => "answering",
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }

    /// Whether a request is under way.
    pub fn is_running(self) -> bool {
        (Self::Connecting..=Self::Answering).contains(&self)
    }

    /// Whether it has ended, in whatever way.
    pub fn is_over(self) -> bool {
        self >= Self::Done
    }
}
