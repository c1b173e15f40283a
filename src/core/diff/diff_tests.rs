//! Round trips, symmetry and shortness for made-up texts, and how a few real
//! ones read.

use super::{
    Change, Diff, Grain, Layout, PathChange, Run, RunKind, Stretch, diff, json_changes, numbered,
    pieces, script, tokens, value_changes, within, word_count,
};
use proptest::prelude::*;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

/// Old and new, put together from the runs.
fn applied(diff: &Diff, old: &str, new: &str) -> (String, String) {
    let mut both = (String::new(), String::new());
    for Run {
        kind,
        old: in_old,
        new: in_new,
    } in &diff.runs
    {
        match kind {
            RunKind::Equal => {
                assert_eq!(old[in_old.clone()], new[in_new.clone()]);
                both.0.push_str(&old[in_old.clone()]);
                both.1.push_str(&old[in_old.clone()]);
            }
            RunKind::Removed => {
                assert!(in_new.is_empty());
                assert_eq!(in_new.start, both.1.len());
                both.0.push_str(&old[in_old.clone()]);
            }
            RunKind::Inserted => {
                assert!(in_old.is_empty());
                assert_eq!(in_old.start, both.0.len());
                both.1.push_str(&new[in_new.clone()]);
            }
        }
    }
    both
}

/// The old text with every change made.
fn changed(changes: &[Change], old: &str, new: &str) -> String {
    let mut text = String::new();
    let mut at = 0;
    for change in changes {
        text.push_str(&old[at..change.old.start]);
        text.push_str(&new[change.new.clone()]);
        at = change.old.end;
    }
    text.push_str(&old[at..]);
    text
}

/// Marks as a reader sees them: `[-gone-]` and `{+new+}`.
fn marked(old: &str, new: &str) -> String {
    let mut text = String::new();
    for run in diff(old, new).runs {
        match run.kind {
            RunKind::Equal => text.push_str(&old[run.old]),
            RunKind::Removed => text.extend(["[-", &old[run.old], "-]"]),
            RunKind::Inserted => text.extend(["{+", &new[run.new], "+}"]),
        }
    }
    text
}

/// Texts of a few words in several scripts, so that much of two is the same.
fn some_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "the",
        "The",
        "cat",
        "sat",
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        ". ",
        ", ",
        "don’t",
        "3.14",
        "हिन्दी",
        "में",
        "क्षत्रिय",
        "👩‍👩‍👧",
        "👍🏽",
        "🇮🇳",
        "e\u{301}",
        "**",
        "```",
        "ไทย",
        "中文",
        "1️⃣",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Any characters, with those that join and combine well represented.
