//! How strong each pane is beside the others, with the interval of that.

use super::{
    bootstrap::{self, Spread},
    count::Counts,
    grid::{Grid, pairs},
    interval::{Interval, wilson},
    strength::{groups, log_strengths, shares, with_halves},
};

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

/// Strengths with their intervals, by pane.
pub(super) fn strengths(each: &[Counts], all: &Counts, panes: usize) -> Vec<Option<Strength>> {
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
