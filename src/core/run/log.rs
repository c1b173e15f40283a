//! The reducer of one run.

use super::transcript::{Target, Transcript};
use super::{Change, Phase};
use crate::core::domain::{Failure, FailureKind, Finish, FinishReason, Millis};
use crate::core::domain::{ProtocolFault, Usage};
use crate::core::recording::Arrivals;
use crate::core::timing::{Mark, Timeline, TokenKind};
use crate::core::wire::error::filter_words;
use crate::core::wire::http::ResponseHead;
use crate::core::wire::{BlockKind, FrameCounts, ResponseMeta, ServerTiming, StreamEvent};

/// More warnings than this are counted but not kept.
const MAX_WARNINGS: usize = 32;

/// Everything known about one run (one pane, one turn, one attempt).
///
/// Order of calls: `queued` (optional), `sent`, `headers`, then for each chunk
/// `bytes` followed by `apply` for what it decoded into, all with the time of
/// that chunk's arrival, and `end`, `stop` or `fail` once. Calls that do not
/// fit the phase are ignored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RunLog {
    pub(super) phase: Phase,
    pub(super) timeline: Timeline,
    pub(super) was_queued: bool,
    pub(super) head: Option<ResponseHead>,
    pub(super) transcript: Transcript,
    pub(super) arrivals: Arrivals,
    pub(super) meta: ResponseMeta,
    pub(super) usage: Option<Usage>,
    pub(super) finish: Option<Finish>,
    pub(super) failure: Option<Failure>,
    pub(super) warnings: Vec<Failure>,
    pub(super) warning_count: u32,
    pub(super) extras: Vec<(String, serde_json::Value)>,
    pub(super) server_timing: Option<ServerTiming>,
    pub(super) frames: FrameCounts,
}

impl RunLog {
    /// An idle run.
    pub fn new() -> Self {
        Self::default()
    }

    /// It waits for its turn. Queue time is no part of any figure.
    pub fn queued(&mut self) -> Change {
        if self.phase != Phase::Idle {
            return Change::NONE;
        }
        self.was_queued = true;
        self.go(Phase::Queued)
    }

    /// `fetch` is called at `at`; see [`Timeline::sent`].
    pub fn sent(&mut self, at: Millis, first_call: bool, hidden: bool) -> Change {
        if self.phase > Phase::Queued {
            return Change::NONE;
        }
        self.timeline.sent(at, first_call, hidden);
        self.go(Phase::Connecting) | Change::FACTS
    }

    /// The request was refused for a reason that is mended, and `fetch` is
    /// called again at `at`: all times count from now on.
    pub fn sent_again(&mut self, at: Millis, hidden: bool) -> Change {
        if self.phase != Phase::Connecting {
            return Change::NONE;
        }
        self.timeline = Timeline::new();
        self.timeline.sent(at, false, hidden);
        Change::FACTS
    }

    /// The response headers are there.
    pub fn headers(&mut self, at: Millis, head: &ResponseHead) -> Change {
        if !self.phase.is_running() || self.head.is_some() {
            return Change::NONE;
        }
        self.timeline.headers(at);
        self.head = Some(head.clone());
        self.go(Phase::Waiting) | Change::FACTS
    }

    /// A chunk of `len` bytes arrived; its events follow.
    pub fn bytes(&mut self, at: Millis, len: usize) -> Change {
        if !self.phase.is_running() || len == 0 {
            return Change::NONE;
        }
        let first = self.timeline.at(Mark::FirstByte).is_none();
        self.timeline.chunk(at, len);
        if first { Change::FACTS } else { Change::NONE }
    }

    /// One decoded event. `at`: when the chunk that completed it arrived.
    pub fn apply(&mut self, event: &StreamEvent, at: Millis) -> Change {
        if !self.phase.is_running() {
            return Change::NONE;
        }
        match event {
            StreamEvent::Meta(meta) => self.merge_meta(meta),
            StreamEvent::BlockStart { block, kind } => self.open_block(*block, kind, at),
            StreamEvent::Delta { block, text } => self.append(*block, text, at),
            StreamEvent::BlockEnd { block } => {
                self.transcript.close(*block);
                Change::NONE
            }
            StreamEvent::Usage(usage) => {
                self.usage = Some(usage.clone());
                Change::FACTS
            }
            StreamEvent::Extra { name, value } => {
                match self.extras.iter_mut().find(|(known, _)| known == name) {
                    Some((_, old)) => old.clone_from(value),
                    None => self.extras.push((name.clone(), value.clone())),
                }
                Change::FACTS
            }
            StreamEvent::ServerTiming(timing) => {
                self.server_timing = Some(timing.clone());
                Change::FACTS
            }
            StreamEvent::Finish(finish) => {
                if self.finish.is_some() {
                    return Change::NONE;
                }
                self.finish = Some(finish.clone());
                Change::FACTS
            }
            StreamEvent::Error(failure) => self.close_failed(failure.clone(), at),
            StreamEvent::Warning(failure) => self.warn(failure.clone()),
        }
    }

    /// The body ended. Without a terminal event before it the run is failed:
    /// truncated, or empty if nothing came at all. A finish by a filter is a
    /// failure too.
    pub fn end(&mut self, at: Millis) -> Change {
        if !self.phase.is_running() {
            return Change::NONE;
        }
        match &self.finish {
            Some(finish) if finish.unified == FinishReason::ContentFilter => {
                let mut failure = Failure::new(FailureKind::ContentFilter);
                failure.code.clone_from(&finish.raw);
                let mut said = self.extras.iter();
                failure.detail = said.find_map(|(name, block)| filter_words(name, block));
                self.close_failed(failure, at)
            }
            Some(_) => self.close(Phase::Done, at),
            None if self.timeline.at(Mark::FirstByte).is_none()
                && self.transcript.blocks().is_empty() =>
            {
                let empty = FailureKind::Protocol(ProtocolFault::Empty);
                self.close_failed(Failure::new(empty), at)
            }
            None => self.close_failed(Failure::new(FailureKind::Truncated), at),
        }
    }

