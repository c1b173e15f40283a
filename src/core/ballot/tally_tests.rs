use super::{
    super::{Vote, order, testing},
    *,
};
use proptest::prelude::*;

/// Ballots of two panes: so many for the first, the second, ties, all bad.
fn ballots(first: usize, second: usize, ties: usize, bad: usize) -> Vec<Ballot> {
    let kinds = [
        (first, &[0][..]),
        (second, &[1]),
        (ties, &[0, 1]),
        (bad, &[]),
    ];
    let mut all = Vec::new();
    for (count, best) in kinds {
        for _ in 0..count {
            let id = u8::try_from(all.len()).unwrap();
            let mut ballot = testing::vote(id, &[0]);
            ballot.turns[0].votes[0].best = best.iter().copied().collect();
            all.push(ballot);
        }
    }
    all
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[test]
fn fourteen_of_eighteen_beat_and_eight_of_twelve_do_not() {
    let tally = super::tally(2, &ballots(14, 4, 3, 2), &[]);
    let pair = &tally.pairs[0];
    assert_eq!((pair.won_a, pair.won_b, pair.ties), (14, 4, 3));
    assert_eq!(
        pair.verdict,
        Verdict::Beats {
            winner: 0,
            loser: 1
        }
    );
    // 14 of 18 by Wilson: 0.548 to 0.910.
    assert!((pair.interval.low - 0.547_8).abs() < 1e-4, "{pair:?}");
    assert_eq!((tally.votes, tally.ties, tally.all_bad), (23, 3, 2));
    let few = super::tally(2, &ballots(8, 4, 0, 0), &[]);
    assert_eq!(few.pairs[0].verdict, Verdict::Open);
}

/// Votes with several best answers, tallied from the votes by statsmodels and
/// choix: `tests/fixtures/ballots/make.py`.
#[test]
fn partial_ties_are_counted_as_statsmodels_and_choix_count_them() {
    let made: serde_json::Value = serde_json::from_str(include_str!(
        "../../../tests/fixtures/ballots/statistics.json"
    ))
    .unwrap();
    let cases = made["tallies"].as_array().unwrap();
    assert!(cases.len() >= 4);
    for case in cases {
        let panes = usize::try_from(case["panes"].as_u64().unwrap()).unwrap();
        let votes = case["votes"].as_str().unwrap().split(' ');
        let ballots: Vec<Ballot> = votes
            .enumerate()
            .map(|(voter, best)| {
                let digits = best.chars().filter_map(|digit| digit.to_digit(10));
                let mut ballot = testing::vote(u8::try_from(voter).unwrap(), &[0]);
                ballot.panes = panes;
                ballot.turns[0].votes[0] = Vote {
                    among: (0..panes).collect(),
                    best: digits.map(|digit| digit as usize).collect(),
                };
                ballot
            })
            .collect();
        let tally = super::tally(panes, &ballots, &[]);
        assert_eq!(u64::from(tally.shared), case["shared"].as_u64().unwrap());
        let pairs = case["pairs"].as_array().unwrap();
        assert_eq!(tally.pairs.len(), pairs.len());
        for (found, expected) in tally.pairs.iter().zip(pairs) {
            let number =
                |value: &serde_json::Value| u32::try_from(value.as_u64().unwrap()).unwrap();
            assert_eq!(found.won_a, number(&expected["won"][0]), "{expected}");
            assert_eq!(found.won_b, number(&expected["won"][1]), "{expected}");
            assert_eq!(found.ties, number(&expected["ties"]), "{expected}");
            assert!(
                near(found.interval.low, expected["low"].as_f64().unwrap()),
                "{expected} {found:?}"
            );
            assert!(
                near(found.interval.high, expected["high"].as_f64().unwrap()),
                "{expected} {found:?}"
            );
        }
        let logs = case["log_strengths"].as_array().unwrap();
        for (pane, expected) in tally.panes.iter().zip(logs) {
            let found = pane.strength.unwrap().log;
            assert!(near(found, expected.as_f64().unwrap()), "{case} {found}");
        }
    }
}

#[test]
fn both_bad_is_counted_apart_and_moves_no_strength() {
    let with = super::tally(2, &ballots(9, 3, 2, 20), &[]);
    let without = super::tally(2, &ballots(9, 3, 2, 0), &[]);
    assert_eq!(with.panes[0].bad, 20);
    assert_eq!(with.pairs, without.pairs);
    let share = |tally: &Tally| tally.panes[0].strength.unwrap().share;
    assert!(near(share(&with), share(&without)));
    // Nine wins, two halves of a tie, and the half that everyone gets.
    assert!(near(share(&with), (9.0 + 1.0 + 0.5) / 15.0));
}

#[test]
fn without_a_decided_vote_there_is_nothing_to_say() {
    let none = super::tally(2, &[], &[]);
    assert_eq!(none.pairs[0].verdict, Verdict::NeverCompared);
    assert_eq!(none.panes[0].strength, None);
    assert_eq!(none.groups, Vec::<Vec<usize>>::new());
    let bad = super::tally(2, &ballots(0, 0, 0, 5), &[]);
    assert_eq!(bad.pairs[0].verdict, Verdict::NeverCompared);
    let tied = super::tally(2, &ballots(0, 0, 5, 0), &[]);
    assert_eq!(tied.pairs[0].verdict, Verdict::Open);
    assert!(near(tied.panes[0].strength.unwrap().share, 0.5));
}

#[test]
fn few_voters_who_all_agree_are_no_certainty() {
    let tally = super::tally(2, &ballots(5, 0, 0, 0), &[]);
    let strength = tally.panes[0].strength.unwrap();
    assert!(strength.one_sided);
    // Every draw of five equal ballots is the same, so Wilson's interval counts.
    assert!(strength.interval.low < 0.55, "{strength:?}");
    assert!(strength.spread.unwrap().first > 0.99);
    assert!(
        !super::tally(2, &ballots(5, 1, 0, 0), &[]).panes[0]
            .strength
            .unwrap()
            .one_sided
    );
}

/// One voter with twenty turns is one voter.
#[test]
fn many_turns_of_one_voter_do_not_make_a_verdict() {
    let one = testing::vote(1, &[0; 20]);
    let tally = super::tally(2, &[one], &[]);
    assert_eq!(tally.pairs[0].won_a, 20);
    assert_eq!(tally.pairs[0].verdict, Verdict::Open);
}

#[test]
fn groups_that_were_never_compared_have_no_common_ranking() {
    let vote = |id: u8, winner: usize, loser: usize| {
        let mut ballot = testing::vote(id, &[0]);
        ballot.panes = 5;
        ballot.turns[0].votes[0] = Vote {
            among: [winner, loser].into_iter().collect(),
            best: [winner].into_iter().collect(),
        };
        ballot
    };
    let tally = super::tally(5, &[vote(1, 0, 2), vote(2, 0, 2), vote(3, 3, 1)], &[]);
    assert_eq!(tally.groups, [[0, 2], [1, 3]]);
    assert_eq!(tally.panes[4].strength, None);
    let places: Vec<_> = [0, 2, 1, 3]
        .map(|at: usize| tally.panes[at].strength.unwrap().place)
        .into();
    assert_eq!(places, [1, 2, 2, 1]);
}

#[test]
fn the_best_of_four_wins_three_comparisons() {
    let mut ballot = testing::vote(1, &[0]);
    ballot.panes = 4;
    ballot.turns[0].votes[0] = Vote {
        among: (0..4).collect(),
        best: [1, 3].into_iter().collect(),
    };
    let tally = super::tally(4, &[ballot], &[]);
    let won: Vec<_> = tally.panes.iter().map(|pane| pane.won).collect();
    assert_eq!(won, [0, 2, 0, 2]);
    let tie = tally.pairs.iter().find(|pair| (pair.a, pair.b) == (1, 3));
    assert_eq!(tie.unwrap().ties, 1);
    let unsaid = tally.pairs.iter().find(|pair| (pair.a, pair.b) == (0, 2));
    assert_eq!(unsaid.unwrap().verdict, Verdict::NeverCompared);
}

#[test]
fn answers_that_give_themselves_away_can_be_left_out() {
    let vote = Vote {
        among: (0..3).collect(),
        best: [1].into_iter().collect(),
    };
    let without = |places: &[usize]| vote.without(places.iter().copied().collect());
    assert_eq!(without(&[]), Some(vote));
    assert_eq!(without(&[1]), None, "what was chosen is gone");
    assert_eq!(without(&[0, 2]), None, "there is nothing beside it");
    assert_eq!(without(&[2]).unwrap().among, [0, 1].into_iter().collect());
    let tie = Vote {
        among: (0..2).collect(),
        best: (0..2).collect(),
    };
    assert_eq!(tie.without([0].into_iter().collect()), None);
    let ballots = ballots(3, 0, 0, 0);
    let out = [[1].into_iter().collect()];
    assert_eq!(super::tally(2, &ballots, &out).votes, 0);
}

#[test]
fn marks_are_means_with_their_number() {
    let mut one = testing::full();
    let mut two = testing::full();
    two.voter = super::super::Voter([7; 5]);
    one.turns.truncate(1);
    two.turns.truncate(1);
    one.turns[0].marks[0][0] = Some(2);
    two.turns[0].marks[0][0] = Some(5);
    one.turns[0].marks[0][1] = None;
    two.turns[0].marks[0][1] = None;
    let tally = super::tally(3, &[one.clone(), two], &[]);
    let of_first = tally
        .marks
        .iter()
        .find(|one_of| one_of.name == one.criteria[0]);
    let means = &of_first.unwrap().means;
    assert_eq!(means[0], Some((3.5, 2)));
    assert_eq!(means[1], None, "no mark is not a mark of 0");
}

#[test]
fn a_liking_for_the_first_place_is_seen() {
    let ballots: Vec<Ballot> = (0..20u8)
        .map(|id| {
            let mut ballot = testing::vote(id, &[0]);
            ballot.seed = u32::from(id);
            let first = order::shown(ballot.seed, 2)[0];
            ballot.turns[0].votes[0].best = [first].into_iter().collect();
            ballot
        })
        .collect();
    let first = super::tally(2, &ballots, &[]).first_shown;
    assert_eq!((first.votes, first.chosen), (20, 20));
    assert!(near(first.expected, 10.0));
}

fn any_ballots() -> impl Strategy<Value = Vec<Ballot>> {
    let vote = (0..16u8, 1..16u8).prop_map(|(best, among)| {
        let among = Places::from_bits(among | 3);
        let best = Places::from_bits(best & among.bits());
        Vote { among, best }
    });
    let turns = prop::collection::vec(vote, 1..4);
    prop::collection::vec((0..12u8, turns), 0..14).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(nth, (id, votes))| {
                let mut ballot = testing::vote(id, &[]);
                ballot.panes = 4;
                // No two in one second, so that the last one is certain.
                ballot.at = crate::core::pricing::Moment(i64::try_from(nth).unwrap());
                ballot.turns = votes
                    .into_iter()
                    .map(|vote| crate::core::ballot::TurnBallot {
                        votes: vec![vote],
                        marks: Vec::new(),
                    })
                    .collect();
                ballot
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_the_ballots_does_not_matter(ballots in any_ballots(), seed: u32) {
        let mut one = super::tally(4, &ballots, &[]);
        let mixed = order::shown(seed, ballots.len());
        let mixed: Vec<Ballot> = mixed.into_iter().map(|at| ballots[at].clone()).collect();
        let mut two = super::tally(4, &mixed, &[]);
        prop_assert_eq!(one.gathered.notes.len(), two.gathered.notes.len());
        (one.gathered, two.gathered) = Default::default();
        prop_assert_eq!(one, two);
    }

    #[test]
    fn other_names_for_the_panes_give_the_same_outcome(ballots in any_ballots(), seed: u32) {
        let order = order::shown(seed, 4);
        let rename = |places: Places| places.iter().map(|at| order[at]).collect::<Places>();
        let mut renamed = ballots.clone();
        for vote in renamed.iter_mut().flat_map(|ballot| &mut ballot.turns).flat_map(|turn| &mut turn.votes) {
            *vote = Vote { among: rename(vote.among), best: rename(vote.best) };
        }
        let (one, two) = (super::tally(4, &ballots, &[]), super::tally(4, &renamed, &[]));
        for (at, to) in order.iter().enumerate() {
            let (old, new) = (&one.panes[at], &two.panes[*to]);
            prop_assert_eq!((old.stood, old.best, old.shared, old.bad), (new.stood, new.best, new.shared, new.bad));
            prop_assert_eq!((old.won, old.decided), (new.won, new.decided));
            prop_assert!(near(old.interval.low, new.interval.low));
            match (old.strength, new.strength) {
                (Some(old), Some(new)) => {
                    prop_assert!((old.share - new.share).abs() < 1e-5, "{:?} {:?}", old, new);
                    prop_assert!((old.interval.low - new.interval.low).abs() < 1e-4);
                    prop_assert!((old.interval.high - new.interval.high).abs() < 1e-4);
                }
                (old, new) => prop_assert_eq!(old, new),
            }
        }
        prop_assert_eq!(one.groups.len(), two.groups.len());
    }
}
