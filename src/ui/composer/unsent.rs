//! Which parameters a model does not get, and why.

use crate::{
    app::{Pane, PaneSetup},
    core::catalog::{Param, RefusedBecause, Support},
    words::words,
};
use leptos::prelude::*;

/// Why a value is not sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Unsent {
    /// In words.
    pub text: String,
    /// Whether nothing can be made of a value here.
    pub is_closed: bool,
}

/// The reason below a field.
pub fn unsent_hint(unsent: Signal<Option<Unsent>>) -> AnyView {
    (move || {
        unsent.get().map(|unsent| {
            view! { <span class="hint" data-testid="param-unsent">{unsent.text}</span> }.into_any()
        })
    })
    .into_any()
}

/// What a pane's model does with a parameter, if it is not sent.
pub fn unsent_of(setup: &PaneSetup, param: Param) -> Option<Unsent> {
    let row = setup.row()?;
    let support = row
        .capabilities_over(setup.api, &setup.model)
        .support(param);
    let w = words().params();
    let (text, is_closed) = match support {
        Support::Supported { .. } => return None,
        Support::Ignored => (w.ignored, true),
        // Another setting of the same pane may open it.
        Support::Refused(because @ RefusedBecause::NeedsEffortNone) => {
            ((w.refused)(because), false)
        }
        Support::Refused(because) => ((w.refused)(because), true),
    };
    Some(Unsent {
        text: text.to_owned(),
        is_closed,
    })
}

/// The panes that a shared parameter does not reach.
pub fn unsent_to(panes: &[Pane], param: Param) -> Option<Unsent> {
    let mut names: Vec<String> = Vec::new();
    for pane in panes {
        let setup = pane.setup.get();
        if unsent_of(&setup, param).is_some() && !names.iter().any(|name| name == setup.name()) {
            names.push(setup.name().to_owned());
        }
    }
    (!names.is_empty()).then(|| Unsent {
        text: (words().params().not_taken_by)(&names.join(", ")),
        is_closed: false,
    })
}

/// The service tiers that any of these panes' providers knows.
pub fn tiers_of<'a>(panes: impl IntoIterator<Item = &'a Pane>) -> Vec<String> {
    let mut tiers: Vec<String> = Vec::new();
    for pane in panes {
        let row = pane.setup.with(PaneSetup::row);
        for tier in row.iter().flat_map(|row| &row.service_tiers) {
            if !tiers.contains(tier) {
                tiers.push(tier.clone());
            }
        }
    }
    tiers
}
