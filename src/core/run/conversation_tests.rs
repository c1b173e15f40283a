use super::*;
use crate::core::domain::{Failure, FailureKind, Millis};
use crate::core::wire::StreamEvent;

fn turn(prompt: &str, answer: Option<&str>) -> (Message, Option<String>) {
    (Message::user(prompt), answer.map(str::to_owned))
}

fn ended_with(text: &str) -> RunLog {
    let mut log = RunLog::new();
    log.sent(Millis(0.0), false, false);
    let text = text.to_owned();
    log.apply(&StreamEvent::Delta { block: 0, text }, Millis(1.0));
    log.stop(Millis(2.0));
    log
}

#[test]
fn prefix_turns_and_prompt_stand_in_order() {
    let prefix = [Message::user("example"), Message::assistant("shown")];
    let turns = vec![turn("one", Some("1")), turn("two", Some("2"))];
    let (messages, left_out) = history(&prefix, turns, Message::user("three"));
    let expected = [
        Message::user("example"),
        Message::assistant("shown"),
        Message::user("one"),
        Message::assistant("1"),
        Message::user("two"),
        Message::assistant("2"),
        Message::user("three"),
    ];
    assert_eq!(messages, expected);
    assert_eq!(left_out, 0);
}

#[test]
fn turns_without_readable_answer_are_left_out_and_counted() {
    let turns = vec![
        turn("one", None),
        turn("two", Some("2")),
        turn("three", Some(" \n")),
    ];
    let (messages, left_out) = history(&[], turns, Message::user("four"));
    let expected = [
        Message::user("two"),
        Message::assistant("2"),
        Message::user("four"),
    ];
    assert_eq!(messages, expected);
    assert_eq!(left_out, 2);
}

#[test]
fn the_first_turn_is_the_prompt_alone() {
    assert_eq!(
        history(&[], vec![], Message::user("hello")),
        (vec![Message::user("hello")], 0)
    );
}

#[test]
fn the_last_run_with_text_is_the_answer() {
    let mut failed = RunLog::new();
    failed.fail(Failure::new(FailureKind::Auth), Millis(0.0));
    let runs = [ended_with("old"), ended_with("new"), failed];
    assert_eq!(latest_answer(&runs), Some("new"));
    assert_eq!(latest_answer(&runs[2..]), None);
}

#[test]
fn a_run_under_way_is_no_answer_yet() {
    let mut running = RunLog::new();
    running.sent(Millis(0.0), false, false);
    let text = "half".to_owned();
    running.apply(&StreamEvent::Delta { block: 0, text }, Millis(1.0));
    assert_eq!(running.usable_answer(), None);
    assert_eq!(latest_answer([&running]), None);
}
