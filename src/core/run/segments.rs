//! The parts of the phase bar.

use crate::core::domain::Millis;
use crate::core::timing::{Mark, Timeline};
use serde::Serialize;

/// What a part of the bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SegmentKind {
    /// Sent, waiting for the response headers.
    Headers,
    /// Headers are there, waiting for a token or a thinking block.
    Waiting,
    /// Thinking, visible or not.
    Thinking,
    /// From the first answer token on; includes later thinking, and what
    /// comes after the last token (usage, end of the body).
    Answering,
}

impl SegmentKind {
    /// All of them, in the order in which a bar has them.
    pub const ALL: [Self; 4] = [
        Self::Headers,
        Self::Waiting,
        Self::Thinking,
        Self::Answering,
    ];
}

/// One part of the phase bar, in ms from sent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Segment {
    /// What it stands for.
    pub kind: SegmentKind,
    /// Where it begins.
    pub from_ms: f64,
    /// Where it ends.
    pub to_ms: f64,
}

impl Segment {
    /// Its length in ms.
    pub fn length_ms(&self) -> f64 {
        self.to_ms - self.from_ms
    }
}

/// The bar's parts up to `now`, or up to the end once there is one. They follow
/// one another without a gap from 0 on; a part without length is left out.
/// Thinking begins when its block opens; thinking that is only reported
/// afterwards stays part of the waiting.
pub fn segments(timeline: &Timeline, now: Millis) -> Vec<Segment> {
    let Some(end) = timeline.elapsed(now) else {
        return Vec::new();
    };
    let mark = |mark| timeline.since_sent(mark).map_or(end, |at| at.min(end));
    let answer = mark(Mark::FirstAnswer);
    let thinking = mark(Mark::ThinkingOpened).min(answer);
    let headers = mark(Mark::Headers).min(thinking);
    up_to(headers, thinking, answer, end)
}

/// The parts that end at these times, in ms from sent; each is at least the one
/// before.
pub fn up_to(headers: f64, thinking: f64, answer: f64, end: f64) -> Vec<Segment> {
    let stops = [
        (SegmentKind::Headers, headers),
        (SegmentKind::Waiting, thinking),
        (SegmentKind::Thinking, answer),
        (SegmentKind::Answering, end),
    ];
    let mut from_ms = 0.0;
    let mut parts = Vec::with_capacity(stops.len());
    for (kind, to_ms) in stops {
        if to_ms > from_ms {
            parts.push(Segment {
                kind,
                from_ms,
                to_ms,
            });
            from_ms = to_ms;
        }
    }
    parts
}