fn any_text() -> impl Strategy<Value = String> {
    let any = prop_oneof![
        3 => prop::char::any(),
        2 => prop::char::range('\u{900}', '\u{dff}'),
        1 => prop::char::range('\u{e00}', '\u{eff}'),
        1 => prop::char::range('\u{600}', '\u{6ff}'),
        1 => prop::char::range('\u{1f1e0}', '\u{1f9ff}'),
        1 => prop::sample::select(vec!['\u{200d}', '\u{fe0f}', '\u{20e3}', '\u{301}', '\r', '\n', ' ', 'a', '1', '\'', '*']),
        1 => prop::char::range('\u{ac00}', '\u{acff}'),
        1 => prop::char::range('\u{1100}', '\u{11ff}'),
        1 => prop::char::range('\u{3040}', '\u{30ff}'),
    ];
    prop::collection::vec(any, 0..24).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #[test]
    fn the_runs_give_back_both_texts(old in some_text(), new in some_text()) {
        let diff = diff(&old, &new);
        prop_assert_eq!(applied(&diff, &old, &new), (old.clone(), new.clone()));
        prop_assert_eq!(changed(&diff.changes, &old, &new), new);
    }

    #[test]
    fn the_runs_give_back_any_texts(old in any_text(), new in any_text()) {
        let diff = diff(&old, &new);
        prop_assert_eq!(applied(&diff, &old, &new), (old.clone(), new.clone()));
    }

    #[test]
    fn exchanging_the_texts_exchanges_the_marks(old in some_text(), new in some_text()) {
        let (there, back) = (diff(&old, &new), diff(&new, &old));
        let turned: Vec<Change> = back
            .changes
            .iter()
            .map(|change| Change { old: change.new.clone(), new: change.old.clone() })
            .collect();
        prop_assert_eq!(&there.changes, &turned);
        prop_assert_eq!(there.words.common, back.words.common);
        prop_assert_eq!(applied(&back, &new, &old), (new.clone(), old.clone()));
    }

    #[test]
    fn the_same_text_twice_has_no_change(text in some_text()) {
        let diff = diff(&text, &text);
        prop_assert!(diff.is_empty());
        prop_assert!(diff.runs.len() <= 1);
    }

    #[test]
    fn no_shorter_script_exists(old in some_text(), new in some_text()) {
        let (old_tokens, new_tokens) = (tokens::words(&old), tokens::words(&new));
        let old_pieces: Vec<&str> = pieces(&old, &old_tokens).collect();
        let new_pieces: Vec<&str> = pieces(&new, &new_tokens).collect();
        let (old_ids, new_ids) = numbered(&old_pieces, &new_pieces);
        let hunks = script::hunks(&old_ids, &new_ids, usize::MAX).unwrap();
        let ours: usize = hunks.iter().map(|hunk| hunk.old.len() + hunk.new.len()).sum();
        // `similar` gives the shortest script unless it is given a deadline.
        let theirs: usize = capture_diff_slices(Algorithm::Myers, &old_pieces, &new_pieces)
            .iter()
            .map(|op| match op {
                DiffOp::Equal { .. } => 0,
                other => other.old_range().len() + other.new_range().len(),
            })
            .sum();
        prop_assert!(ours <= theirs, "{} edits, though {} do", ours, theirs);
        prop_assert_eq!(ours, shortest(&old_ids, &new_ids));
    }

    #[test]
    fn a_change_never_touches_the_next(old in some_text(), new in some_text()) {
        let changes = diff(&old, &new).changes;
        for pair in changes.windows(2) {
            prop_assert!(pair[0].old.end < pair[1].old.start);
            prop_assert!(pair[0].new.end < pair[1].new.start);
        }
    }

    #[test]
    fn no_piece_ends_within_a_sign(text in any_text()) {
        let ends: Vec<usize> = tokens::words(&text).iter().map(tokens::Token::end).collect();
        let bounds: Vec<usize> = text
            .grapheme_indices(true)
            .map(|(at, sign)| at + sign.len())
            .collect();
        for end in ends {
            prop_assert!(bounds.contains(&end), "cut at {} of {:?}", end, text);
        }
    }

    #[test]
    fn the_pieces_are_the_text(text in any_text()) {
        for tokens in [tokens::words(&text), tokens::lines(&text)] {
            prop_assert_eq!(&pieces(&text, &tokens).collect::<String>(), &text);
        }
    }

    #[test]
    fn a_budget_that_is_too_small_gives_lines_that_fit(old in some_text(), new in some_text()) {
        let diff = within(&old, &new, 3);
        prop_assert_eq!(applied(&diff, &old, &new), (old.clone(), new.clone()));
    }
}

