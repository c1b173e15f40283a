//! What merged ballots say, and what they are too few to say.

use super::{
    Ballot, Places,
    count::{Counts, Votes},
    gather::{Gathered, gather},
    grid::pairs,
    interval::{Interval, wilson_by_voter},
    marks::marks,
    order::shown,
    ranking::strengths,
    strength::groups,
};
pub use super::{count::FirstShown, marks::CriterionTally, ranking::Strength};

/// The outcome of a vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Which ballots count, and what is odd about them.
    pub gathered: Gathered,
    /// Votes in all.
    pub votes: u32,
    /// Of these, votes in which all were equally good.
    pub ties: u32,
    /// Of these, votes in which several were equally good, and better than the
    /// rest.
    pub shared: u32,
    /// Of these, votes in which all were bad. They say nothing about who is
    /// better, and take no part in shares and strengths.
    pub all_bad: u32,
    /// By pane.
    pub panes: Vec<PaneTally>,
    /// Every pair, in the order of the panes.
    pub pairs: Vec<PairTally>,
    /// Panes that were compared, in groups without any comparison between them.
    /// More than one: there is no common ranking.
    pub groups: Vec<Vec<usize>>,
    /// The marks, by criterion.
    pub marks: Vec<CriterionTally>,
    /// Whether the answer that stood first was chosen more often than chance.
    pub first_shown: FirstShown,
}

/// What the votes say of one pane.
#[derive(Debug, Clone, PartialEq)]
pub struct PaneTally {
    /// Votes in which its answer stood.
    pub stood: u32,
    /// Votes in which it alone was the best.
    pub best: u32,
    /// Votes in which it was one of several best ones.
    pub shared: u32,
    /// Votes in which all were bad.
    pub bad: u32,
    /// Decided comparisons with another answer that it won.
    pub won: u32,
    /// Decided comparisons with another answer.
    pub decided: u32,
    /// The interval of the share of those that it won, at 95 %.
    pub interval: Interval,
    /// Its strength; `None` where it was compared with nobody.
    pub strength: Option<Strength>,
}

/// What the votes say of two panes.
#[derive(Debug, Clone, PartialEq)]
pub struct PairTally {
    /// The first of the two.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Comparisons that `a` won.
    pub won_a: u32,
    /// Comparisons that `b` won.
    pub won_b: u32,
    /// Comparisons in which they were equally good.
    pub ties: u32,
    /// The interval of the share that `a` won of the decided ones, at 95 %.
    pub interval: Interval,
    /// What that comes to.
    pub verdict: Verdict,
}

/// Which of two is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The whole interval lies on one side.
    Beats {
        /// The better one.
        winner: usize,
        /// The other.
        loser: usize,
    },
    /// Not enough votes to say.
    Open,
    /// They were never compared.
    NeverCompared,
}

/// Merges ballots of one comparison with so many panes. `left_out` names answers
/// that take no part, by turn: those that give their model away, if the host
/// wishes so.
pub fn tally(panes: usize, ballots: &[Ballot], left_out: &[Places]) -> Tally {
    let gathered = gather(ballots);
    let counted: Vec<&Ballot> = gathered
        .counted
        .iter()
        .filter_map(|at| ballots.get(*at))
        .collect();
    let mut votes = Votes::default();
    let mut each: Vec<Counts> = Vec::with_capacity(counted.len());
    for ballot in &counted {
        let mut counts = Counts::default();
        let order = shown(ballot.seed, ballot.panes);
        for (turn, of_turn) in ballot.turns.iter().enumerate() {
            let out = left_out.get(turn).copied().unwrap_or_default();
            for vote in of_turn.votes.iter().filter_map(|vote| vote.without(out)) {
                counts.add(vote);
                votes.add(vote, &order);
            }
        }
        each.push(counts);
    }
    let mut all = Counts::default();
    for counts in &each {
        all.wins.merge(&counts.wins);
        all.ties.merge(&counts.ties);
    }
    let strengths = strengths(&each, &all, panes);
    let group_of = groups(&all.halved(), panes);
    Tally {
        votes: votes.all,
        ties: votes.ties,
        shared: votes.shared,
        all_bad: votes.all_bad,
        panes: (0..panes)
            .map(|pane| {
                pane_tally(
                    pane,
                    panes,
                    &votes,
                    &each,
                    strengths.get(pane).copied().flatten(),
                )
            })
            .collect(),
        pairs: pairs(panes)
            .map(|(a, b)| pair_tally(a, b, &each, &all))
            .collect(),
        groups: (0..panes)
            .map(|first| {
                let of_first = group_of.iter().enumerate().filter(|(_, g)| **g == first);
                of_first.map(|(pane, _)| pane).collect::<Vec<_>>()
            })
            .filter(|group| group.len() > 1)
            .collect(),
        marks: marks(&counted, panes),
        first_shown: votes.first,
        gathered,
    }
}

/// A count that is whole as a float.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sums of ones"
)]
fn whole(count: f64) -> u32 {
    count as u32
}

fn pane_tally(
    pane: usize,
    panes: usize,
    votes: &Votes,
    each: &[Counts],
    strength: Option<Strength>,
) -> PaneTally {
    let of_voter = |counts: &Counts| {
        let others = (0..panes).filter(|other| *other != pane);
        others.fold((0.0, 0.0), |(won, all), other| {
            (
                won + counts.wins.get(pane, other),
                all + counts.wins.both(pane, other),
            )
        })
    };
    let (won, decided) = each
        .iter()
        .map(of_voter)
        .fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let [stood, best, shared, bad] = votes.of_pane.get(pane).copied().unwrap_or_default();
    PaneTally {
        stood,
        best,
        shared,
        bad,
        won: whole(won),
        decided: whole(decided),
        interval: wilson_by_voter(each.iter().map(of_voter)),
        strength,
    }
}

fn pair_tally(a: usize, b: usize, each: &[Counts], all: &Counts) -> PairTally {
    let of_voter = |counts: &Counts| (counts.wins.get(a, b), counts.wins.both(a, b));
    let interval = wilson_by_voter(each.iter().map(of_voter));
    let (won_a, won_b) = (all.wins.get(a, b), all.wins.get(b, a));
    let ties = all.ties.get(a, b);
    let verdict = if won_a + won_b + ties <= 0.0 {
        Verdict::NeverCompared
    } else if interval.low > 0.5 {
        Verdict::Beats {
            winner: a,
            loser: b,
        }
    } else if interval.high < 0.5 {
        Verdict::Beats {
            winner: b,
            loser: a,
        }
    } else {
        Verdict::Open
    };
    PairTally {
        a,
        b,
        won_a: whole(won_a),
        won_b: whole(won_b),
        ties: whole(ties),
        interval,
        verdict,
    }
}

#[cfg(test)]
#[path = "tally_tests.rs"]
mod tests;
