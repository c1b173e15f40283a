//! What is said of ballots that came together.

use crate::core::{
    ballot::{
        gather::Note,
        interval::Interval,
        tally::{FirstShown, PairTally, Tally, Verdict},
    },
    real::fixed,
};

/// A share in whole per cent.
pub fn percent(share: f64) -> String {
    fixed(share * 100.0, 0)
}

/// An interval in whole per cent.
pub(super) fn span(interval: Interval) -> String {
    format!("{} to {} %", percent(interval.low), percent(interval.high))
}

/// A number of things, one of them in the singular.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What came of bringing ballots: how many are new, and how many were there.
pub(super) fn brought(added: usize, known: usize) -> String {
    let new = match added {
        0 => "No ballot",
        1 => "One ballot",
        _ => &format!("{added} ballots"),
    };
    match (added, known) {
        (0, 1) => "This ballot is here already. It counts once.".to_owned(),
        (0, 2..) => format!("These {known} ballots are here already. Each counts once."),
        (_, 0) => format!("{new} added."),
        (_, 1) => format!("{new} added, one was here already."),
        (..) => format!("{new} added, {known} were here already."),
    }
}

/// How many votes there are, and of which kinds.
pub(super) fn sum(tally: &Tally) -> String {
    let votes = count(tally.votes as usize, "vote", "votes");
    let ballots = count(tally.gathered.counted.len(), "ballot", "ballots");
    let ties = match tally.ties {
        0 => String::new(),
        1 => ", 1 of them a tie".to_owned(),
        ties => format!(", {ties} of them ties"),
    };
    let shared = match tally.shared {
        0 => String::new(),
        shared => format!(", {shared} with several best answers"),
    };
    let all_bad = match tally.all_bad {
        0 => String::new(),
        all_bad => format!(", {all_bad} with all answers bad"),
    };
    format!("{votes} on {ballots}{ties}{shared}{all_bad}.")
}

/// What the votes say of two models.
pub(super) fn verdict(pair: &PairTally, name: &dyn Fn(usize) -> String) -> String {
    let ties = match pair.ties {
        0 => String::new(),
        1 => "; 1 tie apart".to_owned(),
        ties => format!("; {ties} ties apart"),
    };
    let decided = pair.won_a + pair.won_b;
    let said = |winner: usize, won: u32, interval: Interval, word: &str, loser: usize| {
        format!(
            "{} {word} {}: {won} of {decided}, 95 % interval {}{ties}.",
            name(winner),
            name(loser),
            span(interval)
        )
    };
    let mirrored = Interval {
        low: 1.0 - pair.interval.high,
        high: 1.0 - pair.interval.low,
    };
    match pair.verdict {
        Verdict::Beats { winner, loser } if winner == pair.a => {
            said(winner, pair.won_a, pair.interval, "beats", loser)
        }
        Verdict::Beats { winner, loser } => said(winner, pair.won_b, mirrored, "beats", loser),
        Verdict::NeverCompared => {
            format!(
                "{} and {}: no vote compared them.",
                name(pair.a),
                name(pair.b)
            )
        }
        Verdict::Open if decided == 0 => format!(
            "{} and {}: not enough votes to say, {} and no winner.",
            name(pair.a),
            name(pair.b),
            count(pair.ties as usize, "tie", "ties")
        ),
        Verdict::Open => {
            let rest = if pair.won_a >= pair.won_b {
                said(pair.a, pair.won_a, pair.interval, "against", pair.b)
            } else {
                said(pair.b, pair.won_b, mirrored, "against", pair.a)
            };
            format!("Not enough votes to say: {rest}")
        }
    }
}

/// How often the first answer on the screen was chosen.
pub(super) fn first_shown(first: FirstShown) -> String {
    format!(
        "The answer that stood first was chosen {} of {} times; by chance it would be about {}.",
        first.chosen,
        first.votes,
        fixed(first.expected, 0)
    )
}

/// What is odd about several ballots.
pub(super) fn note(note: &Note, name: &dyn Fn(usize) -> String) -> String {
    let list = |ballots: &[usize]| {
        let names: Vec<String> = ballots.iter().map(|at| name(*at)).collect();
        names.join(", ")
    };
    match note {
        Note::Replaced {
            counted, dropped, ..
        } => format!(
            "{} voted {} times: only the last ballot counts.",
            name(*counted),
            dropped.len() + 1
        ),
        Note::Repeated { counted, times } => format!(
            "The ballot of {} came in {times} times: it counts once.",
            name(*counted)
        ),
        Note::Alike { ballots } => format!(
            "These ballots are alike in everything but the voter’s number: {}. They may be copies of one; all count.",
            list(ballots)
        ),
        Note::SameName { name, ballots } => format!(
            "{} ballots of different voters are signed “{name}”: all count.",
            ballots.len()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::ballot::{interval::wilson, tally::tally};

    fn pair(won_a: u32, won_b: u32, ties: u32) -> PairTally {
        let interval = wilson(f64::from(won_a), f64::from(won_a + won_b));
        PairTally {
            a: 0,
            b: 1,
            won_a,
            won_b,
            ties,
            interval,
            verdict: if won_a + won_b + ties == 0 {
                Verdict::NeverCompared
            } else if interval.low > 0.5 {
                Verdict::Beats {
                    winner: 0,
                    loser: 1,
                }
            } else if interval.high < 0.5 {
                Verdict::Beats {
                    winner: 1,
                    loser: 0,
                }
            } else {
                Verdict::Open
            },
        }
    }

    fn says(pair: &PairTally) -> String {
        verdict(pair, &|at| ["Kimi", "Qwen"][at].to_owned())
    }

    #[test]
    fn a_verdict_is_said_with_its_votes_and_its_interval() {
        assert_eq!(
            says(&pair(14, 4, 0)),
            "Kimi beats Qwen: 14 of 18, 95 % interval 55 to 91 %."
        );
        assert_eq!(
            says(&pair(4, 14, 2)),
            "Qwen beats Kimi: 14 of 18, 95 % interval 55 to 91 %; 2 ties apart."
        );
        assert_eq!(
            says(&pair(3, 5, 1)),
            "Not enough votes to say: Qwen against Kimi: 5 of 8, 95 % interval 31 to 86 %; 1 tie apart."
        );
        assert_eq!(
            says(&pair(0, 0, 3)),
            "Kimi and Qwen: not enough votes to say, 3 ties and no winner."
        );
        assert_eq!(
            says(&pair(0, 0, 0)),
            "Kimi and Qwen: no vote compared them."
        );
    }

    #[test]
    fn ballots_that_were_there_are_not_said_to_be_added() {
        for (added, known, text) in [
            (1, 0, "One ballot added."),
            (12, 0, "12 ballots added."),
            (0, 1, "This ballot is here already. It counts once."),
            (0, 3, "These 3 ballots are here already. Each counts once."),
            (2, 1, "2 ballots added, one was here already."),
            (1, 2, "One ballot added, 2 were here already."),
        ] {
            assert_eq!(brought(added, known), text);
        }
    }

    #[test]
    fn what_was_counted_is_said_without_noughts() {
        let mut tally = tally(3, &[], &[]);
        tally.votes = 1;
        tally.gathered.counted = vec![0];
        assert_eq!(sum(&tally), "1 vote on 1 ballot.");
        tally.votes = 9;
        tally.gathered.counted = vec![0, 1, 2];
        (tally.ties, tally.shared, tally.all_bad) = (1, 3, 2);
        assert_eq!(
            sum(&tally),
            "9 votes on 3 ballots, 1 of them a tie, 3 with several best answers, 2 with all answers bad."
        );
    }
}
