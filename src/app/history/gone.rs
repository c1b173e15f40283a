//! Deletes what is kept, brings it back, and makes room.

use super::{DOCUMENTS, Deleted, ENTRIES, GONE, History, Message, keep::new_id};
use crate::{
    app::{notices::Undo, task},
    browser::{clock, store::Transaction, timer::Timer},
    core::history::{
        Entry, Gone, Row, StoreError,
        gone::{second_of, to_erase},
        search,
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// How long what was deleted can come back: longer than a toast offers the undo,
/// however long it is held.
const GONE_MS: i32 = 40_000;
/// What another tab deleted so many seconds ago cannot come back any more: longer
/// than its dialog, and then its toast, offer it.
const GONE_S: i64 = 120;
/// Deletions of so many seconds before the last one come back with it.
const TOGETHER_S: i64 = 20;
/// How many bytes a comparison may want.
const WANTED: u64 = 2_000_000;

/// A deletion that is being noted.
struct Deletion {
    gone: Gone,
    /// Whether it is to be taken back once it is noted.
    is_unwanted: bool,
}

/// The deletions of this tab.
#[derive(Default)]
pub(super) struct Deletions {
    /// Those that are being noted, the latest last.
    under_way: Vec<Deletion>,
    /// The keys of those that are noted and can be undone.
    noted: Vec<String>,
    /// Ends that.
    purge: Option<Timer>,
    is_making_room: bool,
}

/// What was deleted and can still come back.
pub(super) async fn all_gone(reading: &Transaction) -> Result<Vec<Gone>, StoreError> {
    let lists = reading.all(GONE).await?;
    Ok(lists.into_iter().map(Gone::read).collect())
}

impl History {
    /// Deletes entries, with an undo.
    pub fn delete(self, ids: Vec<String>) {
        if ids.is_empty() {
            return;
        }
        let rows = self.take_out(&ids);
        let gone = Gone::new(clock::wall().0, &new_id(), ids);
        let deletion = Deletion {
            gone: gone.clone(),
            is_unwanted: false,
        };
        self.inner
            .update_value(|inner| inner.deletions.under_way.push(deletion));
        task::spawn(async move {
            let noted = self.mark_gone(&gone).await;
            let is_taken_back = self.end_deletion(&gone.key);
            match noted {
                Ok(()) if is_taken_back => self.bring_back(Deleted::of(&gone)).await,
                Ok(()) => {
                    self.tell();
                    self.offer(&gone);
                }
                Err(StoreError::Full) if is_taken_back => self.put_back(rows),
                // No room to note that they can come back.
                Err(StoreError::Full) => self.delete_for_good(gone.ids).await,
                Err(error) => {
                    self.put_back(rows);
                    self.say_trouble(&error);
                }
            }
        });
    }

    /// Offers the undo of a deletion, and of those just before it.
    fn offer(self, gone: &Gone) {
        let standing = self.message.with_untracked(|message| {
            let deleted = message
                .as_ref()
                .and_then(|message| message.deleted.as_ref());
            deleted.cloned()
        });
        let mut deleted = standing.unwrap_or_default();
        let since = gone.second() - TOGETHER_S;
        deleted.lists.retain(|(key, _)| second_of(key) >= since);
        deleted.lists.extend(Deleted::of(gone).lists);
        self.message.set(Some(Message {
            text: (words().history().deleted)(deleted.count()),
            is_bad: false,
            is_of_deletion: true,
            deleted: Some(deleted),
        }));
        self.inner
            .update_value(|inner| inner.deletions.noted.push(gone.key.clone()));
        if !self.in_dialog.get_untracked() {
            self.leave_dialog();
        }
        self.purge_later();
    }

    /// A deletion is noted; whether it is to be taken back at once.
    fn end_deletion(self, key: &str) -> bool {
        let ended = self.inner.try_update_value(|inner| {
            let mut ended = inner
                .deletions
                .under_way
                .extract_if(.., |one| one.gone.key == key);
            ended.any(|one| one.is_unwanted)
        });
        ended.unwrap_or_default()
    }

    /// Whether an entry is being deleted: a list that was read before that was
    /// noted still has it.
    pub(super) fn is_being_deleted(self, id: &str) -> bool {
        self.inner.with_value(|inner| {
            let mut ids = inner
                .deletions
                .under_way
                .iter()
                .flat_map(|one| &one.gone.ids);
            ids.any(|one| one == id)
        })
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

    async fn mark_gone(self, gone: &Gone) -> Result<(), StoreError> {
        let change = self.store().await?.change(&[GONE])?;
        change.put(GONE, &gone.key, &gone.text())?;
        change.done().await
    }

    /// Brings back what was deleted last, also where that is still being noted.
    pub fn undo(self) {
        let is_under_way = self.inner.try_update_value(|inner| {
            let last = inner
                .deletions
                .under_way
                .iter_mut()
                .rfind(|one| !one.is_unwanted);
            last.map(|one| one.is_unwanted = true).is_some()
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
        let Some(deleted) = message.and_then(|message| message.deleted) else {
            return;
        };
        let text = (words().history().deleted)(deleted.count());
        let undo = Undo::new(move || task::spawn(self.bring_back(deleted.clone())));
        self.notices.toast_with_undo(text, undo);
        self.purge_later();
    }

    async fn bring_back(self, deleted: Deleted) {
        let w = words().history();
        match self.unmark_gone(&deleted).await {
            Ok(0) => self.say(w.undo_failed, true),
            Ok(count) => {
                self.tell();
                self.load();
                self.say((w.undone)(count), false);
            }
            Err(error) => self.say_trouble(&error),
        }
    }

    /// A file may have brought in what could come back: no undo is offered for it.
    pub(super) async fn look_at_offer(self) {
        let offered = self
            .message
            .with_untracked(|message| message.as_ref().is_some_and(|it| it.deleted.is_some()));
        if !offered {
            return;
        }
        // Where that cannot be read, the undo says so.
        let Ok(gone) = self.gone_now().await else {
            return;
        };
        self.message.update(|message| {
            let Some(it) = message else { return };
            let Some(deleted) = &mut it.deleted else {
                return;
            };
            deleted.take_counts(&gone);
            let is_empty = deleted.count() == 0;
            if it.is_of_deletion {
                it.text = (words().history().deleted)(deleted.count());
            }
            if is_empty && it.is_of_deletion {
                *message = None;
            } else if is_empty {
                it.deleted = None;
            }
        });
    }

    async fn gone_now(self) -> Result<Vec<Gone>, StoreError> {
        let store = self.store().await?;
        let reading = store.read(&[GONE])?;
        all_gone(&reading).await
    }

    /// How many entries are no longer gone.
    async fn unmark_gone(self, deleted: &Deleted) -> Result<usize, StoreError> {
        let change = self.store().await?.change(&[GONE])?;
        let mut back = 0;
        for (key, _) in &deleted.lists {
            // As it is now: a file may have brought some of them in again.
            if let Some(text) = change.get(GONE, key).await? {
                back += Gone::read((key.clone(), text)).ids.len();
            }
            change.delete(GONE, key)?;
        }
        change.done().await?;
        Ok(back)
    }

    /// Gives up what was deleted too long ago to come back.
    pub(super) fn purge_old(self, gone: &[Gone]) {
        if gone.iter().any(is_old) {
            task::spawn(async move {
                // The next list tries again.
                self.purge(is_old).await.ok();
            });
        }
    }

    fn purge_later(self) {
        let purge = Timer::once(GONE_MS, move || self.purge_own());
        self.inner
            .update_value(|inner| inner.deletions.purge = purge);
    }

    /// Gives up what this tab deleted: nothing offers it any more.
    fn purge_own(self) {
        self.message.update(|message| {
            let is_of_deletion = message.as_ref().is_some_and(|it| it.is_of_deletion);
            if is_of_deletion {
                *message = None;
            } else if let Some(message) = message {
                message.deleted = None;
            }
        });
        let noted = self
            .inner
            .try_update_value(|inner| std::mem::take(&mut inner.deletions.noted));
        let noted = noted.unwrap_or_default();
        task::spawn(async move {
            // What fails here is done with the next list.
            self.purge(|gone| is_old(gone) || noted.contains(&gone.key))
                .await
                .ok();
            self.look_at_room().await;
        });
    }

    /// Erases what deletions took away, where those are over. What was brought back
    /// meanwhile is none of them.
    async fn purge(self, over: impl Fn(&Gone) -> bool) -> Result<(), StoreError> {
        let change = self.store().await?.change(&[ENTRIES, DOCUMENTS, GONE])?;
        let all = all_gone(&change).await?;
        let (over, ids) = to_erase(&all, over);
        for gone in over {
            change.delete(GONE, &gone.key)?;
        }
        for id in ids {
            change.delete(ENTRIES, id)?;
            change.delete(DOCUMENTS, id)?;
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

    /// Deletes the oldest entries for good, then keeps what is on the page. Once at
    /// a time: what is the oldest then is another.
    pub fn make_room(self) {
        let begins = self.inner.try_update_value(|inner| {
            !std::mem::replace(&mut inner.deletions.is_making_room, true)
        });
        if begins != Some(true) {
            return;
        }
        let oldest = untrack(|| self.oldest());
        let bytes = oldest.iter().map(|entry| entry.bytes).sum();
        let ids: Vec<String> = oldest.into_iter().map(|entry| entry.id).collect();
        task::spawn(async move {
            let w = words().history();
            // What waits for an undo gives its room first.
            let freed = match self.purge(|_| true).await {
                Ok(()) => self.erase(&ids).await,
                Err(error) => Err(error),
            };
            match freed {
                Ok(()) => {
                    // What could come back until now went first.
                    self.message.set(None);
                    self.say((w.made_room)(ids.len(), bytes), false);
                    // Until it is known whether that was enough.
                    self.trouble.set(None);
                    self.take_out(&ids);
                    self.tell();
                    self.save_again();
                }
                Err(error) => self.say_trouble(&error),
            }
            self.look_at_room().await;
            self.inner
                .update_value(|inner| inner.deletions.is_making_room = false);
        });
    }
}

fn is_old(gone: &Gone) -> bool {
    clock::wall().0 - gone.second() > GONE_S
}
