//! The ways with an account, a key or a server of one's own.

use super::{go_to, open_panes};
use crate::{
    app::{Comparison, Vault, relays, use_comparison, use_vault},
    core::{
        catalog::{BEDROCK, Catalog, OLLAMA, Provider},
        domain::{PaneId, ProviderId},
        signin::{self, Place},
        wire::endpoint::Endpoint,
    },
    ui::{
        dialogs::{PickFor, use_dialogs},
        keyfield::KeyField,
        kit::focus,
        later::late,
        signin::SignInButton,
    },
    words::words,
};
use leptos::prelude::*;

/// The routes that most people have, and the door to all others.
#[component]
pub fn OwnRoutes() -> impl IntoView {
    let chosen = RwSignal::new(None::<u32>);
    let vault = use_vault();
    let comparison = use_comparison();
    let w = words().start;
    view! {
        <section class="start-keys">
            <h2>{w.own}</h2>
            <div class="start-routes">
                {move || {
                    let id = ProviderId::new(signin::PROVIDER);
                    let row = Catalog::builtin().provider(&id);
                    if let Some(row) = row.filter(|_| vault.has(&id, &signin::home())) {
                        compare_button(row, comparison).into_any()
                    } else {
                        view! { <SignInButton origin=signin::home() place=Place::Start /> }.into_any()
                    }
                }}
                {chips(chosen)}
                {door("start-bedrock", BEDROCK.1, PickFor::NewOf(BEDROCK.0))}
                {door("start-all", w.all_routes, PickFor::Any)}
            </div>
            <div class="start-chosen">
                {move || {
                    let at = chosen.get()?;
                    let (_, (id, _)) = routes().find(|(place, _)| *place == at)?;
                    let Some(row) = Catalog::first().provider(&ProviderId::new(id)) else {
                        return Some(late(move |parts| (parts.local_servers)(Some(id))));
                    };
                    let endpoint = relays::resolve(row, None, None).ok()?;
                    Some(chosen_view(row, endpoint, vault, comparison).into_any())
                }}
                <p class="hint">{w.key_safety}</p>
            </div>
        </section>
    }
}

/// The routes whose next step is shown in place, by id and name, numbered.
fn routes() -> impl Iterator<Item = (u32, (&'static str, &'static str))> {
    let hosted = Catalog::first().providers.iter();
    let hosted = hosted
        .filter(|row| row.default_base.is_some())
        .map(|row| (row.id.as_str(), row.name.as_str()));
    (0..).zip(hosted.chain([OLLAMA]))
}

fn chips(chosen: RwSignal<Option<u32>>) -> Vec<AnyView> {
    let chips = routes().map(|(at, (id, name))| {
        view! {
            <button
                type="button"
                class="btn"
                data-testid="start-provider"
                data-provider=id
                aria-pressed=move || (chosen.get() == Some(at)).to_string()
                on:click=move |_| choose(chosen, at)
            >
                {name}
            </button>
        }
        .into_any()
    });
    chips.collect()
}

/// A button that opens the picker.
fn door(mark: &'static str, text: &'static str, pick: PickFor) -> AnyView {
    let dialogs = use_dialogs();
    view! {
        <button
            type="button"
            class="btn"
            aria-haspopup="dialog"
            data-testid=mark
            on:click=move |_| dialogs.picker.set(Some(pick))
        >
            {text}
        </button>
    }
    .into_any()
}

/// Shows the next step of a route and goes there. One that is shown already
/// keeps what was typed.
fn choose(chosen: RwSignal<Option<u32>>, at: u32) {
    if chosen.get_untracked() != Some(at) {
        chosen.set(Some(at));
    }
    focus::later([".start-chosen :is(input, button)"]);
}

fn chosen_view(
    row: &'static Provider,
    endpoint: Endpoint,
    vault: Vault,
    comparison: Comparison,
) -> impl IntoView {
    let held = vault.has(&row.id, &endpoint.origin);
    if held {
        view! { <div class="card-actions">{compare_button(row, comparison)}</div> }.into_any()
    } else {
        let provider = row.id.clone();
        view! {
            <div class="start-key">
                <KeyField
                    provider=provider
                    origin=endpoint.origin
                    place=Place::Start
                    on_saved=Callback::new(move |()| {
                        start_with(row, comparison);
                    })
                />
            </div>
        }
        .into_any()
    }
}

fn compare_button(row: &'static Provider, comparison: Comparison) -> impl IntoView {
    view! {
        <button
            type="button"
            class="btn btn-go"
            data-testid="start-compare"
            on:click=move |_| go_to(start_with(row, comparison))
        >
            {(words().start.compare)(&row.name)}
        </button>
    }
}

/// Two panes of the provider's own models, ready to run; gives the first.
pub fn start_with(row: &'static Provider, comparison: Comparison) -> Option<PaneId> {
    let mut models: Vec<_> = row.default_model.iter().cloned().collect();
    models.extend(
        row.models
            .iter()
            .map(|model| model.id.clone())
            .filter(|id| row.default_model.as_ref() != Some(id)),
    );
    models.truncate(2);
    open_panes(&row.id, None, models, comparison)
}
