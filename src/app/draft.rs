//! Drafts survive a reload: the comparison's settings and what was typed are
//! kept in the tab's storage, never keys and never results.

pub mod aside;

use super::{
    comparison::{Comparison, use_comparison},
    link,
    notices::{Notices, use_notices},
    opening::use_opening,
};
use crate::{
    browser::{
        events::Listener,
        page,
        storage::{self, Place},
        timer::Timer,
    },
    core::{attach::StoredFile, json, recipe::Recipe},
    words::words,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};

const STORE_KEY: &str = "touchstone.draft";
const FILES_KEY: &str = "touchstone.draft.files";
/// How many bytes of files are kept: browsers give a page some five million
/// letters, base64 needs four for three bytes, and the texts need room too.
const MOST_KEPT: usize = 3_000_000;
/// How long typing must rest before it is stored.
const REST_MS: i32 = 300;

thread_local! {
    /// The newest draft, for the crash hook, which can ask no signal of a
    /// program that is falling. It becomes text only when it is stored: a long
    /// prompt must not be written anew with every key.
    static NEWEST: RefCell<Option<Draft>> = const { RefCell::new(None) };
    /// Whether the person knows that drafts are not kept.
    static TOLD: Cell<bool> = const { Cell::new(false) };
    static PENDING: RefCell<Option<Timer>> = const { RefCell::new(None) };
    /// Whether what was stored before has been read, so that it may be replaced.
    static KEEPS: Cell<bool> = const { Cell::new(false) };
}

/// What is stored: the comparison as a recipe, each pane's own request JSON,
/// which recipes do not carry, and the link that the page was opened with.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Stored {
    recipe: serde_json::Value,
    extra_bodies: Vec<serde_json::Map<String, serde_json::Value>>,
    /// See [`mark_of`].
    fragment: String,
    /// Whether the link's result is shown and nothing was made of it since. A
    /// draft has no results, so that the link is read again.
    is_result: bool,
    /// Whether the person made something of it that was not sent yet.
    is_unsent: bool,
}

/// What will be stored, before it is text.
struct Draft {
    recipe: Recipe,
    extra_bodies: Vec<serde_json::Map<String, serde_json::Value>>,
    fragment: String,
    is_result: bool,
    is_unsent: bool,
}

impl Draft {
    fn to_text(&self) -> Option<String> {
        let stored = Stored {
            recipe: self.recipe.to_value(),
            extra_bodies: self.extra_bodies.clone(),
            fragment: mark_of(&self.fragment),
            is_result: self.is_result,
            is_unsent: self.is_unsent,
        };
        serde_json::to_string(&stored).ok()
    }
}

/// Keeps the draft stored from now on, unless the page is yet to be filled in or
/// is only looked at.
pub fn begin() {
    let opening = use_opening();
    if !opening.is_embed() && !untrack(|| opening.is_due()) {
        keep();
        opening.done();
    }
}

/// Keeps the draft stored from now on.
pub fn keep() {
    let comparison = use_comparison();
    let notices = use_notices();
    KEEPS.set(true);
    Effect::new(move |_| {
        let recipe = link::recipe_of(comparison);
        let extra_bodies: Vec<_> = comparison
            .panes
            .get()
            .iter()
            .map(|pane| pane.setup.with(|setup| setup.extra_body.clone()))
            .collect();
        let is_plain = extra_bodies.iter().all(serde_json::Map::is_empty);
        let is_result = is_plain && comparison.shown_unchanged(&recipe).is_some();
        let is_unsent = is_unsent(comparison, &recipe);
        let newest = (recipe != Recipe::default()).then(|| Draft {
            recipe,
            extra_bodies,
            fragment: page::fragment(),
            is_result,
            is_unsent,
        });
        NEWEST.with(|slot| slot.replace(newest));
        let save = move || {
            if !save() {
                tell(comparison, notices);
            }
        };
        PENDING.with(|pending| pending.replace(Timer::once(REST_MS, save)));
    });
    Effect::new(move |_| keep_files(comparison));
    if let Some(window) = page::window() {
        Listener::new(window, "pagehide", |_| save_now()).forever();
    }
}

/// Whether the page holds something that the person made and did not send yet:
/// what was sent is in the history, or is nowhere because they want it so.
fn is_unsent(comparison: Comparison, now: &Recipe) -> bool {
    let is_sent = comparison.is_draft_blank() && comparison.turns.with(|turns| !turns.is_empty());
    !is_sent && comparison.is_changed(now)
}

