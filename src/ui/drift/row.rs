//! One pane's row: then, now, and what changed.

use super::{earlier, is_going_on, lacking, moment, runs, way::Way};
use crate::{
    app::{Pane, PaneSetup, RunCell, Vault, results, use_vault},
    core::{
        chart::{Digits, format_usd},
        domain::{ModelId, ProviderId},
        drift::{CostPair, Drift, FigurePair, Pair, Side, drift, may_be_chance},
        recipe::result::RunFacts,
        timing::Figure,
    },
    ui::reading::{
        compared::{Compared, Of, follow},
        figures::{cost_difference, difference, value},
        marks,
    },
    words::{drift::Said, words},
};
use leptos::prelude::*;

/// One pane.
#[component]
pub fn Row(
    /// The pane.
    pane: Pane,
    /// The turn whose runs are compared.
    turn: Memo<Option<u32>>,
    /// The way through the changes, on which those of this pane lie.
    way: Way,
) -> impl IntoView {
    let w = words().drift();
    let chosen = RwSignal::new(None::<u32>);
    let of_pane = pane.clone();
    let all = Memo::new(move |_| runs(&of_pane, turn.get()));
    let then = Memo::new(move |_| {
        let chosen = chosen.get();
        all.with(|all| {
            let by_hand = all.iter().find(|cell| Some(cell.id) == chosen);
            by_hand.or_else(|| earlier(all)).cloned()
        })
    });
    let now = Memo::new(move |_| all.with(|all| all.last().filter(|_| all.len() > 1).cloned()));
    let compared = follow(then, now, RwSignal::new(Of::Answer));
    way.follow(pane.id, compared);
    let setup = pane.setup.clone();
    let name = move || setup.with(|setup| setup.name().to_owned());
    let labelled = name.clone();
    let (vault, setup_of_row) = (use_vault(), pane.setup.clone());
    let side = move |cell: Memo<Option<RunCell>>, shown: marks::Shown| {
        let setup_of_row = setup_of_row.clone();
        // Drawn anew for another run only: what grows keeps its nodes.
        move || match cell.get() {
            Some(cell) => answer(cell, compared, shown),
            None if shown == marks::Shown::New => not_yet(setup_of_row.clone(), vault),
            None => view! { <p class="hint">{w.nothing_before}</p> }.into_any(),
        }
    };
    let id = pane.id;
    let what = move || {
        let (then, now) = (then.get()?, now.get()?);
        for cell in [&then, &now] {
            cell.facts.track();
            cell.phase.track();
            cell.cost.track();
        }
        Some(what_changed(&pane, &then, &now))
    };
    let paths = move || match compared.get() {
        Some(Compared::Paths(changes, _)) if !changes.is_empty() => Some(marks::paths(&changes)),
        _ => None,
    };
    view! {
        <div
            class="drift-row"
            role="group"
            data-testid="drift-row"
            data-row=id.0.to_string()
            aria-label=labelled
            on:focusin=move |event| way.came(id, &event)
        >
            <h3>{name}</h3>
            <div class="drift-side" data-testid="drift-then">
                <h4>{w.then} " " {move || made(then.get())}</h4>
                <Choose all chosen then />
                {side(then, marks::Shown::Old)}
            </div>
            <div class="drift-side" data-testid="drift-now">
                <h4>{w.now} " " {move || made(now.get())}</h4>
                {side(now, marks::Shown::New)}
            </div>
            <div class="drift-what" data-testid="drift-what">
                <h4>{w.what}</h4>
                {what}
                {paths}
            </div>
        </div>
    }
}

/// That there is no later run, and for want of which key.
fn not_yet(setup: ArcRwSignal<PaneSetup>, vault: Vault) -> AnyView {
    let w = words().drift();
    let text = move || match setup.with(|setup| lacking::of_pane(setup, vault)) {
        Some(provider) => (w.needs_key)(&provider),
        None => w.not_yet.to_owned(),
    };
    view! { <p class="hint">{text}</p> }.into_any()
}

/// When a run was made, and whether by a model.
fn made(cell: Option<RunCell>) -> Option<AnyView> {
    let cell = cell?;
    cell.facts.track();
    let state = cell.state();
    let when = state.sent_at.map(|at| moment(&at.to_iso()));
    let created = || {
        let restored = state.restored.as_ref()?;
        restored.document.created.as_deref().map(moment)
    };
    let when = when.or_else(created)?;
    Some(view! { <small class="hint">{(words().drift().made)(&when)}</small> }.into_any())
}

/// Which of several earlier runs.
#[component]
fn Choose(
    all: Memo<Vec<RunCell>>,
    chosen: RwSignal<Option<u32>>,
    then: Memo<Option<RunCell>>,
) -> impl IntoView {
    let w = words().drift();
    move || {
        let all = all.get();
        let (_, before) = all.split_last().filter(|(_, before)| before.len() > 1)?;
        let options = before.iter().enumerate().map(|(at, cell)| {
            let id = cell.id;
            let when = cell.state().sent_at.map(|at| moment(&at.to_iso()));
            view! {
                <option
                    value=id.to_string()
                    selected=move || then.get().is_some_and(|then| then.id == id)
                >
                    {(w.earlier_run)(at + 1, when.as_deref())}
                </option>
            }
            .into_any()
        });
        Some(
            view! {
                <select
                    class="select"
                    aria-label=w.earlier
                    data-testid="drift-earlier"
                    on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
                >
                    {options.collect_view()}
                </select>
            }
            .into_any(),
        )
    }
}

