//! Keys for reading: P pins, D shows marks or answers, N goes through changes.

use super::{Reading, use_reading};
use crate::{
    app::{use_comparison, use_notices},
    browser::page,
    core::domain::PaneId,
    ui::{keyboard::focused_pane, kit::focus},
    words::words,
};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Does what a key is for; whether it is for anything here.
pub fn key(event: &KeyboardEvent) -> bool {
    let reading = use_reading();
    match event.key().as_str() {
        "p" | "P" => pin(reading),
        "d" | "D" => {
            if untrack(|| reading.reference()).is_none() {
                use_notices().toast(words().reading().no_reference);
            } else {
                reading.marks.update(|marks| *marks = !*marks);
            }
        }
        "n" => go_in_any(reading, 1),
        "N" => go_in_any(reading, -1),
        _ => return false,
    }
    true
}

fn pin(reading: Reading) {
    let first = || {
        use_comparison()
            .panes
            .with_untracked(|panes| panes.first().map(|pane| pane.id))
    };
    match focused_pane().map(PaneId).or_else(first) {
        Some(id) => reading.toggle(id),
        None => use_notices().toast(words().reading().no_pane),
    }
}

/// Goes through the changes of the pane that has the focus, else of the first
/// that has any.
fn go_in_any(reading: Reading, step: isize) {
    if untrack(|| reading.reference()).is_none() {
        use_notices().toast(words().reading().no_reference);
        return;
    }
    let was_hidden = !reading.marks.get_untracked();
    reading.marks.set(true);
    let panes: Vec<PaneId> = use_comparison()
        .panes
        .with_untracked(|panes| panes.iter().map(|pane| pane.id).collect());
    let focused = focused_pane().map(PaneId);
    let notices = use_notices();
    let go = move || {
        let candidates = focused.into_iter().chain(panes);
        let Some(pane) = candidates.into_iter().find(|id| count(*id) > 0) else {
            return notices.toast(words().reading().no_change);
        };
        go(reading, pane, step);
    };
    if was_hidden {
        request_animation_frame(go);
    } else {
        go();
    }
}

/// How many changes a pane shows.
fn count(pane: PaneId) -> usize {
    let selector = format!("{} [data-change]", focus::pane(pane));
    let found = page::document().and_then(|page| page.query_selector_all(&selector).ok());
    found.map_or(0, |found| usize::try_from(found.length()).unwrap_or(0))
}

/// Goes so many changes on from the last one in a pane; after the last comes
/// the first.
pub(super) fn go(reading: Reading, pane: PaneId, step: isize) {
    let of = count(pane);
    if of == 0 {
        return;
    }
    let before = reading.at.get_untracked().filter(|at| at.0 == pane);
    let next = match before {
        Some((_, at)) => (at.cast_signed() + step).rem_euclid(of.cast_signed()),
        None if step > 0 => 0,
        None => of.cast_signed() - 1,
    };
    let next = next.unsigned_abs();
    reading.at.set(Some((pane, next)));
    let selector = format!("{} [data-change=\"{next}\"]", focus::pane(pane));
    if let Some(change) = page::query(&selector) {
        change.focus().ok();
    }
    reading
        .notices
        .say((words().reading().said_at)(next + 1, of));
}
