//! Servers that people run themselves.

use super::{OWN_SERVER, go_to, open_panes};
use crate::{
    app::{Comparison, ModelLists, models::ModelList, use_comparison, use_model_lists, use_vault},
    browser::page,
    core::{
        catalog::{Catalog, LocalPreset, Provider},
        domain::{Origin, ProviderId},
        wire::endpoint::{self, Endpoint},
    },
    ui::later::late,
    words::words,
};
use leptos::prelude::*;

/// Servers on this machine, tried only on a click.
#[component]
pub fn LocalServers() -> impl IntoView {
    let asked = RwSignal::new(0u32);
    let w = words().start;
    view! {
        <section class="start-card">
            <span class="tag">{w.local_tag}</span>
            <h2>{w.local}</h2>
            <p>{w.local_text}</p>
            {move || {
                if asked.get() > 0 {
                    late(|parts| (parts.local_servers)())
                } else {
                    view! { <Addresses /> }.into_any()
                }
            }}
            <div class="card-actions">
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="find-local"
                    on:click=move |_| asked.update(|times| *times += 1)
                >
                    {w.look}
                </button>
            </div>
        </section>
    }
}

/// Where the servers would be looked for.
#[component]
fn Addresses() -> impl IntoView {
    let lines = local_endpoints().into_iter().map(|(preset, endpoint, _)| {
        view! {
            <span>
                {preset.name.clone()} <code>{endpoint.host}</code>
            </span>
        }
    });
    view! { <div class="start-addresses">{lines.collect_view()}</div> }
}

fn local_endpoints() -> Vec<(&'static LocalPreset, Endpoint, &'static Provider)> {
    let catalog = Catalog::builtin();
    let Some(row) = catalog.provider(&ProviderId::new(OWN_SERVER)) else {
        return Vec::new();
    };
    catalog
        .local_presets
        .iter()
        .flat_map(|preset| preset.bases.iter().map(move |base| (preset, base)))
        .filter_map(|(preset, base)| {
            Some((preset, endpoint::resolve(row, None, Some(base)).ok()?, row))
        })
        .collect()
}

/// Asks them all, and shows what came of it.
pub fn local_servers() -> AnyView {
    let comparison = use_comparison();
    let lists = use_model_lists();
    let vault = use_vault();
    for (_, endpoint, row) in local_endpoints() {
        vault.approve(&endpoint.origin);
        lists.load(row, &endpoint, true);
    }
    view! {
        <div class="servers">
            <ul class="server-list">
                {local_endpoints()
                    .into_iter()
                    .map(|(preset, endpoint, _)| {
                        view! { <Server preset endpoint lists comparison /> }.into_any()
                    })
                    .collect_view()}
            </ul>
            <details>
                <summary>{words().start.let_in}</summary>
                {settings()}
            </details>
        </div>
    }
    .into_any()
}

#[component]
fn Server(
    preset: &'static LocalPreset,
    endpoint: Endpoint,
    lists: ModelLists,
    comparison: Comparison,
) -> impl IntoView {
    let w = words().start;
    let host = endpoint.host.clone();
    let for_list = endpoint.clone();
    let list = Memo::new(move |_| lists.get(&for_list));
    let state = move || match list.get() {
        Some(ModelList::Loading) => w.trying.to_owned(),
        Some(ModelList::Ready(models)) => (w.found)(models.len()),
        Some(ModelList::Failed(failure)) => words().failure_title(&failure),
        Some(ModelList::Unreachable) | None => w.no_answer.to_owned(),
    };
    let base = endpoint.base_url;
    view! {
        <li>
            <b>{preset.name.clone()}</b>
            <code class="host">{host}</code>
            <span class="state">{state}</span>
            {move || {
                let Some(ModelList::Ready(models)) = list.get() else { return None };
                let first = models.first()?.id.clone();
                let other = models.iter().find(|model| model.id != first);
                let second = other.map_or_else(|| first.clone(), |model| model.id.clone());
                let base = base.clone();
                let compare = move |_| {
                    let models = vec![first.clone(), second.clone()];
                    let own = ProviderId::new(OWN_SERVER);
                    go_to(open_panes(&own, Some(&base), models, comparison));
                };
                Some(
                    view! {
                        <button type="button" class="btn" data-testid="use-server" on:click=compare>
                            {w.use_server}
                        </button>
                    }
                        .into_any(),
                )
            }}
        </li>
    }
}

/// The settings with which servers let this page in, each once.
fn settings() -> AnyView {
    let page = Origin::new(page::origin());
    let presets = &Catalog::builtin().local_presets;
    let rows = presets.iter().filter_map(|preset| {
        let lines = preset
            .cors
            .settings
            .iter()
            .map(|setting| view! { " " <code>{setting.line(&page)}</code> }.into_any());
        let lines: Vec<_> = lines.collect();
        (!lines.is_empty()).then(|| view! { <p>{preset.name.clone()} {lines}</p> }.into_any())
    });
    rows.collect_view().into_any()
}
