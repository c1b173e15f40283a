//! What can be read off a run.

use super::segments::{Segment, SegmentKind, segments};
use super::transcript::{Block, ToolCall};
use super::{Phase, RunLog};
use crate::core::domain::{Failure, Finish, Millis, Usage};
use crate::core::recording::Arrivals;
use crate::core::timing::{Metrics, Timeline};
use crate::core::wire::http::ResponseHead;
use crate::core::wire::{FrameCounts, ResponseMeta, ServerTiming};

impl RunLog {
    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The marks.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Whether it had to wait for its turn before it was sent.
    pub fn was_queued(&self) -> bool {
        self.was_queued
    }

    /// The response's status and readable headers.
    pub fn head(&self) -> Option<&ResponseHead> {
        self.head.as_ref()
    }

    /// The answer so far, exactly as it came.
    pub fn answer(&self) -> &str {
        self.transcript.answer()
    }

    /// What was appended to the answer after its first `seen` bytes (a length
    /// that [`Self::answer`] had before).
    pub fn answer_since(&self, seen: usize) -> &str {
        self.answer().get(seen..).unwrap_or_default()
    }

    /// The thinking so far.
    pub fn thinking(&self) -> &str {
        self.transcript.thinking()
    }

    /// As [`Self::answer_since`], for the thinking.
    pub fn thinking_since(&self, seen: usize) -> &str {
        self.thinking().get(seen..).unwrap_or_default()
    }

    /// Every block as it came.
    pub fn blocks(&self) -> &[Block] {
        self.transcript.blocks()
    }

    /// The tool calls.
    pub fn tool_calls(&self) -> impl Iterator<Item = ToolCall<'_>> {
        self.transcript.tool_calls()
    }

    /// When which piece of text came.
    pub fn arrivals(&self) -> &Arrivals {
        &self.arrivals
    }

    /// The answer, if the run is over and there is something to read in it.
    pub fn usable_answer(&self) -> Option<&str> {
        let readable = self.phase.is_over() && !self.answer().trim().is_empty();
        readable.then(|| self.answer())
    }

    /// Facts about the response.
    pub fn meta(&self) -> &ResponseMeta {
        &self.meta
    }

    /// Usage as last reported.
    pub fn usage(&self) -> Option<&Usage> {
        self.usage.as_ref()
    }

    /// The terminal event.
    pub fn finish(&self) -> Option<&Finish> {
        self.finish.as_ref()
    }

    /// Why it failed.
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// The first warnings; [`Self::warning_count`] says how many there were.
    pub fn warnings(&self) -> &[Failure] {
        &self.warnings
    }

    /// How many warnings there were.
    pub fn warning_count(&self) -> u32 {
        self.warning_count
    }

    /// The provider's own blocks by name, the last of each.
    pub fn extras(&self) -> &[(String, serde_json::Value)] {
        &self.extras
    }

    /// The provider behind the one that was called, where that one passes
    /// requests on and says to whom.
    pub fn upstream(&self) -> Option<&str> {
        let mut extras = self.extras.iter();
        let (_, name) = extras.find(|(name, _)| name == "provider")?;
        name.as_str()
    }

    /// What the provider says of its own clock. It is no part of our figures.
    /// Its speed is filled in from its own count and time where it gives none.
    pub fn server_timing(&self) -> Option<ServerTiming> {
        let mut timing = self.server_timing.clone()?;
        timing.tokens_per_second = timing.speed(self.metrics().output_tokens);
        Some(timing)
    }

    /// Frames by triage.
    pub fn frames(&self) -> FrameCounts {
        self.frames
    }

    /// The figures as they stand.
    pub fn metrics(&self) -> Metrics {
        let complete = self.phase.is_over() && self.finish.is_some();
        Metrics::derive(&self.timeline, self.usage.as_ref(), complete)
    }

    /// The parts of the phase bar; see [`segments`].
    pub fn segments(&self, now: Millis) -> Vec<Segment> {
        segments(&self.timeline, now)
    }

    /// How long it has thought before the answer, in ms; `None` where no
    /// thinking block opened, or only after the answer had begun.
    pub fn thinking_ms(&self, now: Millis) -> Option<f64> {
        self.segments(now)
            .iter()
            .find(|part| part.kind == SegmentKind::Thinking)
            .map(Segment::length_ms)
    }
}
