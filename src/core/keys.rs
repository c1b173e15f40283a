//! Which key goes where.
//!
//! A key belongs to a pair of provider and origin and is never handed out for
//! another one, whatever a link or a base URL says.

use super::{
    catalog::{KeyPrefix, Provider},
    domain::{ApiKey, Origin, ProviderId},
    sorted::SortedMap,
};

/// The keys a person has entered.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct KeyRing {
    keys: SortedMap<ProviderId, SortedMap<Origin, ApiKey>>,
}

impl KeyRing {
    /// The key of exactly this pair.
    pub fn key_for(&self, provider: &ProviderId, origin: &Origin) -> Option<&ApiKey> {
        self.keys.get(provider)?.get(origin)
    }

    /// Keeps a key; an older one of the same pair is replaced.
    pub fn insert(&mut self, provider: ProviderId, origin: Origin, key: ApiKey) {
        if let Some(origins) = self.keys.get_mut(&provider) {
            origins.insert(origin, key);
        } else {
            let origins = SortedMap::from_iter([(origin, key)]);
            self.keys.insert(provider, origins);
        }
    }

    /// Forgets the key of this pair, and says whether there was one.
    pub fn remove(&mut self, provider: &ProviderId, origin: &Origin) -> bool {
        let Some(origins) = self.keys.get_mut(provider) else {
            return false;
        };
        let held = origins.remove(origin).is_some();
        if origins.is_empty() {
            self.keys.remove(provider);
        }
        held
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.values().map(SortedMap::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The pairs that have a key, in a fixed order, without the keys.
    pub fn pairs(&self) -> impl Iterator<Item = (&ProviderId, &Origin)> {
        self.keys
            .iter()
            .flat_map(|(provider, origins)| origins.keys().map(move |origin| (provider, origin)))
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.pairs()).finish()
    }
}

/// Whose key this looks like, if it is not this provider's. A guess by how the
/// key begins, good for a hint and not for a refusal.
pub fn looks_wrong(provider: &Provider, key: &ApiKey) -> Option<ProviderId> {
    let text = key.expose();
    let own = provider.key.prefixes.iter();
    let own = own
        .filter(|prefix| text.starts_with(*prefix))
        .map(String::len);
    let foreign = provider.key.wrong_prefixes.iter();
    let foreign = foreign.filter(|KeyPrefix { prefix, .. }| text.starts_with(prefix));
    // `sk-ant-…` begins like an OpenAI key too: the longer beginning decides.
    // Of rows that share a beginning the first counts.
    let best = foreign.rev().max_by_key(|entry| entry.prefix.len())?;
    (best.prefix.len() > own.max().unwrap_or(0)).then(|| best.provider.clone())
}

#[cfg(test)]
#[path = "keys_tests.rs"]
mod tests;
