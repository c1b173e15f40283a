//! One entry of the list: what was asked, of whom, with which figures.

use super::{Panel, tagging, use_panel};
use crate::{
    app::{
        Comparison, History, Runner, link,
        replay::{Replay, use_replay},
        task, use_comparison, use_history, use_runner,
    },
    core::{
        chart::{self, Digits, format_usd},
        history::{Entry, PaneFigures, Row, Spent},
        pricing::PicoUsd,
    },
    ui::{kit::focus, replay, show},
    words::{cost::ABOUT, words},
};
use leptos::prelude::*;
use std::sync::Arc;

/// An entry.
pub fn row(row: Arc<Row>) -> AnyView {
    let history = use_history();
    let panel = use_panel();
    let w = words().history();
    let id = row.entry.id.clone();
    let name = name_of(&row.entry);
    let (asking, tagging) = (id.clone(), id.clone());
    let is_asking = Memo::new(move |_| {
        panel
            .asking
            .with(|it| it.as_ref().is_some_and(|(id, _)| *id == asking))
    });
    let is_tagging = Memo::new(move |_| panel.tagging.with(|it| it.as_ref() == Some(&tagging)));
    let on_page = id.clone();
    let (opening, asked, tagged) = (row.clone(), row.clone(), row.clone());
    let act = Act::new(history, panel);
    view! {
        <li class="history-row" data-testid="history-entry" data-entry=id>
            <div class="history-head">
                <button
                    type="button"
                    class="history-name"
                    class:history-nameless=row.entry.name().is_empty()
                    data-testid="history-open"
                    title=w.open
                    on:click=move |_| act.ask_or_open(&opening.entry, false)
                >
                    {name}
                </button>
                <p class="hint">
                    <time>{row.shown_date.clone()}</time>
                    {format!(" · {}", facts(&row.entry))}
                    {move || {
                        history
                            .current
                            .with(|current| current.as_ref() == Some(&on_page))
                            .then(|| view! { <span class="tag history-here">{w.on_page}</span> }.into_any())
                    }}
                </p>
                <TagList tags=row.entry.tags.clone() />
            </div>
            <Figures panes=row.entry.panes.clone() />
            <Actions row=row.clone() act />
            {move || is_asking.get().then(|| question(&asked, act))}
            {move || is_tagging.get().then(|| tagging::form(&tagged.entry))}
        </li>
    }
    .into_any()
}

pub(super) fn name_of(entry: &Entry) -> String {
    let name = entry.name();
    if name.is_empty() {
        words().history().untitled.to_owned()
    } else {
        name
    }
}

/// Panes, turns, files and size in one line.
fn facts(entry: &Entry) -> String {
    let w = words().history();
    let mut facts = vec![
        (w.shape)(entry.panes.len(), entry.turns),
        (w.size)(entry.bytes),
    ];
    facts.extend((w.files)(entry.files, entry.files_left_out));
    if entry.is_simulated() {
        facts.push(w.simulated.to_owned());
    }
    facts.join(" · ")
}

#[component]
fn TagList(tags: Vec<String>) -> impl IntoView {
    (!tags.is_empty()).then(|| {
        let tags: Vec<AnyView> = tags
            .into_iter()
            .map(|tag| {
                view! { <span class="tag" data-testid="history-tag">{format!("#{tag}")}</span> }
                    .into_any()
            })
            .collect();
        view! { <p class="history-tags">{tags}</p> }.into_any()
    })
}

