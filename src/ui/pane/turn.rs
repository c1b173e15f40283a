//! A pane's body: its turns, the oldest first.

use super::{PaneContext, answer::Answer, idle::PaneIdle, thinking::Thinking};
use crate::{
    app::{RunCell, Turn, use_comparison, use_settings},
    browser::page,
    core::run::Phase,
    ui::{
        device::{DeviceWait, waits_here},
        kit::{Each, Icon, IconName},
        later::{late, late_or, use_later},
    },
    words::words,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;

/// Distance from the end, in CSS pixels, within which the view follows the
/// growing text.
const FOLLOW_PX: i32 = 48;

/// So far below the view, in CSS pixels, a failure may begin where the field for
/// the missing key is shown: it says what to do by itself.
const BELOW_PX: i32 = 64;

/// The scrolling part of a pane.
#[component]
pub fn PaneBody() -> impl IntoView {
    let comparison = use_comparison();
    let settings = use_settings();
    let later = use_later();
    let PaneContext { cell, .. } = expect_context();
    let node = NodeRef::<html::Div>::new();
    let follows = StoredValue::new(true);
    Effect::new(move |_| {
        let Some(cell) = cell.get() else { return };
        cell.text.track();
        cell.facts.track();
        cell.phase.track();
        let Some(body) = node.get_untracked() else {
            return;
        };
        let failed = cell.phase.get_untracked() == Phase::Failed;
        if failed {
            let lacks_key = cell.state().key_missing;
            show_failure(&body, lacks_key);
        } else if follows.get_value() {
            // After the answer's own effect of this flush.
            leptos::prelude::request_animation_frame(move || {
                // More than there is: the browser stops at the end.
                body.set_scroll_top(i32::MAX);
            });
        }
    });
    let on_scroll = move |_| {
        let Some(body) = node.get_untracked() else {
            return;
        };
        let rest = body.scroll_height() - body.client_height() - body.scroll_top();
        follows.set_value(rest < FOLLOW_PX);
        if settings.lock_scroll.get_untracked()
            && let Some(parts) = later.get_untracked()
        {
            (parts.scroll_others)(&body);
        }
    };
    view! {
        <div class="pane-body" node_ref=node on:scroll=on_scroll>
            <PaneIdle />
            <Each
                each=move || comparison.shown_turns()
                key=|turn| turn.id
                children=move |turn| view! { <TurnView turn /> }
            />
        </div>
    }
}

/// Puts the beginning of the failure into view: its first line says what
/// happened, whatever the length of the rest. Where a key is missing, its
/// field is what to look at, unless whole turns stand between.
fn show_failure(body: &web_sys::HtmlElement, lacks_key: bool) {
    let body = body.clone();
    leptos::prelude::request_animation_frame(move || {
        let find = |selector: &str| -> Option<web_sys::HtmlElement> {
            body.query_selector(selector).ok()??.dyn_into().ok()
        };
        let Some(card) = find("[data-testid=error]") else {
            return;
        };
        let field = find(":scope > .card-note").filter(|_| lacks_key);
        let is_near = |top: &i32| card.offset_top() - top < body.client_height() + BELOW_PX;
        let field = field.map(|field| field.offset_top()).filter(is_near);
        let top = field.unwrap_or(card.offset_top()) - 12;
        let overflows =
            card.offset_top() + card.offset_height() > body.scroll_top() + body.client_height();
        if overflows || top < body.scroll_top() {
            body.set_scroll_top(top.min(body.scroll_height() - body.client_height()));
        }
    });
}

#[component]
fn TurnView(turn: Turn) -> impl IntoView {
    let comparison = use_comparison();
    let PaneContext { pane, .. } = expect_context();
    let id = turn.id;
    let is_last = Memo::new(move |_| comparison.shown_turn().is_some_and(|last| last.id == id));
    let for_cell = pane.clone();
    let cell = Memo::new(move |_| for_cell.cell(id));
    let setup = pane.setup.clone();
    // An answer of another model than the pane's is not the pane's answer.
    let is_own = Memo::new(move |_| {
        cell.get()
            .is_none_or(|cell| setup.with(|setup| cell.is_of(setup)))
    });
    let marked = Memo::new(move |_| is_last.get() && is_own.get());
    let answered_by = move || {
        let cell = cell.get().filter(|_| !is_own.get())?;
        let state = cell.state();
        let model = state
            .setup
            .as_ref()
            .map(|setup| setup.model.as_str().to_owned())?;
        Some((words().pane.answered_by)(&model))
    };
    let index = move || {
        comparison
            .turns
            .with(|turns| turns.iter().position(|turn| turn.id == id))
            .unwrap_or_default()
            .to_string()
    };
    let attachments = turn.attachments.clone();
    let prompt = turn.prompt.clone();
    let edit = move |_| {
        comparison.begin_edit(&turn);
        if let Some(prompt) = page::query("[data-testid=prompt]") {
            prompt.focus().ok();
        }
    };
    view! {
        <section class="turn" data-testid=move || (!is_last.get()).then_some("turn") data-turn=index>
            <div class="turn-prompt">
                <div class="turn-words">
                    <p>{prompt}</p>
                    {(!attachments.is_empty())
                        .then(|| late(move |parts| (parts.turn_files)(&attachments)))}
                </div>
                <button
                    type="button"
                    class="btn-icon"
                    data-testid="edit-turn"
                    aria-label=words().pane.edit_message
                    title=words().pane.edit_message
                    on:click=edit
                >
                    <Icon name=IconName::Edit />
                </button>
            </div>
            {move || answered_by().map(|text| view! { <p class="waiting-note">{text}</p> }.into_any())}
            // Keyed: a retry is a new run and shares no node with the old one.
            <Each
                each=move || cell.get()
                key=|cell| cell.id
                children=move |cell| view! { <RunView cell is_last=marked /> }
            />
        </section>
    }
}

/// One run: thinking, answer, failure, and how it ended.
#[component]
fn RunView(cell: RunCell, is_last: Memo<bool>) -> impl IntoView {
    let for_failure = cell.clone();
    let failed = {
        let phase = cell.phase.clone();
        Memo::new(move |_| phase.get() == Phase::Failed)
    };
    let note = {
        let cell = cell.clone();
        let is_here = waits_here(&cell);
        Memo::new(move |_| match cell.phase.get() {
            // It speaks for itself.
            Phase::Queued if is_here => None,
            phase => waiting_note(phase),
        })
    };
    view! {
        <Thinking cell=cell.clone() is_last />
        {move || note.get().map(|note| view! { <p class="waiting-note">{note}</p> }.into_any())}
        <DeviceWait cell=cell.clone() />
        <Answer cell=cell.clone() is_last />
        <ToolCalls cell=cell.clone() />
        {move || failed.get().then(|| failure_view(&for_failure, is_last))}
        <Warnings cell />
    }
}

/// The card of a failed run; its title and the provider's words stand at once.
fn failure_view(cell: &RunCell, is_last: Memo<bool>) -> Option<AnyView> {
    let failure = cell.state().log.failure().cloned()?;
    let (kind, title) = (failure.kind.as_str(), words().failure_title(&failure));
    let detail = failure.detail.unwrap_or_default();
    let around = move |loading| {
        let (title, detail) = (title.clone(), detail.clone());
        view! {
            <div
                class="card-bad"
                data-testid=move || is_last.get().then_some("error")
                data-kind=kind
            >
                <h3>{title}</h3>
                {(!detail.is_empty()).then(|| view! { <blockquote>{detail}</blockquote> }.into_any())}
                {loading}
            </div>
        }
        .into_any()
    };
    let cell = cell.clone();
    Some(late_or(
        move |parts| (parts.failure)(cell.clone(), is_last),
        around,
    ))
}

/// Calls that the model wanted; nothing here carries them out.
#[component]
fn ToolCalls(cell: RunCell) -> impl IntoView {
    let called = cell.clone();
    let calls = Memo::new(move |_| {
        let cell = &called;
        cell.facts.track();
        let state = cell.state();
        let calls: Vec<(String, String)> = state
            .log
            .tool_calls()
            .map(|call| {
                (
                    call.name.unwrap_or_default().to_owned(),
                    call.arguments.to_owned(),
                )
            })
            .collect();
        calls
    });
    let over = {
        let phase = cell.phase.clone();
        Memo::new(move |_| phase.get().is_over())
    };
    move || {
        let is_over = over.get();
        calls
            .get()
            .into_iter()
            .map(|(name, arguments)| {
                // A tree would be made anew with every piece.
                let arguments = if is_over && !arguments.trim().is_empty() {
                    late(move |parts| (parts.arguments)(arguments.clone()))
                } else {
                    view! { <pre class="code-block" tabindex="0">{arguments}</pre> }.into_any()
                };
                view! {
                    <div class="tool-call" data-testid="tool-call">
                        <span class="label">{(words().pane.wants_tool)(&name)}</span>
                        {arguments}
                        <span class="hint">{words().pane.tool_not_run}</span>
                    </div>
                }
                .into_any()
            })
            .collect_view()
    }
}

fn waiting_note(phase: Phase) -> Option<&'static str> {
    match phase {
        Phase::Queued => Some(words().pane.queued),
        Phase::Connecting => Some(words().pane.connecting),
        Phase::Waiting => Some(words().pane.waiting),
        _ => None,
    }
}

/// What did not end the run but is worth knowing.
#[component]
fn Warnings(cell: RunCell) -> impl IntoView {
    let texts = Memo::new(move |_| {
        cell.facts.track();
        let state = cell.state();
        let mut texts: Vec<String> = state
            .log
            .warnings()
            .iter()
            .map(|warning| (words().pane.warning)(&words().failure_title(warning)))
            .collect();
        if state.left_out > 0 {
            texts.push((words().pane.left_out)(state.left_out));
        }
        texts
    });
    move || {
        let texts = texts.get();
        (!texts.is_empty()).then(|| {
            view! {
                <div class="card-note">
                    {texts.into_iter().map(|text| view! { <p>{text}</p> }.into_any()).collect_view()}
                </div>
            }.into_any()
        })
    }
}
