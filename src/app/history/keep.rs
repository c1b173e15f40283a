//! Writes the comparison on the page down: after its runs have ended, never
//! while a stream could notice.

use super::{DOCUMENTS, ENTRIES, GONE, History, shelf::ids_of};
use crate::{
    app::{results, task},
    browser::{clock, events::Listener, page, random, timer::Timer},
    core::{
        history::{
            Entry, Next, StoreError, Thread,
            entry::{Label, keep_ended},
            files, thread,
        },
        json,
    },
    words::words,
};
use leptos::prelude::*;
use std::fmt::Write as _;

/// How long after the end of a run it is written down.
const REST_MS: i32 = 400;
/// The same while other runs still stream, and after the title was changed.
const LONG_REST_MS: i32 = 2_000;
/// With more attached bytes than this, nothing is written while runs stream: it
/// would cost them a frame.
const LIGHT_BYTES: usize = 256_000;

impl History {
    /// Keeps every run from now on.
    pub(super) fn keep(self) {
        let (runner, comparison) = (self.runner, self.comparison);
        Effect::new(move |before: Option<usize>| {
            let active = runner.active.get();
            // Also what ended before this part of the program was there.
            if before.is_none_or(|before| active < before) {
                untrack(|| self.on_end(active));
            }
            active
        });
        Effect::new(move |before: Option<()>| {
            comparison.title.track();
            if before.is_some() && self.current.get_untracked().is_some() {
                self.schedule(LONG_REST_MS);
            }
        });
        // Another comparison takes the place, or this one comes back.
        Effect::new(move |_| {
            comparison.turns.track();
            comparison.panes.track();
            untrack(|| self.look_at_page());
        });
        if let Some(window) = page::window() {
            Listener::new(window, "pagehide", move |_| self.save_if_due()).forever();
        }
    }

    fn on_end(self, active: usize) {
        if self.is_private.get_untracked() {
            self.mark_private(|_| true);
        } else if active == 0 {
            self.schedule(REST_MS);
        } else {
            self.schedule(LONG_REST_MS);
        }
        self.look_at_page();
    }

    fn schedule(self, ms: i32) {
        self.inner.update_value(|inner| {
            inner.is_due = true;
            inner.timer = Timer::once(ms, move || self.save_if_due());
        });
    }

    /// Writes down what is due, one write at a time.
    pub(super) fn save_if_due(self) {
        if self.runner.active.get_untracked() > 0 && !self.is_light() {
            // The end of the last run asks again.
            return;
        }
        let may = self.inner.try_update_value(|inner| {
            let may = inner.is_due && !inner.is_saving;
            inner.is_saving |= may;
            may
        });
        if may != Some(true) {
            return;
        }
        task::spawn(async move {
            loop {
                self.inner.update_value(|inner| inner.is_due = false);
                let outcome = self.save().await;
                self.take_outcome(outcome);
                if !self.inner.with_value(|inner| inner.is_due) {
                    break;
                }
            }
            self.inner.update_value(|inner| inner.is_saving = false);
        });
    }

    fn is_light(self) -> bool {
        let bytes = self.comparison.turns.with_untracked(|turns| {
            let files = turns.iter().flat_map(|turn| &turn.attachments);
            files.map(|file| file.bytes().len()).sum::<usize>()
        });
        bytes < LIGHT_BYTES
    }

    fn take_outcome(self, outcome: Result<(), StoreError>) {
        match outcome {
            Ok(()) => {
                self.inner.update_value(|inner| inner.told = None);
                self.trouble.set(None);
            }
            Err(error) => {
                let is_news = self.inner.try_update_value(|inner| {
                    let is_news = inner.told.as_ref() != Some(&error);
                    inner.told = Some(error.clone());
                    is_news
                });
                if is_news == Some(true) {
                    self.notices.error((words().history().not_kept)(&error));
                }
                self.trouble.set(Some(error));
            }
        }
        self.look_at_page();
    }

    /// The runs on the page that were sent and have ended.
    fn ended(self) -> Vec<u32> {
        let mut ended = Vec::new();
        let turns = self.comparison.turns.get_untracked();
        for pane in self.comparison.panes.get_untracked() {
            for cell in pane.cells.get_untracked() {
                let state = cell.state();
                let is_meant = turns.iter().any(|turn| turn.id == cell.turn);
                if is_meant && state.sent.is_some() && state.log.phase().is_over() {
                    ended.push(cell.id);
                }
            }
        }
        ended
    }

    /// What to do about what is on the page.
    fn next(self) -> (Vec<u32>, Next) {
        let runs = self.ended();
        let next = self
            .inner
            .with_value(|inner| thread::next(&inner.threads, &runs, &inner.private_runs));
        (runs, next)
    }

