//! The prompts beside the panes.

use super::Presenting;
use crate::{browser::page, words::words};
use leptos::{html, prelude::*};

/// The list, with the prompt where one stands in view.
#[component]
pub fn PromptList(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let w = words().prompts();
    let prompts = presenting.prompts;
    let node = NodeRef::<html::Nav>::new();
    Effect::new(move |_| {
        let _ = prompts.at();
        let Some(list) = node.get() else { return };
        request_animation_frame(move || {
            if let Some(current) = page::query(".present-list [aria-current]") {
                let middle = current.offset_top() - list.client_height() / 2;
                list.set_scroll_top(middle);
            }
        });
    });
    let row = move |to: Option<usize>, text: String| {
        let is_here = move || prompts.at() == to;
        let has_run = move || to.is_some_and(|at| prompts.has_run(at));
        let number = to.map(|at| (at + 1).to_string());
        view! {
            <li>
                <button
                    type="button"
                    data-testid="present-stop"
                    aria-current=move || is_here().then_some("true")
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| prompts.go(to)
                >
                    <span class="num">{number}</span>
                    <span class="present-stop-text">{text}</span>
                    {move || {
                        has_run()
                            .then(|| {
                                view! {
                                    <span class="present-ran" title=w.ran>
                                        <span class="visually-hidden">{w.ran}</span>
                                    </span>
                                }
                            })
                    }}
                </button>
            </li>
        }
        .into_any()
    };
    view! {
        <nav class="present-list" node_ref=node data-testid="present-list" aria-label=w.list>
            <ol>
                {move || prompts.has_own().then(|| row(None, w.own.to_owned()))}
                {move || {
                    let list = prompts.list()?;
                    let rows = list.entries.iter().enumerate();
                    Some(rows.map(|(at, entry)| row(Some(at), entry.heading())).collect_view())
                }}
            </ol>
        </nav>
    }
}
