//! What servers of one's own say of single models, asked for when one is
//! picked.

use super::{
    connection,
    pane::PaneSetup,
    runner::{Runner, use_runner},
    task,
};
use crate::core::{
    catalog::Provider,
    domain::{ModelId, PaneId},
    sorted::SortedMap,
    wire::{
        endpoint::Endpoint,
        model_facts::{self, ModelFacts},
    },
};
use leptos::prelude::*;

/// How much of an answer is read: whole licences stand in it.
const REPLY_LIMIT: usize = 4 * 1024 * 1024;

/// How far one answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// It was asked for.
    Asking,
    /// It is there.
    Facts(ModelFacts),
    /// It did not come, or said nothing.
    Nothing,
}

/// What is known, by base URL and model. It is gone with the page: servers of
/// one's own are set up anew.
#[derive(Clone, Copy)]
pub struct ShownModels {
    all: RwSignal<SortedMap<(String, String), Known>>,
    runner: Runner,
}

/// Creates the context.
pub fn provide() {
    provide_context(ShownModels {
        all: RwSignal::new(SortedMap::new()),
        runner: use_runner(),
    });
}

/// The context.
pub fn use_shown_models() -> ShownModels {
    expect_context()
}

fn key_of(endpoint: &Endpoint, model: &ModelId) -> (String, String) {
    let model = model.as_str().trim().to_owned();
    (endpoint.base_url.clone(), model)
}

impl ShownModels {
    /// What is known of a model (tracked).
    pub fn get(self, endpoint: &Endpoint, model: &ModelId) -> Option<Known> {
        let key = key_of(endpoint, model);
        self.all.with(|all| all.get(&key).cloned())
    }

    /// The same of a pane's.
    pub fn of(self, setup: &PaneSetup) -> Option<Known> {
        let endpoint = setup.endpoint()?.ok()?;
        self.get(&endpoint, &setup.model)
    }

    /// Asks for it, unless it is there or on its way. Nothing is sent to an
    /// origin without consent. What failed is asked for anew.
    pub fn want(self, row: &'static Provider, endpoint: &Endpoint, model: &ModelId) {
        let vault = self.runner.vault();
        let is_known = matches!(
            untrack(|| self.get(endpoint, model)),
            Some(Known::Asking | Known::Facts(_))
        );
        if is_known || !untrack(|| vault.is_approved(&endpoint.origin)) {
            return;
        }
        let Some(mut request) = model_facts::ask(row, endpoint, model) else {
            return;
        };
        let key = vault.key(&row.id, &endpoint.origin);
        if let Some(key) = &key {
            request.auth = request.auth.of_key(key);
        }
        let (place, origin) = (key_of(endpoint, model), endpoint.origin.clone());
        self.note(place.clone(), Known::Asking);
        task::spawn(async move {
            let bound = key.as_ref().map(|key| (&origin, key));
            let known = match connection::limited(connection::LIMIT_MS) {
                Some((guard, _timer)) => match connection::send(&request, bound, &guard).await {
                    Ok(mut reply) if (200..300).contains(&reply.head.status) => {
                        let body = reply.rest(REPLY_LIMIT).await;
                        model_facts::read(&String::from_utf8_lossy(&body))
                    }
                    _ => None,
                },
                None => None,
            };
            self.note(place, known.map_or(Known::Nothing, Known::Facts));
        });
    }

    /// The same for a pane's model.
    pub fn want_of(self, setup: &PaneSetup) {
        if let (Some(row), Some(Ok(endpoint))) = (setup.row(), setup.endpoint())
            && !setup.model.as_str().trim().is_empty()
        {
            self.want(row, &endpoint, &setup.model);
        }
    }

    fn note(self, place: (String, String), known: Known) {
        self.all.update(|all| {
            all.insert(place, known);
        });
    }
}

/// The estimated input of a pane that runs where the room for it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaneInput {
    /// Whose.
    pub pane: PaneId,
    /// In tokens, estimated from the text.
    pub tokens: u64,
    /// The room that the request asks for.
    pub window: Option<u64>,
}
