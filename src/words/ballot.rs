//! What is said about blind votes and ballots.

mod faults;

use crate::core::{
    ballot::{
        BallotError,
        gather::Note,
        interval::Interval,
        tally::{FirstShown, PairTally, Verdict},
    },
    real::fixed,
};

/// Blind votes, in the part of the page that is loaded later.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each field is named after what it says")]
pub struct BallotWords {
    pub vote: &'static str,
    pub vote_hint: &'static str,
    pub ballots: &'static str,
    pub ballots_hint: &'static str,
    pub heading: &'static str,
    pub leave: &'static str,
    pub leave_title: &'static str,
    pub leave_text: &'static str,
    pub leave_yes: &'static str,
    pub stay: &'static str,
    pub intro: &'static str,
    pub intro_reveal: &'static str,
    pub seen_before: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub criteria: &'static str,
    pub criteria_hint: &'static str,
    pub criteria_example: &'static str,
    pub begin: &'static str,
    pub ask: &'static str,
    pub not_asked: &'static str,
    pub waiting: fn(usize, usize) -> String,
    pub some_failed: fn(usize) -> String,
    pub too_few: &'static str,
    pub locked: &'static str,
    pub turn: fn(usize, usize) -> String,
    pub question: &'static str,
    pub answer: fn(char) -> String,
    pub names_itself: fn(&str) -> String,
    pub choose: &'static str,
    pub best: fn(char, usize) -> String,
    pub tie: fn(usize) -> &'static str,
    pub all_bad: fn(usize) -> &'static str,
    pub next: &'static str,
    pub back: &'static str,
    pub skip: &'static str,
    pub cast: &'static str,
    pub cast_hint: &'static str,
    pub mark_of: fn(&str, char) -> String,
    pub mark_none: &'static str,
    pub kept: &'static str,
    pub kept_as: fn(usize) -> String,
    pub code: &'static str,
    pub code_hint: &'static str,
    pub code_square: &'static str,
    pub copy_code: &'static str,
    pub copy_link: &'static str,
    pub next_voter: &'static str,
    pub next_voter_hint: &'static str,
    pub hand_over: &'static str,
    pub hand_over_text: &'static str,
    pub reveal: &'static str,
    pub reveal_hint: &'static str,
    pub revealed: &'static str,
    pub was: fn(char, &str) -> String,
    pub back_to_page: &'static str,
    pub done_to_page: &'static str,
    pub add: &'static str,
    pub paste: &'static str,
    pub paste_hint: &'static str,
    pub add_pasted: &'static str,
    pub pick_files: &'static str,
    pub scan: &'static str,
    pub scan_stop: &'static str,
    pub scanning: &'static str,
    pub scanned: fn(&str) -> String,
    pub camera_refused: &'static str,
    pub camera_missing: &'static str,
    pub camera_failed: &'static str,
    pub unreadable_file: fn(&str) -> String,
    pub added: fn(usize) -> String,
    pub not_added: fn(usize) -> String,
    pub problem: fn(Option<usize>, &str) -> String,
    pub error: fn(&BallotError) -> String,
    pub note: fn(&Note, &dyn Fn(usize) -> String) -> String,
    pub none_yet: &'static str,
    pub of_others: fn(usize) -> String,
    pub list: fn(usize) -> String,
    pub nameless: fn(&str) -> String,
    pub remove: fn(&str) -> String,
    pub removed: fn(&str) -> String,
    pub save: &'static str,
    pub saved: &'static str,
    pub not_saved: &'static str,
    pub invite: &'static str,
    pub invite_hint: &'static str,
    pub invite_private: &'static str,
    pub from_link: &'static str,
    pub from_link_kept: &'static str,
    pub outcome: &'static str,
    pub sum: fn(u32, usize, u32, u32) -> String,
    pub verdict: fn(&PairTally, &dyn Fn(usize) -> String) -> String,
    pub win_rates: &'static str,
    pub win_rates_hint: &'static str,
    pub ranking: &'static str,
    pub ranking_hint: &'static str,
    pub few_for_draws: fn(usize) -> String,
    pub groups_apart: fn(&[String]) -> String,
    pub one_sided: &'static str,
    pub place: fn(usize, Option<(usize, usize)>) -> String,
    pub share: fn(f64, Interval) -> String,
    pub won_of: fn(u32, u32) -> String,
    pub bad_of: fn(u32, u32) -> String,
    pub never_decided: &'static str,
    pub marks: &'static str,
    pub mean: fn(f64, u32) -> String,
    pub first_shown: fn(FirstShown) -> String,
    pub leave_out: &'static str,
    pub model: &'static str,
    pub column_won: &'static str,
    pub column_bad: &'static str,
    pub column_you: &'static str,
}

