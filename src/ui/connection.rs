//! Tests a connection, and sets the relays of providers.

use crate::{
    app::{
        Comparison, connection, notices::Undo, relays, task, use_comparison, use_notices,
        use_runner, use_vault,
    },
    browser::page,
    core::{
        catalog::{Catalog, Provider},
        domain::{ModelId, Origin, ProviderId},
        run::Phase,
        wire::{
            diagnosis::{self, Diagnosis},
            endpoint::{self, Endpoint, EndpointError},
        },
    },
    words::{
        failure::{Context, Explanation},
        words,
    },
};
use leptos::prelude::*;

/// What helps with a server of one's own, ready to paste.
#[derive(Default)]
pub struct LocalHelp {
    /// Settings that let this page in.
    pub settings: Vec<String>,
    /// Commands that start it.
    pub starts: Vec<String>,
}

/// What helps with what a request goes to first.
pub fn local_help(endpoint: &Endpoint, page_origin: &str) -> LocalHelp {
    if let Some(relay) = &endpoint.relay {
        let port = endpoint::relay_port(&relay.base);
        let start = (words().connection().start_relay)(page_origin, port);
        return LocalHelp {
            settings: vec![start.clone()],
            starts: vec![start],
        };
    }
    if !endpoint.is_loopback() && !endpoint.is_private() {
        return LocalHelp::default();
    }
    let catalog = Catalog::builtin();
    LocalHelp {
        settings: catalog.local_settings(&endpoint.origin, &Origin::new(page_origin)),
        starts: catalog.local_starts(&endpoint.origin),
    }
}

/// How far a test is.
#[derive(Clone, PartialEq)]
enum Stage {
    Idle,
    Testing,
    Found(Box<Diagnosis>),
}

/// A button that tests a connection, and what that found.
#[component]
pub fn TestConnection(
    /// Where it goes; `None` while that is not known.
    #[prop(into)]
    endpoint: Signal<Option<Endpoint>>,
    /// The model that is asked where there is no list.
    #[prop(into)]
    model: Signal<ModelId>,
) -> impl IntoView {
    let runner = use_runner();
    let vault = use_vault();
    let notices = use_notices();
    // Of no owner: the test may outlast the button.
    let stage = ArcRwSignal::new(Stage::Idle);
    // What was found is of the endpoint that was tested.
    Effect::new({
        let stage = stage.clone();
        move |before: Option<Option<Endpoint>>| {
            let now = endpoint.get();
            if before.is_some_and(|before| before != now) {
                stage.set(Stage::Idle);
            }
            now
        }
    });
    let test = {
        let stage = stage.clone();
        move |_| {
            let Some((endpoint, row)) =
                untrack(|| Some((endpoint.get()?, row_of(&endpoint.get()?)?)))
            else {
                return;
            };
            if stage.get_untracked() == Stage::Testing {
                return;
            }
            let model = model.get_untracked();
            let stage = stage.clone();
            stage.set(Stage::Testing);
            task::spawn(async move {
                let found = connection::test(row, &endpoint, &model, runner, vault).await;
                // The one line that is read out says it; the card shows it.
                notices.say(explain(&found, &endpoint, &model).title);
                stage.set(Stage::Found(Box::new(found)));
            });
        }
    };
    let w = words().connection();
    let costs = move || {
        let endpoint = endpoint.get();
        endpoint.is_some_and(|endpoint| {
            row_of(&endpoint).is_some_and(|row| diagnosis::costs(row, &endpoint))
        })
    };
    let is_testing = {
        let stage = stage.clone();
        move || stage.with(|stage| *stage == Stage::Testing)
    };
    view! {
        <div class="connection-test">
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="test-connection"
                    disabled=move || endpoint.with(Option::is_none)
                    aria-busy=move || is_testing().to_string()
                    on:click=test
                >
                    {w.test}
                </button>
            </div>
            {move || costs().then(|| view! { <p class="hint">{w.cost}</p> }.into_any())}
            <div>
                {move || {
                    match stage.get() {
                        Stage::Idle => ().into_any(),
                        Stage::Testing => {
                            view! { <p class="hint">{w.testing}</p> }.into_any()
                        }
                        Stage::Found(found) => {
                            let endpoint = endpoint.get_untracked();
                            endpoint.map(|endpoint| card(&found, &endpoint, &model.get_untracked())).into_any()
                        }
                    }
                }}
            </div>
        </div>
    }
}

