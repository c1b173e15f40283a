//! A ballot while it is being filled in.

use super::{Ballot, Places, Subject, TurnBallot, Vote, Voter, order::shown};
use crate::core::pricing::Moment;

/// What a voter makes of one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The answer of a pane is the best.
    Best {
        /// The one that was chosen first.
        pane: usize,
        /// Others that are as good.
        also: Places,
    },
    /// All are equally good.
    Tie,
    /// None is good.
    AllBad,
}

impl Choice {
    /// This one alone is the best.
    pub fn best(pane: usize) -> Self {
        let also = Places::NONE;
        Self::Best { pane, also }
    }

    /// The one that was chosen first of the best.
    pub fn lead(self) -> Option<usize> {
        match self {
            Self::Best { pane, .. } => Some(pane),
            Self::Tie | Self::AllBad => None,
        }
    }

    /// Whether a pane is one of the best, where not all are.
    pub fn has(self, pane: usize) -> bool {
        match self {
            Self::Best { pane: lead, also } => lead == pane || also.has(pane),
            Self::Tie | Self::AllBad => false,
        }
    }

    /// A pane is as good as the best, or no longer. Where there is no best one
    /// yet, it is that.
    #[must_use]
    pub fn joined(self, pane: usize) -> Self {
        match self {
            Self::Best { pane: lead, .. } if lead == pane => self,
            Self::Best { pane: lead, also } => Self::Best {
                pane: lead,
                also: also.toggled(pane),
            },
            Self::Tie | Self::AllBad => Self::best(pane),
        }
    }

    /// The vote among these panes.
    pub fn among(self, among: Places) -> Vote {
        let best = match self {
            Self::Best { pane, also } => also.with(pane).within(among),
            Self::Tie => among,
            Self::AllBad => Places::NONE,
        };
        Vote { among, best }
    }
}

/// The sheet of one voter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What marks are asked for.
    pub criteria: Vec<String>,
    seed: u32,
    panes: usize,
    turns: Vec<SheetTurn>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct SheetTurn {
    answered: Places,
    choice: Option<Choice>,
    /// By criterion, then by pane.
    marks: Vec<Vec<Option<u8>>>,
}

impl Sheet {
    /// An empty sheet. `seed` is the voter's own, see
    /// [`super::order::seed_of`].
    pub fn new(subject: &Subject, criteria: Vec<String>, seed: u32) -> Self {
        let panes = subject.panes.len();
        let turns = subject.turns.iter().map(|turn| SheetTurn {
            answered: turn.answered(),
            choice: None,
            marks: vec![vec![None; panes]; criteria.len()],
        });
        Self {
            seed,
            panes,
            turns: turns.collect(),
            criteria,
        }
    }

    /// The turns that can be voted on: those with two answers at least.
    pub fn open_turns(&self) -> Vec<usize> {
        let all = self.turns.iter().enumerate();
        all.filter(|(_, turn)| turn.answered.len() > 1)
            .map(|(at, _)| at)
            .collect()
    }

    /// The panes with an answer to a turn, each with its letter, in the order in
    /// which this voter sees them. A pane has the same letter in every turn.
    pub fn shown(&self, turn: usize) -> Vec<(char, usize)> {
        let answered = self.turns.get(turn).map(|turn| turn.answered);
        let answered = answered.unwrap_or_default();
        ('A'..='H')
            .zip(shown(self.seed, self.panes))
            .filter(|(_, pane)| answered.has(*pane))
            .collect()
    }

    /// What was chosen.
    pub fn choice(&self, turn: usize) -> Option<Choice> {
        self.turns.get(turn)?.choice
    }

    /// Chooses, or takes a choice back.
    pub fn choose(&mut self, turn: usize, choice: Option<Choice>) {
        if let Some(turn) = self.turns.get_mut(turn) {
            turn.choice = choice;
        }
    }

    /// Lets a pane be as good as the best one of a turn, or no longer.
    pub fn join(&mut self, turn: usize, pane: usize) {
        if let Some(turn) = self.turns.get_mut(turn) {
            let choice = turn.choice.map(|choice| choice.joined(pane));
            turn.choice = Some(choice.unwrap_or(Choice::best(pane)));
        }
    }

    /// The mark of a pane for a criterion.
    pub fn mark(&self, turn: usize, criterion: usize, pane: usize) -> Option<u8> {
        *self.turns.get(turn)?.marks.get(criterion)?.get(pane)?
    }

    /// Gives a mark, or takes it back.
    pub fn set_mark(&mut self, turn: usize, criterion: usize, pane: usize, mark: Option<u8>) {
        let slot = self
            .turns
            .get_mut(turn)
            .and_then(|turn| turn.marks.get_mut(criterion)?.get_mut(pane));
        if let Some(slot) = slot {
            *slot = mark;
        }
    }

    /// Whether anything was chosen or marked.
    pub fn is_blank(&self) -> bool {
        self.turns
            .iter()
            .all(|turn| turn.choice.is_none() && turn.marks.iter().flatten().all(Option::is_none))
    }

