//! Keys in memory, each bound to a provider and an exact origin, and the
//! origins that the person agreed to call.

use super::pane::PaneSetup;
use crate::{
    browser::{
        clock,
        storage::{self, Place},
    },
    core::{
        catalog::Catalog,
        credentials::KeyAge,
        domain::{ApiKey, Origin, ProviderId},
        keys::KeyRing,
        real::{fixed, real},
        sorted::{SortedMap, SortedSet},
        strict,
    },
};
use leptos::prelude::*;

const KEYS: &str = "touchstone.keys";
const ORIGINS: &str = "touchstone.origins";

/// Keys and consents.
#[derive(Clone, Copy)]
pub struct Vault {
    ring: RwSignal<KeyRing>,
    /// Pairs that are also kept in sessionStorage.
    kept: RwSignal<SortedSet<(String, String)>>,
    approved: RwSignal<SortedSet<String>>,
    /// When each key was entered, in ms since 1970.
    entered: StoredValue<SortedMap<(String, String), f64>>,
    /// Pairs whose key was accepted by the provider at least once.
    proven: StoredValue<SortedSet<(String, String)>>,
}

fn pair(provider: &ProviderId, origin: &Origin) -> (String, String) {
    (provider.as_str().to_owned(), origin.as_str().to_owned())
}

/// Creates the context, taking back what was kept for this tab.
pub fn provide() {
    let vault = Vault {
        ring: RwSignal::new(KeyRing::default()),
        kept: RwSignal::new(SortedSet::new()),
        approved: RwSignal::new(SortedSet::new()),
        entered: StoredValue::new(SortedMap::new()),
        proven: StoredValue::new(SortedSet::new()),
    };
    let kept: Vec<Vec<String>> = storage::get(Place::Tab, KEYS)
        .and_then(|text| strict::from_str(&text).ok())
        .unwrap_or_default();
    for row in kept {
        let mut row = row.into_iter();
        let mut next = || row.next().unwrap_or_default();
        let (provider, origin, secret, entered) = (next(), next(), next(), next());
        if let Some(key) = ApiKey::new(&secret) {
            if let Some(entered) = real(&entered) {
                vault.entered.update_value(|all| {
                    all.insert((provider.clone(), origin.clone()), entered);
                });
            }
            vault.kept.update(|kept| {
                kept.insert((provider.clone(), origin.clone()));
            });
            vault.ring.update(|ring| {
                ring.insert(ProviderId::new(provider), Origin::new(origin), key);
            });
        }
    }
    let approved: SortedSet<String> = storage::get(Place::Tab, ORIGINS)
        .and_then(|text| strict::from_str(&text).ok())
        .unwrap_or_default();
    vault.approved.set(approved);
    provide_context(vault);
}

/// The context.
pub fn use_vault() -> Vault {
    expect_context()
}

impl Vault {
    /// The key of exactly this pair. Not tracked: keys are read when a request
    /// is sent.
    pub fn key(&self, provider: &ProviderId, origin: &Origin) -> Option<ApiKey> {
        self.ring
            .with_untracked(|ring| ring.key_for(provider, origin).cloned())
    }

    /// Whether there is a key for this pair (tracked).
    pub fn has(&self, provider: &ProviderId, origin: &Origin) -> bool {
        self.ring
            .with(|ring| ring.key_for(provider, origin).is_some())
    }

    /// The pair whose key a pane cannot run without, if it is not here (tracked).
    pub fn missing(&self, setup: &PaneSetup) -> Option<(ProviderId, Origin)> {
        let is_required = setup.row()?.key.required;
        let origin = setup.endpoint()?.ok()?.origin;
        let lacks = is_required && !self.has(&setup.provider, &origin);
        lacks.then(|| (setup.provider.clone(), origin))
    }

    /// How many keys are held, and how many of them are kept for the tab
    /// (tracked).
    pub fn counts(&self) -> (usize, usize) {
        (self.ring.with(KeyRing::len), self.kept.with(SortedSet::len))
    }

