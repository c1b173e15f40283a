//! Routes that the person uses, and the same model over several of them.

use super::{
    comparison::Comparison,
    models::{ModelList, ModelLists},
    notices::Undo,
    pane::PaneSetup,
    prices::Prices,
    vault::Vault,
};
use crate::{
    browser::storage::{self, Place},
    core::{
        catalog::{self, Catalog, KnownIds, Provider, RouteCandidate},
        domain::{Origin, ProviderId},
        recipe::MAX_PANES,
        strict,
        wire::endpoint::{self, Endpoint},
    },
};
use leptos::prelude::*;

const RECENT: &str = "touchstone.routes";
/// How many are remembered.
const MAX_RECENT: usize = 8;

/// Routes that were chosen before, the newest first: provider and base URL,
/// which is empty for the provider's own.
pub fn recent() -> Vec<(ProviderId, String)> {
    let rows: Vec<(String, String)> = storage::get(Place::Device, RECENT)
        .and_then(|text| strict::from_str(&text).ok())
        .unwrap_or_default();
    let rows = rows.into_iter();
    rows.map(|(id, base)| (ProviderId::new(id), base)).collect()
}

/// Remembers a route. A browser that keeps nothing forgets it, no more.
pub fn note_used(provider: &ProviderId, base: &str) {
    let mut rows = recent();
    rows.retain(|(id, _)| id != provider);
    rows.insert(0, (provider.clone(), base.to_owned()));
    rows.truncate(MAX_RECENT);
    let rows: Vec<_> = rows
        .iter()
        .map(|(id, base)| (id.as_str(), base.as_str()))
        .collect();
    if let Ok(text) = serde_json::to_string(&rows) {
        storage::set(Place::Device, RECENT, &text);
    }
}

/// The person's routes: those with a key, then those that were used before
/// (tracked).
pub fn yours(vault: Vault) -> Vec<ProviderId> {
    let mut ids: Vec<ProviderId> = Vec::new();
    let recent = recent().into_iter().map(|(id, _)| id);
    let held = vault.pairs().into_iter().map(|(id, _)| id);
    for id in recent.chain(held) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// The base URL to begin with: the last one that was used, else one that there
/// is a key for, else the fields of the row as they come (tracked). Empty for
/// the provider's own.
pub fn base_to_begin_with(row: &Provider, vault: Vault) -> String {
    let own = |id: &ProviderId| *id == row.id;
    let known = recent().into_iter().find(|(id, _)| own(id));
    if let Some((_, base)) = known {
        return base;
    }
    let site = row.site();
    let held = vault.pairs().into_iter().filter(|(id, _)| own(id));
    let held: Vec<_> = held.map(|(_, origin)| origin).collect();
    let has_default = row.default_base.is_some();
    if has_default && held.iter().any(|origin| row.is_default_origin(origin)) {
        return String::new();
    }
    let leads_somewhere = |origin: &&Origin| match &site {
        Some(site) => site.read(origin.as_str()).is_some(),
        None => !has_default,
    };
    match (held.iter().find(leads_somewhere), &site) {
        (Some(origin), _) => origin.as_str().to_owned(),
        (None, Some(site)) if !has_default => site.fill(&site.defaults()),
        _ => String::new(),
    }
}

/// The same model over the other routes, as far as lists, catalogue and price
/// table know (tracked).
pub fn others(
    setup: &PaneSetup,
    vault: Vault,
    lists: ModelLists,
    prices: Prices,
) -> Vec<RouteCandidate> {
    let catalog = Catalog::builtin();
    let table = prices.ready();
    let listed = |id: &ProviderId| {
        let endpoint = usual_endpoint(catalog.provider(id)?, vault)?;
        match lists.get(&endpoint)? {
            ModelList::Ready(models) => Some(models.into_iter().map(|model| model.id).collect()),
            _ => None,
        }
    };
    let of_table = |id: &ProviderId| {
        let table = table.as_deref();
        table.map_or_else(Vec::new, |table| table.ids_of_row(id.as_str()))
    };
    let known = KnownIds {
        listed: &listed,
        priced: &of_table,
    };
    catalog::other_routes(catalog, &setup.known_model(), &setup.provider, &known)
}

/// Where requests of a row usually go (tracked).
pub fn usual_endpoint(row: &Provider, vault: Vault) -> Option<Endpoint> {
    let base = base_to_begin_with(row, vault);
    let base = Some(base.as_str()).filter(|base| !base.is_empty());
    endpoint::resolve(row, None, base).ok()
}

/// Opens a pane for each setup, as many as there is room for; gives how many,
/// and what takes them away again.
pub fn open(setups: Vec<PaneSetup>, comparison: Comparison) -> (usize, Undo) {
    let room = MAX_PANES.saturating_sub(comparison.panes.with_untracked(Vec::len));
    let added: Vec<_> = setups
        .into_iter()
        .take(room)
        .filter_map(|setup| comparison.add_pane(setup))
        .map(|pane| pane.id)
        .collect();
    let count = added.len();
    let undo = Undo::new(move || {
        // One that has answered meanwhile is the person's work.
        comparison.panes.update(|panes| {
            panes.retain(|pane| {
                !added.contains(&pane.id) || !pane.cells.with_untracked(Vec::is_empty)
            });
        });
    });
    (count, undo)
}
