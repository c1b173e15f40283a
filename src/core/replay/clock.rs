//! The clock of a replay: from the real time to the time of the run.

use super::Speed;
use crate::core::domain::Millis;

/// Where a replay stands, in ms from its beginning to its length.
///
/// Each call takes the real time as the page's clock shows it. A clock that
/// plays stops by itself at the end. A real clock that jumps back or shows no
/// number does not move the replay.
#[derive(Debug, Clone, PartialEq)]
pub struct Clock {
    /// Where it stood at `since`, or stands while it is paused.
    at_ms: f64,
    length_ms: f64,
    speed: Speed,
    /// When it was last set going; `None` while it is paused.
    since: Option<Millis>,
}

impl Clock {
    /// A clock of `length_ms` that stands at the beginning.
    pub fn new(length_ms: f64) -> Self {
        Self {
            at_ms: 0.0,
            length_ms: clean(length_ms),
            speed: Speed::default(),
            since: None,
        }
    }

    /// How long the replay is, in ms.
    pub fn length_ms(&self) -> f64 {
        self.length_ms
    }

    /// How fast it goes.
    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// Whether it plays, as far as it was last told the time.
    pub fn is_playing(&self) -> bool {
        self.since.is_some()
    }

    /// Where the replay is, in ms from its beginning.
    pub fn at(&self, real: Millis) -> f64 {
        let passed = self.since.map_or(0.0, |since| clean((real - since).0));
        (self.at_ms + passed * self.speed.factor()).min(self.length_ms)
    }

    /// Whether nothing is left to play.
    pub fn is_at_end(&self, real: Millis) -> bool {
        self.at(real) >= self.length_ms
    }

    /// Where the replay is by now; at the end it stops.
    pub fn tick(&mut self, real: Millis) -> f64 {
        self.settle(real);
        if self.at_ms >= self.length_ms {
            self.since = None;
        }
        self.at_ms
    }

    /// Plays on; from the end it begins anew.
    pub fn play(&mut self, real: Millis) {
        self.settle(real);
        if self.at_ms >= self.length_ms {
            self.at_ms = 0.0;
        }
        self.since = Some(real);
    }

    /// Stands still.
    pub fn pause(&mut self, real: Millis) {
        self.settle(real);
        self.since = None;
    }

    /// Goes to a time, in ms from the beginning; plays on from there if it
    /// plays.
    pub fn seek(&mut self, to_ms: f64, real: Millis) {
        self.settle(real);
        self.at_ms = clean(to_ms).min(self.length_ms);
    }

    /// Goes so many ms forward, or back where that is negative.
    pub fn step(&mut self, by_ms: f64, real: Millis) {
        let by_ms = if by_ms.is_finite() { by_ms } else { 0.0 };
        self.seek(self.at(real) + by_ms, real);
    }

    /// From now on goes this fast.
    pub fn set_speed(&mut self, speed: Speed, real: Millis) {
        self.settle(real);
        self.speed = speed;
    }

    /// Gets another length, and stands at the beginning.
    pub fn set_length(&mut self, length_ms: f64, real: Millis) {
        self.length_ms = clean(length_ms);
        self.seek(0.0, real);
    }

    /// Makes `real` the moment that all further time counts from.
    fn settle(&mut self, real: Millis) {
        self.at_ms = self.at(real);
        if let Some(since) = &mut self.since
            && real > *since
        {
            *since = real;
        }
    }
}

/// A time that is none, or before the beginning, counts as the beginning.
fn clean(ms: f64) -> f64 {
    if ms.is_finite() { ms.max(0.0) } else { 0.0 }
}

#[cfg(test)]
#[path = "clock_tests.rs"]
mod tests;
