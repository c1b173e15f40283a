//! What the app knows of a run, as the result document takes it.

use crate::core::{
    domain::{Failure, Finish, Millis, Usage},
    pricing::{Cost, Moment},
    recording::Arrivals,
    run::Phase,
    timing::Mark,
    wire::{BlockKind, FrameCounts, ResponseMeta, ServerTiming},
};
use serde::Serialize;
use serde_json::{Map, Value};

/// What the app knows of one run, in domain types.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFacts {
    /// Where it stands.
    pub status: Phase,
    /// When it was sent, by the clock on the wall.
    pub sent_at: Option<Moment>,
    /// How long after the turn's first run it was sent.
    pub sent_after_ms: Option<Millis>,
    /// Whether no model ran: prepared text at a set speed.
    pub simulated: bool,
    /// Why the response ended.
    pub finish: Option<Finish>,
    /// The answer exactly as it came.
    pub answer: String,
    /// Thinking exactly as it came.
    pub thinking: String,
    /// Calls that the model wanted.
    pub tool_calls: Vec<ToolCall>,
    /// How the texts arrived.
    pub chunks: Chunks,
    /// What went wrong.
    pub failure: Option<Failure>,
    /// What was odd without ending the run.
    pub warnings: Vec<Failure>,
    /// What was sent, as JSON: `method`, `url`, `headers` (an object or a list
    /// of pairs, without the key), `body`, `notes` (a list of objects).
    pub sent: Option<Value>,
    /// What the response said of itself.
    pub meta: ResponseMeta,
    /// Token counts.
    pub usage: Option<Usage>,
    /// The provider's own timing or cost blocks, by its names for them.
    pub extras: Map<String, Value>,
    /// What the provider says of its own clock.
    pub server_timing: Option<ServerTiming>,
    /// What it cost.
    pub cost: Option<Cost>,
    /// Points in time.
    pub marks: Marks,
    /// Figures that follow from them.
    pub figures: Figures,
    /// Whether connection and preflight are part of the figures.
    pub first_call: bool,
    /// Whether the tab was hidden at any time of the run.
    pub hidden_tab: bool,
    /// Frames by triage.
    pub frames: FrameCounts,
}

impl RunFacts {
    /// A run of which nothing but its status is known.
    pub fn new(status: Phase) -> Self {
        Self {
            status,
            sent_at: None,
            sent_after_ms: None,
            simulated: false,
            finish: None,
            answer: String::new(),
            thinking: String::new(),
            tool_calls: Vec::new(),
            chunks: Chunks::default(),
            failure: None,
            warnings: Vec::new(),
            sent: None,
            meta: ResponseMeta::default(),
            usage: None,
            extras: Map::new(),
            server_timing: None,
            cost: None,
            marks: Marks::default(),
            figures: Figures::default(),
            first_call: false,
            hidden_tab: false,
            frames: FrameCounts::default(),
        }
    }
}

/// A tool call of the model.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ToolCall {
    /// The provider's id of the call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The tool.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its arguments as they came: JSON text, possibly cut.
    pub arguments: String,
}

/// How the texts of a run arrived: nothing but their sizes and times, since the
/// texts stand in `answer`, `thinking` and `tool_calls`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chunks {
    /// What each block holds, in the order of opening.
    pub blocks: Vec<BlockKind>,
    /// The pieces.
    pub arrivals: Arrivals,
}

impl Marks {
    /// The marks by their names on the timeline.
    pub fn of(mark: impl Fn(Mark) -> Option<Millis>) -> Self {
        Self {
            headers_ms: mark(Mark::Headers),
            first_byte_ms: mark(Mark::FirstByte),
            thinking_opened_ms: mark(Mark::ThinkingOpened),
            first_thinking_ms: mark(Mark::FirstThinking),
            first_answer_ms: mark(Mark::FirstAnswer),
            first_token_ms: mark(Mark::FirstToken),
            last_thinking_ms: mark(Mark::LastThinking),
            last_answer_ms: mark(Mark::LastAnswer),
            last_token_ms: mark(Mark::LastToken),
            last_byte_ms: mark(Mark::LastByte),
            end_ms: mark(Mark::End),
        }
    }

    /// Those that are known, by their names on the timeline.
    pub fn known(&self) -> impl Iterator<Item = (Mark, Millis)> {
        let all = [
            (Mark::Headers, self.headers_ms),
            (Mark::FirstByte, self.first_byte_ms),
            (Mark::ThinkingOpened, self.thinking_opened_ms),
            (Mark::FirstThinking, self.first_thinking_ms),
            (Mark::FirstAnswer, self.first_answer_ms),
            (Mark::FirstToken, self.first_token_ms),
            (Mark::LastThinking, self.last_thinking_ms),
            (Mark::LastAnswer, self.last_answer_ms),
            (Mark::LastToken, self.last_token_ms),
            (Mark::LastByte, self.last_byte_ms),
            (Mark::End, self.end_ms),
        ];
        all.into_iter().filter_map(|(mark, at)| Some((mark, at?)))
    }
}

macro_rules! millis_fields {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize)]
        pub struct $name {
            $(
                $(#[$field_doc])*
                #[serde(skip_serializing_if = "no_time")]
                pub $field: Option<Millis>,
            )+
        }
    };
}

millis_fields!(
    /// Points in time, in milliseconds from the moment of sending.
    Marks {
        /// Response headers.
        headers_ms,
        /// First byte of the body.
        first_byte_ms,
        /// A thinking block opened, with or without text.
        thinking_opened_ms,
        /// First thinking token.
        first_thinking_ms,
        /// First answer token.
        first_answer_ms,
        /// First token of any kind.
        first_token_ms,
        /// Last thinking token.
        last_thinking_ms,
        /// Last answer token.
        last_answer_ms,
        /// Last token of any kind.
        last_token_ms,
        /// Last byte of the body.
        last_byte_ms,
        /// End of the run.
        end_ms,
    }
);

/// Figures as the page shows them, unrounded.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Time to the first token of any kind.
    #[serde(skip_serializing_if = "no_time")]
    pub ttft_ms: Option<Millis>,
    /// Time to the first answer token.
    #[serde(skip_serializing_if = "no_time")]
    pub ttfa_ms: Option<Millis>,
    /// Time to the end.
    #[serde(skip_serializing_if = "no_time")]
    pub total_ms: Option<Millis>,
    /// Output tokens per second.
    #[serde(skip_serializing_if = "no_number")]
    pub output_tokens_per_s: Option<f64>,
}

// JSON has no NaN and no infinity; serde_json would write null for them.
#[expect(clippy::ref_option, reason = "serde passes the field by reference")]
pub(super) fn no_number(number: &Option<f64>) -> bool {
    !number.is_some_and(f64::is_finite)
}

#[expect(clippy::ref_option, reason = "serde passes the field by reference")]
pub(super) fn no_time(time: &Option<Millis>) -> bool {
    no_number(&time.map(|Millis(ms)| ms))
}
