//! The model picker: route, where it leads, key, model. Fed by the provider's
//! own list where it has one, by the built-in list otherwise; free text always.

pub mod choices;
pub mod deployment;
pub mod fields;
pub mod key_header;
pub mod models;
pub mod relay;
pub mod routes;
pub mod shown;
pub mod site;

use super::{
    connection::TestConnection,
    dialogs::{PickFor, use_dialogs},
    keyfield::KeyField,
    kit::{Dialog, focus},
    later::late,
};
use crate::{
    app::{
        self, Comparison, PaneSetup, Vault, relays, use_comparison, use_notices, use_prices,
        use_vault,
    },
    core::{
        catalog::{self, Catalog, FilledIn, Provider, Site, Step, Values},
        domain::{Api, ModelId, ProviderId},
        signin::Place,
        wire::endpoint::{Endpoint, EndpointError},
    },
    words::words,
};
use deployment::BaseModelField;
use fields::{BaseField, Fields, Outcome};
use key_header::KeyHeaderField;
use leptos::prelude::*;
use models::ModelField;
use relay::RelaySection;
use routes::RouteList;

/// The form that the button in the foot sends; the key's form stands between
/// its fields, and forms do not nest.
const FORM_ID: &str = "picker-form";

/// The dialog.
#[component]
pub fn Picker() -> impl IntoView {
    let dialogs = use_dialogs();
    let open = Signal::derive(move || dialogs.picker.get().is_some());
    let title = Signal::derive(move || {
        match dialogs.picker.get() {
            Some(PickFor::Pane(_) | PickFor::PaneOf(..)) => words().picker().change,
            _ => words().picker().add,
        }
        .to_owned()
    });
    view! {
        <Dialog open title test_id="picker" on_close=move |()| dialogs.picker.set(None)>
            {move || dialogs.picker.get().map(|pick| late(move |parts| (parts.picker)(pick)))}
        </Dialog>
    }
}

/// What the form holds.
#[derive(Clone, Copy)]
pub struct Form {
    provider: RwSignal<ProviderId>,
    api: RwSignal<Option<Api>>,
    base: RwSignal<String>,
    model: RwSignal<String>,
    /// Whether the person has typed a model: until then all are listed.
    typed: RwSignal<bool>,
    /// Whether the person has typed the base URL: only then is it theirs, and
    /// not a link's.
    base_typed: RwSignal<bool>,
    /// The model behind a deployment, as far as it was typed here.
    base_model: RwSignal<Option<String>>,
    /// The API that fits the model, where it is not the first one.
    by_model: Memo<Option<Api>>,
    endpoint: Memo<Option<Result<Endpoint, EndpointError>>>,
    /// The fields of the base URL, and the values that it has.
    site: Memo<Option<Site>>,
    values: Memo<Option<Values>>,
    vault: Vault,
}

