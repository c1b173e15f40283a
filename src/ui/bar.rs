//! The slim bar: name, title, keys held, export, settings.

use super::{dialogs::use_dialogs, kit::focus, pane::is_covered};
use crate::{
    app::{
        Comparison, Notices, Runner, export, use_comparison, use_notices, use_runner, use_vault,
    },
    browser::page,
    words::words,
};
use leptos::prelude::*;

/// The bar.
#[component]
pub fn Bar() -> impl IntoView {
    let comparison = use_comparison();
    let runner = use_runner();
    let notices = use_notices();
    let dialogs = use_dialogs();
    let w = &words().bar;
    view! {
        <header class="bar" inert=move || is_covered(comparison)>
            <a class="brand" href="./" on:click=move |event| event.prevent_default()>
                <BrandMark />
                <span>"Touchstone"</span>
            </a>
            <input
                class="title-input"
                type="text"
                data-testid="title"
                aria-label=w.title_label
                placeholder=w.title_placeholder
                prop:value=move || comparison.title.get()
                on:input=move |event| comparison.title.set(event_target_value(&event))
            />
            <span class="spacer"></span>
            <KeysHeld />
            {move || {
                let has_panes = comparison.panes.with(|panes| !panes.is_empty());
                has_panes
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn-text"
                                data-testid="put-away"
                                title=w.new_hint
                                on:click=move |_| put_away(comparison, runner, notices)
                            >
                                {w.new}
                            </button>
                        }
                    })
            }}
            {move || {
                let has_turns = comparison.turns.with(|turns| !turns.is_empty());
                has_turns
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn-text"
                                data-testid="new-comparison"
                                on:click=move |_| start_over(comparison, runner, notices)
                            >
                                {w.start_over}
                            </button>
                            <button
                                type="button"
                                class="btn-text"
                                data-testid="export-json"
                                on:click=move |_| export::save_json(comparison, notices)
                            >
                                {w.export_json}
                            </button>
                        }
                    })
            }}
            <button
                type="button"
                class="btn-text"
                data-testid=move || {
                    // The mark is where settings can be reached: here, or,
                    // once they are open, the dialog.
                    (!dialogs.settings.get()).then_some("settings")
                }
                on:click=move |_| dialogs.settings.set(true)
            >
                {w.settings}
            </button>
        </header>
    }
}

/// Back to the start, with a way to come back from there.
fn put_away(comparison: Comparison, runner: Runner, notices: Notices) {
    runner.stop_all();
    let undo = comparison.put_away();
    // A reload stays at the start.
    page::clear_fragment();
    notices.toast_with_undo(words().bar.put_away, undo);
    focus::later(["[data-testid=start-demo]"]);
}

fn start_over(comparison: Comparison, runner: Runner, notices: Notices) {
    runner.stop_all();
    if let Some(undo) = comparison.clear_turns() {
        notices.toast_with_undo(words().bar.cleared, undo);
        focus::later([focus::PROMPT]);
    }
}

#[component]
fn KeysHeld() -> impl IntoView {
    let vault = use_vault();
    view! {
        <span class="keys-held">
            {move || {
                let (held, kept) = vault.counts();
                let dot = if held > 0 { "dot dot-good" } else { "dot" };
                view! {
                    <span class=dot></span>
                    {(words().bar.keys_held)(held, kept)}
                }
            }}
        </span>
    }
}

#[component]
fn BrandMark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 20 20" aria-hidden="true">
            <rect x="1.5" y="1.5" width="17" height="17" rx="4" fill="#23282d" />
            <path
                d="M5 14.5l4.2-9"
                stroke="#d8b25a"
                stroke-width="2.4"
                stroke-linecap="round"
            />
            <path
                d="M10.4 14.5l4.2-9"
                stroke="#b9bec4"
                stroke-width="2.4"
                stroke-linecap="round"
            />
        </svg>
    }
}
