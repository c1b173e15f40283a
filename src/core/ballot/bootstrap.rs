//! How far strengths would move with other voters of the same kind: the same
//! figures over ballots drawn anew from those that are there.

use super::{
    grid::Grid,
    interval::Interval,
    order::Chance,
    strength::{groups, log_strengths, shares, with_halves},
};

/// How often ballots are drawn anew.
pub const DRAWS: usize = 1000;
/// With fewer ballots there is nothing to draw from.
pub const LEAST_BALLOTS: usize = 5;
/// The seed of the draws: the same ballots always give the same intervals.
const SEED: u64 = 0x746f_7563_6873_746f;

/// What the draws said of one pane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Where its share lay in 95 of 100 draws.
    pub share: Interval,
    /// The best place that it had in 95 of 100 draws, from 1.
    pub best_place: usize,
    /// The worst one.
    pub worst_place: usize,
    /// In which part of the draws it was the first of its group.
    pub first: f64,
}

/// The spread of each pane's share, where there are ballots enough. `ballots`
/// are the wins of each ballot, half a win a tie, in an order that does not
/// depend on how they came in; `logs` are the strengths of all of them.
pub fn spreads(ballots: &[Grid], panes: usize, logs: &[f64]) -> Option<Vec<Spread>> {
    if ballots.len() < LEAST_BALLOTS {
        return None;
    }
    let mut all = Grid::default();
    for ballot in ballots {
        all.merge(ballot);
    }
    let groups = groups(&all, panes);
    let mut chance = Chance::new(SEED);
    let mut seen: Vec<Vec<f64>> = vec![Vec::with_capacity(DRAWS); panes];
    let mut places: Vec<Vec<usize>> = vec![Vec::with_capacity(DRAWS); panes];
    for _ in 0..DRAWS {
        let mut drawn = Grid::default();
        for _ in 0..ballots.len() {
            if let Some(ballot) = ballots.get(chance.below(ballots.len())) {
                drawn.merge(ballot);
            }
        }
        // The halves of all ballots: a pair that was not drawn stays compared.
        let drawn = with_halves(&drawn, &all, panes);
        let shares = shares(&log_strengths(&drawn, panes, Some(logs)), &groups);
        for (a, share) in shares.iter().enumerate() {
            let own = share.unwrap_or(0.5);
            let better = shares.iter().zip(&groups).filter(|(other, group)| {
                // Two of the same strength share the better place.
                groups.get(a) == Some(group) && other.is_some_and(|other| other > own + 1e-6)
            });
            let place = better.count() + 1;
            if let (Some(seen), Some(places)) = (seen.get_mut(a), places.get_mut(a)) {
                seen.push(own);
                places.push(place);
            }
        }
    }
    let spread = |(mut seen, mut places): (Vec<f64>, Vec<usize>)| {
        seen.sort_by(f64::total_cmp);
        places.sort_unstable();
        let first = places.iter().filter(|place| **place == 1).count();
        Spread {
            share: Interval {
                low: quantile(&seen, 25),
                high: quantile(&seen, 975),
            },
            best_place: at(&places, 25).copied().unwrap_or(1),
            worst_place: at(&places, 975).copied().unwrap_or(1),
            #[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
            first: first as f64 / DRAWS as f64,
        }
    };
    Some(seen.into_iter().zip(places).map(spread).collect())
}

/// The value below which so many of 1000 lie.
fn quantile(sorted: &[f64], per_mille: usize) -> f64 {
    at(sorted, per_mille).copied().unwrap_or(0.5)
}

fn at<T>(sorted: &[T], per_mille: usize) -> Option<&T> {
    let last = sorted.len().checked_sub(1)?;
    sorted.get((last * per_mille + 500) / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(winner: usize, loser: usize) -> Grid {
        let mut grid = Grid::default();
        grid.add(winner, loser, 1.0);
        grid
    }

    fn two(won: usize, lost: usize) -> (Vec<Grid>, Vec<f64>) {
        let mut ballots = vec![vote(0, 1); won];
        ballots.extend(vec![vote(1, 0); lost]);
        let mut all = Grid::default();
        for ballot in &ballots {
            all.merge(ballot);
        }
        let logs = log_strengths(&with_halves(&all, &all, 2), 2, None);
        (ballots, logs)
    }

    /// With two panes the share is `(wins + ½) / (ballots + 1)`, and the wins of
    /// a draw are binomial: `scipy.stats.binom.ppf` gives the interval.
    #[test]
    fn for_two_panes_the_spread_is_that_of_the_binomial_distribution() {
        let made: serde_json::Value = serde_json::from_str(include_str!(
            "../../../tests/fixtures/ballots/statistics.json"
        ))
        .unwrap();
        let cases = made["binomial"].as_array().unwrap();
        assert!(cases.len() >= 4);
        for case in cases {
            let whole = |name: &str| usize::try_from(case[name].as_u64().unwrap()).unwrap();
            let (won, all) = (whole("won"), whole("all"));
            let (ballots, logs) = two(won, all - won);
            let spread = spreads(&ballots, 2, &logs).unwrap()[0];
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let wins = |share: f64| share * (all as f64 + 1.0) - 0.5;
            // A thousand draws hit the quantile or its neighbour.
            let low = wins(spread.share.low) - case["low"].as_f64().unwrap();
            let high = wins(spread.share.high) - case["high"].as_f64().unwrap();
            assert!(low.abs() < 1.01 && high.abs() < 1.01, "{case} {spread:?}");
        }
    }

    #[test]
    fn the_same_ballots_give_the_same_spread() {
        let (ballots, logs) = two(14, 4);
        assert_eq!(spreads(&ballots, 2, &logs), spreads(&ballots, 2, &logs));
    }

    #[test]
    fn a_clear_winner_is_first_in_nearly_every_draw() {
        let (ballots, logs) = two(18, 2);
        let spread = spreads(&ballots, 2, &logs).unwrap();
        assert!(spread[0].first > 0.99, "{spread:?}");
        assert_eq!((spread[0].best_place, spread[0].worst_place), (1, 1));
        assert_eq!(spread[1].best_place, 2);
    }

    #[test]
    fn too_few_ballots_have_no_spread() {
        let (ballots, logs) = two(3, 1);
        assert_eq!(spreads(&ballots, 2, &logs), None);
    }
}
