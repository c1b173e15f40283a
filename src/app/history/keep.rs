//! Writes the comparison on the page down: after its runs have ended, never
//! while a stream could notice.

use super::{DOCUMENTS, ENTRIES, GONE, History, gone::ids_of, mark_kept};
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
        recipe::result::ResultDoc,
    },
    words::words,
};
use leptos::prelude::*;
use std::{cell::Cell, fmt::Write as _};

/// How long after the end of a run it is written down.
const REST_MS: i32 = 400;
/// The same while other runs still stream, and after the title was changed.
const LONG_REST_MS: i32 = 2_000;
/// The same with long answers: to write them costs the others a frame, and memory
/// in the midst of theirs.
const LONGEST_REST_MS: i32 = 8_000;
/// From how many bytes on answers are long. With more attached bytes than this
/// nothing is written while runs stream.
const LIGHT_BYTES: usize = 256_000;

/// A page that was taken down to be written.
pub(super) struct Page {
    /// The page's own numbers of the runs on it.
    runs: Vec<u32>,
    document: ResultDoc,
}

/// Takes down what is on the page before something else takes its place.
pub fn keep_page() {
    THE.with(|history| {
        if let Some(history) = history.get() {
            history.save_news();
        }
    });
}

thread_local! {
    /// For those who have no context at hand.
    static THE: Cell<Option<History>> = const { Cell::new(None) };
}

impl History {
    /// Keeps every run from now on.
    pub(super) fn keep(self) {
        THE.with(|history| history.set(Some(self)));
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
        } else if self.answer_bytes() < LIGHT_BYTES {
            self.schedule(LONG_REST_MS);
        } else {
            self.schedule(LONGEST_REST_MS);
        }
        self.look_at_page();
    }

    fn schedule(self, ms: i32) {
        self.inner.update_value(|inner| {
            inner.is_due = true;
            inner.timer = Timer::once(ms, move || self.save_if_due());
        });
    }

    /// Writes down what is due.
    pub(super) fn save_if_due(self) {
        // The end of the last run asks again.
        let may = self.runner.active.get_untracked() == 0 || self.is_light();
        if may && self.inner.with_value(|inner| inner.is_due) {
            self.save_page();
        }
    }

    /// The same before something else takes the place of what is on the page.
    pub(super) fn save_news(self) {
        if self.inner.with_value(|inner| inner.is_due) || !self.is_page_kept() {
            self.save_page();
        }
    }

    /// Takes down what is on the page, to be written one after another: the page
    /// may show something else the next moment.
    fn save_page(self) {
        let page = if self.is_private.get_untracked() {
            // What was stopped just now has not been marked yet.
            self.mark_private(|_| true);
            None
        } else {
            self.take_down()
        };
        self.write(page);
    }

    fn write(self, page: Option<Page>) {
        let may_begin = self.inner.try_update_value(|inner| {
            inner.is_due = false;
            inner.waiting.extend(page);
            let may_begin = !inner.is_saving && !inner.waiting.is_empty();
            inner.is_saving |= may_begin;
            may_begin
        });
        if may_begin == Some(true) {
            task::spawn(self.save_waiting());
        }
    }

    async fn save_waiting(self) {
        let next = || {
            let next = self
                .inner
                .try_update_value(|inner| inner.waiting.pop_front());
            next.flatten()
        };
        while let Some(page) = next() {
            let outcome = self.save(page).await;
            self.take_outcome(outcome);
        }
        self.inner.update_value(|inner| inner.is_saving = false);
    }

    fn is_light(self) -> bool {
        let bytes = self.comparison.turns.with_untracked(|turns| {
            let files = turns.iter().flat_map(|turn| &turn.attachments);
            files.map(|file| file.bytes().len()).sum::<usize>()
        });
        bytes < LIGHT_BYTES
    }

    fn answer_bytes(self) -> usize {
        let panes = self.comparison.panes.get_untracked();
        let cells = panes.iter().flat_map(|pane| pane.cells.get_untracked());
        let lengths = cells.map(|cell| {
            let state = cell.state();
            state.log.answer().len() + state.log.thinking().len()
        });
        lengths.sum()
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

    /// Keeps the comparison on the page though runs of it were private, also
    /// while the mode is on.
    pub fn keep_after_all(self) {
        let runs = self.ended();
        self.inner.update_value(|inner| {
            inner.private_runs.retain(|run| !runs.contains(run));
        });
        self.write(self.take_down());
    }

    /// Tries to keep the comparison on the page once more.
    pub fn save_again(self) {
        self.save_page();
    }

    /// What is on the page; `None` where nothing of it is to be kept.
    fn take_down(self) -> Option<Page> {
        let (runs, next) = self.next();
        if matches!(next, Next::Nothing | Next::Private) {
            return None;
        }
        let mut document = untrack(|| results::document(self.comparison));
        files::keep_once(&mut document);
        keep_ended(&mut document).then_some(Page { runs, document })
    }

    async fn save(self, Page { runs, document }: Page) -> Result<(), StoreError> {
        let json = |error: serde_json::Error| StoreError::Other(error.to_string());
        let text = document.to_line().map_err(json)?;
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
        if let Some(thread) = self.thread_of(&runs) {
            let old = change.get(ENTRIES, &thread.id).await?;
            let gone = change.all(GONE).await?;
            let old = old.and_then(|text| json::from_str::<Entry>(&text).ok());
            // Another tab went on with it, or it was deleted: what is on this
            // page is then an entry of its own.
            let is_ours = |entry: &Entry| {
                entry.revision == thread.revision && !ids_of(&gone).contains(&entry.id)
            };
            let old = old.filter(is_ours);
            if old.is_none() && runs.iter().all(|run| thread.runs.contains(run)) {
                // Nothing new: what was deleted is not to come back.
                return Ok(());
            }
            if let Some(old) = old {
                label = old.label();
                label.revision += 1;
                label.changed = now;
                let entry = Entry::of(&document, text.len() as u64, label.clone());
                if entry.fingerprint == old.fingerprint {
                    self.note(&old, runs);
                    return Ok(());
                }
            }
        }
        let entry = Entry::of(&document, text.len() as u64, label);
        let line = serde_json::to_string(&entry).map_err(json)?;
        change.put(DOCUMENTS, &entry.id, &text)?;
        change.put(ENTRIES, &entry.id, &line)?;
        change.done().await?;
        self.note(&entry, runs);
        mark_kept(true);
        self.show_entry(entry);
        self.tell();
        Ok(())
    }

    /// The entry that a page with these runs goes on with.
    fn thread_of(self, runs: &[u32]) -> Option<Thread> {
        let next = self
            .inner
            .with_value(|inner| thread::next(&inner.threads, runs, &inner.private_runs));
        match next {
            Next::Update(thread) => Some(thread),
            _ => None,
        }
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
pub(super) fn new_id() -> String {
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
