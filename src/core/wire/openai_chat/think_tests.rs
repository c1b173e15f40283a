use super::{Piece, ThinkTags};

/// Thinking and text, the same for every cut into two and for single characters.
fn split(text: &str) -> (String, String) {
    let run = |pieces: &[&str]| {
        let (mut tags, mut out) = (ThinkTags::default(), Vec::new());
        for piece in pieces {
            tags.push((*piece).to_owned(), &mut out);
        }
        tags.finish(&mut out);
        let (mut thinking, mut answer) = (String::new(), String::new());
        for piece in out {
            match piece {
                Piece::Thinking(text) => thinking += &text,
                Piece::Text(text) => answer += &text,
            }
        }
        (thinking, answer)
    };
    let whole = run(&[text]);
    for (at, _) in text.char_indices() {
        assert_eq!(run(&[&text[..at], &text[at..]]), whole, "cut at {at}");
    }
    let single: Vec<&str> = text.split("").filter(|piece| !piece.is_empty()).collect();
    assert_eq!(run(&single), whole);
    whole
}

fn pair(thinking: &str, text: &str) -> (String, String) {
    (thinking.to_owned(), text.to_owned())
}

#[test]
fn an_answer_that_begins_with_the_tag_is_taken_apart() {
    assert_eq!(split("<think>a < b</think>c"), pair("a < b", "c"));
    assert_eq!(
        split("\n<think>\nä</thin k></think>\n\nö"),
        pair("ä</thin k>", "ö")
    );
    assert_eq!(split("<think>\n\n</think>\n\nDirect."), pair("", "Direct."));
}

#[test]
fn thinking_that_never_closes_is_thinking() {
    assert_eq!(split("<think>and so on </thi"), pair("and so on </thi", ""));
}

#[test]
fn other_answers_stay_as_they_are() {
    for text in [
        "plain",
        "<thing>",
        " \n<b>x</b>",
        "<thi",
        "use <think>tags</think>",
        "no opening</think>answer",
        "  ",
    ] {
        assert_eq!(split(text), pair("", text));
    }
}

#[test]
fn only_the_first_pair_of_tags_counts() {
    assert_eq!(
        split("<think>a</think>b<think>c</think>"),
        pair("a", "b<think>c</think>")
    );
}