/// English.
pub static EN: BallotWords = BallotWords {
    vote: "Blind vote",
    vote_hint: "Compare the answers without names, speed and cost, and vote",
    ballots: "Ballots",
    ballots_hint: "Bring votes together and see what they say",
    heading: "Blind vote",
    leave: "Leave",
    leave_title: "Leave without voting?",
    leave_text: "The page then shows which model wrote which answer, so this comparison can no longer be voted on in this tab.",
    leave_yes: "Show the names",
    stay: "Stay blind",
    intro: "You see the answers in an order of your own, without names, speed and cost. All appear together, when all are complete.",
    intro_reveal: "The names come back when you reveal them. After that there is no vote on this comparison in this tab, and no way back.",
    seen_before: "The names have been on this screen. The order is new, but what you remember of the answers may tell you whose they are.",
    name: "Your name (optional)",
    name_hint: "It stands on your ballot, so that the host can tell votes apart.",
    criteria: "Marks from 1 to 5 for (optional)",
    criteria_hint: "Names between commas, such as correctness, clarity.",
    criteria_example: "correctness, clarity",
    begin: "Begin",
    ask: "Ask the models",
    not_asked: "Nothing was asked yet. The prompt of the composer goes to all models, and the answers appear together.",
    waiting: |done, all| {
        format!("{done} of {all} answers are complete. They appear together when all are.")
    },
    some_failed: |count| match count {
        1 => "One answer failed and takes no part.".to_owned(),
        count => format!("{count} answers failed and take no part."),
    },
    too_few: "There are no two answers to compare. Leave the vote to see what went wrong.",
    locked: "The names of this comparison were revealed in this tab, so a vote here would not be blind. Run it again, or vote in another tab.",
    turn: |at, all| format!("Question {at} of {all}"),
    question: "Question",
    answer: |letter| format!("Answer {letter}"),
    names_itself: |words| {
        format!(
            "This answer speaks of its maker or model: “{words}”. It may be true or not; try not to let it decide."
        )
    },
    choose: "Which answer is better?",
    best: |letter, count| {
        if count == 2 {
            format!("{letter} is better")
        } else {
            format!("{letter} is the best")
        }
    },
    tie: |count| {
        if count == 2 {
            "Tie"
        } else {
            "All equally good"
        }
    },
    all_bad: |count| if count == 2 { "Both bad" } else { "All bad" },
    next: "Next question",
    back: "Back",
    skip: "Skip",
    cast: "Cast ballot",
    cast_hint: "You can change your choice until you cast the ballot.",
    mark_of: |criterion, letter| format!("{criterion}, answer {letter}"),
    mark_none: "No mark",
    kept: "Your ballot is cast",
    kept_as: |count| match count {
        1 => "It is kept in this tab: one ballot so far.".to_owned(),
        count => format!("It is kept in this tab: {count} ballots so far."),
    },
    code: "Ballot code",
    code_hint: "Voting on a device of your own? Send this code to the host, or hold the picture in front of the host’s camera. Small letters and hyphens do no harm.",
    code_square: "The code as a picture for the host’s camera",
    copy_code: "Copy code",
    copy_link: "Copy as link",
    next_voter: "Next voter",
    next_voter_hint: "Covers the screen and hands it over, with another order.",
    hand_over: "Hand the screen to the next voter",
    hand_over_text: "Nothing of the last ballot is shown. The next voter sees the answers in another order.",
    reveal: "Reveal the names",
    reveal_hint: "For everyone at once. There is no way back and no further vote in this tab.",
    revealed: "Revealed",
    was: |letter, name| format!("{letter} was {name}"),
    back_to_page: "Back to the comparison",
    done_to_page: "Back",
    add: "Add ballots",
    paste: "Codes or links, one a line",
    paste_hint: "Other words in a line do no harm.",
    add_pasted: "Add",
    pick_files: "Choose files",
    scan: "Scan with the camera",
    scan_stop: "Stop scanning",
    scanning: "Hold the code of a ballot in front of the camera.",
    scanned: |name| format!("Added: {name}"),
    camera_refused: "The browser did not allow the camera. Allow it for this page in the browser’s settings, or paste the codes: that works without it.",
    camera_missing: "This device has no camera that the page could use. Paste the codes instead.",
    camera_failed: "The camera stopped or is used by another program. Try again, or paste the codes.",
    unreadable_file: |name| format!("{name} cannot be read."),
    added: |count| match count {
        1 => "One ballot added.".to_owned(),
        count => format!("{count} ballots added."),
    },
    not_added: |count| match count {
        1 => "One ballot was not added:".to_owned(),
        count => format!("{count} ballots were not added:"),
    },
    problem: |line, text| match line {
        Some(line) => format!("Line {line}: {text}"),
        None => text.to_owned(),
    },
    error: faults::error,
    note,
    none_yet: "No ballots yet. Vote here, or bring in the codes of others.",
    of_others: |count| match count {
        1 => "One more ballot in this tab belongs to another comparison.".to_owned(),
        count => format!("{count} more ballots in this tab belong to other comparisons."),
    },
    list: |count| match count {
        1 => "1 ballot".to_owned(),
        count => format!("{count} ballots"),
    },
    nameless: |id| format!("Voter {id}"),
    remove: |name| format!("Remove the ballot of {name}"),
    removed: |name| format!("Ballot of {name} removed"),
    save: "Save all as a file",
    saved: "Ballots saved as a JSON file",
    not_saved: "The browser did not save the file",
    invite: "Copy link for voters",
    invite_hint: "For voters on devices of their own: the link brings the answers and opens as a blind vote, in another order for each. They send their codes back.",
    invite_private: "The result holds what looks private. Copied is only the ending that opens a vote: make the link with Share, and put the ending behind it.",
    from_link: "The ballot of the link was added.",
    from_link_kept: "The link brought a ballot. It is kept in this tab and counts as soon as its comparison is open here.",
    outcome: "Outcome",
    sum,
    verdict,
    win_rates: "Comparisons won",
    win_rates_hint: "Of those with a winner; ties and “all bad” stand apart. The line is the 95 % interval.",
    ranking: "Ranking",
    ranking_hint: "The share of votes that each would win against the others, by the model of Bradley and Terry. The line is the 95 % interval over voters.",
    few_for_draws: |least| {
        format!(
            "With fewer than {least} ballots the intervals only say how little a few votes mean."
        )
    },
    groups_apart: |groups| {
        format!(
            "There is no common ranking: nothing was compared across these groups: {}.",
            groups.join("; ")
        )
    },
    one_sided: "won or lost every comparison: its strength is held finite by half a win that each pair gets",
    place: |place, range| match range {
        Some((best, worst)) if best != worst => format!("{place} ({best} to {worst})"),
        _ => place.to_string(),
    },
    share: |share, interval| format!("{} %, 95 % interval {}", percent(share), span(interval)),
    won_of: |won, all| format!("{won} of {all}"),
    bad_of: |bad, stood| format!("{bad} of {stood}"),
    never_decided: "no decided vote",
    marks: "Mean marks",
    mean: |mean, count| format!("{} ({count})", fixed(mean, 1)),
    first_shown,
    leave_out: "Leave out answers that name their model or maker",
    model: "Model",
    column_won: "Won",
    column_bad: "Bad",
    column_you: "Last voter’s letter",
};

