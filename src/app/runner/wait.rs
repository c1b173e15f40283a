//! Runs whose route or wire format only the later part knows.

use super::Runner;
use crate::{
    app::{PaneSetup, later, task},
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
        if !self.held.with_untracked(Vec::is_empty) {
            return true;
        }
        let panes = self.comparison.panes.get_untracked();
        let waits = panes
            .iter()
            .any(|pane| pane.setup.with_untracked(is_unknown));
        if waits {
            self.notices.say(words().later.loading);
            let ids = panes.iter().map(|pane| pane.id);
            let all: Vec<PaneId> = ids
                .filter(|id| only.is_none_or(|only| only == *id))
                .collect();
            self.held.set(all.clone());
            let this = *self;
            task::spawn(async move {
                later::need().await;
                let left = this.held.try_update(std::mem::take).unwrap_or_default();
                if left.is_empty() {
                    return;
                }
                then(this);
                // One that was stopped meanwhile stops before it has sent anything.
                for pane in all.into_iter().filter(|pane| !left.contains(pane)) {
                    this.stop(pane);
                }
            });
        }
        waits
    }

    /// Whether a pane's run waits for the later part of the program (tracked).
    pub fn is_held(&self, pane: PaneId) -> bool {
        self.held.with(|held| held.contains(&pane))
    }

    /// Whether anything runs or is about to (tracked).
    pub fn is_busy(&self) -> bool {
        self.active.get() > 0 || !self.held.with(Vec::is_empty)
    }
}

/// Whether the first part knows no row or no codec for it, or cannot sign.
fn is_unknown(setup: &PaneSetup) -> bool {
    let row = setup.row();
    let api = row.and_then(|row| row.api(setup.api));
    row.is_none_or(|row| row.auth.sigv4.is_some())
        || api.is_none_or(|api| later::codec(api.dialect).is_none())
}
