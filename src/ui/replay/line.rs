//! The line of time of a replay, with what happened on it.

use super::bar::seconds;
use crate::{
    app::{
        Comparison,
        replay::{Replay, Scene},
        use_comparison,
    },
    core::{
        domain::PaneId,
        real::{real, shortest},
    },
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The slider, above it the first tokens and ends of the panes.
#[component]
pub fn Line(
    /// The replay that it moves.
    replay: Replay,
    /// What is played.
    scene: Memo<Option<Arc<Scene>>>,
    /// How long that is, in ms.
    length: Memo<f64>,
) -> impl IntoView {
    let w = words().replay();
    let comparison = use_comparison();
    // While it plays, whole seconds are often enough.
    let spoken = Memo::new(move |_| {
        let at = replay.at.get();
        let at = if replay.playing.get() {
            (at / 1000.0).floor() * 1000.0
        } else {
            at
        };
        (w.position_is)(&seconds(at), &seconds(length.get()))
    });
    // Whole milliseconds: browsers round what has more digits.
    let most = move || length.get().ceil();
    let value = move || {
        let at = replay.at.get();
        if at < length.get() {
            at.floor()
        } else {
            most()
        }
    };
    let go_to = move |value: f64| {
        let length = length.get_untracked();
        replay.seek(if value < length.ceil() { value } else { length });
    };
    let ticks = move || {
        scene.with(|scene| {
            let scene = scene.as_ref()?;
            Some(ticks(scene, comparison))
        })
    };
    view! {
        <div class="replay-line">
            <div class="replay-ticks" aria-hidden="true">
                {ticks}
            </div>
            <input
                type="range"
                min="0"
                max=move || shortest(most())
                data-testid="replay-position"
                aria-label=w.position
                aria-valuetext=spoken
                prop:value=move || shortest(value())
                on:input=move |event| {
                    if let Some(to) = real(&event_target_value(&event)) {
                        go_to(to);
                    }
                }
            />
        </div>
    }
}

/// A small tick for a first token, a tall one for an end, in the colour of the
/// pane.
fn ticks(scene: &Scene, comparison: Comparison) -> AnyView {
    let w = words().replay();
    let length = scene.length_ms.max(1.0);
    let ticks = scene.marks.iter().filter_map(|mark| {
        let (place, name) = pane(comparison, *scene.panes.get(mark.run)?)?;
        let at = seconds(mark.at_ms);
        let text = if mark.is_end {
            (w.end)(&name, &at)
        } else {
            (w.first_token)(&name, &at)
        };
        let left = shortest(100.0 * mark.at_ms / length) + "%";
        Some(view! {
            <i
                class:replay-end=mark.is_end
                data-accent=(place % 8).to_string()
                style:left=left
                title=text
            ></i>
        })
    });
    ticks.collect_view().into_any()
}

/// A pane's place and name.
fn pane(comparison: Comparison, id: PaneId) -> Option<(usize, String)> {
    comparison.panes.with(|panes| {
        let (place, pane) = panes.iter().enumerate().find(|(_, pane)| pane.id == id)?;
        Some((place, pane.setup.with(|setup| setup.name().to_owned())))
    })
}
