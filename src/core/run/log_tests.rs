#![expect(
    clippy::float_cmp,
    reason = "whole numbers, and values that must be passed on untouched"
)]

use super::*;
use crate::core::domain::OutputTokens;
use crate::core::run::SegmentKind;
use crate::core::timing::RateGap;
use serde_json::json;

fn start(block: u32, kind: BlockKind) -> StreamEvent {
    StreamEvent::BlockStart { block, kind }
}

fn delta(block: u32, text: &str) -> StreamEvent {
    let text = text.to_owned();
    StreamEvent::Delta { block, text }
}

fn finish(unified: FinishReason, raw: &str) -> StreamEvent {
    let raw = Some(raw.to_owned());
    StreamEvent::Finish(Finish { unified, raw })
}

fn tool(name: &str) -> BlockKind {
    BlockKind::ToolCall {
        id: Some("call_1".to_owned()),
        name: Some(name.to_owned()),
    }
}

/// Sent at 1,000 with headers at 1,100.
fn waiting() -> RunLog {
    let mut log = RunLog::new();
    log.sent(Millis(1000.0), false, false);
    let head = ResponseHead {
        status: 200,
        headers: Vec::new(),
    };
    log.headers(Millis(1100.0), &head);
    log
}

/// Each piece is a chunk with one event; the first at 1,200, 100 ms apart.
fn fed(events: &[StreamEvent]) -> RunLog {
    let mut log = waiting();
    for (i, event) in (0u32..).zip(events) {
        let at = Millis(1200.0 + 100.0 * f64::from(i));
        log.bytes(at, 10);
        log.apply(event, at);
    }
    log
}

#[test]
fn a_request_that_is_sent_again_is_timed_from_there() {
    let mut log = RunLog::new();
    log.sent(Millis(100.0), true, false);
    log.sent_again(Millis(400.0), false);
    log.headers(Millis(450.0), &ResponseHead::default());
    let metrics = log.metrics();
    assert_eq!(metrics.headers_ms, Some(50.0));
    assert!(
        !log.timeline().first_call(),
        "the first call paid for the preflight"
    );
    let before = log.clone();
    log.sent_again(Millis(500.0), false);
    assert_eq!(log, before, "not once the reply began");
}

#[test]
fn a_whole_run_goes_through_every_phase() {
    let mut log = RunLog::new();
    let mut seen = vec![log.phase().as_str()];
    let mut note = |log: &RunLog, change: Change| {
        assert!(change.contains(Change::PHASE));
        seen.push(log.phase().as_str());
    };
    let change = log.queued();
    note(&log, change);
    let change = log.sent(Millis(0.0), true, false);
    note(&log, change);
    let change = log.headers(Millis(1.0), &ResponseHead::default());
    note(&log, change);
    let change = log.apply(&start(0, BlockKind::Thinking), Millis(2.0));
    note(&log, change);
    let change = log.apply(&delta(1, "Hi"), Millis(3.0));
    note(&log, change);
    log.apply(&finish(FinishReason::Stop, "stop"), Millis(4.0));
    let change = log.end(Millis(5.0));
    note(&log, change);
    let expected = [
        "idle",
        "queued",
        "connecting",
        "waiting",
        "thinking",
        "answering",
        "done",
    ];
    assert_eq!(seen, expected);
    assert!(log.was_queued());
    assert!(log.timeline().first_call());
}

#[test]
fn changes_name_only_what_changed() {
    let mut log = waiting();
    let first = log.apply(&delta(0, "a"), Millis(1200.0));
    assert_eq!(first, Change::ANSWER | Change::PHASE | Change::FACTS);
    let second = log.apply(&delta(0, "b"), Millis(1300.0));
    assert_eq!(second, Change::ANSWER);
    let end = log.apply(&StreamEvent::BlockEnd { block: 0 }, Millis(1300.0));
    assert!(end.is_empty());
}

#[test]
fn blocks_of_one_kind_are_joined_by_a_blank_line() {
    let log = fed(&[
        start(0, BlockKind::Thinking),
        delta(0, "first "),
        delta(0, "thought"),
        start(1, BlockKind::Text),
        delta(1, "one"),
        start(2, BlockKind::Thinking),
        delta(2, "second"),
        start(3, BlockKind::Text),
        delta(3, "two"),
        start(4, BlockKind::Refusal),
        delta(4, "no more"),
    ]);
    assert_eq!(log.answer(), "one\n\ntwo\n\nno more");
    assert_eq!(log.thinking(), "first thought\n\nsecond");
    assert_eq!(log.answer_since("one".len()), "\n\ntwo\n\nno more");
    assert_eq!(log.thinking_since(9_999), "");
    let texts: Vec<_> = log.blocks().iter().map(|block| &*block.text).collect();
    assert_eq!(texts, ["first thought", "one", "second", "two", "no more"]);
}

