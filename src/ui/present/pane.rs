//! A pane as a room reads it: number, name, three figures, the answer.

use super::Presenting;
use crate::{
    app::{Pane, PaneSetup, RunCell, use_notices, use_runner, use_settings},
    core::{
        domain::{FinishReason, Millis},
        run::Phase,
        timing::{Figure, Mark},
    },
    ui::{
        figure::Shown,
        kit::Each,
        markdown::MarkdownView,
        money,
        pane::{PaneContext, drawing},
        replay, show,
    },
    words::words,
};
use leptos::{html, prelude::*};
use std::cell::RefCell;

/// Distance from the end, in CSS pixels, within which the view follows.
const FOLLOW_PX: i32 = 64;

/// One pane.
#[component]
pub fn PresentPane(
    /// The mode.
    presenting: Presenting,
    /// The pane.
    pane: Pane,
) -> impl IntoView {
    let id = pane.id;
    let setup = pane.setup.clone();
    let context = PaneContext::new(pane.clone());
    let PaneContext {
        place, cell, phase, ..
    } = context;
    let name = {
        let setup = setup.clone();
        move || setup.with(|setup| setup.name().to_owned())
    };
    let label = {
        let setup = setup.clone();
        move || setup.with(|setup| (words().pane.label)(place.get() + 1, setup.name()))
    };
    let (provider, model) = (setup.clone(), setup.clone());
    let is_pointed = move || presenting.pointed.get() == Some(place.get());
    let finish = move || context.finish();
    view! {
        <article
            class="present-pane"
            class:present-pointed=is_pointed
            hidden=move || presenting.expanded.get() && !is_pointed()
            data-testid="pane"
            data-pane=id.0.to_string()
            data-accent=move || (place.get() % 8).to_string()
            data-provider=move || provider.with(|setup| setup.provider.as_str().to_owned())
            data-model=move || model.with(|setup| setup.model.as_str().to_owned())
            data-phase=move || phase.get().as_str()
            data-finish=finish
            aria-label=label
        >
            <header class="present-name">
                <span class="present-number num" aria-hidden="true">
                    {move || place.get() + 1}
                </span>
                <h2>{name}</h2>
                {move || {
                    setup
                        .with(PaneSetup::is_simulated)
                        .then(|| view! { <span class="tag">{words().pane.simulated}</span> })
                }}
                {move || replay::badge(&pane)}
                <PhaseNote cell phase />
            </header>
            <Figures cell />
            <Body presenting cell />
        </article>
    }
}

/// What it is doing, as long as that says something.
#[component]
fn PhaseNote(cell: Memo<Option<RunCell>>, phase: Memo<Phase>) -> impl IntoView {
    let runner = use_runner();
    let text = move || match phase.get() {
        Phase::Done if is_cut(cell.get()) => words().present().cut.to_owned(),
        Phase::Done | Phase::Idle => String::new(),
        Phase::Thinking => {
            let now = Millis(runner.now.get());
            let time = cell
                .get()
                .and_then(|cell| cell.state().log.thinking_ms(now))
                .map(show::duration)
                .unwrap_or_default();
            (words().present().thinking)(&time)
        }
        phase => words().phase(phase).to_owned(),
    };
    let is_bad = move || phase.get() == Phase::Failed;
    view! { <span class="present-phase num" class:present-bad=is_bad>{text}</span> }
}

/// Whether a limit of tokens cut the answer off (tracked).
fn is_cut(cell: Option<RunCell>) -> bool {
    let Some(cell) = cell else { return false };
    cell.facts.track();
    let state = cell.state();
    let finish = state.log.finish();
    finish.is_some_and(|finish| finish.unified == FinishReason::Length)
}

/// First token, speed and cost.
#[component]
fn Figures(cell: Memo<Option<RunCell>>) -> impl IntoView {
    let settings = use_settings();
    let metrics = Memo::new(move |_| {
        cell.get().map(|cell| {
            cell.facts.track();
            cell.phase.track();
            cell.state().log.metrics()
        })
    });
    let of = move |figure: Figure| {
        metrics.with(|metrics| match metrics {
            Some(metrics) => show::figure(metrics, figure),
            None => show::figure(&show::no_metrics(), figure),
        })
    };
    let cost = move || match cell.get() {
        Some(cell) => money::figure(&cell.cost.get(), settings),
        None => Shown {
            text: words().unknown.to_owned(),
            ..Shown::default()
        },
    };
    view! {
        <div class="present-figures num">
            {move || one(Figure::FirstToken, of(Figure::FirstToken))}
            {move || one(Figure::TokensPerSecond, of(Figure::TokensPerSecond))}
            {move || one(Figure::Cost, cost())}
        </div>
    }
}

