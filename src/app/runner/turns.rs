//! Which turn is sent to which panes, also again and in place of an earlier one.

use super::Runner;
use crate::{
    app::{comparison::Turn, later, notices::Undo},
    core::domain::PaneId,
    words::words,
};
use leptos::prelude::*;

impl Runner {
    /// Sends the composer's prompt to every pane as the next turn, or, while
    /// an earlier message is being edited, in its place.
    pub fn run_all(&self) {
        let comparison = self.comparison;
        if comparison.panes.with_untracked(Vec::is_empty) {
            self.notices.toast(words().composer.no_pane);
            return;
        }
        if self.active.get_untracked() > 0 {
            // Neither a second click on Run nor the next question may cut off
            // what is being answered.
            self.notices.toast(words().composer.still_running);
            return self.catch_up();
        }
        if untrack(|| self.files.is_busy())
            && let Some(parts) = later::parts()
        {
            return (parts.run_when_ready)(comparison, self.files, *self, self.notices);
        }
        self.drop_unsent_turn();
        let is_blank = untrack(|| comparison.is_draft_blank());
        if is_blank && comparison.turns.with_untracked(|turns| !turns.is_empty()) {
            self.notices.toast(words().composer.empty_follow_up);
            return self.catch_up();
        }
        let edited = comparison.editing.get_untracked();
        let before = comparison.turns.get_untracked();
        if let Some(edited) = edited {
            comparison.cut_turns_from(edited);
        }
        let template = comparison.draft.get_untracked();
        let turn = Turn {
            id: comparison.next_id(),
            prompt: self.fill_in(&template),
            template,
            attachments: comparison.attached.get_untracked(),
        };
        comparison.turns.update(|turns| turns.push(turn.clone()));
        let started = self.start_all(&turn);
        if started == 0 {
            // Nothing was sent: what was typed stays where it was typed, and
            // an edit has replaced nothing. The refused turn comes after what
            // it was to replace, for the panes to say why.
            if edited.is_some() {
                comparison
                    .turns
                    .set(before.into_iter().chain([turn]).collect());
            }
            self.notices.say(words().status.nothing_sent);
            return;
        }
        comparison.after_run();
        comparison.forget_runs_except(&before);
        if edited.is_some() {
            let this = *self;
            let undo = Undo::new(move || this.undo_edit(&before, turn.id));
            self.notices
                .toast_with_undo(words().composer.later_dropped, undo);
        }
        self.notices.say((words().status.started)(started));
    }

    /// Puts the conversation back to what it was before a message was edited,
    /// unless it has gone on since. The edited text returns to the composer.
    fn undo_edit(&self, before: &[Turn], edited: u32) {
        let comparison = self.comparison;
        let last = comparison.last_turn_untracked();
        let Some(last) = last.filter(|turn| turn.id == edited) else {
            self.notices.toast(words().composer.undo_too_late);
            return;
        };
        self.stop_all();
        comparison.turns.set(before.to_vec());
        if untrack(|| comparison.is_draft_blank()) {
            comparison.draft.set(last.template);
            comparison.attached.set(last.attachments);
        }
    }

    /// Panes that have no run of the last turn, such as a copy made since, get
    /// one.
    fn catch_up(&self) {
        let Some(turn) = self.comparison.last_turn_untracked() else {
            return;
        };
        for pane in self.comparison.panes.get_untracked() {
            if pane.cell_untracked(turn.id).is_none() {
                self.start(&pane, &turn);
            }
        }
    }

    /// Runs the last turn again in every pane.
    pub fn run_again(&self) {
        if self.is_edit_unsent() {
            return self.run_all();
        }
        let Some(turn) = self.comparison.last_turn_untracked() else {
            return;
        };
        let started = self.start_all(&turn);
        self.notices.say((words().status.started)(started));
    }

    /// Runs the last turn again in one pane.
    pub fn retry(&self, pane: PaneId) {
        if self.is_edit_unsent() {
            return self.run_all();
        }
        let turn = self.comparison.last_turn_untracked();
        if let (Some(pane), Some(turn)) = (self.comparison.pane(pane), turn) {
            self.start(&pane, &turn);
        }
    }

    /// A turn of which nothing was sent leaves with the next run.
    fn drop_unsent_turn(&self) {
        if let Some(turn) = self.unsent_turn() {
            self.comparison
                .turns
                .update(|turns| turns.retain(|other| other.id != turn.id));
        }
    }

    /// The last turn, if nothing of it was sent.
    fn unsent_turn(&self) -> Option<Turn> {
        let turn = self.comparison.last_turn_untracked()?;
        // Any run counts, not only the latest: a retry that was refused does
        // not undo an answer.
        let sent = self
            .comparison
            .panes
            .with_untracked(|panes| panes.iter().any(|pane| pane.sent_anything(turn.id)));
        (!sent).then_some(turn)
    }

    /// Whether the last turn is an edit that was refused everywhere: it stands
    /// after what it is to replace, and may not be sent from there.
    pub(super) fn is_edit_unsent(&self) -> bool {
        let comparison = self.comparison;
        let Some(edited) = comparison.editing.get_untracked() else {
            return false;
        };
        self.unsent_turn().is_some_and(|turn| {
            turn.id != edited
                && turn.template == comparison.draft.get_untracked()
                && turn.attachments == comparison.attached.get_untracked()
        })
    }

    /// Starts a turn in every pane; in how many something will be sent.
    fn start_all(&self, turn: &Turn) -> usize {
        let panes = self.comparison.panes.get_untracked();
        panes.iter().filter(|pane| self.start(pane, turn)).count()
    }
}
