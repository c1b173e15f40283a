//! Writes the comparison on the page down: after its runs have ended, never
//! while a stream could notice.

use super::{DOCUMENTS, ENTRIES, GONE, History, gone::all_gone, mark_kept};
use crate::{
    app::{results, task},
    browser::{clock, events::Listener, page, random, timer::Timer},
    core::{
        history::{
            Entry, Next, StoreError,
            entry::{Label, keep_ended},
            files, gone,
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

/// A page that was taken down to be written.
pub(super) struct Page {
    /// The page's own numbers of the runs on it.
    runs: Vec<u32>,
    document: ResultDoc,
}

/// Takes down what is on the page before something else takes its place.
pub fn keep_page() {
    with(History::save_news);
}

/// The same where runs go on that the page will not show: what is new of those
/// that have ended.
pub fn keep_news() {
    with(History::save_if_new);
}

fn with(act: impl FnOnce(History)) {
    if let Some(history) = THE.get() {
        act(history);
    }
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
                untrack(|| self.on_end());
            } else if self.is_private.get_untracked() {
                // It may end where the page does not show it.
                self.mark_running_private();
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
            untrack(|| {
                self.look_at_page();
                if self.has_news() {
                    self.schedule(self.rest_ms());
                }
            });
        });
        if let Some(window) = page::window() {
            Listener::new(window, "pagehide", move |_| self.save_if_due()).forever();
        }
    }

    fn on_end(self) {
        if self.is_private.get_untracked() {
            self.mark_page_private();
        } else {
            self.schedule(self.rest_ms());
        }
        self.look_at_page();
    }

    /// How long the page is left alone after the end of a run.
    fn rest_ms(self) -> i32 {
        if self.runner.active.get_untracked() == 0 {
            REST_MS
        } else if self.is_long() {
            LONGEST_REST_MS
        } else {
            LONG_REST_MS
        }
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

    /// The same, and what is not yet due, where no stream could notice.
    fn save_if_new(self) {
        let is_quiet = self.runner.active.get_untracked() == 0;
        if is_quiet || (self.is_light() && !self.is_long()) {
            let is_due = self.inner.with_value(|inner| inner.is_due);
            if is_due || self.has_news() {
                self.save_page();
            }
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
            self.mark_page_private();
            None
        } else {
            self.take_down()
        };
        self.write(page);
    }

    pub(super) fn write(self, page: Option<Page>) {
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

    /// Tries to keep the comparison on the page once more.
    pub fn save_again(self) {
        self.save_page();
    }

    /// What is on the page; `None` where nothing of it is to be kept.
    pub(super) fn take_down(self) -> Option<Page> {
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
            let gone = all_gone(&change).await?;
            let old = old.and_then(|text| json::from_str::<Entry>(&text).ok());
            // Another tab went on with it, or it was deleted: what is on this
            // page is then an entry of its own.
            let is_ours =
                |entry: &Entry| entry.revision == thread.revision && !gone::has(&gone, &entry.id);
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
