//! The composer, docked at the bottom.

pub mod attach;
mod entry;
pub mod field;
pub mod files;
pub mod own;
pub mod params;
pub mod prompt;
pub mod schema;
pub mod unsent;

pub use own::PaneParamsDialog;
pub use params::param_texts;

use crate::{
    app::{
        Comparison, use_comparison, use_notices, use_prices, use_runner, use_settings,
        use_upcoming, use_vault,
    },
    browser::page,
    core::queue::Order,
    ui::dialogs::{PickFor, use_dialogs},
    ui::figure::{Content, Popover},
    ui::kit::{self, Icon, IconName, focus},
    ui::later::late,
    ui::pane::is_covered,
    words::words,
};
use attach::{AttachButton, AttachedFiles};
use leptos::prelude::*;
use prompt::{PromptBox, SystemBox};

/// What is unfolded above the prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawer {
    /// Nothing.
    None,
    /// The system prompt.
    System,
    /// Shared parameters.
    Params,
    /// Values of variables.
    Variables,
}

/// The composer.
#[component]
pub fn Composer() -> impl IntoView {
    let comparison = use_comparison();
    let drawer = RwSignal::new(Drawer::None);
    let has_variables = Memo::new(move |_| !prompt::variable_names(comparison).is_empty());
    view! {
        <footer class="composer" inert=move || is_covered(comparison)>
            <Show when=move || comparison.editing.get().is_some()>
                <EditingBar />
            </Show>
            <SystemBox drawer />
            <Show when=move || drawer.get() == Drawer::Params>
                <div class="drawer">{late(|parts| (parts.shared_params)())}</div>
            </Show>
            <Show when=move || drawer.get() == Drawer::Variables && has_variables.get()>
                <div class="drawer">{late(|parts| (parts.variables)())}</div>
            </Show>
            <AttachedFiles />
            <Chips drawer />
            <div class="composer-row">
                <PromptBox />
                <RunNote />
                <div class="composer-actions">
                    <RunButtons />
                </div>
            </div>
        </footer>
    }
}

#[component]
fn EditingBar() -> impl IntoView {
    let comparison = use_comparison();
    use_notices().say(words().composer.editing);
    view! {
        <div class="editing-bar">
            <span>{words().composer.editing}</span>
            <button
                type="button"
                class="btn-text"
                data-testid="cancel-edit"
                on:click=move |_| {
                    comparison.cancel_edit();
                    focus::later([focus::PROMPT]);
                }
            >
                {words().composer.cancel_edit}
            </button>
        </div>
    }
}

#[component]
fn Chips(drawer: RwSignal<Drawer>) -> impl IntoView {
    let comparison = use_comparison();
    let dialogs = use_dialogs();
    let w = words().composer;
    let toggle = move |which: Drawer| {
        drawer.update(|open| *open = if *open == which { Drawer::None } else { which });
    };
    let expanded = move |which: Drawer| move || (drawer.get() == which).to_string();
    let system = move || {
        let system = comparison.system.get();
        let system = system.trim();
        if system.is_empty() {
            w.add_system.to_owned()
        } else {
            (w.system_chip)(system.lines().next().unwrap_or_default())
        }
    };
    let has_system = move || !comparison.system.with(|system| system.trim().is_empty());
    let params = move || {
        let texts = comparison.params.with(param_texts);
        if texts.is_empty() {
            w.add_params.to_owned()
        } else {
            texts.join(" · ")
        }
    };
    let has_params = move || {
        !comparison
            .params
            .with(crate::core::domain::Params::is_empty)
    };
    let names = Memo::new(move |_| prompt::variable_names(comparison));
    let values = move || {
        let values = comparison.variables.get();
        names
            .get()
            .into_iter()
            .map(|name| {
                let value = values.iter().find(|(known, _)| *known == name);
                let value = value.map_or("", |(_, value)| value.as_str());
                if value.is_empty() {
                    format!("{{{{{name}}}}}")
                } else {
                    format!("{{{{{name}}}}} = {value}")
                }
            })
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let is_full = move || comparison.is_full();
    view! {
        <div class="chips">
            <button
                type="button"
                class="chip"
                data-testid="add-pane"
                disabled=is_full
                title=move || if is_full() { w.full } else { w.add_pane_hint }
                on:click=move |_| dialogs.picker.set(Some(PickFor::New))
            >
                <Icon name=IconName::Add />
                <span>{w.add_pane}</span>
            </button>
            <AttachButton />
            <button
                type="button"
                class="chip"
                class:chip-set=has_system
                data-testid="toggle-system"
                aria-expanded=expanded(Drawer::System)
                on:click=move |_| toggle(Drawer::System)
            >
                <span>{system}</span>
            </button>
            {move || {
                (!names.get().is_empty())
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="chip chip-var"
                                data-testid="toggle-variables"
                                aria-expanded=expanded(Drawer::Variables)
                                on:click=move |_| toggle(Drawer::Variables)
                            >
                                <span>{values}</span>
                            </button>
                        }.into_any()
                    })
            }}
            <button
                type="button"
                class="chip"
                class:chip-set=has_params
                data-testid="toggle-params"
                aria-expanded=expanded(Drawer::Params)
                on:click=move |_| toggle(Drawer::Params)
            >
                <span>{params}</span>
            </button>
            <label class="chip">
                <span>{w.order}</span>
                <select
                    class="chip-select"
                    data-testid="order"
                    prop:value=move || order_word(comparison.order.get())
                    on:change=move |event| {
                        let sequential = event_target_value(&event) == "sequential";
                        comparison.order.set(
                            if sequential { Order::Sequential } else { Order::Parallel },
                        );
                    }
                >
                    <option value="parallel">{w.parallel}</option>
                    <option value="sequential">{w.sequential}</option>
                </select>
            </label>
        </div>
    }
}

