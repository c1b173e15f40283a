//! What of a pane's settings would not reach its model, before anything is
//! sent. Made by the same rules as the request itself, so that the two cannot
//! disagree.

use super::{Ask, Draft, NO_EFFORT, NoteReason, SentAction, settle};
use crate::core::catalog::{Param, RefusedBecause, Support};

/// A setting that a model does not get.
#[derive(Debug, Clone, PartialEq)]
pub struct Unsent {
    /// Which.
    pub param: Param,
    /// Why.
    pub reason: NoteReason,
    /// Whether no value of it would be sent, whatever else is set.
    pub is_closed: bool,
    /// Whether a value is set, which would be left out.
    pub is_set: bool,
}

/// What the model would not get of the settings in `ask`, with what it takes no
/// value of at all; at most one entry for each parameter, in the order of
/// [`Param::ALL`]. The messages are not looked at.
pub fn unsent(ask: &Ask<'_>) -> Vec<Unsent> {
    let caps = ask.capabilities();
    let mut draft = Draft::default();
    let settled = settle::settle(ask, &caps, &mut draft);
    let takes_sampling = settled.effort.as_deref() == Some(NO_EFFORT);
    let entry = |param: Param| {
        let closed = match caps.support(param) {
            Support::Supported { .. } => None,
            Support::Ignored => Some((NoteReason::Ignored, true)),
            Support::Refused(RefusedBecause::NeedsEffortNone) if takes_sampling => None,
            // Another setting of the same pane may open it.
            Support::Refused(because @ RefusedBecause::NeedsEffortNone) => {
                Some((because.into(), false))
            }
            Support::Refused(because) => Some((because.into(), true)),
        };
        let dropped = draft.notes.iter().find(|note| {
            note.action == SentAction::Dropped
                && note.field == param.as_str()
                // A text of nothing is nobody's setting.
                && note.reason != NoteReason::Blank
        });
        let is_set = dropped.is_some();
        let (reason, is_closed) = match (closed, dropped) {
            (Some(closed), _) => closed,
            (None, Some(note)) => (note.reason.clone(), false),
            (None, None) => return None,
        };
        Some(Unsent {
            param,
            reason,
            is_closed,
            is_set,
        })
    };
    Param::ALL.into_iter().filter_map(entry).collect()
}

#[cfg(test)]
#[path = "forecast_tests.rs"]
mod tests;
