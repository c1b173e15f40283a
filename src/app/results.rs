//! The comparison as a result document, and a result document as the
//! comparison.

use super::{
    comparison::{Comparison, Turn},
    link,
    notices::Notices,
    pane::{Pane, PaneSetup, Restored, RunCell},
};
use crate::{
    browser::{download, page},
    core::{
        attach::StoredFile,
        domain::{Millis, Params},
        recipe::{
            MAX_PANES,
            result::{AppInfo, Machine, ResultDoc, ResultPane, ResultRun, ResultTurn, RunFacts},
        },
        recording::Script,
        run::{Change, Phase},
        timing::Mark,
    },
    words::words,
};
use leptos::prelude::*;
use serde_json::Map;
use std::sync::Arc;

/// Files of up to so many bytes are part of the document; of larger ones it has
/// the name and the size.
const MOST_EXPORTED: usize = 1 << 20;

/// Offers the whole comparison as a JSON file.
pub fn save_json(comparison: Comparison, notices: Notices) {
    let document = untrack(|| document(comparison));
    let name = format!(
        "touchstone-{}.json",
        page::iso_now().replace([':', '.'], "-")
    );
    let saved = document
        .to_json()
        .is_ok_and(|text| download::save_text(&name, "application/json", &text));
    notices.toast(if saved {
        words().actions().exported
    } else {
        words().actions().not_exported
    });
}

/// The comparison as a document (tracked). A result that was opened and not
/// changed since is the document that it came from.
pub fn document(comparison: Comparison) -> ResultDoc {
    let recipe = link::recipe_of(comparison);
    if let Some(shown) = comparison.shown_unchanged(&recipe) {
        return (*shown).clone();
    }
    let machine = Machine {
        user_agent: Some(page::user_agent()),
        hidden: Some(page::is_hidden()),
        more: page::cores()
            .map(|cores| ("cores".to_owned(), cores.into()))
            .into_iter()
            .collect(),
    };
    let turns = comparison.turns.get();
    let all = comparison.panes.get();
    let panes = all.iter().map(|pane| {
        let turns = turns.iter().map(|turn| result_turn(&all, pane, turn));
        result_pane(comparison, pane, turns.collect())
    });
    ResultDoc::new(
        AppInfo::this(),
        Some(page::iso_now()),
        machine,
        recipe,
        panes.collect(),
    )
}

fn result_turn(all: &[Pane], pane: &Pane, turn: &Turn) -> ResultTurn {
    let zero = first_sent(all, turn.id);
    let attachments = turn.attachments.iter();
    ResultTurn {
        template: (turn.template != turn.prompt).then(|| turn.template.clone()),
        prompt: turn.prompt.clone(),
        attachments: attachments
            .map(|file| StoredFile::of(file, MOST_EXPORTED))
            .collect(),
        runs: pane.cells.with(|cells| {
            let own = cells.iter().filter(|cell| cell.turn == turn.id);
            own.map(|cell| run(pane, cell, zero)).collect()
        }),
        extra: Map::new(),
    }
}

/// When the first run of a turn was sent, on the page's clock.
fn first_sent(panes: &[Pane], turn: u32) -> Option<Millis> {
    let mut first: Option<Millis> = None;
    for pane in panes {
        for cell in pane.cells.get_untracked() {
            let state = cell.state();
            let sent = state.log.timeline().at(Mark::Sent);
            if let Some(sent) = sent.filter(|_| cell.turn == turn && state.restored.is_none())
                && first.is_none_or(|first| sent < first)
            {
                first = Some(sent);
            }
        }
    }
    first
}

fn result_pane(comparison: Comparison, pane: &Pane, turns: Vec<ResultTurn>) -> ResultPane {
    pane.setup.with(|setup| {
        let endpoint = setup.endpoint().and_then(Result::ok);
        ResultPane {
            provider: setup.provider.clone(),
            api: endpoint.as_ref().map(|endpoint| endpoint.api),
            model: setup.model.clone(),
            host: endpoint.map(|endpoint| endpoint.host),
            label: setup.label.clone(),
            params: Params::overlay(&comparison.params.get(), &setup.params),
            turns,
            extra: Map::new(),
        }
    })
}

/// What is known of a run, as a document would have it.
pub fn facts(pane: &Pane, cell: &RunCell) -> RunFacts {
    run(pane, cell, None).facts
}

