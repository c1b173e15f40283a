//! How runs end: stopped by the person, or over by themselves.

use super::Runner;
use crate::{
    app::{
        pane::RunCell,
        stream::{Job, StopReason},
    },
    browser::clock,
    core::{
        domain::PaneId,
        run::{Change, Phase},
    },
    words::words,
};
use leptos::prelude::*;
use std::rc::Rc;

impl Runner {
    /// Stops one pane; its text stays.
    pub fn stop(&self, pane: PaneId) {
        let jobs: Vec<Rc<Job>> = self.inner.with_value(|inner| {
            inner
                .jobs
                .values()
                .filter(|job| job.pane.id == pane)
                .cloned()
                .collect()
        });
        for job in jobs {
            self.stop_job(&job);
        }
    }

    /// Stops everything, also a run that waits for files.
    pub fn stop_all(&self) {
        self.comparison.run_waits.set_value(false);
        let jobs: Vec<Rc<Job>> = self
            .inner
            .with_value(|inner| inner.jobs.values().cloned().collect());
        for job in jobs {
            self.stop_job(&job);
        }
    }

    fn stop_job(&self, job: &Rc<Job>) {
        job.abort(StopReason::Person);
        job.cell.state().log.stop(clock::now());
        self.over(&job.cell);
    }

    /// The run is over: publish at once, free its place, tell the status line.
    pub(in crate::app) fn over(&self, cell: &RunCell) {
        {
            let mut state = cell.state();
            if state.ended_at.is_some() {
                return;
            }
            state.ended_at = Some(clock::now());
        }
        self.inner.update_value(|inner| {
            inner.dirty.retain(|(other, _)| other.id != cell.id);
        });
        // Before the phase says that it is over.
        self.prices.price(cell);
        cell.publish(Change::ALL);
        let job = self
            .inner
            .try_update_value(|inner| inner.jobs.remove(&cell.id))
            .flatten();
        if let Some(job) = job {
            self.active
                .update(|active| *active = active.saturating_sub(1));
            self.announce(&job);
            // A started run keeps its place until its connection is free.
            if !job.has_started() {
                self.leave_queue(cell.id);
            }
        }
        self.now.set(clock::now().0);
        let idle = self.active.get_untracked() == 0;
        if idle {
            self.inner.update_value(|inner| inner.watch = None);
        }
    }

    fn announce(&self, job: &Job) {
        let name = job.pane.setup.with_untracked(|setup| {
            if setup.is_simulated() {
                (words().pane.simulated_name)(setup.name())
            } else {
                setup.name().to_owned()
            }
        });
        let status = words().status;
        let left = self.active.get_untracked();
        let text = match job.cell.phase.get_untracked() {
            Phase::Failed => (status.failed)(&name, left),
            Phase::Stopped => (status.stopped)(&name, left),
            _ => (status.finished)(&name, left),
        };
        self.notices.say(text);
    }
}
