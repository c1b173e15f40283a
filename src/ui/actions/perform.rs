//! What each action does. This lies in the third part.

use super::Act;
use crate::{
    app::{
        Comparison, Notices, Runner,
        draft::aside,
        exports::{self, Form, use_exports},
        history::keep_page,
        imports::use_imports,
        replay::use_replay,
        results, use_comparison, use_notices, use_runner,
    },
    browser::page,
    ui::{
        ballot, dialogs::use_dialogs, drift::use_drift, history::use_panel, kit::focus,
        present::use_presenting, replay, share::use_share,
    },
    words::words,
};
use leptos::prelude::*;

/// Does it; called under the root.
pub fn perform(act: Act) {
    let (comparison, notices) = (use_comparison(), use_notices());
    match act {
        Act::PutAway => put_away(comparison, notices, use_runner()),
        Act::StartOver => start_over(comparison, notices, use_runner()),
        Act::ExportJson => results::save_json(comparison, notices),
        Act::ExportCsv => {
            exports::save(Form::Csv { for_excel: false }, comparison, notices);
        }
        Act::ExportHtml => exports::save(Form::Html, comparison, notices),
        Act::Export => use_exports().open.set(true),
        Act::Import => use_imports().ask(),
        Act::DraftBack => aside::bring_back(comparison, use_runner()),
        Act::Replay => replay::open(use_replay()),
        Act::Drift => use_drift().0.set(true),
        Act::BlindVote => ballot::open_vote(comparison),
        Act::Ballots => use_dialogs().ballots.set(true),
        Act::PromptList => use_presenting().picks_list.set(true),
        Act::Share => use_share().show(),
        Act::History => use_panel().show(),
        Act::Present => use_presenting().begin(),
    }
}

/// Back to the start, with a way to come back from there.
fn put_away(comparison: Comparison, notices: Notices, runner: Runner) {
    runner.stop_all();
    keep_page();
    let undo = comparison.put_away();
    // A reload stays at the start.
    page::clear_fragment();
    notices.toast_with_undo(words().actions().put_away, undo);
    focus::later(["[data-testid=start-demo]"]);
}

fn start_over(comparison: Comparison, notices: Notices, runner: Runner) {
    runner.stop_all();
    keep_page();
    if let Some(undo) = comparison.clear_turns() {
        notices.toast_with_undo(words().actions().cleared, undo);
        focus::later([focus::PROMPT]);
    }
}
