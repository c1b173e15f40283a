//! What was sent, and what became of the person's settings on the way.

use crate::core::catalog::RefusedBecause;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What stands in the report where the request has the key.
pub const KEY_PLACEHOLDER: &str = "<your key>";

/// A request as it is shown and exported. It never holds a key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentReport {
    /// `POST`.
    pub method: String,
    /// Absolute URL.
    pub url: String,
    /// All headers of ours; the key's with [`KEY_PLACEHOLDER`] for the key.
    pub headers: Vec<(String, String)>,
    /// The body as sent, but for the bytes of files, in whose place stands
    /// which file it is.
    pub body: Value,
    /// What was dropped, renamed, added or adjusted by us.
    pub notes: Vec<SentNote>,
}

impl SentReport {
    /// Notes that the request was signed once more by the provider's clock,
    /// which is so many seconds ahead of the device's.
    pub fn signed_again(&mut self, seconds: i64) {
        self.notes.push(SentNote {
            field: "x-amz-date".to_owned(),
            action: SentAction::Adjusted,
            value: Value::Null,
            reason: NoteReason::ClockOff { seconds },
        });
    }

    /// The report of a request that went out without a key.
    #[must_use]
    pub fn without_key(mut self) -> Self {
        self.headers
            .retain(|(_, value)| !value.ends_with(KEY_PLACEHOLDER));
        self
    }
}

/// What became of one field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentNote {
    /// The person's field (`top_p`, `messages[2]`), or for an addition the
    /// field of the body, with dots between the levels.
    pub field: String,
    /// What happened.
    pub action: SentAction,
    /// The value that it happened to; null where it is a long text that the
    /// body holds.
    pub value: Value,
    /// Why.
    pub reason: NoteReason,
}

/// What happened to a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SentAction {
    /// It was left out.
    Dropped,
    /// It was sent under another name.
    Renamed {
        /// The name, with dots between the levels.
        to: String,
    },
    /// It was put in by us.
    Added,
    /// It was sent in another form.
    Adjusted,
}

/// Why something happened to a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteReason {
    /// The API has no such parameter.
    NotInApi,
    /// Models that reason do not take it.
    ReasoningModel,
    /// The model takes it only with `reasoning_effort` set to `none`.
    NeedsEffortNone,
    /// The model samples in its own way and takes no other values.
    FixedSampling,
    /// The model's effort cannot be set.
    NoEffort,
    /// The model gives no summary of its reasoning.
    NoSummary,
    /// The model accepts it and does not heed it.
    Ignored,
    /// The model does not know this effort.
    UnknownEffort {
        /// Those it knows.
        known: Vec<String>,
    },
    /// The provider does not know this service tier.
    UnknownTier {
        /// Those it knows.
        known: Vec<String>,
    },
    /// The provider does not know this form of summary.
    UnknownSummary {
        /// Those it knows.
        known: Vec<String>,
    },
    /// Another field that was set excludes it.
    NotTogether {
        /// Which.
        with: String,
    },
    /// The model refuses it while it thinks, or does not heed it then.
    NotWithThinking,
    /// More than the API takes.
    TooMany {
        /// How many it takes.
        most: usize,
    },
    /// There is nothing in it.
    Blank,
    /// The API has its own name or form for it.
    ApiForm,
    /// The API can ask for JSON, but not for this schema.
    JsonWithoutSchema,
    /// The API gives JSON only where a message speaks of it, and none did.
    JsonUnspoken,
    /// The dialect requires it; for a limit, this is our default.
    Required,
    /// No other upstream provider is to answer than those that are named.
    OnlyThese,
    /// The answer is to come as a stream.
    Streaming,
    /// The stream is to report the usage.
    UsageInStream,
    /// The provider is to report its own timings.
    ServerTimings,
    /// The provider is not to keep the conversation.
    NotStored,
    /// Thinking is to be seen and timed; it is paid for in any case.
    ShowsThinking,
    /// Neighbouring messages of one speaker count as one.
    SameSpeaker,
    /// A conversation begins with the person.
    UserFirst,
    /// White space may not end a beginning that the model is to go on with.
    TrailingSpace,
    /// The model has no place for a system prompt.
    NoSystemPlace,
    /// The person's own JSON says otherwise.
    ExtraBody,
    /// The device's clock was wrong, and the provider refused the first
    /// signature for it.
    ClockOff {
        /// By how many seconds the provider's clock is ahead.
        seconds: i64,
    },
}

impl From<RefusedBecause> for NoteReason {
    fn from(because: RefusedBecause) -> Self {
        match because {
            RefusedBecause::NotInApi => Self::NotInApi,
            RefusedBecause::ReasoningModel => Self::ReasoningModel,
            RefusedBecause::NeedsEffortNone => Self::NeedsEffortNone,
            RefusedBecause::FixedSampling => Self::FixedSampling,
            RefusedBecause::NoEffort => Self::NoEffort,
            RefusedBecause::NoSummary => Self::NoSummary,
        }
    }
}
