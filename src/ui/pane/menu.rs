//! What a pane's menu offers.

use super::PaneContext;
use crate::{
    app::{Comparison, use_comparison, use_runner},
    core::domain::PaneId,
    ui::{
        dialogs::use_dialogs,
        kit::{MenuItem, focus},
        studio::use_studio,
    },
    words::words,
};
use leptos::prelude::*;

/// The items, for the pane around them.
pub fn items() -> AnyView {
    let PaneContext {
        pane, place, cell, ..
    } = expect_context();
    let comparison = use_comparison();
    let runner = use_runner();
    let dialogs = use_dialogs();
    let id = pane.id;
    let w = words().pane;
    let studio = use_studio();
    let reading_words = words().reading();
    let is_pinned = studio
        .get_untracked()
        .is_some_and(|parts| (parts.is_pinned)(id));
    let setup = pane.setup.clone();
    let is_last = Signal::derive(move || comparison.panes.with(Vec::len) <= place.get() + 1);
    let is_first = Signal::derive(move || place.get() == 0);
    let compared = Signal::derive(move || setup.get());
    let no_route = Signal::derive(move || {
        compared.with(|setup| {
            let is_remote = setup.row().is_some_and(|row| !row.transport.is_in_page());
            !is_remote || setup.model.as_str().is_empty()
        })
    });
    let is_full = Signal::derive(move || comparison.is_full());
    let not_sent = Signal::derive(move || {
        cell.get().is_none_or(|cell| {
            cell.facts.track();
            let sent = cell.state().sent.is_some();
            !sent
        })
    });
    view! {
        <MenuItem
            text=w.params
            test_id="pane-params"
            run=move |()| dialogs.params.set(Some(id))
        />
        <MenuItem
            text=w.sent
            test_id="pane-sent"
            disabled=not_sent
            run=move |()| dialogs.sent.set(cell.get_untracked())
        />
        <MenuItem
            text=w.copy_as
            test_id="pane-copy-as"
            disabled=not_sent
            run=move |()| {
                dialogs.sent.set(cell.get_untracked());
                focus::later(["[data-testid=copy-as]"]);
            }
        />
        <MenuItem
            text=w.compare
            test_id="pane-compare"
            disabled=no_route
            run=move |()| dialogs.compare.set(Some(compared.get_untracked()))
        />
        <hr />
        <MenuItem
            text=if is_pinned { reading_words.unpin } else { reading_words.pin }
            test_id="pane-pin"
            key="P"
            run=move |()| studio.ask(move |parts| (parts.pin)(id))
        />
        <hr />
        <MenuItem
            text=w.duplicate
            test_id="pane-duplicate"
            disabled=is_full
            run=move |()| {
                if let Some(copy) = comparison.duplicate_pane(id) {
                    focus::later([focus::pane(copy.id).as_str()]);
                }
            }
        />
        <MenuItem
            text=w.move_left
            test_id="pane-left"
            disabled=is_first
            run=move |()| comparison.move_pane(id, false)
        />
        <MenuItem
            text=w.move_right
            test_id="pane-right"
            disabled=is_last
            run=move |()| comparison.move_pane(id, true)
        />
        <hr />
        <MenuItem
            text=w.remove
            test_id="pane-remove"
            run=move |()| {
                runner.stop(id);
                remove(comparison, id);
            }
        />
    }
    .into_any()
}

/// Removes a pane; the focus goes to its neighbour.
fn remove(comparison: Comparison, id: PaneId) {
    let at = comparison
        .panes
        .with_untracked(|panes| panes.iter().position(|pane| pane.id == id));
    comparison.remove_pane(id);
    let neighbour = comparison.panes.with_untracked(|panes| {
        let last = panes.len().checked_sub(1)?;
        panes.get(at?.min(last)).map(|pane| pane.id)
    });
    let pane = neighbour.map_or_else(String::new, focus::pane);
    if pane.is_empty() {
        focus::later(["[data-testid=add-pane]"]);
    } else {
        focus::later([pane.as_str(), "[data-testid=add-pane]"]);
    }
}
