//! A shortest script made to be read.
//!
//! Two texts about the same thing share their small words, so the shortest
//! script between them is confetti: one word gone, "the" kept, two words new.
//! A few words kept between two changes are taken into them where they are less
//! than both. And a change that could as well stand a little earlier or later is
//! moved to where a reader would begin it: at a line, a sentence, a word.

use super::{Both, script::Hunk, tokens::Token};
use std::ops::Range;

/// More equal words in a row than this are never taken into the changes beside
/// them.
const MOST_BY_CHANCE: usize = 4;

/// Draws together and moves the hunks of a comparison by words.
pub(super) fn tidy(both: &Both, hunks: Vec<Hunk>) -> Vec<Hunk> {
    let mut kept: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        kept.push(hunk);
        while let [.., first, second] = kept.as_slice()
            && belong_together(both, first, second)
        {
            let end = (second.old.end, second.new.end);
            kept.pop();
            if let Some(last) = kept.last_mut() {
                (last.old.end, last.new.end) = end;
            }
        }
    }
    for at in 0..kept.len() {
        let from = match at.checked_sub(1).and_then(|before| kept.get(before)) {
            Some(before) => (before.old.end, before.new.end),
            None => (0, 0),
        };
        let to = match kept.get(at + 1) {
            Some(after) => (after.old.start, after.new.start),
            None => (both.old.len(), both.new.len()),
        };
        if let Some(hunk) = kept.get_mut(at) {
            slide(both, hunk, from, to);
        }
    }
    kept
}

/// Whether what is equal between two changes is too little to be worth a break.
fn belong_together(both: &Both, first: &Hunk, second: &Hunk) -> bool {
    let between = both
        .old
        .get(first.old.end..second.old.start)
        .unwrap_or_default();
    // A blank line is where a reader starts anew.
    if between.iter().filter(|token| token.ends_line).count() > 1 {
        return false;
    }
    // So many words in a row agree by no chance.
    if between.iter().filter(|token| token.letters > 0).count() > MOST_BY_CHANCE {
        return false;
    }
    letters(between) <= size(both, first).min(size(both, second))
}

fn letters(tokens: &[Token]) -> usize {
    tokens.iter().map(|token| token.letters).sum()
}

/// The letters of the longer side.
fn size(both: &Both, hunk: &Hunk) -> usize {
    let of = |tokens: &[Token], range: &Range<usize>| {
        tokens.get(range.clone()).map(letters).unwrap_or_default()
    };
    of(both.old, &hunk.old).max(of(both.new, &hunk.new))
}

/// Moves a change that only adds or only removes to the best place where the
/// texts stay the same; the equal stretches beside it keep a piece each.
fn slide(both: &Both, hunk: &mut Hunk, from: (usize, usize), to: (usize, usize)) {
    let is_removal = hunk.new.is_empty();
    if !is_removal && !hunk.old.is_empty() {
        return;
    }
    let (ids, tokens, range) = if is_removal {
        (&both.old_ids, both.old, hunk.old.clone())
    } else {
        (&both.new_ids, both.new, hunk.new.clone())
    };
    let (least, most) = if is_removal {
        (from.0, to.0)
    } else {
        (from.1, to.1)
    };
    let is_first = from == (0, 0);
    let is_last = to == (both.old.len(), both.new.len());
    let mut back = 0;
    while range.start > least + back + usize::from(!is_first)
        && ids.get(range.start - back - 1) == ids.get(range.end - back - 1)
    {
        back += 1;
    }
    let mut forth = 0;
    while range.end + forth + usize::from(!is_last) < most
        && ids.get(range.start + forth) == ids.get(range.end + forth)
    {
        forth += 1;
    }
    let earliest = range.start - back;
    let len = range.len();
    let best = (earliest..=range.start + forth)
        .max_by_key(|&start| (quality(tokens, start..start + len), start == range.start));
    let Some(best) = best else { return };
    let moved = best.cast_signed() - range.start.cast_signed();
    let shift = |range: &Range<usize>| {
        range.start.wrapping_add_signed(moved)..range.end.wrapping_add_signed(moved)
    };
    (hunk.old, hunk.new) = (shift(&hunk.old), shift(&hunk.new));
}

/// How well a reader finds into a change and out of it.
fn quality(tokens: &[Token], range: Range<usize>) -> u8 {
    let before = |at: usize| at.checked_sub(1).and_then(|at| tokens.get(at));
    let is_space = |token: &Token| token.letters == 0;
    let starts_line = before(range.start).is_none_or(|token| token.ends_line);
    let ends_line = before(range.end).is_some_and(|token| token.ends_line);
    let is_last = range.end == tokens.len();
    let starts_word = before(range.start).is_some_and(is_space)
        && tokens
            .get(range.start)
            .is_some_and(|token| token.letters > 0);
    match (starts_line, ends_line || is_last, starts_word) {
        (true, true, _) => 3,
        (true, ..) => 2,
        (_, _, true) => 1,
        _ => 0,
    }
}