    /// The pairs that have a key, in order (tracked).
    pub fn pairs(&self) -> Vec<(ProviderId, Origin)> {
        self.ring
            .with(|ring| ring.pairs().map(|(p, o)| (p.clone(), o.clone())).collect())
    }

    /// Whether this pair's key is kept for the tab (tracked).
    pub fn is_kept(&self, provider: &ProviderId, origin: &Origin) -> bool {
        self.kept
            .with(|kept| kept.contains(&pair(provider, origin)))
    }

    /// Takes a key for a pair; `keep` also stores it until the tab closes.
    /// Returns whether the browser kept it as asked.
    pub fn save(&self, provider: &ProviderId, origin: &Origin, key: ApiKey, keep: bool) -> bool {
        self.proven.update_value(|proven| {
            proven.remove(&pair(provider, origin));
        });
        self.entered.update_value(|entered| {
            entered.insert(pair(provider, origin), clock::wall_ms());
        });
        self.ring.update(|ring| {
            ring.insert(provider.clone(), origin.clone(), key);
        });
        self.kept.update(|kept| {
            if keep {
                kept.insert(pair(provider, origin));
            } else {
                kept.remove(&pair(provider, origin));
            }
        });
        self.store()
    }

    /// Forgets a pair's key everywhere.
    pub fn remove(&self, provider: &ProviderId, origin: &Origin) {
        self.ring.update(|ring| {
            ring.remove(provider, origin);
        });
        self.kept.update(|kept| {
            kept.remove(&pair(provider, origin));
        });
        self.store();
    }

    fn store(&self) -> bool {
        let kept = self.kept.get_untracked();
        if kept.is_empty() {
            storage::remove(Place::Tab, KEYS);
            return true;
        }
        let rows: Vec<Vec<String>> = self.ring.with_untracked(|ring| {
            kept.iter()
                .filter_map(|(provider, origin)| {
                    let key = ring.key_for(
                        &ProviderId::new(provider.as_str()),
                        &Origin::new(origin.as_str()),
                    )?;
                    let pair = (provider.clone(), origin.clone());
                    let entered = self.entered.with_value(|all| all.get(&pair).copied());
                    let entered = entered.map(|at| fixed(at, 0)).unwrap_or_default();
                    Some(vec![pair.0, pair.1, key.expose().to_owned(), entered])
                })
                .collect()
        });
        serde_json::to_string(&rows).is_ok_and(|text| storage::set(Place::Tab, KEYS, &text))
    }

    /// How old this pair's key is, where it ends by itself. Not tracked.
    pub fn age(&self, provider: &ProviderId, origin: &Origin) -> Option<KeyAge> {
        let key = self.key(provider, origin)?;
        let entered = self
            .entered
            .with_value(|all| all.get(&pair(provider, origin)).copied())?;
        KeyAge::of(&key, clock::wall_ms() - entered)
    }

    /// Notes that the provider accepted this pair's key.
    pub fn note_accepted(&self, provider: &ProviderId, origin: &Origin) {
        self.proven.update_value(|proven| {
            proven.insert(pair(provider, origin));
        });
    }

    /// Whether the provider accepted this pair's key before.
    pub fn was_accepted(&self, provider: &ProviderId, origin: &Origin) -> bool {
        self.proven
            .with_value(|proven| proven.contains(&pair(provider, origin)))
    }

    /// Whether requests may go to this origin: a provider's own, or one that
    /// the person entered or agreed to in this tab (tracked).
    pub fn is_approved(&self, origin: &Origin) -> bool {
        Catalog::builtin().is_default_origin(origin)
            || self
                .approved
                .with(|approved| approved.contains(origin.as_str()))
    }

    /// Agrees to calls to this origin, for this tab.
    pub fn approve(&self, origin: &Origin) {
        self.approved.update(|approved| {
            approved.insert(origin.as_str().to_owned());
        });
        let approved = self.approved.get_untracked();
        if let Ok(text) = serde_json::to_string(&approved) {
            storage::set(Place::Tab, ORIGINS, &text);
        }
    }
}
