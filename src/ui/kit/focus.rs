//! Where the focus goes when the thing that had it leaves the page.

use crate::{app::task, browser::page};
use leptos::task::tick;

/// So many rounds of effects a change of the page may take: one that sets a
/// signal wakes others a round later.
const ROUNDS: u32 = 8;

/// The composer's prompt.
pub const PROMPT: &str = "[data-testid=prompt]";
/// The button that runs every pane.
pub const RUN: &str = "[data-testid=run]";

/// The selector of a pane.
pub fn pane(id: crate::core::domain::PaneId) -> String {
    format!("[data-pane=\"{}\"]", id.0)
}

/// Moves the focus at once.
pub fn now(selector: &str) {
    first_of(&[selector.to_owned()]);
}

/// Once the page has changed, moves the focus to the first of these selectors
/// that takes it.
pub fn later<const N: usize>(selectors: [&str; N]) {
    let selectors = selectors.map(str::to_owned);
    once_changed(move || first_of(&selectors));
}

/// As [`later`], but only if nothing holds the focus by then.
pub fn rescue<const N: usize>(selectors: [&str; N]) {
    let selectors = selectors.map(str::to_owned);
    once_changed(move || {
        if is_lost() {
            first_of(&selectors);
        }
    });
}

/// Acts after the effects of this moment and before anything that the person
/// does next: a frame can be late, and would take the focus from where they
/// have put it since.
fn once_changed(act: impl FnOnce() + 'static) {
    task::spawn(async move {
        for _ in 0..ROUNDS {
            tick().await;
        }
        act();
    });
}

/// Before `leaving` goes: moves the focus out of it, so that it is at no moment
/// lost. A focus that is elsewhere stays there.
pub fn leave<const N: usize>(leaving: &str, selectors: [&str; N]) {
    if is_lost() || page::query(&format!("{leaving}:focus-within")).is_some() {
        first_of(&selectors.map(str::to_owned));
    }
}

/// Whether nothing holds the focus.
pub fn is_lost() -> bool {
    page::document()
        .and_then(|document| document.active_element())
        .is_none_or(|active| active.tag_name() == "BODY")
}

fn first_of(selectors: &[String]) {
    for element in selectors.iter().filter_map(|one| page::query(one)) {
        element.focus().ok();
        // A disabled, hidden or inert element refuses.
        let active = page::document().and_then(|document| document.active_element());
        if active.as_ref() == Some(element.as_ref()) {
            return;
        }
    }
}
