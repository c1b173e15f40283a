//! Price lists that gateways give of themselves: asked for when a pane or the
//! picker has such a gateway, and gone with the page.

use super::{
    prices::{Prices, use_prices},
    task,
    vault::{Vault, use_vault},
};
use crate::{
    browser::{
        clock,
        fetch::{self, AbortGuard},
        timer::Timer,
    },
    core::{
        catalog::Provider,
        domain::{ApiKey, Origin},
        pricing::{LivePrices, LiveSource},
        wire::endpoint::Endpoint,
    },
};
use leptos::prelude::*;

/// How long a list may take.
const LIMIT_MS: i32 = 20_000;
/// How much of it is read; `OpenRouter`'s has under 1 MB.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// How far a gateway's list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveState {
    /// It was asked for.
    Loading,
    /// It is there, with so many models.
    Ready(usize),
    /// It did not come. Whether a key went along: with one it may be asked for
    /// anew.
    Failed {
        /// Whether one did.
        with_key: bool,
    },
}

/// Asks for the list of a pane's gateway, where it gives one and is agreed to.
#[derive(Clone, Copy)]
pub struct LiveLists {
    prices: Prices,
    vault: Vault,
}

/// The lists; under an owner.
pub fn use_live_lists() -> LiveLists {
    LiveLists {
        prices: use_prices(),
        vault: use_vault(),
    }
}

impl LiveLists {
    /// For whoever has both at hand.
    pub fn new(prices: Prices, vault: Vault) -> Self {
        Self { prices, vault }
    }

    /// What is known of an endpoint's list (tracked).
    pub fn state(self, endpoint: &Endpoint) -> Option<LiveState> {
        LiveSource::of(endpoint)?;
        let origin = endpoint.real_origin();
        self.prices
            .live_states
            .with(|states| states.get(origin.as_str()).copied())
    }

    /// Asks for it, unless it is there or on its way.
    pub fn want(self, provider: &Provider, endpoint: &Endpoint) {
        let Some(source) = LiveSource::of(endpoint) else {
            return;
        };
        if !untrack(|| self.vault.is_approved(&endpoint.origin)) {
            return;
        }
        let key = self
            .vault
            .key(&provider.id, &endpoint.origin)
            .filter(|_| source.wants_key());
        let fresh = match untrack(|| self.state(endpoint)) {
            None => false,
            Some(LiveState::Failed { with_key }) => with_key || key.is_none(),
            Some(_) => true,
        };
        let Some(request) = source.request(provider, endpoint).filter(|_| !fresh) else {
            return;
        };
        let origin = endpoint.real_origin().clone();
        self.note(&origin, LiveState::Loading);
        let (bound_to, host) = (endpoint.origin.clone(), endpoint.host.clone());
        task::spawn(async move {
            let bound = key.as_ref().map(|key| (&bound_to, key));
            let body = fetch_text(&request, bound).await;
            let today = clock::wall().day();
            let list =
                body.and_then(|body| LivePrices::read(source, &origin, &host, &body, today).ok());
            if let Some(list) = list {
                self.note(&origin, LiveState::Ready(list.len()));
                self.prices.add_live(list);
            } else {
                let with_key = key.is_some();
                self.note(&origin, LiveState::Failed { with_key });
            }
        });
    }

    fn note(self, origin: &Origin, state: LiveState) {
        self.prices.live_states.update(|states| {
            states.insert(origin.as_str().to_owned(), state);
        });
    }
}

async fn fetch_text(
    request: &crate::core::wire::http::HttpRequest,
    bound: Option<(&Origin, &ApiKey)>,
) -> Option<String> {
    let guard = AbortGuard::new()?;
    let handle = guard.handle();
    let _limit = Timer::once(LIMIT_MS, move || handle.abort());
    let mut reply = fetch::send(request, bound, &guard).await.ok()?;
    let body = reply.rest(BODY_LIMIT).await;
    let is_ok = (200..300).contains(&reply.head.status);
    is_ok.then(|| String::from_utf8_lossy(&body).into_owned())
}
