//! Whether the page is to be filled in when it opens, by a link or by what the
//! tab kept.
//!
//! Reading either is work of the later part, which is fetched at once where
//! there is something to read, and else with the first action. What is typed
//! before it is there survives a reload too.

use super::{
    comparison::{Comparison, use_comparison},
    draft, later,
};
use crate::browser::{
    events::Listener,
    page,
    storage::{self, Place},
};
use leptos::prelude::*;

/// Holds the fragment that the page had, and after a line break the prompt.
const TYPED_KEY: &str = "touchstone.typed";

/// Whether the page still waits to be filled in.
#[derive(Clone, Copy)]
pub struct Opening(RwSignal<bool>);

/// Creates the context.
pub fn provide() {
    let comparison = use_comparison();
    let fragment = page::fragment();
    let due = !fragment.is_empty() || draft::is_stored();
    provide_context(Opening(RwSignal::new(due)));
    if let Some(kept) = storage::get(Place::Tab, TYPED_KEY) {
        storage::remove(Place::Tab, TYPED_KEY);
        // Another link wins over what was typed before it.
        if let Some((of, typed)) = kept.split_once('\n')
            && of == fragment
        {
            comparison.draft.set(typed.to_owned());
        }
    }
    if let Some(window) = page::window() {
        Listener::new(window, "pagehide", move |_| keep_typed(comparison)).forever();
    }
}

/// The context.
pub fn use_opening() -> Opening {
    expect_context()
}

impl Opening {
    /// Whether the page still waits to be filled in (tracked).
    pub fn is_due(self) -> bool {
        self.0.get()
    }

    /// The page is filled in, or asks whether it may be.
    pub fn done(self) {
        storage::remove(Place::Tab, TYPED_KEY);
        // What is open on the start must not be made anew.
        if self.0.get_untracked() {
            self.0.set(false);
        }
    }
}

/// Keeps the prompt while there is nothing that keeps the whole draft.
fn keep_typed(comparison: Comparison) {
    let typed = comparison.draft.get_untracked();
    if later::parts().is_none() && !typed.trim().is_empty() {
        let kept = format!("{}\n{typed}", page::fragment());
        storage::set(Place::Tab, TYPED_KEY, &kept);
    }
}

/// Stores the newest draft at once, for the crash hook.
pub fn save_now() {
    if let Some(parts) = later::parts() {
        (parts.save_draft)();
    }
}
