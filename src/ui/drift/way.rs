//! The way through the changes of all panes, by keys and by buttons.

use super::super::reading::compared::Compared;
use crate::{
    app::{Comparison, Notices, use_comparison, use_notices},
    browser::{events::Listener, page},
    core::{domain::PaneId, drift::way},
    ui::kit::{Icon, IconName},
    words::words,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusEvent, KeyboardEvent};

/// The way, and where on it one is.
#[derive(Clone, Copy)]
pub struct Way {
    /// How many changes each pane has.
    counts: RwSignal<Vec<(PaneId, usize)>>,
    /// The change that was gone to last, from 0, and its pane.
    at: RwSignal<Option<(PaneId, usize)>>,
    comparison: Comparison,
    notices: Notices,
}

impl Way {
    /// At its beginning.
    pub fn begin() -> Self {
        Self {
            counts: RwSignal::new(Vec::new()),
            at: RwSignal::new(None),
            comparison: use_comparison(),
            notices: use_notices(),
        }
    }

    /// Keeps count of a pane's changes.
    pub fn follow(self, pane: PaneId, compared: RwSignal<Option<Compared>>) {
        Effect::new(move |_| {
            let count = compared.with(|all| all.as_ref().map_or(0, Compared::changes));
            self.counts.update(|all| {
                all.retain(|(other, _)| *other != pane);
                all.push((pane, count));
            });
        });
    }

    /// A change got the focus by whatever way: it goes on from there.
    pub fn came(self, pane: PaneId, event: &FocusEvent) {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let change = target.and_then(|it| it.closest("[data-change]").ok().flatten());
        let number = change.and_then(|change| change.get_attribute("data-change")?.parse().ok());
        if let Some(number) = number {
            self.at.set(Some((pane, number)));
        }
    }

    /// Listens for its keys, wherever in the dialog the focus is.
    pub fn listen(self) {
        let Some(document) = page::document() else {
            return;
        };
        let listener = Listener::new(document, "keydown", move |event| {
            if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
                self.on_key(event);
            }
        });
        // Gone with the dialog's content.
        StoredValue::new_local(listener);
    }

    /// N goes on, and with Shift back. What is typed into a choice is left to it.
    fn on_key(self, event: &KeyboardEvent) {
        let has_more = event.ctrl_key() || event.meta_key() || event.alt_key();
        let is_open = page::query("dialog[open] .drift").is_some();
        if has_more || !is_open || event.is_composing() || page::is_typing() {
            return;
        }
        let by = match event.key().as_str() {
            "n" => 1,
            "N" => -1,
            _ => return,
        };
        event.prevent_default();
        self.go(by);
    }

    /// The changes of the panes in their order (tracked), and the panes.
    fn changes(self) -> (Vec<PaneId>, Vec<usize>) {
        let counts = self.counts.get();
        let panes: Vec<PaneId> = self
            .comparison
            .panes
            .with(|panes| panes.iter().map(|pane| pane.id).collect());
        let of = |pane: &PaneId| {
            let mut counts = counts.iter();
            counts
                .find(|(own, _)| own == pane)
                .map_or(0, |(_, count)| *count)
        };
        let found = panes.iter().map(of).collect();
        (panes, found)
    }

    /// Where one is, by the pane's place (tracked).
    fn place(self, panes: &[PaneId]) -> Option<(usize, usize)> {
        let (pane, change) = self.at.get()?;
        let place = panes.iter().position(|other| *other == pane)?;
        Some((place, change))
    }

    fn go(self, by: isize) {
        let (panes, counts) = untrack(|| self.changes());
        let at = untrack(|| self.place(&panes));
        let next = way::step(&counts, at, by);
        let Some((place, change)) = next else {
            return self.notices.toast(words().reading().no_change);
        };
        let Some(pane) = panes.get(place) else {
            return;
        };
        self.at.set(Some((*pane, change)));
        focus_on(*pane, change);
    }

    /// How many changes there are, and at which one is (tracked).
    fn counted(self) -> String {
        let (panes, counts) = self.changes();
        let of = counts.iter().sum();
        let w = words().reading();
        let at = self.place(&panes).and_then(|at| way::number(&counts, at));
        match at {
            Some(at) => (w.at)(at + 1, of),
            None => (w.changes)(of),
        }
    }

    fn is_empty(self) -> bool {
        self.counts
            .with(|all| all.iter().all(|(_, count)| *count == 0))
    }
}

/// What is new has the focus, where there is anything new; else what is gone.
fn focus_on(pane: PaneId, change: usize) {
    for side in ["drift-now", "drift-then", "drift-what"] {
        let selector = format!(
            "[data-row=\"{}\"] [data-testid={side}] [data-change=\"{change}\"]",
            pane.0
        );
        if let Some(change) = page::query(&selector) {
            change.focus().ok();
            return;
        }
    }
}

/// How many changes there are, and the way through them.
#[component]
pub fn Steps(
    /// The way.
    way: Way,
) -> impl IntoView {
    let w = words().reading();
    let step = move |by: isize, label: &'static str, test_id: &'static str| {
        view! {
            <button
                type="button"
                class="btn-icon"
                class:icon-up=by < 0
                data-testid=test_id
                aria-label=label
                title=label
                aria-keyshortcuts=if by < 0 { "Shift+N" } else { "n" }
                disabled=move || way.is_empty()
                on:click=move |_| way.go(by)
            >
                <Icon name=IconName::Down />
            </button>
        }
        .into_any()
    };
    view! {
        <span class="reading-way">
            <span class="num" role="status" data-testid="drift-count">
                {move || way.counted()}
            </span>
            {step(-1, w.previous, "drift-previous")}
            {step(1, w.next, "drift-next")}
            <kbd aria-hidden="true">"N"</kbd>
        </span>
    }
}