fn order_word(order: Order) -> &'static str {
    match order {
        Order::Parallel => "parallel",
        Order::Sequential => "sequential",
    }
}

/// Why Run is disabled, if it is: only where no pane can run.
fn blocked_reason(comparison: Comparison) -> Option<&'static str> {
    comparison
        .panes
        .with(Vec::is_empty)
        .then_some(words().composer.no_pane)
}

/// What the run can cost at most, or how many panes run, and what a person
/// would want to know before.
#[component]
fn RunNote() -> impl IntoView {
    let comparison = use_comparison();
    let vault = use_vault();
    let upcoming = use_upcoming();
    let prices = use_prices();
    let settings = use_settings();
    let popover: Popover = expect_context();
    let lines = Memo::new(move |_| {
        let w = words().composer;
        let panes = comparison.panes.get();
        if panes.is_empty() {
            return (w.no_pane_yet.to_owned(), vec![w.choose_above.to_owned()]);
        }
        let lacking = panes
            .iter()
            .filter(|pane| pane.setup.with(|setup| vault.missing(setup).is_some()))
            .count();
        let case = upcoming.case.get();
        let (first, second) = case.as_ref().map_or_else(
            || ((w.panes)(panes.len()), String::new()),
            |case| words().cost().beside_run(case, prices.is_loading()),
        );
        let other = case.filter(crate::core::pricing::WorstCase::has_amount);
        let first = match other.zip(settings.other.get()) {
            Some((case, other)) => format!("{first} · {}", other.write_at_most(case.total, 2)),
            None => first,
        };
        let missing = if lacking > 0 {
            (w.keys_missing)(lacking)
        } else {
            String::new()
        };
        let rest = [second, missing];
        let rest = rest.into_iter().filter(|line| !line.is_empty()).collect();
        (first, rest)
    });
    let is_known = move || upcoming.case.with(Option::is_some);
    view! {
        <button
            type="button"
            class="composer-note figure num"
            data-testid="worst-case"
            aria-haspopup="dialog"
            aria-expanded="false"
            disabled=move || !is_known()
            on:click=move |event| {
                popover.toggle(&event, words().cost().worst_title.to_owned(), Content::Worst);
            }
        >
            {move || {
                let (first, rest) = lines.get();
                view! {
                    <b>{first}</b>
                    {rest.into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}
                }
            }}
        </button>
    }
}

#[component]
fn RunButtons() -> impl IntoView {
    let comparison = use_comparison();
    let runner = use_runner();
    let w = words().composer;
    let running = Memo::new(move |_| runner.active.get() > 0);
    let may_repeat = Memo::new(move |_| {
        comparison.turns.with(|turns| !turns.is_empty())
            && comparison.is_draft_blank()
            && comparison.editing.get().is_none()
    });
    // Stop hides itself when the last run ends.
    Effect::new(move |_| {
        if !running.get() && page::query("[data-testid=stop]:focus").is_some() {
            focus::later([focus::RUN]);
        }
    });
    let combination = if page::is_apple() {
        "⌘ ↵"
    } else {
        "Ctrl ↵"
    };
    view! {
        // One place for both, kept once there was a run: nothing moves when one gives way.
        <span class="composer-slot" hidden=move || comparison.turns.with(Vec::is_empty) && !running.get()>
            <button
                type="button"
                class="btn btn-stop"
                class:absent=move || !running.get()
                data-testid="stop"
                on:click=move |event| {
                    if kit::is_second(&event) {
                        return;
                    }
                    runner.stop_all();
                    focus::later([focus::RUN]);
                }
            >
                {w.stop}
                <kbd>"Esc"</kbd>
            </button>
            <button
                type="button"
                class="btn"
                class:absent=move || running.get() || !may_repeat.get()
                data-testid="run-again"
                title=w.again_hint
                on:click=move |event| {
                    if kit::is_second(&event) {
                        return;
                    }
                    runner.run_again();
                    focus::later([focus::RUN]);
                }
            >
                {w.again}
            </button>
        </span>
        <button
            type="button"
            class="btn btn-go"
            data-testid="run"
            disabled=move || blocked_reason(comparison).is_some()
            title=move || blocked_reason(comparison).unwrap_or_default()
            on:click=move |_| runner.run_all()
        >
            {move || {
                if comparison.turns.with(Vec::is_empty) || comparison.editing.get().is_some() {
                    w.run
                } else {
                    w.follow_up
                }
            }}
            <kbd>{combination}</kbd>
        </button>
    }
}
