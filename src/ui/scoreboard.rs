//! One row a pane, so that the figures can be read down a column.

use super::{later::late, money, pane::is_covered, pane_rows::Row, show};
use crate::{
    app::{Pane, Settings, use_comparison, use_settings},
    browser::page,
    core::{chart, run::Phase, timing::Figure},
    ui::kit::{Icon, IconName, cut_name},
    words::words,
};
use leptos::prelude::*;

/// The columns, in order. All of them, whether they hold anything yet or not:
/// one that came with its first figure would push the others aside.
const COLUMNS: [Figure; 9] = [
    Figure::FirstToken,
    Figure::FirstAnswer,
    Figure::Total,
    Figure::TokensPerSecond,
    Figure::InputTokens,
    Figure::CachedInputTokens,
    Figure::OutputTokens,
    Figure::ThinkingTokens,
    // The last: what a thousand cost stands behind it.
    Figure::Cost,
];

/// By which column, and whether the smallest comes first.
pub type Sorting = Option<(Figure, bool)>;

/// The strip; it appears with the first result.
#[component]
pub fn Scoreboard() -> impl IntoView {
    let comparison = use_comparison();
    let settings = use_settings();
    let sorting = RwSignal::new(None::<(Figure, bool)>);
    // Where there is little room it would take the place of the answers: there it
    // opens on a tap.
    let opened_here = RwSignal::new(false);
    let open = if page::is_small() {
        opened_here
    } else {
        settings.scoreboard_open
    };
    let shown = Memo::new(move |_| {
        comparison.turns.with(|turns| !turns.is_empty())
            && comparison.panes.with(|panes| panes.len() > 1)
    });
    view! {
        <Show when=move || shown.get()>
            <section class="score" inert=move || is_covered(comparison) aria-label=words().score().label data-testid="scoreboard">
                <div class="score-head">
                    <h2>
                        <button
                            type="button"
                            class="btn-text"
                            aria-expanded=move || open.get().to_string()
                            on:click=move |_| open.update(|open| *open = !*open)
                        >
                            <span class="fold" class:fold-open=move || open.get()>
                                <Icon name=IconName::Down />
                            </span>
                            {words().score().label}
                        </button>
                    </h2>
                </div>
                <Show when=move || open.get()>
                    // As high as the table will be, which comes with a later part.
                    <div
                        class="score-scroll"
                        tabindex="0"
                        role="group"
                        aria-label=words().score().label
                        style=("--rows", move || comparison.panes.with(Vec::len).to_string())
                    >
                        {late(move |parts| (parts.score)(sorting))}
                    </div>
                </Show>
            </section>
        </Show>
    }
}

/// The table.
pub fn table(sorting: RwSignal<Sorting>) -> AnyView {
    view! { <Table sorting /> }.into_any()
}

fn rows(panes: &[Pane], turn: Option<u32>) -> Vec<Row> {
    panes
        .iter()
        .enumerate()
        .map(|(place, pane)| Row::read(place, pane, turn))
        .collect()
}

/// A column as it is ranked.
fn ranked(rows: &[Row], figure: Figure) -> Vec<Option<f64>> {
    let values: Vec<_> = rows.iter().map(|row| row.ranked(figure)).collect();
    let simulated: Vec<_> = rows.iter().map(|row| row.simulated).collect();
    chart::comparable(&values, &simulated)
}

#[component]
fn Table(sorting: RwSignal<Sorting>) -> impl IntoView {
    let comparison = use_comparison();
    let settings = use_settings();
    let rows = Memo::new(move |_| {
        let turn = comparison.shown_turn().map(|turn| turn.id);
        comparison.panes.with(|panes| rows(panes, turn))
    });
    let body = move || {
        let rows = rows.get();
        let bests: Vec<Vec<bool>> = COLUMNS
            .iter()
            .map(|figure| {
                let values = ranked(&rows, *figure);
                figure.lower_is_better().map_or_else(
                    || vec![false; rows.len()],
                    |lower| chart::best(&values, lower),
                )
            })
            .collect();
        let order: Vec<usize> = match sorting.get() {
            None => (0..rows.len()).collect(),
            Some((figure, ascending)) => {
                // By what is shown, estimates included; only the mark of the
                // best is kept for what can be compared.
                let values: Vec<_> = rows.iter().map(|row| row.value(figure)).collect();
                chart::sort_order(&values, ascending)
            }
        };
        order
            .into_iter()
            .filter_map(|at| Some((at, rows.get(at)?.clone())))
            .map(|(at, row)| row_view(at, &row, &bests, settings))
            .collect_view()
    };
    view! {
        <table class="num">
            <thead>
                <tr>
                    <th scope="col" aria-sort=move || sorting.get().is_none().then_some("none")>
                        <button
                            type="button"
                            class="btn-text"
                            title=words().score().unsort
                            on:click=move |_| sorting.set(None)
                        >
                            {words().score().model}
                        </button>
                    </th>
                    {COLUMNS
                        .map(|figure| view! { <ColumnHead figure sorting /> }.into_any())
                        .collect_view()}
                    <th scope="col" class="plain" title=words().sum().per_thousand_hint>
                        {words().sum().per_thousand}
                    </th>
                </tr>
            </thead>
            <tbody>{body}</tbody>
        </table>
    }
}

