//! What a pane shows before its first run: consent and key, where they are
//! missing.

use super::PaneContext;
use crate::{
    app::{PaneSetup, RunCell, use_comparison, use_vault},
    core::{
        domain::{FailureKind, Origin, ProviderId},
        run::Phase,
    },
    ui::keyfield::KeyField,
    words::words,
};
use leptos::prelude::*;

#[derive(Clone, PartialEq)]
enum Lacks {
    Nothing,
    Model,
    Provider(String),
    Base(String),
    Consent(String),
    Key(ProviderId, Origin, bool),
}

/// The card at the top of a pane's body.
#[component]
pub fn PaneIdle() -> impl IntoView {
    let PaneContext {
        pane, phase, cell, ..
    } = expect_context();
    let comparison = use_comparison();
    let vault = use_vault();
    let setup = pane.setup.clone();
    let lacks = Memo::new(move |_| setup.with(|setup| lacks(setup, &vault)));
    move || {
        let w = words().pane;
        let phase = phase.get();
        let fresh = comparison.turns.with(Vec::is_empty);
        match lacks.get() {
            Lacks::Nothing => fresh
                .then(|| view! { <p class="waiting-note">{w.ready}</p> }.into_any())
                .into_any(),
            Lacks::Model => note(w.choose_model_first.to_owned()).into_any(),
            Lacks::Provider(id) => note((words().failure().unknown_provider)(&id)).into_any(),
            Lacks::Base(text) => note(text).into_any(),
            Lacks::Consent(origin) => note((w.needs_consent)(&origin)).into_any(),
            // An optional key does not stand in the way of an answer.
            Lacks::Key(_, _, true)
                if phase != Phase::Idle && !cell.get().is_some_and(|cell| may_want_key(&cell)) =>
            {
                ().into_any()
            }
            Lacks::Key(provider, origin, _) => view! {
                <div class="card-note">
                    <KeyField provider origin />
                </div>
            }
            .into_any(),
        }
    }
}

/// Whether the run failed in a way that a key may mend.
fn may_want_key(cell: &RunCell) -> bool {
    cell.phase.get() == Phase::Failed
        && cell.state().log.failure().is_some_and(|failure| {
            matches!(failure.kind, FailureKind::Auth | FailureKind::Blocked(_))
        })
}

fn note(text: String) -> impl IntoView {
    view! {
        <div class="card-note">
            <p>{text}</p>
        </div>
    }
}

fn lacks(setup: &PaneSetup, vault: &crate::app::Vault) -> Lacks {
    let Some(row) = setup.row() else {
        return Lacks::Provider(setup.provider.as_str().to_owned());
    };
    let endpoint = match setup.endpoint() {
        Some(Ok(endpoint)) => endpoint,
        Some(Err(error)) => return Lacks::Base(words().endpoint_error(&error)),
        None => return Lacks::Nothing,
    };
    if !vault.is_approved(&endpoint.origin) {
        return Lacks::Consent(endpoint.origin.as_str().to_owned());
    }
    if row.takes_key() && !vault.has(&setup.provider, &endpoint.origin) {
        return Lacks::Key(setup.provider.clone(), endpoint.origin, !row.key.required);
    }
    if setup.model.as_str().is_empty() {
        return Lacks::Model;
    }
    Lacks::Nothing
}
