//! What one text has that another has not, word by word.
//!
//! Texts are cut into words, spaces and signs ([`tokens`]), the shortest edit
//! script between them is found ([`script`]), and what would read as confetti
//! is drawn together ([`tidy`]). Texts that would take too long are compared
//! line by line, which the result says.

mod layout;
mod marks;
mod parts;
mod paths;
mod script;
mod tidy;
mod tokens;

pub use layout::{Layout, Stretch};
pub use parts::{Part, What, parts};
pub use paths::{PathChange, json_changes, value_changes};
pub use tokens::word_count;

use script::Hunk;
use std::ops::Range;
use tokens::Token;

/// How many steps a comparison of words may take; it is over in well under a
/// second then, in the slowest browser too.
const MOST_STEPS: usize = 12_000_000;

/// How many it may take while something streams: a few milliseconds, since what
/// keeps the page busy makes its clock late (ADR 0015).
const QUICK_STEPS: usize = 400_000;

/// What two texts were cut into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    /// Words, spaces and signs.
    Words,
    /// Lines: the texts are too long or too different for words.
    Lines,
}

/// Where a stretch of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// In both texts.
    Equal,
    /// In the old one only.
    Removed,
    /// In the new one only.
    Inserted,
}

/// A stretch of text. Ranges are bytes; of a text that lacks it, the range is
/// empty and says where it would stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Which text has it.
    pub kind: RunKind,
    /// Where in the old text.
    pub old: Range<usize>,
    /// Where in the new text.
    pub new: Range<usize>,
}

/// What stands in one text in place of something in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Bytes of the old text; empty for something new.
    pub old: Range<usize>,
    /// Bytes of the new text; empty for something that is gone.
    pub new: Range<usize>,
}

/// Words of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WordCounts {
    /// Words of the old text.
    pub old: usize,
    /// Words of the new text.
    pub new: usize,
    /// Words that stand unmarked, which are the same in both.
    pub common: usize,
}

impl WordCounts {
    /// Twice the common words over all words of both, between 0 and 1; `None`
    /// where neither text has a word.
    pub fn share(self) -> Option<f64> {
        let all = self.old + self.new;
        #[expect(clippy::cast_precision_loss, reason = "words of a text")]
        (all > 0).then(|| 2.0 * self.common as f64 / all as f64)
    }
}

/// How two texts differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// What was compared.
    pub grain: Grain,
    /// Both texts from beginning to end: those that are not inserted make up
    /// the old one, those that are not removed the new one.
    pub runs: Vec<Run>,
    /// What changed, in order.
    pub changes: Vec<Change>,
    /// Words of both texts.
    pub words: WordCounts,
}

impl Diff {
    /// Whether the texts are the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// Compares two texts word by word, or line by line where that would take too
/// long. `diff(b, a)` is `diff(a, b)` with old and new exchanged.
pub fn diff(old: &str, new: &str) -> Diff {
    within(old, new, MOST_STEPS)
}

/// The same in a few milliseconds, so by lines sooner: for texts that still grow.
pub fn diff_quickly(old: &str, new: &str) -> Diff {
    within(old, new, QUICK_STEPS)
}

fn within(old: &str, new: &str, most_steps: usize) -> Diff {
    // One of several equally short scripts is found; which, must not hang on
    // the order of the texts.
    if old > new {
        return mirrored(within(new, old, most_steps));
    }
    let (old_words, new_words) = (tokens::words(old), tokens::words(new));
    let both = Both::new(old, new, &old_words, &new_words);
    if let Some(hunks) = script::hunks(&both.old_ids, &both.new_ids, most_steps) {
        let hunks = tidy::tidy(&both, hunks);
        return both.diff(Grain::Words, &hunks, (&old_words, &new_words));
    }
    let (old_lines, new_lines) = (tokens::lines(old), tokens::lines(new));
    let lines = Both::new(old, new, &old_lines, &new_lines);
    let hunks = script::hunks(&lines.old_ids, &lines.new_ids, most_steps)
        .unwrap_or_else(|| script::all_but_ends(&lines.old_ids, &lines.new_ids));
    lines.diff(Grain::Lines, &hunks, (&old_words, &new_words))
}

fn mirrored(diff: Diff) -> Diff {
    let mut runs: Vec<Run> = diff
        .runs
        .into_iter()
        .map(|run| Run {
            kind: match run.kind {
                RunKind::Equal => RunKind::Equal,
                RunKind::Removed => RunKind::Inserted,
                RunKind::Inserted => RunKind::Removed,
            },
            old: run.new,
            new: run.old,
        })
        .collect();
    // What is gone stands before what is new, here too.
    for at in 1..runs.len() {
        if let Some([first, second]) = runs.get_mut(at - 1..=at)
            && (first.kind, second.kind) == (RunKind::Inserted, RunKind::Removed)
        {
            std::mem::swap(first, second);
            second.old = first.old.end..first.old.end;
            first.new = second.new.start..second.new.start;
        }
    }
    Diff {
        grain: diff.grain,
        runs,
        changes: diff
            .changes
            .into_iter()
            .map(|change| Change {
                old: change.new,
                new: change.old,
            })
            .collect(),
        words: WordCounts {
            old: diff.words.new,
            new: diff.words.old,
            common: diff.words.common,
        },
    }
}

/// Two texts in pieces. Equal pieces have equal numbers.
struct Both<'a> {
    old_text: &'a str,
    new_text: &'a str,
    old: &'a [Token],
    new: &'a [Token],
    old_ids: Vec<u32>,
    new_ids: Vec<u32>,
}

