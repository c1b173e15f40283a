//! A list of prompts to go through, and what each of them came to.
//!
//! Each prompt is a stop. Where the list is left, the composer, the turns and the
//! runs of that stop are put aside, and come back with it: going back runs
//! nothing. What was on the page before the list is a stop too. The list lies in
//! the tab's storage; results go to the history, as everywhere.

use super::{
    comparison::{Comparison, Turn, use_comparison},
    history,
    notices::{Notices, Undo, use_notices},
    pane::RunCell,
};
use crate::{
    browser::storage::{self, Place},
    core::{
        attach::Attachment,
        domain::PaneId,
        json,
        playlist::{self, Entry, Form, Playlist},
        sorted::{SortedMap, SortedSet},
    },
    words::words,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const STORE_KEY: &str = "touchstone.prompts";

/// What the page held at a stop.
#[derive(Clone, Default)]
struct Stop {
    draft: String,
    attached: Vec<Attachment>,
    variables: Vec<(String, String)>,
    turns: Vec<Turn>,
    cells: Vec<(PaneId, Vec<RunCell>)>,
}

impl Stop {
    fn of(comparison: Comparison) -> Self {
        let panes = comparison.panes.get_untracked();
        Self {
            draft: comparison.draft.get_untracked(),
            attached: comparison.attached.get_untracked(),
            variables: comparison.variables.get_untracked(),
            turns: comparison.turns.get_untracked(),
            cells: panes
                .iter()
                .map(|pane| (pane.id, pane.cells.get_untracked()))
                .collect(),
        }
    }

    fn is_blank(&self) -> bool {
        self.draft.trim().is_empty() && self.attached.is_empty() && self.turns.is_empty()
    }

    fn show(self, comparison: Comparison) {
        comparison.forget_edit();
        comparison.expanded.set(None);
        // First the runs: a turn without them would look as if it had not run.
        comparison.turns.set(Vec::new());
        for pane in comparison.panes.get_untracked() {
            let kept = self.cells.iter().find(|(id, _)| *id == pane.id);
            pane.cells
                .set(kept.map(|(_, cells)| cells.clone()).unwrap_or_default());
        }
        comparison.draft.set(self.draft);
        comparison.attached.set(self.attached);
        comparison.variables.set(self.variables);
        comparison.turns.set(self.turns);
    }
}

/// What is stored: the list as it was given, and where one stands.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    text: String,
    form: Option<u8>,
    at: Option<usize>,
    /// What was in the composer before the list.
    own: String,
}

/// The list and where one stands in it.
#[derive(Clone, Copy)]
pub struct Prompts {
    list: RwSignal<Option<Arc<Playlist>>>,
    at: RwSignal<Option<usize>>,
    /// By place; the one before the list at [`OWN`].
    stops: StoredValue<SortedMap<usize, Stop>>,
    /// Places that have results and are not where one stands.
    ran: RwSignal<SortedSet<usize>>,
    has_own: RwSignal<bool>,
    text: StoredValue<String>,
    comparison: Comparison,
    notices: Notices,
}

/// Under which place the stop before the list is kept.
const OWN: usize = usize::MAX;

/// Creates the context, taking back the list that the tab kept.
pub fn provide() {
    let prompts = Prompts {
        list: RwSignal::new(None),
        at: RwSignal::new(None),
        stops: StoredValue::new(SortedMap::new()),
        ran: RwSignal::new(SortedSet::new()),
        has_own: RwSignal::new(false),
        text: StoredValue::new(String::new()),
        comparison: use_comparison(),
        notices: use_notices(),
    };
    prompts.restore();
    provide_context(prompts);
}

/// The context.
pub fn use_prompts() -> Prompts {
    expect_context()
}

impl Prompts {
    /// The list, if there is one (tracked).
    pub fn list(self) -> Option<Arc<Playlist>> {
        self.list.get()
    }

    /// Where one stands in it; `None` before it (tracked).
    pub fn at(self) -> Option<usize> {
        self.at.get()
    }