fn row_of(endpoint: &Endpoint) -> Option<&'static Provider> {
    Catalog::builtin().provider(&endpoint.provider)
}

/// What a test found, in words.
fn explain(found: &Diagnosis, endpoint: &Endpoint, model: &ModelId) -> Explanation {
    let page_origin = page::origin();
    let help = local_help(endpoint, &page_origin);
    let provider = row_of(endpoint).map_or("", |row| row.name.as_str());
    let context = Context {
        provider,
        host: endpoint.first_host(),
        model: model.as_str(),
        page_origin: &page_origin,
        local_settings: &help.settings,
        local_starts: &help.starts,
        ..Context::default()
    };
    (words().connection().explain)(found, &context)
}

/// The same as a card.
fn card(found: &Diagnosis, endpoint: &Endpoint, model: &ModelId) -> AnyView {
    let explained = explain(found, endpoint, model);
    // What was not tried is no fault.
    let is_fault =
        !found.is_good() && !matches!(found, Diagnosis::KeyMissing | Diagnosis::NotApproved);
    let class = if is_fault {
        "card-bad diagnosis"
    } else {
        "card-note diagnosis"
    };
    let causes = explained
        .causes
        .into_iter()
        .map(|cause| view! { <li>{cause}</li> }.into_any())
        .collect::<Vec<_>>();
    view! {
        <div class=class data-testid="diagnosis" data-diagnosis=found.as_str()>
            <h3>{explained.title}</h3>
            <p>{explained.text}</p>
            {(!causes.is_empty()).then(|| view! { <ol>{causes}</ol> }.into_any())}
            {explained.quote.map(|quote| view! { <blockquote>{quote}</blockquote> }.into_any())}
        </div>
    }
    .into_any()
}

/// Where requests go by way of the provider's relay, or what is wrong with it.
pub fn relay_note(
    provider: &ProviderId,
    endpoint: Option<Result<Endpoint, EndpointError>>,
) -> (bool, String) {
    let w = words().connection();
    let through = |to: &str, relay: &str| {
        if endpoint::relay_is_in_clear(relay) {
            (true, (w.in_clear)(relay))
        } else {
            (false, (w.relayed)(to, relay))
        }
    };
    let row = Catalog::builtin().provider(provider);
    let name = row.map_or(provider.as_str(), |row| &row.name);
    match endpoint {
        None => (false, String::new()),
        Some(Ok(endpoint)) => match &endpoint.relay {
            None => (false, (w.straight)(&endpoint.host)),
            Some(relay) => through(&endpoint.host, &relay.base),
        },
        Some(Err(error @ EndpointError::Relay(_))) => (true, words().endpoint_error(&error)),
        // Its base URL is not known yet.
        Some(Err(_)) => match relays::of(provider) {
            None => (false, (w.straight)(name)),
            Some(relay) => match endpoint::relay_origin(&relay) {
                Ok(_) => through(name, &relay),
                Err(error) => {
                    let error = EndpointError::Relay(Box::new(error));
                    (true, words().endpoint_error(&error))
                }
            },
        },
    }
}

/// The address of a provider's relay.
#[component]
pub fn RelayField(
    /// Whose.
    #[prop(into)]
    provider: Signal<ProviderId>,
    /// Whether what was typed is wrong.
    #[prop(into)]
    is_bad: Signal<bool>,
    /// What tests find it by.
    test_id: &'static str,
) -> impl IntoView {
    let w = words().connection();
    let vault = use_vault();
    let notices = use_notices();
    let typed = Memo::new(move |_| provider.with(relays::of).unwrap_or_default());
    let take = move |event| {
        let text = event_target_value(&event);
        if !relays::set(&provider.get_untracked(), &text) {
            notices.toast(w.not_stored);
        }
        // Typing an address is agreeing to it.
        if let Ok(origin) = endpoint::relay_origin(&text) {
            vault.approve(&origin);
        }
    };
    view! {
        <label class="field">
            <span class="label">{w.relay}</span>
            <input
                class="input mono"
                type="text"
                inputmode="url"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                placeholder="http://127.0.0.1:8787"
                data-testid=test_id
                aria-invalid=move || is_bad.get().to_string()
                prop:value=move || typed.get()
                on:change=take
            />
        </label>
    }
}

