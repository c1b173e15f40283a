//! Runs whose route or wire format only the later part knows.

use super::Runner;
use crate::{
    app::{Pane, PaneSetup, later, task},
    core::domain::PaneId,
    words::words,
};
use leptos::prelude::*;

impl Runner {
    /// Whether a pane needs the later part while that is missing. If so, it is
    /// fetched and `then` is called afterwards, also where fetching failed: the
    /// panes then say so, and the others run. Until then the panes that will run
    /// (`only` one of them or all) are held and count as queued; whoever stops
    /// them stops `then`.
    pub(super) fn waits_for_later(
        &self,
        only: Option<PaneId>,
        then: impl FnOnce(Self) + 'static,
    ) -> bool {
        if later::parts().is_some() {
            return false;
        }
        let panes = self.comparison.panes.get_untracked();
        if panes.iter().any(|pane| pane.is_held.get_untracked()) {
            return true;
        }
        let waits = panes
            .iter()
            .any(|pane| pane.setup.with_untracked(is_unknown));
        if waits {
            self.notices.say(words().later.loading);
            let all: Vec<Pane> = panes
                .into_iter()
                .filter(|pane| only.is_none_or(|only| only == pane.id))
                .collect();
            for pane in &all {
                pane.is_held.set(true);
            }
            let this = *self;
            task::spawn(async move {
                later::need().await;
                let (left, stopped): (Vec<Pane>, Vec<Pane>) = all
                    .into_iter()
                    .partition(|pane| pane.is_held.get_untracked());
                if left.is_empty() {
                    return;
                }
                this.let_go(None);
                then(this);
                // One that was stopped meanwhile stops before it has sent anything.
                for pane in stopped {
                    this.stop(pane.id);
                }
            });
        }
        waits
    }

    /// Holds one pane, or all, no longer.
    pub(super) fn let_go(&self, only: Option<PaneId>) {
        for pane in self.comparison.panes.get_untracked() {
            let is_meant = only.is_none_or(|only| only == pane.id);
            if is_meant && pane.is_held.get_untracked() {
                pane.is_held.set(false);
            }
        }
    }

    /// Whether anything runs or is about to (tracked).
    pub fn is_busy(&self) -> bool {
        let panes = self.comparison.panes.get();
        self.active.get() > 0 || panes.iter().any(|pane| pane.is_held.get())
    }
}

/// Whether the first part knows no row or no codec for it, or cannot sign.
fn is_unknown(setup: &PaneSetup) -> bool {
    let row = setup.row();
    let api = row.and_then(|row| row.api(setup.api));
    row.is_none_or(|row| row.auth.sigv4.is_some())
        || api.is_none_or(|api| later::codec(api.dialect).is_none())
}
