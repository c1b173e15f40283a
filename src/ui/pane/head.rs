//! A pane's header: model, route, actions.

use super::PaneContext;
use crate::{
    app::{PaneSetup, use_comparison, use_runner},
    core::{catalog::Transport, run::Phase},
    ui::{
        dialogs::{PickFor, use_dialogs},
        figure::{Content, Popover},
        kit::{self, Icon, IconName, Menu, cut_name, focus},
        later::{late, use_later},
    },
    words::words,
};
use leptos::prelude::*;

/// The header.
#[component]
pub fn PaneHead() -> impl IntoView {
    let PaneContext { pane, .. } = expect_context();
    let dialogs = use_dialogs();
    let id = pane.id;
    let setup = pane.setup.clone();
    let name = {
        let setup = setup.clone();
        move || {
            setup.with(|setup| {
                let name = setup.name();
                if name.is_empty() {
                    words().pane.choose_model.to_owned()
                } else {
                    name.to_owned()
                }
            })
        }
    };
    let title = name.clone();
    let later = use_later();
    let simulated = move || setup.with(PaneSetup::is_simulated);
    view! {
        <header class="pane-head">
            <div class="pane-name">
                <h2>
                    <button
                        type="button"
                        class="pane-model"
                        data-testid="pick-model"
                        title=title.clone()
                        aria-label=title
                        aria-haspopup="dialog"
                        on:click=move |_| dialogs.picker.set(Some(PickFor::Pane(id)))
                    >
                        {move || cut_name(&name())}
                        <Icon name=IconName::Down />
                    </button>
                    {move || simulated().then(simulated_tag)}
                </h2>
            </div>
            <Actions />
            <Route />
            {move || later.get().map(|parts| (parts.before_run)(&pane))}
        </header>
    }
}

fn simulated_tag() -> impl IntoView {
    view! {
        <span class="tag" data-testid="simulated">
            {words().pane.simulated}
        </span>
    }
}

/// What does not give way, as less of it would say nothing.
const SHORT: usize = 6;

/// Provider, host and what else distinguishes the pane, in small type.
#[component]
fn Route() -> impl IntoView {
    let PaneContext { pane, cell, .. } = expect_context();
    let setup = pane.setup.clone();
    let later = use_later();
    let popover: Popover = expect_context();
    let of_popover = setup.clone();
    let route = Memo::new(move |_| {
        setup.with(|setup| {
            let plain = route_parts(setup);
            match later.get() {
                Some(parts) => (parts.route_line)(setup, plain),
                None => plain,
            }
        })
    });
    let text = move || {
        route.with(|route| {
            [
                &route.maker,
                &route.provider,
                &route.host,
                &route.place,
                &route.rest,
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(" · ")
        })
    };
    let flags = move || {
        let cell = cell.get()?;
        cell.facts.track();
        let state = cell.state();
        let mut flags = Vec::new();
        if state.log.timeline().first_call() {
            flags.push(words().metrics.first_call);
        }
        if state.log.timeline().hidden() {
            flags.push(words().metrics.hidden);
        }
        (!flags.is_empty()).then(|| flags.join(" · "))
    };
    // Two elements, so that a text that gives way takes its separator along.
    let part = move |class: &'static str, text: fn(&RouteParts) -> &String| {
        let is_short = move || route.with(|route| text(route).len() <= SHORT);
        let text = move || route.with(|route| text(route).clone());
        view! {
            <span class=class data-short=move || is_short().then_some("")>
                <span>{text}</span>
            </span>
        }
        .into_any()
    };
    view! {
        <div class="pane-route" title=text>
            {move || later.get().and_then(|parts| (parts.pane_badge)(&pane))}
            <button
                type="button"
                class="route-open"
                data-testid="pane-route"
                aria-haspopup="dialog"
                aria-expanded="false"
                on:click=move |event| {
                    let setup = of_popover.get_untracked();
                    let title = setup.name().to_owned();
                    popover.toggle(&event, title, Content::Route(Box::new(setup)));
                }
            >
                {part("route-maker", |route| &route.maker)}
                {part("route-provider", |route| &route.provider)}
                {part("route-host", |route| &route.host)}
                {part("route-place", |route| &route.place)}
                {part("route-rest", |route| &route.rest)}
            </button>
            {move || {
                flags()
                    .map(|flags| {
                        view! {
                            <span class="pane-flag" title=words().metrics.first_call_hint>
                                {flags}
                            </span>
                        }.into_any()
                    })
            }}
        </div>
    }
}

