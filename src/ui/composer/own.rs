//! A pane's own parameters, in a dialog.

use super::{entry::parsed, field::ParamField, params::ParamFields};
use crate::{
    app::{PaneSetup, use_comparison, use_shown_models},
    core::{domain::PaneId, json},
    ui::{dialogs::use_dialogs, kit::Dialog, later::late},
    words::words,
};
use leptos::prelude::*;

/// The dialog for a pane's own parameters.
#[component]
pub fn PaneParamsDialog() -> impl IntoView {
    let dialogs = use_dialogs();
    let comparison = use_comparison();
    let open = Signal::derive(move || dialogs.params.get().is_some());
    let title = Signal::derive(move || {
        let name = dialogs
            .params
            .get()
            .and_then(|id| comparison.pane(id))
            .map(|pane| pane.setup.with(|setup| setup.name().to_owned()));
        (words().params().title)(&name.unwrap_or_default())
    });
    view! {
        <Dialog
            open
            title
            test_id="params"
            on_close=move |()| dialogs.params.set(None)
        >
            {move || dialogs.params.get().map(|id| late(move |parts| (parts.pane_params)(id)))}
        </Dialog>
    }
}

/// Its content.
pub fn pane_params(id: PaneId) -> AnyView {
    view! { <PaneParams id /> }.into_any()
}

#[component]
fn PaneParams(id: PaneId) -> impl IntoView {
    let comparison = use_comparison();
    let pane = comparison.pane(id)?;
    let for_fields = pane.clone();
    let (read, write) = (pane.setup.clone(), pane.setup.clone());
    let (label_read, label_write) = (pane.setup.clone(), pane.setup.clone());
    let (extra_read, extra_write) = (pane.setup.clone(), pane.setup.clone());
    let w = words().param_form();
    // What the server says of the model is asked for where it matters.
    pane.setup
        .with_untracked(|setup: &PaneSetup| use_shown_models().want_of(setup));
    Some(view! {
        <p class="hint">{w.own_hint}</p>
        <label class="field">
            <span class="label">{w.label}</span>
            <input
                class="input"
                type="text"
                data-testid="pane-label"
                prop:value=move || label_read.with(|setup| setup.label.clone().unwrap_or_default())
                on:input=move |event| {
                    let text = event_target_value(&event);
                    label_write.update(|setup| {
                        setup.label = (!text.trim().is_empty()).then_some(text);
                    });
                }
            />
        </label>
        <div class="form-grid">
            <ParamFields
                params=Signal::derive(move || read.with(|setup| setup.params.clone()))
                on_change=move |params| write.update(|setup| setup.params = params)
                pane=for_fields
                inherited=Signal::derive(move || comparison.params.get())
            />
        </div>
        <ParamField
            label=w.extra
            test_id="param-extra"
            otherwise=w.extra_hint.to_owned()
            value=Signal::derive(move || {
                extra_read.with(|setup| {
                    if setup.extra_body.is_empty() {
                        String::new()
                    } else {
                        serde_json::Value::Object(setup.extra_body.clone()).to_string()
                    }
                })
            })
            set=Callback::new(move |text: String| {
                match parsed(&text, json) {
                    Ok(None) => {
                        extra_write.update(|setup| setup.extra_body.clear());
                        true
                    }
                    Ok(Some(serde_json::Value::Object(object))) => {
                        extra_write.update(|setup| setup.extra_body = object);
                        true
                    }
                    _ => false,
                }
            })
        />
    })
}

fn json(text: &str) -> Option<serde_json::Value> {
    json::parse(text).ok()
}
