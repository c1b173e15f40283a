//! Drafts that made way for a link. They are kept in the tab until they are
//! brought back: what was typed is never lost, although a fresh link does not ask.

use super::{FILES_KEY, STORE_KEY, Stored, is_unsent, restore, save_now, stored};
use crate::{
    app::{
        comparison::Comparison,
        history, link,
        notices::{Notices, Undo},
        opening::TYPED_KEY,
        runner::Runner,
    },
    browser::{
        page,
        storage::{self, Place},
    },
    core::{
        domain::Message,
        json,
        recipe::{Recipe, RecipeMessage},
    },
    words::words,
};
use leptos::prelude::*;
use serde_json::Value;

/// Holds a list of [`Aside`], the newest last.
const ASIDE_KEY: &str = "touchstone.draft.aside";
/// The oldest one goes where there would be more.
const MOST: usize = 5;

/// A draft's texts and its files, as they were stored.
type Aside = (String, Option<String>);

thread_local! {
    static COUNT: ArcRwSignal<usize> = ArcRwSignal::new(all().len());
}

fn all() -> Vec<Aside> {
    let text = storage::get(Place::Tab, ASIDE_KEY).unwrap_or_default();
    json::from_str(&text).unwrap_or_default()
}

fn set_all(all: &[Aside]) -> bool {
    let text = serde_json::to_string(all).unwrap_or_default();
    let is_kept = if all.is_empty() {
        storage::remove(Place::Tab, ASIDE_KEY);
        true
    } else {
        storage::set(Place::Tab, ASIDE_KEY, &text)
    };
    if is_kept {
        COUNT.with(|count| count.set(all.len()));
    }
    is_kept
}

/// Whether there is a draft to bring back (tracked).
pub fn is_there() -> bool {
    COUNT.with(|count| count.get() > 0)
}

/// Puts the stored draft aside, if it holds something that was not sent.
/// Whether it did.
pub fn put() -> bool {
    if !stored().is_some_and(|stored| stored.is_unsent && !stored.is_result) {
        return false;
    }
    let Some(text) = storage::get(Place::Tab, STORE_KEY) else {
        return false;
    };
    let files = storage::get(Place::Tab, FILES_KEY);
    storage::remove(Place::Tab, STORE_KEY);
    storage::remove(Place::Tab, FILES_KEY);
    add((text, files))
}

/// Puts aside what was typed on the page before, while there was nothing there
/// yet that keeps a whole draft. Whether there was any.
pub fn put_typed() -> bool {
    let Some(kept) = storage::get(Place::Tab, TYPED_KEY) else {
        return false;
    };
    storage::remove(Place::Tab, TYPED_KEY);
    let kept: Value = json::parse(&kept).unwrap_or_default();
    let text = |at: usize| {
        let text = kept.get(at).and_then(Value::as_str);
        text.filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
    };
    let recipe = Recipe {
        title: text(1),
        system: text(2),
        messages: text(3)
            .map(|draft| RecipeMessage::from(Message::user(draft)))
            .into_iter()
            .collect(),
        ..Recipe::default()
    };
    let draft = Stored {
        recipe: recipe.to_value(),
        is_unsent: true,
        ..Stored::default()
    };
    serde_json::to_string(&draft).is_ok_and(|text| add((text, None)))
}

/// Adds the newest. Whether the browser keeps it.
fn add((text, files): Aside) -> bool {
    let mut all = all();
    all.push((text.clone(), files));
    let surplus = all.len().saturating_sub(MOST);
    all.drain(..surplus);
    // Where there is room for the words alone, these are kept.
    if set_all(&all) {
        return true;
    }
    if let Some(last) = all.last_mut() {
        last.1 = None;
    }
    set_all(&all) || set_all(&[(text, None)])
}

/// The same with what is on the page now.
pub fn put_page(comparison: Comparison) -> bool {
    let now = untrack(|| link::recipe_of(comparison));
    if !untrack(|| is_unsent(comparison, &now)) {
        return false;
    }
    save_now();
    put()
}

/// Makes the newest draft that was put aside the stored one again.
pub fn take_back() {
    let mut all = all();
    let Some((text, files)) = all.pop() else {
        return;
    };
    set_all(&all);
    storage::set(Place::Tab, STORE_KEY, &text);
    match files {
        Some(files) => {
            storage::set(Place::Tab, FILES_KEY, &files);
        }
        None => storage::remove(Place::Tab, FILES_KEY),
    }
}

/// Says that a draft made way, and offers to bring it back.
pub fn offer(comparison: Comparison, notices: Notices, runner: Runner) {
    let undo = Undo::new(move || bring_back(comparison, runner));
    notices.toast_with_undo(words().actions().draft_aside, undo);
}

/// Brings the newest draft back onto the page. What is on the page and was not
/// sent either is put aside in its place.
pub fn bring_back(comparison: Comparison, runner: Runner) {
    let mut before = all();
    let Some(newest) = before.pop() else { return };
    set_all(&before);
    runner.stop_all();
    history::keep_page();
    put_page(comparison);
    let mut others = all();
    others.push(newest);
    set_all(&others);
    take_back();
    // What is there now must not be taken for something typed meanwhile.
    comparison.put_away();
    page::clear_fragment();
    restore(comparison);
}
