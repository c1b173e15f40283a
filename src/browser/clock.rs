//! The one clock: `performance.now()`.

use super::page;
use crate::core::domain::Millis;

/// Milliseconds since the page began, monotonic.
pub fn now() -> Millis {
    Millis(
        page::window()
            .and_then(|window| window.performance())
            .map_or(0.0, |clock| clock.now()),
    )
}
