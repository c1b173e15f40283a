//! What a vote is about: the answers of the comparison on the page, how far they
//! are, and which of them say who wrote them.

use crate::{
    app::{
        comparison::{Comparison, Turn},
        pane::{Pane, RunCell},
    },
    core::{
        ballot::{
            Places, Subject,
            naming::{self, Naming},
            subject::SubjectTurn,
        },
        run::Phase,
    },
};
use leptos::prelude::*;

/// The comparison as far as a vote is about it (tracked).
pub fn subject(comparison: Comparison) -> Subject {
    let panes = comparison.panes.get();
    let turns = comparison.turns.get();
    Subject {
        panes: panes
            .iter()
            .map(|pane| {
                pane.setup.with(|setup| {
                    (
                        setup.provider.as_str().to_owned(),
                        setup.model.as_str().to_owned(),
                    )
                })
            })
            .collect(),
        turns: turns
            .iter()
            .map(|turn| SubjectTurn {
                prompt: turn.prompt.clone(),
                answers: panes.iter().map(|pane| answer(pane, turn)).collect(),
            })
            .collect(),
    }
}

/// The answer of a run that is over, as it came.
fn answer(pane: &Pane, turn: &Turn) -> Option<String> {
    let cell = pane.own_cell(turn.id)?;
    (cell.phase.get() == Phase::Done).then(|| cell.state().log.answer().to_owned())
}

/// The run of a pane that a turn's answer is of (tracked).
pub fn cell(comparison: Comparison, turn: usize, pane: usize) -> Option<RunCell> {
    let turn = comparison
        .turns
        .with(|turns| turns.get(turn).map(|turn| turn.id))?;
    let pane = comparison.panes.with(|panes| panes.get(pane).cloned())?;
    pane.own_cell(turn)
}

/// How far the answers are (tracked): complete, failed, all that were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Runs that are over.
    pub over: usize,
    /// Of these, without an answer.
    pub failed: usize,
    /// All runs of all turns.
    pub all: usize,
}

/// Reads it.
pub fn progress(comparison: Comparison) -> Progress {
    let (panes, turns) = (comparison.panes.get(), comparison.turns.get());
    let mut progress = Progress {
        over: 0,
        failed: 0,
        all: 0,
    };
    for turn in &turns {
        for pane in &panes {
            let Some(cell) = pane.own_cell(turn.id) else {
                continue;
            };
            let phase = cell.phase.get();
            progress.all += 1;
            progress.over += usize::from(phase.is_over());
            progress.failed += usize::from(phase.is_over() && phase != Phase::Done);
        }
    }
    progress
}

/// What a pane is called where names are shown (tracked): two panes of one model
/// by their places too.
pub fn names(comparison: Comparison) -> Vec<String> {
    let names: Vec<String> = comparison.panes.with(|panes| {
        let name = |pane: &Pane| pane.setup.with(|setup| setup.name().to_owned());
        panes.iter().map(name).collect()
    });
    let same = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
    names
        .iter()
        .enumerate()
        .map(|(at, name)| {
            if same(name) {
                format!("{name} ({})", at + 1)
            } else {
                name.clone()
            }
        })
        .collect()
}

/// Whether an answer gives itself away.
pub fn naming_of(subject: &Subject, turn: usize, pane: usize) -> Option<Naming> {
    let answer = subject.turns.get(turn)?.answers.get(pane)?.as_deref()?;
    let (_, model) = subject.panes.get(pane)?;
    // A route's own spelling, and the name in it.
    let short = model.rsplit('/').next().unwrap_or(model);
    naming::naming(answer, &[model, short])
}

/// Which answers give themselves away, by turn.
pub fn giving_away(subject: &Subject) -> Vec<Places> {
    let panes = 0..subject.panes.len();
    (0..subject.turns.len())
        .map(|turn| {
            let named = panes.clone();
            named
                .filter(|pane| naming_of(subject, turn, *pane).is_some())
                .collect()
        })
        .collect()
}
