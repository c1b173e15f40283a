//! Deletes what is kept, brings it back, and makes room.

use super::{DOCUMENTS, Deleted, ENTRIES, GONE, History, Message, keep::new_id};
use crate::{
    app::{notices::Undo, task},
    browser::{clock, timer::Timer},
    core::{
        history::{Entry, Row, StoreError, search},
        json,
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// How long what was deleted can come back: longer than a toast offers the undo,
/// however long it is held.
const GONE_MS: i32 = 40_000;
/// What another tab deleted so many seconds ago cannot come back any more.
const GONE_S: i64 = 60;
/// How many bytes a comparison may want.
const WANTED: u64 = 2_000_000;

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
    /// Deletes entries, with an undo.
    pub fn delete(self, ids: Vec<String>) {
        if ids.is_empty() {
            return;
        }
        // Tabs that delete in the same second must not share a key.
        let key = format!("{}-{}", clock::wall().0, new_id());
        let rows = self.take_out(&ids);
        self.inner
            .update_value(|inner| inner.deleting.push(key.clone()));
        task::spawn(async move {
            let count = ids.len();
            let w = words().history();
            let noted = self.mark_gone(&key, &ids).await;
            let is_taken_back = self.end_deletion(&key);
            match noted {
                Ok(()) if is_taken_back => self.bring_back(Deleted { key, count }).await,
                Ok(()) => {
                    self.tell();
                    self.message.set(Some(Message {
                        text: (w.deleted)(count),
                        is_bad: false,
                        deleted: Some(Deleted { key, count }),
                    }));
                    if !self.in_dialog.get_untracked() {
                        self.leave_dialog();
                    }
                    self.purge_later();
                }
                Err(StoreError::Full) if is_taken_back => self.put_back(rows),
                // No room to note that they can come back.
                Err(StoreError::Full) => self.delete_for_good(ids).await,
                Err(error) => {
                    self.put_back(rows);
                    self.say_trouble(&error);
                }
            }
        });
    }

    /// A deletion is noted; whether it is to be taken back at once.
    fn end_deletion(self, key: &str) -> bool {
        let ended = self.inner.try_update_value(|inner| {
            let wanted = inner.undo_wanted.len();
            inner.deleting.retain(|one| one != key);
            inner.undo_wanted.retain(|one| one != key);
            inner.undo_wanted.len() < wanted
        });
        ended.unwrap_or_default()
    }

    /// Takes entries off the list, and gives them.
    fn take_out(self, ids: &[String]) -> Vec<Arc<Row>> {
        let taken = self.rows.try_update(|rows| {
            let rows = Arc::make_mut(rows);
            let (taken, left) = rows.drain(..).partition(|row| ids.contains(&row.entry.id));
            *rows = left;
            taken
        });
        taken.unwrap_or_default()
    }

    fn put_back(self, taken: Vec<Arc<Row>>) {
        self.rows.update(|rows| Arc::make_mut(rows).extend(taken));
    }

    async fn mark_gone(self, key: &str, ids: &[String]) -> Result<(), StoreError> {
        let change = self.store().await?.change(&[GONE])?;
        let text = serde_json::to_string(ids).unwrap_or_default();
        change.put(GONE, key, &text)?;
        change.done().await
    }

    /// Brings back what was deleted last, also where that is still being noted.
    pub fn undo(self) {
        let is_under_way = self.inner.try_update_value(|inner| {
            let wanted = &inner.undo_wanted;
            let last = inner.deleting.iter().rfind(|key| !wanted.contains(key));
            let last = last.cloned();
            inner.undo_wanted.extend(last.clone());
            last.is_some()
        });
        if is_under_way == Some(true) {
            return;
        }
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
    pub(super) fn purge(self, gone: &[(String, String)]) {
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
        let oldest = search::to_make_room(rows.iter().map(|row| &row.entry), WANTED, &spared);
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
}
