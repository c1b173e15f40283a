//! The history: what is kept on this device, in a dialog.

pub mod foot;
pub mod list;
pub mod row;
pub mod tagging;
pub mod tools;
pub mod trouble;

pub use foot::PrivateField;

use super::kit::{Dialog, focus};
use crate::{
    app::{History, history::Stage, use_history},
    browser::{events::Listener, page},
    core::history::Sort,
    words::words,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

/// How many entries are shown at first, and more with each click.
const PAGE: usize = 50;

/// The dialog as signals.
#[derive(Clone, Copy)]
pub struct Panel {
    /// Whether it is open.
    pub open: RwSignal<bool>,
    /// What is looked for, as it was typed.
    typed: RwSignal<String>,
    /// The tag that is asked for.
    tag: RwSignal<Option<String>>,
    /// The order.
    sort: RwSignal<Sort>,
    /// How many entries are shown at most.
    most: RwSignal<usize>,
    /// The entry that waits for an answer whether it may replace what is on the
    /// page, with what speaks against it.
    asking: RwSignal<Option<(String, Vec<&'static str>)>>,
    /// Whether that entry is to be replayed.
    plays: RwSignal<bool>,
    /// The entry whose tags are edited.
    tagging: RwSignal<Option<String>>,
    /// Whether it asks if everything is to be deleted.
    asking_all: RwSignal<bool>,
    history: History,
}

/// Creates the context under the current owner, which must be the root.
pub fn provide() {
    let panel = Panel {
        open: RwSignal::new(false),
        typed: RwSignal::new(String::new()),
        tag: RwSignal::new(None),
        sort: RwSignal::new(Sort::default()),
        most: RwSignal::new(PAGE),
        asking: RwSignal::new(None),
        plays: RwSignal::new(false),
        tagging: RwSignal::new(None),
        asking_all: RwSignal::new(false),
        history: use_history(),
    };
    provide_context(panel);
    Effect::new(move |was_open: Option<bool>| {
        let is_open = panel.open.get();
        panel.history.in_dialog.set(is_open);
        if was_open == Some(true) && !is_open {
            panel.history.leave_dialog();
        }
        is_open
    });
}

/// The context.
pub fn use_panel() -> Panel {
    expect_context()
}

impl Panel {
    /// Opens the dialog; the list is read anew.
    pub fn show(self) {
        self.asking.set(None);
        self.tagging.set(None);
        self.asking_all.set(false);
        self.most.set(PAGE);
        self.history.load();
        self.open.set(true);
    }
}

/// The dialog.
#[component]
pub fn HistoryDialog() -> impl IntoView {
    let panel = use_panel();
    view! {
        <Dialog
            open=panel.open
            title=Signal::stored(words().history().title.to_owned())
            test_id="history"
            on_close=move |()| panel.open.set(false)
        >
            {body()}
        </Dialog>
    }
}

/// The usual keys bring back what was deleted last, wherever in the dialog the
/// focus is; a field that is typed in has an undo of its own.
fn listen(history: History) {
    let Some(document) = page::document() else {
        return;
    };
    let listener = Listener::new(document, "keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        let is_undo = event.key().eq_ignore_ascii_case("z")
            && (event.ctrl_key() || event.meta_key())
            && !event.shift_key();
        if is_undo && !page::is_typing() {
            event.prevent_default();
            history.undo();
        }
    });
    // Gone with the content of the dialog.
    StoredValue::new_local(listener);
}

fn body() -> AnyView {
    let history = use_history();
    listen(history);
    let w = words().history();
    view! {
        <div class="history">
            <Said />
            <trouble::Trouble />
            <tools::Tools />
            {move || match history.stage.get() {
                Stage::Unread | Stage::Reading => {
                    view! { <p class="hint late" role="status">{w.reading}</p> }.into_any()
                }
                Stage::Failed(_) => ().into_any(),
                Stage::Ready => view! { <list::List /> }.into_any(),
            }}
            <foot::Foot />
        </div>
    }
    .into_any()
}

/// What was said last, with an undo where there is one.
#[component]
fn Said() -> impl IntoView {
    let history = use_history();
    let undo = move || {
        let message = history.message.get()?;
        // Beside other words it says what it undoes.
        let text = if message.is_of_deletion {
            words().kit.undo
        } else {
            words().history().undo_deletion
        };
        message.deleted.map(|_| {
            view! {
                <button
                    type="button"
                    class="btn"
                    data-testid="history-undo"
                    on:click=move |_| {
                        history.undo();
                        focus::later(["[data-testid=history-search]"]);
                    }
                >
                    {text}
                </button>
            }
            .into_any()
        })
    };
    view! {
        <div
            class="history-said"
            class:history-bad=move || history.message.get().is_some_and(|it| it.is_bad)
            hidden=move || history.message.with(Option::is_none)
            data-testid="history-said"
        >
            <p role="status">{move || history.message.get().map(|it| it.text)}</p>
            {undo}
        </div>
    }
}

/// Whether something is kept (tracked).
fn has_entries(history: History) -> bool {
    history.rows.with(|rows| !rows.is_empty())
}

/// The mark in the bar that says that nothing is kept.
pub fn private_mark() -> AnyView {
    let history = use_history();
    let panel = use_panel();
    let w = words().history();
    (move || {
        history.is_private.get().then(|| {
            view! {
                <button
                    type="button"
                    class="chip chip-var"
                    data-testid="private-mark"
                    title=w.private_mark_hint
                    on:click=move |_| panel.show()
                >
                    {w.private_mark}
                </button>
            }
            .into_any()
        })
    })
    .into_any()
}