    /// The ballot.
    pub fn cast(&self, subject: &Subject, voter: Voter, name: &str, at: Moment) -> Ballot {
        let turns = self.turns.iter().map(|turn| TurnBallot {
            votes: turn
                .choice
                .map(|choice| choice.among(turn.answered))
                .into_iter()
                .collect(),
            marks: if turn.marks.iter().flatten().any(Option::is_some) {
                turn.marks.clone()
            } else {
                Vec::new()
            },
        });
        Ballot {
            comparison: subject.fingerprint(),
            voter,
            name: super::short_name(name, super::MAX_NAME_BYTES),
            at,
            seed: self.seed,
            panes: self.panes,
            criteria: self.criteria.clone(),
            turns: turns.take(super::MAX_TURNS).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::subject::SubjectTurn, *};

    fn subject() -> Subject {
        let turn = |answers: [&str; 3]| SubjectTurn {
            prompt: "p".into(),
            answers: answers
                .iter()
                .map(|text| (!text.is_empty()).then(|| (*text).to_owned()))
                .collect(),
        };
        Subject {
            panes: vec![("p".into(), "m".into()); 3],
            turns: vec![
                turn(["a", "b", "c"]),
                turn(["a", "", ""]),
                turn(["", "b", "c"]),
            ],
        }
    }

    #[test]
    fn what_the_voter_saw_as_a_comes_out_as_the_pane_behind_it() {
        let subject = subject();
        for seed in 0..20 {
            let mut sheet = Sheet::new(&subject, vec!["clarity".into()], seed);
            let (letter, pane) = sheet.shown(0)[0];
            assert_eq!(letter, 'A');
            sheet.choose(0, Some(Choice::best(pane)));
            sheet.set_mark(0, 0, pane, Some(4));
            let ballot = sheet.cast(&subject, Voter([1; 5]), " Asha ", Moment(5));
            assert_eq!(
                ballot.turns[0].votes[0].best.iter().collect::<Vec<_>>(),
                [pane]
            );
            assert_eq!(ballot.turns[0].marks[0][pane], Some(4));
            assert_eq!(ballot.name.as_deref(), Some("Asha"));
            assert_eq!(ballot.seed, seed);
            assert_eq!(ballot.check(&subject), Ok(()));
            assert_eq!(Ballot::from_code(&ballot.to_code()), Ok(ballot));
        }
    }

    #[test]
    fn only_turns_with_two_answers_are_voted_on() {
        let sheet = Sheet::new(&subject(), Vec::new(), 3);
        assert_eq!(sheet.open_turns(), [0, 2]);
        let shown = |turn| {
            let mut panes: Vec<_> = sheet.shown(turn).into_iter().collect();
            panes.sort_by_key(|(_, pane)| *pane);
            panes
        };
        assert_eq!(
            shown(2).iter().map(|(_, pane)| *pane).collect::<Vec<_>>(),
            [1, 2]
        );
        // The same letters as in the first turn.
        assert_eq!(shown(2), shown(0)[1..]);
    }

    #[test]
    fn a_tie_and_all_bad_are_among_those_that_answered() {
        let mut sheet = Sheet::new(&subject(), Vec::new(), 3);
        assert!(sheet.is_blank());
        sheet.choose(0, Some(Choice::AllBad));
        sheet.choose(2, Some(Choice::Tie));
        let ballot = sheet.cast(&subject(), Voter([1; 5]), "", Moment(5));
        assert!(ballot.turns[0].votes[0].is_all_bad());
        assert!(ballot.turns[1].votes.is_empty());
        assert_eq!(ballot.turns[2].votes[0].among, [1, 2].into_iter().collect());
        assert!(ballot.turns[2].votes[0].is_tie());
        assert_eq!(ballot.name, None);
    }

    #[test]
    fn several_can_be_equally_good_and_better_than_the_rest() {
        let mut sheet = Sheet::new(&subject(), Vec::new(), 3);
        let best = |sheet: &Sheet| {
            let ballot = sheet.cast(&subject(), Voter([1; 5]), "", Moment(5));
            assert_eq!(Ballot::from_code(&ballot.to_code()), Ok(ballot.clone()));
            ballot.turns[0].votes[0].best.iter().collect::<Vec<_>>()
        };
        // Without a best one, the first that joins is that.
        sheet.join(0, 2);
        assert_eq!(best(&sheet), [2]);
        sheet.join(0, 0);
        assert_eq!(best(&sheet), [0, 2]);
        // It cannot be as good as itself.
        sheet.join(0, 2);
        assert_eq!(best(&sheet), [0, 2]);
        sheet.join(0, 0);
        assert_eq!(best(&sheet), [2]);
        // As good as all the others is a tie.
        sheet.join(0, 0);
        sheet.join(0, 1);
        let ballot = sheet.cast(&subject(), Voter([1; 5]), "", Moment(5));
        assert!(ballot.turns[0].votes[0].is_tie());
        // Another best one stands alone again.
        sheet.choose(0, Some(Choice::best(1)));
        assert_eq!(best(&sheet), [1]);
    }
}
