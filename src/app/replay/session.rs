//! A turn while it is replayed: from its opening to its end.

use super::{
    Replay, Scene,
    made::made,
    runs::{Found, Played, on_one_clock, run_of, was_sent},
};
use crate::{
    app::pane::{RunCell, RunState},
    browser::clock,
    core::{
        replay::{Alignment, Clock, Stage},
        run::Change,
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// What a replay keeps to itself. Not reactive and not `Send`.
pub(super) struct Session {
    pub(super) clock: Clock,
    pub(super) stage: Stage,
    pub(super) played: Vec<Played>,
    /// The turn that is played.
    pub(super) turn: u32,
    /// The last turn of the comparison when this began.
    last: u32,
    pub(super) last_tick: f64,
}

impl Replay {
    /// Whether there is anything that can be replayed (tracked).
    pub fn is_possible(self) -> bool {
        let comparison = self.comparison;
        // A vote hides what a replay shows.
        let is_blind = comparison.blind.with(Option::is_some);
        self.runner.active.get() == 0 && !is_blind && !self.chapters().is_empty()
    }

    /// Shows the latest turn that has runs from their beginning; `plays`: and
    /// plays them. Says so where there are none.
    pub fn open(self, plays: bool) {
        if self.runner.active.get_untracked() > 0 {
            return self.notices.toast(words().replay().running);
        }
        self.through.set(false);
        let last = untrack(|| self.chapters()).last().map(|last| last.turn);
        let is_open = last.is_some_and(|turn| self.open_turn(turn));
        if !is_open {
            self.take_away();
            return self.notices.toast(words().replay().nothing);
        }
        if plays {
            self.go_on();
        }
    }

    /// Shows a turn's runs from their beginning; whether it has any.
    pub(super) fn open_turn(self, turn: u32) -> bool {
        let found = untrack(|| self.find(turn));
        let Some(last) = self.comparison.last_turn_untracked() else {
            return false;
        };
        if found.is_empty() {
            return false;
        }
        self.take_stand_ins();
        let (played, runs): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let stage = Stage::new(on_one_clock(runs), Alignment::default());
        let mut clock = Clock::new(stage.length_ms());
        clock.set_speed(self.speed.get_untracked(), clock::now());
        self.session.set_value(Some(Session {
            clock,
            stage,
            played,
            turn,
            last: last.id,
            last_tick: 0.0,
        }));
        self.begin();
        true
    }

    /// A turn's finished runs with what stands in for them.
    fn find(self, turn: u32) -> Vec<(Played, Found)> {
        let panes = self.comparison.panes.get();
        let found = panes.into_iter().filter_map(|pane| {
            let own = pane.own_run(turn)?;
            let run = {
                let state = own.state();
                was_sent(&state.log).then(|| run_of(&state))?
            };
            let shown = self.stand_in(&own);
            Some((Played { pane, own, shown }, run))
        });
        found.collect()
    }

    /// Shows all panes at the beginning of the replay.
    pub(super) fn begin(self) {
        let steps = self.session.try_update_value(|session| {
            let session = session.as_mut()?;
            let logs = session.stage.logs().cloned();
            let steps: Vec<_> = session.played.iter().cloned().zip(logs).collect();
            Some((session.turn, steps))
        });
        let Some((turn, steps)) = steps.flatten() else {
            return;
        };
        for (played, log) in steps {
            played.fill(log);
            played.shown.publish(Change::ALL);
            played.pane.stand_in.set(Some(played.shown));
        }
        // What came after it was not there yet.
        if self.comparison.played.get_untracked() != Some(turn) {
            self.comparison.played.set(Some(turn));
        }
        self.tell_scene();
        self.tell(0.0, false);
    }

    fn tell_scene(self) {
        let chapters = untrack(|| self.chapters());
        let scene = self.session.with_value(|session| {
            let session = session.as_ref()?;
            Some(Arc::new(Scene {
                length_ms: session.stage.length_ms(),
                marks: session.stage.marks(),
                panes: session.played.iter().map(|one| one.pane.id).collect(),
                made: made(session.played.iter().map(|one| &one.own)),
                alignment: session.stage.alignment(),
                began_apart: session.stage.began_apart(),
                is_coarse: session.stage.is_coarse(),
                turn: session.turn,
                chapters,
            }))
        });
        self.scene.set(scene);
    }

    /// Ends it: the results are there as they were.
    pub fn close(self) {
        self.take_away();
        self.runner.now.set(clock::now().0);
    }

    fn take_away(self) {
        self.take_stand_ins();
        if self.comparison.played.get_untracked().is_some() {
            self.comparison.played.set(None);
        }
        if self.scene.with_untracked(Option::is_some) {
            self.scene.set(None);
            self.playing.set(false);
        }
    }

    /// Every pane shows its own runs again.
    fn take_stand_ins(self) {
        let session = self.session.try_update_value(Option::take).flatten();
        for played in session.into_iter().flat_map(|session| session.played) {
            played.pane.stand_in.set(None);
        }
    }

    /// Ends it when something runs or a vote begins, when there is another turn,
    /// or when its turn or a pane of it is gone.
    pub(super) fn give_way(self) {
        let runs = self.runner.active.get() > 0;
        let is_blind = self.comparison.blind.with(Option::is_some);
        let turns = self
            .comparison
            .turns
            .with(|turns| turns.iter().map(|turn| turn.id).collect::<Vec<_>>());
        let panes = self
            .comparison
            .panes
            .with(|panes| panes.iter().map(|pane| pane.id).collect::<Vec<_>>());
        let stays = self.session.with_value(|session| {
            session.as_ref().is_none_or(|session| {
                let mut played = session.played.iter();
                !runs
                    && !is_blind
                    && turns.last() == Some(&session.last)
                    && turns.contains(&session.turn)
                    && played.all(|one| panes.contains(&one.pane.id))
            })
        });
        if !stays {
            self.close();
            self.notices.say(words().replay().closed_by_run);
        }
    }

    /// A run that can stand in for `own`: of the same setup, with nothing in it.
    pub(super) fn stand_in(self, own: &RunCell) -> RunCell {
        let cell = RunCell::new(self.comparison.next_id(), own.turn);
        let copy = {
            let state = own.state();
            RunState {
                sent: state.sent.clone(),
                sent_at: state.sent_at,
                endpoint: state.endpoint.clone(),
                setup: state.setup.clone(),
                schema: state.schema.clone(),
                left_out: state.left_out,
                ended_at: state.ended_at,
                ..RunState::default()
            }
        };
        *cell.state() = copy;
        cell
    }
}
