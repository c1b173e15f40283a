//! Strengths in the model of Bradley and Terry: `a` is found better than `b`
//! with the chance `p_a / (p_a + p_b)`.
//!
//! Found by the minorise-maximise steps of Hunter (2004). A tie is half a win
//! for each. Every pair that was ever compared gets half a win on both sides on
//! top: with it the strengths are finite also where one never lost.

use super::grid::{Grid, pairs};

/// What every compared pair gets on both sides.
pub const HALF: f64 = 0.5;
/// The steps end when no strength moves by more than this, as a logarithm.
const CLOSE_ENOUGH: f64 = 1e-9;
/// And at the latest after so many.
const MOST_STEPS: usize = 10_000;

/// The grid with the half wins on every pair that `compared` knows.
pub fn with_halves(wins: &Grid, compared: &Grid, panes: usize) -> Grid {
    let mut out = *wins;
    for (a, b) in pairs(panes) {
        if compared.both(a, b) > 0.0 {
            out.add(a, b, HALF);
            out.add(b, a, HALF);
        }
    }
    out
}

/// The natural logarithms of the strengths, by pane, with a mean of 0. The
/// panes have to be connected, see [`groups`], and none without a win or without
/// a loss: else there is no best solution, and these are what the steps came to.
pub fn log_strengths(wins: &Grid, panes: usize, start: Option<&[f64]>) -> Vec<f64> {
    let mut logs: Vec<f64> = match start {
        Some(start) if start.len() == panes => start.to_vec(),
        _ => vec![0.0; panes],
    };
    for _ in 0..MOST_STEPS {
        let now: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        let mut next: Vec<f64> = now
            .iter()
            .enumerate()
            .map(|(a, own)| step(wins, &now, a, *own))
            .collect();
        centre(&mut next);
        let moved = next
            .iter()
            .zip(&logs)
            .map(|(new, old)| (new - old).abs())
            .fold(0.0, f64::max);
        logs = next;
        if moved < CLOSE_ENOUGH {
            break;
        }
    }
    logs
}

/// Wins over the comparisons, each weighed by how strong both sides are.
fn step(wins: &Grid, now: &[f64], a: usize, own: f64) -> f64 {
    let (mut won, mut weight) = (0.0, 0.0);
    for (b, other) in now.iter().enumerate() {
        if a != b {
            won += wins.get(a, b);
            weight += wins.both(a, b) / (own + other);
        }
    }
    if won > 0.0 && weight > 0.0 {
        (won / weight).ln()
    } else {
        own.ln()
    }
}

fn centre(logs: &mut [f64]) {
    #[expect(clippy::cast_precision_loss, reason = "at most eight")]
    let mean = logs.iter().sum::<f64>() / logs.len().max(1) as f64;
    for log in logs {
        *log -= mean;
    }
}

/// For each pane the share of votes that it would win against the others of its
/// group, each of them as often: what a strength means in plain words. `None`
/// where it was compared with nobody.
pub fn shares(logs: &[f64], groups: &[usize]) -> Vec<Option<f64>> {
    let all = || logs.iter().zip(groups);
    all()
        .enumerate()
        .map(|(a, (own, group))| {
            let others = all()
                .enumerate()
                .filter(|(b, (_, other))| *b != a && *other == group);
            let (sum, count) = others.fold((0.0, 0.0), |(sum, count), (_, (other, _))| {
                (sum + 1.0 / (1.0 + (other - own).exp()), count + 1.0)
            });
            (count > 0.0).then(|| sum / count)
        })
        .collect()
}