#[test]
fn one_text_block_around_a_thinking_block_is_not_cut() {
    let log = fed(&[
        start(0, BlockKind::Text),
        delta(0, "sen"),
        start(1, BlockKind::Thinking),
        delta(1, "hm"),
        delta(0, "tence"),
    ]);
    assert_eq!(log.answer(), "sentence");
}

#[test]
fn a_block_without_text_adds_no_blank_line() {
    let log = fed(&[
        start(0, BlockKind::Text),
        start(1, BlockKind::Text),
        delta(1, "only"),
    ]);
    assert_eq!(log.answer(), "only");
}

#[test]
fn text_of_a_block_that_never_opened_is_kept() {
    assert_eq!(fed(&[delta(7, "stray")]).answer(), "stray");
}

#[test]
fn tool_calls_are_gathered_and_count_as_answer() {
    let mut log = fed(&[
        start(0, tool("weather")),
        delta(0, "{\"city\":"),
        delta(0, "\"Pune\"}"),
        finish(FinishReason::ToolCalls, "tool_use"),
    ]);
    assert_eq!(log.phase(), Phase::Answering);
    log.end(Millis(2000.0));
    assert_eq!(log.phase(), Phase::Done);
    let calls: Vec<_> = log.tool_calls().collect();
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].name, Some("weather"));
    assert_eq!(calls[0].id, Some("call_1"));
    assert_eq!(calls[0].arguments, "{\"city\":\"Pune\"}");
    assert_eq!(log.metrics().ttfa_ms, Some(200.0));
    assert_eq!(log.timeline().since_sent(Mark::LastAnswer), Some(400.0));
    assert_eq!(log.answer(), "");
}

#[test]
fn silent_thinking_is_a_phase_but_no_token() {
    let mut log = fed(&[start(0, BlockKind::Thinking)]);
    assert_eq!(log.phase(), Phase::Thinking);
    assert_eq!(log.metrics().ttft_ms, None);
    assert_eq!(log.thinking_ms(Millis(1700.0)), Some(500.0));
    log.apply(&delta(1, "Hi"), Millis(2000.0));
    assert_eq!(log.phase(), Phase::Answering);
    assert_eq!(log.metrics().ttft_ms, Some(1000.0));
    assert_eq!(log.thinking_ms(Millis(9999.0)), Some(800.0));
}

#[test]
fn thinking_after_the_answer_began_does_not_move_the_phase_back() {
    let log = fed(&[delta(0, "a"), start(1, BlockKind::Thinking), delta(1, "b")]);
    assert_eq!(log.phase(), Phase::Answering);
    assert_eq!(log.thinking(), "b");
    assert_eq!(log.thinking_ms(Millis(5000.0)), None);
}

#[test]
fn endings_by_finish_reason() {
    for (reason, phase) in [
        (FinishReason::Stop, Phase::Done),
        (FinishReason::Length, Phase::Done),
        (FinishReason::Refusal, Phase::Done),
        (FinishReason::ToolCalls, Phase::Done),
        (FinishReason::Other, Phase::Done),
        (FinishReason::ContentFilter, Phase::Failed),
    ] {
        let mut log = fed(&[delta(0, "text"), finish(reason, "raw")]);
        assert_eq!(log.phase(), Phase::Answering, "{reason:?}");
        log.end(Millis(2000.0));
        assert_eq!(log.phase(), phase, "{reason:?}");
        assert_eq!(log.finish().map(|f| f.unified), Some(reason));
        assert_eq!(log.failure().is_some(), phase == Phase::Failed);
        assert_eq!(log.answer(), "text");
    }
}

#[test]
fn a_filtered_prompt_fails_with_the_providers_word() {
    let mut log = fed(&[finish(FinishReason::ContentFilter, "PROHIBITED_CONTENT")]);
    log.end(Millis(2000.0));
    let failure = log.failure().unwrap();
    assert_eq!(failure.kind, FailureKind::ContentFilter);
    assert_eq!(failure.code.as_deref(), Some("PROHIBITED_CONTENT"));
}

#[test]
fn an_end_without_terminal_event_is_truncated_and_keeps_the_text() {
    let mut log = fed(&[delta(0, "half a sen")]);
    log.end(Millis(2000.0));
    assert_eq!(log.phase(), Phase::Failed);
    assert_eq!(log.failure().unwrap().kind, FailureKind::Truncated);
    assert_eq!(log.answer(), "half a sen");
    assert_eq!(log.finish(), None);
}

#[test]
fn an_end_without_any_byte_is_an_empty_body() {
    let mut log = waiting();
    log.end(Millis(2000.0));
    let empty = FailureKind::Protocol(ProtocolFault::Empty);
    assert_eq!(log.failure().unwrap().kind, empty);
}

