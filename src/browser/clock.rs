//! The one clock for durations, `performance.now()`, and the one on the wall.

use super::page;
use crate::core::{domain::Millis, pricing::Moment};

/// Milliseconds since the page began, monotonic.
pub fn now() -> Millis {
    Millis(
        page::window()
            .and_then(|window| window.performance())
            .map_or(0.0, |clock| clock.now()),
    )
}

/// The time of day in UTC, as this device believes it. It may jump, so no
/// duration is made of it.
pub fn wall() -> Moment {
    Moment::from_unix_ms(js_sys::Date::now())
}
