//! The button that has providers count the input of the next run.

use crate::{
    app::{counting::Counted, use_upcoming},
    core::chart::grouped,
    words::words,
};
use leptos::prelude::*;

/// The button, and what came of it; nothing where no provider counts.
pub(super) fn section() -> AnyView {
    let upcoming = use_upcoming();
    let w = words().sum();
    (move || {
        // What would be sent may have changed with the case.
        upcoming.case.track();
        let panes = untrack(|| upcoming.countable());
        if panes.is_empty() {
            return ().into_any();
        }
        let lines = panes.iter().filter_map(|(pane, request)| {
            let name = pane.setup.with(|setup| setup.name().to_owned());
            let line = match upcoming.counts.of(*request)? {
                Counted::Asking => (w.counting)(&name),
                Counted::Tokens(tokens) => (w.counted)(&name, &grouped(tokens)),
                Counted::Failed(failure) => {
                    (w.not_counted)(&name, &words().failure_title(&failure))
                }
            };
            Some(view! { <p data-testid="counted">{line}</p> }.into_any())
        });
        let lines: Vec<AnyView> = lines.collect();
        let is_left = panes.iter().any(|(_, request)| {
            !matches!(
                upcoming.counts.of(*request),
                Some(Counted::Asking | Counted::Tokens(_))
            )
        });
        view! {
            <div class="count-input" role="status">{lines}</div>
            {is_left
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="btn"
                            data-testid="count-input"
                            on:click=move |_| upcoming.count_input()
                        >
                            {w.count_input}
                        </button>
                        <p class="hint">{w.count_hint}</p>
                    }
                        .into_any()
                })}
        }
        .into_any()
    })
    .into_any()
}
