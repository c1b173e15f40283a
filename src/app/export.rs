//! The result document as a file.

use super::{
    comparison::Comparison,
    link,
    notices::Notices,
    pane::{Pane, RunCell},
};
use crate::{
    browser::{download, page},
    core::{
        domain::{Millis, Params},
        recipe::result::{
            AppInfo, Figures, Machine, Marks, ResultDoc, ResultPane, ResultRun, ResultTurn,
            RunFacts, ToolCall,
        },
        run::RunLog,
        timing::Mark,
    },
    words::words,
};
use leptos::prelude::*;

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
        words().bar.exported
    } else {
        words().bar.not_exported
    });
}

fn document(comparison: Comparison) -> ResultDoc {
    let panes = comparison.panes.get();
    let turns = comparison.turns.get();
    let machine = Machine {
        user_agent: Some(page::user_agent()),
        hidden: Some(page::is_hidden()),
        more: serde_json::Map::new(),
    };
    let panes = panes
        .iter()
        .map(|pane| {
            let turns = turns
                .iter()
                .map(|turn| ResultTurn {
                    prompt: turn.prompt.clone(),
                    runs: runs(pane, turn.id),
                })
                .collect();
            result_pane(comparison, pane, turns)
        })
        .collect();
    let recipe = link::recipe_of(comparison);
    ResultDoc::new(
        AppInfo::this(),
        Some(page::iso_now()),
        machine,
        recipe,
        panes,
    )
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
        }
    })
}

fn runs(pane: &Pane, turn: u32) -> Vec<ResultRun> {
    pane.cells.with(|cells| {
        cells
            .iter()
            .filter(|cell| cell.turn == turn)
            .map(|cell| run(pane, cell))
            .collect()
    })
}

fn run(pane: &Pane, cell: &RunCell) -> ResultRun {
    let state = cell.state();
    let setup = state.setup.clone().unwrap_or_else(|| pane.setup.get());
    let mut facts = facts(&state.log);
    facts.cost = Some((*cell.cost.get_untracked()).clone());
    facts.simulated = setup.is_simulated();
    facts.sent = state
        .sent
        .as_ref()
        .and_then(|sent| serde_json::to_value(sent).ok());
    ResultRun::new(&setup.provider, &setup.model, facts)
}

fn facts(log: &RunLog) -> RunFacts {
    let timeline = log.timeline();
    let mark = |mark: Mark| timeline.since_sent(mark).map(Millis);
    let metrics = log.metrics();
    let mut facts = RunFacts::new(log.phase());
    facts.finish = log.finish().cloned();
    log.answer().clone_into(&mut facts.answer);
    log.thinking().clone_into(&mut facts.thinking);
    facts.tool_calls = log
        .tool_calls()
        .map(|call| ToolCall {
            id: call.id.map(str::to_owned),
            name: call.name.map(str::to_owned),
            arguments: call.arguments.to_owned(),
        })
        .collect();
    facts.failure = log.failure().cloned();
    facts.warnings = log.warnings().to_vec();
    facts.meta = log.meta().clone();
    facts.usage = log.usage().cloned();
    facts.extras = log.extras().iter().cloned().collect();
    facts.server_timing = log.server_timing();
    facts.marks = Marks {
        headers_ms: mark(Mark::Headers),
        first_byte_ms: mark(Mark::FirstByte),
        first_thinking_ms: mark(Mark::FirstThinking),
        first_answer_ms: mark(Mark::FirstAnswer),
        first_token_ms: mark(Mark::FirstToken),
        last_thinking_ms: mark(Mark::LastThinking),
        last_answer_ms: mark(Mark::LastAnswer),
        last_token_ms: mark(Mark::LastToken),
        end_ms: mark(Mark::End),
    };
    facts.figures = Figures {
        ttft_ms: metrics.ttft_ms.map(Millis),
        ttfa_ms: metrics.ttfa_ms.map(Millis),
        total_ms: metrics.total_ms.map(Millis),
        output_tokens_per_s: metrics.rate.as_ref().ok().map(|rate| rate.per_second),
    };
    facts.first_call = timeline.first_call();
    facts.hidden_tab = timeline.hidden();
    facts.frames = log.frames();
    facts
}
