//! The editor for the schema that answers are to follow.

use super::unsent::{Unsent, unsent_hint};
use crate::{
    core::structured::{SchemaFault, read_schema},
    words::words,
};
use leptos::prelude::*;
use serde_json::Value;

/// The schema as typed, with what is wrong about it. Nothing that was typed is
/// lost; what cannot be used is not used.
#[component]
pub fn SchemaField(
    /// The schema that is used.
    value: Signal<Option<Value>>,
    /// Told a new one.
    set: Callback<Option<Value>>,
    /// Where it is not sent.
    unsent: Signal<Option<Unsent>>,
) -> impl IntoView {
    let as_text = |schema: Option<Value>| schema.map(|schema| format!("{schema:#}"));
    let typed = RwSignal::new(as_text(value.get_untracked()).unwrap_or_default());
    let fault = RwSignal::new(None);
    let echo = StoredValue::new(value.get_untracked());
    Effect::new(move |_| {
        let schema = value.get();
        if echo.with_value(|echo| *echo != schema) {
            echo.set_value(schema.clone());
            fault.set(None);
            typed.set(as_text(schema).unwrap_or_default());
        }
    });
    let on_input = move |event| {
        let text = event_target_value(&event);
        match read_schema(&text) {
            Ok(schema) => {
                fault.set(None);
                echo.set_value(schema.clone());
                set.run(schema);
            }
            Err(wrong) => fault.set(Some(wrong)),
        }
        typed.set(text);
    };
    let w = words().structured();
    let message = move || {
        fault.get().map(|fault| match fault {
            SchemaFault::Unfinished => w.unfinished.to_owned(),
            SchemaFault::NotJson { line, column } => (w.at)(line, column),
            SchemaFault::NotObject => w.not_object.to_owned(),
        })
    };
    view! {
        <label class="field field-wide">
            <span class="label">{words().params().schema}</span>
            <textarea
                class="textarea code-field"
                rows="6"
                spellcheck="false"
                autocapitalize="off"
                data-testid="param-response-schema"
                placeholder=words().params().schema_hint
                aria-invalid=move || fault.get().is_some().to_string()
                prop:value=move || typed.get()
                on:input=on_input
            ></textarea>
            {move || {
                message()
                    .map(|text| {
                        view! { <span class="hint hint-bad" data-testid="schema-fault">{text}</span> }.into_any()
                    })
            }}
            {unsent_hint(unsent)}
        </label>
    }
}
