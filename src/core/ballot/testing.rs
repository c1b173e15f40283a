//! Ballots for tests.

use super::{Ballot, Fingerprint, Places, TurnBallot, Vote, Voter};
use crate::core::pricing::Moment;
use proptest::prelude::*;

/// One turn, two panes, the second better.
pub(in crate::core) fn simple() -> Ballot {
    Ballot {
        comparison: Fingerprint([0x1f, 0, 0xab, 3, 4, 5]),
        voter: Voter([1, 2, 3, 4, 255]),
        name: None,
        at: Moment(1_795_944_605),
        seed: 77,
        panes: 2,
        criteria: Vec::new(),
        turns: vec![TurnBallot {
            votes: vec![Vote {
                among: Places::from_bits(3),
                best: Places::from_bits(2),
            }],
            marks: Vec::new(),
        }],
    }
}

/// Everything that a ballot can hold.
pub(in crate::core) fn full() -> Ballot {
    let vote = |among, best| Vote {
        among: Places::from_bits(among),
        best: Places::from_bits(best),
    };
    Ballot {
        name: Some("Āśā".into()),
        panes: 3,
        criteria: vec!["correctness".into(), "warmth".into()],
        turns: vec![
            TurnBallot {
                votes: vec![vote(7, 4)],
                marks: vec![vec![Some(5), Some(1), None], vec![None, Some(3), Some(4)]],
            },
            TurnBallot {
                votes: vec![vote(3, 0), vote(6, 6)],
                marks: Vec::new(),
            },
            TurnBallot::default(),
        ],
        ..simple()
    }
}

/// A ballot of two panes by voter `id`, a turn for each place of the best.
pub(in crate::core) fn vote(id: u8, bests: &[usize]) -> Ballot {
    let turn = |best: &usize| TurnBallot {
        votes: vec![Vote {
            among: Places::from_bits(3),
            best: [*best].into_iter().collect(),
        }],
        marks: Vec::new(),
    };
    Ballot {
        voter: Voter([id; 5]),
        turns: bests.iter().map(turn).collect(),
        ..simple()
    }
}

fn turn(panes: usize, criteria: usize) -> impl Strategy<Value = TurnBallot> {
    let all = u8::try_from((1u32 << panes) - 1).unwrap();
    let vote = (any::<u8>(), any::<u8>()).prop_map(move |(among, best)| {
        let among = Places::from_bits(among & all | 3);
        let best = Places::from_bits(best & among.bits());
        Vote { among, best }
    });
    let mark = prop_oneof![Just(None), (1..=super::BEST_MARK).prop_map(Some)];
    let marks = prop::collection::vec(prop::collection::vec(mark, panes), criteria);
    (prop::collection::vec(vote, 0..4), marks).prop_map(|(votes, marks)| TurnBallot {
        votes,
        marks: if marks.iter().flatten().all(Option::is_none) {
            Vec::new()
        } else {
            marks
        },
    })
}

/// Any ballot.
pub(in crate::core) fn ballot() -> impl Strategy<Value = Ballot> {
    let name = prop::option::of("[a-zāषß]{1,12}( [a-z]{1,5})?");
    let criteria = prop_oneof![
        Just(Vec::new()),
        Just(vec!["clarity".to_owned()]),
        Just(vec![
            "style".to_owned(),
            "warmth".to_owned(),
            "गति".to_owned()
        ]),
    ];
    let head = (
        any::<[u8; 6]>(),
        any::<[u8; 5]>(),
        name,
        any::<u32>(),
        any::<u32>(),
    );
    (head, 2..9usize, criteria).prop_flat_map(|(head, panes, criteria)| {
        let turns = prop::collection::vec(turn(panes, criteria.len()), 0..4);
        turns.prop_map(move |turns| Ballot {
            comparison: Fingerprint(head.0),
            voter: Voter(head.1),
            name: head.2.clone(),
            at: Moment(i64::from(head.3)),
            seed: head.4,
            panes,
            criteria: criteria.clone(),
            turns,
        })
    })
}
