//! The one clock for durations, and the one on the wall.

use crate::core::{domain::Millis, pricing::Moment};
use std::cell::Cell;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    // Called for every chunk, so without fetching the object first.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;
}

/// Milliseconds since the page was opened, on the browser's monotonic clock.
pub fn now() -> Millis {
    Millis(performance_now())
}

/// The time of day in UTC, as this device believes it. It may jump, so no
/// duration is made of it.
pub fn wall() -> Moment {
    Moment::from_unix_ms(js_sys::Date::now())
}

thread_local! {
    /// By how many seconds a provider's clock was found to be ahead.
    static OFFSET: Cell<i64> = const { Cell::new(0) };
}

/// The time of day by which requests are signed: this device's, corrected by
/// what a provider said.
pub fn signing() -> Moment {
    Moment(wall().0.saturating_add(OFFSET.get()))
}

/// Corrects [`signing`] by so many seconds more.
pub fn correct(seconds: i64) {
    OFFSET.set(OFFSET.get().saturating_add(seconds));
}
