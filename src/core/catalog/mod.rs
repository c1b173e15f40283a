//! Providers and models as data.
//!
//! A provider is a row of `providers.json`, which the first page needs, or of
//! `routes.json`, which comes with the later part of the program. A new one
//! that speaks a known dialect needs no code. See docs/adding-a-provider.md.

mod about;
mod accepts;
mod alternatives;
mod api;
mod capability;
#[cfg(not(split))]
mod check;
mod efforts;
mod hosts;
pub mod identity;
mod list;
mod local;
mod offer;
pub(crate) mod pattern;
mod provider;
mod quirks;
mod rule;
mod site;

pub use about::{About, AuthKind, Cors, CorsState, DataFacts, Preflight, Relay};
pub use accepts::Accepts;
pub use alternatives::{
    Evidence, KnownIds, RouteCandidate, api_of_model, names_deployments, other_routes,
};
pub use api::{ApiRow, CountRow, CountShape, PathAt, Version, VersionPlace};
pub use capability::{Capabilities, SUMMARIES, Support};
pub use efforts::{effort_words, in_order};
pub use hosts::HiddenStatus;
pub use list::{ListRow, ListShape};
pub use local::{CorsDefault, CorsSetting, LocalCors, LocalLine, LocalPreset, SettingKind};
pub use offer::{BEDROCK, FilledIn, OLLAMA, Section, Step, likeliest, offered};
pub use provider::{Borrowed, FixedHeader, Group, KeyRow, Provider, SeededModel, Transport};
pub use quirks::{Quirks, ReasoningStyle, SchemaStyle, StopForm};
pub use rule::{Family, ModelRule, Param, Range, RefusedBecause, SystemPlace, Thinking, When};
pub use site::{BasePattern, Choice, Field, FieldKind, Site, Values};

use crate::core::{
    domain::ProviderId,
    strict::{self, Misfit, row},
};
use serde_json::{Map, Value};
use std::sync::{LazyLock, OnceLock};

/// Why a catalogue cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// Not the JSON of a catalogue.
    #[error("the catalogue does not parse: {0}")]
    Json(#[from] Misfit),
    /// A row contradicts itself or another one.
    #[error("provider {provider}: {fault}")]
    Row {
        /// The row.
        provider: ProviderId,
        /// What is wrong with it, for the developer who wrote it.
        fault: &'static str,
    },
}

row! {
    /// All provider rows, with the servers people run themselves.
    #[derive(Default)]
    pub struct Catalog {
        /// The day on which the facts were checked, `YYYY-MM-DD`.
        pub as_of: String,
        /// The rows, in the order in which they are offered.
        pub providers: Vec<Provider>,
        /// Beginnings of keys of providers that have no row.
        foreign_key_prefixes: Vec<KeyPrefix> = Vec::new(),
        /// Origins without a row whose replies of some statuses reach no page.
        pub hidden_status: Vec<HiddenStatus> = Vec::new(),
        /// Servers that people run themselves.
        pub local_presets: Vec<LocalPreset> = Vec::new(),
        /// What is known of routes whose rows stand in another file, by id.
        about: Map<String, Value> = Map::new(),
    }
}

row! {
    /// A beginning that gives away whose key it is.
    #[derive(PartialEq, Eq)]
    pub struct KeyPrefix {
        /// The first characters of the key.
        pub prefix: String,
        /// Whose it is; there may be no row of that id.
        pub provider: ProviderId,
    }
}

/// What the first page needs.
static FIRST: LazyLock<Catalog> = LazyLock::new(|| {
    let parsed = Catalog::from_json(include_str!(concat!(env!("OUT_DIR"), "/providers.json")));
    // The same bytes are parsed by every test that touches a provider, so a
    // broken row cannot get past a single `cargo test`.
    debug_assert!(parsed.is_ok(), "{parsed:?}");
    parsed.unwrap_or_default()
});

/// All there is, once [`Catalog::complete`] was called.
static WHOLE: OnceLock<Catalog> = OnceLock::new();

impl Catalog {
    /// The catalogue that is compiled in. In a split build it has only the rows
    /// of the first page until the later part of the program is there.
    pub fn builtin() -> &'static Self {
        #[cfg(not(split))]
        Self::complete();
        WHOLE.get().unwrap_or(&FIRST)
    }

    /// The rows of the first page, whatever else is there.
    pub fn first() -> &'static Self {
        &FIRST
    }

    /// Adds the rows that come with the later part of the program; whatever
    /// reaches this function brings them along.
    pub fn complete() {
        WHOLE.get_or_init(|| {
            let joined = FIRST
                .clone()
                .joined(include_str!(concat!(env!("OUT_DIR"), "/routes.json")));
            debug_assert!(joined.is_ok(), "{joined:?}");
            joined.unwrap_or_else(|_| FIRST.clone())
        });
    }

    /// This catalogue with the rows of another file behind its own.
    fn joined(mut self, more: &str) -> Result<Self, CatalogError> {
        let more: Self = strict::from_str(more)?;
        self.providers.extend(more.providers);
        self.foreign_key_prefixes.extend(more.foreign_key_prefixes);
        self.hidden_status.extend(more.hidden_status);
        self.local_presets.extend(more.local_presets);
        for (id, about) in more.about {
            let row = self.providers.iter_mut().find(|row| row.id.as_str() == id);
            if let Some(row) = row {
                row.about_json = Some(about);
            }
        }
        self.share_rules();
        self.checked()
    }

    /// Gives rows the rules and families of those whose models they offer.
    fn share_rules(&mut self) {
        let own = self.providers.clone();
        for row in &mut self.providers {
            for Borrowed { row: id, before } in std::mem::take(&mut row.borrows) {
                let Some(other) = own.iter().find(|other| other.id == id) else {
                    continue;
                };
                let here = |patterns: &[String]| {
                    let patterns = patterns.iter();
                    patterns
                        .map(|pattern| format!("{before}{pattern}"))
                        .collect()
                };
                row.model_rules
                    .extend(other.model_rules.iter().map(|rule| ModelRule {
                        patterns: here(&rule.patterns),
                        ..rule.clone()
                    }));
                row.families
                    .extend(other.families.iter().map(|family| Family {
                        patterns: here(&family.patterns),
                        ..family.clone()
                    }));
            }
        }
    }

    /// Reads a catalogue and checks that its rows make sense.
    pub fn from_json(text: &str) -> Result<Self, CatalogError> {
        strict::from_str::<Self>(text)?.checked()
    }

    fn checked(mut self) -> Result<Self, CatalogError> {
        // A split build has no rows but those that the tests have checked.
        #[cfg(not(split))]
        self.check()?;
        self.share_key_prefixes();
        Ok(self)
    }

    /// The row of that id.
    pub fn provider(&self, id: &ProviderId) -> Option<&Provider> {
        self.providers.iter().find(|row| row.id == *id)
    }

    /// The name of a provider, or its id where it has no row here.
    pub fn name_of<'a>(&'a self, id: &'a ProviderId) -> &'a str {
        self.provider(id).map_or(id.as_str(), |row| &row.name)
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

#[cfg(test)]
mod first_tests;
#[cfg(test)]
mod typo_tests;
