//! The room's clock.

use super::Presenting;
use crate::{
    browser::{clock, timer::Timer},
    core::stopwatch::Stopwatch,
    words::words,
};
use leptos::prelude::*;

/// How often it is looked at, in ms: a second must not be skipped on the screen.
const TICK_MS: i32 = 200;

/// Starts it, or pauses it where it runs.
pub(super) fn toggle(clock: RwSignal<Option<Stopwatch>>) {
    let now = clock::now();
    clock.update(|watch| watch.get_or_insert_default().toggle(now));
}

/// A minute more or less to count down from. The first minute starts it.
pub(super) fn step(clock: RwSignal<Option<Stopwatch>>, up: bool) {
    clock.update(|watch| {
        if up || watch.is_some() {
            watch.get_or_insert_default().step(up);
        }
    });
}

/// The clock, where it was started.
#[component]
pub fn Clock(
    /// The mode.
    presenting: Presenting,
) -> impl IntoView {
    let watch = presenting.clock;
    let tick = RwSignal::new(0_u32);
    let timer = Timer::every(TICK_MS, move || {
        tick.update(|tick| *tick = tick.wrapping_add(1));
    });
    let timer = StoredValue::new_local(timer);
    on_cleanup(move || {
        timer.try_update_value(|timer| *timer = None);
    });
    let reading = Memo::new(move |_| {
        tick.track();
        watch
            .get()
            .map(|watch| (watch.read(clock::now()), watch.is_running()))
    });
    let w = words().present();
    move || {
        reading.get().map(|(reading, is_running)| {
            let note = if reading.is_over {
                w.time_over
            } else if is_running {
                ""
            } else {
                w.paused
            };
            view! {
                <p
                    class="present-clock num"
                    class:present-over=reading.is_over
                    role="timer"
                    data-testid="present-clock"
                    aria-label=w.timer
                >
                    {reading.text}
                    {(!note.is_empty()).then(|| view! { <small>{note}</small> })}
                </p>
            }
            .into_any()
        })
    }
}
