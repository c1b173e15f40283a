//! The model picker: provider, host, model. Fed by the provider's own list
//! where it has one, by the built-in list otherwise; free text always.

pub mod fields;
pub mod models;

use super::{
    connection::TestConnection,
    dialogs::{PickFor, use_dialogs},
    keyfield::KeyField,
    kit::{Dialog, focus},
    later::late,
};
use crate::{
    app::{PaneSetup, relays, use_comparison, use_notices, use_vault},
    core::{
        catalog::{Catalog, Provider},
        domain::{Api, ModelId, ProviderId},
        wire::endpoint::{Endpoint, EndpointError},
    },
    words::words,
};
use fields::{ApiField, BaseField, ProviderField};
use leptos::prelude::*;
use models::ModelField;

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
            Some(PickFor::Pane(_)) => words().picker.change,
            _ => words().picker.add,
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
    endpoint: Memo<Option<Result<Endpoint, EndpointError>>>,
}

impl Form {
    fn new(start: &PaneSetup) -> Self {
        let provider = RwSignal::new(start.provider.clone());
        let api = RwSignal::new(start.api);
        let base = RwSignal::new(start.base_url.clone().unwrap_or_default());
        let model = RwSignal::new(start.model.as_str().to_owned());
        let endpoint = Memo::new(move |_| {
            let row = provider.with(|id| Catalog::builtin().provider(id))?;
            let base = base.get();
            let base = base.trim();
            Some(relays::resolve(
                row,
                api.get(),
                (!base.is_empty()).then_some(base),
            ))
        });
        Self {
            provider,
            api,
            base,
            model,
            typed: RwSignal::new(false),
            base_typed: RwSignal::new(false),
            endpoint,
        }
    }

    fn row(&self) -> Option<&'static Provider> {
        self.provider.with(|id| Catalog::builtin().provider(id))
    }

    fn resolved(&self) -> Option<Endpoint> {
        self.endpoint.get().and_then(Result::ok)
    }
}

fn start_setup(pick: PickFor, comparison: crate::app::Comparison) -> PaneSetup {
    let existing = match pick {
        PickFor::NewOf(provider) => return PaneSetup::new(provider, ""),
        PickFor::Pane(id) => comparison.pane(id),
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
    let start = start_setup(pick, comparison);
    let form = Form::new(&start);
    let w = words().picker;
    let usable =
        move || form.resolved().is_some() && !form.model.with(|model| model.trim().is_empty());
    let use_it = move || {
        let Some(endpoint) = form.resolved() else {
            return;
        };
        // Typing a host is agreeing to it; taking over a link's host is not.
        if form.base_typed.get_untracked() {
            vault.approve(&endpoint.origin);
        }
        let base = form.base.get_untracked().trim().to_owned();
        let apply = |setup: &mut PaneSetup| {
            setup.provider = form.provider.get_untracked();
            setup.api = form.api.get_untracked();
            setup.base_url = (!base.is_empty()).then(|| base.clone());
            setup.model = ModelId::new(form.model.get_untracked().trim());
        };
        match pick {
            PickFor::Pane(id) => {
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
            <div class="form-grid">
                <ProviderField form />
                <ApiField form />
            </div>
            {move || {
                let has_base = form.row().is_none_or(|row| !row.transport.is_in_page());
                has_base.then(|| view! { <BaseField form /> })
            }}
            <KeySection form />
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
            <div class="picker-foot">
                <button
                    type="submit"
                    form=FORM_ID
                    class="btn btn-go"
                    data-testid="picker-use"
                    disabled=move || !usable()
                >
                    {match pick {
                        PickFor::New | PickFor::NewOf(_) => w.add_this,
                        PickFor::Pane(_) => w.use_this,
                    }}
                </button>
            </div>
        </div>
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
fn KeySection(form: Form) -> impl IntoView {
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
                <KeyField provider origin />
            }
            .into_any()
        })
    }
}