#[component]
fn ColumnHead(figure: Figure, sorting: RwSignal<Sorting>) -> impl IntoView {
    let sort = move || match sorting.get() {
        Some((by, true)) if by == figure => Some("ascending"),
        Some((by, false)) if by == figure => Some("descending"),
        _ => None,
    };
    let mark = move || match sort() {
        Some("ascending") => " ↑",
        Some("descending") => " ↓",
        _ => "",
    };
    // The first click shows the best on top.
    let best_first = figure.lower_is_better().unwrap_or(true);
    let click = move |_| {
        sorting.update(|sorting| {
            *sorting = match *sorting {
                Some((by, ascending)) if by == figure => Some((figure, !ascending)),
                _ => Some((figure, best_first)),
            };
        });
    };
    view! {
        <th scope="col" aria-sort=sort>
            <button
                type="button"
                class="btn-text"
                title=words().metrics.figure(figure).definition
                on:click=click
            >
                {column_name(figure)}
                {mark}
            </button>
        </th>
    }
}

/// A rate stands in its column without its unit, so the head says it.
fn column_name(figure: Figure) -> &'static str {
    if figure == Figure::TokensPerSecond {
        words().score().rate
    } else {
        words().metrics.figure(figure).name
    }
}

fn row_view(
    at: usize,
    row: &Row,
    bests: &[Vec<bool>],
    settings: Settings,
) -> impl IntoView + use<> {
    let cells: Vec<_> = COLUMNS
        .iter()
        .zip(bests)
        .map(|(figure, best)| {
            let is_best = best.get(at).copied().unwrap_or_default();
            let text = cell_text(row, *figure);
            let spoken = is_best.then_some(words().score().best);
            view! {
                <td class:best=is_best title=spoken>
                    {text}
                    {other_text(row, *figure, settings)}
                </td>
            }
            .into_any()
        })
        .collect();
    let thousand = words()
        .cost()
        .thousand(&row.cost, row.phase, words().unknown);
    let thousand_other = row.cost.of_a_thousand(row.phase).and_then(|priced| {
        let amount = money::other(settings, priced.total, priced.source);
        other_amount(amount, String::new())
    });
    view! {
        <tr data-accent=(row.place % 8).to_string()>
            <th scope="row">
                <div class="score-name" title=format!("{} · {}", row.name, row.route)>
                    <span class="swatch"></span>
                    <span class="name">{cut_name(&row.name)}</span>
                    {row.simulated.then(|| view! { <span class="tag">{words().pane.simulated}</span> })}
                    {(!row.simulated).then(|| view! { <span class="route">{row.route.clone()}</span> })}
                </div>
            </th>
            {cells}
            <td>{thousand} {thousand_other}</td>
        </tr>
    }
}

/// The figure, or, in the column of the total, what the run is doing.
fn cell_text(row: &Row, figure: Figure) -> String {
    if figure == Figure::Total && row.phase != Phase::Done && row.phase != Phase::Idle {
        return words().phase(row.phase).to_owned();
    }
    if figure == Figure::Cost {
        return words().cost().short(&row.cost, words().unknown);
    }
    let shown = show::figure(&row.metrics, figure);
    if shown.value.is_some() && figure != Figure::TokensPerSecond {
        format!("{}{}", shown.text, shown.unit)
    } else {
        shown.text
    }
}

/// What stands beside a cost: the mark of old prices, and the amount in the
/// person's other currency.
fn other_text(row: &Row, figure: Figure, settings: Settings) -> Option<AnyView> {
    let shown = (figure == Figure::Cost).then(|| money::figure(&row.cost, settings))?;
    let other = [shown.unit, shown.below].join(" ");
    other_amount(other.trim().to_owned(), shown.note)
}

fn other_amount(text: String, note: String) -> Option<AnyView> {
    (!text.is_empty()).then(|| view! { <span class="route" title=note>{text}</span> }.into_any())
}
