//! The third part of the program, and the one list of its entry points: what is
//! done with comparisons, but for running them.
//!
//! Release builds are cut in three (ADR 0014, ADR 0024). A run needs the first
//! part and the second, `ui::later`; whatever is reachable only through
//! [`STUDIO`] lies in the third, which is fetched when the browser is idle, or
//! when something of it is wanted sooner. What stands for it in the second part
//! until then is [`doors`], and how it is fetched is [`state`].

pub mod doors;
pub mod state;

pub use state::{Studio, use_studio};

use super::{
    actions::{self, Act},
    ballot, compare, embed, history,
    later::Missing,
    overlays, reading, replay, sent, settings, signin,
};
use crate::{
    app::{Comparison, Notices, PaneSetup, RunCell, imports, link, studio as app_studio},
    core::{domain::PaneId, signin::Ask},
};
use leptos::prelude::*;

/// What the third part can do.
pub struct StudioParts {
    /// What the layer below needs of it.
    app: app_studio::StudioParts,
    /// Fills the page in with a link or with what the tab kept.
    open: fn(),
    /// What is set up once the part is there.
    arrived: fn(),
    /// Does an action of the bar.
    pub act: fn(Act),
    /// Its dialogs.
    overlays: fn() -> AnyView,
    /// The mark in the bar that says that nothing is kept.
    pub private_mark: fn() -> AnyView,
    /// What stands above the panes.
    above_panes: fn() -> AnyView,
    /// The marks of an answer against the reference, if one is pinned; for the
    /// last turn of a pane, called in that pane. Sets the second signal while
    /// they stand in for the answer.
    reading: fn(&RunCell, RwSignal<bool>, RwSignal<bool>) -> AnyView,
    /// Whether a pane is the reference.
    pub is_pinned: fn(PaneId) -> bool,
    /// Makes a pane the reference, or none.
    pub pin: fn(PaneId),
    /// What a key does that the other parts do not know; whether it is known.
    key: fn(&web_sys::KeyboardEvent) -> bool,
    /// Fetches a recording by its file, shows and plays it.
    play_recording: fn(&str, Comparison, Notices),
    /// The recordings beside the page, to choose from.
    recordings: fn() -> AnyView,
    /// The page of a blind vote.
    blind: fn() -> AnyView,
    /// The settings.
    settings: fn() -> AnyView,
    /// What was sent by a run.
    sent: fn(RunCell) -> AnyView,
    /// The same model over other routes.
    compare: fn(PaneSetup) -> AnyView,
    /// How a sign-in goes.
    sign_in: fn(Ask) -> AnyView,
    /// The page in a frame of another page.
    embed: fn() -> AnyView,
}

/// The list.
static STUDIO: StudioParts = StudioParts {
    app: app_studio::StudioParts {
        take_dropped: imports::take_dropped,
        take_large: imports::take_large,
        answer_link: link::answer_pending,
    },
    open: link::open,
    arrived: overlays::arrive,
    act: actions::perform,
    overlays: overlays::all,
    private_mark: history::private_mark,
    above_panes: replay::above_panes,
    reading: reading::view,
    is_pinned: reading::is_pinned,
    pin: reading::pin,
    key: reading::key,
    play_recording: replay::play,
    recordings: replay::recordings,
    blind: ballot::room,
    settings: settings::body,
    sent: sent::body,
    compare: compare::body,
    sign_in: signin::form,
    embed: embed::view,
};

/// Where the program is cut: this function lies in the third file.
#[cfg(split)]
#[leptos::wasm_split::wasm_split(studio, fallible, wasm_split_path = ::leptos::wasm_split)]
fn fetch_studio() -> Result<&'static StudioParts, Missing> {
    Ok(&STUDIO)
}

/// A program that was not split is whole.
#[cfg(not(split))]
async fn fetch_studio() -> Result<&'static StudioParts, Missing> {
    Ok(&STUDIO)
}
