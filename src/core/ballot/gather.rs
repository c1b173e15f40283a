//! From ballots as they came in to those that count, and what is odd about them.

use super::{Ballot, Voter};

/// How many decisions two ballots have to share before that is no chance.
const MANY_DECISIONS: usize = 8;

/// The ballots that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Places in the list that was given, by voter.
    pub counted: Vec<usize>,
    /// What to know about them.
    pub notes: Vec<Note>,
}

/// Something about several ballots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A voter voted several times with different outcomes: the last counts.
    Replaced {
        /// Who.
        voter: Voter,
        /// Place of the ballot that counts.
        counted: usize,
        /// Places of those that do not.
        dropped: Vec<usize>,
    },
    /// The same ballot came in more than once: it counts once.
    Repeated {
        /// Place of the one that counts.
        counted: usize,
        /// How often it came.
        times: usize,
    },
    /// Different voters, but everything else is the same: all count, but it may
    /// be one ballot in two coats.
    Alike {
        /// Their places.
        ballots: Vec<usize>,
    },
    /// Different voters sign with the same name: all count.
    SameName {
        /// The name.
        name: String,
        /// Their places.
        ballots: Vec<usize>,
    },
}

/// Sorts out which ballots count. The outcome does not depend on their order,
/// but for the places that it names.
pub fn gather(ballots: &[Ballot]) -> Gathered {
    let mut gathered = Gathered::default();
    let mut order: Vec<(usize, &Ballot)> = ballots.iter().enumerate().collect();
    // Of two votes in one second the contents decide, so that every host counts
    // the same one.
    order.sort_by_cached_key(|(_, ballot)| (ballot.voter, ballot.at, ballot.to_code()));
    for of_one in order.chunk_by(|(_, a), (_, b)| a.voter == b.voter) {
        let Some(((counted, last), earlier)) = of_one.split_last() else {
            continue;
        };
        gathered.counted.push(*counted);
        let same = earlier.iter().filter(|(_, other)| other == last).count();
        if same > 0 {
            let (counted, times) = (*counted, same + 1);
            gathered.notes.push(Note::Repeated { counted, times });
        }
        let others = earlier.iter().filter(|(_, other)| other != last);
        let dropped: Vec<usize> = others.map(|(at, _)| *at).collect();
        if !dropped.is_empty() {
            gathered.notes.push(Note::Replaced {
                voter: last.voter,
                counted: *counted,
                dropped,
            });
        }
    }
    let counted: Vec<(usize, &Ballot)> = gathered
        .counted
        .iter()
        .filter_map(|at| Some((*at, ballots.get(*at)?)))
        .collect();
    gathered.notes.extend(alike(&counted));
    gathered.notes.extend(same_names(&counted));
    gathered
}

/// Whether one seems to be a copy of the other under another voter's number.
fn is_copy(one: &Ballot, two: &Ballot) -> bool {
    let same = one.turns == two.turns && one.criteria == two.criteria;
    let same_moment = one.seed == two.seed && one.at == two.at;
    same && one.decisions() > 0 && (same_moment || one.decisions() >= MANY_DECISIONS)
}

fn alike(counted: &[(usize, &Ballot)]) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut seen: Vec<usize> = Vec::new();
    for (nth, (at, ballot)) in counted.iter().enumerate() {
        if seen.contains(at) {
            continue;
        }
        let later = counted.iter().skip(nth + 1);
        let copies = later.filter(|(_, other)| is_copy(ballot, other));
        let mut ballots = vec![*at];
        ballots.extend(copies.map(|(at, _)| *at));
        if ballots.len() > 1 {
            seen.extend(&ballots);
            notes.push(Note::Alike { ballots });
        }
    }
    notes
}

fn same_names(counted: &[(usize, &Ballot)]) -> Vec<Note> {
    let mut named: Vec<(String, usize)> = counted
        .iter()
        .filter_map(|(at, ballot)| Some((ballot.name.as_ref()?.to_lowercase(), *at)))
        .collect();
    named.sort();
    named
        .chunk_by(|a, b| a.0 == b.0)
        .filter(|same| same.len() > 1)
        .filter_map(|same| {
            let ballots: Vec<usize> = same.iter().map(|(_, at)| *at).collect();
            let first = *ballots.first()?;
            let (_, ballot) = counted.iter().find(|(at, _)| *at == first)?;
            let name = ballot.name.clone()?;
            Some(Note::SameName { name, ballots })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::testing, *};
    use crate::core::pricing::Moment;

    fn ballot(id: u8, at: i64, best: usize) -> Ballot {
        let mut ballot = testing::vote(id, &[best]);
        ballot.at = Moment(at);
        ballot.seed = u32::from(id);
        ballot
    }

    #[test]
    fn of_one_voter_the_last_ballot_counts_and_it_is_said() {
        let ballots = [ballot(1, 200, 0), ballot(2, 50, 0), ballot(1, 100, 1)];
        let gathered = gather(&ballots);
        assert_eq!(gathered.counted, [0, 1]);
        assert_eq!(
            gathered.notes,
            [Note::Replaced {
                voter: ballots[0].voter,
                counted: 0,
                dropped: vec![2]
            }]
        );
    }

    #[test]
    fn a_ballot_that_was_pasted_twice_counts_once() {
        let ballots = [ballot(1, 200, 0), ballot(1, 200, 0)];
        let gathered = gather(&ballots);
        assert_eq!(gathered.counted.len(), 1);
        assert!(matches!(
            gathered.notes[..],
            [Note::Repeated { times: 2, .. }]
        ));
    }

    #[test]
    fn equal_votes_of_different_voters_are_nothing_odd() {
        let ballots = [ballot(1, 200, 0), ballot(2, 300, 0)];
        assert_eq!(gather(&ballots).notes, []);
    }

    #[test]
    fn a_copy_under_another_number_is_flagged() {
        let mut copy = ballot(1, 200, 0);
        copy.voter = Voter([9; 5]);
        let notes = gather(&[ballot(1, 200, 0), copy]).notes;
        assert_eq!(
            notes,
            [Note::Alike {
                ballots: vec![0, 1]
            }]
        );
    }

    #[test]
    fn many_equal_decisions_are_flagged_whenever_they_were_made() {
        let bests = [0, 1, 0, 0, 1, 1, 0, 1];
        let (one, mut two) = (testing::vote(1, &bests), testing::vote(2, &bests));
        two.at = Moment(9_999);
        assert_eq!(
            gather(&[one, two]).notes,
            [Note::Alike {
                ballots: vec![0, 1]
            }]
        );
    }

    #[test]
    fn two_voters_of_one_name_are_named() {
        let (mut one, mut two) = (ballot(1, 200, 0), ballot(2, 300, 0));
        one.name = Some("Asha".into());
        two.name = Some("asha".into());
        let gathered = gather(&[one, two]);
        assert_eq!(gathered.counted.len(), 2);
        assert!(matches!(&gathered.notes[..], [Note::SameName { name, .. }] if name == "Asha"));
    }
}
