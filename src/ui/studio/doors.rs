//! What stands in the second part for what the third brings: each says how its
//! loading goes until it is there.

use super::state::{self, studio, use_studio};
use crate::{
    app::{Comparison, Notices, PaneSetup, RunCell, model_facts, use_comparison},
    browser::{events, page},
    core::signin::Ask,
    ui::kit::Dialog,
    words::words,
};
use leptos::prelude::*;

/// The keys that only the third part knows.
const KEYS: [&str; 5] = ["p", "d", "n", "k", "w"];

/// Sets up what the second part brings, under the root.
pub fn arrive() {
    page::add_later_style();
    model_facts::provide();
    state::provide();
}

/// The page that waits to be filled in.
pub fn opening() -> AnyView {
    use_studio().show(|_| ().into_any())
}

/// The settings.
pub fn settings() -> AnyView {
    use_studio().show(|parts| (parts.settings)())
}

/// What was sent by a run.
pub fn sent(cell: RunCell) -> AnyView {
    use_studio().show(move |parts| (parts.sent)(cell.clone()))
}

/// The same model over other routes.
pub fn compare(setup: PaneSetup) -> AnyView {
    use_studio().show(move |parts| (parts.compare)(setup.clone()))
}

/// How a sign-in goes.
pub fn sign_in(ask: Ask) -> AnyView {
    use_studio().show(move |parts| (parts.sign_in)(ask.clone()))
}

/// The page of a blind vote.
pub fn blind() -> AnyView {
    use_studio().show(|parts| (parts.blind)())
}

/// The page in a frame of another page.
pub fn embed() -> AnyView {
    use_studio().show(|parts| (parts.embed)())
}

/// The recordings beside the page, to choose from.
pub fn recordings() -> AnyView {
    use_studio().show(|parts| (parts.recordings)())
}

/// Fetches a recording by its file, shows and plays it.
pub fn play_recording(file: &str, comparison: Comparison, notices: Notices) {
    let file = file.to_owned();
    if let Some(studio) = studio() {
        studio.ask(move |parts| (parts.play_recording)(&file, comparison, notices));
    }
}

/// What stands above the panes.
pub fn above_panes() -> AnyView {
    use_studio().show_once_there(|parts| (parts.above_panes)())
}

/// An answer against the reference; called in its pane.
pub fn reading(cell: &RunCell, raw: RwSignal<bool>, is_marked: RwSignal<bool>) -> AnyView {
    let cell = cell.clone();
    use_studio().show_once_there(move |parts| (parts.reading)(&cell, raw, is_marked))
}

/// What a key does that the first two parts do not know; whether it is known.
pub fn key(event: &web_sys::KeyboardEvent) -> bool {
    let studio = use_studio();
    if let Some(parts) = studio.get_untracked() {
        return (parts.key)(event);
    }
    let key = event.key();
    // Without panes there is nothing that they could do.
    let has_panes = use_comparison()
        .panes
        .with_untracked(|panes| !panes.is_empty());
    let is_known = has_panes && KEYS.iter().any(|known| key.eq_ignore_ascii_case(known));
    if is_known {
        // Some of them are heard by listeners which the part brings.
        studio.ask(move |_| events::press(&key));
    }
    is_known
}

/// The dialogs of the third part, and the one that says how it comes.
pub fn overlays() -> AnyView {
    let studio = use_studio();
    let title = move || {
        let w = words().actions();
        let title = if studio.failed() {
            w.not_loaded
        } else {
            w.coming
        };
        title.to_owned()
    };
    view! {
        <Dialog
            open=studio.is_wanted
            title=Signal::derive(title)
            test_id="studio-loading"
            on_close=move |()| studio.give_up()
        >
            {studio.show(|_| ().into_any())}
        </Dialog>
        {studio.show_once_there(|parts| (parts.overlays)())}
    }
    .into_any()
}
