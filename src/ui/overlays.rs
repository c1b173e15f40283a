//! The dialogs of the third part, in one place: the page has a single slot for
//! them, so that a further dialog costs the first two parts nothing.

use super::{
    ballot, drift, exports, history, imports, incoming, lending, present, prompts, reading, replay,
    share, signin,
};
use crate::app;
use leptos::prelude::*;

/// Sets up what the third part brings, under the root.
pub fn arrive() {
    replay::install();
    // In a frame nothing is kept, brought in or signed in.
    if app::use_opening().is_embed() {
        return;
    }
    share::provide();
    app::history::provide();
    app::exports::provide();
    app::imports::provide();
    history::provide();
    reading::provide();
    drift::provide();
    present::provide();
    signin::watch();
}

/// The dialogs.
pub fn all() -> AnyView {
    view! {
        <share::ShareDialog />
        <incoming::IncomingDialog />
        <history::HistoryDialog />
        <drift::DriftDialog />
        {present::view()}
        {prompts::view()}
        {lending::view()}
        {exports::dialog()}
        {imports::dialog()}
        {ballot::dialog()}
    }
    .into_any()
}