/// A run's answer with its marks, or what there is to say instead.
fn answer(cell: RunCell, compared: RwSignal<Option<Compared>>, shown: marks::Shown) -> AnyView {
    let is_marked =
        Memo::new(move |_| compared.with(|all| matches!(all, Some(Compared::Words { .. }))));
    let for_text = cell.clone();
    let text = move || {
        if is_marked.get() {
            return marks::text(compared.into(), shown);
        }
        for_text.text.track();
        let text = for_text.state().log.answer().to_owned();
        (!text.is_empty())
            .then(|| view! { <div class="marked">{text}</div> })
            .into_any()
    };
    view! {
        {move || notes(&cell)}
        {text}
    }
    .into_any()
}

/// What is to be known of a run beside its answer (tracked).
fn notes(cell: &RunCell) -> AnyView {
    let w = words().drift();
    cell.text.track();
    let phase = cell.phase.get();
    let state = cell.state();
    let failure = state.failure_title();
    let simulated = state
        .setup
        .as_ref()
        .is_some_and(PaneSetup::is_simulated)
        .then_some(w.simulated);
    let is_blank = state.log.answer().is_empty();
    let waits = is_going_on(phase).then(|| words().phase(phase));
    let lacks = (is_blank && waits.is_none() && failure.is_none()).then_some(w.no_answer);
    let notes = [
        failure,
        lacks.map(str::to_owned),
        waits.map(str::to_owned),
        simulated.map(str::to_owned),
    ];
    let notes = notes.into_iter().flatten();
    notes
        .map(|note| view! { <p class="hint">{note}</p> }.into_any())
        .collect_view()
        .into_any()
}

fn what_changed(pane: &Pane, then: &RunCell, now: &RunCell) -> AnyView {
    let (then, now) = (Known::of(pane, then), Known::of(pane, now));
    let found = drift(then.side(), now.side());
    let w = words().drift();
    let chance = may_be_chance(then.side(), now.side(), &found);
    let chance =
        chance.then(|| view! { <p class="hint" data-testid="drift-single">{w.single}</p> });
    let Drift {
        changes,
        figures,
        cost,
    } = found;
    let said: Vec<Said> = changes.iter().map(w.said).collect();
    let nothing = said.is_empty().then_some(w.nothing_changed);
    view! {
        {figure_table(&figures, &cost)}
        {chance}
        {nothing.map(|nothing| view! { <p class="hint">{nothing}</p> }.into_any())}
        <ul class="drift-changes" data-testid="drift-changes">
            {said.into_iter().map(change).collect_view()}
        </ul>
    }
    .into_any()
}

/// A run with what it asked.
struct Known {
    provider: ProviderId,
    model: ModelId,
    facts: RunFacts,
}

impl Known {
    fn of(pane: &Pane, cell: &RunCell) -> Self {
        let facts = results::facts(pane, cell);
        let setup = cell.state().setup.clone();
        let setup = setup.unwrap_or_else(|| pane.setup.get_untracked());
        Self {
            provider: setup.provider,
            model: setup.model,
            facts,
        }
    }

    fn side(&self) -> Side<'_> {
        Side {
            provider: &self.provider,
            model: &self.model,
            facts: &self.facts,
        }
    }
}

fn change(said: Said) -> AnyView {
    let values = said.values.map(|[then, now]| {
        view! {
            <span class="drift-values">
                <del class="mark-gone">
                    <span class="visually-hidden">{words().drift().then} " "</span>
                    {then}
                </del>
                " → "
                <ins class="mark-new">
                    <span class="visually-hidden">{words().drift().now} " "</span>
                    {now}
                </ins>
            </span>
        }
        .into_any()
    });
    view! { <li><span>{said.what}</span> " " {values}</li> }.into_any()
}

fn figure_table(figures: &[FigurePair], cost: &CostPair) -> AnyView {
    let w = words().drift();
    let rows = figures.iter().map(|one| {
        let by = one.difference();
        let texts = Pair {
            then: one.pair.then.map(|number| value(one.figure, number)),
            now: one.pair.now.map(|number| value(one.figure, number)),
        };
        let share = by.zip(one.pair.then).filter(|(_, then)| *then != 0.0);
        let percent = share.and_then(|(by, then)| (w.percent)(by / then));
        figure_row(
            one.figure,
            texts,
            by.map(|by| difference(one.figure, by)),
            percent,
        )
    });
    let amount = |amount: crate::core::pricing::PicoUsd| format_usd(amount, Digits::Full);
    let costs = Pair {
        then: cost.pair.then.map(amount),
        now: cost.pair.now.map(amount),
    };
    let has_cost = costs.then.is_some() || costs.now.is_some();
    let cost_row = has_cost.then(|| figure_row(Figure::Cost, costs, cost_difference(cost), None));
    view! {
        <table class="drift-figures num">
            <thead>
                <tr>
                    <th scope="col">{w.figure}</th>
                    <th scope="col">{w.then}</th>
                    <th scope="col">{w.now}</th>
                    <th scope="col">{w.difference}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()} {cost_row}</tbody>
        </table>
    }
    .into_any()
}

fn figure_row(
    figure: Figure,
    texts: Pair<String>,
    by: Option<String>,
    percent: Option<String>,
) -> AnyView {
    let shown = |text: Option<String>| text.unwrap_or_else(|| words().unknown.to_owned());
    let by = match (by, percent) {
        (Some(by), Some(percent)) => format!("{by} ({percent})"),
        (by, _) => shown(by),
    };
    view! {
        <tr data-figure=figure.as_str()>
            <th scope="row">{words().metrics.figure(figure).name}</th>
            <td>{shown(texts.then)}</td>
            <td>{shown(texts.now)}</td>
            <td>{by}</td>
        </tr>
    }
    .into_any()
}
