//! Runs whose route or wire format only the later part knows.

use super::Runner;
use crate::{
    app::{PaneSetup, later, task},
    words::words,
};
use leptos::prelude::*;

impl Runner {
    /// Whether a pane needs the later part while that is missing. If so, it is
    /// fetched and `then` is called afterwards, also where fetching failed: the
    /// panes then say so, and the others run.
    pub(super) fn waits_for_later(&self, then: impl FnOnce(Self) + 'static) -> bool {
        if later::parts().is_some() {
            return false;
        }
        let waits = self.comparison.panes.with_untracked(|panes| {
            let mut setups = panes.iter().map(|pane| &pane.setup);
            setups.any(|setup| setup.with_untracked(is_unknown))
        });
        if waits {
            self.notices.say(words().later.loading);
            let this = *self;
            task::spawn(async move {
                later::need().await;
                then(this);
            });
        }
        waits
    }
}

/// Whether the first part knows no row or no codec for it, or cannot sign.
fn is_unknown(setup: &PaneSetup) -> bool {
    let row = setup.row();
    let api = row.and_then(|row| row.api(setup.api));
    row.is_none_or(|row| row.auth.sigv4.is_some())
        || api.is_none_or(|api| later::codec(api.dialect).is_none())
}