    /// Whether there is something of the person's own before the list (tracked).
    pub fn has_own(self) -> bool {
        self.has_own.get()
    }

    /// Whether a prompt has results (tracked).
    pub fn has_run(self, at: usize) -> bool {
        if self.at.get() == Some(at) {
            return self.comparison.turns.with(|turns| !turns.is_empty());
        }
        self.ran.with(|ran| ran.contains(&at))
    }

    /// The prompt after this one, if any (tracked).
    pub fn next_entry(self) -> Option<Entry> {
        let list = self.list.get()?;
        let next = self.at.get().map_or(0, |at| at + 1);
        list.entries.get(next).cloned()
    }

    /// Takes a list and goes to its first prompt; what was on the page stays
    /// before it. Can be taken back.
    pub fn take(self, text: String, list: Playlist) {
        self.leave();
        let own = if self.at.get_untracked().is_none() {
            Stop::of(self.comparison)
        } else {
            self.stops
                .with_value(|stops| stops.get(&OWN).cloned())
                .unwrap_or_default()
        };
        let undo = self.put(text, list, own);
        self.notices.toast_with_undo(words().prompts().taken, undo);
    }

    /// Takes a list that comes with a comparison of its own: `fill_in` puts that
    /// on the page first. The undo brings back the list that was there before,
    /// but not the page.
    pub fn bring(self, list: Playlist, fill_in: impl FnOnce()) -> Undo {
        self.leave();
        fill_in();
        let own = Stop::of(self.comparison);
        self.put(list.to_json(), list, own)
    }

    /// A list in place of the one that there is, its first prompt on the page.
    /// What was on the page must have been put aside.
    fn put(self, text: String, list: Playlist, own: Stop) -> Undo {
        let before = (self.list.get_untracked(), self.text.get_value());
        let was_at = self.at.get_untracked();
        let stops_before = self.stops.get_value();
        self.has_own.set(!own.is_blank());
        self.stops.set_value(SortedMap::from_iter([(OWN, own)]));
        self.ran.set(SortedSet::new());
        self.at.set(None);
        self.text.set_value(text);
        self.list.set(Some(Arc::new(list)));
        self.show(Some(0));
        Undo::new(move || {
            let (list, text) = before.clone();
            self.leave();
            self.stops.set_value(stops_before.clone());
            self.list.set(list);
            self.text.set_value(text);
            self.count();
            self.show(was_at);
        })
    }

    /// Drops the list; what is on the page stays. Can be taken back.
    pub fn remove(self) {
        let Some(list) = self.list.get_untracked() else {
            return;
        };
        self.leave();
        let at = self.at.get_untracked();
        let (text, stops) = (self.text.get_value(), self.stops.get_value());
        self.forget();
        let undo = Undo::new(move || {
            self.list.set(Some(list.clone()));
            self.text.set_value(text.clone());
            self.stops.set_value(stops.clone());
            self.at.set(at);
            self.count();
            self.store();
        });
        self.notices
            .toast_with_undo(words().prompts().removed, undo);
    }

    fn forget(self) {
        self.list.set(None);
        self.at.set(None);
        self.stops.set_value(SortedMap::new());
        self.ran.set(SortedSet::new());
        self.has_own.set(false);
        self.text.set_value(String::new());
        self.store();
    }

    /// Goes one on or back; whether there was anything to go to.
    pub fn step(self, forward: bool) -> bool {
        let Some(list) = self.list.get_untracked() else {
            return false;
        };
        let to = match (self.at.get_untracked(), forward) {
            (None, true) => Some(0),
            (None, false) => return false,
            (Some(at), true) => Some(at + 1).filter(|next| *next < list.entries.len()),
            (Some(0), false) if self.has_own.get_untracked() => {
                self.go(None);
                return true;
            }
            (Some(at), false) => at.checked_sub(1),
        };
        let Some(to) = to else { return false };
        self.go(Some(to));
        true
    }

    /// Goes to a prompt; `None` is what was there before the list.
    pub fn go(self, to: Option<usize>) {
        if self.at.get_untracked() != to {
            self.leave();
            self.show(to);
        }
    }

