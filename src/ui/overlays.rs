//! The dialogs of the later part, in one place: the page has a single slot for
//! them, so that a further dialog costs the first load nothing.

use super::{history, signin};
use crate::{app, browser::page};
use leptos::prelude::*;

/// Sets up what the later part brings, under the root.
pub fn arrive() {
    page::add_later_style();
    app::history::provide();
    history::provide();
    signin::watch();
}

/// The dialogs.
pub fn all() -> AnyView {
    view! { <history::HistoryDialog /> }.into_any()
}
