//! Whether the page is to be filled in when it opens, by a link or by what the
//! tab kept.
//!
//! Reading either is work of the third part, which is fetched at once where
//! there is something to read. What is typed before it has been read survives a
//! reload too.

use super::{
    comparison::{Comparison, use_comparison},
    draft, later,
};
use crate::browser::{
    events::Listener,
    page,
    storage::{self, Place},
};
use crate::core::json;
use leptos::prelude::*;
use serde_json::Value;

/// Holds the fragment that the page had, then its [`typed`] fields.
pub(super) const TYPED_KEY: &str = "touchstone.typed";
/// Holds a sign-in on its way, a `core::signin::Pending`.
pub const SIGN_IN_KEY: &str = "touchstone.sign-in";

/// Whether the page still waits to be filled in.
#[derive(Clone, Copy)]
pub struct Opening {
    due: RwSignal<bool>,
    /// Whether the whole draft is kept.
    is_done: StoredValue<bool>,
    /// Whether the page is only looked at, in a frame of another page.
    is_embed: bool,
    /// The query with which a sign-in page came back.
    answer: StoredValue<Option<String>>,
}

/// Also as chat programs escape an address for HTML, see `core::recipe::parts`.
fn is_embed(part: &str) -> bool {
    matches!(part, "view=embed" | "amp;view=embed")
}

/// Creates the context.
pub fn provide() {
    let comparison = use_comparison();
    let sign_in = storage::get(Place::Tab, SIGN_IN_KEY);
    let answer = take_answer(sign_in.as_deref());
    let fragment = page::fragment();
    let due = !fragment.is_empty() || draft::is_stored() || answer.is_some() || sign_in.is_some();
    let is_done = StoredValue::new(false);
    provide_context(Opening {
        due: RwSignal::new(due),
        is_done,
        // Whoever frames the page must not get clicks for it: there is nothing
        // to click there, whatever the address says.
        is_embed: page::is_framed() || fragment.split('&').any(is_embed),
        answer: StoredValue::new(answer),
    });
    if let Some(kept) = storage::get(Place::Tab, TYPED_KEY) {
        let kept: Value = json::parse(&kept).unwrap_or_default();
        // Another link wins over what was typed before it, see `draft::aside`.
        if kept.get(0).and_then(Value::as_str) == Some(&fragment) {
            storage::remove(Place::Tab, TYPED_KEY);
            for (at, field) in typed(comparison).into_iter().enumerate() {
                let text = kept.get(at + 1).and_then(Value::as_str);
                field.set(text.unwrap_or_default().to_owned());
            }
        }
    }
    if let Some(window) = page::window() {
        Listener::new(window, "pagehide", move |_| {
            if !is_done.get_value() {
                keep_typed(comparison);
            }
        })
        .forever();
    }
}

/// The context.
pub fn use_opening() -> Opening {
    expect_context()
}

impl Opening {
    /// Whether the page still waits to be filled in (tracked).
    pub fn is_due(self) -> bool {
        self.due.get()
    }

    /// Whether the page is only looked at, in a frame of another page.
    pub fn is_embed(self) -> bool {
        self.is_embed
    }

    /// The query with which a sign-in page came back; given once.
    pub fn take_answer(self) -> Option<String> {
        self.answer.try_update_value(Option::take).flatten()
    }

    /// The page is filled in, or asks whether it may be.
    pub fn done(self) {
        self.is_done.set_value(true);
        storage::remove(Place::Tab, TYPED_KEY);
        // What is open on the start must not be made anew.
        if self.due.get_untracked() {
            self.due.set(false);
        }
    }
}

/// Takes what a sign-in page came back with out of the address at once, and
/// puts back the fragment that the page had when it was left.
fn take_answer(sign_in: Option<&str>) -> Option<String> {
    let query = page::query_text();
    let mut names = query.split('&').map(|pair| pair.split('=').next());
    if !names.any(|name| matches!(name, Some("code" | "error"))) {
        return None;
    }
    let kept: Value = json::parse(sign_in.unwrap_or_default()).unwrap_or_default();
    let fragment = kept.get("fragment").and_then(Value::as_str);
    page::drop_query(fragment.map_or_else(page::fragment, str::to_owned).as_str());
    Some(query)
}

/// What can be typed into before the page is filled in.
fn typed(comparison: Comparison) -> [RwSignal<String>; 3] {
    [comparison.title, comparison.system, comparison.draft]
}

/// Keeps what was typed while there is nothing that keeps the whole draft.
fn keep_typed(comparison: Comparison) {
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
