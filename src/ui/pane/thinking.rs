//! Thinking, folded above the answer.

use crate::{
    app::{RunCell, use_runner},
    core::{domain::Millis, run::Phase, timing::Mark},
    ui::{kit::GrowingText, show},
    words::words,
};
use leptos::{html, prelude::*};
use std::cell::RefCell;

/// The thinking of a run; nothing where there was none.
#[component]
pub fn Thinking(
    /// The run.
    cell: RunCell,
    /// Whether it belongs to the last turn.
    is_last: Memo<bool>,
) -> impl IntoView {
    let runner = use_runner();
    let for_kind = cell.clone();
    // 0: none, 1: hidden by the provider, 2: with text.
    let kind = Memo::new(move |_| {
        for_kind.text.track();
        for_kind.facts.track();
        let phase = for_kind.phase.get();
        let state = for_kind.state();
        if !state.log.thinking().is_empty() {
            return 2;
        }
        let opened = state.log.timeline().at(Mark::ThinkingOpened).is_some();
        i32::from(opened || phase == Phase::Thinking)
    });
    let for_summary = cell.clone();
    let summary = move || {
        for_summary.facts.track();
        let thinking = for_summary.phase.get() == Phase::Thinking;
        let now = if thinking {
            runner.now.get()
        } else {
            runner.now.get_untracked()
        };
        let state = for_summary.state();
        let time = state.log.thinking_ms(Millis(now)).map(show::duration);
        let tokens = state.log.metrics().thinking_tokens;
        let w = words().pane;
        let mut text = match time {
            Some(time) if thinking => (w.thinking_for)(&time),
            Some(time) => (w.thought_for)(&time),
            None => w.thought.to_owned(),
        };
        if let Some(tokens) = tokens {
            #[expect(clippy::cast_precision_loss, reason = "token counts are small")]
            let count = show::grouped(tokens as f64);
            text.push_str(" · ");
            text.push_str(&(w.tokens)(&count));
        }
        text
    };
    let summary = StoredValue::new(summary);
    view! {
        {move || match kind.get() {
            0 => ().into_any(),
            1 => {
                view! {
                    <p class="thinking" title=words().pane.thinking_hidden>
                        {move || summary.with_value(|summary| summary())}
                    </p>
                }
                    .into_any()
            }
            _ => {
                view! {
                    <details class="thinking">
                        <summary>{move || summary.with_value(|summary| summary())}</summary>
                        <ThinkingText cell=cell.clone() is_last />
                    </details>
                }
                    .into_any()
            }
        }}
    }
}

/// The text itself: only what is new is appended.
#[component]
fn ThinkingText(cell: RunCell, is_last: Memo<bool>) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let shown = RefCell::new(GrowingText::default());
    Effect::new(move |_| {
        cell.text.track();
        let Some(parent) = node.get() else { return };
        let mut shown = shown.borrow_mut();
        let grown = cell.state().log.thinking_since(shown.seen()).to_owned();
        shown.append(&parent, &grown);
    });
    view! {
        <div
            class="thinking-text"
            node_ref=node
            data-testid=move || is_last.get().then_some("thinking")
        ></div>
    }
}
