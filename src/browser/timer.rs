//! Timers that live as long as their guard.

use super::page;
use wasm_bindgen::{JsCast as _, closure::Closure};

/// A running interval; dropping it stops it.
#[must_use = "dropping the guard stops the timer"]
pub struct Interval {
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Interval {
    /// Calls `tick` every `ms` milliseconds. `None` without a window.
    pub fn new(ms: i32, tick: impl FnMut() + 'static) -> Option<Self> {
        let callback = Closure::<dyn FnMut()>::new(tick);
        let id = page::window()?
            .set_interval_with_callback_and_timeout_and_arguments_0(
                callback.as_ref().unchecked_ref(),
                ms,
            )
            .ok()?;
        Some(Self {
            id,
            _callback: callback,
        })
    }
}

impl Drop for Interval {
    fn drop(&mut self) {
        if let Some(window) = page::window() {
            window.clear_interval_with_handle(self.id);
        }
    }
}

/// A pending call; dropping it cancels it.
#[must_use = "dropping the guard cancels the call"]
pub struct Timeout {
    id: i32,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls `then` once after `ms` milliseconds. `None` without a window.
    pub fn new(ms: i32, then: impl FnOnce() + 'static) -> Option<Self> {
        let callback = Closure::once(then);
        let id = page::window()?
            .set_timeout_with_callback_and_timeout_and_arguments_0(
                callback.as_ref().unchecked_ref(),
                ms,
            )
            .ok()?;
        Some(Self {
            id,
            _callback: callback,
        })
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let Some(window) = page::window() {
            window.clear_timeout_with_handle(self.id);
        }
    }
}
