//! The names, all at once, with the figures that were kept back.

use super::{Room, outcome};
use crate::{
    core::timing::Figure,
    ui::{kit::focus, pane_rows::Row, show},
    words::words,
};
use leptos::prelude::*;

/// What comes back with the names.
const FIGURES: [Figure; 4] = [
    Figure::FirstAnswer,
    Figure::Total,
    Figure::TokensPerSecond,
    Figure::OutputTokens,
];

/// Who wrote what, and the ballots so far.
pub(super) fn view(room: Room) -> AnyView {
    let w = words().ballot();
    view! {
        <section class="room-card room-wide" aria-labelledby="room-title" data-testid="revealed">
            <h2 id="room-title" tabindex="-1">{w.revealed}</h2>
            <div class="score-scroll" tabindex="0" role="group" aria-label=w.revealed>
                {table(room)}
            </div>
            <div class="card-actions">
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="blind-done"
                    on:click=move |_| {
                        room.comparison.blind.set(None);
                        focus::later(["[data-testid=ballots]", focus::PROMPT]);
                    }
                >
                    {w.back_to_page}
                </button>
            </div>
        </section>
        <section class="room-card room-wide">{outcome::view(false)}</section>
    }
    .into_any()
}

/// The answers to the last question that was voted on, with names and figures.
fn table(room: Room) -> AnyView {
    let w = words().ballot();
    let sheet = room.sheet.get_untracked();
    let turn = sheet
        .as_ref()
        .and_then(|it| it.open_turns().last().copied());
    let letters = turn.map(|turn| room.shown(turn)).unwrap_or_default();
    let turn_id = turn.and_then(|turn| {
        let turns = room.comparison.turns.get_untracked();
        turns.get(turn).map(|turn| turn.id)
    });
    let panes = room.comparison.panes.get_untracked();
    let rows = panes.iter().enumerate().map(|(place, pane)| {
        let row = untrack(|| Row::read(place, pane, turn_id));
        let letter = letters.iter().find(|(_, pane)| *pane == place);
        let letter = letter.map_or_else(
            || words().unknown.to_owned(),
            |(letter, _)| letter.to_string(),
        );
        let figures: Vec<_> = FIGURES
            .map(|figure| {
                let shown = show::figure(&row.metrics, figure);
                view! { <td>{shown.text}{shown.unit}</td> }
            })
            .into_iter()
            .collect();
        let cost = words().cost().short(&row.cost, words().unknown);
        view! {
            <tr data-accent=(place % 8).to_string() data-testid="revealed-row">
                <th scope="row">
                    <div class="score-name">
                        <span class="swatch"></span>
                        <span class="name">{row.name.clone()}</span>
                        <span class="route">{row.route.clone()}</span>
                    </div>
                </th>
                <td>{letter}</td>
                {figures}
                <td>{cost}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let heads = FIGURES.iter().chain([&Figure::Cost]).map(|figure| {
        let term = words().metrics.figure(*figure);
        view! { <th scope="col" title=term.definition>{term.name}</th> }
    });
    let heads: Vec<_> = heads.collect();
    view! {
        <table class="num ballot-table">
            <thead>
                <tr>
                    <th scope="col">{w.model}</th>
                    <th scope="col">{w.column_you}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
