//! The UI layer (wasm32 only): small components, each a projection of state.

pub mod actions;
pub mod ballot;
pub mod bar;
pub mod built_in;
pub mod compare;
pub mod composer;
pub mod connection;
pub mod connections;
pub mod copy_as;
mod count_input;
pub mod credentials;
pub mod device;
pub mod dialogs;
pub mod drift;
pub mod embed;
pub mod exports;
pub mod figure;
pub mod history;
pub mod imports;
pub mod incoming;
pub mod keyboard;
pub mod keyfield;
pub mod keys;
pub mod kit;
pub mod later;
pub mod lending;
pub mod markdown;
pub mod money;
pub mod notices;
pub mod overlays;
pub mod pane;
pub mod pane_rows;
pub mod picker;
pub mod present;
pub mod prompts;
pub mod reading;
pub mod relays;
pub mod replay;
pub mod scoreboard;
pub mod sent;
pub mod settings;
pub mod share;
pub mod shell;
pub mod shortcuts;
pub mod show;
pub mod signin;
pub mod start;
pub mod studio;

use crate::{app, browser};
use leptos::prelude::*;

/// Mounts the app into `#app`, with the crash card armed first.
pub fn start() {
    browser::crash::install(app::opening::save_now);
    let Some(root) = browser::page::element("app") else {
        return;
    };
    mount_to(root, || {
        app::provide();
        dialogs::provide();
        figure::provide();
        later::provide();
        if app::use_opening().is_embed() {
            later::late(|parts| (parts.embed)())
        } else {
            view! { <shell::Shell /> }.into_any()
        }
    })
    .forget();
}