#[test]
fn an_error_event_ends_the_run_and_keeps_the_text() {
    let overloaded = Failure::new(FailureKind::Overloaded).with_detail("busy");
    let mut log = fed(&[delta(0, "so far"), StreamEvent::Error(overloaded.clone())]);
    assert_eq!(log.phase(), Phase::Failed);
    assert_eq!(log.failure(), Some(&overloaded));
    assert_eq!(log.metrics().total_ms, Some(300.0));
    let before = log.clone();
    assert!(log.apply(&delta(0, " more"), Millis(1400.0)).is_empty());
    assert!(log.bytes(Millis(1400.0), 10).is_empty());
    assert!(log.end(Millis(1500.0)).is_empty());
    assert!(log.stop(Millis(1500.0)).is_empty());
    assert!(log.note_hidden().is_empty());
    let late = Failure::new(FailureKind::Timeout);
    assert!(log.fail(late, Millis(1500.0)).is_empty());
    assert_eq!(log, before);
    assert_eq!(log.answer(), "so far");
}

#[test]
fn stop_keeps_the_text_and_gives_a_total_but_no_rate() {
    let mut log = fed(&[delta(0, "a"), delta(0, "b")]);
    assert!(log.stop(Millis(1500.0)).contains(Change::PHASE));
    assert_eq!(log.phase(), Phase::Stopped);
    assert_eq!(log.usable_answer(), Some("ab"));
    assert_eq!(log.metrics().total_ms, Some(500.0));
    assert_eq!(log.metrics().rate, Err(RateGap::NotFinished));
}

#[test]
fn stop_of_a_queued_run_leaves_no_time() {
    let mut log = RunLog::new();
    assert!(log.stop(Millis(1.0)).is_empty());
    assert_eq!(log.phase(), Phase::Idle);
    log.queued();
    log.stop(Millis(2.0));
    assert_eq!(log.phase(), Phase::Stopped);
    assert_eq!(log.metrics().total_ms, None);
    assert!(log.sent(Millis(3.0), false, false).is_empty());
}

#[test]
fn a_run_can_fail_before_it_is_sent() {
    let mut log = RunLog::new();
    log.fail(Failure::new(FailureKind::Auth), Millis(5.0));
    assert_eq!(log.phase(), Phase::Failed);
    assert_eq!(log.metrics().total_ms, None);
    assert!(log.segments(Millis(9.0)).is_empty());
}

#[test]
fn after_the_terminal_event_stop_and_failure_are_only_the_end() {
    let whole = [delta(0, "all"), finish(FinishReason::Stop, "stop")];
    let mut log = fed(&whole);
    log.stop(Millis(5000.0));
    assert_eq!(log.phase(), Phase::Done);
    assert_eq!(log.metrics().total_ms, Some(300.0));
    let mut log = fed(&whole);
    log.fail(Failure::new(FailureKind::Timeout), Millis(5000.0));
    assert_eq!(log.phase(), Phase::Done);
    assert_eq!(log.failure(), None);
    assert_eq!(log.warnings().len(), 1);
}

#[test]
fn our_own_waiting_is_no_part_of_the_total() {
    let mut log = fed(&[delta(0, "all"), finish(FinishReason::Stop, "stop")]);
    log.end_at_last_byte(Millis(9000.0));
    assert_eq!(log.metrics().total_ms, Some(300.0));
}

#[test]
fn later_facts_replace_earlier_ones_and_silence_replaces_nothing() {
    let meta = |id: Option<&str>, model: Option<&str>| {
        StreamEvent::Meta(ResponseMeta {
            id: id.map(str::to_owned),
            model: model.map(str::to_owned),
            service_tier: None,
        })
    };
    let usage = |total| {
        StreamEvent::Usage(Usage {
            output: OutputTokens {
                total,
                ..OutputTokens::default()
            },
            ..Usage::default()
        })
    };
    let extra = |n: u32| StreamEvent::Extra {
        name: "timings".to_owned(),
        value: json!({ "predicted_n": n }),
    };
    let log = fed(&[
        meta(Some("r1"), Some("m")),
        meta(None, Some("m-2026")),
        usage(Some(1)),
        usage(Some(9)),
        extra(1),
        extra(2),
        finish(FinishReason::Length, "length"),
        finish(FinishReason::Stop, "stop"),
    ]);
    assert_eq!(log.meta().id.as_deref(), Some("r1"));
    assert_eq!(log.meta().model.as_deref(), Some("m-2026"));
    assert_eq!(log.usage().unwrap().output.total, Some(9));
    let last = ("timings".to_owned(), json!({ "predicted_n": 2 }));
    assert_eq!(log.extras(), [last]);
    assert_eq!(log.upstream(), None);
    assert_eq!(log.finish().unwrap().unified, FinishReason::Length);
}

