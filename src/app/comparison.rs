//! The comparison on the screen: panes, turns, the composer's draft.

use super::{
    notices::{Notices, Undo, use_notices},
    pane::{Pane, PaneSetup},
};
use crate::{
    core::{
        domain::{PaneId, Params},
        queue::Order,
        recipe::{Recipe, RecipeMessage},
    },
    words::words,
};
use leptos::prelude::*;

/// The most panes a comparison holds.
pub const MAX_PANES: usize = 8;

/// One thing said to every pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Identity; cells name it.
    pub id: u32,
    /// What was typed, with its variables.
    pub template: String,
    /// What was sent, variables filled in.
    pub prompt: String,
}

/// The comparison as signals.
#[derive(Clone, Copy)]
pub struct Comparison {
    /// Its title.
    pub title: RwSignal<String>,
    /// The composer's prompt.
    pub draft: RwSignal<String>,
    /// The system prompt.
    pub system: RwSignal<String>,
    /// Parameters for every pane.
    pub params: RwSignal<Params>,
    /// Values of `{{variables}}`, in order of appearance.
    pub variables: RwSignal<Vec<(String, String)>>,
    /// Parallel or sequential.
    pub order: RwSignal<Order>,
    /// Messages that precede the first turn (from a recipe).
    pub prefix: RwSignal<Vec<RecipeMessage>>,
    /// The turns so far.
    pub turns: RwSignal<Vec<Turn>>,
    /// The panes, in order.
    pub panes: RwSignal<Vec<Pane>>,
    /// The turn that the composer edits, if any.
    pub editing: RwSignal<Option<u32>>,
    /// The pane that fills the screen, if any.
    pub expanded: RwSignal<Option<PaneId>>,
    /// The recipe that the comparison came from, for its unknown fields.
    pub origin: RwSignal<Option<Recipe>>,
    next_id: StoredValue<u32>,
    notices: Notices,
}

/// Creates the context.
pub fn provide() {
    provide_context(Comparison {
        title: RwSignal::new(String::new()),
        draft: RwSignal::new(String::new()),
        system: RwSignal::new(String::new()),
        params: RwSignal::new(Params::default()),
        variables: RwSignal::new(Vec::new()),
        order: RwSignal::new(Order::Parallel),
        prefix: RwSignal::new(Vec::new()),
        turns: RwSignal::new(Vec::new()),
        panes: RwSignal::new(Vec::new()),
        editing: RwSignal::new(None),
        expanded: RwSignal::new(None),
        origin: RwSignal::new(None),
        next_id: StoredValue::new(0),
        notices: use_notices(),
    });
}

/// The context.
pub fn use_comparison() -> Comparison {
    expect_context()
}

impl Comparison {
    /// A fresh id for a pane, turn or run.
    pub fn next_id(&self) -> u32 {
        self.next_id
            .try_update_value(|next| {
                *next += 1;
                *next
            })
            .unwrap_or_default()
    }

    /// Adds a pane at the end; `None` where there are [`MAX_PANES`] already.
    pub fn add_pane(&self, setup: PaneSetup) -> Option<Pane> {
        if self.panes.with_untracked(Vec::len) >= MAX_PANES {
            return None;
        }
        let pane = Pane::new(PaneId(self.next_id()), setup);
        self.panes.update(|panes| panes.push(pane.clone()));
        Some(pane)
    }

    /// A pane by identity, not tracked.
    pub fn pane(&self, id: PaneId) -> Option<Pane> {
        self.panes
            .with_untracked(|panes| panes.iter().find(|pane| pane.id == id).cloned())
    }

    /// Puts a copy of a pane's settings right after it.
    pub fn duplicate_pane(&self, id: PaneId) -> Option<Pane> {
        let setup = self.pane(id)?.setup.get_untracked();
        if self.panes.with_untracked(Vec::len) >= MAX_PANES {
            return None;
        }
        let copy = Pane::new(PaneId(self.next_id()), setup);
        self.panes.update(|panes| {
            let at = panes
                .iter()
                .position(|pane| pane.id == id)
                .map_or(panes.len(), |at| at + 1);
            panes.insert(at, copy.clone());
        });
        Some(copy)
    }

    /// Moves a pane one place to the left or right.
    pub fn move_pane(&self, id: PaneId, right: bool) {
        self.panes.update(|panes| {
            let Some(at) = panes.iter().position(|pane| pane.id == id) else {
                return;
            };
            let to = if right { at + 1 } else { at.wrapping_sub(1) };
            if to < panes.len() {
                panes.swap(at, to);
            }
        });
    }

    /// Removes a pane, with an undo that puts it back as it was.
    pub fn remove_pane(&self, id: PaneId) {
        let Some((at, pane)) = self.panes.with_untracked(|panes| {
            panes
                .iter()
                .position(|pane| pane.id == id)
                .and_then(|at| Some((at, panes.get(at)?.clone())))
        }) else {
            return;
        };
        self.panes
            .update(|panes| panes.retain(|pane| pane.id != id));
        if self.expanded.get_untracked() == Some(id) {
            self.expanded.set(None);
        }
        let panes = self.panes;
        let name = pane.setup.with_untracked(|setup| setup.name().to_owned());
        self.notices.toast_with_undo(
            (words().pane.removed)(&name),
            Undo::new(move || {
                let pane = pane.clone();
                panes.update(|panes| panes.insert(at.min(panes.len()), pane));
            }),
        );
    }

    /// The last turn (tracked).
    pub fn last_turn(&self) -> Option<Turn> {
        self.turns.with(|turns| turns.last().cloned())
    }

    /// Drops the turns from `turn` on, with an undo that restores them and
    /// their runs. Used when an earlier message is edited.
    pub fn cut_turns_from(&self, turn: u32) -> Option<Undo> {
        let at = self
            .turns
            .with_untracked(|turns| turns.iter().position(|t| t.id == turn))?;
        let before = self.turns.get_untracked();
        let kept: Vec<Turn> = before.iter().take(at).cloned().collect();
        self.turns.set(kept);
        let turns = self.turns;
        Some(Undo::new(move || turns.set(before.clone())))
    }

    /// Empties turns and results but keeps panes, prompt and parameters; with
    /// an undo.
    pub fn clear_turns(&self) -> Option<Undo> {
        let before = self.turns.get_untracked();
        if before.is_empty() {
            return None;
        }
        self.turns.set(Vec::new());
        let turns = self.turns;
        Some(Undo::new(move || turns.set(before.clone())))
    }

    /// Whether something would be lost if another comparison took the place.
    pub fn has_work(&self) -> bool {
        self.turns.with_untracked(|turns| !turns.is_empty())
            || self.draft.with_untracked(|draft| !draft.trim().is_empty())
    }
}
