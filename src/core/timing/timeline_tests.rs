use super::*;

fn sent_at_100() -> Timeline {
    let mut line = Timeline::new();
    line.sent(Millis(100.0), false, false);
    line
}

#[test]
fn marks_are_counted_from_sent() {
    let mut line = sent_at_100();
    line.headers(Millis(150.0));
    line.chunk(Millis(160.0), 10);
    line.token(TokenKind::Thinking, 3, Millis(160.0));
    line.chunk(Millis(170.0), 10);
    line.token(TokenKind::Answer, 3, Millis(170.0));
    line.end(Millis(180.0));
    assert_eq!(line.since_sent(Mark::Sent), Some(0.0));
    assert_eq!(line.since_sent(Mark::Headers), Some(50.0));
    assert_eq!(line.since_sent(Mark::FirstByte), Some(60.0));
    assert_eq!(line.since_sent(Mark::FirstThinking), Some(60.0));
    assert_eq!(line.since_sent(Mark::FirstToken), Some(60.0));
    assert_eq!(line.since_sent(Mark::FirstAnswer), Some(70.0));
    assert_eq!(line.since_sent(Mark::LastByte), Some(70.0));
    assert_eq!(line.since_sent(Mark::End), Some(80.0));
}

#[test]
fn firsts_are_set_once_and_lasts_move() {
    let mut line = sent_at_100();
    line.headers(Millis(110.0));
    line.headers(Millis(120.0));
    for at in [130.0, 140.0, 150.0] {
        line.chunk(Millis(at), 1);
        line.token(TokenKind::Answer, 1, Millis(at));
    }
    assert_eq!(line.at(Mark::Headers), Some(Millis(110.0)));
    assert_eq!(line.at(Mark::FirstAnswer), Some(Millis(130.0)));
    assert_eq!(line.at(Mark::LastAnswer), Some(Millis(150.0)));
    assert_eq!(line.at(Mark::LastToken), Some(Millis(150.0)));
}

#[test]
fn time_never_runs_backwards() {
    let mut line = sent_at_100();
    line.chunk(Millis(200.0), 1);
    line.token(TokenKind::Answer, 1, Millis(200.0));
    line.token(TokenKind::Answer, 1, Millis(150.0));
    line.end(Millis(f64::NAN));
    assert_eq!(line.at(Mark::LastAnswer), Some(Millis(200.0)));
    assert_eq!(line.at(Mark::End), Some(Millis(200.0)));
}

#[test]
fn a_thinking_block_without_text_is_no_token() {
    let mut line = sent_at_100();
    line.thinking_opened(Millis(120.0));
    assert_eq!(line.since_sent(Mark::ThinkingOpened), Some(20.0));
    assert_eq!(line.at(Mark::FirstThinking), None);
    assert_eq!(line.at(Mark::FirstToken), None);
}

#[test]
fn text_without_characters_is_no_token() {
    let mut line = sent_at_100();
    line.token(TokenKind::Answer, 0, Millis(120.0));
    assert_eq!(line.at(Mark::FirstToken), None);
}

#[test]
fn first_chunk_share_counts_chunks_and_not_clock_ticks() {
    let mut line = sent_at_100();
    line.chunk(Millis(110.0), 5);
    line.chunk(Millis(120.0), 5);
    line.token(TokenKind::Thinking, 2, Millis(120.0));
    line.token(TokenKind::Answer, 3, Millis(120.0));
    // A coarse clock gives the next chunk the same time.
    line.chunk(Millis(120.0), 5);
    line.token(TokenKind::Answer, 7, Millis(120.0));
    assert_eq!(line.first_chunk_chars(), 5);
    assert_eq!(line.total_chars(), 12);
    assert_eq!(line.chunks(), 3);
    assert_eq!(line.bytes(), 15);
}

#[test]
fn nothing_is_marked_before_sent_or_after_the_end() {
    let mut line = Timeline::new();
    line.headers(Millis(1.0));
    line.chunk(Millis(2.0), 1);
    line.token(TokenKind::Answer, 1, Millis(2.0));
    line.note_hidden();
    assert_eq!(line, Timeline::new());
    line.sent(Millis(3.0), true, false);
    line.end(Millis(4.0));
    let ended = line.clone();
    line.chunk(Millis(5.0), 1);
    line.token(TokenKind::Answer, 1, Millis(5.0));
    line.note_hidden();
    line.end(Millis(6.0));
    line.sent(Millis(7.0), false, true);
    assert_eq!(line, ended);
    assert!(line.first_call());
    assert!(!line.hidden());
}

#[test]
fn elapsed_runs_until_the_end_and_then_stands() {
    let mut line = Timeline::new();
    assert_eq!(line.elapsed(Millis(5.0)), None);
    line.sent(Millis(100.0), false, false);
    assert_eq!(line.elapsed(Millis(130.0)), Some(30.0));
    assert_eq!(line.elapsed(Millis(90.0)), Some(0.0));
    line.end(Millis(140.0));
    assert_eq!(line.elapsed(Millis(900.0)), Some(40.0));
}

#[test]
fn hidden_is_remembered_from_either_side() {
    let mut line = Timeline::new();
    line.sent(Millis(0.0), false, true);
    assert!(line.hidden());
    let mut line = sent_at_100();
    assert!(!line.hidden());
    line.note_hidden();
    assert!(line.hidden());
}

#[test]
fn mark_names_are_distinct_and_stand_at_their_own_place() {
    for (place, mark) in Mark::ALL.into_iter().enumerate() {
        assert_eq!(mark as usize, place);
        let same = Mark::ALL
            .iter()
            .filter(|other| other.as_str() == mark.as_str());
        assert_eq!(same.count(), 1);
    }
}