/// The figures of each pane's latest run.
#[component]
fn Figures(panes: Vec<PaneFigures>) -> impl IntoView {
    let w = words().history();
    let heads = [w.first_token, w.total, w.rate, w.cost];
    let heads: Vec<AnyView> = heads
        .map(|head| view! { <th scope="col">{head}</th> }.into_any())
        .into();
    let rows: Vec<AnyView> = panes.iter().map(figures_of).collect();
    view! {
        <table class="history-figures num">
            <thead>
                <tr>
                    <td></td>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn figures_of(pane: &PaneFigures) -> AnyView {
    let unknown = || words().unknown.to_owned();
    let duration = |ms: Option<f64>| ms.map_or_else(unknown, show::duration);
    let rate = pane
        .tokens_per_s
        .map_or_else(unknown, |rate| chart::format_rate(rate).value);
    let cost = pane.spent.as_ref().map_or_else(unknown, cost_of);
    let state = match pane.status.as_deref() {
        None => Some(words().history().no_run),
        Some("failed") => Some(words().phases.failed),
        Some("stopped") => Some(words().phases.stopped),
        Some(_) => None,
    };
    let title = format!("{} · {}", pane.provider, pane.model);
    view! {
        <tr data-provider=pane.provider.clone() data-model=pane.model.clone()>
            <th scope="row" title=title>
                <span class="history-model">{pane.name().to_owned()}</span>
                {state.map(|state| view! { <span class="history-state">{state}</span> }.into_any())}
            </th>
            <td>{duration(pane.first_token_ms)}</td>
            <td>{duration(pane.total_ms)}</td>
            <td>{rate}</td>
            <td>{cost}</td>
        </tr>
    }
    .into_any()
}

fn cost_of(spent: &Spent) -> String {
    let amount = spent.usd.as_deref().and_then(PicoUsd::parse);
    match (amount, spent.source.as_str()) {
        (Some(amount), "estimated") => format!("{ABOUT}{}", format_usd(amount, Digits::Rough)),
        (Some(amount), _) => format_usd(amount, Digits::Full),
        (None, "local") => words().cost().local.to_owned(),
        (None, "simulated") => words().cost().simulated.to_owned(),
        (None, _) => words().unknown.to_owned(),
    }
}

/// What can be done with an entry.
#[derive(Clone, Copy)]
struct Act {
    history: History,
    panel: Panel,
    comparison: Comparison,
    runner: Runner,
    replay: Replay,
}

impl Act {
    fn new(history: History, panel: Panel) -> Self {
        Self {
            history,
            panel,
            comparison: use_comparison(),
            runner: use_runner(),
            replay: use_replay(),
        }
    }

    /// Opens an entry, unless something on the page would be lost; `plays`: and
    /// replays it.
    fn ask_or_open(self, entry: &Entry, plays: bool) {
        let w = words().history();
        let mut against = Vec::new();
        if self.runner.active.get_untracked() > 0 {
            against.push(w.ask_open_running);
        } else if !untrack(|| self.history.is_page_kept()) {
            against.push(w.ask_open_unkept);
        }
        let comparison = self.comparison;
        let now = untrack(|| link::recipe_of(comparison));
        if !untrack(|| comparison.is_draft_blank()) && comparison.has_work(&now) {
            against.push(w.ask_open_draft);
        }
        if against.is_empty() {
            return self.open(entry, plays);
        }
        self.panel.plays.set(plays);
        self.panel.asking.set(Some((entry.id.clone(), against)));
        focus::later(["[data-testid=history-open-anyway]"]);
    }

    fn open(self, entry: &Entry, plays: bool) {
        let entry = entry.clone();
        self.panel.asking.set(None);
        task::spawn(async move {
            if self.history.open(&entry).await {
                self.panel.open.set(false);
                focus::later([focus::PROMPT]);
                if plays {
                    replay::open(self.replay);
                }
            }
        });
    }

    /// Deletes an entry; the focus goes to the one that takes its place.
    fn delete(self, id: &str) {
        let at = row_at(id);
        self.history.delete(vec![id.to_owned()]);
        let same = format!(".history-row:nth-child({at}) .history-name");
        let before = format!(
            ".history-row:nth-child({}) .history-name",
            at.saturating_sub(1)
        );
        focus::later([
            same.as_str(),
            before.as_str(),
            "[data-testid=history-import-button]",
        ]);
    }
}

/// The place of an entry in the list as it is shown, from 1.
fn row_at(id: &str) -> u32 {
    let row = crate::browser::page::query(&format!("[data-entry=\"{id}\"]"));
    let mut at = 1;
    let mut before = row.and_then(|row| row.previous_element_sibling());
    while let Some(row) = before {
        at += 1;
        before = row.previous_element_sibling();
    }
    at
}

#[component]
fn Actions(row: Arc<Row>, act: Act) -> impl IntoView {
    let w = words().history();
    let (open, delete, tag) = (row.clone(), row.clone(), row);
    view! {
        <div class="history-actions">
            <button
                type="button"
                class="btn-text"
                data-testid="history-replay"
                on:click=move |_| act.ask_or_open(&open.entry, true)
            >
                {w.replay}
            </button>
            <button
                type="button"
                class="btn-text"
                data-testid="history-edit-tags"
                on:click=move |_| {
                    act.panel.tagging.set(Some(tag.entry.id.clone()));
                }
            >
                {w.edit_tags}
            </button>
            <button
                type="button"
                class="btn-text"
                data-testid="history-delete"
                on:click=move |_| act.delete(&delete.entry.id)
            >
                {w.delete}
            </button>
        </div>
    }
}

/// Asks whether the entry may replace what is on the page.
fn question(row: &Arc<Row>, act: Act) -> AnyView {
    let w = words().history();
    let against = act.panel.asking.get_untracked().map(|(_, against)| against);
    let why = against.unwrap_or_default().join(" ");
    let row = row.clone();
    view! {
        <div class="card-note history-question" role="group" aria-label=w.ask_open>
            <p>
                <b>{w.ask_open}</b>
                " "
                {why}
            </p>
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="history-open-anyway"
                    on:click=move |_| act.open(&row.entry, act.panel.plays.get_untracked())
                >
                    {w.open_anyway}
                </button>
                <button
                    type="button"
                    class="btn"
                    data-testid="history-open-not"
                    on:click=move |_| {
                        act.panel.asking.set(None);
                        focus::rescue([".history-name"]);
                    }
                >
                    {w.cancel}
                </button>
            </div>
        </div>
    }
    .into_any()
}
