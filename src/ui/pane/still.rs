//! Panes that are only looked at: no menu, no picker, nothing that sends.

use super::{
    PaneContext, SharedAxis, answer::Rendered, figures::Figures, route, shared_axis,
    streak::Streak, thinking::Thinking,
};
use crate::{
    app::{Pane, PaneSetup, RunCell, Turn, use_comparison},
    core::run::Phase,
    ui::{
        kit::{Each, cut_name},
        replay,
    },
    words::words,
};
use leptos::{html, prelude::*};

/// All panes in a row.
#[component]
pub fn StillPanes() -> impl IntoView {
    let comparison = use_comparison();
    provide_context(SharedAxis(shared_axis()));
    view! {
        <div class="panes" data-testid="panes">
            <Each
                each=move || comparison.panes.get()
                key=|pane| pane.id.0
                children=move |pane| view! { <StillPane pane /> }
            />
        </div>
    }
}

#[component]
fn StillPane(pane: Pane) -> impl IntoView {
    let comparison = use_comparison();
    let context = PaneContext::new(pane.clone());
    let PaneContext {
        place, phase, cell, ..
    } = context;
    provide_context(context.clone());
    let body = NodeRef::<html::Div>::new();
    follow_replay(cell, body);
    let setup = pane.setup.get_untracked();
    let host = match setup.endpoint() {
        Some(Ok(endpoint)) => endpoint.host,
        _ => String::new(),
    };
    let finish = move || context.finish();
    let label = (words().pane.label)(place.get_untracked() + 1, setup.name());
    view! {
        <article
            class="pane pane-still"
            data-testid="pane"
            data-accent=move || (place.get() % 8).to_string()
            data-provider=setup.provider.as_str().to_owned()
            data-model=setup.model.as_str().to_owned()
            data-host=host
            data-phase=move || phase.get().as_str()
            data-finish=finish
            aria-label=label
        >
            <Head setup=setup.clone() pane=pane.clone() />
            <Streak />
            <Figures />
            <div class="pane-body" node_ref=body tabindex="0" role="group" aria-label=words().share().contents>
                <Each
                    each=move || comparison.shown_turns()
                    key=|turn| turn.id
                    children=move |turn| view! { <StillTurn turn pane=pane.clone() /> }
                />
            </div>
        </article>
    }
}

/// Keeps the end of what grows in a replay in view: it is below the turns before.
fn follow_replay(cell: Memo<Option<RunCell>>, body: NodeRef<html::Div>) {
    let comparison = use_comparison();
    Effect::new(move |_| {
        let is_replayed = comparison.played.get().is_some();
        let Some(cell) = cell.get().filter(|_| is_replayed) else {
            return;
        };
        cell.text.track();
        request_animation_frame(move || {
            if let Some(body) = body.try_get_untracked().flatten() {
                // More than there is: the browser stops at the end.
                body.set_scroll_top(i32::MAX);
            }
        });
    });
}

#[component]
fn Head(setup: PaneSetup, pane: Pane) -> impl IntoView {
    let parts = route::line(&setup, super::head::route_parts(&setup));
    let line = [
        parts.maker,
        parts.provider,
        parts.host,
        parts.place,
        parts.rest,
    ];
    let line: Vec<String> = line.into_iter().filter(|part| !part.is_empty()).collect();
    view! {
        <header class="pane-head">
            <div class="pane-name">
                <h2>
                    <span class="pane-model">
                        {cut_name(setup.name())}
                    </span>
                    {setup
                        .is_simulated()
                        .then(|| {
                            view! {
                                <span class="tag" data-testid="simulated">
                                    {words().pane.simulated}
                                </span>
                            }
                        })}
                </h2>
            </div>
            <div class="pane-route">
                {move || replay::badge(&pane)}
                {line.join(" · ")}
            </div>
        </header>
    }
}

#[component]
fn StillTurn(turn: Turn, pane: Pane) -> impl IntoView {
    let comparison = use_comparison();
    let id = turn.id;
    let is_last = Memo::new(move |_| comparison.shown_turn().is_some_and(|last| last.id == id));
    let files: Vec<String> = turn
        .attachments
        .iter()
        .map(|file| file.title().to_owned())
        .collect();
    view! {
        <section class="turn">
            <div class="turn-prompt">
                <div class="turn-words">
                    <p>{turn.prompt}</p>
                    {(!files.is_empty()).then(|| view! { <p class="hint">{files.join(", ")}</p> })}
                </div>
            </div>
            // A replay shows another run in its place.
            <Each
                each=move || pane.cell(id)
                key=|cell| cell.id
                children=move |cell| view! { <StillRun cell is_last /> }
            />
        </section>
    }
}

#[component]
fn StillRun(cell: RunCell, is_last: Memo<bool>) -> impl IntoView {
    let failed = cell.clone();
    let failure = move || {
        let has_failed = failed.phase.get() == Phase::Failed;
        let failure = failed.state().log.failure().cloned();
        let failure = failure.filter(|_| has_failed)?;
        let kind = failure.kind.as_str();
        let title = words().failure_title(&failure);
        Some(view! {
            <div class="card-bad" data-testid=move || is_last.get().then_some("error") data-kind=kind>
                <h3>{title}</h3>
                {failure.detail.map(|detail| view! { <blockquote>{detail}</blockquote> })}
            </div>
        })
    };
    view! {
        <Thinking cell=cell.clone() is_last />
        <Rendered cell is_last raw=RwSignal::new(false) as_tree=Signal::stored(false) />
        {failure}
    }
}
