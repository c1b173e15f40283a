//! The phase bar: one horizontal bar on the axis that all panes share.

use super::{PaneContext, SharedAxis};
use crate::{
    app::use_runner,
    core::{
        chart::BarPart,
        domain::Millis,
        real::{fixed, shortest},
        run::{Segment, SegmentKind},
    },
    ui::show,
    words::words,
};
use leptos::prelude::*;

/// The bar with its axis.
#[component]
pub fn Streak() -> impl IntoView {
    let PaneContext { cell, .. } = expect_context();
    let SharedAxis(axis) = expect_context();
    let runner = use_runner();
    let segments = Memo::new(move |_| {
        let Some(cell) = cell.get() else {
            return Vec::new();
        };
        cell.facts.track();
        let now = if cell.phase.get().is_running() {
            runner.now.get()
        } else {
            runner.now.get_untracked()
        };

        cell.state().log.segments(Millis(now))
    });
    // In words once a second: nobody reads a name that changes with each tick.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let beat = Memo::new(move |_| (runner.now.get() / 1000.0) as usize);
    let text = move || {
        let cell = cell.get();
        if let Some(cell) = &cell {
            cell.facts.track();
            if cell.phase.get().is_running() {
                beat.track();
            }
        }
        let now = Millis(runner.now.get_untracked());
        spoken(&cell.map_or_else(Vec::new, |cell| cell.state().log.segments(now)))
    };
    // The four parts stay in the page, so that a tick only moves their ends.
    let part = move |kind: SegmentKind| {
        let ends = move |of: fn(BarPart) -> f64| {
            let bar = segments.with(|segments| axis.with(|axis| axis.bar(segments)));
            let part = bar.into_iter().find(|part| part.kind == kind);
            percent(part.map_or(0.0, of))
        };
        view! {
            <i
                class=class_of(kind)
                style:left=move || ends(|part| part.left)
                style:width=move || ends(|part| part.width)
            ></i>
        }
    };
    view! {
        <div
            class="streak"
            role="img"
            tabindex="0"
            data-testid="phase-bar"
            aria-label=text
            title=text
        >
            <div class="track">
                {SegmentKind::ALL.map(part).into_iter().collect_view()}
            </div>
            <div class="axis num" aria-hidden="true">
                {move || {
                    axis.with(|axis| {
                        let last = axis.ticks.len().saturating_sub(1);
                        axis.ticks
                            .iter()
                            .enumerate()
                            .map(|(at, tick)| {
                                let label = if at == last {
                                    let (text, unit) = show::split(std::slice::from_ref(&tick.label));
                                    format!("{text}{unit}")
                                } else {
                                    tick.label.value.clone()
                                };
                                view! { <span style:left=percent(tick.percent)>{label}</span> }.into_any()
                            })
                            .collect_view()
                    })
                }}
            </div>
        </div>
    }
}

fn class_of(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Headers => "seg-headers",
        SegmentKind::Waiting => "seg-waiting",
        SegmentKind::Thinking => "seg-thinking",
        SegmentKind::Answering => "seg-answering",
    }
}

fn percent(share: f64) -> String {
    shortest(share) + "%"
}

/// The bar in words, for hover, focus and screen readers.
fn spoken(segments: &[Segment]) -> String {
    if segments.is_empty() {
        return words().streak.empty.to_owned();
    }
    let parts: Vec<String> = segments
        .iter()
        .map(|segment| {
            let name = words().metrics.segment(segment.kind);
            (words().streak.part)(name, &fixed(segment.from_ms, 0), &fixed(segment.to_ms, 0))
        })
        .collect();
    parts.join("; ")
}
