//! What an action is.

use super::Act;
use crate::words::actions::ActionWords;

/// When an action is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// At any time.
    Always,
    /// There are panes.
    Panes,
    /// Something was asked.
    Turns,
    /// A draft made way for a link.
    Aside,
}

/// Where an action stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In the row at every width.
    Row,
    /// In the row where that has room, else in the menu.
    RowIfWide,
    /// In the menu.
    Menu,
}

/// One action.
pub(super) struct Action {
    /// Its mark in the row.
    pub(super) id: &'static str,
    /// Its mark in the menu.
    pub(super) menu_id: &'static str,
    /// What it says, and its title.
    pub(super) texts: fn(&'static ActionWords) -> [&'static str; 2],
    /// What it says in the row, where the action before it makes that clear.
    pub(super) short: Option<&'static str>,
    pub(super) when: When,
    pub(super) place: Place,
    pub(super) act: Act,
}
