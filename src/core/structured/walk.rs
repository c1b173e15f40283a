//! Moving about in a tree with the keyboard, as the ARIA practices have it.

use super::Row;
use crate::core::sorted::SortedSet;

/// A move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// Unfolds; from an unfolded row to its first member.
    In,
    /// Folds; from a folded row to what holds it.
    Out,
    /// To the first row.
    First,
    /// To the last row that is shown.
    Last,
    /// Folds or unfolds.
    Toggle,
}

/// The rows that are shown while these are folded.
pub fn visible(rows: &[Row], folded: &SortedSet<usize>) -> Vec<usize> {
    let mut shown = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        shown.push(at);
        at = if folded.contains(&at) {
            row.end
        } else {
            at + 1
        };
    }
    shown
}

/// Where a move from `active` leads; folds and unfolds on the way.
pub fn step(rows: &[Row], folded: &mut SortedSet<usize>, active: usize, step: Step) -> usize {
    let shown = visible(rows, folded);
    let place = shown.iter().position(|row| *row == active).unwrap_or(0);
    let near = |place: usize| shown.get(place).copied().unwrap_or(active);
    let Some(row) = rows.get(active) else {
        return near(0);
    };
    let has_members = row.end > active + 1;
    let is_folded = folded.contains(&active);
    match step {
        Step::Up => near(place.saturating_sub(1)),
        Step::Down => near(place + 1),
        Step::First => near(0),
        Step::Last => shown.last().copied().unwrap_or(active),
        Step::In if has_members && is_folded => {
            folded.remove(&active);
            active
        }
        Step::In if has_members => active + 1,
        Step::Out if has_members && !is_folded => {
            folded.insert(active);
            active
        }
        Step::Out => row.parent.unwrap_or(active),
        Step::Toggle if has_members => {
            if !folded.remove(&active) {
                folded.insert(active);
            }
            active
        }
        Step::In | Step::Toggle => active,
    }
}
