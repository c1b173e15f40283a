//! One row a pane, so that the figures can be read down a column.

use super::{pane::is_covered, pane_rows::Row, show};
use crate::{
    app::{Pane, use_comparison, use_settings},
    core::{chart, run::Phase, timing::Figure},
    ui::kit::{Icon, IconName},
    words::words,
};
use leptos::prelude::*;

/// The columns, in order.
const COLUMNS: [Figure; 8] = [
    Figure::FirstToken,
    Figure::FirstAnswer,
    Figure::Total,
    Figure::TokensPerSecond,
    Figure::InputTokens,
    Figure::CachedInputTokens,
    Figure::OutputTokens,
    Figure::ThinkingTokens,
];

/// By which column, and whether the smallest comes first.
type Sorting = Option<(Figure, bool)>;

/// The strip; it appears with the first result.
#[component]
pub fn Scoreboard() -> impl IntoView {
    let comparison = use_comparison();
    let settings = use_settings();
    let sorting = RwSignal::new(None::<(Figure, bool)>);
    let shown = Memo::new(move |_| {
        comparison.turns.with(|turns| !turns.is_empty())
            && comparison.panes.with(|panes| panes.len() > 1)
    });
    view! {
        <Show when=move || shown.get()>
            <section class="score" inert=move || is_covered(comparison) aria-label=words().score.label data-testid="scoreboard">
                <div class="score-head">
                    <h2>
                        <button
                            type="button"
                            class="btn-text"
                            aria-expanded=move || settings.scoreboard_open.get().to_string()
                            on:click=move |_| settings.scoreboard_open.update(|open| *open = !*open)
                        >
                            <span class="fold" class:fold-open=move || settings.scoreboard_open.get()>
                                <Icon name=IconName::Down />
                            </span>
                            {words().score.label}
                        </button>
                    </h2>
                </div>
                <Show when=move || settings.scoreboard_open.get()>
                    <div class="score-scroll" tabindex="0" role="group" aria-label=words().score.label>
                        <Table sorting />
                    </div>
                </Show>
            </section>
        </Show>
    }
}

fn rows(panes: &[Pane], turn: Option<u32>) -> Vec<Row> {
    panes
        .iter()
        .enumerate()
        .map(|(place, pane)| Row::read(place, pane, turn))
        .collect()
}

/// The columns that hold anything; the total also says what a run is doing.
fn known_columns(rows: &[Row]) -> Vec<Figure> {
    COLUMNS
        .into_iter()
        .filter(|figure| {
            *figure == Figure::Total || rows.iter().any(|row| row.value(*figure).is_some())
        })
        .collect()
}

#[component]
fn Table(sorting: RwSignal<Sorting>) -> impl IntoView {
    let comparison = use_comparison();
    let rows = Memo::new(move |_| {
        let turn = comparison.last_turn().map(|turn| turn.id);
        comparison.panes.with(|panes| rows(panes, turn))
    });
    let columns = Memo::new(move |_| rows.with(|rows| known_columns(rows)));
    let body = move || {
        let rows = rows.get();
        let columns = columns.get();
        let bests: Vec<Vec<bool>> = columns
            .iter()
            .map(|figure| {
                let values: Vec<Option<f64>> = rows.iter().map(|row| row.ranked(*figure)).collect();
                figure.lower_is_better().map_or_else(
                    || vec![false; rows.len()],
                    |lower| chart::best(&values, lower),
                )
            })
            .collect();
        let order: Vec<usize> = match sorting.get() {
            None => (0..rows.len()).collect(),
            Some((figure, ascending)) => {
                let values: Vec<Option<f64>> = rows.iter().map(|row| row.ranked(figure)).collect();
                chart::sort_order(&values, ascending)
            }
        };
        order
            .into_iter()
            .filter_map(|at| Some((at, rows.get(at)?.clone())))
            .map(|(at, row)| row_view(at, &row, &columns, &bests))
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
                            title=words().score.unsort
                            on:click=move |_| sorting.set(None)
                        >
                            {words().score.model}
                        </button>
                    </th>
                    <For
                        each=move || columns.get()
                        key=|figure| figure.as_str()
                        children=move |figure| view! { <ColumnHead figure sorting /> }
                    />
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
        words().score.rate
    } else {
        words().metrics.figure(figure).name
    }
}

fn row_view(
    at: usize,
    row: &Row,
    columns: &[Figure],
    bests: &[Vec<bool>],
) -> impl IntoView + use<> {
    let cells: Vec<_> = columns
        .iter()
        .zip(bests)
        .map(|(figure, best)| {
            let is_best = best.get(at).copied().unwrap_or_default();
            let text = cell_text(row, *figure);
            let spoken = is_best.then_some(words().score.best);
            view! {
                <td class:best=is_best title=spoken>
                    {text}
                </td>
            }
        })
        .collect();
    view! {
        <tr data-accent=(row.place % 8).to_string()>
            <th scope="row">
                <div class="score-name" title=format!("{} · {}", row.name, row.route)>
                    <span class="swatch"></span>
                    <span class="name">{row.name.clone()}</span>
                    {row.simulated.then(|| view! { <span class="tag">{words().pane.simulated}</span> })}
                    {(!row.simulated).then(|| view! { <span class="route">{row.route.clone()}</span> })}
                </div>
            </th>
            {cells}
        </tr>
    }
}

/// The figure, or, in the column of the total, what the run is doing.
fn cell_text(row: &Row, figure: Figure) -> String {
    if figure == Figure::Total && row.phase != Phase::Done && row.phase != Phase::Idle {
        return words().phase(row.phase).to_owned();
    }
    let shown = show::figure(&row.metrics, figure);
    if shown.value.is_some() && figure != Figure::TokensPerSecond {
        format!("{}{}", shown.text, shown.unit)
    } else {
        shown.text
    }
}
