//! What keeps the history from keeping or listing, and what helps.

use super::has_entries;
use crate::{
    app::{history::Stage, use_history},
    core::history::StoreError,
    words::words,
};
use leptos::prelude::*;

/// A card for each trouble; nothing where all is well.
#[component]
pub fn Trouble() -> impl IntoView {
    let history = use_history();
    let w = words().history();
    let not_read = move || match history.stage.get() {
        Stage::Failed(error) => Some(error),
        _ => None,
    };
    // Two cards with the same reason say it twice.
    let not_kept = move || history.trouble.get().filter(|_| not_read().is_none());
    view! {
        {move || {
            not_read()
                .map(|error| {
                    view! {
                        <div class="card-note history-trouble" data-testid="history-trouble">
                            <p>
                                <b>{w.trouble_list}</b>
                                " "
                                {(w.trouble)(&error)}
                            </p>
                            <div class="card-actions">
                                <button
                                    type="button"
                                    class="btn"
                                    data-testid="history-again"
                                    on:click=move |_| {
                                        history.load();
                                        history.save_again();
                                    }
                                >
                                    {w.try_again}
                                </button>
                            </div>
                        </div>
                    }
                        .into_any()
                })
        }}
        {move || not_kept().map(card)}
        {move || history.has_private_runs.get().then(private_note)}
    }
}

fn card(error: StoreError) -> AnyView {
    let history = use_history();
    let w = words().history();
    let is_full = error == StoreError::Full;
    view! {
        <div class="card-note history-trouble" data-testid="history-trouble">
            <p>
                <b>{w.trouble_title}</b>
                " "
                {(w.trouble)(&error)}
            </p>
            <div class="card-actions">
                {(is_full && has_entries(history))
                    .then(|| {
                        let oldest = history.oldest();
                        let bytes = oldest.iter().map(|entry| entry.bytes).sum();
                        view! {
                            <button
                                type="button"
                                class="btn"
                                data-testid="history-make-room"
                                on:click=move |_| history.make_room()
                            >
                                {(w.make_room)(oldest.len(), bytes)}
                            </button>
                        }
                            .into_any()
                    })}
                <button
                    type="button"
                    class="btn"
                    data-testid="history-again"
                    on:click=move |_| history.save_again()
                >
                    {w.try_again}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn private_note() -> AnyView {
    let history = use_history();
    let w = words().history();
    view! {
        <div class="card-note" data-testid="history-private-runs">
            <p>{w.private_here}</p>
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="history-keep-after-all"
                    on:click=move |_| history.keep_after_all()
                >
                    {w.keep_after_all}
                </button>
            </div>
        </div>
    }
    .into_any()
}
