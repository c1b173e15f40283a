//! Keys that work anywhere on the page.

use super::dialogs::use_dialogs;
use crate::{
    app::{use_comparison, use_runner},
    browser::{events::Listener, page},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

/// Listens for the life of the page.
pub fn install() {
    let comparison = use_comparison();
    let runner = use_runner();
    let dialogs = use_dialogs();
    let Some(document) = page::document() else {
        return;
    };
    Listener::new(document, "keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        let key = event.key();
        if key == "Enter" && (event.ctrl_key() || event.meta_key()) && !page::has_open_dialog() {
            event.prevent_default();
            runner.run_all();
            return;
        }
        if page::has_open_dialog() || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        if key == "Escape" {
            if runner.active.get_untracked() > 0 {
                runner.stop_all();
            } else if comparison.editing.get_untracked().is_some() {
                comparison.cancel_edit();
            } else {
                comparison.expanded.set(None);
            }
            return;
        }
        if page::is_typing() {
            return;
        }
        let handled = match key.as_str() {
            "/" => focus("[data-testid=prompt]"),
            "?" => {
                dialogs.shortcuts.set(true);
                true
            }
            "f" | "F" => {
                let focused = focused_pane().or_else(|| {
                    comparison
                        .panes
                        .with_untracked(|panes| panes.first().map(|pane| pane.id.0))
                });
                let open = comparison.expanded.get_untracked().map(|id| id.0);
                comparison.expanded.set(
                    focused
                        .filter(|id| open != Some(*id))
                        .map(crate::core::domain::PaneId),
                );
                true
            }
            digit => match digit.parse::<usize>() {
                Ok(at @ 1..=8) => focus(&format!("[data-testid=pane]:nth-child({at})")),
                _ => false,
            },
        };
        if handled {
            event.prevent_default();
        }
    })
    .forever();
}

fn focus(selector: &str) -> bool {
    let Some(element) = page::query(selector) else {
        return false;
    };
    element.focus().ok();
    element.scroll_into_view();
    true
}

fn focused_pane() -> Option<u32> {
    let active = page::document()?.active_element()?;
    let pane: HtmlElement = active
        .closest("[data-testid=pane]")
        .ok()??
        .dyn_into()
        .ok()?;
    pane.get_attribute("data-pane")?.parse().ok()
}
