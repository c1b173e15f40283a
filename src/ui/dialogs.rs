//! Which dialog is open. One context, so that any component can open one.

use crate::{
    app::{PaneSetup, RunCell},
    core::{domain::PaneId, signin},
};
use leptos::prelude::*;

/// Whom the picker picks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickFor {
    /// A pane that does not exist yet.
    New,
    /// The same, with the choice of a route first.
    Any,
    /// A pane that does not exist yet, of the provider with this id.
    NewOf(&'static str),
    /// An existing pane's model and route.
    Pane(PaneId),
    /// The same, turned to the provider with this id.
    PaneOf(PaneId, &'static str),
}

/// The dialogs as signals.
#[derive(Clone, Copy)]
pub struct Dialogs {
    /// Settings.
    pub settings: RwSignal<bool>,
    /// The sheet of shortcuts.
    pub shortcuts: RwSignal<bool>,
    /// The model picker.
    pub picker: RwSignal<Option<PickFor>>,
    /// A pane's own parameters.
    pub params: RwSignal<Option<PaneId>>,
    /// What was sent by a run.
    pub sent: RwSignal<Option<RunCell>>,
    /// The model whose other routes are shown, with its own.
    pub compare: RwSignal<Option<PaneSetup>>,
    /// The ballots of a blind vote.
    pub ballots: RwSignal<bool>,
    /// A sign-in.
    pub sign_in: RwSignal<Option<signin::Ask>>,
}

/// Creates the context.
pub fn provide() {
    provide_context(Dialogs {
        settings: RwSignal::new(false),
        shortcuts: RwSignal::new(false),
        picker: RwSignal::new(None),
        params: RwSignal::new(None),
        sent: RwSignal::new(None),
        compare: RwSignal::new(None),
        ballots: RwSignal::new(false),
        sign_in: RwSignal::new(None),
    });
}

/// The context.
pub fn use_dialogs() -> Dialogs {
    expect_context()
}