/// The length of a shortest script, by the textbook's table.
fn shortest(old: &[u32], new: &[u32]) -> usize {
    let mut row: Vec<usize> = vec![0; new.len() + 1];
    for a in old {
        let mut diagonal = 0;
        for (at, b) in new.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if a == b {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    old.len() + new.len() - 2 * row[new.len()]
}

#[test]
fn a_word_is_replaced_as_a_whole() {
    assert_eq!(
        marked("The quick fox jumps.", "The quick hare jumps."),
        "The quick [-fox-]{+hare+} jumps."
    );
}

#[test]
fn words_of_devanagari_stay_whole() {
    assert_eq!(
        marked("मैं हिन्दी में लिखता हूँ।", "मैं हिन्दी में पढ़ता हूँ।"),
        "मैं हिन्दी में [-लिखता-]{+पढ़ता+} हूँ।"
    );
}

#[test]
fn signs_of_several_characters_stay_whole() {
    assert_eq!(marked("yes 👍🏽 now", "yes 👍🏿 now"), "yes [-👍🏽-]{+👍🏿+} now");
    assert_eq!(marked("to 🇮🇳", "to 🇮🇹"), "to [-🇮🇳-]{+🇮🇹+}");
    assert_eq!(marked("a 👩‍👩‍👧 b", "a 👩‍👩‍👦 b"), "a [-👩‍👩‍👧-]{+👩‍👩‍👦+} b");
}

#[test]
fn scripts_without_spaces_change_sign_by_sign() {
    assert_eq!(marked("我喜欢猫。", "我喜欢狗。"), "我喜欢[-猫-]{+狗+}。");
}

#[test]
fn what_is_kept_by_chance_is_no_confetti() {
    assert_eq!(
        marked(
            "A walrus of the northern seas sleeps.",
            "Every engineer in the capital complains."
        ),
        "[-A walrus of the northern seas sleeps-]{+Every engineer in the capital complains+}."
    );
}

#[test]
fn a_sentence_that_is_kept_stays_unmarked_between_long_changes() {
    let kept = "For numbers of ten digits that is instant";
    assert_eq!(
        marked(
            &format!("{kept}; a probabilistic test is used for hundreds of them."),
            &format!(
                "Half of them are saved by leaving out whatever is even. {kept}. Cryptography needs better."
            )
        ),
        format!(
            "{{+Half of them are saved by leaving out whatever is even. +}}{kept}[-; a probabilistic test is used for hundreds of them-]{{+. Cryptography needs better+}}."
        )
    );
}

#[test]
fn code_and_headings_are_found_where_they_stand() {
    let text = "# One\ntext\n```py\n# two\n~~~\n```\n## Three\n```open";
    let layout = Layout::of(text);
    let of = |range| -> Vec<(&str, Stretch)> {
        let parts = layout.parts(range);
        parts.map(|(range, kind)| (&text[range], kind)).collect()
    };
    assert_eq!(
        of(0..text.len()),
        [
            ("# One\n", Stretch::Heading),
            ("text\n", Stretch::Text),
            ("```py\n# two\n~~~\n```\n", Stretch::Code),
            ("## Three\n", Stretch::Heading),
            ("```open", Stretch::Code),
        ]
    );
    assert_eq!(
        of(2..8),
        [("One\n", Stretch::Text), ("te", Stretch::Text)],
        "a part of a heading is text"
    );
    assert_eq!(of(13..18), [("`py\n#", Stretch::Code)]);
    assert_eq!(of(3..3), []);
}

#[test]
fn a_new_sentence_begins_where_a_reader_begins_it() {
    assert_eq!(
        marked(
            "One is here. Three is here.",
            "One is here. Two is here. Three is here."
        ),
        "One is here. {+Two is here. +}Three is here."
    );
}

#[test]
fn a_new_list_item_is_a_line() {
    assert_eq!(
        marked(
            "- a lot\n- the rest\n",
            "- a lot\n- a lot more\n- the rest\n"
        ),
        "- a lot\n{+- a lot more\n+}- the rest\n"
    );
}

#[test]
fn paragraphs_keep_apart() {
    assert_eq!(
        marked(
            "Alpha beta gamma.\n\nDelta eps.",
            "Zeta eta theta!\n\nIota kappa?"
        ),
        "[-Alpha beta gamma.-]{+Zeta eta theta!+}\n\n[-Delta eps.-]{+Iota kappa?+}"
    );
}

#[test]
fn numbers_and_elisions_are_words() {
    assert_eq!(marked("it’s 3.14", "it’s 3.15"), "it’s [-3.14-]{+3.15+}");
    assert_eq!(word_count("don’t say 3.14 or snake_case, e\u{301}tude!"), 6);
    assert_eq!(word_count(" \n — … "), 0);
}

#[test]
fn common_words_are_those_that_stand_unmarked() {
    let diff = diff("one two three four", "one two five four six");
    assert_eq!(
        (diff.words.old, diff.words.new, diff.words.common),
        (4, 5, 3)
    );
    assert!((diff.words.share().unwrap() - 6.0 / 9.0).abs() < 1e-12);
    assert_eq!(super::diff("", " ").words.share(), None);
}

#[test]
fn long_texts_that_differ_everywhere_are_compared_by_lines() {
    let text = |word: &str| {
        (0..8_000).fold(String::new(), |text, at| {
            text + &format!("{word}{at} {at}{word}\nsame\n")
        })
    };
    let (old, new) = (text("a"), text("b"));
    let diff = diff(&old, &new);
    assert_eq!(diff.grain, Grain::Lines);
    assert_eq!(applied(&diff, &old, &new), (old, new));
}

#[test]
fn answers_that_are_json_differ_by_path() {
    let old = r#"{"name":"A","tags":["x","y"],"gone":1,"deep":{"n":1}}"#;
    let new =
        "```json\n{\"deep\": {\"n\": 2}, \"name\": \"A\", \"tags\": [\"x\"], \"new\": [1]}\n```";
    let change = |path: &str, old: Option<&str>, new: Option<&str>| PathChange {
        path: path.to_owned(),
        old: old.map(str::to_owned),
        new: new.map(str::to_owned),
    };
    assert_eq!(
        json_changes(old, new).unwrap(),
        [
            change("tags[1]", Some("y"), None),
            change("gone", Some("1"), None),
            change("deep.n", Some("1"), Some("2")),
            change("new", None, Some("[1]")),
        ]
    );
}

#[test]
fn a_text_and_a_number_are_not_the_same() {
    let (old, new) = (serde_json::json!({"a": "1"}), serde_json::json!({"a": 1}));
    assert_eq!(value_changes(&old, &new).len(), 1);
    assert_eq!(json_changes("no json", "{}"), None);
    assert_eq!(json_changes("{\"a\":", "{}"), None);
    assert_eq!(json_changes("1", "2"), None);
}
