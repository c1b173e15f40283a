//! Model lists of the providers, asked for when the picker wants them.

use super::{
    comparison::{Comparison, use_comparison},
    later::{self, Bound},
    runner::{Runner, use_runner},
    settings::{Settings, use_settings},
    task,
    vault::{Vault, use_vault},
};
use crate::{
    browser::{
        fetch::{self, AbortGuard, FetchError, Reply},
        timer::Timer,
    },
    core::{
        catalog::Provider,
        domain::{ApiKey, Failure, ModelId},
        sorted::SortedMap,
        wire::{
            endpoint::Endpoint,
            error,
            http::HttpRequest,
            models::{self, ListedModel},
        },
    },
};
use leptos::prelude::*;

/// How much of a list is read; the longest known list is under 2 MB.
const LIST_LIMIT: usize = 16 * 1024 * 1024;
/// How long a page of a list may take.
const LIST_LIMIT_MS: i32 = 20_000;
/// How many pages are followed.
const MAX_PAGES: usize = 20;

/// What is known of one list.
#[derive(Debug, Clone, PartialEq)]
pub enum ModelList {
    /// It was asked for.
    Loading,
    /// It came.
    Ready(Vec<ListedModel>),
    /// The provider refused.
    Failed(Failure),
    /// No answer reached the page.
    Unreachable,
}

impl ModelList {
    /// What the list says of a model.
    pub fn find(&self, model: &ModelId) -> Option<&ListedModel> {
        match self {
            Self::Ready(models) => models.iter().find(|listed| listed.id == *model),
            _ => None,
        }
    }
}

/// Lists by provider and base URL.
#[derive(Clone, Copy)]
pub struct ModelLists {
    lists: RwSignal<SortedMap<(String, String), ModelList>>,
    runner: Runner,
    comparison: Comparison,
    settings: Settings,
    vault: Vault,
}

/// Creates the context.
pub fn provide() {
    provide_context(ModelLists {
        lists: RwSignal::new(SortedMap::new()),
        runner: use_runner(),
        comparison: use_comparison(),
        settings: use_settings(),
        vault: use_vault(),
    });
}

/// The context.
pub fn use_model_lists() -> ModelLists {
    expect_context()
}

fn key_of(endpoint: &Endpoint) -> (String, String) {
    (
        endpoint.provider.as_str().to_owned(),
        endpoint.base_url.clone(),
    )
}

/// Whether a provider shows its list only to those who have a key.
pub fn wants_key(provider: &Provider, endpoint: &Endpoint) -> bool {
    provider.key.required && !models::is_public(endpoint)
}

impl ModelLists {
    /// What is known of an endpoint's list (tracked).
    pub fn get(&self, endpoint: &Endpoint) -> Option<ModelList> {
        let key = key_of(endpoint);
        self.lists.with(|lists| lists.get(&key).cloned())
    }

    /// Asks for a list, unless it is there or on its way. Nothing is sent to
    /// an origin without consent, or without the key it needs.
    pub fn load(&self, provider: &'static Provider, endpoint: &Endpoint, again: bool) {
        let key = key_of(endpoint);
        let known = self.lists.with_untracked(|lists| lists.get(&key).cloned());
        let fresh = matches!(known, Some(ModelList::Loading))
            || (!again && matches!(known, Some(ModelList::Ready(_))));
        let may = untrack(|| self.vault.is_approved(&endpoint.origin));
        let has_key = self.vault.key(&provider.id, &endpoint.origin).is_some();
        if fresh || provider.list.is_none() || !may || (wants_key(provider, endpoint) && !has_key) {
            return;
        }
        self.lists.update(|lists| {
            lists.insert(key.clone(), ModelList::Loading);
        });
        let id = self.comparison.next_id();
        let this = *self;
        let endpoint = endpoint.clone();
        let runner = self.runner;
        runner.enqueue_list(id, endpoint.origin.clone(), move || {
            task::spawn(async move {
                // The one that is sent: another may be in its place before the reply.
                let sent = this.vault.key(&provider.id, &endpoint.origin);
                let mut list = this.fetch(provider, &endpoint, sent.as_ref()).await;
                if let (ModelList::Failed(failure), Some(sent)) = (&mut list, &sent) {
                    failure.redact(sent);
                }
                this.lists.update(|lists| {
                    lists.insert(key, list);
                });
                runner.leave_queue(id);
            });
        });
    }

    async fn fetch(
        &self,
        provider: &Provider,
        endpoint: &Endpoint,
        key: Option<&ApiKey>,
    ) -> ModelList {
        let mut all = Vec::new();
        let mut page: Option<String> = None;
        for _ in 0..MAX_PAGES {
            let Some(mut request) = models::list_request(provider, endpoint, page.as_deref())
            else {
                return ModelList::Unreachable;
            };
            let account = self.settings.account_headers(&endpoint.origin);
            request.headers.extend(account);
            let Some(guard) = AbortGuard::new() else {
                return ModelList::Unreachable;
            };
            // A list that never comes must not hold its place in the queue.
            let handle = guard.handle();
            let _limit = Timer::once(LIST_LIMIT_MS, move || handle.abort());
            if let Some(key) = key {
                request.auth = request.auth.of_key(key);
            }
            let bound = key.map(|key| (&endpoint.origin, key));
            let Ok(mut reply) = send(&request, bound, &guard).await else {
                return ModelList::Unreachable;
            };
            let body = reply.rest(LIST_LIMIT).await;
            if !(200..300).contains(&reply.head.status) {
                let head = &reply.head;
                return ModelList::Failed(error::classify(
                    endpoint.dialect,
                    head.status,
                    &head.headers,
                    &body,
                ));
            }
            if key.is_some() && !models::is_public(endpoint) {
                self.vault.note_accepted(&provider.id, &endpoint.origin);
            }
            match models::parse_list(provider, &String::from_utf8_lossy(&body)) {
                Ok(listed) => {
                    all.extend(listed.models);
                    page = listed.next;
                }
                Err(failure) => return ModelList::Failed(failure),
            }
            if page.is_none() {
                break;
            }
        }
        ModelList::Ready(all)
    }
}

/// Sends it, signed where the provider takes signatures.
async fn send(
    request: &HttpRequest,
    bound: Bound<'_>,
    guard: &AbortGuard,
) -> Result<Reply, FetchError> {
    if request.auth.sigv4.is_none() {
        return fetch::send(request, bound, guard).await;
    }
    let parts = later::need().await.ok_or(FetchError::Network)?;
    (parts.send_signed)(request, bound, guard, &|_| ()).await
}
