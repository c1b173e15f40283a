//! A clock for a room: it counts up, or, once a time is set, down.

use super::domain::Millis;

const SECOND_MS: f64 = 1000.0;
/// What a step adds or takes, in ms.
const STEP_MS: f64 = 60.0 * SECOND_MS;
/// The longest time that can be set, in ms: it is shown as minutes and seconds.
const MOST_MS: f64 = 99.0 * STEP_MS;

/// The clock. It has no clock of its own: now comes in, as from
/// `performance.now()`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Stopwatch {
    /// How long it ran before it was last started, in ms.
    kept_ms: f64,
    since: Option<Millis>,
    /// From where it counts down, in ms.
    set_ms: Option<f64>,
}

/// What it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Minutes and seconds, as `4:07`.
    pub text: String,
    /// Whether a time that was set is up; the text then says for how long.
    pub is_over: bool,
}

impl Stopwatch {
    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.since.is_some()
    }

    /// Whether it counts down.
    pub fn is_countdown(&self) -> bool {
        self.set_ms.is_some()
    }

    /// Starts it, or pauses it where it runs.
    pub fn toggle(&mut self, now: Millis) {
        match self.since.take() {
            Some(since) => self.kept_ms += (now.0 - since.0).max(0.0),
            None => self.since = Some(now),
        }
    }

    /// Gives a minute more to count down from, or takes one. With none left it
    /// counts up.
    pub fn step(&mut self, up: bool) {
        let step = if up { STEP_MS } else { -STEP_MS };
        let set = (self.set_ms.unwrap_or_default() + step).min(MOST_MS);
        self.set_ms = (set > 0.0).then_some(set);
    }

    /// How long it has run, in ms.
    pub fn elapsed(&self, now: Millis) -> f64 {
        let running = self.since.map_or(0.0, |since| (now.0 - since.0).max(0.0));
        self.kept_ms + running
    }

    /// What it shows now. Counting down it shows the second that has begun, so
    /// that `0:00` is the end and nothing sooner.
    pub fn read(&self, now: Millis) -> Reading {
        let elapsed = self.elapsed(now);
        let Some(set) = self.set_ms else {
            return Reading {
                text: minutes((elapsed / SECOND_MS).floor()),
                is_over: false,
            };
        };
        let left = set - elapsed;
        if left > 0.0 {
            Reading {
                text: minutes((left / SECOND_MS).ceil()),
                is_over: false,
            }
        } else {
            Reading {
                text: minutes((-left / SECOND_MS).floor()),
                is_over: true,
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole seconds, none of them negative"
)]
fn minutes(seconds: f64) -> String {
    let seconds = seconds as u64;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::{Reading, Stopwatch};
    use crate::core::domain::Millis;
    use proptest::prelude::*;

    fn shown(watch: &Stopwatch, now: f64) -> String {
        watch.read(Millis(now)).text
    }

    #[test]
    fn it_counts_up_and_keeps_its_time_over_a_pause() {
        let mut watch = Stopwatch::default();
        assert_eq!(shown(&watch, 5.0), "0:00");
        watch.toggle(Millis(1_000.0));
        assert_eq!(shown(&watch, 62_999.0), "1:01");
        watch.toggle(Millis(63_000.0));
        assert_eq!(shown(&watch, 999_000.0), "1:02");
        watch.toggle(Millis(999_000.0));
        assert_eq!(shown(&watch, 1_000_000.0), "1:03");
    }

    #[test]
    fn it_counts_down_from_what_was_set_and_then_says_for_how_long_it_is_over() {
        let mut watch = Stopwatch::default();
        watch.step(true);
        watch.step(true);
        assert!(watch.is_countdown());
        assert_eq!(shown(&watch, 0.0), "2:00");
        watch.toggle(Millis(0.0));
        assert_eq!(shown(&watch, 1.0), "2:00");
        assert_eq!(shown(&watch, 119_999.0), "0:01");
        let over = |text: &str| Reading {
            text: text.to_owned(),
            is_over: true,
        };
        assert_eq!(watch.read(Millis(120_000.0)), over("0:00"));
        assert_eq!(watch.read(Millis(125_000.0)), over("0:05"));
        watch.step(true);
        assert_eq!(shown(&watch, 125_000.0), "0:55");
    }

    #[test]
    fn with_no_minute_left_to_take_it_counts_up_again() {
        let mut watch = Stopwatch::default();
        watch.step(true);
        watch.step(false);
        watch.step(false);
        assert!(!watch.is_countdown());
        for _ in 0..200 {
            watch.step(true);
        }
        assert_eq!(shown(&watch, 0.0), "99:00");
    }

    proptest! {
        #[test]
        fn time_that_runs_is_what_was_between_starts_and_pauses(steps in prop::collection::vec(0u32..5_000_000, 1..20)) {
            let mut watch = Stopwatch::default();
            let (mut now, mut ran) = (0.0, 0.0);
            for step in steps {
                let was_running = watch.is_running();
                now += f64::from(step);
                if was_running { ran += f64::from(step); }
                watch.toggle(Millis(now));
            }
            prop_assert!((watch.elapsed(Millis(now)) - ran).abs() < 1e-3);
        }
    }
}
