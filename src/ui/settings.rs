//! Settings: keys, appearance, runs, money.

use super::{
    connection::Connections,
    credentials,
    device::StoredModels,
    dialogs::use_dialogs,
    history::PrivateField,
    keyfield::KeyField,
    kit::{Dialog, Each},
    later::late,
};
use crate::{
    app::{
        relays,
        settings::{Theme, clean_code, rate_of},
        use_comparison, use_lending, use_settings, use_vault,
    },
    browser::{clock, currency},
    core::{
        catalog::Catalog,
        domain::{Origin, ProviderId},
        openai_account,
        signin::Place,
    },
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

/// Every pair that may want a key: the providers' own hosts, and the hosts of
/// the panes.
fn pairs(comparison: crate::app::Comparison) -> Vec<(ProviderId, Origin)> {
    let mut pairs: Vec<(ProviderId, Origin)> = Vec::new();
    for provider in &Catalog::builtin().providers {
        if let Ok(endpoint) = relays::resolve(provider, None, None)
            && provider.takes_key()
        {
            pairs.push((provider.id.clone(), endpoint.origin));
        }
    }
    for pair in of_panes(comparison) {
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    pairs
}

/// The pairs of the panes (tracked).
fn of_panes(comparison: crate::app::Comparison) -> Vec<(ProviderId, Origin)> {
    comparison.panes.with(|panes| {
        let pairs = panes.iter().filter_map(|pane| {
            pane.setup.with(|setup| {
                let endpoint = setup.endpoint()?.ok()?;
                setup.row()?.takes_key().then_some(())?;
                Some((setup.provider.clone(), endpoint.origin))
            })
        });
        pairs.collect()
    })
}

#[component]
fn Keys() -> impl IntoView {
    let comparison = use_comparison();
    let vault = use_vault();
    // As they were when the dialog opened: a key that is saved now stays where
    // it was typed.
    let held = untrack(|| vault.pairs());
    let all = Memo::new(move |_| {
        let mut all = pairs(comparison);
        for pair in vault.pairs() {
            if !all.contains(&pair) {
                all.push(pair);
            }
        }
        // Stable, so that the others keep the order of the catalogue.
        let of_panes = of_panes(comparison);
        all.sort_by_key(|pair| (!held.contains(pair), !of_panes.contains(pair)));
        all
    });
    view! {
        <Each
            each=move || all.get()
            key=|(provider, origin)| format!("{} {}", origin.as_str(), provider.as_str())
            children=move |(provider, origin)| view! { <KeyRow provider origin /> }
        />
    }
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
fn KeyRow(provider: ProviderId, origin: Origin) -> impl IntoView {
    let vault = use_vault();
    let w = words().settings();
    let name = Catalog::builtin()
        .provider(&provider)
        .map_or_else(|| provider.as_str().to_owned(), |row| row.name.clone());
    move || {
        let (provider, origin) = (provider.clone(), origin.clone());
        if !vault.is_approved(&origin) {
            return view! { <p class="hint">{(w.not_approved)(origin.as_str())}</p> }.into_any();
        }
        if !vault.has(&provider, &origin) {
            return view! { <KeyField provider origin place=Place::Settings /> }.into_any();
        }
        let kept = vault.is_kept(&provider, &origin);
        let mut text = (w.key_held)(&name, origin.as_str(), kept);
        if let Some(age) = vault.age(&provider, &origin) {
            text.push_str(", ");
            text.push_str(&(words().credentials().age)(age));
        }
        if let Some(loan) = use_lending().loan(&provider, &origin) {
            let until = loan.expires.map(clock::spoken);
            let from = loan.from.as_deref().unwrap_or(words().lending().nobody);
            text.push_str(", ");
            text.push_str(&(words().lending().lent_line)(from, until.as_deref()));
        }
        let account = (origin.as_str() == openai_account::ORIGIN).then(credentials::openai_account);
        view! {
            <div class="key-held">
                <span class="dot dot-good"></span>
                <span>{text}</span>
                <button
                    type="button"
                    class="btn"
                    data-testid="remove-key"
                    on:click=move |_| vault.remove(&provider, &origin)
                >
                    {w.remove_key}
                </button>
            </div>
            {account}
        }
        .into_any()
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
                    settings.theme.set(Theme::from_word(&event_target_value(&event)));
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
