//! When the browser has nothing else to do.

use super::{page, timer::Timer};
use wasm_bindgen::{JsCast as _, closure::Closure};

/// How long to wait where the browser cannot tell (Safari).
const REST_MS: i32 = 1_000;

/// How long to wait at most: on a machine that other programs keep busy, Chromium
/// says for minutes that it has no time.
const PATIENCE_MS: u32 = 2_000;

/// Calls `then` once the browser is idle, or after two seconds of waiting for that.
pub fn once(then: impl FnOnce() + 'static) {
    let Some(window) = page::window() else { return };
    let call = Closure::once_into_js(then);
    let patience = web_sys::IdleRequestOptions::new();
    patience.set_timeout(PATIENCE_MS);
    let asked = window.request_idle_callback_with_options(call.unchecked_ref(), &patience);
    if asked.is_err() {
        let timer = Timer::once(REST_MS, move || {
            let call: &js_sys::Function = call.unchecked_ref();
            call.call0(&wasm_bindgen::JsValue::NULL).ok();
        });
        std::mem::forget(timer);
    }
}
