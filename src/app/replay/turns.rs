//! The turns of a comparison as chapters of its replay, each on a clock of its
//! own.

use super::{Replay, runs::was_sent};
use crate::browser::clock;
use leptos::prelude::*;

/// A turn that can be played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chapter {
    /// Which turn.
    pub turn: u32,
    /// Its number in the comparison, from 1.
    pub number: usize,
    /// How many turns the comparison has.
    pub of: usize,
    /// What was asked.
    pub prompt: String,
}

impl Replay {
    /// The turns that can be played, the oldest first (tracked).
    pub(super) fn chapters(self) -> Vec<Chapter> {
        let turns = self.comparison.turns.get();
        let panes = self.comparison.panes.get();
        let of = turns.len();
        let can_be_played = |turn: u32| {
            let own = panes.iter().filter_map(|pane| pane.own_run(turn));
            own.into_iter().any(|cell| {
                cell.phase.track();
                was_sent(&cell.state().log)
            })
        };
        let chapters = turns.into_iter().enumerate().filter_map(|(at, turn)| {
            can_be_played(turn.id).then(|| Chapter {
                turn: turn.id,
                number: at + 1,
                of,
                prompt: turn.prompt,
            })
        });
        chapters.collect()
    }

    /// Plays this turn alone from now on.
    pub fn choose_turn(self, turn: u32) {
        self.through.set(false);
        self.go_to_turn(turn, self.playing.get_untracked());
    }

    /// Plays all turns from now on, from the first.
    pub fn choose_all(self) {
        self.through.set(true);
        let first = self.scene.with_untracked(|scene| {
            let first = scene.as_ref()?.chapters.first()?;
            Some(first.turn)
        });
        if let Some(first) = first {
            self.go_to_turn(first, self.playing.get_untracked());
        }
    }

    /// So many turns on, or back; whether there is one.
    pub fn step_turn(self, by: isize) -> bool {
        let to = self.neighbour(by);
        if let Some(turn) = to {
            self.go_to_turn(turn, self.playing.get_untracked());
        }
        to.is_some()
    }

    /// Goes to the beginning of a turn; `plays`: and plays it.
    pub(super) fn go_to_turn(self, turn: u32, plays: bool) {
        if self.open_turn(turn) && plays {
            self.go_on();
        }
    }

    /// The turn so many chapters on from the one that is played.
    fn neighbour(self, by: isize) -> Option<u32> {
        self.scene.with_untracked(|scene| {
            let scene = scene.as_ref()?;
            let mut chapters = scene.chapters.iter();
            let at = chapters.position(|one| one.turn == scene.turn)?;
            let to = at.checked_add_signed(by)?;
            scene.chapters.get(to).map(|one| one.turn)
        })
    }

    fn is_at_end(self) -> bool {
        self.session.with_value(|session| {
            let clock = session.as_ref().map(|session| &session.clock);
            clock.is_some_and(|clock| clock.is_at_end(clock::now()))
        })
    }

    /// The turn that goes on by itself where the one before came to its end.
    pub(super) fn turn_that_follows(self) -> Option<u32> {
        let follows = self.through.get_untracked() && self.is_at_end();
        follows.then(|| self.neighbour(1)).flatten()
    }

    /// The turn with which a replay of all goes on when it is played from the end
    /// of one: the next, after the last the first.
    pub(super) fn turn_to_begin(self) -> Option<u32> {
        if !self.through.get_untracked() || !self.is_at_end() {
            return None;
        }
        self.neighbour(1).or_else(|| {
            let scene = self.scene.get_untracked()?;
            let first = scene.chapters.first()?;
            (first.turn != scene.turn).then_some(first.turn)
        })
    }
}
