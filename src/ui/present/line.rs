//! What stands above and below the panes.

use super::{Clock, Presenting};
use crate::{
    core::{present::Action, recipe::variables},
    words::words,
};
use leptos::prelude::*;

/// The prompt, where one stands in the list, and the clock.
#[component]
pub fn Head(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let w = words().present();
    let (comparison, prompts) = (presenting.comparison, presenting.prompts);
    let place = move || {
        let list = prompts.list()?;
        Some((w.place)(prompts.at()? + 1, list.entries.len()))
    };
    let prompt = Memo::new(move |_| {
        let text = if let Some(turn) = comparison.shown_turn() {
            turn.prompt
        } else {
            let values = comparison.variables.get().into_iter().collect();
            variables::substitute(&comparison.draft.get(), &values).text
        };
        let text = text.trim();
        if text.is_empty() {
            w.nothing_asked.to_owned()
        } else {
            text.to_owned()
        }
    });
    view! {
        <header class="present-head">
            {move || place().map(|place| view! { <span class="present-place num">{place}</span> })}
            <h1 class="present-prompt" data-testid="present-prompt">
                {move || prompt.get()}
            </h1>
            <Clock presenting />
        </header>
    }
}

/// What comes next, for whoever presents, and the same by buttons.
#[component]
pub fn Line(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let w = words().present();
    let (comparison, prompts, runner) =
        (presenting.comparison, presenting.prompts, presenting.runner);
    let has_run = move || comparison.turns.with(|turns| !turns.is_empty());
    let now = move || {
        let holds_back = presenting.holds_back.get();
        if runner.active.get() > 0 {
            w.still_running
        } else if !has_run() {
            if holds_back { w.ready_held } else { w.ready }
        } else if presenting.hides_answers() {
            w.held_back_now
        } else if holds_back {
            w.holds_back
        } else {
            ""
        }
    };
    let next = move || match (prompts.list(), prompts.next_entry()) {
        (None, _) => w.no_list.to_owned(),
        (Some(_), None) => w.last.to_owned(),
        (Some(_), Some(entry)) => (w.next)(&entry.heading()),
    };
    let button = move |label: &'static str, test_id: &'static str, action: Action| {
        view! {
            <button
                type="button"
                class="present-button"
                data-testid=test_id
                // A click leaves the focus where it is, so that Space goes on to run.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| presenting.act(action)
            >
                {label}
            </button>
        }
        .into_any()
    };
    view! {
        <footer class="present-line">
            <p class="present-next" data-testid="present-next">
                {next}
            </p>
            <p class="present-now" role="status">
                {now}
            </p>
            {move || {
                prompts
                    .list()
                    .map(|_| {
                        view! {
                            {button(w.previous_button, "present-previous", Action::Previous)}
                            {button(w.next_button, "present-forward", Action::Next)}
                        }
                    })
            }}
            {button(w.run, "present-run", Action::Run)}
            {move || {
                presenting
                    .hides_answers()
                    .then(|| button(w.reveal, "present-reveal", Action::Reveal))
            }}
            {button(w.keys, "present-keys", Action::Sheet)}
            <button
                type="button"
                class="present-button"
                data-testid="present-leave"
                on:click=move |_| presenting.leave()
            >
                {w.leave}
            </button>
        </footer>
    }
}
