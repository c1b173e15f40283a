//! What merged ballots say, and what they are too few to say.

use super::{
    Ballot, Places, Vote,
    bootstrap::{self, Spread},
    gather::{Gathered, gather},
    grid::{Grid, pairs},
    interval::{Interval, wilson, wilson_by_voter},
    order::shown,
    strength::{groups, log_strengths, shares, with_halves},
};

/// The outcome of a vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Which ballots count, and what is odd about them.
    pub gathered: Gathered,
    /// Votes in all.
    pub votes: u32,
    /// Of these, votes in which all were equally good.
    pub ties: u32,
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

/// How strong a pane is beside the others of its group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// Natural logarithm of the strength; the mean of all panes is 0.
    pub log: f64,
    /// The share of votes that it would win against the others, each as often.
    pub share: f64,
    /// The interval of that share at 95 %.
    pub interval: Interval,
    /// What drawing ballots anew said, where there are enough.
    pub spread: Option<Spread>,
    /// Its place in its group, from 1.
    pub place: usize,
    /// It lost no comparison, or won none: without the half wins it would be
    /// infinitely strong or weak.
    pub one_sided: bool,
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

/// The marks of one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionTally {
    /// Its name.
    pub name: String,
    /// By pane: the mean, and how many marks it is made of.
    pub means: Vec<Option<(f64, u32)>>,
}

/// The place on the screen and the choice.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FirstShown {
    /// Votes with one best answer.
    pub votes: u32,
    /// Of these, votes for the answer that stood first.
    pub chosen: u32,
    /// How many of these chance would give.
    pub expected: f64,
}

/// What one ballot says.
#[derive(Default)]
struct Counts {
    wins: Grid,
    ties: Grid,
}

impl Counts {
    fn add(&mut self, vote: Vote) {
        let rest = vote.among.iter().filter(|place| !vote.best.has(*place));
        let rest: Vec<usize> = rest.collect();
        for winner in vote.best.iter() {
            for loser in &rest {
                self.wins.add(winner, *loser, 1.0);
            }
            for other in vote.best.iter().filter(|other| *other != winner) {
                self.ties.add(winner, other, 1.0);
            }
        }
    }

    /// Wins, and half a win for each tie.
    fn halved(&self) -> Grid {
        let mut out = self.wins;
        for (a, b) in pairs(super::MAX_PANES) {
            out.add(a, b, self.ties.get(a, b) / 2.0);
            out.add(b, a, self.ties.get(b, a) / 2.0);
        }
        out
    }
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

impl Vote {
    /// The vote without some of its answers; `None` where fewer than two are
    /// left, or where the chosen ones were all among those.
    pub fn without(self, out: Places) -> Option<Self> {
        let keep = |places: Places| Places::from_bits(places.bits() & !out.bits());
        let (among, best) = (keep(self.among), keep(self.best));
        let says_something = self.is_all_bad() || !best.is_empty();
        (among.len() > 1 && says_something).then_some(Self { among, best })
    }
}

#[derive(Default)]
struct Votes {
    all: u32,
    ties: u32,
    all_bad: u32,
    first: FirstShown,
    /// By pane: stood, best, shared, bad.
    of_pane: [[u32; 4]; super::MAX_PANES],
}

impl Votes {
    fn add(&mut self, vote: Vote, order: &[usize]) {
        self.all += 1;
        self.ties += u32::from(vote.is_tie());
        self.all_bad += u32::from(vote.is_all_bad());
        let alone = vote.best.len() == 1;
        for (pane, [stood, best, shared, bad]) in self.of_pane.iter_mut().enumerate() {
            *stood += u32::from(vote.among.has(pane));
            *best += u32::from(alone && vote.best.has(pane));
            *shared += u32::from(!alone && vote.best.has(pane));
            *bad += u32::from(vote.is_all_bad() && vote.among.has(pane));
        }
        if alone && let Some(first) = order.iter().find(|pane| vote.among.has(**pane)) {
            self.first.votes += 1;
            self.first.chosen += u32::from(vote.best.has(*first));
            #[expect(clippy::cast_precision_loss, reason = "at most eight")]
            let count = vote.among.len() as f64;
            self.first.expected += 1.0 / count;
        }
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

/// Strengths with their intervals, by pane.
fn strengths(each: &[Counts], all: &Counts, panes: usize) -> Vec<Option<Strength>> {
    let wins = all.halved();
    let group_of = groups(&wins, panes);
    let logs = log_strengths(&with_halves(&wins, &wins, panes), panes, None);
    let shares = shares(&logs, &group_of);
    let said: Vec<Grid> = each
        .iter()
        .map(Counts::halved)
        .filter(|grid| pairs(panes).any(|(a, b)| grid.both(a, b) > 0.0))
        .collect();
    let spreads = bootstrap::spreads(&said, panes, &logs);
    let one = |(pane, (log, share)): (usize, (&f64, &Option<f64>))| {
        let share = (*share)?;
        let spread = spreads.as_ref().and_then(|all| all.get(pane)).copied();
        let others = || (0..panes).filter(move |other| *other != pane);
        let voters = said
            .iter()
            .filter(|grid| others().any(|other| grid.both(pane, other) > 0.0));
        #[expect(clippy::cast_precision_loss, reason = "ballots are few")]
        let voters = voters.count() as f64;
        // Never narrower than for one vote a voter: ballots that all agree show
        // no spread however few they are.
        let plain = wilson(share * voters, voters);
        let better = shares.iter().zip(&group_of).filter(|(other, group)| {
            group_of.get(pane) == Some(group) && other.is_some_and(|other| other > share + 1e-6)
        });
        let sum = |of: &dyn Fn(usize) -> f64| others().map(of).sum::<f64>();
        let ties = sum(&|other| all.ties.get(pane, other));
        Some(Strength {
            log: *log,
            share,
            interval: spread.map_or(plain, |spread| spread.share.joined(plain)),
            spread,
            place: better.count() + 1,
            one_sided: ties <= 0.0
                && (sum(&|other| all.wins.get(pane, other)) <= 0.0
                    || sum(&|other| all.wins.get(other, pane)) <= 0.0),
        })
    };
    logs.iter().zip(&shares).enumerate().map(one).collect()
}

fn marks(counted: &[&Ballot], panes: usize) -> Vec<CriterionTally> {
    let mut all: Vec<(String, Vec<(f64, u32)>)> = Vec::new();
    for ballot in counted {
        for turn in &ballot.turns {
            for (name, list) in ballot.criteria.iter().zip(&turn.marks) {
                if all.iter().all(|(known, _)| known != name) {
                    all.push((name.clone(), vec![(0.0, 0); panes]));
                }
                let sums = all.iter_mut().find(|(known, _)| known == name);
                let Some((_, sums)) = sums else {
                    continue;
                };
                for ((sum, count), mark) in sums.iter_mut().zip(list) {
                    if let Some(mark) = mark {
                        *sum += f64::from(*mark);
                        *count += 1;
                    }
                }
            }
        }
    }
    // Voters come in the order of their random numbers: the names need their own.
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all.into_iter()
        .map(|(name, sums)| CriterionTally {
            name,
            means: sums
                .into_iter()
                .map(|(sum, count)| (count > 0).then(|| (sum / f64::from(count), count)))
                .collect(),
        })
        .collect()
}

#[cfg(test)]
#[path = "tally_tests.rs"]
mod tests;
