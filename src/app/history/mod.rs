//! What is kept of comparisons on this device.
//!
//! [`keep`] writes the comparison on the page down when its runs end, [`on_page`]
//! knows what of it is kept, [`private`] keeps from it what is to leave no trace,
//! [`shelf`] lists and opens entries, [`gone`] deletes them, [`travel`] carries all of
//! it out as a file and in again. All of this lies in the third part of the program.

mod gone;
mod keep;
mod on_page;
mod private;
mod shelf;
mod travel;

pub use keep::{keep_news, keep_page};
pub use travel::LARGEST;

use super::{
    comparison::{Comparison, use_comparison},
    notices::{Notices, use_notices},
    runner::{Runner, use_runner},
};
use crate::{
    browser::{
        calendar::{self, Calendar},
        channel::Channel,
        page,
        quota::{self, Estimate},
        storage::{self, Place},
        store::{Schema, Store},
        timer::Timer,
    },
    core::history::{Entry, Gone, ImportError, Row, Skipped, StoreError, Thread},
    words::words,
};
use leptos::prelude::*;
use std::{collections::VecDeque, rc::Rc, sync::Arc};

/// Entries by id, as JSON.
const ENTRIES: &str = "entries";
/// Their documents by the same ids, as JSON.
const DOCUMENTS: &str = "documents";
/// What was deleted and can still come back: lists of ids.
const GONE: &str = "gone";
/// The database. Each version adds to what the one before it had.
const SCHEMA: Schema = Schema {
    name: "touchstone-history",
    steps: &[&[ENTRIES, DOCUMENTS, GONE]],
};
/// Holds whether anything is kept, for the part of the program that cannot look.
pub const KEPT_KEY: &str = "touchstone.kept";

/// How far the list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Nobody asked for it yet.
    Unread,
    /// It is being read.
    Reading,
    /// It is there.
    Ready,
    /// It cannot be read.
    Failed(StoreError),
}

/// Something that takes a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Busy {
    /// So many of so many entries are in the file.
    Exporting(usize, usize),
    /// So many hundredths of the file are read.
    Importing(u32),
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The ids of new entries.
    pub added: Vec<String>,
    /// Entries that were here and gained tags.
    pub tagged: usize,
    /// Which tags those gained, by their ids.
    gained: Vec<(String, Vec<String>)>,
    /// Entries that were here.
    pub known: usize,
    /// Entries that were left out, and why.
    pub skipped: Vec<Skipped>,
    /// What ended it before the end of the file.
    pub stopped: Option<Stopped>,
}

/// Why an import stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// The file cannot be had.
    Unreadable,
    /// The file is larger than can be read.
    TooLarge,
    /// The file is wrong, or ends early.
    File(ImportError),
    /// Nothing more could be kept.
    Store(StoreError),
}

impl Report {
    /// Whether the import changed anything that could be taken back.
    pub fn can_undo(&self) -> bool {
        !self.added.is_empty() || !self.gained.is_empty()
    }
}

/// What is said in the dialog, where notices and toasts cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The sentence.
    pub text: String,
    /// Whether something failed.
    pub is_bad: bool,
    /// Whether it says that something was deleted.
    pub is_of_deletion: bool,
    /// What it offers to bring back.
    pub deleted: Option<Deleted>,
}

/// Entries that can still come back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deleted {
    /// The keys of their lists, with how many are in each.
    lists: Vec<(String, usize)>,
}

impl Deleted {
    fn of(gone: &Gone) -> Self {
        let lists = vec![(gone.key.clone(), gone.ids.len())];
        Self { lists }
    }

    /// Takes over how many are gone by now.
    fn take_counts(&mut self, all: &[Gone]) {
        self.lists.retain_mut(|(key, count)| {
            let now = all.iter().find(|gone| gone.key == *key);
            *count = now.map_or(0, |gone| gone.ids.len());
            *count > 0
        });
    }

    /// How many they are.
    fn count(&self) -> usize {
        self.lists.iter().map(|(_, count)| count).sum()
    }
}

/// What the history keeps to itself.
#[derive(Default)]
struct Inner {
    store: Option<Rc<Store>>,
    channel: Option<Channel>,
    /// The entries that this page has written, the latest last.
    threads: Vec<Thread>,
    /// Runs that were made in private mode.
    private_runs: Vec<u32>,
    timer: Option<Timer>,
    /// Pages that wait to be written, the oldest first.
    waiting: VecDeque<keep::Page>,
    is_saving: bool,
    is_reading: bool,
    /// Counts what this page and others changed.
    changes: u32,
    is_due: bool,
    /// Counts the entries that were to be opened.
    openings: u32,
    /// What the person was told last about why nothing is kept.
    told: Option<StoreError>,
    deletions: gone::Deletions,
}

