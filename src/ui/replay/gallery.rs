//! The recordings that are served beside the page.

use super::bar;
use crate::{
    app::{Comparison, Notices, gallery, task, use_comparison, use_notices},
    core::replay::{Recording, short_date},
    ui::{kit::focus, show},
    words::words,
};
use leptos::prelude::*;

/// Fetches a recording, shows and plays it.
pub fn play(file: &str, comparison: Comparison, notices: Notices) {
    gallery::play(file.to_owned(), comparison, notices, |_| {
        focus::later([bar::PLAY]);
    });
}

/// All of them, to choose from.
pub fn recordings() -> AnyView {
    let comparison = use_comparison();
    let notices = use_notices();
    // Outlives the list, which goes away with the first pane.
    let list = ArcRwSignal::new(None::<Option<Vec<Recording>>>);
    let found = list.clone();
    task::spawn(async move {
        found.set(Some(gallery::list().await));
    });
    (move || match list.get() {
        None => view! { <p class="hint">{words().gallery().loading}</p> }.into_any(),
        Some(None) => view! { <p class="hint">{words().gallery().missing}</p> }.into_any(),
        Some(Some(list)) => {
            let rows = list
                .into_iter()
                .map(|recording| row(recording, comparison, notices))
                .collect_view();
            view! {
                <ul class="recordings" data-testid="recordings">
                    {rows}
                </ul>
            }
            .into_any()
        }
    })
    .into_any()
}

fn row(recording: Recording, comparison: Comparison, notices: Notices) -> AnyView {
    let facts = (words().gallery().facts)(
        recording.panes.len(),
        &show::duration(recording.longest_ms),
        &short_date(&recording.created),
    );
    let file = recording.file;
    view! {
        <li>
            <button
                type="button"
                class="btn-text"
                data-testid="recording"
                title=recording.prompt
                on:click=move |_| play(&file, comparison, notices)
            >
                {recording.title}
            </button>
            <span class="hint">{facts}</span>
        </li>
    }
    .into_any()
}
