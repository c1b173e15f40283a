//! A pane's figures, always in the same places.

use super::PaneContext;
use crate::{
    app::{RunCell, Settings, use_runner, use_settings},
    core::{
        domain::Millis,
        run::Phase,
        timing::{Figure, Metrics},
    },
    ui::{
        figure::{FigureCell, Shown},
        later::use_later,
        money, show,
    },
    words::words,
};
use leptos::prelude::*;

fn name_of_total(phase: Phase) -> &'static str {
    match phase {
        Phase::Failed => words().pane.failed_after,
        Phase::Stopped => words().pane.stopped_after,
        phase if phase.is_running() => words().pane.running_for,
        _ => words().metrics.figure(Figure::Total).name,
    }
}

fn cost_of(cell: Option<RunCell>, settings: Settings) -> Shown {
    match cell {
        Some(cell) => money::figure(&cell.cost.get(), settings),
        None => Shown {
            text: words().unknown.to_owned(),
            ..Shown::default()
        },
    }
}

/// What images came to in tokens, where the provider says it.
fn images_of(cell: Memo<Option<RunCell>>) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let cell = cell.get()?;
        cell.facts.track();
        let count = cell.state().log.usage()?.image_tokens()?;
        Some(count.to_string())
    })
}

/// Two rows of four.
#[component]
pub fn Figures() -> impl IntoView {
    let PaneContext { cell, phase, .. } = expect_context();
    let runner = use_runner();
    let settings = use_settings();
    let cost = Memo::new(move |_| cost_of(cell.get(), settings));
    let later = use_later();
    // What the server says of the same, for the popover.
    let with_server = move |shown: Shown, figure| {
        let said = later.get().zip(cell.get());
        let said = said.and_then(|(parts, cell)| (parts.server_beside)(&cell.state().log, figure));
        match said {
            Some(said) => Shown {
                note: format!("{} {said}", shown.note),
                ..shown
            },
            None => shown,
        }
    };
    let metrics = Memo::new(move |_| {
        cell.get().map(|cell| {
            cell.facts.track();
            cell.phase.track();

            cell.state().log.metrics()
        })
    });
    let elapsed = Memo::new(move |_| {
        let cell = cell.get()?;
        if !phase.get().is_running() {
            return None;
        }
        let now = Millis(runner.now.get());

        cell.state().log.timeline().elapsed(now)
    });
    let total = Memo::new(move |_| {
        let shown = shown_of(metrics, Figure::Total);
        match elapsed.get() {
            Some(elapsed) => {
                let (text, unit) = show::split(&crate::core::chart::format_ms(elapsed));
                Shown {
                    value: None,
                    text,
                    unit,
                    ..shown
                }
            }
            None => with_server(shown, Figure::Total),
        }
    });
    let total_name = Signal::derive(move || name_of_total(phase.get()));
    let images = images_of(cell);
    let cell_of = move |figure: Figure| {
        let term = words().metrics.figure(figure);
        let shown = Memo::new(move |_| {
            let mut shown = with_server(shown_of(metrics, figure), figure);
            if figure == Figure::InputTokens
                && let Some(count) = images.get()
            {
                shown.note = format!("{} {}", shown.note, (words().files().counted)(&count));
            }
            shown
        });
        view! {
            <FigureCell
                metric=figure.as_str()
                name=Signal::stored(term.name)
                definition=term.definition
                shown
            />
        }
    };
    view! {
        <div
            class="figures num"
            class:figures-other=move || settings.other.with(Option::is_some)
        >
            {cell_of(Figure::FirstAnswer)}
            <FigureCell
                metric=Figure::Total.as_str()
                name=total_name
                definition=words().metrics.figure(Figure::Total).definition
                shown=total
            />
            {cell_of(Figure::TokensPerSecond)}
            <FigureCell
                metric=Figure::Cost.as_str()
                name=Signal::stored(words().metrics.cost.name)
                definition=words().metrics.cost.definition
                shown=cost
                cost_of=cell
            />
            {cell_of(Figure::FirstToken)}
            {cell_of(Figure::InputTokens)}
            {cell_of(Figure::OutputTokens)}
            {cell_of(Figure::ThinkingTokens)}
            <HiddenMark metrics figure=Figure::Headers />
            <HiddenMark metrics figure=Figure::CachedInputTokens />
        </div>
    }
}

/// Two figures have no place of their own in the grid: headers stand with the
/// first token's note, cached input in the cost's lines. For hosts and screen
/// readers they are there as marks.
#[component]
fn HiddenMark(metrics: Memo<Option<Metrics>>, figure: Figure) -> impl IntoView {
    move || {
        let shown = shown_of(metrics, figure);
        shown.value.map(|value| {
            let name = words().metrics.figure(figure).name;
            view! {
                <data
                    class="visually-hidden"
                    data-metric=figure.as_str()
                    value=value
                    data-source=shown.source
                >
                    {format!("{name}: {}{}", shown.text, shown.unit)}
                </data>
            }
            .into_any()
        })
    }
}

fn shown_of(metrics: Memo<Option<Metrics>>, figure: Figure) -> Shown {
    metrics.with(|metrics| match metrics {
        Some(metrics) => show::figure(metrics, figure),
        None => show::figure(&show::no_metrics(), figure),
    })
}
