//! The list: what is found, a part at a time, with keys to walk through it.

use super::{PAGE, Panel, has_entries, row, use_panel};
use crate::{
    app::{history::fold, use_history},
    browser::page,
    core::history::{Row, search::Query},
    ui::kit::{Each, focus},
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// The entries that are found.
#[component]
pub fn List() -> impl IntoView {
    let history = use_history();
    let panel = use_panel();
    let w = words().history();
    let found = Memo::new(move |_| {
        let query = panel.typed.with(|typed| {
            panel
                .tag
                .with(|tag| Query::new(typed, tag.as_deref(), &fold))
        });
        history.select(&query, panel.sort.get())
    });
    let count = Memo::new(move |_| found.with(Vec::len));
    let all = move || history.rows.with(|rows| rows.len());
    let none = move || (count.get() == 0).then(|| why_none(panel));
    let more = move || count.get().saturating_sub(panel.most.get());
    view! {
        <p class="hint" role="status" data-testid="history-count">
            {move || none().unwrap_or_else(|| (w.found)(count.get(), all()))}
        </p>
        <ul
            class="history-list"
            aria-label=w.list
            data-testid="history-list"
            hidden=move || count.get() == 0
            on:keydown=move |event| walk(&event, panel)
        >
            <Each
                each=move || {
                    let most = panel.most.get();
                    found.with(|rows| rows.iter().take(most).cloned().collect::<Vec<_>>())
                }
                key=key
                children=move |entry| row::row(entry)
            />
        </ul>
        {move || {
            (more() > 0)
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="btn history-more"
                            data-testid="history-more"
                            on:click=move |_| show_more(panel)
                        >
                            {move || (w.more)(more().min(PAGE))}
                        </button>
                    }
                        .into_any()
                })
        }}
    }
}

/// Why nothing is listed (tracked).
fn why_none(panel: Panel) -> String {
    let w = words().history();
    let history = panel.history;
    if has_entries(history) {
        let tag = panel.tag.get().map(|tag| format!("#{tag}"));
        let typed = [Some(panel.typed.get().trim().to_owned()), tag];
        let typed: Vec<String> = typed
            .into_iter()
            .flatten()
            .filter(|it| !it.is_empty())
            .collect();
        (w.none_fits)(&typed.join(" "))
    } else if history.is_private.get() {
        w.empty_private.to_owned()
    } else {
        w.empty.to_owned()
    }
}

/// A row is made anew when its entry changed.
fn key(row: &Arc<Row>) -> String {
    let entry = &row.entry;
    format!("{}/{}/{}", entry.id, entry.revision, entry.tags.join("\n"))
}

/// Shows more, and goes to the first of them.
fn show_more(panel: Panel) {
    let before = panel.most.get_untracked();
    panel.most.set(before + PAGE);
    let next = format!(".history-row:nth-child({}) .history-name", before + 1);
    focus::later([next.as_str()]);
}

/// Arrows, Home and End go from entry to entry; Delete deletes the one that has
/// the focus.
fn walk(event: &KeyboardEvent, panel: Panel) {
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let Some(target) = target.filter(|it| it.tag_name() != "INPUT") else {
        return;
    };
    let Some(row) = target.closest(".history-row").ok().flatten() else {
        return;
    };
    let to = match event.key().as_str() {
        "ArrowDown" => row.next_element_sibling(),
        "ArrowUp" if row.previous_element_sibling().is_none() => {
            event.prevent_default();
            return focus::now("[data-testid=history-search]");
        }
        "ArrowUp" => row.previous_element_sibling(),
        "Home" => row
            .parent_element()
            .and_then(|list| list.first_element_child()),
        "End" => row
            .parent_element()
            .and_then(|list| list.last_element_child()),
        // A key that is held would go through the list.
        "Delete" if event.repeat() => return,
        "Delete" if target.class_list().contains("history-name") => {
            let delete = row.query_selector("[data-testid=history-delete]");
            if let Some(delete) = delete
                .ok()
                .flatten()
                .and_then(|it| it.dyn_into::<HtmlElement>().ok())
            {
                event.prevent_default();
                delete.click();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    let name = to.and_then(|row| row.query_selector(".history-name").ok().flatten());
    match name.and_then(|name| name.dyn_into::<HtmlElement>().ok()) {
        Some(name) => drop(name.focus()),
        // Further down there may be more than is shown.
        None if page::query("[data-testid=history-more]").is_some() => show_more(panel),
        None => {}
    }
}
