//! The shortest edit script between two lists, after Eugene Myers, "An O(ND)
//! Difference Algorithm and Its Variations" (1986), in linear space: the middle
//! of a shortest path is looked for from both ends, and each half is treated
//! the same way.

use std::ops::Range;

/// What stands in one list in place of something in the other; by places in
/// the lists. One of the two may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    /// Places of the old list.
    pub(super) old: Range<usize>,
    /// Places of the new list.
    pub(super) new: Range<usize>,
}

/// The hunks of a shortest script, in order, none touching the next; `None` if
/// that takes more than `most_steps`.
pub(super) fn hunks(old: &[u32], new: &[u32], most_steps: usize) -> Option<Vec<Hunk>> {
    let diagonals = old.len() + new.len() + 3;
    let mut search = Search {
        old,
        new,
        forward: Reach(vec![NONE; 2 * diagonals + 1], diagonals),
        backward: Reach(vec![NONE; 2 * diagonals + 1], diagonals),
        steps_left: most_steps,
        hunks: Vec::new(),
    };
    search.between(0..old.len(), 0..new.len())?;
    Some(search.hunks)
}

/// Everything between what both begin with and what both end with.
pub(super) fn all_but_ends(old: &[u32], new: &[u32]) -> Vec<Hunk> {
    let (old, new) = trimmed(old, new, 0..old.len(), 0..new.len());
    if old.is_empty() && new.is_empty() {
        Vec::new()
    } else {
        vec![Hunk { old, new }]
    }
}

/// No path comes to this diagonal.
const NONE: isize = -1;

/// How far into the old list the best path comes, by diagonal.
struct Reach(Vec<isize>, usize);

impl Reach {
    fn place(&self, diagonal: isize) -> usize {
        self.1.wrapping_add_signed(diagonal)
    }

    fn get(&self, diagonal: isize) -> isize {
        self.0.get(self.place(diagonal)).copied().unwrap_or(NONE)
    }

    fn set(&mut self, diagonal: isize, reach: isize) {
        let place = self.place(diagonal);
        if let Some(slot) = self.0.get_mut(place) {
            *slot = reach;
        }
    }

    /// Where the path of `edits` edits on a diagonal begins to follow what is
    /// equal: one step on from the better of its neighbours.
    fn begin(&self, diagonal: isize, edits: isize, (n, m): (isize, isize)) -> isize {
        if edits == 0 {
            return 0;
        }
        // Diagonals outside of these were not looked at in the round before.
        let (least, most) = (m.min(edits - 1), n.min(edits - 1));
        let mut begin = NONE;
        if diagonal > -least {
            let from = self.get(diagonal - 1);
            if from != NONE && from < n {
                begin = from + 1;
            }
        }
        if diagonal < most {
            let from = self.get(diagonal + 1);
            if from != NONE && from - diagonal <= m {
                begin = begin.max(from);
            }
        }
        begin
    }
}

/// The diagonals that so many edits can come to.
fn diagonals(edits: isize, (n, m): (isize, isize)) -> impl Iterator<Item = isize> {
    // Only every second one, whichever ends of the range are cut off.
    let parity = |limit: isize| limit - (limit - edits).rem_euclid(2);
    let least = -parity(edits.min(m));
    let most = parity(edits.min(n));
    (least..=most).step_by(2)
}

/// Goes on from `x` as long as both lists are the same.
fn follow(mut x: isize, diagonal: isize, is_same: impl Fn(isize, isize) -> bool) -> isize {
    if x != NONE {
        while is_same(x, x - diagonal) {
            x += 1;
        }
    }
    x
}

struct Search<'a> {
    old: &'a [u32],
    new: &'a [u32],
    forward: Reach,
    backward: Reach,
    steps_left: usize,
    hunks: Vec<Hunk>,
}

/// A stretch that is equal, possibly empty, in the middle of a shortest path.
struct Middle {
    old: Range<usize>,
    new: Range<usize>,
}

