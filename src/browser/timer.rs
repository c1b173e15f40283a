//! Timers that live as long as their guard.

use super::page;
use wasm_bindgen::{JsCast as _, closure::Closure};

/// A pending call or a running interval; dropping it stops it.
#[must_use = "dropping the guard stops the timer"]
pub struct Timer {
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    /// Calls `tick` every `ms` milliseconds. `None` without a window.
    pub fn every(ms: i32, tick: impl FnMut() + 'static) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(tick);
        let call = callback.as_ref().unchecked_ref();
        let id = page::window()?
            .set_interval_with_callback_and_timeout_and_arguments_0(call, ms)
            .ok()?;
        Some(Self {
            id,
            _callback: callback,
        })
    }

    /// Calls `then` once after `ms` milliseconds. `None` without a window.
    pub fn once(ms: i32, then: impl FnOnce() + 'static) -> Option<Self> {
        let callback = Closure::once(then);
        let call = callback.as_ref().unchecked_ref();
        let id = page::window()?
            .set_timeout_with_callback_and_timeout_and_arguments_0(call, ms)
            .ok()?;
        Some(Self {
            id,
            _callback: callback,
        })
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        // Browsers number both kinds in one list, so one call clears either.
        if let Some(window) = page::window() {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

/// Lets the page do other things for so many milliseconds.
pub async fn pause(ms: i32) {
    let mut timer = None;
    let passed = js_sys::Promise::new(&mut |resolve, _| {
        timer = Timer::once(ms, move || {
            resolve.call0(&wasm_bindgen::JsValue::NULL).ok();
        });
        // Without a window nothing would ever call.
    });
    if timer.is_some() {
        wasm_bindgen_futures::JsFuture::from(passed).await.ok();
    }
}
