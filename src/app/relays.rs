//! Relays that the person set, by provider, and endpoints by way of them. Kept
//! on the device: an address is no secret.
//!
//! A static and no context, because endpoints are worked out in many places
//! that have no owner to ask.

use super::{key_headers, remembered};
use crate::core::{
    catalog::Provider,
    domain::{Api, ProviderId},
    sorted::SortedMap,
    wire::endpoint::{self, Endpoint, EndpointError},
};
use leptos::{prelude::*, reactive::graph::Observer};
use std::sync::LazyLock;

const STORE_KEY: &str = "touchstone.relays";

/// As they were typed, right or wrong.
type All = SortedMap<String, String>;

static RELAYS: LazyLock<ArcRwSignal<All>> =
    LazyLock::new(|| ArcRwSignal::new(stored().unwrap_or_default()));

fn stored() -> Option<All> {
    remembered::read(STORE_KEY).map(all_of)
}

fn all_of(pairs: Vec<(String, String)>) -> All {
    pairs.into_iter().collect()
}

/// Whether the address is kept: one that is not plain may hold a name and a
/// password.
fn is_plain(typed: &str) -> bool {
    endpoint::origin_of(typed).is_some() && !typed.contains('?')
}

/// The relay of a provider as it was typed (tracked, where there is somebody
/// to track it).
pub fn of(provider: &ProviderId) -> Option<String> {
    let get = |all: &All| all.get(provider.as_str()).cloned();
    if Observer::get().is_some() {
        RELAYS.with(get)
    } else {
        RELAYS.with_untracked(get)
    }
}

/// The ids of the providers that have one (tracked).
pub fn providers() -> Vec<ProviderId> {
    RELAYS.with(|all| all.keys().map(|id| ProviderId::new(id.as_str())).collect())
}

/// Takes what was typed; nothing removes the relay. Whether the browser keeps
/// it.
pub fn set(provider: &ProviderId, typed: &str) -> bool {
    let typed = typed.trim();
    RELAYS.update(|all| {
        if let Some(stored) = remembered::read_anew(STORE_KEY).map(all_of) {
            let here = std::mem::replace(all, stored);
            for (id, typed) in here.iter().filter(|(_, typed)| !is_plain(typed)) {
                all.insert(id.clone(), typed.clone());
            }
        }
        if typed.is_empty() {
            all.remove(provider.as_str());
        } else {
            all.insert(provider.as_str().to_owned(), typed.to_owned());
        }
    });
    let all = RELAYS.get_untracked();
    let all: Vec<_> = all.iter().filter(|(_, typed)| is_plain(typed)).collect();
    remembered::keep(STORE_KEY, &all)
}

/// Where requests go, by way of the provider's relay where that is meant for
/// them (tracked).
pub fn resolve(
    provider: &Provider,
    api: Option<Api>,
    base_url: Option<&str>,
) -> Result<Endpoint, EndpointError> {
    let mut endpoint = endpoint::resolve(provider, api, base_url)?;
    endpoint.key_header = key_headers::of(&provider.id, &endpoint.origin);
    match of(&provider.id) {
        Some(relay) if endpoint.takes_relay(provider) => endpoint.through(&relay),
        _ => Ok(endpoint),
    }
}
