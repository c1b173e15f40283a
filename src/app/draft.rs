//! Drafts survive a reload: the comparison's settings and what was typed are
//! kept in the tab's storage, never keys and never results.

use super::{
    comparison::{Comparison, use_comparison},
    link,
};
use crate::{
    browser::{
        events::Listener,
        page,
        storage::{self, Place},
        timer::Timeout,
    },
    core::recipe::Recipe,
};
use leptos::prelude::*;
use std::cell::RefCell;

const STORE_KEY: &str = "touchstone.draft";
/// How long typing must rest before it is stored.
const REST_MS: i32 = 300;

thread_local! {
    /// The newest draft as text, for the crash hook, which can ask nothing of
    /// a program that is falling.
    static NEWEST: RefCell<Option<String>> = const { RefCell::new(None) };
    static PENDING: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Keeps the draft stored from now on.
pub fn keep() {
    let comparison = use_comparison();
    Effect::new(move |_| {
        let recipe = link::recipe_of(comparison);
        let is_empty = recipe == Recipe::default();
        let text = (!is_empty).then(|| recipe.to_json());
        NEWEST.with(|newest| newest.replace(text));
        PENDING.with(|pending| pending.replace(Timeout::new(REST_MS, save_now)));
    });
    if let Some(window) = page::window() {
        Listener::new(window, "pagehide", |_| save_now()).forever();
    }
}

/// Stores the newest draft at once.
pub fn save_now() {
    NEWEST.with(|newest| {
        let Ok(newest) = newest.try_borrow() else {
            return;
        };
        match newest.as_deref() {
            Some(text) => {
                storage::set(Place::Tab, STORE_KEY, text);
            }
            None => storage::remove(Place::Tab, STORE_KEY),
        }
    });
}

/// Takes the stored draft back.
pub fn restore(comparison: Comparison) {
    let Some(text) = storage::get(Place::Tab, STORE_KEY) else {
        return;
    };
    if let Ok((recipe, _)) = Recipe::parse(&text) {
        link::fill_in(comparison, &recipe);
    }
}
