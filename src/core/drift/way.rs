//! The way through the changes of several panes.

/// The change to go to from `at`, a pane's place and a change of it, both from 0.
/// `counts` are the changes of each pane. After the last comes the first; with no
/// place to go on from, `by` decides between the first and the last. `None` where
/// there is no change.
pub fn step(counts: &[usize], at: Option<(usize, usize)>, by: isize) -> Option<(usize, usize)> {
    let all = counts.iter().sum::<usize>();
    if all == 0 {
        return None;
    }
    let now = at.and_then(|at| number(counts, at));
    let next = match now {
        Some(now) => now
            .cast_signed()
            .checked_add(by)?
            .rem_euclid(all.cast_signed()),
        None if by > 0 => 0,
        None => all.cast_signed() - 1,
    };
    place(counts, next.unsigned_abs())
}

/// The number of a change among all, from 0.
pub fn number(counts: &[usize], (pane, change): (usize, usize)) -> Option<usize> {
    let before = counts.get(..pane)?.iter().sum::<usize>();
    (change < *counts.get(pane)?).then_some(before + change)
}

fn place(counts: &[usize], mut number: usize) -> Option<(usize, usize)> {
    for (pane, count) in counts.iter().enumerate() {
        if number < *count {
            return Some((pane, number));
        }
        number -= count;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_way_goes_from_pane_to_pane_and_round() {
        let counts = [2, 0, 1];
        assert_eq!(step(&counts, None, 1), Some((0, 0)));
        assert_eq!(step(&counts, None, -1), Some((2, 0)));
        assert_eq!(step(&counts, Some((0, 1)), 1), Some((2, 0)));
        assert_eq!(step(&counts, Some((2, 0)), 1), Some((0, 0)));
        assert_eq!(step(&counts, Some((0, 0)), -1), Some((2, 0)));
        // A change that is gone: the way begins anew.
        assert_eq!(step(&counts, Some((1, 0)), 1), Some((0, 0)));
        assert_eq!(step(&[0, 0], None, 1), None);
        assert_eq!(number(&counts, (2, 0)), Some(2));
    }

    proptest! {
        #[test]
        fn every_change_is_reached_once_a_round(counts in prop::collection::vec(0..5usize, 0..6)) {
            let all = counts.iter().sum::<usize>();
            let mut seen = std::collections::BTreeSet::new();
            let mut at = None;
            for _ in 0..all {
                at = step(&counts, at, 1);
                prop_assert!(seen.insert(at.unwrap()));
                prop_assert_eq!(step(&counts, step(&counts, at, 1), -1), at);
            }
            prop_assert_eq!(step(&counts, at, 1), seen.into_iter().next());
        }
    }
}
