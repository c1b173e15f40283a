//! Shares with their intervals as bars on one axis from 0 to 100 %, and the
//! marks.

use crate::{
    core::ballot::{
        interval::Interval,
        tally::{PaneTally, Tally},
    },
    words::words,
};
use leptos::prelude::*;

/// Both pictures and the table of marks.
pub(super) fn view(tally: &Tally, name: &dyn Fn(usize) -> String) -> AnyView {
    let w = words().ballot();
    let panes = || tally.panes.iter().enumerate();
    let rates = panes().map(|(at, pane)| {
        let of = (pane.decided > 0).then(|| f64::from(pane.won) / f64::from(pane.decided));
        let notes = [
            (pane.decided > 0).then(|| (w.won_of)(pane.won, pane.decided)),
            (pane.bad > 0)
                .then(|| format!("{}: {}", w.column_bad, (w.bad_of)(pane.bad, pane.stood))),
        ];
        bar(
            at,
            &name(at),
            of.map(|share| (share, pane.interval)),
            &notes,
            None,
        )
    });
    let rates: Vec<_> = rates.collect();
    let mut ranked: Vec<(usize, &PaneTally)> =
        panes().filter(|(_, it)| it.strength.is_some()).collect();
    let share = |pane: &PaneTally| pane.strength.map_or(0.0, |strength| strength.share);
    ranked.sort_by(|a, b| share(b.1).total_cmp(&share(a.1)));
    // Without a common scale a list of all would be a ranking.
    let has_ranking = ranked.len() > 1 && tally.groups.len() == 1;
    let ranking = has_ranking.then(|| {
        let rows = ranked.iter().filter_map(|(at, pane)| {
            let strength = pane.strength?;
            let range = strength.spread.map(|it| (it.best_place, it.worst_place));
            let notes = [strength.one_sided.then(|| w.one_sided.to_owned()), None];
            let of = Some((strength.share, strength.interval));
            Some(bar(
                *at,
                &name(*at),
                of,
                &notes,
                Some((w.place)(strength.place, range)),
            ))
        });
        let rows: Vec<_> = rows.collect();
        view! {
            <h4>{w.ranking}</h4>
            <p class="hint">{w.ranking_hint}</p>
            <ol class="bars" data-testid="ranking">{rows}</ol>
        }
    });
    view! {
        <h4>{w.win_rates}</h4>
        <p class="hint">{w.win_rates_hint}</p>
        <ul class="bars" data-testid="win-rates">{rates}</ul>
        {ranking}
        {marks(tally, name)}
    }
    .into_any()
}

/// One share with its interval, in words too.
fn bar(
    at: usize,
    name: &str,
    share: Option<(f64, Interval)>,
    notes: &[Option<String>],
    place: Option<String>,
) -> AnyView {
    let w = words().ballot();
    let text = match share {
        Some((share, interval)) => (w.share)(share, interval),
        None => w.never_decided.to_owned(),
    };
    let notes: Vec<&str> = notes.iter().flatten().map(String::as_str).collect();
    let notes = notes.join(" · ");
    let drawing = share.map(|(share, interval)| {
        let x = |share: f64| crate::core::real::fixed(share * 200.0, 1);
        view! {
            <svg class="bar-picture" viewBox="0 0 200 16" preserveAspectRatio="none" aria-hidden="true">
                <line class="bar-axis" x1="0" x2="200" y1="8" y2="8" />
                <line class="bar-half" x1="100" x2="100" y1="0" y2="16" />
                <line class="bar-span" x1=x(interval.low) x2=x(interval.high) y1="8" y2="8" />
                <line class="bar-end" x1=x(interval.low) x2=x(interval.low) y1="4" y2="12" />
                <line class="bar-end" x1=x(interval.high) x2=x(interval.high) y1="4" y2="12" />
                <line class="bar-mark" x1=x(share) x2=x(share) y1="1" y2="15" />
            </svg>
        }
    });
    view! {
        <li data-accent=(at % 8).to_string() data-testid="bar">
            <span class="bar-name">
                {place.map(|place| view! { <span class="bar-place num">{place}</span> })}
                <span class="swatch"></span>
                <span class="name">{name.to_owned()}</span>
            </span>
            {drawing}
            <span class="bar-text num">{text}</span>
            {(!notes.is_empty()).then(|| view! { <span class="hint bar-note">{notes}</span> })}
        </li>
    }
    .into_any()
}

fn marks(tally: &Tally, name: &dyn Fn(usize) -> String) -> Option<AnyView> {
    let w = words().ballot();
    if tally.marks.is_empty() {
        return None;
    }
    let heads: Vec<_> = tally
        .marks
        .iter()
        .map(|criterion| view! { <th scope="col">{criterion.name.clone()}</th> })
        .collect();
    let rows: Vec<_> = (0..tally.panes.len())
        .map(|at| {
            let cells = tally.marks.iter().map(|criterion| {
                let mean = criterion.means.get(at).copied().flatten();
                let text = mean.map_or_else(
                    || words().unknown.to_owned(),
                    |(mean, count)| (w.mean)(mean, count),
                );
                view! { <td>{text}</td> }
            });
            let cells: Vec<_> = cells.collect();
            view! {
                <tr>
                    <th scope="row">{name(at)}</th>
                    {cells}
                </tr>
            }
        })
        .collect();
    Some(
        view! {
            <h4>{w.marks}</h4>
            <div class="score-scroll" tabindex="0" role="group" aria-label=w.marks>
                <table class="num ballot-table" data-testid="mark-table">
                    <thead>
                        <tr>
                            <th scope="col">{w.model}</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}
