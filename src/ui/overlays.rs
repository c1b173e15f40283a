//! The dialogs of the later part, in one place: the page has a single slot for
//! them, so that a further dialog costs the first load nothing.

use super::{incoming, share, signin};
use crate::browser::page;
use leptos::prelude::*;

/// Sets up what the later part brings, under the root.
pub fn arrive() {
    page::add_later_style();
    share::provide();
    signin::watch();
}

/// The dialogs.
pub fn all() -> AnyView {
    view! {
        <share::ShareDialog />
        <incoming::IncomingDialog />
    }
    .into_any()
}
