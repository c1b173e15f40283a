//! What a share of a few votes is worth.

/// Both ends of an interval; shares from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// Nothing is known.
    pub const ALL: Self = Self {
        low: 0.0,
        high: 1.0,
    };

    /// The smallest interval that holds both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }
}

/// The 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's score interval at 95 % for `won` of `all`. Both may be fractions,
/// where votes count less than whole ones. Without a vote nothing is known.
pub fn wilson(won: f64, all: f64) -> Interval {
    if all <= 0.0 {
        return Interval::ALL;
    }
    let share = won / all;
    let z2 = Z * Z / all;
    let centre = (share + z2 / 2.0) / (1.0 + z2);
    let half = Z / (1.0 + z2) * (share * (1.0 - share) / all + z2 / (4.0 * all)).sqrt();
    Interval {
        // The share lies within but for rounding.
        low: (centre - half).clamp(0.0, share),
        high: (centre + half).clamp(share, 1.0),
    }
}

/// Wilson's interval for votes of which several may come from one voter. Each
/// item is a voter: votes won, and votes in all.
///
/// Votes of one voter are not independent, so they count as fewer: by the design
/// effect, which is how much more the voters differ than independent votes
/// would. Where all votes went one way the voters show no difference, and each
/// voter counts as one vote.
pub fn wilson_by_voter(voters: impl Iterator<Item = (f64, f64)> + Clone) -> Interval {
    let voters = voters.filter(|(_, all)| *all > 0.0);
    let (won, all, count) = voters
        .clone()
        .fold((0.0, 0.0, 0.0), |(won, all, count), voter| {
            (won + voter.0, all + voter.1, count + 1.0)
        });
    if all <= 0.0 || all <= count {
        return wilson(won, all);
    }
    let share = won / all;
    // As many votes as voters are worth at least, whatever they say.
    let most = all / count;
    let alone = share * (1.0 - share) / all;
    let effect = if alone <= 0.0 || count < 2.0 {
        most
    } else {
        let spread: f64 = voters.map(|(won, all)| (won - share * all).powi(2)).sum();
        let clustered = spread / (all * all) * count / (count - 1.0);
        (clustered / alone).clamp(1.0, most.max(1.0))
    };
    wilson(won / effect, all / effect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    /// `statsmodels.stats.proportion.proportion_confint(…, method="wilson")`.
    #[test]
    fn wilsons_interval_is_that_of_statsmodels() {
        let made: serde_json::Value = serde_json::from_str(include_str!(
            "../../../tests/fixtures/ballots/statistics.json"
        ))
        .unwrap();
        let cases = made["wilson"].as_array().unwrap();
        assert!(cases.len() > 20);
        for case in cases {
            let number = |name: &str| case[name].as_f64().unwrap();
            let found = wilson(number("won"), number("all"));
            assert!(near(found.low, number("low")), "{case} {found:?}");
            assert!(near(found.high, number("high")), "{case} {found:?}");
        }
    }

    #[test]
    fn without_votes_nothing_is_known() {
        assert_eq!(wilson(0.0, 0.0), Interval::ALL);
        assert_eq!(wilson_by_voter(std::iter::empty()), Interval::ALL);
        assert_eq!(wilson_by_voter([(0.0, 0.0)].into_iter()), Interval::ALL);
    }

    #[test]
    fn one_vote_a_voter_is_plain_wilson() {
        let votes = [(1.0, 1.0), (0.0, 1.0), (1.0, 1.0), (1.0, 1.0)];
        assert_eq!(wilson_by_voter(votes.into_iter()), wilson(3.0, 4.0));
    }

    #[test]
    fn ten_votes_of_one_voter_are_worth_one() {
        assert_eq!(
            wilson_by_voter([(10.0, 10.0)].into_iter()),
            wilson(1.0, 1.0)
        );
        let unanimous = [(5.0, 5.0), (5.0, 5.0), (5.0, 5.0)];
        assert_eq!(wilson_by_voter(unanimous.into_iter()), wilson(3.0, 3.0));
        // Each voter stays with one side: again one vote each.
        let divided = [(5.0, 5.0), (0.0, 5.0), (5.0, 5.0), (0.0, 5.0)];
        let found = wilson_by_voter(divided.into_iter());
        let by_voter = wilson(2.0, 4.0);
        assert!(near(found.low, by_voter.low) && near(found.high, by_voter.high));
    }

    #[test]
    fn voters_who_agree_in_their_doubt_are_worth_all_their_votes() {
        let votes = [(3.0, 6.0), (3.0, 6.0), (3.0, 6.0)];
        assert_eq!(wilson_by_voter(votes.into_iter()), wilson(9.0, 18.0));
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_share_and_mirrors(won in 0..60u32, lost in 0..60u32) {
            prop_assume!(won + lost > 0);
            let (won, all) = (f64::from(won), f64::from(won + lost));
            let found = wilson(won, all);
            prop_assert!(found.low <= won / all && won / all <= found.high);
            let other = wilson(all - won, all);
            prop_assert!(near(found.low, 1.0 - other.high));
        }

        #[test]
        fn votes_of_the_same_voters_never_say_more_than_free_ones(
            voters in prop::collection::vec((0..5u32, 0..5u32), 1..20)
        ) {
            let voters: Vec<_> = voters.iter().map(|(won, lost)| (f64::from(*won), f64::from(won + lost))).collect();
            let (won, all) = voters.iter().fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            let free = wilson(won, all);
            let found = wilson_by_voter(voters.into_iter());
            prop_assert!(found.high - found.low >= free.high - free.low - 1e-12);
        }
    }
}