    /// Sees whether what is on the page is kept.
    pub(super) fn look_at_page(self) {
        let (_, next) = self.next();
        let current = match &next {
            Next::Update(thread) => Some(thread.id.clone()),
            _ => None,
        };
        if self.current.get_untracked() != current {
            self.current.set(current);
        }
        let has_private_runs = next == Next::Private;
        if self.has_private_runs.get_untracked() != has_private_runs {
            self.has_private_runs.set(has_private_runs);
        }
    }

    /// Whether all that is answered on the page is kept.
    pub fn is_page_kept(self) -> bool {
        let (runs, next) = self.next();
        match next {
            Next::Nothing => true,
            Next::Update(thread) => runs.iter().all(|run| thread.runs.contains(run)),
            Next::Private | Next::Begin => false,
        }
    }

    /// Runs that are under way belong to private mode.
    pub(super) fn mark_running_private(self) {
        self.mark_private(|is_over| !is_over);
    }

    fn mark_private(self, which: impl Fn(bool) -> bool) {
        for pane in self.comparison.panes.get_untracked() {
            for cell in pane.cells.get_untracked() {
                let is_over = cell.state().log.phase().is_over();
                self.inner.update_value(|inner| {
                    let is_kept = inner
                        .threads
                        .iter()
                        .any(|thread| thread.runs.contains(&cell.id));
                    if which(is_over) && !is_kept && !inner.private_runs.contains(&cell.id) {
                        inner.private_runs.push(cell.id);
                    }
                });
            }
        }
    }

    /// Keeps the comparison on the page though runs of it were private.
    pub fn keep_after_all(self) {
        let runs = self.ended();
        self.inner.update_value(|inner| {
            inner.private_runs.retain(|run| !runs.contains(run));
        });
        self.save_again();
    }

    /// Tries to keep the comparison on the page once more.
    pub fn save_again(self) {
        self.inner.update_value(|inner| inner.is_due = true);
        self.save_if_due();
    }

    async fn save(self) -> Result<(), StoreError> {
        let (runs, next) = self.next();
        let known = match next {
            Next::Nothing | Next::Private => return Ok(()),
            Next::Begin => None,
            Next::Update(thread) => Some(thread),
        };
        let mut document = untrack(|| results::document(self.comparison));
        if !keep_ended(&mut document) {
            return Ok(());
        }
        files::keep_once(&mut document);
        let text = serde_json::to_string(&document)
            .map_err(|error| StoreError::Other(error.to_string()))?;
        let now = clock::wall().0;
        let mut label = Label {
            id: new_id(),
            revision: 1,
            begun: now,
            changed: now,
            tags: Vec::new(),
        };
        let store = self.store().await?;
        let change = store.change(&[ENTRIES, DOCUMENTS, GONE])?;
        if let Some(thread) = &known {
            let old = change.get(ENTRIES, &thread.id).await?;
            let gone = change.all(GONE).await?;
            let old = old.and_then(|text| json::from_str::<Entry>(&text).ok());
            // Another tab went on with it, or it was deleted: what is on this
            // page is then an entry of its own.
            let is_ours = |entry: &Entry| {
                entry.revision == thread.revision && !ids_of(&gone).contains(&entry.id)
            };
            if let Some(old) = old.filter(is_ours) {
                label = old.label();
                label.revision += 1;
                label.changed = now;
                let entry = Entry::of(&document, text.len() as u64, label.clone());
                if entry.fingerprint == old.fingerprint && entry.title == old.title {
                    self.note(&old, runs);
                    return Ok(());
                }
            }
        }
        let entry = Entry::of(&document, text.len() as u64, label);
        let line =
            serde_json::to_string(&entry).map_err(|error| StoreError::Other(error.to_string()))?;
        change.put(DOCUMENTS, &entry.id, &text)?;
        change.put(ENTRIES, &entry.id, &line)?;
        change.done().await?;
        self.note(&entry, runs);
        self.mark_kept(true);
        self.show_entry(entry);
        self.tell();
        Ok(())
    }

    /// Notes which runs of the page an entry holds.
    pub(super) fn note(self, entry: &Entry, runs: Vec<u32>) {
        let thread = Thread {
            id: entry.id.clone(),
            revision: entry.revision,
            runs,
        };
        self.inner
            .update_value(|inner| thread::note(&mut inner.threads, thread));
        self.look_at_page();
    }

    /// Notes that the page now shows an entry.
    pub(super) fn note_shown(self, entry: &Entry) {
        let runs = self.ended();
        self.note(entry, runs);
    }
}

/// An id that no other entry has.
fn new_id() -> String {
    let bytes = random::bytes().unwrap_or_else(|| {
        // Without randomness the clock is what there is.
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&clock::wall_ms().to_bits().to_be_bytes());
        bytes
    });
    let mut id = String::with_capacity(16);
    for byte in bytes.iter().take(8) {
        write!(id, "{byte:02x}").ok();
    }
    id
}
