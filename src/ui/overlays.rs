//! The dialogs of the later part, in one place: the page has a single slot for
//! them, so that a further dialog costs the first load nothing.

use super::{lending, present, prompts, signin};
use crate::browser::page;
use leptos::prelude::*;

/// Sets up what the later part brings, under the root.
pub fn arrive() {
    page::add_later_style();
    present::provide();
    signin::watch();
}

/// The dialogs.
pub fn all() -> AnyView {
    (present::view(), prompts::view(), lending::view()).into_any()
}
