//! The answer: rendered or raw, with its tools.

use super::PaneContext;
use crate::{
    app::{RunCell, use_notices},
    core::{domain::FinishReason, run::Phase},
    ui::{
        dialogs::use_dialogs,
        kit::{GrowingText, Icon, IconName, copy_text},
        later::{LoadFailed, late, use_later},
        markdown::MarkdownView,
    },
    words::words,
};
use leptos::{html, prelude::*};
use std::cell::RefCell;

/// The answer of a run.
#[component]
pub fn Answer(
    /// The run.
    cell: RunCell,
    /// Whether it belongs to the last turn.
    is_last: Memo<bool>,
) -> impl IntoView {
    let PaneContext { raw, .. } = expect_context();
    let later = use_later();
    let has_text = {
        let cell = cell.clone();
        Memo::new(move |_| {
            cell.text.track();

            !cell.state().log.answer().is_empty()
        })
    };
    let growing = {
        let phase = cell.phase.clone();
        Memo::new(move |_| phase.get() == Phase::Answering)
    };
    let over = {
        let phase = cell.phase.clone();
        Memo::new(move |_| phase.get().is_over())
    };
    let failed = {
        let phase = cell.phase.clone();
        Memo::new(move |_| phase.get() == Phase::Failed)
    };
    let (rendered, plain, checked) = (cell.clone(), cell.clone(), cell.clone());
    let has_schema = cell.state().schema.is_some();
    // Without a tree the answer stands there as text.
    let has_tree = RwSignal::new(false);
    // The marks of a comparison stand there instead of it.
    let is_marked = RwSignal::new(false);
    let as_tree = Memo::new(move |_| {
        has_schema && over.get() && has_text.get() && !raw.get() && !is_marked.get()
    });
    let compared = cell.clone();
    view! {
        {move || {
            let parts = later.get().filter(|_| is_last.get())?;
            Some((parts.reading)(&compared, raw, is_marked))
        }}
        {move || {
            as_tree
                .get()
                .then(|| {
                    let cell = checked.clone();
                    late(move |parts| (parts.structured)(&cell, has_tree))
                })
        }}
        <div class:cursor=move || growing.get() hidden=move || !has_text.get()>
            <Rendered cell=rendered is_last raw as_tree=Signal::derive(move || is_marked.get() || as_tree.get() && has_tree.get()) />
            <Raw cell=plain is_last raw />
        </div>
        {move || {
            (over.get() && (has_text.get() || !failed.get()))
                .then(|| view! { <AnswerTools cell=cell.clone() has_text /> }.into_any())
        }}
    }
}

/// The block tree, patched in place by the markdown view.
#[component]
pub fn Rendered(
    /// The run.
    cell: RunCell,
    /// Whether it belongs to the last turn.
    is_last: Memo<bool>,
    /// Whether the answer is shown as it came instead.
    raw: RwSignal<bool>,
    /// Whether a tree or the marks of a comparison stand in for it.
    as_tree: Signal<bool>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let notices = use_notices();
    let later = use_later();
    let view: RefCell<Option<MarkdownView>> = RefCell::default();
    Effect::new(move |_| {
        cell.text.track();
        let Some(parent) = node.get() else { return };
        if let Some(parts) = later.get() {
            (parts.draw)(&mut view.borrow_mut(), &parent, notices, &cell);
        } else {
            later.begin();
            parent.set_text_content(Some(cell.state().log.answer()));
        }
    });
    view! {
        <div
            class="answer"
            class:raw-text=move || later.get().is_none()
            node_ref=node
            data-testid=move || is_last.get().then_some("answer")
            hidden=move || raw.get() || as_tree.get()
        ></div>
        <Show when=move || later.failed() && !raw.get()>
            <LoadFailed />
        </Show>
    }
}

/// The answer exactly as it came. Always in the page, so that hosts can read
/// it; filled while it is shown, and once at the end.
#[component]
fn Raw(cell: RunCell, is_last: Memo<bool>, raw: RwSignal<bool>) -> impl IntoView {
    let node = NodeRef::<html::Pre>::new();
    let shown = RefCell::new(GrowingText::default());
    Effect::new(move |_| {
        cell.text.track();
        let over = cell.phase.get().is_over();
        let Some(parent) = node.get() else { return };
        if !raw.get() && !over {
            return;
        }
        let mut shown = shown.borrow_mut();
        let grown = cell.state().log.answer_since(shown.seen()).to_owned();
        shown.append(&parent, &grown);
    });
    view! {
        <pre
            class="raw"
            node_ref=node
            data-testid=move || is_last.get().then_some("raw")
            hidden=move || !raw.get()
        ></pre>
    }
}

#[component]
fn AnswerTools(cell: RunCell, has_text: Memo<bool>) -> impl IntoView {
    let PaneContext { raw, .. } = expect_context();
    let notices = use_notices();
    let dialogs = use_dialogs();
    let later = use_later();
    let w = words().pane;
    let note = finish_note(&cell);
    let (for_copy, for_sent) = (cell.clone(), cell.clone());
    let was_sent = cell.state().sent.is_some();
    view! {
        <div class="answer-tools">
            <Show when=move || has_text.get()>
                <button
                    type="button"
                    class="btn-icon"
                    data-testid="copy-answer"
                    aria-label=w.copy_answer
                    title=w.copy_answer
                    on:click={
                        let cell = for_copy.clone();
                        move |_| copy_text(notices, cell.state().log.answer().to_owned(), || ())
                    }
                >
                    <Icon name=IconName::Copy />
                </button>
                <button
                    type="button"
                    class="btn-text"
                    data-testid="toggle-raw"
                    aria-pressed=move || raw.get().to_string()
                    on:click=move |_| raw.update(|raw| *raw = !*raw)
                >
                    {move || if raw.get() { w.show_rendered } else { w.show_raw }}
                </button>
            </Show>
            {was_sent
                .then(|| {
                    view! {
                        <button
                            type="button"
                            class="btn-text"
                            data-testid="show-sent"
                            on:click=move |_| dialogs.sent.set(Some(for_sent.clone()))
                        >
                            {w.sent}
                        </button>
                    }.into_any()
                })}
            <span class="spacer"></span>
            {note.map(|note| view! { <span class="finish-note">{note}</span> }.into_any())}
        </div>
        {move || later.get().and_then(|parts| (parts.server_clock)(&cell))}
    }
}

/// How the run ended, where that is not plain.
fn finish_note(cell: &RunCell) -> Option<String> {
    let state = cell.state();
    let w = words().pane;
    if state.log.phase() == Phase::Stopped {
        return Some(w.stopped.to_owned());
    }
    let finish = state.log.finish()?;
    let raw = finish.raw.clone().unwrap_or_default();
    match finish.unified {
        FinishReason::Length => Some(w.token_limit.to_owned()),
        FinishReason::Refusal => Some(w.refused.to_owned()),
        FinishReason::Stop | FinishReason::ToolCalls | FinishReason::ContentFilter => None,
        FinishReason::Other => Some((w.ended_with)(&raw)),
    }
}