    /// Puts aside what is on the page.
    fn leave(self) {
        history::keep_news();
        let place = self.at.get_untracked().unwrap_or(OWN);
        let stop = Stop::of(self.comparison);
        self.stops.update_value(|stops| {
            stops.insert(place, stop);
        });
        self.count();
    }

    /// Says anew which places have results.
    fn count(self) {
        let ran = self.stops.with_value(|stops| {
            let all = stops.iter().filter(|(_, stop)| !stop.turns.is_empty());
            all.map(|(place, _)| *place).collect()
        });
        self.ran.set(ran);
        let own = self
            .stops
            .with_value(|stops| stops.get(&OWN).is_some_and(|own| !own.is_blank()));
        self.has_own.set(own);
    }

    fn show(self, to: Option<usize>) {
        let kept = self
            .stops
            .with_value(|stops| stops.get(&to.unwrap_or(OWN)).cloned());
        let kept = kept.filter(|stop| self.still_has_panes(stop));
        let stop = kept.or_else(|| self.fresh(to?));
        self.at.set(to);
        if let Some(stop) = stop {
            stop.show(self.comparison);
        }
        self.store();
    }

    /// Whether any of the panes of a stop is still there: results without their
    /// pane are nobody's.
    fn still_has_panes(self, stop: &Stop) -> bool {
        let panes = self.comparison.panes.get_untracked();
        let is_there = |id: &PaneId| panes.iter().any(|pane| pane.id == *id);
        stop.turns.is_empty()
            || stop
                .cells
                .iter()
                .any(|(id, cells)| !cells.is_empty() && is_there(id))
    }

    /// A prompt that was not shown so far.
    fn fresh(self, at: usize) -> Option<Stop> {
        let entry = self
            .list
            .with_untracked(|list| list.as_ref()?.entries.get(at).cloned())?;
        // Variables that the list does not set keep the person's values.
        let mut variables = self.stops.with_value(|stops| {
            let own = stops.get(&OWN);
            own.map(|own| own.variables.clone()).unwrap_or_default()
        });
        for (name, value) in entry.variables {
            variables.retain(|(known, _)| *known != name);
            variables.push((name, value));
        }
        Some(Stop {
            draft: entry.prompt,
            variables,
            ..Stop::default()
        })
    }

    fn store(self) {
        let form = self
            .list
            .with_untracked(|list| list.as_ref().map(|list| list.form));
        let Some(form) = form else {
            storage::remove(Place::Tab, STORE_KEY);
            return;
        };
        let own = self.stops.with_value(|stops| {
            let own = stops.get(&OWN);
            own.map(|own| own.draft.clone()).unwrap_or_default()
        });
        let stored = Stored {
            text: self.text.get_value(),
            form: Form::ALL
                .iter()
                .position(|known| *known == form)
                .and_then(|at| u8::try_from(at).ok()),
            at: self.at.get_untracked(),
            own,
        };
        let kept = serde_json::to_string(&stored)
            .is_ok_and(|text| storage::set(Place::Tab, STORE_KEY, &text));
        if !kept {
            self.notices.toast(words().prompts().not_kept);
        }
    }

    fn restore(self) {
        let stored = storage::get(Place::Tab, STORE_KEY);
        let Some(stored) = stored.and_then(|text| json::from_str::<Stored>(&text).ok()) else {
            return;
        };
        let form = stored
            .form
            .and_then(|at| Form::ALL.get(usize::from(at)).copied());
        let Ok(list) = playlist::read(&stored.text, form) else {
            return;
        };
        // The composer has what the draft kept: the prompt where one stood.
        let own = Stop {
            draft: stored.own,
            ..Stop::default()
        };
        if stored.at.is_some() {
            self.has_own.set(!own.is_blank());
            self.stops.update_value(|stops| {
                stops.insert(OWN, own);
            });
        }
        self.at.set(stored.at.filter(|at| *at < list.entries.len()));
        self.text.set_value(stored.text);
        self.list.set(Some(Arc::new(list)));
    }
}
