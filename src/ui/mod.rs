//! The UI layer (wasm32 only): small components, each a projection of state.

mod bar;
mod composer;
mod dialogs;
mod figure;
mod keyboard;
mod keyfield;
mod kit;
pub mod markdown;
mod notices;
mod pane;
mod pane_rows;
mod picker;
mod scoreboard;
mod sent;
mod settings;
mod shell;
mod show;
mod shortcuts;
mod start;

use crate::{app, browser};
use leptos::prelude::*;

/// Mounts the app into `#app`, with the crash card armed first.
pub fn start() {
    browser::crash::install(app::draft::save_now);
    let Some(root) = browser::page::element("app") else { return };
    mount_to(root, || {
        app::provide();
        dialogs::provide();
        figure::provide();
        view! { <shell::Shell /> }
    })
    .forget();
}
