//! Keys that work anywhere on the page.

use super::{dialogs::use_dialogs, figure::Popover, kit::focus, later::use_later};
use crate::{
    app::{Comparison, use_comparison, use_runner},
    browser::{events::Listener, page},
    core::domain::PaneId,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, KeyboardEvent};

/// Listens for the life of the page.
pub fn install() {
    let comparison = use_comparison();
    let runner = use_runner();
    let dialogs = use_dialogs();
    let later = use_later();
    let popover = expect_context::<Popover>();
    let Some(document) = page::document() else {
        return;
    };
    Listener::new(document, "keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        // Enter and Escape of an input method belong to its own window.
        if event.is_composing() || comparison.blind.with_untracked(Option::is_some) {
            return;
        }
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
            if popover.close() {
                return;
            }
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
            "/" => {
                // What lies under an expanded pane takes no focus until it has left.
                let was_expanded = comparison.expanded.get_untracked().is_some();
                if was_expanded {
                    comparison.expanded.set(None);
                }
                focus_on(was_expanded, focus::PROMPT);
                true
            }
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
                let open = comparison.expanded.get_untracked();
                let next = focused
                    .map(PaneId)
                    .filter(|id| open.is_none_or(|open| open != *id));
                comparison.expanded.set(next);
                if let Some(shown) = next.or(open) {
                    focus::rescue([focus::pane(shown).as_str()]);
                }
                true
            }
            digit => match digit.parse::<usize>() {
                Ok(at @ 1..=8) => go_to(comparison, at - 1),
                _ => later.key(&event),
            },
        };
        if handled {
            event.prevent_default();
        }
    })
    .forever();
}

/// Goes to a pane by its place; an expanded pane gives way to it.
fn go_to(comparison: Comparison, at: usize) -> bool {
    let id = comparison
        .panes
        .with_untracked(|panes| panes.get(at).map(|pane| pane.id));
    let Some(id) = id else { return false };
    let was_expanded = comparison.expanded.get_untracked().is_some();
    if was_expanded {
        comparison.expanded.set(Some(id));
    }
    focus_on(was_expanded, &focus::pane(id));
    true
}

fn focus_on(later: bool, selector: &str) {
    if later {
        focus::later([selector]);
    } else {
        focus::now(selector);
    }
}

/// The pane that holds the focus.
pub fn focused_pane() -> Option<u32> {
    let active = page::document()?.active_element()?;
    let pane: HtmlElement = active
        .closest("[data-testid=pane]")
        .ok()??
        .dyn_into()
        .ok()?;
    pane.get_attribute("data-pane")?.parse().ok()
}
