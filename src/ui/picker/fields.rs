//! API, base URL and its fields.

use super::{Form, site::SiteFields};
use crate::{
    app::{use_model_lists, use_vault},
    browser::page,
    core::{
        catalog::Catalog,
        domain::{Api, ModelId},
        wire::endpoint::{BaseNote, EndpointError},
    },
    ui::{
        kit::focus,
        start::{
            OWN_SERVER,
            found::{FoundServers, addresses},
        },
    },
    words::words,
};
use leptos::prelude::*;

/// Only where the provider has several APIs.
#[component]
pub fn ApiField(
    /// The form.
    form: Form,
) -> impl IntoView {
    move || {
        let row = form.row()?;
        (row.apis.len() > 1).then(|| {
            let first = row.apis.first().map(|api| api.api);
            view! {
                <label class="field">
                    <span class="label">{words().picker().api}</span>
                    <select
                        class="select"
                        data-testid="picker-api"
                        prop:value=move || form.api_now().or(first).map_or("", Api::as_str)
                        on:change=move |event| {
                            let word = event_target_value(&event);
                            form.api.set(Api::named(&word));
                        }
                    >
                        {row
                            .apis
                            .iter()
                            .map(|api| {
                                let api = api.api;
                                view! {
                                    <option
                                        value=api.as_str()
                                        selected=move || form.api_now().or(first) == Some(api)
                                    >
                                        {words().api(api)}
                                    </option>
                                }.into_any()
                            })
                            .collect_view()}
                    </select>
                </label>
            }
            .into_any()
        })
    }
}

/// A pasted endpoint names its API: where the row offers it, it is meant.
fn take_api(form: Form) {
    let Some(Ok(endpoint)) = form.endpoint.get_untracked() else {
        return;
    };
    let named = endpoint.notes.iter().find_map(|note| match note {
        BaseNote::EndpointRemoved { api, .. } => *api,
        _ => None,
    });
    let row = untrack(|| form.row());
    if let (Some(named), Some(row)) = (named, row)
        && row.apis.iter().any(|api| api.api == named)
    {
        form.api.set(Some(named));
    }
}

/// The fields of the base URL, where the route has some.
#[component]
pub fn Fields(
    /// The form.
    form: Form,
) -> impl IntoView {
    let ask = agree(form);
    move || {
        let site = form.site.get()?;
        let values = Signal::derive(move || form.values.get());
        Some(
            view! {
                <SiteFields
                    site
                    base=form.base
                    values
                    on_change=Callback::new(move |()| ask())
                    on_paste=Callback::new(move |()| take_pasted(form))
                />
            }
            .into_any(),
        )
    }
}

/// A host that the person typed to its end is a host that they agreed to.
fn agree(form: Form) -> impl Fn() + Copy + Send + Sync + 'static {
    let lists = use_model_lists();
    let vault = use_vault();
    move || {
        form.base_typed.set(true);
        take_pasted(form);
        let (row, endpoint) = untrack(|| (form.row(), form.resolved()));
        if let (Some(row), Some(endpoint)) = (row, endpoint) {
            vault.approve(&endpoint.origin);
            lists.load(row, &endpoint, false);
        }
    }
}

/// A pasted endpoint may name its API, and the model.
fn take_pasted(form: Form) {
    take_api(form);
    let Some(Ok(endpoint)) = form.endpoint.get_untracked() else {
        return;
    };
    let is_blank = form.model.with_untracked(|model| model.trim().is_empty());
    if let Some(model) = endpoint.pasted_model.filter(|_| is_blank) {
        form.model.set(model.as_str().to_owned());
    }
}

