//! A pane's answer against the reference.

use super::{
    Reading,
    compared::{Compared, Of, follow},
    figures::{cost_difference, difference},
    keys, marks,
    scroll::to_begin,
    use_reading,
};
use crate::{
    app::{Pane, RunCell},
    core::{
        diff::Grain,
        domain::PaneId,
        drift::{CostPair, FigurePair, Pair},
        timing::Figure,
    },
    ui::{
        kit::{Icon, IconName},
        pane::PaneContext,
    },
    words::words,
};
use leptos::{html, prelude::*};
use std::sync::Arc;

/// A smaller share of common words than this is hardly any.
const LITTLE: f64 = 0.1;
/// The figures that stand beside the marks.
const FIGURES: [Figure; 4] = [
    Figure::FirstToken,
    Figure::FirstAnswer,
    Figure::Total,
    Figure::TokensPerSecond,
];

/// Marks of a run's answer against the pinned one, or that it is the pinned one;
/// nothing where none is pinned. `is_marked` is set while the marks stand in for
/// the answer.
pub fn view(cell: &RunCell, raw: RwSignal<bool>, is_marked: RwSignal<bool>) -> AnyView {
    let reading = use_reading();
    let PaneContext { pane, .. } = expect_context();
    let id = pane.id;
    let cell = cell.clone();
    let reference = Memo::new(move |_| reading.reference().map(|pane| pane.id));
    (move || match reference.get() {
        None => ().into_any(),
        Some(pinned) if pinned == id => reference_line(reading, id),
        Some(_) => {
            let shown = Place {
                reading,
                id,
                cell: cell.clone(),
                raw,
                is_marked,
            };
            view! { <Against shown /> }.into_any()
        }
    })
    .into_any()
}

fn reference_line(reading: Reading, id: PaneId) -> AnyView {
    let w = words().reading();
    view! {
        <div class="reading reading-pinned" data-testid="reference">
            <div class="reading-head">
                <span class="reading-name">{w.is_reference}</span>
                <button
                    type="button"
                    class="btn-text"
                    data-testid="unpin"
                    on:click=move |_| reading.toggle(id)
                >
                    {w.unpin}
                </button>
            </div>
        </div>
    }
    .into_any()
}

/// What the parts of a comparison need to know.
#[derive(Clone)]
struct Place {
    reading: Reading,
    id: PaneId,
    cell: RunCell,
    raw: RwSignal<bool>,
    is_marked: RwSignal<bool>,
}

#[component]
fn Against(shown: Place) -> impl IntoView {
    let Place {
        reading,
        raw,
        is_marked,
        ..
    } = shown;
    let turn = shown.cell.turn;
    let theirs = Memo::new(move |_| reading.reference().and_then(|pane| pane.own_cell(turn)));
    let of = RwSignal::new(Of::Answer);
    let cell = shown.cell.clone();
    let ours = Memo::new(move |_| Some(cell.clone()));
    let compared = follow(theirs, ours, of);
    Effect::new(move |_| {
        let is_there = compared.with(Option::is_some);
        let stands_in = reading.marks.get() && is_there && !raw.get();
        if is_marked.get_untracked() != stands_in {
            is_marked.set(stands_in);
        }
    });
    on_cleanup(move || {
        is_marked.try_set(false);
    });
    let name = move || {
        reading
            .reference()
            .map(|pane: Pane| pane.setup.with(|setup| setup.name().to_owned()))
            .unwrap_or_default()
    };
    let missing = move || {
        compared.with(Option::is_none).then(|| {
            view! { <p class="hint">{(words().reading().no_answer_there)(&name())}</p> }.into_any()
        })
    };
    let cell = shown.cell.clone();
    let node = NodeRef::<html::Div>::new();
    let was_over = shown.cell.phase.get_untracked().is_over();
    Effect::new(move |_| {
        if let Some(marks) = node.get().filter(|_| was_over) {
            request_animation_frame(move || to_begin(&marks));
        }
    });
    view! {
        <div class="reading" node_ref=node role="group" data-testid="reading" aria-label=move || (words().reading().compared_with)(&name())>
            <Head shown compared of theirs />
            {missing}
            <Beside cell theirs compared />
            {move || is_marked.get().then(|| body(compared.into()))}
        </div>
    }
}

