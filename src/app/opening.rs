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
use serde_json::Value;

/// Holds the fragment that the page had, then its [`typed`] fields.
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
        let kept: Value = serde_json::from_str(&kept).unwrap_or_default();
        // Another link wins over what was typed before it.
        if kept.get(0).and_then(Value::as_str) == Some(&fragment) {
            for (at, field) in typed(comparison).into_iter().enumerate() {
                let text = kept.get(at + 1).and_then(Value::as_str);
                field.set(text.unwrap_or_default().to_owned());
            }
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

/// What can be typed into while the later part is missing.
fn typed(comparison: Comparison) -> [RwSignal<String>; 3] {
    [comparison.title, comparison.system, comparison.draft]
}

/// Keeps what was typed while there is nothing that keeps the whole draft.
fn keep_typed(comparison: Comparison) {
    if later::parts().is_some() {
        return;
    }
    let texts = typed(comparison).map(|field| field.get_untracked());
    if texts.iter().any(|text| !text.trim().is_empty()) {
        let all = [page::fragment()].into_iter().chain(texts);
        let kept = Value::Array(all.map(Value::String).collect());
        storage::set(Place::Tab, TYPED_KEY, &kept.to_string());
    }
}

/// Stores the newest draft at once, for the crash hook.
pub fn save_now() {
    if let Some(parts) = later::parts() {
        (parts.save_draft)();
    }
}