/// The parts of a route, which give way to each other in a narrow pane.
#[derive(Clone, PartialEq)]
pub struct RouteParts {
    /// Who made the model, where that is somebody else.
    pub maker: String,
    /// Who runs it.
    pub provider: String,
    /// The host, or why there is none.
    pub host: String,
    /// Region or location, where the base URL has one.
    pub place: String,
    /// The model, where a label hides it, and the pane's own parameters.
    pub rest: String,
}

pub(super) fn route_parts(setup: &PaneSetup) -> RouteParts {
    let provider = setup.row().map_or_else(
        || setup.provider.as_str().to_owned(),
        |row| row.name.clone(),
    );
    let host = match setup.endpoint() {
        Some(Ok(endpoint)) => match endpoint.transport {
            Transport::Http => match &endpoint.relay {
                Some(relay) => (words().pane.via_relay)(&endpoint.host, &relay.host),
                None => endpoint.host,
            },
            Transport::Simulated | Transport::OnDevice => words().pane.in_page.to_owned(),
            Transport::BuiltIn => words().pane.in_browser.to_owned(),
        },
        Some(Err(_)) => words().pane.bad_base.to_owned(),
        None => words().pane.unknown_provider.to_owned(),
    };
    let mut rest = Vec::new();
    if setup
        .label
        .as_deref()
        .is_some_and(|label| !label.is_empty())
    {
        rest.push(setup.model.as_str().to_owned());
    }
    rest.extend(crate::ui::composer::param_texts(&setup.params));
    RouteParts {
        maker: String::new(),
        provider,
        host,
        place: String::new(),
        rest: rest.join(" · "),
    }
}

/// Stops or repeats the pane's run; the focus stays on the pane, since the
/// button gives way to the other one.
#[component]
fn RunButton(
    test_id: &'static str,
    label: &'static str,
    icon: IconName,
    run: impl Fn() + 'static,
) -> impl IntoView {
    let PaneContext { pane, .. } = expect_context();
    view! {
        <button
            type="button"
            class="btn-icon"
            data-testid=test_id
            aria-label=label
            title=label
            on:click=move |event| {
                if kit::is_second(&event) {
                    return;
                }
                run();
                focus::later([focus::pane(pane.id).as_str()]);
            }
        >
            <Icon name=icon />
        </button>
    }
}

#[component]
fn Actions() -> impl IntoView {
    let PaneContext { pane, phase, .. } = expect_context();
    let comparison = use_comparison();
    let runner = use_runner();
    let id = pane.id;
    let w = words().pane;
    let setup = pane.setup.clone();
    let menu_label = move || setup.with(|setup| (w.menu)(setup.name()));
    let is_expanded = move || comparison.expanded.get() == Some(id);
    view! {
        {move || {
            let phase = phase.get();
            if phase.is_running() || phase == Phase::Queued {
                let run = move || runner.stop(id);
                view! { <RunButton test_id="pane-stop" label=w.stop icon=IconName::Stop run /> }
                    .into_any()
            } else if phase == Phase::Idle {
                ().into_any()
            } else {
                let run = move || runner.retry(id);
                view! { <RunButton test_id="pane-retry" label=w.retry icon=IconName::Retry run /> }
                    .into_any()
            }
        }}
        <button
            type="button"
            class="btn-icon"
            data-testid="pane-expand"
            aria-pressed=move || is_expanded().to_string()
            aria-label=move || if is_expanded() { w.shrink } else { w.expand }
            title=move || if is_expanded() { w.shrink } else { w.expand }
            on:click=move |_| {
                comparison.expanded.update(|open| {
                    *open = if *open == Some(id) { None } else { Some(id) };
                });
            }
        >
            {move || {
                let name = if is_expanded() { IconName::Shrink } else { IconName::Expand };
                view! { <Icon name /> }
            }}
        </button>
        <Menu label=Signal::derive(menu_label) test_id="pane-menu">
            {late(|parts| (parts.pane_menu)())}
        </Menu>
    }
}