/// The files of what is kept: the composer's, or, where it is empty, those of
/// the first turn. Apart from the texts, so that typing never writes them.
fn keep_files(comparison: Comparison) {
    let kept = if comparison.is_draft_blank() {
        comparison.turns.with(|turns| {
            let first = turns.first().map(|turn| turn.attachments.clone());
            first.unwrap_or_default()
        })
    } else {
        comparison.attached.get()
    };
    if kept.is_empty() {
        storage::remove(Place::Tab, FILES_KEY);
        return;
    }
    let stored = |most: usize| {
        let mut left = most;
        let files = kept.iter().map(|file| {
            let stored = StoredFile::of(file, left);
            if stored.data.is_some() {
                left -= file.bytes().len();
            }
            stored
        });
        let files: Vec<StoredFile> = files.collect();
        serde_json::to_string(&files).unwrap_or_default()
    };
    // A browser with less room keeps at least the names of what is lost.
    if !storage::set(Place::Tab, FILES_KEY, &stored(MOST_KEPT)) {
        storage::set(Place::Tab, FILES_KEY, &stored(0));
    }
}

/// Takes the kept files back, and says which were too large to keep.
fn restore_files(comparison: Comparison) {
    let Some(text) = storage::get(Place::Tab, FILES_KEY) else {
        return;
    };
    let stored: Vec<StoredFile> = json::from_str(&text).unwrap_or_default();
    let mut lost = Vec::new();
    for file in stored {
        match file.open(comparison.next_id()) {
            Some(attachment) => comparison.attached.update(|all| all.push(attachment)),
            None => lost.push(file.name),
        }
    }
    if !lost.is_empty() {
        let text = (words().files().lost)(&lost.join(", "));
        comparison.remark(text);
    }
}

/// Stores the newest draft at once.
pub fn save_now() {
    save();
}

/// The same; `false` where the browser did not keep it.
fn save() -> bool {
    if !KEEPS.get() {
        return true;
    }
    NEWEST.with(|newest| {
        let Ok(newest) = newest.try_borrow() else {
            return true;
        };
        match newest.as_ref().map(Draft::to_text) {
            Some(Some(text)) => storage::set(Place::Tab, STORE_KEY, &text),
            // What cannot be written leaves what was stored before.
            Some(None) => true,
            None => {
                storage::remove(Place::Tab, STORE_KEY);
                true
            }
        }
    })
}

/// Says once that a reload would lose what was typed. What came with a link comes
/// back with it.
fn tell(comparison: Comparison, notices: Notices) {
    let is_typed = untrack(|| {
        !comparison.is_draft_blank() && comparison.has_work(&link::recipe_of(comparison))
    });
    if is_typed && !TOLD.replace(true) {
        notices.toast(words().history().draft_not_kept);
    }
}

fn stored() -> Option<Stored> {
    let text = storage::get(Place::Tab, STORE_KEY)?;
    json::from_str(&text).ok()
}

/// Whether the stored draft was made from the link with this fragment, and holds
/// all that was made of it.
pub fn is_of(fragment: &str) -> bool {
    !fragment.is_empty()
        && stored().is_some_and(|stored| stored.fragment == mark_of(fragment) && !stored.is_result)
}

/// What stands for a fragment in what is stored. Of a long one, which would take
/// the room of the draft, its length and a checksum (FNV-1a).
fn mark_of(fragment: &str) -> String {
    const LONG: usize = 1_000;
    if fragment.len() <= LONG {
        return fragment.to_owned();
    }
    let sum = fragment
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
    format!("{}:{sum}", fragment.len())
}

/// Whether there may be a stored draft.
pub fn is_stored() -> bool {
    storage::get(Place::Tab, STORE_KEY).is_some()
}

/// Takes the stored draft back; what was typed meanwhile stays.
pub fn restore(comparison: Comparison) {
    let Some(stored) = stored() else { return };
    let Ok((recipe, _)) = Recipe::from_value(stored.recipe) else {
        return;
    };
    let typed = [comparison.title, comparison.system, comparison.draft];
    let before = typed.map(|field| field.get_untracked());
    // What was attached meanwhile comes after what was kept.
    let attached = comparison.attached.get_untracked();
    link::fill_in(comparison, &recipe);
    if stored.is_unsent {
        // It is work still: a link asks before it takes its place.
        comparison.set_baseline(Recipe::default());
    }
    restore_files(comparison);
    comparison.attached.update(|all| all.extend(attached));
    for (field, typed) in typed.into_iter().zip(before) {
        if !typed.trim().is_empty() {
            field.update(|text| {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&typed);
            });
        }
    }
    for (pane, body) in comparison
        .panes
        .get_untracked()
        .iter()
        .zip(stored.extra_bodies)
    {
        pane.setup.update(|setup| setup.extra_body = body);
    }
}
