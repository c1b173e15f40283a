//! How the texts of two runs differ, kept up to date.

use crate::{
    app::RunCell,
    browser::timer::Timer,
    core::diff::{Diff, PathChange, WordCounts, diff, diff_quickly, json_changes, word_count},
};
use leptos::prelude::*;
use std::sync::Arc;

/// How long marks rest while an answer grows, in ms.
const REST_MS: i32 = 700;
/// The same for long answers, which take longer to compare.
const LONG_REST_MS: i32 = 3_000;
/// From so many bytes on, an answer is long.
const LONG: usize = 30_000;
/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// The answers.
    Answer,
    /// What was thought before them.
    Thinking,
}

/// How two texts differ.
#[derive(Clone)]
pub enum Compared {
    /// By words or lines.
    Words {
        /// The marks.
        diff: Arc<Diff>,
        /// The reference.
        old: Arc<str>,
        /// The other text.
        new: Arc<str>,
    },
    /// By path, for two JSON values.
    Paths(Arc<Vec<PathChange>>, WordCounts),
}

impl Compared {
    /// How many changes there are.
    pub fn changes(&self) -> usize {
        match self {
            Self::Words { diff, .. } => diff.changes.len(),
            Self::Paths(changes, _) => changes.len(),
        }
    }

    /// Words of both texts.
    pub fn words(&self) -> WordCounts {
        match self {
            Self::Words { diff, .. } => diff.words,
            Self::Paths(_, words) => *words,
        }
    }
}

/// How a run differs from another, made anew when both rest, and now and then
/// while one grows.
pub fn follow(
    theirs: Memo<Option<RunCell>>,
    ours: Memo<Option<RunCell>>,
    of: RwSignal<Of>,
) -> RwSignal<Option<Compared>> {
    let compared = RwSignal::new(None);
    let timer = StoredValue::new_local(None::<Timer>);
    let compare = move || {
        let theirs = theirs.try_get_untracked().flatten();
        let ours = ours.try_get_untracked().flatten();
        let both = theirs.zip(ours).zip(of.try_get_untracked());
        let found = both.and_then(|((theirs, ours), of)| compare(&theirs, &ours, of));
        compared.try_set(found);
    };
    Effect::new(move |_| {
        of.track();
        let Some((theirs, ours)) = theirs.get().zip(ours.get()) else {
            compared.set(None);
            return;
        };
        let mut is_growing = false;
        for cell in [&theirs, &ours] {
            cell.text.track();
            is_growing |= !cell.phase.get().is_over();
        }
        let is_first = compared.with_untracked(Option::is_none);
        if !is_growing || is_first {
            timer.set_value(None);
            compare();
        } else if timer.with_value(Option::is_none) {
            let long = ours.state().log.answer().len() > LONG;
            let rest = if long { LONG_REST_MS } else { REST_MS };
            timer.set_value(Timer::once(rest, move || {
                timer.try_set_value(None);
                compare();
            }));
        }
    });
    compared
}

/// `None` where one of the two has no text.
fn compare(theirs: &RunCell, ours: &RunCell, of: Of) -> Option<Compared> {
    let text = |cell: &RunCell| {
        let state = cell.state();
        let text = match of {
            Of::Answer => state.log.answer(),
            Of::Thinking => state.log.thinking(),
        };
        (text.to_owned(), state.log.phase().is_over())
    };
    let ((old, old_over), (new, new_over)) = (text(theirs), text(ours));
    if old.is_empty() || new.is_empty() {
        return None;
    }
    if of == Of::Answer
        && old_over
        && new_over
        && let Some(changes) = json_changes(&old, &new)
    {
        let words = WordCounts {
            old: word_count(&old),
            new: word_count(&new),
            common: 0,
        };
        return Some(Compared::Paths(Arc::new(changes), words));
    }
    let is_at_rest = old_over && new_over;
    let diff = if is_at_rest {
        diff(&old, &new)
    } else {
        diff_quickly(&old, &new)
    };
    Some(Compared::Words {
        diff: Arc::new(diff),
        old: old.into(),
        new: new.into(),
    })
}