/// The provider of the first pane whose last run failed.
fn failed_provider(comparison: &Comparison) -> Option<ProviderId> {
    let turn = comparison.last_turn_untracked()?;
    let panes = comparison.panes.get_untracked();
    let failed = panes.into_iter().find(|pane| {
        let cell = pane.cell_untracked(turn.id);
        cell.is_some_and(|cell| cell.phase.get_untracked() == Phase::Failed)
    });
    failed.map(|pane| pane.setup.with_untracked(|setup| setup.provider.clone()))
}

/// Relays by provider, and tests.
#[component]
pub fn Connections() -> impl IntoView {
    let w = words().connection();
    let rows: Vec<&'static Provider> = Catalog::builtin()
        .providers
        .iter()
        .filter(|row| {
            let base = row.default_base.as_deref();
            base.is_some_and(|base| base.starts_with("https://")) || row.site().is_some()
        })
        .collect();
    let first = rows.first().map_or_else(|| "".into(), |row| row.id.clone());
    // Whoever comes here from a failure means its provider.
    let failed =
        failed_provider(&use_comparison()).filter(|id| rows.iter().any(|row| row.id == *id));
    let with_relay = || relays::providers().into_iter().next();
    let chosen = RwSignal::new(failed.or_else(with_relay).unwrap_or(first));
    let endpoint = Memo::new(move |_| {
        let row = chosen.with(|id| Catalog::builtin().provider(id))?;
        Some(relays::resolve(row, None, None))
    });
    let note = Memo::new(move |_| chosen.with(|id| relay_note(id, endpoint.get())));
    let is_bad = Memo::new(move |_| note.with(|(is_bad, _)| *is_bad));
    view! {
        <section class="section" data-testid="connections">
            <h3>{w.heading}</h3>
            <p class="hint">{w.hint}</p>
            <div class="form-grid">
                <label class="field">
                    <span class="label">{w.provider}</span>
                    <select
                        class="select"
                        data-testid="relay-provider"
                        prop:value=move || chosen.with(|id| id.as_str().to_owned())
                        on:change=move |event| chosen.set(ProviderId::new(event_target_value(&event)))
                    >
                        {rows
                            .into_iter()
                            .map(|row| {
                                let id = row.id.as_str();
                                let selected = move || chosen.with(|chosen| chosen.as_str() == id);
                                view! { <option value=id selected=selected>{row.name.clone()}</option> }.into_any()
                            })
                            .collect_view()}
                    </select>
                </label>
                <RelayField provider=chosen is_bad test_id="relay-base" />
            </div>
            {move || {
                let (is_bad, note) = note.get();
                view! {
                    <p class="hint" class:hint-bad=is_bad role="status" data-testid="relay-note">
                        {note}
                    </p>
                }
            }}
            <TestConnection
                endpoint=Signal::derive(move || endpoint.get().and_then(Result::ok))
                model=Signal::derive(move || default_model(&chosen.get()))
            />
            <SetRelays />
        </section>
    }
}

/// The model that a provider's panes start with.
fn default_model(provider: &ProviderId) -> ModelId {
    let row = Catalog::builtin().provider(provider);
    row.and_then(|row| row.default_model.clone())
        .unwrap_or_else(|| "".into())
}

/// The relays that are set, each with a way to take it back.
#[component]
fn SetRelays() -> impl IntoView {
    let notices = use_notices();
    let w = words().connection();
    move || {
        let rows = relays::providers().into_iter().map(|id| {
            let relay = relays::of(&id).unwrap_or_default();
            let row = Catalog::builtin().provider(&id);
            let name = row.map_or_else(|| id.as_str().to_owned(), |row| row.name.clone());
            let is_refused = endpoint::relay_origin(&relay).is_err();
            let is_in_clear = endpoint::relay_is_in_clear(&relay);
            let text = match (is_refused, is_in_clear) {
                (true, _) => (w.set_refused)(&name, &relay),
                (_, true) => format!("{name}: {}", (w.in_clear)(&relay)),
                _ => (w.set)(&name, &relay),
            };
            let is_good = !is_refused && !is_in_clear;
            let remove = move |_| {
                relays::set(&id, "");
                let (id, relay) = (id.clone(), relay.clone());
                let undo = Undo::new(move || {
                    relays::set(&id, &relay);
                });
                notices.toast_with_undo((w.removed)(&name), undo);
            };
            view! {
                <div class="key-held">
                    <span class="dot" class:dot-good=is_good></span>
                    <span>{text}</span>
                    <button type="button" class="btn" data-testid="remove-relay" on:click=remove>
                        {w.remove}
                    </button>
                </div>
            }
            .into_any()
        });
        rows.collect_view()
    }
}