impl Search<'_> {
    /// Finds the hunks of a part of both lists.
    fn between(&mut self, old: Range<usize>, new: Range<usize>) -> Option<()> {
        let (old, new) = trimmed(self.old, self.new, old, new);
        if old.is_empty() && new.is_empty() {
            return Some(());
        }
        if old.is_empty() || new.is_empty() {
            self.add(old, new);
            return Some(());
        }
        let middle = self.middle(&old, &new)?;
        self.between(old.start..middle.old.start, new.start..middle.new.start)?;
        self.between(middle.old.end..old.end, middle.new.end..new.end)
    }

    /// Adds a hunk, to the last one where they touch.
    fn add(&mut self, old: Range<usize>, new: Range<usize>) {
        match self.hunks.last_mut() {
            Some(last) if last.old.end == old.start && last.new.end == new.start => {
                last.old.end = old.end;
                last.new.end = new.end;
            }
            _ => self.hunks.push(Hunk { old, new }),
        }
    }

    /// Looks from both ends by turns, with one edit more each time, until the
    /// paths meet. Both parts are not empty, and differ at both ends.
    fn middle(&mut self, old: &Range<usize>, new: &Range<usize>) -> Option<Middle> {
        let (ours, theirs) = (self.old.get(old.clone())?, self.new.get(new.clone())?);
        let (n, m) = (ours.len().cast_signed(), theirs.len().cast_signed());
        let same = |x: isize, y: isize| {
            let our = usize::try_from(x).ok().and_then(|x| ours.get(x));
            let their = usize::try_from(y).ok().and_then(|y| theirs.get(y));
            our.is_some() && our == their
        };
        let delta = n - m;
        let is_odd = delta % 2 != 0;
        for edits in 0..=(n + m + 1) / 2 {
            for diagonal in diagonals(edits, (n, m)) {
                let begin = self.forward.begin(diagonal, edits, (n, m));
                let end = follow(begin, diagonal, same);
                self.forward.set(diagonal, end);
                self.pay(begin, end)?;
                let other = delta - diagonal;
                if is_odd && end != NONE && looked_at(other, edits - 1, (n, m)) {
                    let back = self.backward.get(other);
                    if back != NONE && end + back >= n {
                        return Some(middle(old, new, begin..end, diagonal));
                    }
                }
            }
            for diagonal in diagonals(edits, (n, m)) {
                let begin = self.backward.begin(diagonal, edits, (n, m));
                let end = follow(begin, diagonal, |x, y| same(n - 1 - x, m - 1 - y));
                self.backward.set(diagonal, end);
                self.pay(begin, end)?;
                let other = delta - diagonal;
                if !is_odd && end != NONE && looked_at(other, edits, (n, m)) {
                    let forth = self.forward.get(other);
                    if forth != NONE && forth + end >= n {
                        return Some(middle(old, new, n - end..n - begin, other));
                    }
                }
            }
        }
        None
    }

    /// Counts a step for the diagonal and one for each piece that was equal.
    fn pay(&mut self, begin: isize, end: isize) -> Option<()> {
        let steps = 1 + (end - begin).unsigned_abs();
        self.steps_left = self.steps_left.checked_sub(steps)?;
        Some(())
    }
}

/// Whether a diagonal was looked at in the round of so many edits.
fn looked_at(diagonal: isize, edits: isize, (n, m): (isize, isize)) -> bool {
    -edits.min(m) <= diagonal && diagonal <= edits.min(n)
}

/// The middle by places in the whole lists.
fn middle(
    old: &Range<usize>,
    new: &Range<usize>,
    stretch: Range<isize>,
    diagonal: isize,
) -> Middle {
    let Range { start, end } = stretch;
    let in_old = |x: isize| old.start.wrapping_add_signed(x);
    let in_new = |x: isize| new.start.wrapping_add_signed(x - diagonal);
    Middle {
        old: in_old(start)..in_old(end),
        new: in_new(start)..in_new(end),
    }
}

/// A part without what both lists have at its beginning and at its end.
fn trimmed(
    old: &[u32],
    new: &[u32],
    mut a: Range<usize>,
    mut b: Range<usize>,
) -> (Range<usize>, Range<usize>) {
    while !a.is_empty() && !b.is_empty() && old.get(a.start) == new.get(b.start) {
        a.start += 1;
        b.start += 1;
    }
    while !a.is_empty() && !b.is_empty() && old.get(a.end - 1) == new.get(b.end - 1) {
        a.end -= 1;
        b.end -= 1;
    }
    (a, b)
}
