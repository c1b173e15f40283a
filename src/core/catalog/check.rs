//! What rows must agree on, for the developer who writes one. A split build goes
//! without: it has no rows but those that the tests have checked.

use super::{ApiRow, Catalog, CatalogError, Provider};
use crate::core::{domain::ModelId, wire::endpoint::origin_of};

impl Catalog {
    /// Whether its rows make sense.
    pub(super) fn check(&self) -> Result<(), CatalogError> {
        let mut before = self.providers.as_slice();
        while let Some((row, others)) = before.split_last() {
            let is_taken = others.iter().any(|other| other.id == row.id);
            let fault = if is_taken {
                Some("its id is taken")
            } else {
                row.fault()
            };
            if let Some(fault) = fault {
                let provider = row.id.clone();
                return Err(CatalogError::Row { provider, fault });
            }
            before = others;
        }
        Ok(())
    }
}

impl Provider {
    /// What is wrong with the row, for the developer who wrote it.
    fn fault(&self) -> Option<&'static str> {
        let lower = |name: &str| !name.is_empty() && name == name.to_ascii_lowercase();
        let listed = |id: &ModelId| self.models.iter().any(|model| model.id == *id);
        let rooted = |path: &str| path.starts_with('/');
        if self.id.as_str().is_empty() || self.id.as_str().contains('/') {
            return Some("links split at the first slash, so the id cannot hold one");
        }
        if self.apis.is_empty() {
            return Some("it has no API");
        }
        if !self.apis.iter().flat_map(ApiRow::paths).all(rooted) {
            return Some("an API's path starts with a slash");
        }
        if !self.list.iter().all(|row| rooted(&row.path)) {
            return Some("the list's path starts with a slash");
        }
        if self.transport.is_in_page() {
            let has_address = self.default_base.is_some() || self.list.is_some();
            if has_address || self.key.required || !self.auth.header.is_empty() {
                return Some("what runs in the page has no address and no key");
            }
        }
        let mut headers = self.headers.iter().map(|header| header.name.as_str());
        let has_slot = self.transport.is_in_page() || lower(&self.auth.header);
        if !has_slot || !headers.all(lower) {
            return Some("header names are written in lower case");
        }
        if self
            .default_base
            .as_deref()
            .is_some_and(|base| origin_of(base).is_none())
        {
            return Some("its base URL is not a URL");
        }
        if !self.default_model.iter().all(listed) {
            return Some("its default model is not in its list");
        }
        None
    }
}