    /// As [`Self::end`], where we stopped reading on our own account (the
    /// decoder was complete, or the grace after the finish ran out): the end is
    /// then the arrival of the last chunk, so that our waiting is no part of
    /// the total. `now` counts only if no chunk came.
    pub fn end_at_last_byte(&mut self, now: Millis) -> Change {
        self.end(self.timeline.at(Mark::LastByte).unwrap_or(now))
    }

    /// The person stopped it; the text is kept. After the terminal event it
    /// counts as the end: there was nothing left to stop.
    pub fn stop(&mut self, at: Millis) -> Change {
        if self.finish.is_some() {
            return self.end_at_last_byte(at);
        }
        match self.phase {
            Phase::Idle | Phase::Done | Phase::Stopped | Phase::Failed => Change::NONE,
            _ => self.close(Phase::Stopped, at),
        }
    }

    /// It failed outside the stream (no key, network, status, idle limit); the
    /// text is kept. After the terminal event the response is whole, so that
    /// the failure is only a warning.
    pub fn fail(&mut self, failure: Failure, at: Millis) -> Change {
        if self.phase.is_over() {
            return Change::NONE;
        }
        if self.finish.is_some() {
            return self.warn(failure) | self.end_at_last_byte(at);
        }
        self.close_failed(failure, at)
    }

    /// The tab is hidden while this run is going on.
    pub fn note_hidden(&mut self) -> Change {
        if !self.phase.is_running() || self.timeline.hidden() {
            return Change::NONE;
        }
        self.timeline.note_hidden();
        Change::FACTS
    }

    /// How the decoder has sorted the frames so far.
    pub fn note_frames(&mut self, frames: FrameCounts) {
        if self.phase.is_running() {
            self.frames = frames;
        }
    }

    pub(super) fn go(&mut self, phase: Phase) -> Change {
        if phase <= self.phase || self.phase.is_over() {
            return Change::NONE;
        }
        self.phase = phase;
        Change::PHASE
    }

    fn open_block(&mut self, block: u32, kind: &BlockKind, at: Millis) -> Change {
        let place = self.transcript.blocks().len();
        self.transcript.open(block, kind.clone());
        self.arrive(place, 0, at);
        match kind {
            BlockKind::Text | BlockKind::Refusal => Change::NONE,
            BlockKind::Thinking => {
                self.timeline.thinking_opened(at);
                self.go(Phase::Thinking) | Change::FACTS
            }
            BlockKind::ToolCall { name, .. } => {
                let name = name.as_deref().unwrap_or_default();
                self.token(TokenKind::Answer, name.chars().count(), at);
                self.go(Phase::Answering) | Change::FACTS
            }
        }
    }

    fn append(&mut self, block: u32, text: &str, at: Millis) -> Change {
        if text.is_empty() {
            return Change::NONE;
        }
        let chars = text.chars().count();
        let (place, target) = self.transcript.append(block, text);
        self.arrive(place, chars, at);
        match target {
            Target::Answer => {
                Change::ANSWER
                    | self.token(TokenKind::Answer, chars, at)
                    | self.go(Phase::Answering)
            }
            Target::Thinking => {
                Change::THINKING
                    | self.token(TokenKind::Thinking, chars, at)
                    | self.go(Phase::Thinking)
            }
            Target::ToolCall => {
                self.token(TokenKind::Answer, chars, at);
                self.go(Phase::Answering) | Change::FACTS
            }
        }
    }

    /// Notes when text came, for replays.
    fn arrive(&mut self, block: usize, chars: usize, at: Millis) {
        if let Some(sent) = self.timeline.at(Mark::Sent) {
            let chunk = self.timeline.chunks();
            self.arrivals.note((at - sent).0, chunk, block, chars);
        }
    }

    pub(super) fn token(&mut self, kind: TokenKind, chars: usize, at: Millis) -> Change {
        let first = match kind {
            TokenKind::Thinking => Mark::FirstThinking,
            TokenKind::Answer => Mark::FirstAnswer,
        };
        let is_first = self.timeline.at(first).is_none();
        self.timeline.token(kind, chars, at);
        if is_first {
            Change::FACTS
        } else {
            Change::NONE
        }
    }

    fn merge_meta(&mut self, meta: &ResponseMeta) -> Change {
        let later = |new: &Option<String>, old: &mut Option<String>| {
            if new.is_some() {
                old.clone_from(new);
            }
        };
        later(&meta.id, &mut self.meta.id);
        later(&meta.model, &mut self.meta.model);
        later(&meta.service_tier, &mut self.meta.service_tier);
        Change::FACTS
    }

    fn warn(&mut self, failure: Failure) -> Change {
        self.warning_count = self.warning_count.saturating_add(1);
        if self.warnings.len() < MAX_WARNINGS {
            self.warnings.push(failure);
        }
        Change::FACTS
    }

    fn close_failed(&mut self, failure: Failure, at: Millis) -> Change {
        self.failure = Some(failure);
        self.close(Phase::Failed, at)
    }

    fn close(&mut self, phase: Phase, at: Millis) -> Change {
        self.timeline.end(at);
        self.transcript.close_all();
        self.go(phase) | Change::FACTS
    }
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
