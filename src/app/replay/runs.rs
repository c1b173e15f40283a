//! The runs of a replay: what is played of a pane, and what stands in for it.

use crate::{
    app::pane::{Pane, RunCell, RunState},
    core::{
        domain::Millis,
        pricing::{Cost, CostGap},
        recipe::result::RunFacts,
        recording::Script,
        replay::Run,
        run::RunLog,
        timing,
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// A run that can be played.
pub(super) struct Found {
    pub(super) run: Run,
    /// Whether it was made on this page, by its clock.
    pub(super) is_here: bool,
}

/// One pane of a replay.
#[derive(Clone)]
pub(super) struct Played {
    pub(super) pane: Pane,
    /// The run as it was.
    pub(super) own: RunCell,
    /// The run that stands in for it.
    pub(super) shown: RunCell,
}

impl Played {
    /// Puts in how far the run was played. The cost stands there from the end
    /// on: what was estimated while it ran is not recorded.
    pub(super) fn fill(&self, log: RunLog) {
        let is_over = log.phase().is_over();
        self.shown.state().log = log;
        let cost = self.own.cost.get_untracked();
        let cost = if is_over || !matches!(*cost, Cost::Known(_)) {
            cost
        } else {
            Arc::new(Cost::Unknown(CostGap::Replayed))
        };
        if self.shown.cost.get_untracked() != cost {
            self.shown.cost.set(cost);
        }
    }
}

/// Whether a run is over and was ever sent.
pub(super) fn was_sent(log: &RunLog) -> bool {
    log.phase().is_over() && log.timeline().elapsed(Millis(0.0)).is_some()
}

/// A finished run as the stage takes it.
pub(super) fn run_of(state: &RunState) -> Found {
    let timeline = state.log.timeline();
    let sent_ms = match &state.restored {
        Some(restored) => restored
            .run()
            .and_then(|run| Some(run.facts.sent_after_ms?.0)),
        None => timeline.at(timing::Mark::Sent).map(|at| at.0),
    };
    let run = Run {
        script: Arc::new(Script::of(RunFacts::of_log(&state.log))),
        log: state.log.clone(),
        sent_ms,
    };
    Found {
        run,
        is_here: state.restored.is_none(),
    }
}

/// Times of sending on different clocks say nothing of each other.
pub(super) fn on_one_clock(found: Vec<Found>) -> Vec<Run> {
    let count = found.iter().filter(|one| one.is_here).count();
    let is_one = count == 0 || count == found.len();
    let runs = found.into_iter().map(|Found { run, .. }| Run {
        sent_ms: run.sent_ms.filter(|_| is_one),
        ..run
    });
    runs.collect()
}
