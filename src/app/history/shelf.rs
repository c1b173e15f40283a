//! Lists what is kept, opens it, and changes its tags.

use super::{DOCUMENTS, ENTRIES, GONE, History, Stage, fold, gone::all_gone, mark_kept, row};
use crate::{
    app::{results, task},
    browser::{calendar::Calendar, page, quota, timer},
    core::{
        history::{
            Entry, Row, StoreError,
            entry::{FORM, Label},
            files, gone, search, tags,
        },
        json,
        recipe::{RecipeError, result::ResultDoc},
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// How many rows are made before the page gets a turn.
const AT_ONCE: usize = 200;

/// Why an entry cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// It is no longer there.
    Gone,
    /// Its document is broken.
    Unreadable(RecipeError),
    /// It cannot be had.
    Store(StoreError),
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl History {
    /// Reads the list. What is being read while something changes is read again:
    /// it may be of before the change.
    pub fn load(self) {
        let begins = self.inner.try_update_value(|inner| {
            inner.changes += 1;
            !std::mem::replace(&mut inner.is_reading, true)
        });
        if self.stage.get_untracked() != Stage::Ready {
            self.stage.set(Stage::Reading);
        }
        if begins != Some(true) {
            return;
        }
        task::spawn(async move {
            let changes = || self.inner.with_value(|inner| inner.changes);
            let read = loop {
                let before = changes();
                let read = self.read().await;
                if changes() == before {
                    break read;
                }
            };
            self.inner.update_value(|inner| inner.is_reading = false);
            self.stage.set(match read {
                Ok(mut rows) => {
                    mark_kept(!rows.is_empty());
                    rows.retain(|row| !self.is_being_deleted(&row.entry.id));
                    self.rows.set(Arc::new(rows));
                    Stage::Ready
                }
                Err(error) => Stage::Failed(error),
            });
            self.look_at_room().await;
        });
    }

    pub(super) async fn read(self) -> Result<Vec<Arc<Row>>, StoreError> {
        let store = self.store().await?;
        let reading = store.read(&[ENTRIES, GONE])?;
        let entries = reading.all(ENTRIES).await?;
        let gone = all_gone(&reading).await?;
        self.purge_old(&gone);
        let calendar = Calendar::make();
        let mut rows = Vec::with_capacity(entries.len());
        for (at, (id, text)) in entries.into_iter().enumerate() {
            if gone::has(&gone, &id) {
                continue;
            }
            if at % AT_ONCE == AT_ONCE - 1 {
                timer::pause(0).await;
            }
            let entry = json::from_str::<Entry>(&text).ok();
            let entry = match entry.filter(|entry| entry.form == FORM) {
                Some(entry) => Some(entry),
                None => self.make_anew(&id, &text).await?,
            };
            rows.extend(entry.map(|entry| Arc::new(row(entry, &calendar))));
        }
        Ok(rows)
    }

    /// An entry of another form, or a broken one, from its document.
    async fn make_anew(self, id: &str, text: &str) -> Result<Option<Entry>, StoreError> {
        let store = self.store().await?;
        let document = store.read(&[DOCUMENTS])?.get(DOCUMENTS, id).await?;
        let Some(document) = document else {
            return Ok(None);
        };
        let Ok((read, _)) = ResultDoc::parse(&document) else {
            return Ok(None);
        };
        // Of a form of which nothing else is known these four still hold.
        let old: serde_json::Value = json::parse(text).unwrap_or_default();
        let number = |name: &str| old.get(name).and_then(serde_json::Value::as_i64);
        let tags = old.get("tags").cloned().unwrap_or_default();
        let label = Label {
            id: id.to_owned(),
            revision: number("revision")
                .and_then(|number| u32::try_from(number).ok())
                .unwrap_or_default(),
            begun: number("begun").unwrap_or_default(),
            changed: number("changed").unwrap_or_default(),
            tags: json::from_value(tags).unwrap_or_default(),
        };
        let entry = Entry::of(&read, document.len() as u64, label);
        self.put_entry(&entry).await?;
        Ok(Some(entry))
    }

    async fn put_entry(self, entry: &Entry) -> Result<(), StoreError> {
        let text =
            serde_json::to_string(entry).map_err(|error| StoreError::Other(error.to_string()))?;
        let change = self.store().await?.change(&[ENTRIES])?;
        change.put(ENTRIES, &entry.id, &text)?;
        change.done().await
    }

    /// An entry's document as it was.
    pub async fn document(self, id: &str) -> Result<ResultDoc, OpenError> {
        let store = self.store().await?;
        let text = store.read(&[DOCUMENTS])?.get(DOCUMENTS, id).await?;
        let text = text.ok_or(OpenError::Gone)?;
        let (mut document, _) = ResultDoc::parse(&text).map_err(OpenError::Unreadable)?;
        files::share(&mut document);
        Ok(document)
    }

    /// Fills the page in with an entry; says how that went. Whether it is there.
    pub async fn open(self, entry: &Entry) -> bool {
        let w = words().history();
        let own = self.inner.try_update_value(|inner| {
            inner.openings += 1;
            inner.openings
        });
        let document = self.document(&entry.id).await;
        // Another was chosen while this one was read.
        if Some(self.inner.with_value(|inner| inner.openings)) != own {
            return false;
        }
        match document {
            Ok(document) => {
                self.runner.stop_all();
                self.save_news();
                // A reload must not bring back the link that was open before.
                page::clear_fragment();
                results::show(self.comparison, document);
                self.note_shown(entry);
                self.notices.toast(match entry.files_left_out {
                    0 => w.opened.to_owned(),
                    left_out => (w.opened_without_files)(left_out),
                });
                return true;
            }
            Err(OpenError::Gone) => self.say(w.gone, true),
            Err(OpenError::Unreadable(error)) => {
                let why = (words().recipe().recipe_error)(&error);
                self.say((w.unreadable)(&why), true);
            }
            Err(OpenError::Store(error)) => self.say_trouble(&error),
        }
        false
    }

    /// Changes the tags of an entry.
    pub fn set_tags(self, id: String, change: impl FnOnce(&mut Vec<String>) + 'static) {
        task::spawn(async move {
            match self.change_tags(&id, change).await {
                Ok(Some(entry)) => {
                    self.show_entry(entry);
                    self.tell();
                }
                Ok(None) => self.say(words().history().gone, true),
                Err(error) => self.say_trouble(&error),
            }
        });
    }

    /// Reads and writes in one go: another tab may be writing the entry too.
    /// `None` where it is no longer kept.
    pub(super) async fn change_tags(
        self,
        id: &str,
        change: impl FnOnce(&mut Vec<String>),
    ) -> Result<Option<Entry>, StoreError> {
        let writing = self.store().await?.change(&[ENTRIES, GONE])?;
        let gone = all_gone(&writing).await?;
        let text = writing.get(ENTRIES, id).await?;
        let text = text.filter(|_| !gone::has(&gone, id));
        let entry = text.and_then(|text| json::from_str::<Entry>(&text).ok());
        let Some(mut entry) = entry else {
            return Ok(None);
        };
        change(&mut entry.tags);
        let text =
            serde_json::to_string(&entry).map_err(|error| StoreError::Other(error.to_string()))?;
        writing.put(ENTRIES, id, &text)?;
        writing.done().await?;
        Ok(Some(entry))
    }

    /// Every tag with how often it is given (tracked).
    pub fn tags(self) -> Vec<(String, usize)> {
        let rows = self.rows.get();
        tags::counted(rows.iter().flat_map(|row| &row.entry.tags))
    }

    /// Asks the browser not to clear what is kept; says what it answered.
    pub fn persist(self) {
        task::spawn(async move {
            let w = words().history();
            let granted = quota::persist().await.unwrap_or_default();
            self.is_persistent.set(Some(granted));
            let text = if granted {
                w.persist_granted
            } else {
                w.persist_refused
            };
            self.say(text, !granted);
        });
    }

    /// The rows that are found, in order (tracked).
    pub fn select(self, query: &search::Query, by: search::Sort) -> Vec<Arc<Row>> {
        let rows = self.rows.get();
        let found = rows.iter().filter(|row| query.finds(row));
        let mut found: Vec<Arc<Row>> = found.cloned().collect();
        search::sort(&mut found, by, &fold);
        found
    }
}
