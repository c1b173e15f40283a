//! The relay of a route that no page may call.

use super::Form;
use crate::{
    app::{relays, use_notices, use_vault},
    core::{
        catalog::{Catalog, Relay},
        domain::ProviderId,
        wire::endpoint::{self, EndpointError},
    },
    ui::{
        kit::{command, focus},
        relays::{self as fields, RelayField, relay_note},
    },
    words::words,
};
use leptos::prelude::*;

/// How to install what the relay runs in.
const CADDY: &str = "https://caddyserver.com/docs/install";

/// The provider that is most likely not reached without a relay, where it
/// could have one (tracked).
fn wants_relay(form: Form) -> Option<ProviderId> {
    let row = form.row()?;
    let is_meant = form.endpoint.with(|endpoint| match endpoint {
        Some(Ok(to)) => to.relay.is_some() || to.takes_relay(row),
        Some(Err(EndpointError::Relay(_) | EndpointError::BaseMissing)) => true,
        _ => false,
    });
    (is_meant && row.about()?.relay == Relay::Likely).then(|| row.id.clone())
}

/// Whether the route most likely needs a relay and goes straight (tracked).
pub fn is_missing(form: Form) -> bool {
    let goes_straight = form.resolved().is_some_and(|to| to.relay.is_none());
    goes_straight && wants_relay(form).is_some()
}

/// How to start a relay, and its address. It stands before the key, which is
/// bound to the relay's origin.
#[component]
pub fn RelaySection(
    /// The form.
    form: Form,
) -> impl IntoView {
    // It stays once it was there: what was typed may want mending.
    let wanted = Memo::new(move |before: Option<&Option<ProviderId>>| {
        let id = wants_relay(form)?;
        let relay = untrack(|| relays::of(&id));
        let is_set = relay.is_some_and(|relay| endpoint::relay_origin(&relay).is_ok());
        let was_there = before.and_then(Option::as_ref) == Some(&id);
        (was_there || !is_set).then_some(id)
    });
    move || {
        wanted
            .get()
            .map(|id| view! { <SetUp form id /> }.into_any())
    }
}

#[component]
fn SetUp(form: Form, id: ProviderId) -> impl IntoView {
    let w = words().connection();
    let name = Catalog::builtin().name_of(&id).to_owned();
    let provider = Signal::stored(id);
    let line = Memo::new(move |_| {
        let relay = provider.with(relays::of);
        let port = relay.and_then(|relay| endpoint::relay_port(&relay));
        fields::start_command(port)
    });
    let note = Memo::new(move |_| provider.with(|id| relay_note(id, form.endpoint.get())));
    let is_bad = Memo::new(move |_| note.with(|(is_bad, _)| *is_bad));
    view! {
        <div class="card-note" data-testid="picker-relay">
            <p>{(w.relay_needed)(&name)}</p>
            {command("relay-command", move || line.get())}
            <p class="links">
                <a href=CADDY target="_blank" rel="noopener">
                    {w.get_caddy}
                </a>
                <a href=fields::CONFIGURATION target="_blank" rel="noopener">
                    {w.relay_file}
                </a>
            </p>
            {usual(provider)}
            <RelayField provider is_bad test_id="picker-relay-base" />
            <p class="hint" class:hint-bad=move || is_bad.get() role="status">
                {move || note.get().1}
            </p>
        </div>
    }
}

/// Takes the address that the command prints, unless one is set.
fn usual(provider: Signal<ProviderId>) -> impl IntoView {
    let (vault, notices) = (use_vault(), use_notices());
    let take = move |_| {
        fields::set(&provider.get_untracked(), fields::USUAL, vault, notices);
        focus::later([".picker-main [data-key-for]"]);
    };
    move || {
        provider.with(relays::of).is_none().then(|| {
            view! {
                <div class="card-actions">
                    <button type="button" class="btn" data-testid="relay-usual" on:click=take>
                        {(words().connection().use_relay)(fields::USUAL)}
                    </button>
                </div>
            }
            .into_any()
        })
    }
}
