//! The relays of providers that no page may call, and the tests of connections
//! in Settings.

use super::connection::TestConnection;
use crate::{
    app::{
        Comparison, Notices, Vault, notices::Undo, relays, use_comparison, use_notices, use_vault,
    },
    core::{
        catalog::{Catalog, Provider},
        domain::{ModelId, ProviderId},
        run::Phase,
        wire::endpoint::{self, Endpoint, EndpointError},
    },
    words::words,
};
use leptos::prelude::*;

/// Where `make relay` puts one.
pub const USUAL: &str = "http://127.0.0.1:8787";

/// Where requests go by way of the provider's relay, or what is wrong with it.
pub fn relay_note(
    provider: &ProviderId,
    endpoint: Option<Result<Endpoint, EndpointError>>,
) -> (bool, String) {
    let w = words().connection();
    let through = |to: &str, relay: &str| {
        if endpoint::relay_is_in_clear(relay) {
            (true, (w.in_clear)(relay))
        } else {
            (false, (w.relayed)(to, relay))
        }
    };
    let row = Catalog::builtin().provider(provider);
    let name = row.map_or(provider.as_str(), |row| &row.name);
    match endpoint {
        None => (false, String::new()),
        Some(Ok(endpoint)) => match &endpoint.relay {
            None => (false, (w.straight)(&endpoint.host)),
            Some(relay) => through(&endpoint.host, &relay.base),
        },
        Some(Err(error @ EndpointError::Relay(_))) => (true, words().endpoint_error(&error)),
        // Its base URL is not known yet.
        Some(Err(_)) => match relays::of(provider) {
            None => (false, (w.straight)(name)),
            Some(relay) => match endpoint::relay_origin(&relay) {
                Ok(_) => through(name, &relay),
                Err(error) => {
                    let error = EndpointError::Relay(Box::new(error));
                    (true, words().endpoint_error(&error))
                }
            },
        },
    }
}

/// Sets a provider's relay as the person wants it.
pub fn set(provider: &ProviderId, address: &str, vault: Vault, notices: Notices) {
    if !relays::set(provider, address) {
        notices.toast(words().connection().not_stored);
    }
    // Naming an address is agreeing to it.
    if let Ok(origin) = endpoint::relay_origin(address) {
        vault.approve(&origin);
    }
}

/// The address of a provider's relay.
#[component]
pub fn RelayField(
    /// Whose.
    #[prop(into)]
    provider: Signal<ProviderId>,
    /// Whether what was typed is wrong.
    #[prop(into)]
    is_bad: Signal<bool>,
    /// What tests find it by.
    test_id: &'static str,
) -> impl IntoView {
    let w = words().connection();
    let vault = use_vault();
    let notices = use_notices();
    let typed = Memo::new(move |_| provider.with(relays::of).unwrap_or_default());
    let take = move |event| {
        let text = event_target_value(&event);
        set(&provider.get_untracked(), &text, vault, notices);
    };
    view! {
        <label class="field">
            <span class="label">{w.relay}</span>
            <input
                class="input mono"
                type="text"
                inputmode="url"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                placeholder=USUAL
                data-testid=test_id
                aria-invalid=move || is_bad.get().to_string()
                prop:value=move || typed.get()
                on:change=take
            />
        </label>
    }
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

/// Relays by provider, and tests.
#[component]
pub fn Connections() -> impl IntoView {
    let w = words().connection();
    let rows: Vec<&'static Provider> = Catalog::builtin()
        .providers
        .iter()
        .filter(|row| {
            let base = row.default_base.as_deref();
            base.is_some_and(|base| base.starts_with("https://")) || row.site().is_some()
        })
        .collect();
    let first = rows.first().map_or_else(|| "".into(), |row| row.id.clone());
    // Whoever comes here from a failure means its provider.
    let failed =
        failed_provider(&use_comparison()).filter(|id| rows.iter().any(|row| row.id == *id));
    let with_relay = || relays::providers().into_iter().next();
    let chosen = RwSignal::new(failed.or_else(with_relay).unwrap_or(first));
    let endpoint = Memo::new(move |_| {
        let row = chosen.with(|id| Catalog::builtin().provider(id))?;
        Some(relays::resolve(row, None, None))
    });
    let note = Memo::new(move |_| chosen.with(|id| relay_note(id, endpoint.get())));
    let is_bad = Memo::new(move |_| note.with(|(is_bad, _)| *is_bad));
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
                        on:change=move |event| chosen.set(ProviderId::new(event_target_value(&event)))
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
                <RelayField provider=chosen is_bad test_id="relay-base" />
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
                model=Signal::derive(move || default_model(&chosen.get()))
            />
            <SetRelays />
        </section>
    }
}

/// The model that a provider's panes start with.
fn default_model(provider: &ProviderId) -> ModelId {
    let row = Catalog::builtin().provider(provider);
    row.and_then(|row| row.default_model.clone())
        .unwrap_or_else(|| "".into())
}

/// The relays that are set, each with a way to take it back.
#[component]
fn SetRelays() -> impl IntoView {
    let notices = use_notices();
    let w = words().connection();
    move || {
        let rows = relays::providers().into_iter().map(|id| {
            let relay = relays::of(&id).unwrap_or_default();
            let row = Catalog::builtin().provider(&id);
            let name = row.map_or_else(|| id.as_str().to_owned(), |row| row.name.clone());
            let is_refused = endpoint::relay_origin(&relay).is_err();
            let is_in_clear = endpoint::relay_is_in_clear(&relay);
            let text = match (is_refused, is_in_clear) {
                (true, _) => (w.set_refused)(&name, &relay),
                (_, true) => format!("{name}: {}", (w.in_clear)(&relay)),
                _ => (w.set)(&name, &relay),
            };
            let is_good = !is_refused && !is_in_clear;
            let remove = move |_| {
                relays::set(&id, "");
                let (id, relay) = (id.clone(), relay.clone());
                let undo = Undo::new(move || {
                    relays::set(&id, &relay);
                });
                notices.toast_with_undo((w.removed)(&name), undo);
            };
            view! {
                <div class="key-held">
                    <span class="dot" class:dot-good=is_good></span>
                    <span>{text}</span>
                    <button type="button" class="btn" data-testid="remove-relay" on:click=remove>
                        {w.remove}
                    </button>
                </div>
            }
            .into_any()
        });
        rows.collect_view()
    }
}
