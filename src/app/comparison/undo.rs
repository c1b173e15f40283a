//! Ways back to the comparison that was there before.

use super::{Comparison, Turn};
use crate::{
    app::{notices::Undo, pane::Pane},
    core::{
        attach::Attachment,
        domain::Params,
        queue::Order,
        recipe::{Recipe, RecipeMessage, result::ResultDoc},
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// All that makes a comparison, its runs included: panes are handles.
#[derive(Clone, Default)]
struct Snapshot {
    title: String,
    draft: String,
    attached: Vec<Attachment>,
    system: String,
    params: Params,
    variables: Vec<(String, String)>,
    order: Order,
    prefix: Vec<RecipeMessage>,
    turns: Vec<Turn>,
    panes: Vec<Pane>,
    editing: Option<u32>,
    set_aside: (String, Vec<Attachment>),
    origin: Option<Recipe>,
    baseline: Option<Recipe>,
    shown: Option<Arc<ResultDoc>>,
}

impl Snapshot {
    fn of(comparison: &Comparison) -> Self {
        Self {
            title: comparison.title.get_untracked(),
            draft: comparison.draft.get_untracked(),
            attached: comparison.attached.get_untracked(),
            system: comparison.system.get_untracked(),
            params: comparison.params.get_untracked(),
            variables: comparison.variables.get_untracked(),
            order: comparison.order.get_untracked(),
            prefix: comparison.prefix.get_untracked(),
            turns: comparison.turns.get_untracked(),
            panes: comparison.panes.get_untracked(),
            editing: comparison.editing.get_untracked(),
            set_aside: comparison.set_aside.get_value(),
            origin: comparison.origin.get_untracked(),
            baseline: comparison.baseline.get_value(),
            shown: comparison.shown.get_value(),
        }
    }

    /// Whether it is as [`Comparison::put_away`] leaves the page.
    fn is_empty(&self) -> bool {
        let texts = [&self.title, &self.draft, &self.system];
        texts.into_iter().all(|text| text.trim().is_empty())
            && self.attached.is_empty()
            && self.params == Params::default()
            && self.variables.is_empty()
            && self.order == Order::default()
            && self.prefix.is_empty()
            && self.turns.is_empty()
            && self.panes.is_empty()
            && self.origin.is_none()
    }

    fn restore(self, comparison: &Comparison) {
        comparison.editing.set(self.editing);
        comparison.set_aside.set_value(self.set_aside);
        comparison.run_waits.set_value(false);
        comparison.expanded.set(None);
        comparison.title.set(self.title);
        comparison.draft.set(self.draft);
        comparison.attached.set(self.attached);
        comparison.system.set(self.system);
        comparison.params.set(self.params);
        comparison.variables.set(self.variables);
        comparison.order.set(self.order);
        comparison.prefix.set(self.prefix);
        comparison.turns.set(self.turns);
        comparison.panes.set(self.panes);
        comparison.origin.set(self.origin);
        comparison.baseline.set_value(self.baseline);
        comparison.shown.set_value(self.shown);
    }
}

impl Comparison {
    /// Empties turns and results but keeps panes and parameters; the last
    /// prompt returns to the composer. With an undo, as long as nothing new was
    /// asked since.
    pub fn clear_turns(&self) -> Option<Undo> {
        let before = self.turns.get_untracked();
        let Turn {
            template,
            attachments,
            ..
        } = before.last()?.clone();
        self.turns.set(Vec::new());
        let draft_before = self.draft.get_untracked();
        let attached_before = self.attached.get_untracked();
        if untrack(|| self.is_draft_blank()) {
            self.draft.set(template.clone());
            self.attached.set(attachments.clone());
        }
        let this = *self;
        Some(Undo::new(move || {
            if this.turns.with_untracked(Vec::is_empty) {
                this.turns.set(before.clone());
                // What was typed since stays.
                if this.draft.with_untracked(|draft| *draft == template) {
                    this.draft.set(draft_before.clone());
                }
                if this.attached.with_untracked(|all| *all == attachments) {
                    this.attached.set(attached_before.clone());
                }
            } else {
                this.notices.toast(words().composer.undo_too_late);
            }
        }))
    }

    /// Empties the whole comparison. With an undo, as long as nothing new was
    /// begun since.
    pub fn put_away(&self) -> Undo {
        let this = *self;
        let undo = self.undo_replacing(move || Snapshot::of(&this).is_empty());
        Snapshot::default().restore(self);
        undo
    }

    /// A way back to the page as it is now, whatever takes its place.
    pub fn way_back(&self) -> Undo {
        self.undo_replacing(|| true)
    }

    /// Something else is about to take the place of the whole page: an undo that
    /// brings back what there is now, as long as `is_untouched` says that
    /// nobody has worked on the other since.
    pub fn undo_replacing(&self, is_untouched: impl Fn() -> bool + Send + Sync + 'static) -> Undo {
        let before = Snapshot::of(self);
        let this = *self;
        Undo::new(move || {
            if is_untouched() {
                before.clone().restore(&this);
            } else {
                this.notices.toast(words().actions().undo_too_late);
            }
        })
    }
}
