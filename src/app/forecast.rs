//! What of a pane's settings would not reach its model, before its run.

use super::pane::PaneSetup;
use crate::core::{
    domain::Params,
    wire::request::{self, Ask, Unsent},
};

/// What a pane would not send of its own and the shared parameters, with what
/// its model takes no value of at all. Nothing where its endpoint is not known:
/// then nothing can be sent in any case.
pub fn unsent(setup: &PaneSetup, shared: &Params) -> Vec<Unsent> {
    let (Some(provider), Some(Ok(endpoint))) = (setup.row(), setup.direct()) else {
        return Vec::new();
    };
    let base_model = setup.base_model();
    request::unsent(&Ask {
        provider,
        endpoint: &endpoint,
        model: &setup.model,
        base_model: base_model.as_ref(),
        system: "",
        messages: &[],
        params: &Params::overlay(shared, &setup.params),
        extra_body: (!setup.extra_body.is_empty()).then_some(&setup.extra_body),
    })
}
