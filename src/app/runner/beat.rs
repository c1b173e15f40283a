//! The runner's beat: what happens once a frame, while the tab is hidden, and
//! on the watchdog's tick.

use super::{Runner, TICK_MS};
use crate::{
    app::{later, pane::RunCell, stream::Job},
    browser::{clock, frame::FrameScheduler, page},
    core::run::Change,
};
use leptos::prelude::*;
use std::rc::Rc;

/// How many panes draw what is new to them in one frame, in turns. More would
/// make frames long, and a chunk that comes meanwhile is read late.
const PANES_PER_FRAME: usize = 4;
/// How often they draw while more than that wait, in ms: every second frame. A
/// frame costs the browser much however little is drawn, and that time is
/// needed for reading.
const DRAW_EVERY_MS: f64 = 30.0;

impl Runner {
    pub(super) fn request_frame(&self) {
        let frame = self.inner.with_value(|inner| inner.frame.clone());
        frame.request();
    }

    pub(super) fn on_frame(&self) {
        let now = clock::now().0;
        // A hidden tab paints nothing, so there is no frame to spare.
        let is_hidden = page::is_hidden();
        let due: Option<Vec<(RunCell, Change)>> = self
            .inner
            .try_update_value(|inner| {
                let is_early = now - inner.last_drawn < DRAW_EVERY_MS;
                if inner.dirty.len() > PANES_PER_FRAME && is_early && !is_hidden {
                    return None;
                }
                inner.last_drawn = now;
                let most = if is_hidden {
                    usize::MAX
                } else {
                    PANES_PER_FRAME
                };
                let count = inner.dirty.len().min(most);
                Some(inner.dirty.drain(..count).collect())
            })
            .flatten();
        let Some(due) = due else {
            // Nothing at all, not even the clocks: the browser skips the frame.
            return self.request_frame();
        };
        for (cell, change) in due {
            cell.publish(change);
        }
        if self.active.get_untracked() == 0 {
            return;
        }
        let due = self
            .inner
            .try_update_value(|inner| {
                let due = now - inner.last_tick >= TICK_MS;
                if due {
                    inner.last_tick = now;
                }
                due
            })
            .unwrap_or_default();
        if due {
            self.now.set(now);
        }
        self.request_frame();
    }

    pub(super) fn on_visibility(&self) {
        let (frame, jobs): (FrameScheduler, Vec<Rc<Job>>) = self
            .inner
            .with_value(|inner| (inner.frame.clone(), inner.jobs.values().cloned().collect()));
        if page::is_hidden() {
            for job in jobs {
                let change = job.cell.state().log.note_hidden();
                self.mark_dirty(&job.cell, change);
            }
        }
        // A frame asked for before hiding comes only when the tab is shown again:
        // do its work now and ask anew.
        frame.flush();
    }

    pub(super) fn watch(&self) {
        let limit_ms = f64::from(self.settings.idle_limit_s.get_untracked()) * 1000.0;
        let jobs: Vec<Rc<Job>> = self
            .inner
            .with_value(|inner| inner.jobs.values().cloned().collect());
        let now = clock::now();
        let beat = self
            .inner
            .try_update_value(|inner| {
                inner.beats = inner.beats.wrapping_add(1);
                inner.beats
            })
            .unwrap_or_default();
        for job in jobs {
            job.watch(now, limit_ms);
            if job.has_started() && beat.is_multiple_of(job.beats_per_price()) {
                self.prices.price(&job.cell);
            }
            let flush = later::parts().map(|parts| parts.flush_document);
            if job.pauses(now) && flush.is_some_and(|flush| flush(&mut job.cell.state())) {
                self.mark_dirty(&job.cell, Change::ANSWER);
            }
        }
    }
}
