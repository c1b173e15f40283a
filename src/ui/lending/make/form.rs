//! What was typed into the form that lends a key, and what follows from it.

use super::LENT_FOR_S;
use crate::{
    app::{Vault, share, use_comparison, use_vault},
    browser::{clock, page, random},
    core::{
        catalog::{Catalog, Provider},
        domain::{ApiKey, ModelId, Origin, ProviderId},
        lent::{self, LentKey},
        pricing::Moment,
        wire::endpoint::{self, Endpoint, EndpointError},
    },
    words::words,
};
use leptos::prelude::*;
/// What was typed.
#[derive(Clone, Copy)]
pub struct Form {
    pub(super) provider: RwSignal<String>,
    pub(super) base: RwSignal<String>,
    /// Whether another key than the held one is lent.
    pub(super) other_key: RwSignal<bool>,
    pub(super) key: RwSignal<String>,
    pub(super) from: RwSignal<String>,
    pub(super) limit: RwSignal<String>,
    pub(super) model: RwSignal<String>,
    pub(super) expires: RwSignal<String>,
    pub(super) passphrase: RwSignal<String>,
    pub(super) site: RwSignal<String>,
    pub(super) agreed: RwSignal<bool>,
    pub(super) vault: Vault,
}

impl Form {
    /// Tracks all that a link is made of.
    pub(super) fn track(self) {
        for typed in [
            self.provider,
            self.base,
            self.key,
            self.from,
            self.limit,
            self.model,
        ] {
            typed.track();
        }
        for typed in [self.expires, self.passphrase, self.site] {
            typed.track();
        }
        self.other_key.track();
    }

    pub(super) fn new() -> Self {
        let vault = use_vault();
        let (provider, base) = likely(vault);
        let named = share::named_base().map(|base| base.as_str().to_owned());
        Self {
            provider: RwSignal::new(provider),
            base: RwSignal::new(base),
            other_key: RwSignal::new(false),
            key: RwSignal::new(String::new()),
            from: RwSignal::new(String::new()),
            limit: RwSignal::new(String::new()),
            model: RwSignal::new(String::new()),
            expires: RwSignal::new(clock::to_local(Moment(clock::wall().0 + LENT_FOR_S))),
            passphrase: RwSignal::new(new_passphrase().unwrap_or_default()),
            site: RwSignal::new(named.unwrap_or_else(page::bare_address)),
            agreed: RwSignal::new(false),
            vault,
        }
    }

    pub(super) fn row(self) -> Option<&'static Provider> {
        let id = ProviderId::new(self.provider.get());
        Catalog::builtin().provider(&id)
    }

    /// Where the key is for (tracked).
    pub(super) fn endpoint(self) -> Result<Endpoint, EndpointError> {
        let row = self.row().ok_or(EndpointError::BaseMissing)?;
        let base = self.base.get();
        endpoint::resolve(row, None, Some(base.as_str()))
    }

    /// The key that is held for that place (tracked).
    pub(super) fn held(self) -> Option<(Origin, ApiKey)> {
        let origin = self.endpoint().ok()?.origin;
        let provider = ProviderId::new(self.provider.get());
        self.vault
            .has(&provider, &origin)
            .then(|| self.vault.key(&provider, &origin))
            .flatten()
            .map(|key| (origin, key))
    }

    /// What would be lent, or what is wrong.
    pub(super) fn read(self) -> Result<LentKey, String> {
        let w = words().lending();
        let endpoint = self
            .endpoint()
            .map_err(|error| (w.bad_base)(&words().endpoint_error(&error)))?;
        let held = self.held().filter(|_| !self.other_key.get());
        let key = match held {
            Some((_, key)) => key,
            None => ApiKey::new(&self.key.get()).ok_or_else(|| w.no_key.to_owned())?,
        };
        let expires = match self.expires.get().trim() {
            "" => None,
            typed => {
                let moment = clock::of_local(typed);
                Some(
                    moment
                        .filter(|end| *end > clock::wall())
                        .ok_or(w.expires_past)?,
                )
            }
        };
        if self.passphrase.with(|typed| lent::plain(typed).is_empty()) {
            return Err(w.empty.to_owned());
        }
        if !self.agreed.get() {
            return Err(w.agree_first.to_owned());
        }
        let text = |typed: RwSignal<String>| {
            let typed = typed.get().trim().to_owned();
            (!typed.is_empty()).then_some(typed)
        };
        let lent = LentKey {
            provider: endpoint.provider.clone(),
            base_url: text(self.base).map(|_| endpoint.base_url.clone()),
            origin: endpoint.origin,
            key,
            from: text(self.from),
            limit: text(self.limit),
            expires,
            model: text(self.model).map(ModelId::new),
        };
        lent.endpoint().map_err(|fault| (w.fault)(&fault))?;
        Ok(lent)
    }
}

/// The pair for which a key is held, else that of the first pane.
fn likely(vault: Vault) -> (String, String) {
    let pair = untrack(|| vault.pairs()).into_iter().next();
    let base_at = |provider: &ProviderId, origin: &Origin| {
        let row = Catalog::builtin().provider(provider);
        let own = row.and_then(|row| endpoint::resolve(row, None, None).ok());
        let panes = use_comparison().panes.get_untracked();
        let of_pane = panes.iter().find_map(|pane| {
            let setup = pane.setup.get_untracked();
            let endpoint = setup.direct()?.ok()?;
            (setup.provider == *provider && endpoint.origin == *origin)
                .then_some(setup.base_url)
                .flatten()
        });
        match own {
            Some(own) if own.origin == *origin => of_pane.unwrap_or_default(),
            _ => of_pane.unwrap_or_else(|| origin.as_str().to_owned()),
        }
    };
    match pair {
        Some((provider, origin)) => {
            let base = base_at(&provider, &origin);
            (provider.as_str().to_owned(), base)
        }
        None => ("openrouter".to_owned(), String::new()),
    }
}

pub(super) fn new_passphrase() -> Option<String> {
    lent::generate(&random::bytes()?)
}