/// Where requests will go, or what is wrong with the base URL.
#[component]
pub fn Outcome(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().picker();
    move || {
        let is_partial = form.site.with(Option::is_some) && form.values.with(Option::is_some);
        match form.endpoint.get() {
            Some(Ok(endpoint)) => {
                let model = form.model.get();
                let url = endpoint.url_shown(&ModelId::new(model.trim()));
                let notes: Vec<String> = endpoint
                    .notes
                    .iter()
                    .map(|note| words().base_note(note))
                    .collect();
                view! {
                    <p class="hint picker-url" data-testid="picker-endpoint">
                        {(w.sends_to)(&url)} " " {notes.join(" ")}
                    </p>
                }
                .into_any()
            }
            Some(Err(error @ EndpointError::Relay(_))) => view! {
                <p class="hint hint-bad" data-testid="picker-endpoint">
                    {words().endpoint_error(&error)}
                </p>
            }
            .into_any(),
            // What is missing is said at its field.
            Some(Err(_)) if is_partial => view! {
                <p class="hint picker-url" data-testid="picker-endpoint">
                    {(w.sends_to)(&form.base.get())}
                </p>
            }
            .into_any(),
            Some(Err(error)) if !form.base.with(|base| base.trim().is_empty()) => view! {
                <p class="hint hint-bad" data-testid="picker-endpoint">
                    {words().endpoint_error(&error)}
                </p>
            }
            .into_any(),
            _ => view! {
                <p class="hint" data-testid="picker-endpoint">
                    {w.base_needed}
                </p>
            }
            .into_any(),
        }
    }
}

/// What is folded away, and which API is set there.
fn other(form: Form) -> String {
    let w = words().routes();
    let several = form.row().filter(|row| row.apis.len() > 1);
    match several.and_then(|row| row.api(form.api_now())) {
        Some(row) => (w.other_api_and_base)(words().api(row.api)),
        None => w.other_base.to_owned(),
    }
}

/// Looks for servers of this machine, where the base URL is the person's own.
#[component]
fn FindLocal(form: Form) -> impl IntoView {
    let asked = RwSignal::new(false);
    let on_use = Callback::new(move |(base, models): (String, Vec<ModelId>)| {
        form.base_typed.set(true);
        form.base.set(base);
        form.typed.set(false);
        if let Some(model) = models.first() {
            form.model.set(model.as_str().to_owned());
        }
        asked.set(false);
        focus::later(["[data-testid=picker-search]"]);
    });
    move || {
        let is_own = form.row().is_some_and(|row| row.id.as_str() == OWN_SERVER);
        if !is_own {
            return ().into_any();
        }
        if asked.get() {
            let (use_text, addresses) = (words().picker().use_this, addresses());
            return view! { <FoundServers on_use use_text addresses /> }.into_any();
        }
        view! {
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="picker-find-local"
                    on:click=move |_| asked.set(true)
                >
                    {words().connection().find}
                </button>
                {(!page::is_local())
                    .then(|| view! { <span class="hint">{words().start.local_asks}</span> }.into_any())}
            </div>
        }
        .into_any()
    }
}

/// The base URL. Where the route has one of its own, it is folded away.
#[component]
pub fn BaseField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().picker();
    let ask = agree(form);
    let has_own = Memo::new(move |_| {
        form.row().is_some_and(|row| row.default_base.is_some()) || form.site.with(Option::is_some)
    });
    let placeholder = move || {
        form.row()
            .and_then(|row| row.default_base.clone())
            .unwrap_or_else(|| "http://localhost:11434/v1".to_owned())
    };
    let is_missing = move || form.resolved().is_none().then_some("");
    let input = move || {
        view! {
            <label class="field">
                <span class="label">{if has_own.get_untracked() { w.base } else { w.base_own }}</span>
                <input
                    class="input mono"
                    type="text"
                    inputmode="url"
                    list="local-bases"
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    form=super::FORM_ID
                    data-testid="picker-base-url"
                    data-missing=is_missing
                    placeholder=placeholder
                    prop:value=move || form.base.get()
                    on:input=move |event| {
                        form.base_typed.set(true);
                        form.base.set(event_target_value(&event));
                        take_pasted(form);
                    }
                    on:change=move |_| ask()
                />
            </label>
        }
        .into_any()
    };
    view! {
        {move || {
            if has_own.get() {
                let is_open = form.base_is_shown();
                view! {
                    <details class="picker-base" open=is_open>
                        <summary>{move || other(form)}</summary>
                        <div class="picker-more">
                            <ApiField form />
                            {input()}
                        </div>
                    </details>
                }
                    .into_any()
            } else {
                view! {
                    <ApiField form />
                    {input()}
                }
                    .into_any()
            }
        }}
        <FindLocal form />
        <datalist id="local-bases">
            {Catalog::builtin()
                .local_presets
                .iter()
                .flat_map(|preset| {
                    preset.bases.iter().map(|base| (base.clone(), preset.name.clone()))
                })
                .map(|(base, name)| view! { <option value=base>{name}</option> }.into_any())
                .collect_view()}
        </datalist>
    }
}
