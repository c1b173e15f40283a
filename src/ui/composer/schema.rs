//! The editor for the schema that answers are to follow.

use super::{
    field::{is_closed, is_unsent, remove_button, unsent_hint},
    unsent::FieldNote,
};
use crate::{
    core::structured::{SchemaFault, read_schema},
    ui::kit::{focus, unique_id},
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
    unsent: Signal<Option<FieldNote>>,
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
    let take = move |text: String| {
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
    let unsent = Memo::new(move |_| unsent.get());
    let is_empty = Memo::new(move |_| typed.with(String::is_empty));
    let is_shut = Memo::new(move |_| is_closed(unsent) && is_empty.get());
    let (id, below) = (unique_id("schema"), unique_id("below"));
    let to_focus = format!("#{id}");
    let remove = move |_| {
        take(String::new());
        focus::later([to_focus.as_str()]);
    };
    let label = words().param_form().schema;
    view! {
        <div class="field field-wide" class:field-closed=move || is_closed(unsent)>
            <label class="label" for=id.clone()>
                {label}
            </label>
            <span class="param-line">
                <textarea
                    class="textarea code-field"
                    class:param-unsent=move || is_unsent(unsent)
                    rows="6"
                    spellcheck="false"
                    autocapitalize="off"
                    id=id
                    data-testid="param-response-schema"
                    readonly=move || is_shut.get()
                    aria-disabled=move || is_shut.get().then_some("true")
                    aria-describedby=below.clone()
                    placeholder=words().param_form().schema_hint
                    aria-invalid=move || fault.get().is_some().to_string()
                    prop:value=move || typed.get()
                    on:input=move |event| take(event_target_value(&event))
                ></textarea>
                {remove_button(unsent, is_empty, label, remove)}
            </span>
            <span class="param-below" id=below>
                {move || {
                    message()
                        .map(|text| {
                            view! { <span class="hint hint-bad" data-testid="schema-fault">{text}</span> }.into_any()
                        })
                }}
                {unsent_hint(unsent)}
            </span>
        </div>
    }
}