#[test]
fn a_router_names_the_provider_that_answered() {
    let upstream = |value| {
        let name = "provider".to_owned();
        let log = fed(&[StreamEvent::Extra { name, value }]);
        log.upstream().map(str::to_owned)
    };
    assert_eq!(upstream(json!("Google")).as_deref(), Some("Google"));
    assert_eq!(upstream(json!({ "name": "Google" })), None);
}

#[test]
fn warnings_do_not_end_the_run_and_do_not_pile_up() {
    let garbage = FailureKind::Protocol(ProtocolFault::Garbage);
    let warning = StreamEvent::Warning(Failure::new(garbage));
    let log = fed(&vec![warning; MAX_WARNINGS + 8]);
    assert!(log.phase().is_running());
    assert_eq!(log.warnings().len(), MAX_WARNINGS);
    assert_eq!(log.warning_count(), 40);
}

#[test]
fn events_before_sent_are_ignored() {
    let mut log = RunLog::new();
    assert!(log.apply(&delta(0, "early"), Millis(0.0)).is_empty());
    assert_eq!(log, RunLog::new());
}

#[test]
fn the_bar_shows_what_was_waited_for() {
    let mut log = fed(&[start(0, BlockKind::Thinking), delta(0, "hm"), delta(1, "a")]);
    log.stop(Millis(2000.0));
    let parts: Vec<_> = log
        .segments(Millis(9999.0))
        .iter()
        .map(|part| (part.kind, part.from_ms, part.to_ms))
        .collect();
    let expected = [
        (SegmentKind::Headers, 0.0, 100.0),
        (SegmentKind::Waiting, 100.0, 200.0),
        (SegmentKind::Thinking, 200.0, 400.0),
        (SegmentKind::Answering, 400.0, 1000.0),
    ];
    assert_eq!(parts, expected);
}

#[test]
fn the_bar_grows_with_the_clock_while_waiting() {
    let mut log = RunLog::new();
    log.sent(Millis(1000.0), false, false);
    let parts = log.segments(Millis(1250.0));
    assert_eq!(parts.len(), 1);
    assert_eq!(parts[0].kind, SegmentKind::Headers);
    assert_eq!(parts[0].to_ms, 250.0);
}

#[test]
fn thinking_that_is_only_reported_stays_waiting() {
    let usage = StreamEvent::Usage(Usage {
        output: OutputTokens {
            total: Some(100),
            text: Some(10),
            thinking: Some(90),
        },
        ..Usage::default()
    });
    let log = fed(&[delta(0, "a"), usage]);
    let kinds: Vec<_> = log
        .segments(Millis(1300.0))
        .iter()
        .map(|p| p.kind)
        .collect();
    let expected = [
        SegmentKind::Headers,
        SegmentKind::Waiting,
        SegmentKind::Answering,
    ];
    assert_eq!(kinds, expected);
}

#[test]
fn frame_counts_are_those_last_noted() {
    let mut log = waiting();
    let frames = FrameCounts {
        known: 3,
        unknown: 2,
        corrupt: 1,
    };
    log.note_frames(frames);
    assert_eq!(log.frames(), frames);
}

#[test]
fn a_filtered_answer_says_what_the_filter_objected_to() {
    let found = serde_json::json!({
        "hate": { "filtered": false, "severity": "safe" },
        "violence": { "filtered": true, "severity": "medium" },
    });
    let extra = |name: &str, value| StreamEvent::Extra {
        name: name.to_owned(),
        value,
    };
    for (event, expected) in [
        (
            extra("content_filter_results", found),
            Some("violence: medium"),
        ),
        (
            extra("finishMessage", "Too close to a text.".into()),
            Some("Too close to a text."),
        ),
        (extra("timings", serde_json::json!({})), None),
    ] {
        let mut log = fed(&[event, finish(FinishReason::ContentFilter, "content_filter")]);
        log.end(Millis(9000.0));
        assert_eq!(log.failure().unwrap().detail.as_deref(), expected);
    }
}

#[test]
fn what_the_server_says_of_its_clock_stays_apart_from_ours() {
    let timing = |generation| ServerTiming {
        source: "timings".into(),
        generation: Some(generation),
        ..ServerTiming::default()
    };
    let mut log = fed(&[StreamEvent::ServerTiming(timing(1.0))]);
    let ours = log.metrics();
    log.apply(&StreamEvent::ServerTiming(timing(2.0)), Millis(1200.0));
    assert_eq!(log.metrics(), ours, "no figure of ours changes");
    assert_eq!(
        log.server_timing().unwrap().generation,
        Some(2.0),
        "the last one counts"
    );
}
