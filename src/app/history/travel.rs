//! Everything that is kept as one file, and such a file read in again.

use super::{Busy, DOCUMENTS, ENTRIES, GONE, History, Report, Stopped, fold, gone::all_gone};
use crate::{
    app::task,
    browser::{
        clock, download,
        files::{Incoming, IncomingFile},
        page, timer,
    },
    core::{
        history::{Entry, Imported, Meeting, Reader, Shelf, StoreError, export, gone, tags},
        json,
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// How many documents are in memory at once.
const AT_ONCE: u32 = 20;
/// With so many bytes a write begins, however few entries they are.
const BYTES_AT_ONCE: usize = 4_000_000;
/// The largest file that is read, in bytes.
pub const LARGEST: usize = 500_000_000;

impl History {
    /// Offers everything that is kept as one file.
    pub fn export_all(self) {
        if self.busy.get_untracked().is_some() {
            return;
        }
        let all = self.rows.with_untracked(|rows| rows.len());
        self.busy.set(Some(Busy::Exporting(0, all)));
        task::spawn(async move {
            let w = words().history();
            let outcome = self.export().await;
            self.busy.set(None);
            match outcome {
                Ok(Some(count)) => self.say((w.exported)(count), false),
                Ok(None) => self.say(w.not_exported, true),
                Err(error) => self.say_trouble(&error),
            }
        });
    }

    /// How many entries are in the file; `None` where the browser refused it.
    async fn export(self) -> Result<Option<usize>, StoreError> {
        let store = self.store().await?;
        // Also what another tab has kept since the list was read, and not what
        // was deleted.
        let rows = self.read().await?;
        let find = |id: &str| rows.iter().find(|row| row.entry.id == id);
        let pieces = download::Pieces::empty();
        let mut written = pieces.add(&export::head(clock::wall()));
        let mut count = 0;
        let mut after: Option<String> = None;
        loop {
            let reading = store.read(&[DOCUMENTS])?;
            let documents = reading.after(DOCUMENTS, after.as_deref(), AT_ONCE).await?;
            let Some((last, _)) = documents.last() else {
                break;
            };
            after = Some(last.clone());
            for (id, document) in &documents {
                if let Some(row) = find(id) {
                    written &= pieces.add(&export::entry(&row.entry, document, count == 0));
                    count += 1;
                }
            }
            self.busy.set(Some(Busy::Exporting(count, rows.len())));
            timer::pause(0).await;
        }
        written &= pieces.add(export::TAIL);
        let name = format!(
            "touchstone-history-{}.json",
            page::iso_now().replace([':', '.'], "-")
        );
        let saved = written && pieces.save(&name, "application/json");
        Ok(saved.then_some(count))
    }

    /// Takes in the entries of files.
    pub fn import(self, files: Incoming) {
        if self.begin_import() {
            task::spawn(async move {
                let mut report = Report::default();
                for file in files.into_files() {
                    // It holds whole documents: too much to be part of this task.
                    let taken = Box::pin(self.import_file(file, &mut report));
                    report.stopped = taken.await.err();
                    if report.stopped.is_some() {
                        break;
                    }
                }
                self.end_import(report);
            });
        }
    }

    /// Takes in the entries of a history that was read already.
    pub fn import_text(self, text: Arc<str>) {
        if self.begin_import() {
            task::spawn(async move {
                let mut report = Report::default();
                report.stopped = self.import_entries(&text, &mut report).await.err();
                self.end_import(report);
            });
        }
    }

    fn begin_import(self) -> bool {
        if self.busy.get_untracked().is_some() {
            return false;
        }
        self.report.set(None);
        self.busy.set(Some(Busy::Importing(0)));
        true
    }

    fn end_import(self, report: Report) {
        self.busy.set(None);
        self.report.set(Some(report));
        self.tell();
        self.load();
        task::spawn(self.look_at_offer());
    }

    /// Takes back what the last import changed: what it added is deleted, with an
    /// undo of its own, and the tags that it gave are gone.
    pub fn undo_import(self) {
        let Some(report) = self.report.get_untracked() else {
            return;
        };
        self.report.set(None);
        task::spawn(async move {
            for (id, gained) in report.gained {
                let lose = |there: &mut Vec<String>| there.retain(|tag| !gained.contains(tag));
                match self.change_tags(&id, lose).await {
                    Ok(entry) => entry.into_iter().for_each(|entry| self.show_entry(entry)),
                    Err(error) => return self.say_trouble(&error),
                }
            }
            self.tell();
            self.delete(report.added);
        });
    }

    async fn import_file(self, file: IncomingFile, report: &mut Report) -> Result<(), Stopped> {
        if file.len() > LARGEST {
            return Err(Stopped::TooLarge);
        }
        let bytes = file.read().await.ok_or(Stopped::Unreadable)?;
        let text = String::from_utf8(bytes).map_err(|_| Stopped::Unreadable)?;
        self.import_entries(&text, report).await
    }

    async fn import_entries(self, text: &str, report: &mut Report) -> Result<(), Stopped> {
        let mut reader = Reader::open(text).map_err(Stopped::File)?;
        let rows = self.read().await.map_err(Stopped::Store)?;
        let gone = self.gone_entries().await.map_err(Stopped::Store)?;
        let mut known = Shelf::of(rows.iter().map(|row| &row.entry), &gone);
        let mut waiting: Vec<(Entry, String)> = Vec::new();
        let mut end = Ok(());
        loop {
            match reader.next_entry() {
                None => break,
                Some(Err(error)) => {
                    end = Err(Stopped::File(error));
                    break;
                }
                Some(Ok(Err(skipped))) => report.skipped.push(skipped),
                Some(Ok(Ok(imported))) => {
                    self.take_in(imported, &mut known, &mut waiting, report)
                        .await
                        .map_err(Stopped::Store)?;
                }
            }
            let bytes: usize = waiting.iter().map(|(_, document)| document.len()).sum();
            if waiting.len() >= AT_ONCE as usize || bytes > BYTES_AT_ONCE {
                self.put_all(&mut waiting, report)
                    .await
                    .map_err(Stopped::Store)?;
                self.busy
                    .set(Some(Busy::Importing(percent(reader.progress()))));
                timer::pause(0).await;
            }
        }
        self.put_all(&mut waiting, report)
            .await
            .map_err(Stopped::Store)?;
        end
    }

    /// The entries that were deleted and can still come back.
    async fn gone_entries(self) -> Result<Vec<Entry>, StoreError> {
        let store = self.store().await?;
        let reading = store.read(&[ENTRIES, GONE])?;
        let gone = all_gone(&reading).await?;
        let mut entries = Vec::new();
        for id in gone.iter().flat_map(|gone| &gone.ids) {
            let text = reading.get(ENTRIES, id).await?;
            entries.extend(text.and_then(|text| json::from_str::<Entry>(&text).ok()));
        }
        Ok(entries)
    }

    /// Sorts one entry into what waits to be written.
    async fn take_in(
        self,
        imported: Imported,
        known: &mut Shelf,
        waiting: &mut Vec<(Entry, String)>,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let Imported {
            mut entry,
            document,
        } = imported;
        match known.meet(&entry, &fold) {
            Meeting::New(id) => {
                entry.id = id;
                if entry.changed == 0 {
                    entry.changed = clock::wall().0;
                    entry.begun = entry.changed;
                }
                waiting.push((entry, document));
            }
            Meeting::Known => report.known += 1,
            Meeting::Tagged(id, own) => {
                report.tagged += 1;
                // It may be one that is about to be written.
                if let Some((entry, _)) = waiting.iter_mut().find(|(entry, _)| entry.id == id) {
                    entry.tags = own;
                } else {
                    let mut gained = Vec::new();
                    let add = |there: &mut Vec<String>| {
                        let before = there.clone();
                        tags::add(there, own, &fold);
                        gained.clone_from(there);
                        gained.retain(|tag| !before.contains(tag));
                    };
                    self.change_tags(&id, add).await?;
                    report.gained.push((id, gained));
                }
            }
        }
        Ok(())
    }

    async fn put_all(
        self,
        waiting: &mut Vec<(Entry, String)>,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        if waiting.is_empty() {
            return Ok(());
        }
        let change = self.store().await?.change(&[ENTRIES, DOCUMENTS, GONE])?;
        // What was deleted a moment ago and comes with the file is kept again.
        let ids: Vec<&str> = waiting.iter().map(|(entry, _)| entry.id.as_str()).collect();
        for gone in gone::without(all_gone(&change).await?, &ids) {
            if gone.ids.is_empty() {
                change.delete(GONE, &gone.key)?;
            } else {
                change.put(GONE, &gone.key, &gone.text())?;
            }
        }
        for (entry, document) in waiting.iter() {
            let line = serde_json::to_string(entry)
                .map_err(|error| StoreError::Other(error.to_string()))?;
            change.put(ENTRIES, &entry.id, &line)?;
            change.put(DOCUMENTS, &entry.id, document)?;
        }
        change.done().await?;
        let ids = waiting.iter().map(|(entry, _)| entry.id.clone());
        report.added.extend(ids);
        waiting.clear();
        Ok(())
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 100"
)]
fn percent(share: f64) -> u32 {
    (share * 100.0) as u32
}
