//! When the browser has nothing else to do.

use super::{page, timer::Timer};
use wasm_bindgen::{JsCast as _, closure::Closure};

/// How long to wait where the browser cannot tell (Safari).
const REST_MS: i32 = 1_000;

/// Calls `then` once the browser is idle.
pub fn once(then: impl FnOnce() + 'static) {
    let Some(window) = page::window() else { return };
    let call = Closure::once_into_js(then);
    let asked = window.request_idle_callback(call.unchecked_ref());
    if asked.is_err() {
        let timer = Timer::once(REST_MS, move || {
            let call: &js_sys::Function = call.unchecked_ref();
            call.call0(&wasm_bindgen::JsValue::NULL).ok();
        });
        std::mem::forget(timer);
    }
}
