//! The slim bar: name, title, keys held, actions, settings.

use super::{dialogs::use_dialogs, later::use_later, pane::is_covered};
use crate::{
    app::{use_comparison, use_vault},
    words::words,
};
use leptos::prelude::*;

/// The bar.
#[component]
pub fn Bar() -> impl IntoView {
    let comparison = use_comparison();
    let dialogs = use_dialogs();
    let later = use_later();
    let w = words().bar;
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
            {move || later.get().map(|parts| (parts.actions)())}
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
