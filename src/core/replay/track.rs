//! One pane of a replay, and all of them together.

use crate::core::{
    domain::Millis,
    recording::{Player, Script},
    run::{Change, RunLog},
};
use std::sync::Arc;

/// Runs that were sent within this time of each other, in ms, count as begun
/// together: nobody sees the difference.
const TOGETHER_MS: f64 = 50.0;

/// How the panes' own times lie on the clock of the replay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Each pane's zero is when its own request was sent.
    #[default]
    FromZero,
    /// Each pane begins when it began.
    AsItWas,
}

/// When each of several runs begins, in ms from the beginning of the replay.
/// `sent` are the times of sending on any one clock, in ms; with one of them
/// unknown all begin together.
pub fn delays(sent: &[Option<f64>], alignment: Alignment) -> Vec<f64> {
    let known: Option<Vec<f64>> = sent.iter().copied().collect();
    match known {
        Some(known) if alignment == Alignment::AsItWas => {
            let first = known.iter().copied().fold(f64::INFINITY, f64::min);
            known.iter().map(|at| at - first).collect()
        }
        _ => vec![0.0; sent.len()],
    }
}

/// Whether it makes a difference how they are aligned.
pub fn began_apart(sent: &[Option<f64>]) -> bool {
    let longest = delays(sent, Alignment::AsItWas)
        .into_iter()
        .fold(0.0, f64::max);
    longest > TOGETHER_MS
}

/// How a track moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// Nothing is different.
    No,
    /// It went on; what changed.
    On(Change),
    /// It went back: nothing of what is shown may stay.
    Back,
}

/// One run that is played.
#[derive(Debug, Clone)]
pub struct Track {
    script: Arc<Script>,
    /// The run as it ended.
    whole: RunLog,
    /// When it begins on the clock of the replay, in ms.
    delay_ms: f64,
    part: Part,
}

#[derive(Debug, Clone)]
enum Part {
    /// It has not begun.
    Before(RunLog),
    /// It is under way.
    Inside(Player),
    /// All of it was played.
    After,
}

impl Track {
    /// A track at the beginning of the replay. `whole` is the run that the
    /// script was made of.
    pub fn new(script: Arc<Script>, whole: RunLog, delay_ms: f64) -> Self {
        let mut track = Self {
            script,
            whole,
            delay_ms,
            part: Part::After,
        };
        track.part = track.part_at(0.0);
        track
    }

    /// The run as far as it was played. While it is under way its times are on
    /// the clock of the replay; at its end it is the run itself.
    pub fn log(&self) -> &RunLog {
        match &self.part {
            Part::Before(log) => log,
            Part::Inside(player) => player.log(),
            Part::After => &self.whole,
        }
    }

    /// When its first token came and when it ended, in ms on the clock of the
    /// replay.
    pub fn marks(&self) -> (Option<f64>, f64) {
        let first = self.script.facts().marks.first_token_ms;
        let first = first.map(|at| self.delay_ms + at.0);
        (first, self.delay_ms + self.script.end_ms())
    }

    /// Whether pieces of its text were joined, so that they come at once.
    pub fn is_coarse(&self) -> bool {
        let facts = self.script.facts();
        let arrivals = &facts.chunks.arrivals;
        let has_text = !facts.answer.is_empty() || !facts.thinking.is_empty();
        has_text && (arrivals.is_empty() || arrivals.is_thinned())
    }

    /// Plays it up to `at_ms` of the replay, or goes back to there. Forwards
    /// only what is new is applied; backwards it is played anew.
    pub fn go_to(&mut self, at_ms: f64, before_ms: f64) -> Moved {
        if at_ms < before_ms {
            return self.go_back(at_ms);
        }
        // Sums of times are rounded: the end is asked for as it is told.
        let ends = at_ms >= self.marks().1;
        match &mut self.part {
            Part::After => Moved::No,
            Part::Before(_) if at_ms < self.delay_ms => Moved::No,
            Part::Before(_) => {
                self.part = self.part_at(at_ms);
                Moved::On(Change::ALL)
            }
            Part::Inside(_) if ends => {
                self.part = Part::After;
                Moved::On(Change::ALL)
            }
            Part::Inside(player) => {
                let change = player.advance(at_ms - self.delay_ms);
                if player.is_finished() {
                    self.part = Part::After;
                    Moved::On(Change::ALL)
                } else if change.is_empty() {
                    Moved::No
                } else {
                    Moved::On(change)
                }
            }
        }
    }

    fn go_back(&mut self, at_ms: f64) -> Moved {
        let was = (self.log().phase(), self.log().arrivals().pieces().len());
        if matches!(self.part, Part::After) && at_ms >= self.marks().1
            || matches!(self.part, Part::Before(_))
        {
            return Moved::No;
        }
        self.part = self.part_at(at_ms);
        let is = (self.log().phase(), self.log().arrivals().pieces().len());
        if was == is { Moved::No } else { Moved::Back }
    }

    fn part_at(&self, at_ms: f64) -> Part {
        if at_ms < self.delay_ms {
            let mut log = RunLog::new();
            log.queued();
            return Part::Before(log);
        }
        if at_ms >= self.marks().1 {
            return Part::After;
        }
        let mut player = Player::sent_at(Arc::clone(&self.script), Millis(self.delay_ms));
        player.advance(at_ms - self.delay_ms);
        if player.is_finished() {
            Part::After
        } else {
            Part::Inside(player)
        }
    }
}
