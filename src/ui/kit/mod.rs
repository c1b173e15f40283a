//! The small parts: icons, dialogs, menus.

pub mod dialog;
pub mod icon;
pub mod menu;

pub use dialog::Dialog;
pub use icon::{Icon, IconName};
pub use menu::{Menu, MenuItem};