/// The marks with a note on them. Those of texts are drawn once and kept up to
/// date; values by path come at the end of both.
fn body(compared: Signal<Option<Compared>>) -> AnyView {
    let note = Memo::new(move |_| compared.with(|compared| compared.as_ref().and_then(note)));
    let paths = Memo::new(move |_| {
        compared.with(|compared| match compared {
            Some(Compared::Paths(changes, _)) => Some(Arc::clone(changes)),
            _ => None,
        })
    });
    view! {
        {move || {
            let note = note.get()?;
            Some(view! { <p class="hint" data-testid="reading-note">{note}</p> }.into_any())
        }}
        {move || match paths.get() {
            Some(changes) => marks::paths(&changes),
            None => marks::text(compared, marks::Shown::Both),
        }}
    }
    .into_any()
}

/// What is to be known of the marks.
fn note(compared: &Compared) -> Option<&'static str> {
    let w = words().reading();
    match compared {
        Compared::Words { diff, .. } if diff.is_empty() => Some(w.same),
        Compared::Words { diff, .. } if diff.grain == Grain::Lines => Some(w.by_lines),
        Compared::Words { diff, .. } => {
            let share = diff.words.share();
            share
                .filter(|share| *share < LITTLE)
                .map(|_| w.little_alike)
        }
        Compared::Paths(changes, _) if changes.is_empty() => Some(w.same),
        Compared::Paths(..) => Some(w.by_path),
    }
}

/// Whom it is compared with, the way through the changes, and what is shown.
#[component]
fn Head(
    shown: Place,
    compared: RwSignal<Option<Compared>>,
    of: RwSignal<Of>,
    theirs: Memo<Option<RunCell>>,
) -> impl IntoView {
    let w = words().reading();
    let Place {
        reading,
        id,
        raw,
        is_marked,
        ..
    } = shown.clone();
    let count = Memo::new(move |_| compared.with(|all| all.as_ref().map_or(0, Compared::changes)));
    let counted = move || {
        let of = count.get();
        let at = reading.at.get().filter(|at| at.0 == id && at.1 < of);
        match at {
            _ if compared.with(Option::is_none) => String::new(),
            Some((_, at)) => (w.at)(at + 1, of),
            None => (w.changes)(of),
        }
    };
    let name = move || {
        let name = reading
            .reference()
            .map(|pane| pane.setup.with(|setup| setup.name().to_owned()));
        (w.compared_with)(&name.unwrap_or_default())
    };
    let toggle = move |_| {
        if raw.get_untracked() {
            raw.set(false);
            reading.marks.set(true);
        } else {
            reading.marks.update(|marks| *marks = !*marks);
        }
    };
    let step = move |step: isize, label: &'static str, test_id: &'static str| {
        view! {
            <button
                type="button"
                class="btn-icon"
                class:icon-up=step < 0
                data-testid=test_id
                aria-label=label
                title=label
                disabled=move || count.get() == 0 || !is_marked.get()
                on:click=move |_| keys::go(reading, id, step)
            >
                <Icon name=IconName::Down />
            </button>
        }
    };
    view! {
        <div class="reading-head">
            <span class="reading-name">{name}</span>
            <span class="reading-tools">
                <span class="reading-way">
                    <span class="num" data-testid="change-count">
                        {counted}
                    </span>
                    {step(-1, w.previous, "previous-change")}
                    {step(1, w.next, "next-change")}
                </span>
                <button
                    type="button"
                    class="btn-text"
                    data-testid="toggle-marks"
                    aria-label=move || if is_marked.get() { w.show_answer } else { w.show_marks }
                    on:click=toggle
                >
                    {move || if is_marked.get() { w.answer } else { w.marks_short }}
                </button>
                <OfWhat cell=shown.cell of theirs />
            </span>
        </div>
    }
}

