//! All panes of a replay on one clock.

use super::track::{Alignment, Moved, Track, began_apart, delays};
use crate::core::{recording::Script, run::RunLog};
use std::sync::Arc;

/// A finished run of one pane.
#[derive(Debug, Clone)]
pub struct Run {
    /// It, taken apart.
    pub script: Arc<Script>,
    /// It, whole.
    pub log: RunLog,
    /// When it was sent, in ms on a clock that all runs share.
    pub sent_ms: Option<f64>,
}

/// What is to be seen on the line of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Which run, by its place.
    pub run: usize,
    /// Whether it is the end; else the first token.
    pub is_end: bool,
    /// When, in ms from the beginning of the replay.
    pub at_ms: f64,
}

/// The runs of a replay, all at the same time of it.
#[derive(Debug, Clone)]
pub struct Stage {
    runs: Vec<Run>,
    tracks: Vec<Track>,
    alignment: Alignment,
    at_ms: f64,
}

impl Stage {
    /// At the beginning.
    pub fn new(runs: Vec<Run>, alignment: Alignment) -> Self {
        let mut stage = Self {
            runs,
            tracks: Vec::new(),
            alignment,
            at_ms: 0.0,
        };
        stage.align(alignment);
        stage
    }

    /// Lays the runs differently, and goes to the beginning.
    pub fn align(&mut self, alignment: Alignment) {
        let delays = delays(&self.sent(), alignment);
        let runs = self.runs.iter().zip(delays);
        self.tracks = runs
            .map(|(run, delay)| Track::new(Arc::clone(&run.script), run.log.clone(), delay))
            .collect();
        self.alignment = alignment;
        self.at_ms = 0.0;
    }

    /// How they lie.
    pub fn alignment(&self) -> Alignment {
        self.alignment
    }

    /// Whether they were begun at times that differ.
    pub fn began_apart(&self) -> bool {
        began_apart(&self.sent())
    }

    fn sent(&self) -> Vec<Option<f64>> {
        self.runs.iter().map(|run| run.sent_ms).collect()
    }

    /// The runs as far as they were played.
    pub fn logs(&self) -> impl Iterator<Item = &RunLog> {
        self.tracks.iter().map(Track::log)
    }

    /// When the last run ends, in ms from the beginning.
    pub fn length_ms(&self) -> f64 {
        let ends = self.tracks.iter().map(|track| track.marks().1);
        ends.fold(0.0, f64::max)
    }

    /// First tokens and ends, in the order of the runs.
    pub fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (run, track) in self.tracks.iter().enumerate() {
            let (first, end) = track.marks();
            for (at, is_end) in [(first, false), (Some(end), true)] {
                if let Some(at_ms) = at.filter(|at| *at > 0.0) {
                    marks.push(Mark { run, is_end, at_ms });
                }
            }
        }
        marks
    }

    /// Whether some text of it comes in larger pieces than it came.
    pub fn is_coarse(&self) -> bool {
        self.tracks.iter().any(Track::is_coarse)
    }

    /// Plays all runs up to this time, or goes back to it; how each moved.
    pub fn go_to(&mut self, at_ms: f64) -> Vec<Moved> {
        let before_ms = self.at_ms;
        self.at_ms = at_ms;
        let tracks = self.tracks.iter_mut();
        tracks.map(|track| track.go_to(at_ms, before_ms)).collect()
    }
}

#[cfg(test)]
#[path = "stage_tests.rs"]
mod tests;
