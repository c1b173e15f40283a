//! The model picker: route, where it leads, key, model. Fed by the provider's
//! own list where it has one, by the built-in list otherwise; free text always.

pub mod choices;
pub mod deployment;
pub mod fields;
pub mod form;
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
    app::{self, Comparison, PaneSetup, use_comparison, use_notices, use_prices, use_vault},
    core::{catalog::Step, domain::ModelId, signin::Place},
    words::words,
};
use deployment::BaseModelField;
use fields::{BaseField, Fields, Outcome};
use form::{Form, start_setup};
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
            PickFor::New | PickFor::Any | PickFor::NewOf(_) => {
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
            <RouteList form is_first={pick == PickFor::Any} />
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
                        PickFor::New | PickFor::Any | PickFor::NewOf(_) => w.add_this,
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
        PickFor::New | PickFor::Any | PickFor::NewOf(_) => Place::NewPane,
        PickFor::Pane(id) | PickFor::PaneOf(id, _) => comparison
            .panes
            .with_untracked(|panes| panes.iter().position(|pane| pane.id == id))
            .map_or(Place::NewPane, Place::Picker),
    }
}
