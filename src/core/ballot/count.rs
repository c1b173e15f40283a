//! Votes as counts: who won over whom, and which kinds of votes there were.

use super::{
    MAX_PANES, Places, Vote,
    grid::{Grid, pairs},
};

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
pub(super) struct Counts {
    /// Wins of one pane over another.
    pub(super) wins: Grid,
    /// Comparisons in which two were equally good.
    pub(super) ties: Grid,
}

impl Counts {
    /// The best are better than each of the rest, and equal among each other.
    pub(super) fn add(&mut self, vote: Vote) {
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
    pub(super) fn halved(&self) -> Grid {
        let mut out = self.wins;
        for (a, b) in pairs(MAX_PANES) {
            out.add(a, b, self.ties.get(a, b) / 2.0);
            out.add(b, a, self.ties.get(b, a) / 2.0);
        }
        out
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

/// The votes of all ballots by their kinds.
#[derive(Default)]
pub(super) struct Votes {
    pub(super) all: u32,
    pub(super) ties: u32,
    /// With several best ones and a rest.
    pub(super) shared: u32,
    pub(super) all_bad: u32,
    pub(super) first: FirstShown,
    /// By pane: stood, best, shared, bad.
    pub(super) of_pane: [[u32; 4]; MAX_PANES],
}

impl Votes {
    /// Adds a vote of somebody who saw the panes in this order.
    pub(super) fn add(&mut self, vote: Vote, order: &[usize]) {
        self.all += 1;
        self.ties += u32::from(vote.is_tie());
        self.all_bad += u32::from(vote.is_all_bad());
        self.shared += u32::from(vote.best.len() > 1 && !vote.is_tie());
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
