//! The time axis that all phase bars share.

use super::format::{Quantity, Unit};
use crate::core::run::{Segment, SegmentKind};

/// Distances between ticks in ms: 1, 2, 5 times a power of ten, and the same
/// of minutes above 20 s.
const STEPS: [f64; 14] = [
    100.0,
    200.0,
    500.0,
    1_000.0,
    2_000.0,
    5_000.0,
    10_000.0,
    20_000.0,
    60_000.0,
    120_000.0,
    300_000.0,
    600_000.0,
    1_200_000.0,
    3_000_000.0,
];

/// Spaces between ticks, so that there is one tick more.
const MAX_SPACES: f64 = 5.0;

/// The shortest axis in ms, and the one to begin with.
pub const MIN_END_MS: f64 = 500.0;

/// A tick of the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, in ms from sent.
    pub at_ms: f64,
    /// Where, in per cent of the axis.
    pub percent: f64,
    /// What is written there: the number, and the unit that all ticks share.
    pub label: Quantity,
}

/// A time axis from 0 to `end_ms`.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The right end in ms.
    pub end_ms: f64,
    /// 2 to 6 ticks, 0 and the end included.
    pub ticks: Vec<Tick>,
}

/// One part of a phase bar on an axis, in per cent of its length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BarPart {
    /// What it stands for.
    pub kind: SegmentKind,
    /// Left end, 0 to 100.
    pub left: f64,
    /// Length, 0 to 100; with `left` never above 100.
    pub width: f64,
}

/// The shortest axis with a round end that holds `max_ms`. Its end moves in
/// steps of a fifth or more, so that a growing bar rescales it seldom.
pub fn axis(max_ms: f64) -> Axis {
    let longest = STEPS.last().copied().unwrap_or(MIN_END_MS) * MAX_SPACES;
    let max = if max_ms.is_nan() { 0.0 } else { max_ms };
    let max = max.clamp(MIN_END_MS, longest);
    let fits = |step: &f64| step * MAX_SPACES >= max;
    let step = STEPS.into_iter().find(fits).unwrap_or(max / MAX_SPACES);
    let spaces = (max / step).ceil().clamp(1.0, MAX_SPACES);
    let end_ms = spaces * step;
    let (unit, unit_ms) = if step >= 60_000.0 {
        (Unit::Minute, 60_000.0)
    } else if end_ms >= 1_000.0 {
        (Unit::Second, 1_000.0)
    } else {
        (Unit::Millisecond, 1.0)
    };
    let ticks = (0u8..=5)
        .map(f64::from)
        .take_while(|place| *place <= spaces)
        .map(|place| Tick {
            at_ms: place * step,
            percent: 100.0 * place / spaces,
            label: Quantity::short(place * step / unit_ms, unit),
        })
        .collect();
    Axis { end_ms, ticks }
}

impl Axis {
    /// The axis that also holds `max_ms`; never shorter than this one, so that
    /// bars do not jump back during a run.
    #[must_use]
    pub fn grown_to(&self, max_ms: f64) -> Self {
        if max_ms <= self.end_ms || max_ms.is_nan() {
            self.clone()
        } else {
            axis(max_ms)
        }
    }

    /// A place on the axis in per cent, 0 to 100.
    pub fn percent(&self, ms: f64) -> f64 {
        let percent = 100.0 * ms / self.end_ms;
        if percent.is_nan() {
            return 0.0;
        }
        percent.clamp(0.0, 100.0)
    }

    /// The parts of a bar on this axis; what lies beyond its end is cut off.
    pub fn bar(&self, segments: &[Segment]) -> Vec<BarPart> {
        segments
            .iter()
            .map(|part| {
                let left = self.percent(part.from_ms);
                BarPart {
                    kind: part.kind,
                    left,
                    width: (self.percent(part.to_ms) - left).max(0.0),
                }
            })
            .collect()
    }
}

#[cfg(test)]
#[path = "axis_tests.rs"]
mod tests;
