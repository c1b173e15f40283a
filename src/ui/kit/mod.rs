//! The small parts: icons, dialogs, menus.

mod dialog;
mod icon;
mod menu;

pub use dialog::Dialog;
pub use icon::{Icon, IconName};
pub use menu::{Menu, MenuItem};