/// Answers or thinking, where both have some.
#[component]
fn OfWhat(cell: RunCell, of: RwSignal<Of>, theirs: Memo<Option<RunCell>>) -> impl IntoView {
    let w = words().reading();
    let both_thought = Memo::new(move |_| {
        let thought = |cell: &RunCell| {
            cell.phase.track();
            !cell.state().log.thinking().is_empty()
        };
        theirs.get().is_some_and(|theirs| thought(&theirs)) && thought(&cell)
    });
    let label = w.of_what;
    move || {
        both_thought.get().then(|| {
            view! {
                <select
                    class="select reading-of"
                    data-testid="compare-what"
                    aria-label=label
                    on:change=move |event| {
                        let chosen = event_target_value(&event);
                        of.set(if chosen == "thinking" { Of::Thinking } else { Of::Answer });
                    }
                >
                    <option value="answer" selected=move || of.get() == Of::Answer>{w.answer}</option>
                    <option value="thinking" selected=move || of.get() == Of::Thinking>{w.thinking}</option>
                </select>
            }
            .into_any()
        })
    }
}

/// Words in common, and how the figures differ from the reference's.
#[component]
fn Beside(
    cell: RunCell,
    theirs: Memo<Option<RunCell>>,
    compared: RwSignal<Option<Compared>>,
) -> impl IntoView {
    let of_words = move || {
        let compared = compared.get()?;
        let w = words().reading();
        let counts = compared.words();
        let share = match &compared {
            Compared::Words { .. } => counts.share(),
            Compared::Paths(..) => None,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 100"
        )]
        let share = share.map(|share| (w.share)((share * 100.0).round() as u32));
        Some((share, (w.length)(counts.old, counts.new)))
    };
    let figures = move || {
        let theirs = theirs.get()?;
        Some(figure_differences(&theirs, &cell))
    };
    view! {
        <ul class="reading-figures num" data-testid="reading-figures">
            {move || {
                let (share, length) = of_words()?;
                let share = share
                    .map(|share| view! { <li title=words().reading().share_hint>{share}</li> }.into_any());
                let length = length.map(|length| view! { <li>{length}</li> }.into_any());
                Some(view! { {share} {length} }.into_any())
            }}
            {move || {
                figures()
                    .into_iter()
                    .flatten()
                    .map(|(name, by)| view! { <li>{name} " " <b>{by}</b></li> }.into_any())
                    .collect_view()
            }}
        </ul>
    }
}

/// Names of figures and how much more they are, for those that both have.
fn figure_differences(theirs: &RunCell, ours: &RunCell) -> Vec<(&'static str, String)> {
    for cell in [theirs, ours] {
        cell.facts.track();
    }
    let (old, new) = (theirs.state().log.metrics(), ours.state().log.metrics());
    let mut found: Vec<(&'static str, String)> = FIGURES
        .into_iter()
        .filter_map(|figure| {
            let pair = Pair {
                then: old.value(figure),
                now: new.value(figure),
            };
            let by = FigurePair { figure, pair }.difference()?;
            // The same as the line before it, where nobody thought.
            let is_same = figure == Figure::FirstAnswer
                && new.ttft_ms == new.ttfa_ms
                && old.ttft_ms == old.ttfa_ms;
            let name = words().metrics.figure(figure).name;
            (!is_same).then(|| (name, difference(figure, by)))
        })
        .collect();
    let costs = CostPair::of(Some(&theirs.cost.get()), Some(&ours.cost.get()));
    if let Some(by) = cost_difference(&costs) {
        found.push((words().metrics.figure(Figure::Cost).name, by));
    }
    found
}
