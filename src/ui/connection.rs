//! Tests a connection.

use super::{kit, relays::start_command};
use crate::{
    app::{Notices, Runner, Vault, connection, task, use_notices, use_runner, use_vault},
    browser::page,
    core::{
        catalog::{Catalog, LocalLine, Provider},
        domain::{ModelId, Origin},
        wire::{
            diagnosis::{self, Diagnosis},
            endpoint::{self, Endpoint},
        },
    },
    words::{
        failure::{Cause, Context, Explanation},
        words,
    },
};
use leptos::prelude::*;

/// What helps with a server of one's own.
#[derive(Default)]
pub struct LocalHelp {
    /// Settings that let this page in.
    pub settings: Vec<LocalLine>,
    /// Commands that start it.
    pub starts: Vec<LocalLine>,
}

/// What helps with what a request goes to first.
pub fn local_help(endpoint: &Endpoint, page_origin: &str) -> LocalHelp {
    if let Some(relay) = &endpoint.relay {
        let port = endpoint::relay_port(&relay.base);
        let start = LocalLine {
            text: start_command(port),
            ..LocalLine::default()
        };
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

/// What may be behind a failure, the likeliest first, with the lines that mend
/// it to be copied; nothing where nothing is known.
pub fn causes(causes: Vec<Cause>) -> Option<AnyView> {
    let items = causes.into_iter().map(|Cause { text, lines }| {
        let lines: Vec<_> = lines.into_iter().map(line).collect();
        let lines = (!lines.is_empty()).then(|| view! { <ul>{lines}</ul> }.into_any());
        view! { <li>{text} {lines}</li> }.into_any()
    });
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then(|| view! { <ol>{items}</ol> }.into_any())
}

fn line(line: LocalLine) -> AnyView {
    let LocalLine {
        server,
        text,
        is_switch,
    } = line;
    let shown = if is_switch {
        view! { " " <code>{text}</code> }.into_any()
    } else {
        kit::command("fix-command", move || text.clone())
    };
    view! { <li>{server} {shown}</li> }.into_any()
}

/// How far a test is.
#[derive(Clone, PartialEq)]
enum Stage {
    Idle,
    /// The number of the test.
    Testing(u32),
    Found(Box<Found>),
}

/// What a test found, and of what.
#[derive(Clone, PartialEq)]
struct Found {
    diagnosis: Diagnosis,
    endpoint: Endpoint,
    model: ModelId,
}

/// One test after another, of whatever endpoint is chosen.
struct Test {
    /// Of no owner: a test may outlast its button.
    stage: ArcRwSignal<Stage>,
    count: StoredValue<u32>,
    runner: Runner,
    vault: Vault,
    notices: Notices,
}

impl Test {
    /// What is found is of the endpoint that was tested: with another one it goes.
    fn new(endpoint: Signal<Option<Endpoint>>) -> Self {
        let stage = ArcRwSignal::new(Stage::Idle);
        let shown = stage.clone();
        Effect::new(move |before: Option<Option<Endpoint>>| {
            let now = endpoint.get();
            if before.is_some_and(|before| before != now) {
                shown.set(Stage::Idle);
            }
            now
        });
        Self {
            stage,
            count: StoredValue::new(0),
            runner: use_runner(),
            vault: use_vault(),
            notices: use_notices(),
        }
    }

    /// Begins one, unless one is under way.
    fn begin(&self, endpoint: Endpoint, model: ModelId) {
        let is_testing = matches!(self.stage.get_untracked(), Stage::Testing(_));
        let Some(row) = row_of(&endpoint).filter(|_| !is_testing) else {
            return;
        };
        self.count.update_value(|count| *count += 1);
        let own = Stage::Testing(self.count.get_value());
        self.stage.set(own.clone());
        let (stage, notices) = (self.stage.clone(), self.notices);
        let (runner, vault) = (self.runner, self.vault);
        task::spawn(async move {
            let diagnosis = connection::test(row, &endpoint, &model, runner, vault).await;
            // Another endpoint was chosen meanwhile.
            if stage.get_untracked() != own {
                return;
            }
            // The one line that is read out says it; the card shows it.
            notices.say(explain(&diagnosis, &endpoint, &model).title);
            stage.set(Stage::Found(Box::new(Found {
                diagnosis,
                endpoint,
                model,
            })));
        });
    }
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
    let test = Test::new(endpoint);
    let stage = test.stage.clone();
    let press = move |_| {
        if let Some(endpoint) = endpoint.get_untracked() {
            test.begin(endpoint, model.get_untracked());
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
        move || stage.with(|stage| matches!(stage, Stage::Testing(_)))
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
                    on:click=press
                >
                    {w.test}
                </button>
            </div>
            {move || costs().then(|| view! { <p class="hint">{w.cost}</p> }.into_any())}
            <div>
                {move || {
                    match stage.get() {
                        Stage::Idle => ().into_any(),
                        Stage::Testing(_) => {
                            view! { <p class="hint">{w.testing}</p> }.into_any()
                        }
                        Stage::Found(found) => {
                            card(&found.diagnosis, &found.endpoint, &found.model).into_any()
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
    view! {
        <div class=class data-testid="diagnosis" data-diagnosis=found.as_str()>
            <h3>{explained.title}</h3>
            <p>{explained.text}</p>
            {causes(explained.causes)}
            {explained.quote.map(|quote| view! { <blockquote>{quote}</blockquote> }.into_any())}
        </div>
    }
    .into_any()
}
