//! Running again where nothing is missing.

use super::Runner;
use crate::{app::Pane, words::words};
use leptos::prelude::*;

impl Runner {
    /// Runs the last turn again in the panes that have the key they need. In the
    /// others it would only leave a run that failed beside those that were made.
    pub fn run_again_with_keys(&self) {
        if self.is_edit_unsent() {
            return self.run_again();
        }
        let Some(turn) = self.comparison.last_turn_untracked() else {
            return;
        };
        let panes = self.comparison.panes.get_untracked();
        let has_key = |pane: &&Pane| {
            let setup = pane.setup.get_untracked();
            untrack(|| self.vault.missing(&setup)).is_none()
        };
        let started = panes.iter().filter(has_key);
        let started = started.filter(|pane| self.start(pane, &turn)).count();
        self.notices.say((words().status.started)(started));
    }
}