/// Which panes are connected by comparisons: for each the smallest pane of its
/// group. Across groups there is no ranking.
pub fn groups(compared: &Grid, panes: usize) -> Vec<usize> {
    let mut group: Vec<usize> = (0..panes).collect();
    for (a, b) in pairs(panes) {
        if compared.both(a, b) > 0.0
            && let (Some(one), Some(two)) = (group.get(a).copied(), group.get(b).copied())
        {
            let (low, high) = (one.min(two), one.max(two));
            for member in &mut group {
                if *member == high {
                    *member = low;
                }
            }
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn grid(rows: &serde_json::Value) -> (Grid, usize) {
        let mut grid = Grid::default();
        let rows = rows.as_array().unwrap();
        for (a, row) in rows.iter().enumerate() {
            for (b, wins) in row.as_array().unwrap().iter().enumerate() {
                grid.add(a, b, wins.as_f64().unwrap());
            }
        }
        (grid, rows.len())
    }

    /// Made by `choix.ilsr_pairwise_dense` and `choix.opt_pairwise` for the same
    /// grids with the half wins, by `tests/fixtures/ballots/make.py`.
    #[test]
    fn strengths_are_those_of_choix() {
        let made: serde_json::Value = serde_json::from_str(include_str!(
            "../../../tests/fixtures/ballots/statistics.json"
        ))
        .unwrap();
        let cases = made["bradley_terry"].as_array().unwrap();
        assert!(cases.len() >= 8);
        for case in cases {
            let (wins, panes) = grid(&case["wins"]);
            let found = log_strengths(&with_halves(&wins, &wins, panes), panes, None);
            for (found, expected) in found.iter().zip(case["log_strengths"].as_array().unwrap()) {
                let expected = expected.as_f64().unwrap();
                assert!((found - expected).abs() < 1e-6, "{case} {found}");
            }
        }
    }

    #[test]
    fn two_panes_have_the_odds_of_their_votes() {
        let mut wins = Grid::default();
        wins.add(0, 1, 14.0);
        wins.add(1, 0, 4.0);
        let logs = log_strengths(&wins, 2, None);
        assert!((logs[0] - logs[1] - 3.5f64.ln()).abs() < 1e-7);
        let shares = shares(&logs, &[0, 0]);
        assert!((shares[0].unwrap() - 14.0 / 18.0).abs() < 1e-8);
    }

    #[test]
    fn one_that_never_lost_has_a_finite_strength() {
        let mut wins = Grid::default();
        wins.add(0, 1, 9.0);
        let logs = log_strengths(&with_halves(&wins, &wins, 2), 2, None);
        assert!((logs[0] - logs[1] - 19f64.ln()).abs() < 1e-6, "{logs:?}");
    }

    #[test]
    fn panes_that_were_never_compared_stand_in_different_groups() {
        let mut compared = Grid::default();
        compared.add(3, 1, 1.0);
        compared.add(0, 2, 1.0);
        assert_eq!(groups(&compared, 5), [0, 1, 0, 1, 4]);
        compared.add(2, 3, 1.0);
        assert_eq!(groups(&compared, 5), [0, 0, 0, 0, 4]);
        let shares = shares(&[0.0; 5], &[0, 0, 0, 0, 4]);
        assert_eq!(shares[4], None);
        assert_eq!(shares[0], Some(0.5));
    }

    fn any_grid() -> impl Strategy<Value = Grid> {
        prop::collection::vec(0..20u8, 16).prop_map(|cells| {
            let mut grid = Grid::default();
            for (at, wins) in cells.into_iter().enumerate() {
                if at / 4 != at % 4 {
                    grid.add(at / 4, at % 4, f64::from(wins));
                }
            }
            grid
        })
    }

    proptest! {
        #[test]
        fn other_names_for_the_panes_give_the_same_strengths(wins in any_grid(), seed: u32) {
            let order = super::super::order::shown(seed, 4);
            let mut renamed = Grid::default();
            for a in 0..4 {
                for b in 0..4 {
                    renamed.add(a, b, wins.get(order[a], order[b]));
                }
            }
            let (full, renamed) = (with_halves(&wins, &wins, 4), with_halves(&renamed, &renamed, 4));
            let (one, two) = (log_strengths(&full, 4, None), log_strengths(&renamed, 4, None));
            for at in 0..4 {
                prop_assert!((two[at] - one[order[at]]).abs() < 1e-6);
            }
        }

        /// At the best strengths each pane is expected to win as often as it won.
        #[test]
        fn expected_wins_are_the_wins(wins in any_grid()) {
            let full = with_halves(&wins, &wins, 4);
            let groups = groups(&wins, 4);
            let logs = log_strengths(&full, 4, None);
            for a in 0..4 {
                let (mut won, mut expected) = (0.0, 0.0);
                for b in (0..4).filter(|b| *b != a && groups[*b] == groups[a]) {
                    won += full.get(a, b);
                    expected += full.both(a, b) / (1.0 + (logs[b] - logs[a]).exp());
                }
                prop_assert!((won - expected).abs() < 1e-4, "{won} {expected}");
            }
        }
    }
}
