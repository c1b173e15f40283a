//! Which place of one text stands beside which place of another, by their
//! headings.
//!
//! Places are heights from the top, in any unit. Where a heading of one text is
//! recognised in the other, the two are level; between two such pairs, and
//! before the first and after the last, the texts stretch evenly.

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// How far from the top it stands.
    pub top: f64,
    /// What it says.
    pub text: String,
}

/// A text that scrolls.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Column {
    /// Its headings, from the top.
    pub headings: Vec<Heading>,
    /// How far it can be scrolled; 0 where all of it is in view.
    pub range: f64,
}

/// Of two headings that share fewer of their words than this, neither is the
/// other.
const LEAST_LIKENESS: f64 = 0.5;
/// More headings than this are not compared with each other.
const MOST_HEADINGS: usize = 200;

/// Where `other` is to be scrolled to when `text` is scrolled to `top`.
pub fn beside(text: &Column, other: &Column, top: f64) -> f64 {
    if text.range <= 0.0 || other.range <= 0.0 {
        return 0.0;
    }
    let top = top.clamp(0.0, text.range);
    let mut before = (0.0, 0.0);
    let mut after = (text.range, other.range);
    for pair in level(text, other) {
        if pair.0 > top {
            after = pair;
            break;
        }
        before = pair;
    }
    between(before, after, top).clamp(0.0, other.range)
}

/// The place that is as far from `before` as it is from `after`.
fn between(before: (f64, f64), after: (f64, f64), top: f64) -> f64 {
    let span = after.0 - before.0;
    if span <= 0.0 {
        return after.1;
    }
    before.1 + (after.1 - before.1) * (top - before.0) / span
}

/// Pairs of places that are level, both rising, without the ends. Headings that
/// cannot be brought to the top, since the text ends before, are level at its
/// end or not at all.
fn level(text: &Column, other: &Column) -> Vec<(f64, f64)> {
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    for (ours, theirs) in matches(&text.headings, &other.headings) {
        let (Some(ours), Some(theirs)) = (text.headings.get(ours), other.headings.get(theirs))
        else {
            continue;
        };
        let pair = (ours.top.max(0.0), theirs.top.clamp(0.0, other.range));
        let is_next = pairs
            .last()
            .is_none_or(|last| last.0 < pair.0 && last.1 <= pair.1);
        if pair.0 < text.range && is_next {
            pairs.push(pair);
        }
    }
    pairs
}

/// Which headings are the same, by their places, both rising: those whose words
/// are alike, as many and as like as can be. Where no two are, as many headings
/// are the same in their order.
fn matches(ours: &[Heading], theirs: &[Heading]) -> Vec<(usize, usize)> {
    let (ours, theirs) = (first(ours), first(theirs));
    let words = |headings: &[Heading]| -> Vec<Vec<String>> {
        headings.iter().map(|one| words(&one.text)).collect()
    };
    let (our_words, their_words) = (words(ours), words(theirs));
    let alike = Likeness {
        columns: theirs.len(),
        values: our_words
            .iter()
            .flat_map(|our| their_words.iter().map(|their| likeness(our, their)))
            .collect(),
    };
    let pairs = alike.best(ours.len());
    if pairs.is_empty() && ours.len() == theirs.len() {
        return (0..ours.len()).map(|at| (at, at)).collect();
    }
    pairs
}

fn first(headings: &[Heading]) -> &[Heading] {
    headings
        .get(..MOST_HEADINGS.min(headings.len()))
        .unwrap_or_default()
}

/// How like each heading is to each of the other text.
struct Likeness {
    columns: usize,
    values: Vec<f64>,
}

impl Likeness {
    fn of(&self, row: usize, column: usize) -> f64 {
        let value = self.values.get(row * self.columns + column).copied();
        value
            .filter(|value| *value >= LEAST_LIKENESS)
            .unwrap_or(0.0)
    }

    /// The rising pairs with the greatest sum.
    fn best(&self, rows: usize) -> Vec<(usize, usize)> {
        let width = self.columns + 1;
        // The best sum for the headings from a row and a column on.
        let mut sums = vec![0.0; (rows + 1) * width];
        let sum = |sums: &[f64], row: usize, column: usize| -> f64 {
            sums.get(row * width + column).copied().unwrap_or(0.0)
        };
        for row in (0..rows).rev() {
            for column in (0..self.columns).rev() {
                let here = self.of(row, column);
                let paired = here + sum(&sums, row + 1, column + 1);
                let passed = sum(&sums, row + 1, column).max(sum(&sums, row, column + 1));
                let best = if here > 0.0 {
                    paired.max(passed)
                } else {
                    passed
                };
                if let Some(slot) = sums.get_mut(row * width + column) {
                    *slot = best;
                }
            }
        }
        let (mut row, mut column) = (0, 0);
        let mut pairs = Vec::new();
        while row < rows && column < self.columns {
            let here = sum(&sums, row, column);
            // Passing over before pairing, so that equal sums pair as late as
            // on the other side.
            if here <= sum(&sums, row + 1, column) {
                row += 1;
            } else if here <= sum(&sums, row, column + 1) {
                column += 1;
            } else {
                pairs.push((row, column));
                row += 1;
                column += 1;
            }
        }
        pairs
    }
}

/// The share of words that two headings have in common, between 0 and 1.
fn likeness(ours: &[String], theirs: &[String]) -> f64 {
    let mut left: Vec<&String> = theirs.iter().collect();
    let common = ours
        .iter()
        .filter(|word| {
            let found = left.iter().position(|other| other == word);
            found.map(|at| left.swap_remove(at)).is_some()
        })
        .count();
    let all = ours.len() + theirs.len();
    if all == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "words of a heading")]
    let share = 2.0 * common as f64 / all as f64;
    share
}

/// The words of a heading, without case, and without the number before it,
/// which says where it stands and not what it is about.
fn words(text: &str) -> Vec<String> {
    let is_sign = |c: char| c.is_ascii_punctuation() || c.is_whitespace();
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || is_sign(c));
    text.split(is_sign)
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "align_tests.rs"]
mod tests;
