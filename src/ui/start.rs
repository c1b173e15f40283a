//! The empty state: what this is, and the shortest ways to a comparison.

use super::{
    device::ChooseFile,
    dialogs::{PickFor, use_dialogs},
    keyfield::KeyField,
    kit::focus,
    later::{LoadFailed, late, use_later},
};
use crate::{
    app::{
        Comparison, ModelLists, PaneSetup, Vault, later, models::ModelList, starters, task,
        use_comparison, use_device_models, use_model_lists, use_notices, use_runner, use_vault,
    },
    core::{
        catalog::{Catalog, LocalPreset, Provider},
        device::{DeviceFault, SMALL_MODEL, file_name},
        domain::{ModelId, Origin, PaneId, ProviderId},
        real::shortest,
        wire::endpoint::{self, Endpoint},
    },
    words::words,
};
use leptos::prelude::*;

/// The provider row of a server of one's own.
const OWN_SERVER: &str = "openai-compatible";

/// The first visit.
#[component]
pub fn Start() -> impl IntoView {
    let w = words().start;
    view! {
        <div class="start" data-testid="start">
            <div class="start-inner">
                <div>
                    <h1>{w.heading}</h1>
                    <p class="start-lead">{w.lead}</p>
                </div>
                <div class="start-cards">
                    <DemoCard />
                    <DeviceCard />
                    <LocalServers />
                </div>
                <AddKey />
            </div>
        </div>
    }
}

