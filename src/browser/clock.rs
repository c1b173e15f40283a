//! The one clock.

use crate::core::domain::Millis;
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
