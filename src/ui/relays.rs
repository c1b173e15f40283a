//! The relays of providers that no page may call.

use crate::{
    app::{Notices, Vault, notices::Undo, relays, use_notices, use_vault},
    browser::page,
    core::{
        catalog::Catalog,
        domain::ProviderId,
        wire::endpoint::{self, Endpoint, EndpointError},
    },
    words::words,
};
use leptos::prelude::*;

/// Where a relay is put if nobody says otherwise.
pub const USUAL: &str = "http://127.0.0.1:8787";
/// The relay's configuration, beside the page.
pub const CONFIGURATION: &str = "relay/Caddyfile";

/// The command that starts a relay for this page.
pub fn start_command(port: Option<u16>) -> String {
    let file = page::beside(CONFIGURATION);
    (words().connection().start_relay)(&file, &page::origin(), port)
}

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
    let name = Catalog::builtin().name_of(provider);
    match endpoint {
        None => (false, String::new()),
        Some(Ok(endpoint)) => match &endpoint.relay {
            None => (false, (w.straight)(&endpoint.host)),
            Some(relay) => through(&endpoint.host, &relay.base),
        },
        Some(Err(error @ EndpointError::Relay(_))) => (true, words().endpoint_error(&error)),
        // Its base URL is not known yet.
        Some(Err(_)) => match relays::of(provider) {
            None => (false, (w.placeless)(name)),
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

/// The relays that are set, each with a way to take it back.
#[component]
pub fn SetRelays() -> impl IntoView {
    let notices = use_notices();
    let w = words().connection();
    move || {
        let rows = relays::providers().into_iter().map(|id| {
            let relay = relays::of(&id).unwrap_or_default();
            let name = Catalog::builtin().name_of(&id).to_owned();
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
