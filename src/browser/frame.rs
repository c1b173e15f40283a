//! One callback per painted frame, however often it is asked for.

use super::{page, timer::Timer};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast as _, closure::Closure};

/// How long a hidden tab, which paints nothing, waits for its "frame".
const HIDDEN_FRAME_MS: i32 = 250;

/// Coalesces requests into one call per animation frame. Hidden tabs get no
/// frames, so there a timer stands in.
#[derive(Clone)]
pub struct FrameScheduler {
    inner: Rc<Inner>,
}

struct Inner {
    on_frame: Rc<dyn Fn()>,
    pending: RefCell<bool>,
    frame: RefCell<Option<Closure<dyn FnMut()>>>,
    frame_id: Cell<Option<i32>>,
    timeout: RefCell<Option<Timer>>,
}

impl FrameScheduler {
    /// A scheduler that calls `on_frame`.
    pub fn new(on_frame: impl Fn() + 'static) -> Self {
        Self {
            inner: Rc::new(Inner {
                on_frame: Rc::new(on_frame),
                pending: RefCell::new(false),
                frame: RefCell::new(None),
                frame_id: Cell::new(None),
                timeout: RefCell::new(None),
            }),
        }
    }

    /// Asks for one call at the next frame.
    pub fn request(&self) {
        if self.inner.pending.replace(true) {
            return;
        }
        if page::is_hidden() {
            let inner = Rc::clone(&self.inner);
            *self.inner.timeout.borrow_mut() = Timer::once(HIDDEN_FRAME_MS, move || inner.fire());
            return;
        }
        if self.inner.frame.borrow().is_none() {
            let inner = Rc::downgrade(&self.inner);
            let callback = Closure::new(move || {
                if let Some(inner) = inner.upgrade() {
                    inner.fire();
                }
            });
            *self.inner.frame.borrow_mut() = Some(callback);
        }
        let frame = self.inner.frame.borrow();
        let asked = page::window()
            .zip(frame.as_ref())
            .and_then(|(window, callback)| {
                window
                    .request_animation_frame(callback.as_ref().unchecked_ref())
                    .ok()
            });
        if asked.is_none() {
            self.inner.pending.replace(false);
        }
        self.inner.frame_id.set(asked);
    }

    /// Calls at once, e.g. when the tab becomes hidden with a frame pending.
    pub fn flush(&self) {
        self.inner.fire();
    }
}

impl Inner {
    fn fire(&self) {
        self.pending.replace(false);
        // A frame asked for before hiding, or the timer that stood in for it,
        // would otherwise come too, and each would ask for the next.
        if let (Some(id), Some(window)) = (self.frame_id.take(), page::window()) {
            window.cancel_animation_frame(id).ok();
        }
        let stand_in = self.timeout.borrow_mut().take();
        (self.on_frame)();
        drop(stand_in);
    }
}
