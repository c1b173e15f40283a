//! How files come in: the button, pasting, and the page as a place to drop.

use crate::{
    app::{Comparison, Files, Notices, later, task, use_comparison, use_files, use_notices},
    browser::{
        events::Listener,
        files::{self, Incoming},
        page,
    },
    ui::{
        kit::{Icon, IconName},
        later::late,
    },
    words::words,
};
use leptos::{html, prelude::*};

/// The button that opens the browser's own dialog for files.
#[component]
pub fn AttachButton() -> impl IntoView {
    let add = adder();
    let field = NodeRef::<html::Input>::new();
    let w = words().files();
    view! {
        <button
            type="button"
            class="chip"
            data-testid="attach"
            title=w.attach_hint
            on:click=move |_| {
                if let Some(field) = field.get_untracked() {
                    field.click();
                }
            }
        >
            <Icon name=IconName::Clip />
            <span>{w.attach}</span>
        </button>
        <input
            type="file"
            multiple
            hidden
            node_ref=field
            data-testid="attach-files"
            aria-label=w.attach
            on:change=move |_| {
                if let Some(incoming) = field.get_untracked().and_then(|field| Incoming::take(&field)) {
                    add(incoming);
                }
            }
        />
    }
}

/// The files of the draft; nothing while there are none.
#[component]
pub fn AttachedFiles() -> impl IntoView {
    let comparison = use_comparison();
    let files = use_files();
    let some =
        Memo::new(move |_| files.reading.get() > 0 || !comparison.attached.with(Vec::is_empty));
    view! {
        <Show when=move || some.get()>{late(|parts| (parts.draft_files)())}</Show>
    }
}

/// Lets files be dropped anywhere and pasted anywhere; what covers the page
/// while some are held over it. Once for the life of the page: a blind vote takes
/// the composer away and gives back a new one.
#[component]
pub fn DropTarget() -> impl IntoView {
    let add = adder();
    let held = RwSignal::new(false);
    if let Some(window) = page::window() {
        for name in ["dragover", "dragleave", "drop", "paste"] {
            Listener::new(window.clone(), name, move |event| {
                if !files::brings_files(&event) {
                    return;
                }
                match name {
                    "dragleave" => {
                        if files::leaves_page(&event) {
                            held.set(false);
                        }
                        return;
                    }
                    "dragover" => {
                        if !held.get_untracked() {
                            held.set(true);
                        }
                    }
                    _ => {
                        held.set(false);
                        if let Some(incoming) = Incoming::of_event(&event) {
                            add(incoming);
                        }
                    }
                }
                // Or the browser would open the file in place of the page.
                event.prevent_default();
            })
            .forever();
        }
    }
    view! {
        <div class="drop-target" data-testid="drop-target" hidden=move || !held.get()>
            <p>
                <b>{words().files().drop_here}</b>
                <span>{words().files().drop_hint}</span>
            </p>
        </div>
    }
}

/// Attaches files, once the part that reads them is there.
fn adder() -> impl Fn(Incoming) + Copy + 'static {
    let (comparison, files, notices) = (use_comparison(), use_files(), use_notices());
    move |incoming| attach(incoming, comparison, files, notices)
}

fn attach(incoming: Incoming, comparison: Comparison, files: Files, notices: Notices) {
    task::spawn(async move {
        match later::need().await {
            Some(parts) => (parts.add_files)(incoming, comparison, files, notices),
            None => notices.toast(words().later.failed),
        }
    });
}
