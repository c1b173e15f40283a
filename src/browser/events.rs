//! Event listeners that live as long as their guard.

use super::page;
use wasm_bindgen::{JsCast as _, closure::Closure};
use web_sys::{Event, EventTarget, KeyboardEvent, KeyboardEventInit};

/// Removes its listener when dropped.
#[must_use = "dropping the guard removes the listener"]
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls `handle` on every `name` event of `target`.
    pub fn new(
        target: impl Into<EventTarget>,
        name: &'static str,
        handle: impl FnMut(Event) + 'static,
    ) -> Self {
        let target = target.into();
        let callback = Closure::new(handle);
        target
            .add_event_listener_with_callback(name, callback.as_ref().unchecked_ref())
            .ok();
        Self {
            target,
            name,
            callback,
        }
    }

    /// Keeps the listener for the life of the page.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        self.target
            .remove_event_listener_with_callback(self.name, callback)
            .ok();
    }
}

/// Lets the page hear a key that was pressed before it could answer to it.
pub fn press(key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    if let (Some(document), Ok(event)) = (page::document(), event) {
        document.dispatch_event(&event).ok();
    }
}
