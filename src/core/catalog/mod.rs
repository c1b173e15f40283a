//! Providers and models as data.
//!
//! A provider is a row of `providers.json`; a new one that speaks a known
//! dialect needs no code. See docs/adding-a-provider.md.

mod accepts;
mod capability;
mod hosts;
mod local;
pub(crate) mod pattern;
mod provider;
mod rule;

pub use accepts::Accepts;
pub use capability::{Capabilities, Support};
pub use hosts::HiddenStatus;
pub use local::{CorsDefault, CorsSetting, LocalCors, LocalPreset, SettingKind};
pub use provider::{
    ApiRow, FixedHeader, KeyRow, ListRow, ListShape, Provider, Quirks, ReasoningStyle, SchemaStyle,
    SeededModel, StopForm, Transport, Version, VersionPlace,
};
pub use rule::{Family, ModelRule, Param, Range, RefusedBecause, SystemPlace, Thinking, When};

use crate::core::{domain::ProviderId, json};
use serde::Deserialize;
use std::{collections::HashSet, sync::LazyLock};

/// Why a catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// Not the JSON of a catalogue.
    #[error("the catalogue does not parse: {0}")]
    Json(#[from] serde_json::Error),
    /// A row contradicts itself or another one.
    #[error("provider {provider}: {fault}")]
    Row {
        /// The row.
        provider: ProviderId,
        /// What is wrong with it, for the developer who wrote it.
        fault: &'static str,
    },
}

/// All provider rows, with the servers people run themselves.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalog {
    /// The day on which the facts were checked, `YYYY-MM-DD`.
    pub as_of: String,
    /// The rows, in the order in which they are offered.
    pub providers: Vec<Provider>,
    /// Beginnings of keys of providers that have no row.
    #[serde(default)]
    foreign_key_prefixes: Vec<KeyPrefix>,
    /// Origins without a row whose replies of some statuses reach no page.
    #[serde(default)]
    pub hidden_status: Vec<HiddenStatus>,
    /// Servers that people run themselves.
    #[serde(default)]
    pub local_presets: Vec<LocalPreset>,
}

/// A beginning that gives away whose key it is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyPrefix {
    /// The first characters of the key.
    pub prefix: String,
    /// Whose it is; there may be no row of that id.
    pub provider: ProviderId,
}

static BUILTIN: LazyLock<Catalog> = LazyLock::new(|| {
    let parsed = Catalog::from_json(include_str!("providers.json"));
    // The same bytes are parsed by every test that touches a provider, so a
    // broken row cannot get past a single `cargo test`.
    debug_assert!(parsed.is_ok(), "{parsed:?}");
    parsed.unwrap_or_default()
});

impl Catalog {
    /// The catalogue that is compiled in.
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Reads a catalogue and checks that its rows make sense.
    pub fn from_json(text: &str) -> Result<Self, CatalogError> {
        let mut catalog: Self = json::from_str(text)?;
        let mut seen = HashSet::new();
        for row in &catalog.providers {
            let fault = if seen.insert(row.id.clone()) {
                row.fault()
            } else {
                Some("its id is taken")
            };
            if let Some(fault) = fault {
                let provider = row.id.clone();
                return Err(CatalogError::Row { provider, fault });
            }
        }
        catalog.share_key_prefixes();
        Ok(catalog)
    }

    /// The row of that id.
    pub fn provider(&self, id: &ProviderId) -> Option<&Provider> {
        self.providers.iter().find(|row| row.id == *id)
    }

    /// Tells each row what the keys of all others look like, so that a new row
    /// need not touch the old ones.
    fn share_key_prefixes(&mut self) {
        let own = self.providers.iter().flat_map(|row| {
            row.key.prefixes.iter().map(|prefix| KeyPrefix {
                prefix: prefix.clone(),
                provider: row.id.clone(),
            })
        });
        let all: Vec<_> = own.chain(self.foreign_key_prefixes.clone()).collect();
        for row in &mut self.providers {
            // Who accepts any key has no wrong ones.
            if row.key.prefixes.is_empty() {
                continue;
            }
            let foreign = all.iter().filter(|entry| entry.provider != row.id);
            row.key.wrong_prefixes = foreign.cloned().collect();
        }
    }
}

#[cfg(test)]
#[path = "catalog_tests.rs"]
mod tests;