/// The history as signals.
#[derive(Clone, Copy)]
pub struct History {
    /// What is kept, in no order.
    pub rows: RwSignal<Arc<Vec<Arc<Row>>>>,
    /// How far the list is.
    pub stage: RwSignal<Stage>,
    /// Why the comparison on the page could not be kept.
    pub trouble: RwSignal<Option<StoreError>>,
    /// Whether nothing is kept.
    pub is_private: RwSignal<bool>,
    /// Whether runs of private mode keep the comparison on the page from being
    /// kept.
    pub has_private_runs: RwSignal<bool>,
    /// The entry of what is on the page.
    pub current: RwSignal<Option<String>>,
    /// What is under way.
    pub busy: RwSignal<Option<Busy>>,
    /// What came of the last import.
    pub report: RwSignal<Option<Report>>,
    /// Whether the dialog is open, to say things in.
    pub in_dialog: RwSignal<bool>,
    /// What is said in the dialog.
    pub message: RwSignal<Option<Message>>,
    /// How much the browser keeps and would keep.
    pub room: RwSignal<Option<Estimate>>,
    /// Whether the browser promised to keep it.
    pub is_persistent: RwSignal<Option<bool>>,
    inner: StoredValue<Inner, LocalStorage>,
    comparison: Comparison,
    runner: Runner,
    notices: Notices,
}

/// Creates the context under the current owner, which must be the root, and
/// keeps what is run from now on.
pub fn provide() {
    let history = History {
        rows: RwSignal::new(Arc::default()),
        stage: RwSignal::new(Stage::Unread),
        trouble: RwSignal::new(None),
        is_private: RwSignal::new(private::is_private()),
        has_private_runs: RwSignal::new(false),
        current: RwSignal::new(None),
        busy: RwSignal::new(None),
        report: RwSignal::new(None),
        in_dialog: RwSignal::new(false),
        message: RwSignal::new(None),
        room: RwSignal::new(None),
        is_persistent: RwSignal::new(None),
        inner: StoredValue::new_local(Inner::default()),
        comparison: use_comparison(),
        runner: use_runner(),
        notices: use_notices(),
    };
    provide_context(history);
    history.inner.update_value(|inner| {
        inner.channel = Channel::new(SCHEMA.name, move || history.hear());
    });
    history.keep();
}

/// The context.
pub fn use_history() -> History {
    expect_context()
}

impl History {
    /// Another tab changed something.
    fn hear(self) {
        self.hear_private();
        // What is being read now may be of before that.
        if matches!(self.stage.get_untracked(), Stage::Ready | Stage::Reading) {
            self.load();
        }
    }

    /// Tells other tabs that something changed.
    fn tell(self) {
        self.inner.update_value(|inner| {
            inner.changes += 1;
            if let Some(channel) = &inner.channel {
                channel.tell();
            }
        });
    }

    /// The open database.
    async fn store(self) -> Result<Rc<Store>, StoreError> {
        let open = self.inner.with_value(|inner| inner.store.clone());
        if let Some(store) = open.filter(|store| !store.is_lost()) {
            return Ok(store);
        }
        let store = Rc::new(Store::open(&SCHEMA).await?);
        let kept = store.clone();
        self.inner.update_value(|inner| inner.store = Some(kept));
        Ok(store)
    }

    /// Says something in the dialog, or, where that was closed meanwhile, in a
    /// toast. What can still come back is still offered.
    fn say(self, text: impl Into<String>, is_bad: bool) {
        if !self.in_dialog.get_untracked() {
            return self.notices.toast(text);
        }
        let text = text.into();
        self.message.update(|message| {
            let deleted = message.take().and_then(|before| before.deleted);
            *message = Some(Message {
                text,
                is_bad,
                is_of_deletion: false,
                deleted,
            });
        });
    }

    /// Says in the dialog what is wrong with the database.
    fn say_trouble(self, error: &StoreError) {
        self.say((words().history().trouble)(error), true);
    }

    /// Asks the browser how much it keeps.
    pub async fn look_at_room(self) {
        let room = quota::estimate().await;
        self.room.set(room);
        let is_persistent = quota::is_persistent().await;
        self.is_persistent.set(is_persistent);
    }

    /// Puts an entry into the list, in place of an older form of it.
    fn show_entry(self, entry: Entry) {
        let is_listed = self.stage.get_untracked() == Stage::Ready;
        if !is_listed || self.is_being_deleted(&entry.id) {
            return;
        }
        let row = Arc::new(row(entry, &Calendar::make()));
        self.rows.update(|rows| {
            let rows = Arc::make_mut(rows);
            rows.retain(|known| known.entry.id != row.entry.id);
            rows.push(row);
        });
    }
}

/// Notes for the next visit whether anything is kept.
fn mark_kept(is_any: bool) {
    if is_any {
        storage::set(Place::Device, KEPT_KEY, "1");
    } else {
        storage::remove(Place::Device, KEPT_KEY);
    }
}

/// How texts are compared.
pub fn fold(text: &str) -> String {
    page::folded(text)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "seconds of our time are exact in a float"
)]
fn row(entry: Entry, calendar: &Calendar) -> Row {
    let ms = entry.changed as f64 * 1000.0;
    Row::new(entry, calendar.write(ms), &calendar::day(ms), &fold)
}