impl Form {
    fn new(start: &PaneSetup, vault: Vault) -> Self {
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
    fn api_now(&self) -> Option<Api> {
        let first = self.row()?.apis.first()?.api;
        let api = self.api.get().or_else(|| self.by_model.get());
        api.filter(|api| *api != first)
    }

    /// Takes another route, with what is known of how it is used.
    fn choose(&self, id: &ProviderId) {
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
    fn base_is_shown(&self) -> bool {
        let is_blank = self.base.with_untracked(|base| base.trim().is_empty());
        let is_of_fields = self.site.with_untracked(Option::is_some)
            && self.values.with_untracked(Option::is_some);
        !is_blank && !is_of_fields
    }

    /// What is to be filled in next (tracked).
    fn next(&self) -> Step {
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

    fn row(&self) -> Option<&'static Provider> {
        self.provider.with(|id| Catalog::builtin().provider(id))
    }

    fn resolved(&self) -> Option<Endpoint> {
        self.endpoint.get().and_then(Result::ok)
    }
}

fn start_setup(pick: PickFor, comparison: Comparison) -> PaneSetup {
    let existing = match pick {
        PickFor::NewOf(provider) => return PaneSetup::new(provider, ""),
        PickFor::Pane(id) => comparison.pane(id),
        PickFor::PaneOf(id, provider) => {
            let pane = comparison.pane(id);
            let setup = pane.map(|pane| pane.setup.get_untracked());
            let same = setup.filter(|setup| setup.provider.as_str() == provider);
            return same.unwrap_or_else(|| PaneSetup::new(provider, ""));
        }
        // A new pane starts from its neighbour: usually one thing differs.
        PickFor::New => comparison
            .panes
            .with_untracked(|panes| panes.last().cloned()),
    };
    existing.map_or_else(
        || PaneSetup::new("openai", ""),
        |pane| pane.setup.get_untracked(),
    )
}

/// Its content.
pub fn form(pick: PickFor) -> AnyView {
    view! { <PickerForm pick /> }.into_any()
}

#[component]
fn PickerForm(pick: PickFor) -> impl IntoView {
    let comparison = use_comparison();
    let dialogs = use_dialogs();
    let notices = use_notices();
    let vault = use_vault();
    let prices = use_prices();
    let start = start_setup(pick, comparison);
    let form = Form::new(&start, vault);
    let w = words().picker();
    let usable = move || {
        form.resolved().is_some()
            && !form.model.with(|model| model.trim().is_empty())
            && !matches!(form.next(), Step::Field(_))
    };
    let use_it = move || {
        let Some(endpoint) = form.resolved() else {
            return;
        };
        // Typing a host is agreeing to it; taking over a link's host is not.
        if form.base_typed.get_untracked() {
            vault.approve(&endpoint.origin);
        }
        let base = form.base.get_untracked().trim().to_owned();
        let provider = form.provider.get_untracked();
        let is_remembered = form.row().is_some_and(|row| !row.transport.is_in_page());
        // A link's host is not remembered before the person agreed to it.
        if is_remembered && untrack(|| vault.is_approved(&endpoint.origin)) {
            // In its clean form: what was pasted may hold a key in its query.
            let clean = if base.is_empty() {
                ""
            } else {
                endpoint.base_url.as_str()
            };
            app::routes::note_used(&provider, clean);
        }
        deployment::keep(form, prices);
        let apply = |setup: &mut PaneSetup| {
            setup.provider = form.provider.get_untracked();
            setup.api = untrack(|| form.api_now());
            setup.base_url = (!base.is_empty()).then(|| base.clone());
            setup.model = ModelId::new(form.model.get_untracked().trim());
        };
        match pick {
            PickFor::Pane(id) | PickFor::PaneOf(id, _) => {
                if let Some(pane) = comparison.pane(id) {
                    pane.setup.update(apply);
                }
            }
            PickFor::New | PickFor::NewOf(_) => {
                let mut setup = PaneSetup::new("openai", "");
                apply(&mut setup);
                if comparison.add_pane(setup).is_none() {
                    notices.toast(words().composer.full);
                }
            }
        }
        dialogs.picker.set(None);
        // The button that opened the dialog may be gone with the first pane.
        focus::rescue([focus::PROMPT]);
    };
    view! {
        <div class="picker">
            <RouteList form />
            <div class="picker-main">
                {move || {
                    let has_base = form.row().is_none_or(|row| !row.transport.is_in_page());
                    has_base
                        .then(|| {
                            view! {
                                <Fields form />
                                <Outcome form />
                                <BaseField form />
                                <KeyHeaderField form />
                            }
                        })
                }}
                <RelaySection form />
                <KeySection form place=place_of(pick, comparison) />
                <TestSection form />
                <form
                    class="picker-models"
                    id=FORM_ID
                    on:submit=move |event| {
                        event.prevent_default();
                        if usable() {
                            use_it();
                        }
                    }
                >
                    <ModelField form />
                </form>
                <BaseModelField form />
                <Compare form />
            </div>
            <div class="picker-foot">
                <Next form />
                <button
                    type="submit"
                    form=FORM_ID
                    class="btn btn-go"
                    data-testid="picker-use"
                    disabled=move || !usable()
                >
                    {match pick {
                        PickFor::New | PickFor::NewOf(_) => w.add_this,
                        PickFor::Pane(_) | PickFor::PaneOf(..) => w.use_this,
                    }}
                </button>
            </div>
        </div>
    }
}

/// What is to be filled in next.
#[component]
fn Next(form: Form) -> impl IntoView {
    let w = words().routes();
    let step = Memo::new(move |_| form.next());
    let text = move || match step.get() {
        Step::Field(id) => form.site.with(|site| {
            let field = site.as_ref().and_then(|site| site.field(&id));
            field.map_or_else(String::new, |field| (w.next_field)((w.field)(field.kind)))
        }),
        Step::Base => w.next_base.to_owned(),
        Step::Key => w.next_key.to_owned(),
        Step::Model => w.next_model.to_owned(),
        Step::Ready if relay::is_missing(form) => w.next_relay.to_owned(),
        Step::Ready => w.ready.to_owned(),
    };
    view! {
        <p class="hint picker-next" role="status" data-testid="picker-next">
            {text}
        </p>
    }
}

/// The way to the model's other routes.
#[component]
fn Compare(form: Form) -> impl IntoView {
    let dialogs = use_dialogs();
    let compare = move |_| {
        let base = form.base.get_untracked();
        let setup = PaneSetup {
            api: untrack(|| form.api_now()),
            base_url: Some(base.trim().to_owned()).filter(|base| !base.is_empty()),
            ..PaneSetup::new(
                form.provider.get_untracked(),
                form.model.get_untracked().trim(),
            )
        };
        dialogs.picker.set(None);
        dialogs.compare.set(Some(setup));
    };
    let can_compare = move || {
        let is_remote = form.row().is_some_and(|row| !row.transport.is_in_page());
        is_remote && !form.model.with(|model| model.trim().is_empty())
    };
    move || {
        can_compare().then(|| {
            view! {
                <div>
                    <button
                        type="button"
                        class="btn-text picker-compare"
                        data-testid="picker-compare"
                        on:click=compare
                    >
                        {words().routes().compare}
                    </button>
                </div>
            }
            .into_any()
        })
    }
}

/// A test of the chosen endpoint, where it may be called.
#[component]
fn TestSection(form: Form) -> impl IntoView {
    let vault = use_vault();
    let endpoint = Memo::new(move |_| {
        let endpoint = form.resolved()?;
        let may = !endpoint.transport.is_in_page() && vault.is_approved(&endpoint.origin);
        may.then_some(endpoint)
    });
    let model = Signal::derive(move || ModelId::new(form.model.get().trim()));
    move || {
        let may = endpoint.with(Option::is_some);
        may.then(|| view! { <TestConnection endpoint model /> }.into_any())
    }
}

/// The key for the chosen endpoint, where it is missing.
#[component]
fn KeySection(form: Form, place: Place) -> impl IntoView {
    let vault = use_vault();
    // A memo, so that typing a path does not empty a half-typed key.
    let wanted = Memo::new(move |_| {
        let row = form.row()?;
        let origin = form.resolved()?.origin;
        (row.takes_key() && vault.is_approved(&origin) && !vault.has(&row.id, &origin))
            .then(|| (row.id.clone(), origin))
    });
    move || {
        wanted.get().map(|(provider, origin)| {
            view! {
                <KeyField provider origin place />
            }
            .into_any()
        })
    }
}

/// Where the picker is, for a sign-in that leaves the page.
fn place_of(pick: PickFor, comparison: Comparison) -> Place {
    match pick {
        PickFor::New | PickFor::NewOf(_) => Place::NewPane,
        PickFor::Pane(id) | PickFor::PaneOf(id, _) => comparison
            .panes
            .with_untracked(|panes| panes.iter().position(|pane| pane.id == id))
            .map_or(Place::NewPane, Place::Picker),
    }
}
