//! Tests of connections in Settings, and the relays on their way.

use super::{
    connection::TestConnection,
    relays::{RelayField, SetRelays, relay_note},
};
use crate::{
    app::{Comparison, Vault, relays, use_comparison, use_vault},
    core::{
        catalog::{Catalog, Provider},
        domain::{ModelId, ProviderId},
        run::Phase,
        wire::endpoint::{self, Endpoint, EndpointError},
    },
    words::words,
};
use leptos::prelude::*;

/// What can be tested: an address of a provider, and the model that is asked
/// there if need be.
#[derive(Clone, PartialEq)]
struct Tested {
    endpoint: Result<Endpoint, EndpointError>,
    model: ModelId,
}

/// The provider of the first pane whose last run failed.
fn failed_provider(comparison: &Comparison) -> Option<ProviderId> {
    let turn = comparison.last_turn_untracked()?;
    let panes = comparison.panes.get_untracked();
    let failed = panes.into_iter().find(|pane| {
        let cell = pane.cell_untracked(turn.id);
        cell.is_some_and(|cell| cell.phase.get_untracked() == Phase::Failed)
    });
    failed.map(|pane| pane.setup.with_untracked(|setup| setup.provider.clone()))
}

/// Where a provider is called: from the panes that are open, with the keys that
/// are held, and only else at its usual address (tracked). Each address once.
fn tested(comparison: &Comparison, vault: Vault, row: &Provider) -> Vec<Tested> {
    let mut all: Vec<Tested> = Vec::new();
    for pane in comparison.panes.get() {
        let setup = pane.setup.get();
        if setup.provider == row.id
            && let Some(endpoint) = setup.endpoint()
        {
            add(&mut all, endpoint, setup.model);
        }
    }
    // A key may be for the relay, which is no address of the provider's.
    let relay = relays::of(&row.id).and_then(|relay| endpoint::relay_origin(&relay).ok());
    for (provider, origin) in vault.pairs() {
        if relay.as_ref() == Some(&origin) {
            continue;
        }
        let is_there = |tested: &Tested| {
            let endpoint = tested.endpoint.as_ref();
            endpoint.is_ok_and(|endpoint| endpoint.origin == origin)
        };
        if provider == row.id && !all.iter().any(is_there) {
            let endpoint = relays::resolve(row, None, Some(origin.as_str()));
            add(&mut all, endpoint, default_model(row));
        }
    }
    if all.is_empty() {
        all.push(Tested {
            endpoint: relays::resolve(row, None, None),
            model: default_model(row),
        });
    }
    all
}

fn add(all: &mut Vec<Tested>, endpoint: Result<Endpoint, EndpointError>, model: ModelId) {
    let Ok(here) = &endpoint else { return };
    let is_known = all.iter().any(|other| {
        let base = other.endpoint.as_ref().map(|other| &other.base_url);
        base == Ok(&here.base_url)
    });
    if !is_known {
        all.push(Tested { endpoint, model });
    }
}

/// The model that a provider's panes start with.
fn default_model(row: &Provider) -> ModelId {
    row.default_model.clone().unwrap_or_else(|| "".into())
}

/// Relays by provider, and tests.
#[component]
pub fn Connections() -> impl IntoView {
    let w = words().connection();
    let (comparison, vault) = (use_comparison(), use_vault());
    let rows: Vec<&'static Provider> = Catalog::builtin()
        .providers
        .iter()
        .filter(|row| row.default_base.is_some() || row.site().is_some())
        .collect();
    let first = rows.first().map_or_else(|| "".into(), |row| row.id.clone());
    // Whoever comes here from a failure means its provider.
    let failed = failed_provider(&comparison).filter(|id| rows.iter().any(|row| row.id == *id));
    let with_relay = || relays::providers().into_iter().next();
    let chosen = RwSignal::new(failed.or_else(with_relay).unwrap_or(first));
    let at = RwSignal::new(0_usize);
    let all = Memo::new(move |_| {
        let row = chosen.with(|id| Catalog::builtin().provider(id));
        row.map_or_else(Vec::new, |row| tested(&comparison, vault, row))
    });
    let one = Memo::new(move |_| {
        let at = at.get();
        all.with(|all| all.get(at).or_else(|| all.first()).cloned())
    });
    let endpoint = Memo::new(move |_| one.get().map(|one| one.endpoint));
    let note = Memo::new(move |_| chosen.with(|id| relay_note(id, endpoint.get())));
    let is_bad = Memo::new(move |_| note.with(|(is_bad, _)| *is_bad));
    let choose = move |id: String| {
        at.set(0);
        chosen.set(ProviderId::new(id));
    };
    view! {
        <section class="section" data-testid="connections">
            <h3>{w.heading}</h3>
            <p class="hint">{w.hint}</p>
            <div class="form-grid">
                <label class="field">
                    <span class="label">{w.provider}</span>
                    <select
                        class="select"
                        data-testid="relay-provider"
                        prop:value=move || chosen.with(|id| id.as_str().to_owned())
                        on:change=move |event| choose(event_target_value(&event))
                    >
                        {rows
                            .into_iter()
                            .map(|row| {
                                let id = row.id.as_str();
                                let selected = move || chosen.with(|chosen| chosen.as_str() == id);
                                view! { <option value=id selected=selected>{row.name.clone()}</option> }.into_any()
                            })
                            .collect_view()}
                    </select>
                </label>
                {move || all.with(|all| all.len() > 1).then(|| addresses(all, at))}
                {move || takes_relay(&chosen.get()).then(|| view! { <RelayField provider=chosen is_bad test_id="relay-base" /> }.into_any())}
            </div>
            {move || {
                let (is_bad, note) = note.get();
                view! {
                    <p class="hint" class:hint-bad=is_bad role="status" data-testid="relay-note">
                        {note}
                    </p>
                }
            }}
            <TestConnection
                endpoint=Signal::derive(move || endpoint.get().and_then(Result::ok))
                model=Signal::derive(move || one.get().map_or_else(|| "".into(), |one| one.model))
            />
            <SetRelays />
        </section>
    }
}

/// Whether a relay of its own makes sense for a provider: not for servers of
/// this machine.
fn takes_relay(id: &ProviderId) -> bool {
    Catalog::builtin().provider(id).is_some_and(|row| {
        let base = row.default_base.as_deref();
        base.is_some_and(|base| base.starts_with("https://")) || row.site().is_some()
    })
}

/// The choice among several addresses of one provider.
fn addresses(all: Memo<Vec<Tested>>, at: RwSignal<usize>) -> AnyView {
    let options = all.get_untracked().into_iter().enumerate();
    let options = options.filter_map(|(index, one)| {
        let base = one.endpoint.ok()?.base_url;
        let selected = move || at.get() == index;
        Some(view! { <option value=index.to_string() selected=selected>{base}</option> }.into_any())
    });
    view! {
        <label class="field">
            <span class="label">{words().connection().address}</span>
            <select
                class="select"
                data-testid="connection-address"
                on:change=move |event| at.set(event_target_value(&event).parse().unwrap_or_default())
            >
                {options.collect_view()}
            </select>
        </label>
    }
    .into_any()
}
