//! Settings: keys, appearance, runs, money.

use super::{
    connections::Connections, device::StoredModels, dialogs::use_dialogs, history::PrivateField,
    keys::Keys, kit::Dialog, later::late,
};
use crate::{
    app::{
        settings::{Theme, clean_code, rate_of},
        use_lending, use_settings, use_vault,
    },
    browser::currency,
    words::words,
};
use leptos::prelude::*;

/// The dialog.
#[component]
pub fn SettingsDialog() -> impl IntoView {
    let dialogs = use_dialogs();
    let w = words().settings();
    view! {
        <Dialog
            open=dialogs.settings
            title=Signal::stored(w.title.to_owned())
            test_id="settings"
            on_close=move |()| dialogs.settings.set(false)
        >
            {late(|parts| (parts.settings)())}
        </Dialog>
    }
}

/// Its content.
pub fn body() -> AnyView {
    let vault = use_vault();
    let w = words().settings();
    view! {
        <section class="section">
            <h3>{w.keys}</h3>
            <p class="hint">
                {move || {
                    let (held, kept) = vault.counts();
                    (w.keys_now)(&(words().bar.keys_held)(held, kept))
                }}
                " " {w.keys_hint}
            </p>
            <Keys />
            <Lend />
        </section>
        <Connections />
        <section class="section">
            <h3>{w.look}</h3>
            <div class="form-grid">
                <ThemeField />
                <LockScrollField />
            </div>
        </section>
        <section class="section">
            <h3>{w.runs}</h3>
            <div class="form-grid">
                <IdleLimitField />
            </div>
            <p class="hint">{w.no_retry}</p>
        </section>
        <section class="section">
            <h3>{w.money}</h3>
            <p class="hint">{w.money_hint}</p>
            <Money />
        </section>
        <StoredModels />
        <section class="section">
            <h3>{words().history().settings}</h3>
            <PrivateField />
        </section>
    }
    .into_any()
}

/// The way to the form that lends a key, which is nobody's first wish.
#[component]
fn Lend() -> impl IntoView {
    let dialogs = use_dialogs();
    let lending = use_lending();
    view! {
        <div>
            <button
                type="button"
                class="btn"
                data-testid="lend-open"
                on:click=move |_| {
                    dialogs.settings.set(false);
                    lending.makes.set(true);
                }
            >
                {words().lending().open}
            </button>
        </div>
    }
}

#[component]
fn ThemeField() -> impl IntoView {
    let settings = use_settings();
    let w = words().settings();
    view! {
        <label class="field">
            <span class="label">{w.theme}</span>
            <select
                class="select"
                data-testid="theme"
                prop:value=move || settings.theme.get().as_str()
                on:change=move |event| {
                    let theme = Theme::named(&event_target_value(&event));
                    settings.theme.set(theme.unwrap_or_default());
                }
            >
                <option value="system">{w.theme_system}</option>
                <option value="light">{w.theme_light}</option>
                <option value="dark">{w.theme_dark}</option>
            </select>
        </label>
    }
}

#[component]
fn LockScrollField() -> impl IntoView {
    let settings = use_settings();
    view! {
        <label class="check">
            <input
                type="checkbox"
                data-testid="lock-scroll"
                prop:checked=move || settings.lock_scroll.get()
                on:change=move |event| settings.lock_scroll.set(event_target_checked(&event))
            />
            {words().settings().lock_scroll}
        </label>
    }
}

#[component]
fn IdleLimitField() -> impl IntoView {
    let settings = use_settings();
    let w = words().settings();
    view! {
        <label class="field">
            <span class="label">{w.idle_limit}</span>
            <input
                class="input num"
                type="number"
                min="0"
                max="3600"
                step="1"
                data-testid="idle-limit"
                prop:value=move || settings.idle_limit_s.get().to_string()
                on:change=move |event| {
                    if let Ok(seconds) = event_target_value(&event).trim().parse::<u32>() {
                        settings.idle_limit_s.set(seconds.min(3600));
                    }
                }
            />
            <span class="hint">{w.idle_hint}</span>
        </label>
    }
}

/// Another currency and its rate. What is typed is kept as it is, right or
/// wrong; amounts stand in it once both can be used.
#[component]
fn Money() -> impl IntoView {
    let settings = use_settings();
    let w = words().settings();
    let code = Memo::new(move |_| clean_code(&settings.currency.get()));
    let bad_code = Memo::new(move |_| {
        let code = code.get();
        !code.is_empty() && !currency::is_known(&code)
    });
    let has_rate = Memo::new(move |_| !settings.rate.with(|rate| rate.trim().is_empty()));
    let bad_rate =
        Memo::new(move |_| has_rate.get() && settings.rate.with(|rate| rate_of(rate).is_none()));
    let note = move || {
        let code = code.get();
        if bad_code.get() {
            return (true, (w.bad_currency)(&code));
        }
        if bad_rate.get() {
            return (true, w.bad_rate.to_owned());
        }
        match settings.other.get() {
            Some(other) => (false, super::money::rate_note(&other)),
            None if !code.is_empty() => (false, w.rate_missing.to_owned()),
            None => (false, String::new()),
        }
    };
    view! {
        <div class="form-grid">
            <label class="field">
                <span class="label">{w.currency}</span>
                <input
                    class="input num"
                    type="text"
                    data-testid="currency"
                    list="currencies"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="EUR"
                    aria-invalid=move || bad_code.get().to_string()
                    prop:value=move || settings.currency.get()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        settings.set_money(|settings| settings.currency.set(text));
                    }
                />
            </label>
            <label class="field">
                <span class="label">{move || (w.rate)(&code.get())}</span>
                <input
                    class="input num"
                    type="text"
                    inputmode="decimal"
                    data-testid="rate"
                    autocomplete="off"
                    placeholder="0.92"
                    aria-invalid=move || bad_rate.get().to_string()
                    prop:value=move || settings.rate.get()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        settings.set_money(|settings| settings.rate.set(text));
                    }
                />
            </label>
        </div>
        <datalist id="currencies">
            {currency::codes()
                .into_iter()
                .map(|code| view! { <option value=code></option> })
                .collect_view()}
        </datalist>
        {move || {
            let (is_bad, note) = note();
            view! {
                <p class="hint" class:hint-bad=is_bad role="status" data-testid="rate-note">
                    {note}
                </p>
            }
        }}
    }
}
