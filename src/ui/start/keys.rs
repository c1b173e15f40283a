//! The way with a key of one's own.

use super::{OWN_SERVER, go_to, open_panes};
use crate::{
    app::{Comparison, Vault, relays, use_comparison, use_vault},
    core::{
        catalog::{Catalog, Provider},
        domain::{PaneId, ProviderId},
        signin::{self, Place},
        wire::endpoint::Endpoint,
    },
    ui::{
        dialogs::{PickFor, use_dialogs},
        keyfield::KeyField,
        kit::focus,
        signin::SignInButton,
    },
    words::words,
};
use leptos::prelude::*;

/// Providers with a key of one's own.
#[component]
pub fn AddKey() -> impl IntoView {
    let chosen = RwSignal::new(None::<ProviderId>);
    let vault = use_vault();
    let comparison = use_comparison();
    let dialogs = use_dialogs();
    let w = words().start;
    let hosted = Catalog::first()
        .providers
        .iter()
        .filter(|row| row.default_base.is_some());
    view! {
        <section class="start-keys">
            <h2>{w.add_key}</h2>
            <div class="start-sign-in">
                {move || {
                    let id = ProviderId::new(signin::PROVIDER);
                    let row = Catalog::builtin().provider(&id);
                    if let Some(row) = row.filter(|_| vault.has(&id, &signin::home())) {
                        compare_button(row, comparison).into_any()
                    } else {
                        let hint = words().keys.sign_in_hint;
                        view! {
                            <SignInButton origin=signin::home() place=Place::Start />
                            <span class="hint">{hint}</span>
                        }
                            .into_any()
                    }
                }}
            </div>
            <div class="provider-grid">
                {hosted
                    .map(|row| {
                        let id = row.id.clone();
                        let is_chosen = {
                            let id = id.clone();
                            move || (chosen.get().as_ref() == Some(&id)).to_string()
                        };
                        view! {
                            <button
                                type="button"
                                class="btn"
                                data-testid="start-provider"
                                data-provider=row.id.as_str()
                                aria-pressed=is_chosen
                                on:click=move |_| choose(chosen, &id)
                            >
                                {row.name.clone()}
                            </button>
                        }.into_any()
                    })
                    .collect_view()}
                <button
                    type="button"
                    class="btn"
                    data-testid="start-other"
                    on:click=move |_| dialogs.picker.set(Some(PickFor::NewOf(OWN_SERVER)))
                >
                    {w.other}
                </button>
            </div>
            <div class="start-chosen">
                {move || {
                    let id = chosen.get()?;
                    let row = Catalog::builtin().provider(&id)?;
                    let endpoint = relays::resolve(row, None, None).ok()?;
                    Some(chosen_view(row, endpoint, vault, comparison))
                }}
                <p class="hint">{w.key_safety}</p>
            </div>
        </section>
    }
}

/// Shows the next step of a provider and goes there. One that is shown already
/// keeps what was typed.
fn choose(chosen: RwSignal<Option<ProviderId>>, id: &ProviderId) {
    if chosen.with_untracked(|chosen| chosen.as_ref() != Some(id)) {
        chosen.set(Some(id.clone()));
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
