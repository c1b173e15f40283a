//! What of the comparison on the page is kept, and in which entry.

use super::History;
use crate::core::history::{Entry, Next, Thread, thread};
use leptos::prelude::*;

/// From how many bytes on answers are long. With more attached bytes than this
/// nothing is written while runs stream.
const LIGHT_BYTES: usize = 256_000;

impl History {
    /// The runs on the page that were sent and have ended.
    pub(super) fn ended(self) -> Vec<u32> {
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
    pub(super) fn next(self) -> (Vec<u32>, Next) {
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

    /// Whether something was answered that would be kept, and is not: it may have
    /// ended while the page showed another comparison.
    pub(super) fn has_news(self) -> bool {
        let (runs, next) = self.next();
        if next == Next::Private || self.is_private.get_untracked() {
            return false;
        }
        let is_kept = |run: &u32| {
            let in_thread = |thread: &Thread| thread.runs.contains(run);
            self.inner
                .with_value(|inner| inner.threads.iter().any(in_thread))
        };
        runs.iter()
            .any(|run| !is_kept(run) && self.is_made_here(*run))
    }

    /// Whether a run on the page was made here, not read from a document.
    fn is_made_here(self, run: u32) -> bool {
        let panes = self.comparison.panes.get_untracked();
        let mut cells = panes.iter().flat_map(|pane| pane.cells.get_untracked());
        cells.any(|cell| cell.id == run && cell.state().restored.is_none())
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

    /// The entry that a page with these runs goes on with.
    pub(super) fn thread_of(self, runs: &[u32]) -> Option<Thread> {
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

    /// Whether so few bytes are attached that it can be written while runs stream.
    pub(super) fn is_light(self) -> bool {
        let bytes = self.comparison.turns.with_untracked(|turns| {
            let files = turns.iter().flat_map(|turn| &turn.attachments);
            files.map(|file| file.bytes().len()).sum::<usize>()
        });
        bytes < LIGHT_BYTES
    }

    /// Whether its answers are so long that writing them costs a stream a frame.
    pub(super) fn is_long(self) -> bool {
        let panes = self.comparison.panes.get_untracked();
        let cells = panes.iter().flat_map(|pane| pane.cells.get_untracked());
        let lengths = cells.map(|cell| {
            let state = cell.state();
            state.log.answer().len() + state.log.thinking().len()
        });
        lengths.sum::<usize>() >= LIGHT_BYTES
    }
}
