//! What the picker's form holds, and what follows from it.

use crate::{
    app::{self, Comparison, PaneSetup, Vault, relays},
    core::{
        catalog::{self, Catalog, FilledIn, Provider, Site, Step, Values},
        domain::{Api, ModelId, ProviderId},
        wire::endpoint::{Endpoint, EndpointError},
    },
    ui::dialogs::PickFor,
};
use leptos::prelude::*;

/// What the form holds.
#[derive(Clone, Copy)]
pub struct Form {
    pub(super) provider: RwSignal<ProviderId>,
    pub(super) api: RwSignal<Option<Api>>,
    pub(super) base: RwSignal<String>,
    pub(super) model: RwSignal<String>,
    /// Whether the person has typed a model: until then all are listed.
    pub(super) typed: RwSignal<bool>,
    /// Whether the person has typed the base URL: only then is it theirs, and
    /// not a link's.
    pub(super) base_typed: RwSignal<bool>,
    /// The model behind a deployment, as far as it was typed here.
    pub(super) base_model: RwSignal<Option<String>>,
    /// The API that fits the model, where it is not the first one.
    pub(super) by_model: Memo<Option<Api>>,
    pub(super) endpoint: Memo<Option<Result<Endpoint, EndpointError>>>,
    /// The fields of the base URL, and the values that it has.
    pub(super) site: Memo<Option<Site>>,
    pub(super) values: Memo<Option<Values>>,
    pub(super) vault: Vault,
}

impl Form {
    pub(super) fn new(start: &PaneSetup, vault: Vault) -> Self {
        let provider = RwSignal::new(start.provider.clone());
        let api = RwSignal::new(start.api);
        let base = RwSignal::new(start.base_url.clone().unwrap_or_default());
        let model = RwSignal::new(start.model.as_str().to_owned());
        // Which API fits is known by the model, unless the person chose one.
        let by_model = Memo::new(move |_| {
            let row = provider.with(|id| Catalog::builtin().provider(id))?;
            model.with(|model| catalog::api_of_model(row, &ModelId::new(model.trim())))
        });
        let endpoint = Memo::new(move |_| {
            let row = provider.with(|id| Catalog::builtin().provider(id))?;
            let base = base.get();
            let base = base.trim();
            Some(relays::resolve(
                row,
                api.get().or_else(|| by_model.get()),
                (!base.is_empty()).then_some(base),
            ))
        });
        let site = Memo::new(move |_| provider.with(|id| Catalog::builtin().provider(id)?.site()));
        let values = Memo::new(move |_| {
            let site = site.get()?;
            let base = base.get();
            if base.trim().is_empty() {
                return Some(site.defaults());
            }
            // What was pasted may have an endpoint at its end.
            let tidy = || endpoint.get()?.ok().map(|endpoint| endpoint.base_url);
            site.read(&base).or_else(|| site.read(&tidy()?))
        });
        Self {
            provider,
            api,
            base,
            model,
            typed: RwSignal::new(false),
            base_typed: RwSignal::new(false),
            base_model: RwSignal::new(None),
            by_model,
            endpoint,
            site,
            values,
            vault,
        }
    }

    /// The API that is meant; `None` for the first one (tracked).
    pub(super) fn api_now(&self) -> Option<Api> {
        let first = self.row()?.apis.first()?.api;
        let api = self.api.get().or_else(|| self.by_model.get());
        api.filter(|api| *api != first)
    }

    /// Takes another route, with what is known of how it is used.
    pub(super) fn choose(&self, id: &ProviderId) {
        let is_new = self.provider.with_untracked(|before| before != id);
        let row = Catalog::builtin().provider(id).filter(|_| is_new);
        let Some(row) = row else { return };
        let base = untrack(|| app::routes::base_to_begin_with(row, self.vault));
        // What is neither the provider's nor a link's is the person's choice.
        self.base_typed.set(!base.is_empty());
        self.provider.set(id.clone());
        self.api.set(None);
        self.base.set(base);
        self.model.set(String::new());
        self.typed.set(false);
        self.base_model.set(None);
        if let Some(endpoint) = untrack(|| self.resolved())
            && self.base_typed.get_untracked()
        {
            self.vault.approve(&endpoint.origin);
        }
    }

    /// Whether there is something to see in a folded base URL.
    pub(super) fn base_is_shown(&self) -> bool {
        let is_blank = self.base.with_untracked(|base| base.trim().is_empty());
        let is_of_fields = self.site.with_untracked(Option::is_some)
            && self.values.with_untracked(Option::is_some);
        !is_blank && !is_of_fields
    }

    /// What is to be filled in next (tracked).
    pub(super) fn next(&self) -> Step {
        let endpoint = self.resolved();
        let lacks_key = self.row().zip(endpoint.as_ref()).is_some_and(|(row, to)| {
            row.key.required && row.takes_key() && !self.vault.has(&row.id, &to.origin)
        });
        let filled = |site: Option<&Site>| {
            self.base.with(|base| {
                self.model.with(|model| {
                    FilledIn {
                        site,
                        base,
                        is_resolved: endpoint.is_some(),
                        lacks_key,
                        model,
                    }
                    .next()
                })
            })
        };
        self.site.with(|site| filled(site.as_ref()))
    }

    pub(super) fn row(&self) -> Option<&'static Provider> {
        self.provider.with(|id| Catalog::builtin().provider(id))
    }

    pub(super) fn resolved(&self) -> Option<Endpoint> {
        self.endpoint.get().and_then(Result::ok)
    }
}

/// What the form begins with.
pub(super) fn start_setup(pick: PickFor, comparison: Comparison) -> PaneSetup {
    let existing = match pick {
        PickFor::NewOf(provider) => {
            let row = Catalog::builtin().provider(&provider.into());
            let model = row.and_then(|row| row.default_model.clone());
            return PaneSetup::new(provider, model.unwrap_or_else(|| "".into()));
        }
        PickFor::Pane(id) => comparison.pane(id),
        PickFor::PaneOf(id, provider) => {
            let pane = comparison.pane(id);
            let setup = pane.map(|pane| pane.setup.get_untracked());
            let same = setup.filter(|setup| setup.provider.as_str() == provider);
            return same.unwrap_or_else(|| PaneSetup::new(provider, ""));
        }
        // A new pane starts from its neighbour: usually one thing differs.
        PickFor::New | PickFor::Any => comparison
            .panes
            .with_untracked(|panes| panes.last().cloned()),
    };
    existing.map_or_else(
        || PaneSetup::new("openai", ""),
        |pane| pane.setup.get_untracked(),
    )
}
