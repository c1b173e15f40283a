//! Which next steps a failure has.

use crate::{
    app::RunState,
    core::{
        catalog::Relay,
        domain::FailureKind,
        wire::error::{Remedy, with_prefix},
    },
};
use leptos::prelude::*;

/// Which next steps make sense.
#[expect(clippy::struct_excessive_bools, reason = "each is a button of its own")]
#[derive(Clone, Copy)]
pub(super) struct Steps {
    pub(super) key: bool,
    pub(super) model: bool,
    pub(super) params: bool,
    /// Other routes to the model, for this one is closed.
    pub(super) compare: bool,
    /// The message has a file that the model does not take.
    pub(super) message: bool,
    /// Whether a relay may reach what was not reached.
    pub(super) relay: Relay,
}

/// Whether a relay may help: one that is set needs no button.
pub(super) fn relay_step(kind: &FailureKind, state: &RunState) -> Relay {
    let known = || {
        let row = state.setup.as_ref()?.row()?;
        let endpoint = state.endpoint.as_ref()?;
        let may = matches!(kind, FailureKind::Blocked(_))
            && endpoint.relay.is_none()
            && endpoint.takes_relay(row);
        Some(row.about()?.relay).filter(|_| may)
    };
    known().unwrap_or(Relay::No)
}

/// A next step as a button.
pub(super) fn step(
    test_id: &'static str,
    label: impl Into<String>,
    run: impl Fn() + 'static,
) -> AnyView {
    let label = label.into();
    view! {
        <button type="button" class="btn" data-testid=test_id on:click=move |_| run()>
            {label}
        </button>
    }
    .into_any()
}

/// The model's id with the prefix that the provider wants, where it wants one.
pub(super) fn prefixed(state: &RunState) -> Option<String> {
    let failure = state.log.failure()?;
    if Remedy::of(failure) != Some(Remedy::Prefix) {
        return None;
    }
    let setup = state.setup.as_ref()?;
    let origin = state.endpoint.as_ref()?.real_origin();
    with_prefix(setup.row()?, &setup.model, origin).map(|id| id.as_str().to_owned())
}