fn one(figure: Figure, shown: Shown) -> AnyView {
    let name = match figure {
        Figure::Cost => words().metrics.cost.name,
        figure => words().metrics.figure(figure).name,
    };
    let text = view! {
        {shown.text}
        <small>{shown.unit}</small>
    };
    let value = match shown.value {
        Some(value) => view! {
            <data data-metric=figure.as_str() value=value data-source=shown.source>
                {text}
            </data>
        }
        .into_any(),
        None => view! { <span class="present-words">{text}</span> }.into_any(),
    };
    view! {
        <p class="present-figure">
            <span class="present-figure-name">{name}</span>
            {value}
        </p>
    }
    .into_any()
}

/// What scrolls: the answer of the last turn, or what became of it.
#[component]
fn Body(presenting: Presenting, cell: Memo<Option<RunCell>>) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let follows = StoredValue::new(true);
    // Whether there is more above and below than can be seen.
    let more = RwSignal::new((false, false));
    let look = move || {
        let Some(body) = node.try_get_untracked().flatten() else {
            return;
        };
        let rest = body.scroll_height() - body.client_height() - body.scroll_top();
        follows.set_value(rest < FOLLOW_PX);
        let now = (body.scroll_top() > 1, rest > 1);
        if more.get_untracked() != now {
            more.set(now);
        }
    };
    Effect::new(move |before: Option<Option<(u32, bool)>>| {
        let Some(cell) = cell.get() else {
            more.set((false, false));
            return None;
        };
        cell.text.track();
        let is_over = cell.phase.get().is_over();
        presenting.expanded.track();
        presenting.shows_list.track();
        let hides = presenting.hides_answers();
        let is_new = before.flatten() != Some((cell.id, hides));
        request_animation_frame(move || {
            let Some(body) = node.try_get_untracked().flatten() else {
                return;
            };
            if is_new && is_over {
                // Shown again, or revealed: from the beginning.
                body.set_scroll_top(0);
            } else if follows.get_value() && !hides {
                body.set_scroll_top(i32::MAX);
            }
            look();
        });
        Some((cell.id, hides))
    });
    view! {
        <div
            class="present-body"
            node_ref=node
            // Only what scrolls is a stop of Tab.
            tabindex=move || (more.get() != (false, false)).then_some("0")
            data-above=move || more.get().0.then_some("")
            data-below=move || more.get().1.then_some("")
            on:scroll=move |_| look()
        >
            <Each
                each=move || cell.get()
                key=|cell| cell.id
                children=move |cell| view! { <PresentAnswer presenting cell /> }
            />
        </div>
    }
}

#[component]
fn PresentAnswer(presenting: Presenting, cell: RunCell) -> impl IntoView {
    let notices = use_notices();
    let node = NodeRef::<html::Div>::new();
    let drawn: RefCell<Option<MarkdownView>> = RefCell::default();
    let for_text = cell.clone();
    Effect::new(move |_| {
        for_text.text.track();
        if let Some(parent) = node.get() {
            drawing::draw(&mut drawn.borrow_mut(), &parent, notices, &for_text);
        }
    });
    let growing = {
        let phase = cell.phase.clone();
        move || phase.get() == Phase::Answering
    };
    let has_answer = {
        let cell = cell.clone();
        Memo::new(move |_| {
            cell.facts.track();
            cell.state().log.timeline().at(Mark::FirstAnswer).is_some()
        })
    };
    let failure = {
        let cell = cell.clone();
        Memo::new(move |_| {
            let is_failed = cell.phase.get() == Phase::Failed;
            let state = cell.state();
            let failure = state.log.failure().filter(|_| is_failed)?;
            let how = state.key_missing.then(|| words().present().key_missing);
            Some((failure.kind.as_str(), state.failure_title(), how))
        })
    };
    let hides = Memo::new(move |_| presenting.hides_answers());
    view! {
        <div class="answer" class:cursor=growing node_ref=node data-testid="answer" hidden=move || hides.get()></div>
        {move || {
            (hides.get() && has_answer.get())
                .then(|| {
                    view! {
                        <p class="present-held" data-testid="present-held">
                            {words().present().held_back}
                        </p>
                    }
                })
        }}
        {move || {
            failure
                .get()
                .map(|(kind, title, how)| {
                    view! {
                        <p class="present-fault" data-testid="error" data-kind=kind>
                            {title}
                        </p>
                        {how.map(|how| view! { <p class="present-held">{how}</p> })}
                    }
                })
        }}
    }
}
