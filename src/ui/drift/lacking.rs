//! The keys without which a pane is not run again.

use crate::{
    app::{Vault, use_comparison, use_vault},
    core::{
        catalog::Catalog,
        domain::{Origin, ProviderId},
    },
    ui::{keyfield::KeyField, kit::Each},
    words::words,
};
use leptos::prelude::*;

/// What no pane can be run again without, and how many can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// Each once, in the order of the panes.
    pub keys: Vec<(ProviderId, Origin)>,
    /// Whether no pane has what it needs.
    pub all: bool,
}

/// What is missing now.
pub fn lacking() -> Memo<Lacking> {
    let comparison = use_comparison();
    let vault = use_vault();
    Memo::new(move |_| {
        let panes = comparison.panes.get();
        let missing: Vec<_> = panes
            .iter()
            .filter_map(|pane| pane.setup.with(|setup| vault.missing(setup)))
            .collect();
        let all = missing.len() == panes.len();
        let mut keys: Vec<(ProviderId, Origin)> = Vec::new();
        for pair in missing {
            if !keys.contains(&pair) {
                keys.push(pair);
            }
        }
        Lacking { keys, all }
    })
}

/// Names what is missing, with a field for each key.
#[component]
pub fn Missing(
    /// What is missing.
    lacking: Memo<Lacking>,
) -> impl IntoView {
    let text = move || {
        let names: Vec<String> = lacking.with(|it| {
            let providers = it.keys.iter();
            let name = |(provider, _): &(ProviderId, Origin)| {
                Catalog::builtin().name_of(provider).to_owned()
            };
            providers.map(name).collect()
        });
        (words().drift().keys_missing)(&names)
    };
    move || {
        let is_any = lacking.with(|it| !it.keys.is_empty());
        is_any.then(|| {
            view! {
                <section class="card-note drift-missing" data-testid="drift-missing">
                    <p role="status">{text}</p>
                    <div class="drift-keys">
                        <Each
                            each=move || lacking.get().keys
                            key=|(provider, origin)| format!("{} {}", provider.as_str(), origin.as_str())
                            children=|(provider, origin)| view! { <div><KeyField provider origin /></div> }
                        />
                    </div>
                </section>
            }
            .into_any()
        })
    }
}

/// Whose key a pane needs and does not have (tracked).
pub fn of_pane(setup: &crate::app::PaneSetup, vault: Vault) -> Option<String> {
    let (provider, _) = vault.missing(setup)?;
    Some(Catalog::builtin().name_of(&provider).to_owned())
}
