//! The small parts: icons, dialogs, lists, menus, focus, copying, growing text.

pub mod copy;
pub mod dialog;
pub mod each;
pub mod focus;
pub mod growing;
pub mod icon;
pub mod menu;
pub mod name;
pub mod square;

pub use copy::{command, copy_text};
pub use dialog::Dialog;
pub use each::Each;
pub use growing::GrowingText;
pub use icon::{Icon, IconName};
pub use menu::{Menu, MenuItem};
pub use name::cut_name;
pub use square::square;

use std::cell::Cell;
use web_sys::MouseEvent;

/// Whether a click is the second of a double click: where a button gave way to
/// another in its place, that was meant for the first.
pub fn is_second(click: &MouseEvent) -> bool {
    click.detail() == 2
}

/// An element id that is used once in the life of the page.
pub fn unique_id(stem: &str) -> String {
    thread_local!(static NEXT: Cell<u32> = const { Cell::new(0) });
    let next = NEXT.get() + 1;
    NEXT.set(next);
    format!("{stem}-{next}")
}
