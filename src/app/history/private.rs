//! Private mode: what is run in it is not kept.

use super::History;
use crate::{
    browser::storage::{self, Place},
    words::words,
};
use leptos::prelude::*;

/// Holds whether nothing is kept.
const PRIVATE_KEY: &str = "touchstone.private";

/// Whether nothing is kept, as this device remembers it.
pub(super) fn is_private() -> bool {
    storage::get(Place::Device, PRIVATE_KEY).is_some()
}

impl History {
    /// Lets nothing be kept from now on, or again.
    pub fn set_private(self, is_on: bool) {
        if is_on {
            storage::set(Place::Device, PRIVATE_KEY, "1");
        } else {
            storage::remove(Place::Device, PRIVATE_KEY);
        }
        self.take_private(is_on);
        self.tell();
        let w = words().history();
        self.notices
            .say(if is_on { w.private_on } else { w.private_off });
    }

    /// The same where another tab switched it.
    pub(super) fn hear_private(self) {
        if !storage::is_refused() {
            self.take_private(is_private());
        }
    }

    /// What runs across the switch was begun or ends in private mode; what has
    /// ended before was not.
    fn take_private(self, is_on: bool) {
        if self.is_private.get_untracked() == is_on {
            return;
        }
        self.mark_running_private();
        self.save_if_due();
        self.is_private.set(is_on);
    }

    /// Runs that have begun belong to private mode, also those of comparisons that
    /// are not on the page now.
    pub(super) fn mark_running_private(self) {
        let running = self.runner.running();
        self.inner.update_value(|inner| {
            for run in running {
                if !inner.private_runs.contains(&run) {
                    inner.private_runs.push(run);
                }
            }
        });
    }

    /// What has ended on the page belongs to private mode, unless it is kept.
    pub(super) fn mark_page_private(self) {
        self.mark_running_private();
        for pane in self.comparison.panes.get_untracked() {
            for cell in pane.cells.get_untracked() {
                self.inner.update_value(|inner| {
                    let is_kept = inner
                        .threads
                        .iter()
                        .any(|thread| thread.runs.contains(&cell.id));
                    if !is_kept && !inner.private_runs.contains(&cell.id) {
                        inner.private_runs.push(cell.id);
                    }
                });
            }
        }
    }

    /// Keeps the comparison on the page though runs of it were private, also
    /// while the mode is on.
    pub fn keep_after_all(self) {
        let runs = self.ended();
        self.inner.update_value(|inner| {
            inner.private_runs.retain(|run| !runs.contains(run));
        });
        self.write(self.take_down());
    }
}
