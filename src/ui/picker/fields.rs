//! Provider, API and base URL.

use super::Form;
use crate::{
    app::{use_model_lists, use_vault},
    browser::page,
    core::{
        catalog::Catalog,
        domain::{Api, ModelId, ProviderId},
        wire::endpoint::BaseNote,
    },
    ui::{
        kit::focus,
        start::{OWN_SERVER, found::FoundServers},
    },
    words::words,
};
use leptos::prelude::*;

/// The provider's row.
#[component]
pub fn ProviderField(
    /// The form.
    form: Form,
) -> impl IntoView {
    view! {
        <label class="field">
            <span class="label">{words().picker.provider}</span>
            <select
                class="select"
                data-testid="picker-provider"
                prop:value=move || form.provider.with(|id| id.as_str().to_owned())
                on:change=move |event| {
                    form.provider.set(ProviderId::new(event_target_value(&event)));
                    form.api.set(None);
                    form.base.set(String::new());
                    form.model.set(String::new());
                }
            >
                {Catalog::builtin()
                    .providers
                    .iter()
                    .map(|row| {
                        let id = row.id.as_str();
                        let selected = move || form.provider.with(|chosen| chosen.as_str() == id);
                        view! {
                            <option value=id selected=selected>
                                {row.name.clone()}
                            </option>
                        }.into_any()
                    })
                    .collect_view()}
            </select>
        </label>
    }
}

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
                    <span class="label">{words().picker.api}</span>
                    <select
                        class="select"
                        data-testid="picker-api"
                        prop:value=move || form.api.get().or(first).map_or("", api_word)
                        on:change=move |event| {
                            let word = event_target_value(&event);
                            let api = row.apis.iter().map(|row| row.api).find(|api| api_word(*api) == word);
                            form.api.set(api.filter(|api| Some(*api) != first));
                        }
                    >
                        {row
                            .apis
                            .iter()
                            .map(|api| {
                                let api = api.api;
                                view! {
                                    <option
                                        value=api_word(api)
                                        selected=move || form.api.get().or(first) == Some(api)
                                    >
                                        {words().api(api)}
                                    </option>
                                }.into_any()
                            })
                            .collect_view()}
                    </select>
                </label>
            }.into_any()
        })
    }
}

fn api_word(api: Api) -> &'static str {
    match api {
        Api::Chat => "chat",
        Api::Responses => "responses",
        Api::Messages => "messages",
        Api::GenerateContent => "generate_content",
        Api::CohereChat => "cohere_chat",
        Api::OllamaChat => "ollama_chat",
        Api::Converse => "converse",
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
        let is_first = row.apis.first().is_some_and(|api| api.api == named);
        form.api.set((!is_first).then_some(named));
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
            return view! { <FoundServers on_use use_text=words().picker.use_this /> }.into_any();
        }
        view! {
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="picker-find-local"
                    on:click=move |_| asked.set(true)
                >
                    {words().connection.find}
                </button>
                {(!page::is_local())
                    .then(|| view! { <span class="hint">{words().start.local_asks}</span> }.into_any())}
            </div>
        }
        .into_any()
    }
}

/// The base URL and where requests will go.
#[component]
pub fn BaseField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().picker;
    let lists = use_model_lists();
    let vault = use_vault();
    // A host that the person typed to its end is a host that they agreed to.
    let ask = move || {
        if let (Some(row), Some(endpoint)) = (form.row(), form.resolved()) {
            vault.approve(&endpoint.origin);
            lists.load(row, &endpoint, false);
        }
    };
    let label = move || {
        let has_own = form.row().is_some_and(|row| row.default_base.is_some());
        if has_own { w.base } else { w.base_own }
    };
    let placeholder = move || {
        form.row()
            .and_then(|row| row.default_base.clone())
            .unwrap_or_else(|| "http://localhost:11434/v1".to_owned())
    };
    let outcome = move || match form.endpoint.get() {
        Some(Ok(endpoint)) => {
            let model = form.model.get();
            let model = if model.trim().is_empty() {
                "{model}".to_owned()
            } else {
                model
            };
            let url = endpoint.url(&ModelId::new(model.trim()));
            let notes: Vec<String> = endpoint
                .notes
                .iter()
                .map(|note| words().base_note(note))
                .collect();
            view! {
                <span class="hint" data-testid="picker-endpoint">
                    {(w.sends_to)(&url)} " " {notes.join(" ")}
                </span>
            }
            .into_any()
        }
        Some(Err(error)) if !form.base.with(|base| base.trim().is_empty()) => view! {
            <span class="hint hint-bad" data-testid="picker-endpoint">
                {words().endpoint_error(&error)}
            </span>
        }
        .into_any(),
        _ => view! {
            <span class="hint" data-testid="picker-endpoint">
                {w.base_needed}
            </span>
        }
        .into_any(),
    };
    view! {
        <label class="field">
            <span class="label">{label}</span>
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
                placeholder=placeholder
                prop:value=move || form.base.get()
                on:input=move |event| {
                    form.base_typed.set(true);
                    form.base.set(event_target_value(&event));
                    take_api(form);
                }
                on:change=move |_| ask()
            />
            {outcome}
        </label>
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
