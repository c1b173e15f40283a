//! Lists what is kept, opens it, deletes it and brings it back.

use super::{DOCUMENTS, Deleted, ENTRIES, GONE, History, Message, Stage, fold, mark_kept, row};
use crate::{
    app::{notices::Undo, results, task},
    browser::{
        calendar::Calendar,
        clock, page, quota,
        timer::{self, Timer},
    },
    core::{
        history::{
            Entry, Row, StoreError,
            entry::{FORM, Label},
            files, search, tags,
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
/// How long what was deleted can come back: a little longer than the undo is
/// offered.
const GONE_MS: i32 = 15_000;
/// What another tab deleted so many seconds ago cannot come back any more.
const GONE_S: i64 = 60;

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

/// The ids in lists of what was deleted.
pub(super) fn ids_of(gone: &[(String, String)]) -> Vec<String> {
    let lists = gone
        .iter()
        .filter_map(|(_, text)| json::from_str::<Vec<String>>(text).ok());
    lists.flatten().collect()
}

/// When a list of what was deleted was made; its key begins with the second.
fn second_of(key: &str) -> i64 {
    let second = key.split('-').next();
    second
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

impl History {
    /// Reads the list, unless it is being read.
    pub fn load(self) {
        if self.stage.get_untracked() == Stage::Reading {
            return;
        }
        if self.stage.get_untracked() != Stage::Ready {
            self.stage.set(Stage::Reading);
        }
        task::spawn(async move {
            let read = self.read().await;
            self.stage.set(match read {
                Ok(rows) => {
                    mark_kept(!rows.is_empty());
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
        let gone = reading.all(GONE).await?;
        self.purge(&gone);
        let gone = ids_of(&gone);
        let calendar = Calendar::make();
        let mut rows = Vec::with_capacity(entries.len());
        for (at, (id, text)) in entries.into_iter().enumerate() {
            if gone.contains(&id) {
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
        let old: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
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
        match self.document(&entry.id).await {
            Ok(document) => {
                self.runner.stop_all();
                self.save_page();
                // A reload must not bring back the link that was open before.
                page::clear_fragment();
                results::show(self.comparison, &document);
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
    pub(super) async fn change_tags(
        self,
        id: &str,
        change: impl FnOnce(&mut Vec<String>),
    ) -> Result<Option<Entry>, StoreError> {
        let writing = self.store().await?.change(&[ENTRIES])?;
        let text = writing.get(ENTRIES, id).await?;
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

    /// Deletes entries, with an undo.
    pub fn delete(self, ids: Vec<String>) {
        if ids.is_empty() {
            return;
        }
        let batch = self.inner.try_update_value(|inner| {
            inner.last_batch += 1;
            inner.last_batch
        });
        let key = format!("{}-{}", clock::wall().0, batch.unwrap_or_default());
        let rows = self.rows.get_untracked();
        self.take_out(&ids);
        task::spawn(async move {
            let count = ids.len();
            let w = words().history();
            match self.mark_gone(&key, &ids).await {
                Ok(()) => {
                    self.tell();
                    self.message.set(Some(Message {
                        text: (w.deleted)(count),
                        is_bad: false,
                        deleted: Some(Deleted { key, count }),
                    }));
                    self.purge_later();
                }
                // No room to note that they can come back.
                Err(StoreError::Full) => self.delete_for_good(ids).await,
                Err(error) => {
                    self.rows.set(rows);
                    self.say_trouble(&error);
                }
            }
        });
    }

    /// Takes entries off the list.
    fn take_out(self, ids: &[String]) {
        self.rows.update(|rows| {
            Arc::make_mut(rows).retain(|row| !ids.contains(&row.entry.id));
        });
    }

    async fn mark_gone(self, key: &str, ids: &[String]) -> Result<(), StoreError> {
        let change = self.store().await?.change(&[GONE])?;
        let text = serde_json::to_string(ids).unwrap_or_default();
        change.put(GONE, key, &text)?;
        change.done().await
    }

    /// Brings back what the dialog says was deleted.
    pub fn undo(self) {
        let message = self.message.get_untracked();
        if let Some(deleted) = message.and_then(|message| message.deleted) {
            self.message.set(None);
            task::spawn(self.bring_back(deleted));
        }
    }

    /// The dialog was closed: a toast offers the undo from now on.
    pub fn leave_dialog(self) {
        let message = self.message.get_untracked();
        self.message.set(None);
        let Some(Message { text, deleted, .. }) = message else {
            return;
        };
        let Some(deleted) = deleted else { return };
        let undo = Undo::new(move || task::spawn(self.bring_back(deleted.clone())));
        self.notices.toast_with_undo(text, undo);
        self.purge_later();
    }

    async fn bring_back(self, Deleted { key, count }: Deleted) {
        let w = words().history();
        match self.unmark_gone(&key).await {
            Ok(true) => {
                self.tell();
                self.load();
                self.say((w.undone)(count), false);
            }
            Ok(false) => self.say(w.undo_failed, true),
            Err(error) => self.say_trouble(&error),
        }
    }

    async fn unmark_gone(self, key: &str) -> Result<bool, StoreError> {
        let change = self.store().await?.change(&[GONE])?;
        let is_there = change.get(GONE, key).await?.is_some();
        change.delete(GONE, key)?;
        change.done().await?;
        Ok(is_there)
    }

    /// Gives up what was deleted too long ago to come back.
    fn purge(self, gone: &[(String, String)]) {
        let now = clock::wall().0;
        let old = gone.iter().filter(|(key, _)| now - second_of(key) > GONE_S);
        let old: Vec<_> = old.cloned().collect();
        if !old.is_empty() {
            task::spawn(async move {
                // The next list tries again.
                self.purge_now(&old).await.ok();
            });
        }
    }

    fn purge_later(self) {
        let purge = Timer::once(GONE_MS, move || self.purge_own());
        self.inner.update_value(|inner| inner.purge = purge);
    }

    /// Gives up what this tab deleted: nothing offers it any more.
    fn purge_own(self) {
        let offers = |message: &Message| message.deleted.is_some();
        if self
            .message
            .with_untracked(|it| it.as_ref().is_some_and(offers))
        {
            self.message.set(None);
        }
        task::spawn(async move {
            self.purge_older_than(i64::from(GONE_MS) / 1000 - 1)
                .await
                .ok();
            self.look_at_room().await;
        });
    }

    async fn purge_older_than(self, seconds: i64) -> Result<(), StoreError> {
        let store = self.store().await?;
        let gone = store.read(&[GONE])?.all(GONE).await?;
        let now = clock::wall().0;
        let old = gone
            .into_iter()
            .filter(|(key, _)| now - second_of(key) >= seconds);
        self.purge_now(&old.collect::<Vec<_>>()).await
    }

    async fn purge_now(self, gone: &[(String, String)]) -> Result<(), StoreError> {
        let change = self.store().await?.change(&[ENTRIES, DOCUMENTS, GONE])?;
        for (key, _) in gone {
            change.delete(GONE, key)?;
        }
        for id in ids_of(gone) {
            change.delete(ENTRIES, &id)?;
            change.delete(DOCUMENTS, &id)?;
        }
        change.done().await
    }

    async fn delete_for_good(self, ids: Vec<String>) {
        let w = words().history();
        let count = ids.len();
        match self.erase(&ids).await {
            Ok(()) => self.say((w.deleted_for_good)(count), false),
            Err(error) => self.say_trouble(&error),
        }
        self.tell();
        self.load();
    }

    async fn erase(self, ids: &[String]) -> Result<(), StoreError> {
        let change = self.store().await?.change(&[ENTRIES, DOCUMENTS])?;
        for id in ids {
            change.delete(ENTRIES, id)?;
            change.delete(DOCUMENTS, id)?;
        }
        change.done().await
    }

    /// The oldest entries, as many as make room for what is on the page
    /// (tracked).
    pub fn oldest(self) -> Vec<Entry> {
        let spared: Vec<String> = self.current.get().into_iter().collect();
        let rows = self.rows.get();
        let wanted = 2_000_000;
        let oldest = search::to_make_room(rows.iter().map(|row| &row.entry), wanted, &spared);
        oldest.into_iter().cloned().collect()
    }

    /// Deletes the oldest entries for good, then keeps what is on the page.
    pub fn make_room(self) {
        let oldest = untrack(|| self.oldest());
        let bytes = oldest.iter().map(|entry| entry.bytes).sum();
        let ids: Vec<String> = oldest.into_iter().map(|entry| entry.id).collect();
        task::spawn(async move {
            let w = words().history();
            // What waits for an undo gives its room first.
            let freed = match self.purge_older_than(0).await {
                Ok(()) => self.erase(&ids).await,
                Err(error) => Err(error),
            };
            match freed {
                Ok(()) => {
                    self.say((w.made_room)(ids.len(), bytes), false);
                    self.take_out(&ids);
                    self.tell();
                    self.save_again();
                }
                Err(error) => self.say_trouble(&error),
            }
            self.look_at_room().await;
        });
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
