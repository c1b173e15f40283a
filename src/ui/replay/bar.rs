//! The bar of a replay.

use super::{KEY, line::Line, told, turns};
use crate::{
    app::replay::{Replay, Scene},
    core::{
        real::fixed,
        replay::{Alignment, Key, Speed},
    },
    ui::kit::{Icon, IconName, focus},
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

/// The selector of the button that plays.
pub const PLAY: &str = "[data-testid=replay-play]";

/// A time as the bar shows it: always with a tenth of a second, so that nothing
/// moves while it counts.
pub fn seconds(ms: f64) -> String {
    format!("{} s", fixed(ms / 1000.0, 1))
}

/// Plays or pauses, and says so.
pub fn toggle(replay: Replay) {
    replay.toggle();
    tell_state(replay);
}

/// Says whether it plays.
pub fn tell_state(replay: Replay) {
    let w = words().replay();
    replay.say(if replay.playing.get_untracked() {
        (w.playing)(replay.speed.get_untracked())
    } else {
        (w.paused)(&seconds(replay.at.get_untracked()))
    });
}

/// Closes it, and says so.
fn close(replay: Replay) {
    replay.close();
    replay.say(words().replay().closed.to_owned());
    focus::rescue([
        "[data-testid=replay-open]",
        "[data-testid=replay]",
        ".present",
        focus::PROMPT,
    ]);
}

/// The bar.
#[component]
pub fn Bar(
    /// The replay that it drives.
    replay: Replay,
) -> impl IntoView {
    let w = words().replay();
    let scene = Memo::new(move |_| replay.scene.get());
    let length = Memo::new(move |_| scene.get().map_or(0.0, |scene| scene.length_ms));
    tell_end(replay, length);
    turns::tell_next(replay);
    let title = move || {
        let (date, facts) = scene.with(|scene| scene.as_ref().map(|scene| told(&scene.made)))?;
        Some((w.of)(date.as_deref(), &facts))
    };
    let clock = move || format!("{} / {}", seconds(replay.at.get()), seconds(length.get()));
    let coarse = move || scene.with(|scene| scene.as_ref().is_some_and(|it| it.is_coarse));
    view! {
        <section
            class="replay"
            data-testid="replay-bar"
            aria-label=w.bar
            on:keydown=move |event| on_key(replay, &event)
        >
            <p class="replay-of" data-testid="replay-of">
                {title}
            </p>
            {turns::choice(replay, scene)}
            <PlayButton replay />
            <Line replay scene length />
            <span class="replay-time num" data-testid="replay-time">
                {clock}
            </span>
            <SpeedChoice replay />
            {move || {
                let began_apart = scene.with(|scene| scene.as_ref().is_some_and(|it| it.began_apart));
                began_apart.then(|| view! { <OrderChoice replay scene /> })
            }}
            <button
                type="button"
                class="btn-icon"
                data-testid="replay-close"
                aria-label=w.close
                title=w.close
                on:click=move |_| close(replay)
            >
                <Icon name=IconName::Close />
            </button>
            {move || coarse().then(|| view! { <p class="hint replay-coarse">{w.coarse}</p> })}
        </section>
    }
}

/// Says once that it came to its end.
fn tell_end(replay: Replay, length: Memo<f64>) {
    Effect::new(move |was_playing: Option<bool>| {
        let plays = replay.playing.get();
        let is_at_end = replay.at.get_untracked() >= length.get_untracked();
        if was_playing == Some(true) && !plays && is_at_end {
            replay.say(words().replay().ended.to_owned());
        }
        plays
    });
}

#[component]
fn PlayButton(replay: Replay) -> impl IntoView {
    let w = words().replay();
    let label = move || {
        if replay.playing.get() {
            w.pause
        } else {
            w.play
        }
    };
    let path = move || {
        if replay.playing.get() {
            "M4.5 3.5h2.5v9H4.5zM9 3.5h2.5v9H9z"
        } else {
            "M5 3.2v9.6l7.5-4.8z"
        }
    };
    view! {
        <button
            type="button"
            class="btn replay-play"
            data-testid="replay-play"
            data-playing=move || replay.playing.get().then_some("")
            aria-label=label
            title=label
            aria-keyshortcuts=KEY
            on:click=move |_| toggle(replay)
        >
            <svg class="icon icon-solid" viewBox="0 0 16 16" aria-hidden="true">
                <path d=path />
            </svg>
        </button>
    }
}

#[component]
fn SpeedChoice(replay: Replay) -> impl IntoView {
    let w = words().replay();
    let options = Speed::ALL.map(|speed| {
        view! {
            <option value=speed.as_str() selected=move || replay.speed.get() == speed>
                {(w.speed_is)(speed)}
            </option>
        }
    });
    view! {
        <select
            class="select num"
            data-testid="replay-speed"
            aria-label=w.speed
            title=w.speed
            prop:value=move || replay.speed.get().as_str()
            on:change=move |event| {
                if let Some(speed) = Speed::parse(&event_target_value(&event)) {
                    replay.set_speed(speed);
                }
            }
        >
            {options}
        </select>
    }
}

#[component]
fn OrderChoice(replay: Replay, scene: Memo<Option<Arc<Scene>>>) -> impl IntoView {
    let w = words().replay();
    let now = move || scene.with(|scene| scene.as_ref().map(|scene| scene.alignment));
    let options = [
        ("zero", w.together, Alignment::FromZero),
        ("was", w.as_it_was, Alignment::AsItWas),
    ]
    .map(|(value, text, alignment)| {
        view! {
            <option value=value selected=move || now() == Some(alignment)>
                {text}
            </option>
        }
    });
    view! {
        <select
            class="select"
            data-testid="replay-order"
            aria-label=w.order
            title=w.together_hint
            on:change=move |event| {
                replay
                    .align(
                        if event_target_value(&event) == "was" {
                            Alignment::AsItWas
                        } else {
                            Alignment::FromZero
                        },
                    );
            }
        >
            {options}
        </select>
    }
}

/// Keys anywhere in the bar. What an element does with a key by itself is left
/// to it.
fn on_key(replay: Replay, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let target = event
        .target()
        .and_then(|it| it.dyn_into::<web_sys::Element>().ok())
        .map(|element| element.tag_name());
    let is_in = |tag: &str| target.as_deref() == Some(tag);
    let key = event.key();
    match key.as_str() {
        " " if is_in("INPUT") => toggle(replay),
        // Elsewhere the page's own listener hears it.
        KEY if is_in("INPUT") || is_in("SELECT") => toggle(replay),
        key => {
            let known = Key::of(key, event.shift_key());
            let Some(known) = known.filter(|known| *known == Key::Close || !is_in("SELECT")) else {
                return;
            };
            if known == Key::Close {
                // It closes this and nothing else.
                event.stop_propagation();
            }
            act(replay, known);
        }
    }
    event.prevent_default();
}

/// Does what a key is for.
pub fn act(replay: Replay, key: Key) {
    let length = replay
        .scene
        .with_untracked(|scene| scene.as_ref().map_or(0.0, |scene| scene.length_ms));
    match key {
        Key::Begin => replay.seek(0.0),
        Key::End => replay.seek(length),
        Key::Slower => change_speed(replay, Speed::slower),
        Key::Faster => change_speed(replay, Speed::faster),
        Key::TurnBack | Key::TurnOn => turns::step(replay, if key == Key::TurnOn { 1 } else { -1 }),
        Key::Close => close(replay),
        Key::On | Key::Back | Key::PageOn | Key::PageBack => {
            if let Some(by) = key.step_ms(length) {
                replay.step(by);
            }
        }
    }
}

fn change_speed(replay: Replay, change: fn(Speed) -> Speed) {
    let before = replay.speed.get_untracked();
    let after = change(before);
    if after != before {
        replay.set_speed(after);
        replay.say((words().replay().speed_is)(after));
    }
}