/// Parts of a bar in a card's picture: where each begins and how wide it is,
/// in percent.
type Part = (&'static str, f64, f64);

fn percent(of: f64) -> String {
    shortest(of) + "%"
}

/// Rows of bars as panes show them, standing still.
fn picture(rows: Vec<(String, Vec<Part>)>) -> impl IntoView {
    let rows = rows.into_iter().enumerate().map(|(at, (name, parts))| {
        let parts = parts.into_iter().map(|(class, left, width)| {
            view! { <i class=class style:left=percent(left) style:width=percent(width)></i> }
        });
        view! {
            <span data-accent=at.to_string()>
                {name} <span class="track">{parts.collect_view()}</span>
            </span>
        }
    });
    view! {
        <div class="start-picture" aria-hidden="true">
            {rows.collect_view()}
        </div>
    }
}

/// Simulated models.
#[component]
fn DemoCard() -> impl IntoView {
    let comparison = use_comparison();
    let runner = use_runner();
    let w = words().start;
    // In proportion to how long the four really take.
    let rows = vec![
        (
            "demo-fast",
            vec![("seg-waiting", 0.0, 3.0), ("seg-answering", 3.0, 26.0)],
        ),
        (
            "demo-steady",
            vec![("seg-waiting", 0.0, 6.0), ("seg-answering", 6.0, 86.0)],
        ),
        (
            "demo-thinking",
            vec![
                ("seg-waiting", 0.0, 5.0),
                ("seg-thinking", 5.0, 19.0),
                ("seg-answering", 24.0, 64.0),
            ],
        ),
        (
            "demo-cut",
            vec![("seg-waiting", 0.0, 4.0), ("seg-answering", 4.0, 20.0)],
        ),
    ];
    let rows: Vec<_> = rows
        .into_iter()
        .map(|(name, parts)| (name.to_owned(), parts))
        .collect();
    let missing = ArcRwSignal::new(false);
    let begin = {
        let missing = missing.clone();
        move |_| {
            let missing = missing.clone();
            task::spawn(async move {
                match later::need().await {
                    Some(parts) => go_to((parts.run_demo)(comparison, runner)),
                    None => missing.set(true),
                }
            });
        }
    };
    view! {
        <section class="start-card">
            <span class="tag">{words().pane.simulated}</span>
            <h2>{w.demo}</h2>
            <p>{w.demo_text}</p>
            {move || failed(&missing).unwrap_or_else(|| picture(rows.clone()).into_any())}
            <div class="card-actions">
                <span class="hint">{w.demo_note}</span>
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="start-demo"
                    aria-label=w.demo_run
                    on:click=begin
                >
                    {w.run}
                </button>
            </div>
        </section>
    }
}

/// That the part which runs what a card offers could not be loaded, if it was
/// asked for.
fn failed(missing: &ArcRwSignal<bool>) -> Option<AnyView> {
    let shows = missing.get() && use_later().failed();
    shows.then(|| view! { <LoadFailed /> }.into_any())
}

/// A real model in the page.
#[component]
fn DeviceCard() -> impl IntoView {
    let comparison = use_comparison();
    let runner = use_runner();
    let notices = use_notices();
    let w = words().start;
    let devices = use_device_models();
    // They outlive the card, which goes away with the first pane.
    let checking = ArcRwSignal::new(false);
    let lacks = ArcRwSignal::new(None::<DeviceFault>);
    let missing = ArcRwSignal::new(false);
    // Gone with the card: what the person began meanwhile stands.
    let run = Callback::new(move |model: String| {
        if let Some(parts) = later::parts() {
            go_to((parts.run_on_device)(&model, comparison, runner));
        }
    });
    let note = Memo::new({
        let lacks = lacks.clone();
        move |_| lacks.get().map(|fault| why_not(&fault))
    });
    let begin = {
        let (checking, missing) = (checking.clone(), missing.clone());
        move |_| {
            let (checking, lacks) = (checking.clone(), lacks.clone());
            let missing = missing.clone();
            checking.set(true);
            task::spawn(async move {
                let found = match later::need().await {
                    Some(parts) => Some((parts.check_device)(&devices, SMALL_MODEL).await),
                    None => None,
                };
                checking.set(false);
                if comparison.panes.with_untracked(|panes| !panes.is_empty()) {
                    return;
                }
                let Some(found) = found else {
                    return missing.set(true);
                };
                match found {
                    Ok(()) => {
                        run.try_run(SMALL_MODEL.to_owned());
                    }
                    Err(fault) => {
                        notices.say(why_not(&fault));
                        lacks.set(Some(fault));
                    }
                }
            });
        }
    };
    let is_checking = Memo::new(move |_| checking.get());
    // One instance: they run one after another.
    let rows: Vec<_> = starters::TEMPERATURES
        .into_iter()
        .zip([(0.0, 30.0), (30.0, 34.0), (64.0, 36.0)])
        .map(|(temperature, (left, width))| {
            let parts = vec![
                ("seg-waiting", left, 4.0),
                ("seg-answering", left + 4.0, width - 4.0),
            ];
            (
                (words().params.temperature_is)(&shortest(temperature)),
                parts,
            )
        })
        .collect();
    view! {
        <section class="start-card">
            <span class="tag">{w.device_tag}</span>
            <h2>{w.device}</h2>
            <p>{w.device_text}</p>
            {move || match note.get() {
                None => failed(&missing).unwrap_or_else(|| picture(rows.clone()).into_any()),
                Some(text) => view! { <p data-testid="device-missing">{text}</p> }.into_any(),
            }}
            <div class="card-actions">
                <ChooseFile on_picked=run />
                {move || {
                    is_checking.get().then(|| view! { <span class="hint">{w.device_checking}</span> })
                }}
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="start-device"
                    aria-label=w.device_run
                    disabled=move || is_checking.get()
                    on:click=begin
                >
                    {w.run}
                </button>
            </div>
        </section>
    }
}

/// Why the small model cannot be had, and how to get one.
fn why_not(fault: &DeviceFault) -> String {
    let w = words().start;
    match fault {
        DeviceFault::Missing => (w.device_missing)(&file_name(SMALL_MODEL)),
        _ => w.device_check_failed.to_owned(),
    }
}

/// The button that was clicked is gone: its first pane takes the focus.
fn go_to(pane: Option<PaneId>) {
    if let Some(id) = pane {
        focus::later([focus::pane(id).as_str()]);
    }
}

/// Providers with a key of one's own.
#[component]
fn AddKey() -> impl IntoView {
    let chosen = RwSignal::new(None::<ProviderId>);
    let vault = use_vault();
    let comparison = use_comparison();
    let dialogs = use_dialogs();
    let w = words().start;
    let hosted = Catalog::builtin()
        .providers
        .iter()
        .filter(|row| row.default_base.is_some());
    view! {
        <section class="start-keys">
            <h2>{w.add_key}</h2>
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
                    let endpoint = endpoint::resolve(row, None, None).ok()?;
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
    let w = words().start;
    let held = vault.has(&row.id, &endpoint.origin);
    if held {
        view! {
            <div class="card-actions">
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="start-compare"
                    on:click=move |_| go_to(start_with(row, comparison))
                >
                    {(w.compare)(&row.name)}
                </button>
            </div>
        }
        .into_any()
    } else {
        let provider = row.id.clone();
        view! {
            <div class="start-key">
                <KeyField
                    provider=provider
                    origin=endpoint.origin
                    on_saved=Callback::new(move |()| {
                        start_with(row, comparison);
                    })
                />
            </div>
        }
        .into_any()
    }
}

/// Two panes of the provider's own models, ready to run; gives the first.
fn start_with(row: &'static Provider, comparison: Comparison) -> Option<PaneId> {
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

/// A pane of each model; gives the first.
fn open_panes(
    provider: &ProviderId,
    base_url: Option<&str>,
    models: Vec<ModelId>,
    comparison: Comparison,
) -> Option<PaneId> {
    let mut first = None;
    for model in models {
        let mut setup = PaneSetup::new(provider.as_str(), "");
        setup.model = model;
        setup.base_url = base_url.map(str::to_owned);
        let pane = comparison.add_pane(setup);
        first = first.or(pane.map(|pane| pane.id));
    }
    first
}

/// Servers on this machine, tried only on a click.
#[component]
fn LocalServers() -> impl IntoView {
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
    let page = Origin::new(crate::browser::page::origin());
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
