//! The phase bar: one horizontal bar on the axis that all panes share.

use super::{PaneContext, SharedAxis};
use crate::{
    app::use_runner,
    core::{
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
    let text = move || segments.with(|segments| spoken(segments));
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
                {move || {
                    let parts = segments.with(|segments| axis.with(|axis| axis.bar(segments)));
                    parts
                        .into_iter()
                        .map(|part| {
                            view! {
                                <i
                                    class=class_of(part.kind)
                                    style:left=percent(part.left)
                                    style:width=percent(part.width)
                                ></i>
                            }.into_any()
                        })
                        .collect_view()
                }}
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
