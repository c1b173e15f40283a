//! The keys in Settings: those that are held and those that panes want, then a
//! list of all others to search.

use super::{
    credentials,
    keyfield::KeyField,
    kit::{Each, unique_id},
};
use crate::{
    app::{Comparison, relays, use_comparison, use_lending, use_vault},
    browser::{clock, page},
    core::{
        catalog::{self, Catalog},
        domain::{Origin, ProviderId},
        openai_account,
        signin::Place,
    },
    words::words,
};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// A provider and the only origin that its key is sent to.
type Pair = (ProviderId, Origin);

/// The fields of the list, in order.
const FIELDS: &str = ".key-list .key-row:not([hidden]) input[data-key-for]";

/// Every pair that may want a key: the providers' own hosts, and the hosts of
/// the panes.
fn pairs(comparison: Comparison) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
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
fn of_panes(comparison: Comparison) -> Vec<Pair> {
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

/// Every pair with its key or a field for it.
#[component]
pub fn Keys() -> impl IntoView {
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
        let first = |pair: &Pair| held.contains(pair) || of_panes.contains(pair);
        all.into_iter().partition::<Vec<Pair>, _>(first)
    });
    view! {
        <Each
            each=move || all.with(|(first, _)| first.clone())
            key=|(provider, origin)| format!("{} {}", origin.as_str(), provider.as_str())
            children=move |(provider, origin)| view! { <KeyRow provider origin /> }
        />
        <OtherKeys others=Signal::derive(move || all.with(|(_, others)| others.clone())) />
    }
}

/// The pairs that nobody has asked for: one line each, and the one that has the
/// focus with all that belongs to it.
#[component]
fn OtherKeys(others: Signal<Vec<Pair>>) -> impl IntoView {
    let w = words().settings();
    let search = RwSignal::new(String::new());
    let open = RwSignal::new(None::<Pair>);
    let fitting = Memo::new(move |_| {
        let search = search.get();
        let sections = catalog::offered(Catalog::builtin(), &[], &search).into_iter();
        let ids: Vec<_> = sections
            .flat_map(|(_, rows)| rows)
            .map(|row| row.id.clone())
            .collect();
        let mut others = others.get();
        others.retain(|(provider, _)| ids.contains(provider));
        others
    });
    let id = unique_id("keys");
    let list_id = id.clone();
    // One stop for the Tab key: the arrows lead on.
    Effect::new(move |_| {
        open.track();
        fitting.track();
        request_animation_frame(rove);
    });
    view! {
        <div class="keys" data-testid="other-keys">
            <label class="field">
                <span class="label">{w.key_search}</span>
                <input
                    class="input"
                    type="search"
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    aria-controls=id
                    data-testid="key-search"
                    placeholder=w.key_search_hint
                    prop:value=move || search.get()
                    on:input=move |event| search.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if matches!(event.key().as_str(), "ArrowDown" | "Enter") {
                            event.prevent_default();
                            focus_field(|_| Some(0));
                        }
                    }
                />
            </label>
            <div class="key-list" id=list_id role="group" aria-label=w.key_search on:keydown=move |event| walk(&event)>
                <Each
                    each=move || others.get()
                    key=|(provider, origin)| format!("{} {}", origin.as_str(), provider.as_str())
                    children=move |pair| {
                        let (provider, origin) = pair.clone();
                        let (shown, opened, opens) = (pair.clone(), pair.clone(), pair);
                        view! {
                            <div
                                class="key-row"
                                // Hidden, not gone: what was typed stays.
                                hidden=move || !fitting.with(|all| all.contains(&shown))
                                data-open=move || {
                                    open.with(|open| open.as_ref() == Some(&opened)).then_some("")
                                }
                                on:focusin=move |_| open.set(Some(opens.clone()))
                            >
                                <KeyRow provider origin />
                            </div>
                        }
                    }
                />
            </div>
            <p class="hint" role="status">
                {move || {
                    fitting
                        .with(Vec::is_empty)
                        .then(|| search.with(|text| (w.key_search_none)(text.trim())))
                }}
            </p>
        </div>
    }
}

/// Up and down lead from field to field.
fn walk(event: &KeyboardEvent) {
    let to: fn(usize) -> Option<usize> = match event.key().as_str() {
        "ArrowDown" => |at| Some(at + 1),
        "ArrowUp" => |at| at.checked_sub(1),
        _ => return,
    };
    if focus_field(to) {
        event.prevent_default();
    } else if event.key() == "ArrowUp"
        && let Some(search) = page::query("[data-testid=key-search]")
    {
        event.prevent_default();
        search.focus().ok();
    }
}

/// Moves the focus to the field that `to` makes of the place of the one that
/// has it; whether there is one.
fn focus_field(to: impl Fn(usize) -> Option<usize>) -> bool {
    let fields = page::query_all(FIELDS);
    let at = fields
        .iter()
        .position(|field| field.matches(":focus").unwrap_or_default());
    let at = to(at.unwrap_or_default()).and_then(|at| fields.get(at));
    at.is_some_and(|field| field.focus().is_ok())
}

/// Takes all fields out of the order of Tab but the open row's, or the first.
fn rove() {
    let has_open = page::query(".key-list .key-row[data-open]:not([hidden])").is_some();
    for (at, field) in page::query_all(FIELDS).into_iter().enumerate() {
        let is_stop = if has_open {
            field.closest("[data-open]").is_ok_and(|row| row.is_some())
        } else {
            at == 0
        };
        field.set_tab_index(if is_stop { 0 } else { -1 });
    }
}

#[component]
fn KeyRow(provider: ProviderId, origin: Origin) -> impl IntoView {
    let vault = use_vault();
    let w = words().settings();
    let name = Catalog::builtin().name_of(&provider).to_owned();
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
