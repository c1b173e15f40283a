//! What is to be known of a pane before its run: which settings its model would
//! not get, and an input that is larger than the room for it.

use crate::{
    app::{Pane, model_facts::Known, use_comparison, use_shown_models, use_upcoming},
    core::wire::model_facts::too_small,
    ui::{composer::unsent::Forecast, dialogs::use_dialogs},
    words::words,
};
use leptos::prelude::*;

/// The lines below a pane's name; none where there is nothing to say.
pub fn notes(pane: &Pane) -> AnyView {
    let dialogs = use_dialogs();
    let id = pane.id;
    let left_out = left_out(pane);
    let window = window(pane);
    // Both lead to the pane's parameters.
    let line = move |mark: &'static str, text: String| {
        view! {
            <button
                type="button"
                class="pane-note"
                data-testid=mark
                aria-haspopup="dialog"
                title=words().param_form().beside_pane_hint
                on:click=move |_| dialogs.params.set(Some(id))
            >
                {text}
            </button>
        }
        .into_any()
    };
    (move || {
        let lines = [
            left_out.get().map(|text| line("pane-unsent", text)),
            window.get().map(|text| line("pane-window", text)),
        ];
        let lines: Vec<AnyView> = lines.into_iter().flatten().collect();
        (!lines.is_empty()).then(|| view! { <div class="pane-notes">{lines}</div> }.into_any())
    })
    .into_any()
}

fn left_out(pane: &Pane) -> Memo<Option<String>> {
    let comparison = use_comparison();
    let pane = pane.clone();
    Memo::new(move |_| {
        let groups = comparison
            .params
            .with(|shared| Forecast::of(&pane, shared).left_out());
        (!groups.is_empty()).then(|| (words().param_form().beside_pane)(&groups))
    })
}

fn window(pane: &Pane) -> Memo<Option<String>> {
    let upcoming = use_upcoming();
    let shown = use_shown_models();
    let pane = pane.clone();
    Memo::new(move |_| {
        let input = upcoming
            .inputs
            .with(|all| all.iter().find(|one| one.pane == pane.id).copied())?;
        let known = pane.setup.with(|setup| shown.of(setup));
        let facts = match &known {
            Some(Known::Facts(facts)) => Some(facts),
            _ => None,
        };
        let room = too_small(input.tokens, input.window, facts)?;
        Some((words().param_form().window.too_small)(input.tokens, room))
    })
}
