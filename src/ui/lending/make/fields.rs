//! The fields of the form that lends a key.

use super::form::{Form, new_passphrase};
use crate::{
    browser::page,
    core::{
        catalog::{Catalog, Transport},
        domain::ProviderId,
        lent::{self, cap_of},
        share::Base,
        signin::host_of,
    },
    words::words,
};
use leptos::prelude::*;
/// A text field of the form.
pub(super) fn field(
    label: &'static str,
    test_id: &'static str,
    kind: &'static str,
    value: RwSignal<String>,
    example: &'static str,
    hint: &'static str,
) -> AnyView {
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <input
                class="input"
                type=kind
                data-testid=test_id
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                placeholder=example
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            {(!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> })}
        </label>
    }
    .into_any()
}

/// Provider, base URL and key.
#[component]
pub fn What(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().lending();
    let rows = Catalog::builtin().providers.iter();
    let options = rows
        .filter(|row| row.transport == Transport::Http && row.takes_key())
        .map(|row| {
            view! { <option value=row.id.as_str()>{row.name.as_str()}</option> }
        })
        .collect_view();
    let held = Memo::new(move |_| form.held().map(|(origin, _)| host_of(&origin).to_owned()));
    view! {
        <div class="form-grid">
            <label class="field">
                <span class="label">{w.provider}</span>
                <select
                    class="select"
                    data-testid="lend-provider"
                    prop:value=move || form.provider.get()
                    on:change=move |event| {
                        form.provider.set(event_target_value(&event));
                        form.base.set(String::new());
                    }
                >
                    {options}
                </select>
            </label>
            {field(w.base, "lend-base", "url", form.base, "https://", w.base_hint)}
        </div>
        {move || {
            held.get()
                .map(|host| {
                    view! {
                        <div class="kinds" role="radiogroup" aria-label=w.key>
                            <label>
                                <input
                                    type="radio"
                                    name="lend-key"
                                    prop:checked=move || !form.other_key.get()
                                    on:change=move |_| form.other_key.set(false)
                                />
                                {(w.held_key)(&host)}
                            </label>
                            <label>
                                <input
                                    type="radio"
                                    name="lend-key"
                                    data-testid="lend-other-key"
                                    prop:checked=move || form.other_key.get()
                                    on:change=move |_| form.other_key.set(true)
                                />
                                {w.other_key}
                            </label>
                        </div>
                    }
                })
        }}
        {move || {
            (form.other_key.get() || held.with(Option::is_none))
                .then(|| field(w.key, "lend-secret", "password", form.key, "", ""))
        }}
    }
}

/// What the provider has to limit it.
#[component]
pub fn CapLine(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().lending();
    move || {
        let id = ProviderId::new(form.provider.get());
        let (cap, page) = cap_of(&id);
        let name = Catalog::builtin().name_of(&id).to_owned();
        let link = page.map(|page| {
            view! {
                " "
                <a href=page target="_blank" rel="noopener noreferrer">
                    {(w.cap_page)(&name)}
                </a>
            }
        });
        view! {
            <p class="card-note" data-testid="lend-cap">
                {(w.cap)(cap, &name)}
                {link}
            </p>
        }
        .into_any()
    }
}

/// What participants are told.
#[component]
pub fn About(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().lending();
    view! {
        <div class="form-grid">
            {field(w.from, "lend-from", "text", form.from, w.from_example, "")}
            {field(w.limit, "lend-limit", "text", form.limit, w.limit_example, "")}
            {field(w.model, "lend-model", "text", form.model, "", w.model_hint)}
            {field(w.expires, "lend-expires", "datetime-local", form.expires, "", w.expires_hint)}
        </div>
    }
}

#[component]
pub fn Passphrase(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().lending();
    let strength = move || {
        form.passphrase
            .with(|typed| (!typed.trim().is_empty()).then(|| lent::strength(typed)))
    };
    let note = move || match strength() {
        Some(strength) => (w.strength)(strength),
        None => w.no_random,
    };
    view! {
        <div class="field">
            <label for="lend-passphrase">{w.passphrase}</label>
            <div class="keyfield-row">
                <input
                    id="lend-passphrase"
                    class="input mono"
                    type="text"
                    data-testid="lend-passphrase"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby="lend-strength"
                    prop:value=move || form.passphrase.get()
                    on:input=move |event| form.passphrase.set(event_target_value(&event))
                />
                <button
                    type="button"
                    class="btn"
                    on:click=move |_| {
                        if let Some(made) = new_passphrase() {
                            form.passphrase.set(made);
                        }
                    }
                >
                    {w.make_new}
                </button>
            </div>
            <p
                id="lend-strength"
                class="hint"
                class:hint-bad=move || strength() == Some(lent::Strength::Weak)
                data-testid="lend-strength"
            >
                {note}
            </p>
            <p class="hint">{w.passphrase_hint}</p>
        </div>
    }
}

/// Under which address others reach this page, where that is not this one.
#[component]
pub fn Site(
    /// The form.
    form: Form,
) -> impl IntoView {
    let w = words().lending();
    let here = Base::read(&page::bare_address()).ok();
    let is_private = here
        .as_ref()
        .and_then(Base::private_host)
        .map(str::to_owned);
    is_private.map(|host| {
        view! {
            <div class="field">
                {field(w.site, "lend-site", "url", form.site, "https://", "")}
                <p class="hint">{(w.private_base)(&host)}</p>
            </div>
        }
    })
}

pub(super) fn select_all(event: web_sys::FocusEvent) {
    event_target::<web_sys::HtmlInputElement>(&event).select();
}
