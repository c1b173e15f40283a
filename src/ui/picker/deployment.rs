//! The model behind a deployment, whose name does not tell it.

use super::Form;
use crate::{
    app::{Prices, deployments},
    core::{
        catalog::{Catalog, identity, names_deployments},
        domain::ModelId,
    },
    words::words,
};
use leptos::prelude::*;

/// Asked for where models are deployments that the person named.
#[component]
pub fn BaseModelField(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().routes();
    let is_asked = Memo::new(move |_| form.row().is_some_and(names_deployments));
    move || {
        is_asked.get().then(|| {
            view! {
                <label class="field">
                    <span class="label">{w.base_model}</span>
                    <input
                        class="input mono"
                        type="text"
                        list="base-models"
                        spellcheck="false"
                        autocapitalize="off"
                        autocomplete="off"
                        form=super::FORM_ID
                        data-testid="picker-base-model"
                        placeholder="gpt-6-luna"
                        prop:value=move || base_model(form)
                        on:input=move |event| form.base_model.set(Some(event_target_value(&event)))
                    />
                    <span class="hint">{w.base_model_hint}</span>
                </label>
                <datalist id="base-models">
                    {Catalog::builtin()
                        .providers
                        .iter()
                        .filter(|row| row.id.as_str() == "openai")
                        .flat_map(|row| &row.models)
                        .map(|model| {
                            view! { <option value=model.id.as_str().to_owned()>{model.name.clone()}</option> }
                                .into_any()
                        })
                        .collect_view()}
                </datalist>
            }
            .into_any()
        })
    }
}

/// What was typed, else what was kept, else the deployment's name where it is a
/// model's (tracked).
fn base_model(form: Form) -> String {
    if let Some(typed) = form.base_model.get() {
        return typed;
    }
    let deployment = ModelId::new(form.model.with(|model| model.trim().to_owned()));
    let kept = form
        .resolved()
        .and_then(|endpoint| deployments::base_model(&endpoint, &deployment));
    if let Some(kept) = kept {
        return kept.as_str().to_owned();
    }
    let found = identity::recognise(deployment.as_str());
    if found.maker.as_deref() == Some("openai") {
        found.name
    } else {
        String::new()
    }
}

/// Keeps what was typed, for the prices and limits of this and later runs.
pub fn keep(form: Form, prices: Prices) {
    let Some(endpoint) = untrack(|| form.resolved()) else {
        return;
    };
    if !untrack(|| form.row()).is_some_and(names_deployments) {
        return;
    }
    let deployment = ModelId::new(form.model.get_untracked().trim());
    deployments::note(&endpoint, &deployment, &untrack(|| base_model(form)));
    // What was priced before may be priced otherwise now.
    prices.table.update(|_| {});
}
