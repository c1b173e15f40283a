//! Amounts on the screen: the cost of a run, and what explains it.

use super::{count_input, figure::Shown};
use crate::{
    app::{
        PaneSetup, RunCell, Settings, prices::Table, settings::OtherCurrency, use_prices,
        use_settings, use_upcoming,
    },
    core::{
        chart::{Digits, exact_usd, format_usd, grouped},
        pricing::{
            Cost, CostGap, CostLine, CostSource, PicoUsd, PriceBasis, Priced, TokenClass, WorstPart,
        },
    },
    words::{
        cost::{ABOUT, AT_MOST, OLD},
        words,
    },
};
use leptos::prelude::*;

/// A run's cost as a figure.
pub fn figure(cost: &Cost, settings: Settings) -> Shown {
    let unknown = words().unknown;
    let (value, source, below) = match cost {
        Cost::Known(priced) => (
            Some(priced.total.to_decimal()),
            priced.source.as_str(),
            other(settings, priced.total, priced.source),
        ),
        _ => (None, "", String::new()),
    };
    let is_old = is_old(cost);
    Shown {
        value,
        text: words().cost().short(cost, unknown),
        unit: if is_old { OLD } else { "" }.to_owned(),
        source,
        note: if is_old { words().cost().old } else { "" }.to_owned(),
        below,
    }
}

/// Whether an amount was made with prices of long ago.
pub fn is_old(cost: &Cost) -> bool {
    match cost {
        Cost::Known(priced) => priced.basis.as_ref().is_some_and(|basis| basis.is_stale()),
        _ => false,
    }
}

/// An amount in the person's other currency; empty where there is none
/// (tracked).
pub fn other(settings: Settings, amount: PicoUsd, source: CostSource) -> String {
    let is_rough = source == CostSource::Estimated;
    settings.other.with(|other| match other {
        Some(other) if is_rough => format!("{ABOUT}{}", other.write(amount, 2)),
        Some(other) => other.write(amount, 3),
        None => String::new(),
    })
}

/// Which rate, of when, in words.
pub fn rate_note(other: &OtherCurrency) -> String {
    (words().sum().rate_note)(&other.code, &other.typed, other.set_on, other.age_days())
}

/// How the cost of a run came about, line by line.
pub fn explain(cell: &RunCell) -> AnyView {
    let cell = cell.clone();
    (move || {
        let phase = cell.phase.get();
        let cost = cell.cost.get();
        match &*cost {
            Cost::Known(priced) => {
                let source = (words().sum().source)(priced, phase);
                let mut all = vec![paragraph(source.to_owned())];
                all.extend(priced_as(&cell).map(paragraph));
                all.push(amounts(priced));
                all
            }
            Cost::Local => {
                let why = (words().sum().local_why)(is_in_page(&cell));
                vec![paragraph(why.to_owned())]
            }
            Cost::Simulated => vec![paragraph(words().sum().simulated_why.to_owned())],
            Cost::Unknown(gap) => why(gap),
        }
    })
    .into_any()
}

/// Whether the model ran in the page or is the browser's own.
fn is_in_page(cell: &RunCell) -> bool {
    let state = cell.state();
    let row = state.setup.as_ref().and_then(PaneSetup::row);
    row.is_some_and(|row| row.transport.is_in_page())
}

/// Which model the person named for the deployment that was asked.
fn priced_as(cell: &RunCell) -> Option<String> {
    let state = cell.state();
    let base = state.base_model()?;
    let deployment = &state.setup.as_ref()?.model;
    Some((words().routes().priced_as)(
        base.as_str(),
        deployment.as_str(),
    ))
}

fn paragraph(text: String) -> AnyView {
    view! { <p>{text}</p> }.into_any()
}

/// Why there is no amount, and what can be done about it.
fn why(gap: &CostGap) -> Vec<AnyView> {
    let prices = use_prices();
    if *gap != CostGap::NoTable || prices.is_loading() {
        return vec![paragraph((words().sum().gap)(gap))];
    }
    let again = view! {
        <button type="button" class="btn" data-testid="load-prices" on:click=move |_| prices.load()>
            {words().sum().try_again}
        </button>
    };
    let cause = prices.table.with(|table| match table {
        Table::Failed(error) => (words().sum().table_failed)(error),
        _ => (words().sum().gap)(gap),
    });
    vec![paragraph(cause), again.into_any()]
}

/// An amount with its parts, its prices, and for a reported one what the list
/// says.
fn amounts(priced: &Priced) -> AnyView {
    let settings = use_settings();
    let w = words().sum();
    let mut rows: Vec<AnyView> = priced.lines.iter().map(line_of_run).collect();
    rows.push(sum_row(w.total.to_owned(), &total_of(priced), true));
    if let Some(code) = settings.other.get().map(|other| other.code) {
        let amount = other(settings, priced.total, priced.source);
        rows.push(sum_row((w.in_other)(&code), &amount, false));
    }
    let mut basis = priced.basis.as_deref();
    if let Some(list) = priced.by_list.as_deref() {
        rows.extend(list.lines.iter().map(line_of_run));
        rows.push(sum_row(w.by_list.to_owned(), &total_of(list), true));
        rows.push(sum_row(
            w.difference.to_owned(),
            &difference(priced, list),
            false,
        ));
        basis = list.basis.as_deref();
    }
    view! {
        {table(rows)}
        {basis.map(about_prices)}
        {settings.other.get().map(|other| paragraph(rate_note(&other)))}
    }
    .into_any()
}