impl<'a> Both<'a> {
    fn new(old_text: &'a str, new_text: &'a str, old: &'a [Token], new: &'a [Token]) -> Self {
        let (old_ids, new_ids) = numbered(
            &pieces(old_text, old).collect::<Vec<_>>(),
            &pieces(new_text, new).collect::<Vec<_>>(),
        );
        Self {
            old_text,
            new_text,
            old,
            new,
            old_ids,
            new_ids,
        }
    }

    fn diff(&self, grain: Grain, hunks: &[Hunk], words: (&[Token], &[Token])) -> Diff {
        let mut runs = Vec::new();
        let mut changes = Vec::new();
        let (mut old_at, mut new_at) = (0, 0);
        for hunk in hunks {
            let old = bytes(self.old, &hunk.old, self.old_text.len());
            let new = bytes(self.new, &hunk.new, self.new_text.len());
            if old.start > old_at {
                let (old, new) = (old_at..old.start, new_at..new.start);
                push(&mut runs, RunKind::Equal, old, new);
            }
            (old_at, new_at) = (old.end, new.end);
            if !old.is_empty() {
                push(
                    &mut runs,
                    RunKind::Removed,
                    old.clone(),
                    new.start..new.start,
                );
            }
            if !new.is_empty() {
                push(&mut runs, RunKind::Inserted, old.end..old.end, new.clone());
            }
            changes.push(Change { old, new });
        }
        if old_at < self.old_text.len() {
            let (old, new) = (old_at..self.old_text.len(), new_at..self.new_text.len());
            push(&mut runs, RunKind::Equal, old, new);
        }
        let words = counts(words.0, words.1, &runs);
        Diff {
            grain,
            runs,
            changes,
            words,
        }
    }
}

fn push(runs: &mut Vec<Run>, kind: RunKind, old: Range<usize>, new: Range<usize>) {
    runs.push(Run { kind, old, new });
}

fn counts(old: &[Token], new: &[Token], runs: &[Run]) -> WordCounts {
    let is_word = |token: &&Token| token.letters > 0;
    let old_words = old.iter().filter(is_word);
    // Both are in order, so that one walk does.
    let mut equal = runs
        .iter()
        .filter(|run| run.kind == RunKind::Equal)
        .peekable();
    let common = old_words
        .clone()
        .filter(|word| {
            while equal.next_if(|run| run.old.end <= word.start).is_some() {}
            equal
                .peek()
                .is_some_and(|run| run.old.start <= word.start && word.end() <= run.old.end)
        })
        .count();
    WordCounts {
        old: old_words.count(),
        new: new.iter().filter(is_word).count(),
        common,
    }
}

fn pieces<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = &'a str> {
    tokens
        .iter()
        .map(|token| text.get(token.start..token.end()).unwrap_or_default())
}

/// The bytes of so many pieces.
fn bytes(tokens: &[Token], range: &Range<usize>, end: usize) -> Range<usize> {
    let begin = |at: usize| tokens.get(at).map_or(end, |token| token.start);
    begin(range.start)..begin(range.end)
}

/// Numbers for pieces, the same for the same.
fn numbered(old: &[&str], new: &[&str]) -> (Vec<u32>, Vec<u32>) {
    let mut known: Vec<&str> = old.iter().chain(new).copied().collect();
    known.sort_unstable();
    known.dedup();
    let number = |piece: &&str| {
        let at = known.binary_search(piece).unwrap_or_default();
        u32::try_from(at).unwrap_or(u32::MAX)
    };
    (
        old.iter().map(number).collect(),
        new.iter().map(number).collect(),
    )
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "diff_tests.rs"]
mod tests;
