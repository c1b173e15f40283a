//! What does not fill the page in but has its own place: a history, ballots, a
//! list of prompts.

use super::{Foreign, ImportError};
use crate::core::{
    ballot::found::{self, Found},
    history,
    playlist::{self, Form, Playlist, PlaylistError},
};

/// How far into a text its kind is looked for.
const HEAD: usize = 400;

/// Something with a place of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Beside {
    /// A history: it joins the one that is kept.
    History {
        /// How many comparisons it has, up to where it was cut.
        count: usize,
    },
    /// Ballots of a blind vote, and what of them cannot be read.
    Ballots(Vec<Found>),
    /// A list of prompts.
    Prompts(Playlist),
}

/// A history, known by how it begins: it may be too large to be read like
/// anything else, and one that was cut is good up to there.
pub(super) fn history(text: &str) -> Option<Result<Beside, ImportError>> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let head: String = text.chars().take(HEAD).collect();
    let (_, version) = head.split_once("\"touchstone\"")?;
    let version = version.trim_start().strip_prefix(':')?.trim_start();
    let is_history = text.starts_with('{') && version.starts_with("\"history/");
    is_history.then(|| open(text))
}

fn open(text: &str) -> Result<Beside, ImportError> {
    let reader = history::Reader::open(text).map_err(ImportError::History)?;
    let count = reader.count();
    Ok(Beside::History { count })
}

/// What a text is for which `error` was found.
pub(super) fn of(text: &str, error: ImportError) -> Result<Beside, ImportError> {
    match &error {
        ImportError::OtherDocument { kind } => match kind.as_str() {
            "history" => open(text),
            "ballot" | "ballots" => Ok(Beside::Ballots(found::ballots(text))),
            _ => Err(error),
        },
        ImportError::Unknown | ImportError::Foreign(Foreign::Table | Foreign::JsonLines) => {
            let ballots = found::ballots(text);
            if ballots.iter().any(|found| found.ballot.is_ok()) {
                return Ok(Beside::Ballots(ballots));
            }
            prompts(text, error)
        }
        _ => Err(error),
    }
}

/// A list of prompts in a form that nothing else has. Plain lines and blocks
/// could be anything.
fn prompts(text: &str, error: ImportError) -> Result<Beside, ImportError> {
    let is_list = |form: Form| matches!(form, Form::Json | Form::JsonLines | Form::Table);
    match playlist::read(text, None) {
        Ok(list) if is_list(list.form) => Ok(Beside::Prompts(list)),
        Err(fault) if is_meant(&fault) => Err(ImportError::Prompts(fault)),
        _ => Err(error),
    }
}

/// Whether a fault is one inside a list of prompts, not that of another thing.
fn is_meant(fault: &PlaylistError) -> bool {
    match fault {
        PlaylistError::Wrong { path, .. } => {
            let first = ["[0]", "prompts[0]", "line 1."];
            !first.iter().any(|start| path.starts_with(start)) && path != "line 1"
        }
        PlaylistError::Width { .. }
        | PlaylistError::NoPrompt { .. }
        | PlaylistError::OpenQuote { .. } => true,
        PlaylistError::Empty
        | PlaylistError::TooLong { .. }
        | PlaylistError::NotText
        | PlaylistError::Json { .. }
        | PlaylistError::NotAList
        | PlaylistError::NoPromptColumn { .. } => false,
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "beside_tests.rs"]
mod tests;
