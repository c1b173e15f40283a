//! The comparison on the screen: panes, turns, the composer's draft.

mod undo;

use super::{
    notices::{Notices, Undo, use_notices},
    pane::{Pane, PaneSetup},
};
use crate::{
    core::{
        attach::Attachment,
        ballot::invite::Invitation,
        domain::{Message, PaneId, Params},
        queue::Order,
        recipe::{MAX_PANES, Recipe, RecipeMessage, result::ResultDoc},
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// One thing said to every pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Identity; cells name it.
    pub id: u32,
    /// What was typed, with its variables.
    pub template: String,
    /// What was sent, variables filled in.
    pub prompt: String,
    /// The files that went along.
    pub attachments: Vec<Attachment>,
}

impl Turn {
    /// What a model is asked.
    pub fn message(&self) -> Message {
        Message::user(self.prompt.as_str()).with(self.attachments.clone())
    }
}

/// The comparison as signals.
#[derive(Clone, Copy)]
pub struct Comparison {
    /// Its title.
    pub title: RwSignal<String>,
    /// The composer's prompt.
    pub draft: RwSignal<String>,
    /// The files that go along with it.
    pub attached: RwSignal<Vec<Attachment>>,
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
    /// What was in the composer when the edit began.
    set_aside: StoredValue<(String, Vec<Attachment>)>,
    /// Whether Run was asked for before every file was ready. It holds for what
    /// the composer has, not for what takes its place.
    pub run_waits: StoredValue<bool>,
    /// What the page would be saved as when it was last filled in: what differs
    /// from it is the person's work.
    baseline: StoredValue<Option<Recipe>>,
    /// The result that the page shows, if one was opened.
    shown: StoredValue<Option<Arc<ResultDoc>>>,
    /// The turn that a replay shows as the last one, while there is a replay.
    pub played: RwSignal<Option<u32>>,
    /// The pane that fills the screen, if any.
    pub expanded: RwSignal<Option<PaneId>>,
    /// How a blind vote is wanted, while there is one: then nothing on the page
    /// says whose answers these are.
    pub blind: RwSignal<Option<Invitation>>,
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
        attached: RwSignal::new(Vec::new()),
        system: RwSignal::new(String::new()),
        params: RwSignal::new(Params::default()),
        variables: RwSignal::new(Vec::new()),
        order: RwSignal::new(Order::Parallel),
        prefix: RwSignal::new(Vec::new()),
        turns: RwSignal::new(Vec::new()),
        panes: RwSignal::new(Vec::new()),
        editing: RwSignal::new(None),
        set_aside: StoredValue::new(Default::default()),
        run_waits: StoredValue::new(false),
        baseline: StoredValue::new(None),
        shown: StoredValue::new(None),
        played: RwSignal::new(None),
        expanded: RwSignal::new(None),
        blind: RwSignal::new(None),
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

    /// Whether no further pane fits in (tracked).
    pub fn is_full(&self) -> bool {
        self.panes.with(Vec::len) >= MAX_PANES
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
        let notices = self.notices;
        let name = pane.setup.with_untracked(|setup| setup.name().to_owned());
        self.notices.toast_with_undo(
            (words().pane.removed)(&name),
            Undo::new(move || {
                let pane = pane.clone();
                if panes.with_untracked(Vec::len) < MAX_PANES {
                    panes.update(|panes| panes.insert(at.min(panes.len()), pane));
                } else {
                    notices.toast(words().composer.full);
                }
            }),
        );
    }

    /// The last turn (tracked).
    pub fn last_turn(&self) -> Option<Turn> {
        self.turns.with(|turns| turns.last().cloned())
    }

    /// The turns that are shown, the last one being that of a replay (tracked).
    pub fn shown_turns(&self) -> Vec<Turn> {
        let mut turns = self.turns.get();
        if let Some(played) = self.played.get()
            && let Some(at) = turns.iter().position(|turn| turn.id == played)
        {
            turns.truncate(at + 1);
        }
        turns
    }

    /// The last turn that is shown (tracked).
    pub fn shown_turn(&self) -> Option<Turn> {
        self.shown_turns().pop()
    }

    /// The last turn, not tracked.
    pub fn last_turn_untracked(&self) -> Option<Turn> {
        self.turns.with_untracked(|turns| turns.last().cloned())
    }

    /// Takes an earlier message into the composer; what stood there is set
    /// aside.
    pub fn begin_edit(&self, turn: &Turn) {
        self.run_waits.set_value(false);
        if self.editing.get_untracked().is_none() {
            let aside = (self.draft.get_untracked(), self.attached.get_untracked());
            self.set_aside.set_value(aside);
        }
        self.draft.set(turn.template.clone());
        self.attached.set(turn.attachments.clone());
        self.editing.set(Some(turn.id));
    }

    /// Gives up an edit: the composer is as it was before.
    pub fn cancel_edit(&self) {
        if self.editing.get_untracked().is_some() {
            self.after_run();
        }
    }

    /// Forgets an edit, what was set aside for it and a run that waits: another
    /// comparison takes the place.
    pub fn forget_edit(&self) {
        self.editing.set(None);
        self.set_aside.set_value(Default::default());
        self.run_waits.set_value(false);
    }

    /// The composer after its text went out, or after an edit was given up:
    /// empty, or what was set aside.
    pub fn after_run(&self) {
        self.run_waits.set_value(false);
        self.editing.set(None);
        let (draft, attached) = self
            .set_aside
            .try_update_value(std::mem::take)
            .unwrap_or_default();
        self.draft.set(draft);
        self.attached.set(attached);
    }

    /// Tells the person something that stays.
    pub fn remark(&self, text: String) {
        self.notices.remark(text);
    }

    /// Whether the composer has neither words nor files (tracked).
    pub fn is_draft_blank(&self) -> bool {
        self.draft.with(|draft| draft.trim().is_empty()) && self.attached.with(Vec::is_empty)
    }

    /// Takes a file off the draft, with an undo that puts it back.
    pub fn detach(&self, id: u32) {
        let found = self.attached.with_untracked(|all| {
            let at = all.iter().position(|one| one.id == id)?;
            Some((at, all.get(at)?.clone()))
        });
        let Some((at, attachment)) = found else {
            return;
        };
        self.attached.update(|all| all.retain(|one| one.id != id));
        let attached = self.attached;
        let text = (words().files().removed)(attachment.title());
        self.notices.toast_with_undo(
            text,
            Undo::new(move || {
                attached.update(|all| {
                    if all.iter().all(|one| one.id != id) {
                        all.insert(at.min(all.len()), attachment.clone());
                    }
                });
            }),
        );
    }

    /// Drops the turns from `turn` on.
    pub fn cut_turns_from(&self, turn: u32) {
        self.turns.update(|turns| {
            if let Some(at) = turns.iter().position(|other| other.id == turn) {
                turns.truncate(at);
            }
        });
    }

    /// Notes that the page is now as `recipe` says.
    pub fn set_baseline(&self, recipe: Recipe) {
        self.baseline.set_value(Some(recipe));
        self.shown.set_value(None);
    }

    /// Notes that the page now shows a result.
    pub fn set_shown(&self, document: Arc<ResultDoc>) {
        self.shown.set_value(Some(document));
    }

    /// The result that the page was filled in with, if nothing was changed and
    /// nothing was run since; `now` is what the page would be saved as.
    pub fn shown_unchanged(&self, now: &Recipe) -> Option<Arc<ResultDoc>> {
        let shown = self.shown.get_value()?;
        let is_restored = |pane: &Pane| {
            let cells = pane.cells.get_untracked();
            cells.iter().all(|cell| cell.state().restored.is_some())
        };
        let longest = shown.panes.iter().map(|pane| pane.turns.len()).max();
        let turns = self.turns.with_untracked(Vec::len);
        let all = longest.unwrap_or_default() == turns
            && self.panes.get_untracked().iter().all(is_restored);
        (all && self.is_at_baseline(now)).then_some(shown)
    }

    /// Whether anything but runs was added to what the page was filled in with.
    pub fn is_changed(&self, now: &Recipe) -> bool {
        !self.is_at_baseline(now) || self.attached.with_untracked(|all| !all.is_empty())
    }

    fn is_at_baseline(&self, now: &Recipe) -> bool {
        self.baseline.with_value(|baseline| match baseline {
            Some(baseline) => baseline == now,
            None => *now == Recipe::default(),
        })
    }

    /// Forgets the runs of turns that no undo can bring back: those that are
    /// neither in the conversation nor in `undoable`.
    pub fn forget_runs_except(&self, undoable: &[Turn]) {
        let turns = self.turns.get_untracked();
        let lives = |id: u32| turns.iter().chain(undoable).any(|turn| turn.id == id);
        for pane in self.panes.get_untracked() {
            if pane
                .cells
                .with_untracked(|cells| cells.iter().any(|cell| !lives(cell.turn)))
            {
                pane.cells
                    .update(|cells| cells.retain(|cell| lives(cell.turn)));
            }
        }
    }

    /// Whether something would be lost if another comparison took the place;
    /// `now` is what the page would be saved as.
    pub fn has_work(&self, now: &Recipe) -> bool {
        self.is_changed(now)
            || (self.turns.with_untracked(|turns| !turns.is_empty())
                && self.shown_unchanged(now).is_none())
    }
}