/// A share in whole per cent.
pub fn percent(share: f64) -> String {
    fixed(share * 100.0, 0)
}

fn span(interval: Interval) -> String {
    format!("{} to {} %", percent(interval.low), percent(interval.high))
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn sum(votes: u32, ballots: usize, ties: u32, all_bad: u32) -> String {
    let votes_text = if votes == 1 {
        "1 vote".to_owned()
    } else {
        format!("{votes} votes")
    };
    let ballots = count(ballots, "ballot", "ballots");
    let ties = match ties {
        0 => String::new(),
        1 => ", 1 of them a tie".to_owned(),
        ties => format!(", {ties} of them ties"),
    };
    let all_bad = match all_bad {
        0 => String::new(),
        all_bad => format!(", {all_bad} with all answers bad"),
    };
    format!("{votes_text} on {ballots}{ties}{all_bad}.")
}

fn verdict(pair: &PairTally, name: &dyn Fn(usize) -> String) -> String {
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

fn first_shown(first: FirstShown) -> String {
    format!(
        "The answer that stood first was chosen {} of {} times; by chance it would be about {}.",
        first.chosen,
        first.votes,
        fixed(first.expected, 0)
    )
}

fn note(note: &Note, name: &dyn Fn(usize) -> String) -> String {
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
    use crate::core::ballot::{Fingerprint, interval::wilson};

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
    fn a_ballot_of_another_comparison_is_refused_with_both_numbers() {
        let said = faults::error(&BallotError::OtherComparison {
            own: Fingerprint([1; 6]),
            found: Fingerprint([0xab; 6]),
        });
        assert!(
            said.contains("010101010101") && said.contains("abababababab"),
            "{said}"
        );
    }

    #[test]
    fn what_was_counted_is_said_without_noughts() {
        assert_eq!(sum(1, 1, 0, 0), "1 vote on 1 ballot.");
        assert_eq!(
            sum(9, 3, 1, 2),
            "9 votes on 3 ballots, 1 of them a tie, 2 with all answers bad."
        );
    }
}