fn table(rows: Vec<AnyView>) -> AnyView {
    let w = words().sum();
    view! {
        <table class="sum num">
            <thead>
                <tr>
                    {[w.class, w.count, w.price, w.amount].map(|name| view! { <th scope="col">{name}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line_of_run(part: &CostLine) -> AnyView {
    line(part, if part.is_estimated { ABOUT } else { "" })
}

/// A part of an amount. `mark`: what its count and its amount are where they are
/// not exact.
fn line(line: &CostLine, mark: &str) -> AnyView {
    let w = words().sum();
    let name = (w.class_of)(line.class);
    let name = if line.is_stand_in {
        (w.stand_in)(name)
    } else {
        name.to_owned()
    };
    let price = if line.class.counts_tokens() {
        exact_usd(line.price.times(1_000_000))
    } else {
        (w.each)(&exact_usd(line.price))
    };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td>{format!("{mark}{}", grouped(line.tokens))}</td>
            <td>{price}</td>
            <td>{format!("{mark}{}", exact_usd(line.amount))}</td>
        </tr>
    }
    .into_any()
}

fn sum_row(name: String, amount: &str, is_total: bool) -> AnyView {
    view! {
        <tr class:sum-total=is_total>
            <th scope="row" colspan="3">{name}</th>
            <td>{amount.to_owned()}</td>
        </tr>
    }
    .into_any()
}

/// To the last digit where counts and prices are exact.
fn total_of(priced: &Priced) -> String {
    if priced.source == CostSource::Estimated {
        format!("{ABOUT}{}", format_usd(priced.total, Digits::Rough))
    } else {
        exact_usd(priced.total)
    }
}

/// What was reported beyond the list price, or below it.
fn difference(reported: &Priced, list: &Priced) -> String {
    let (sign, difference) = if reported.total >= list.total {
        ("+", reported.total.0 - list.total.0)
    } else {
        ("−", list.total.0 - reported.total.0)
    };
    let is_rough = [reported, list].map(|priced| priced.source == CostSource::Estimated);
    let about = if is_rough.contains(&true) { ABOUT } else { "" };
    format!("{about}{sign}{}", exact_usd(PicoUsd(difference)))
}

/// Whose prices, of when, from where.
fn about_prices(basis: &PriceBasis) -> AnyView {
    let link = basis.url.clone().map(|url| {
        view! {
            <a href=url target="_blank" rel="noopener noreferrer">
                {words().sum().page}
            </a>
        }
    });
    view! {
        <p class:sum-old=basis.is_stale()>{(words().sum().basis)(basis).join(" ")}</p>
        {link}
    }
    .into_any()
}

/// The worst case of the next run, pane by pane.
pub fn explain_worst() -> AnyView {
    let upcoming = use_upcoming();
    let settings = use_settings();
    let w = words().sum();
    let sums = move || {
        let case = upcoming.case.get().unwrap_or_default();
        let mut notes: Vec<AnyView> = vec![paragraph(w.worst_hint.to_owned())];
        let mut gaps: Vec<CostGap> = Vec::new();
        let mut is_old = false;
        let mut rows: Vec<AnyView> = Vec::new();
        for pane in &case.panes {
            let mut lines: &[CostLine] = &[];
            let amount = match &pane.part {
                WorstPart::AtMost {
                    lines: parts,
                    basis,
                    amount,
                    ..
                } => {
                    lines = parts;
                    is_old |= basis.is_stale();
                    exact_usd(*amount)
                }
                WorstPart::Local => words().cost().local.to_owned(),
                WorstPart::Simulated => words().cost().simulated.to_owned(),
                WorstPart::Unknown(gap) => {
                    if !gaps.contains(gap) {
                        gaps.push(gap.clone());
                    }
                    words().unknown.to_owned()
                }
            };
            rows.push(sum_row(pane.name.clone(), &amount, true));
            // A count of the provider's is no upper bound but what it is.
            let mark = |part: &CostLine| match part.class {
                TokenClass::Output => AT_MOST,
                _ if part.is_estimated => AT_MOST,
                _ => "",
            };
            rows.extend(lines.iter().map(|part| line(part, mark(part))));
        }
        if case.has_amount() && case.panes.len() > 1 {
            rows.push(sum_row(w.total.to_owned(), &exact_usd(case.total), true));
        }
        if let Some(other) = settings.other.get().filter(|_| case.has_amount()) {
            rows.push(sum_row(
                (w.in_other)(&other.code),
                &other.write_at_most(case.total, 3),
                false,
            ));
            notes.push(paragraph(rate_note(&other)));
        }
        notes.extend((w.limits)(&case).into_iter().map(paragraph));
        if is_old {
            notes.push(paragraph(w.worst_old.to_owned()));
        }
        notes.extend(gaps.iter().flat_map(why));
        view! {
            {table(rows)}
            {notes}
        }
        .into_any()
    };
    view! {
        {sums}
        {count_input::section()}
    }
    .into_any()
}
