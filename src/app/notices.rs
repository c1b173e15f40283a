//! What the app tells the person outside a pane: toasts that pass, notices
//! that stay, and the one polite status line.

use crate::browser::{page, timer::Timer};
use leptos::prelude::*;

/// How long a toast stays. Toasts with an undo stay twice as long.
const TOAST_MS: i32 = 6_000;

/// How long they all stay once more while one of them is pointed at or holds
/// the focus: nothing leaves, or moves, under the hand of who reads it.
const HELD_MS: i32 = 2_000;
/// How often at most: a finger leaves its mark where it was, and a mouse may
/// rest there while only keys are used.
const HOLDS: u32 = 9;
const HELD: &str = ".toast:is(:hover, :focus-within)";

/// What a toast offers to take back.
#[derive(Clone)]
pub struct Undo(std::sync::Arc<dyn Fn() + Send + Sync>);

impl Undo {
    /// An action that restores what was removed.
    pub fn new(action: impl Fn() + Send + Sync + 'static) -> Self {
        Self(std::sync::Arc::new(action))
    }

    /// Takes it back.
    pub fn run(&self) {
        (self.0)();
    }
}

/// A passing message.
#[derive(Clone)]
pub struct Toast {
    /// Identity, for keyed lists.
    pub id: u32,
    /// The sentence.
    pub text: String,
    /// What can be taken back.
    pub undo: Option<Undo>,
}

/// A message that stays until it is dismissed.
#[derive(Clone, PartialEq, Eq)]
pub struct Notice {
    /// Identity, for keyed lists.
    pub id: u32,
    /// The sentences.
    pub text: String,
    /// Whether something failed (as opposed to a remark).
    pub is_error: bool,
}

/// The three channels.
#[derive(Clone, Copy)]
pub struct Notices {
    /// Passing messages, the oldest first.
    pub toasts: RwSignal<Vec<Toast>>,
    /// Messages that stay.
    pub notices: RwSignal<Vec<Notice>>,
    /// The status line, read out politely.
    pub status: RwSignal<String>,
    /// A link that would replace work, until the person has answered.
    pub pending_link: RwSignal<Option<String>>,
    next: StoredValue<u32>,
}

/// Creates the context.
pub fn provide() {
    provide_context(Notices {
        toasts: RwSignal::new(Vec::new()),
        notices: RwSignal::new(Vec::new()),
        status: RwSignal::new(String::new()),
        pending_link: RwSignal::new(None),
        next: StoredValue::new(0),
    });
}

/// The context.
pub fn use_notices() -> Notices {
    expect_context()
}

impl Notices {
    fn id(&self) -> u32 {
        self.next
            .try_update_value(|next| {
                *next += 1;
                *next
            })
            .unwrap_or_default()
    }

    /// Shows a passing message.
    pub fn toast(&self, text: impl Into<String>) {
        self.show_toast(text.into(), None);
    }

    /// Shows a passing message with an undo.
    pub fn toast_with_undo(&self, text: impl Into<String>, undo: Undo) {
        self.show_toast(text.into(), Some(undo));
    }

    fn show_toast(&self, text: String, undo: Option<Undo>) {
        let id = self.id();
        self.say(text.clone());
        let ms = if undo.is_some() {
            TOAST_MS * 2
        } else {
            TOAST_MS
        };
        self.toasts
            .update(|toasts| toasts.push(Toast { id, text, undo }));
        self.leave_after(ms, id, HOLDS);
    }

    fn leave_after(self, ms: i32, id: u32, holds: u32) {
        let leave = move || {
            if holds > 0 && page::query(HELD).is_some() {
                self.leave_after(HELD_MS, id, holds - 1);
            } else {
                self.dismiss_toast(id);
            }
        };
        if let Some(timeout) = Timer::once(ms, leave) {
            std::mem::forget(timeout);
        }
    }

    /// Removes a toast.
    pub fn dismiss_toast(&self, id: u32) {
        self.toasts
            .update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    /// Shows a remark that stays.
    pub fn remark(&self, text: impl Into<String>) {
        self.show_notice(text.into(), false);
    }

    /// Shows an error that stays.
    pub fn error(&self, text: impl Into<String>) {
        self.show_notice(text.into(), true);
    }

    fn show_notice(&self, text: String, is_error: bool) {
        let id = self.id();
        self.say(text.clone());
        self.notices.update(|notices| {
            notices.retain(|notice| notice.text != text);
            notices.push(Notice { id, text, is_error });
        });
    }

    /// Removes a notice.
    pub fn dismiss_notice(&self, id: u32) {
        self.notices
            .update(|notices| notices.retain(|notice| notice.id != id));
    }

    /// Says something on the status line.
    pub fn say(&self, text: impl Into<String>) {
        self.status.set(text.into());
    }
}
