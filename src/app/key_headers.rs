//! Headers for keys that the person chose, by provider and origin. Kept on the
//! device: a header's name is no secret.
//!
//! A static and no context, for the reason that `relays` has.

use super::remembered;
use crate::core::{
    domain::{Origin, ProviderId},
    wire::key_header::KeyHeader,
};
use leptos::{prelude::*, reactive::graph::Observer};
use std::sync::LazyLock;

const STORE_KEY: &str = "touchstone.key-headers";

/// Provider, origin, header as it was typed.
type Row = (String, String, String);

static ROWS: LazyLock<ArcRwSignal<Vec<Row>>> =
    LazyLock::new(|| ArcRwSignal::new(remembered::read(STORE_KEY).unwrap_or_default()));

/// The header as it was typed, right or wrong (tracked, where there is somebody
/// to track it).
pub fn typed(provider: &ProviderId, origin: &Origin) -> Option<String> {
    let get = |rows: &Vec<Row>| {
        let found = rows
            .iter()
            .find(|row| row.0 == provider.as_str() && row.1 == origin.as_str());
        found.map(|row| row.2.clone())
    };
    if Observer::get().is_some() {
        ROWS.with(get)
    } else {
        ROWS.with_untracked(get)
    }
}

/// The header that counts (tracked, as [`typed`]).
pub fn of(provider: &ProviderId, origin: &Origin) -> Option<KeyHeader> {
    KeyHeader::parse(&typed(provider, origin)?).ok()
}

/// Takes what was typed; nothing goes back to the row's own header. Whether the
/// browser keeps it.
pub fn set(provider: &ProviderId, origin: &Origin, typed: &str) -> bool {
    ROWS.update(|rows| {
        if let Some(stored) = remembered::read_anew(STORE_KEY) {
            *rows = stored;
        }
        rows.retain(|row| row.0 != provider.as_str() || row.1 != origin.as_str());
        if !typed.trim().is_empty() {
            let [provider, origin] = [provider.as_str(), origin.as_str()].map(str::to_owned);
            rows.push((provider, origin, typed.trim().to_owned()));
        }
    });
    remembered::keep(STORE_KEY, &ROWS.get_untracked())
}