fn run(pane: &Pane, cell: &RunCell, zero: Option<Millis>) -> ResultRun {
    let state = cell.state();
    // What came out of a document goes back as it was.
    if let Some(run) = state.restored.as_ref().and_then(Restored::run) {
        return run.clone();
    }
    let setup = state.setup.clone().unwrap_or_else(|| pane.setup.get());
    let mut facts = RunFacts::of_log(&state.log);
    facts.sent_at = state.sent_at;
    let sent = state.log.timeline().at(Mark::Sent);
    facts.sent_after_ms = sent.zip(zero).map(|(sent, zero)| sent - zero);
    facts.cost = Some((*cell.cost.get_untracked()).clone());
    facts.simulated = setup.is_simulated();
    facts.sent = state
        .sent
        .as_ref()
        .and_then(|sent| serde_json::to_value(sent).ok());
    ResultRun::new(&setup.provider, &setup.model, facts)
}

/// Fills the page in with a result: every pane, turn and run with the marks and
/// values that it had. Nothing is sent.
pub fn show(comparison: Comparison, document: ResultDoc) {
    let document = Arc::new(document);
    link::fill_in(comparison, &document.recipe);
    add_missing_panes(comparison, &document);
    let turns = turns(comparison, &document);
    let panes = comparison.panes.get_untracked();
    for (pane_at, (pane, result)) in panes.iter().zip(&document.panes).enumerate() {
        let setup = setup_of(pane, result);
        let mut cells = Vec::new();
        for (turn_at, (turn, result)) in turns.iter().zip(&result.turns).enumerate() {
            for run_at in 0..result.runs.len() {
                let restored = Restored {
                    document: Arc::clone(&document),
                    place: [pane_at, turn_at, run_at],
                };
                let id = comparison.next_id();
                cells.extend(filled(RunCell::new(id, turn.id), restored, &setup));
            }
        }
        pane.cells.set(cells);
    }
    let asked = turns.first().map(|turn| turn.template.clone());
    if comparison
        .draft
        .with_untracked(|draft| Some(draft) == asked.as_ref())
    {
        comparison.draft.set(String::new());
    }
    comparison.turns.set(turns);
    comparison.set_baseline(untrack(|| link::recipe_of(comparison)));
    comparison.set_shown(document);
}

/// A document may have results of panes that its recipe does not name.
fn add_missing_panes(comparison: Comparison, document: &ResultDoc) {
    let there = comparison.panes.with_untracked(Vec::len);
    for pane in document.panes.iter().take(MAX_PANES).skip(there) {
        let mut setup = PaneSetup::new(pane.provider.clone(), pane.model.clone());
        setup.api = pane.api;
        setup.label.clone_from(&pane.label);
        setup.params = pane.params.clone();
        comparison.add_pane(setup);
    }
}

/// The turns that any pane has.
fn turns(comparison: Comparison, document: &ResultDoc) -> Vec<Turn> {
    let longest = document.panes.iter().max_by_key(|pane| pane.turns.len());
    let turns = longest
        .map(|pane| pane.turns.as_slice())
        .unwrap_or_default();
    let turn = |turn: &ResultTurn| {
        let template = turn.template.as_ref().unwrap_or(&turn.prompt);
        let files = turn.attachments.iter();
        Turn {
            id: comparison.next_id(),
            template: template.clone(),
            prompt: turn.prompt.clone(),
            attachments: files
                .filter_map(|file| file.open(comparison.next_id()))
                .collect(),
        }
    };
    turns.iter().map(turn).collect()
}

/// What the runs of a pane were made with: as the pane is set, if that is the
/// model of the result.
fn setup_of(pane: &Pane, result: &ResultPane) -> PaneSetup {
    let setup = pane.setup.get_untracked();
    if setup.provider == result.provider && setup.model == result.model {
        return setup;
    }
    PaneSetup::new(result.provider.clone(), result.model.clone())
}

/// A run of a document; `None` for one that never began.
fn filled(cell: RunCell, restored: Restored, setup: &PaneSetup) -> Option<RunCell> {
    let facts = &restored.run()?.facts;
    if matches!(facts.status, Phase::Idle | Phase::Queued) {
        return None;
    }
    {
        let mut state = cell.state();
        state.log = Script::of(facts.clone()).log();
        state.sent = facts.sent_report();
        state.sent_at = facts.sent_at;
        state.setup = Some(setup.clone());
    }
    cell.cost.set(Arc::new(restored.cost()));
    cell.state().restored = Some(restored);
    cell.publish(Change::ALL);
    Some(cell)
}
