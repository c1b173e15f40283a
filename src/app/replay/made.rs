//! When and where the runs of a replay were made.

use crate::{
    app::{comparison::Comparison, pane::RunCell},
    core::{pricing::Moment, recipe::result::ResultDoc},
};
use leptos::prelude::*;
use std::sync::Arc;

/// When and where runs were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Made {
    /// An ISO 8601 time in UTC.
    pub at: Option<String>,
    /// How the browser names itself; `None` where it was this page.
    pub user_agent: Option<String>,
    /// How many cores the browser saw.
    pub cores: Option<u64>,
    /// Whether it was this page.
    pub is_here: bool,
}

/// When and where runs were made: on this page if any is of here, else as their
/// document says.
pub(super) fn made<'a>(cells: impl Iterator<Item = &'a RunCell>) -> Made {
    let mut first = None;
    let mut is_here = false;
    let mut document = None;
    for cell in cells {
        let state = cell.state();
        first = first.into_iter().chain(state.sent_at).min();
        match &state.restored {
            Some(restored) => document = Some(Arc::clone(&restored.document)),
            None => is_here = true,
        }
    }
    let made = match document.filter(|_| !is_here) {
        Some(document) => made_of(&document),
        None => Made {
            is_here,
            ..Made::default()
        },
    };
    Made {
        at: first.map(Moment::to_iso).or(made.at),
        ..made
    }
}

/// When and where a document says that its runs were made.
pub fn made_of(document: &ResultDoc) -> Made {
    let cores = document.machine.more.get("cores");
    Made {
        at: document.created.clone(),
        user_agent: document.machine.user_agent.clone(),
        cores: cores.and_then(serde_json::Value::as_u64),
        is_here: false,
    }
}

/// The document that the last turn's runs were opened from, if all were
/// (tracked).
pub fn opened(comparison: Comparison) -> Option<Arc<ResultDoc>> {
    let turn = comparison.last_turn()?.id;
    let panes = comparison.panes.get();
    let mut found = None;
    for cell in panes.iter().filter_map(|pane| pane.own_run(turn)) {
        found = Some(Arc::clone(&cell.state().restored.as_ref()?.document));
    }
    found
}
