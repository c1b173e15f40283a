//! Cohere's events and Ollama's lines.

use super::*;

const HALF: &str = r#"{"model":"q","message":{"content":"Rain"},"done":false}"#;
const DONE_LINE: &str =
    r#"{"model":"q","message":{"content":""},"done":true,"done_reason":"stop"}"#;

// 3
#[test]
fn the_last_line_counts_without_its_line_feed() {
    for end in ["", "\n", "\r\n", "\n\n"] {
        let body = format!("{HALF}\n{DONE_LINE}{end}");
        for size in [1, 7, 4096] {
            let (events, counts) = decode(OLLAMA, body.as_bytes().chunks(size));
            assert_promises(&events, &body);
            assert_eq!(text(&events), "Rain");
            assert_eq!(unified(&events), Some(FinishReason::Stop));
            assert_eq!((counts.known, counts.corrupt), (2, 0));
        }
    }
}

/// The first token's time is a figure, so it may not wait for the second.
#[test]
fn a_line_is_told_as_soon_as_it_has_ended() {
    let mut decoder = StreamDecoder::new(OLLAMA);
    let mut events = Vec::new();
    decoder.push(HALF.as_bytes(), &mut events);
    assert_eq!(events, [], "it may go on");
    decoder.push(b"\n", &mut events);
    assert_eq!(text(&events), "Rain");
    assert_eq!(decoder.progress(), Progress::Open);
    decoder.push(format!("{DONE_LINE}\n").as_bytes(), &mut events);
    assert_eq!(decoder.progress(), Progress::Complete);
}

// 8, 21
#[test]
fn an_error_line_ends_the_answer_and_the_text_stays() {
    let error = r#"{"error":"llama runner process has terminated"}"#;
    let late = decode_all(OLLAMA, format!("{HALF}\n{error}\n"));
    assert_promises(&late, error);
    assert_eq!(text(&late), "Rain");
    assert_eq!(kind(&late), Some(FailureKind::Server));
    let first = decode_all(OLLAMA, error);
    assert_eq!(kind(&first), Some(FailureKind::Server));
}

// 7
#[test]
fn lines_after_the_last_one_are_ignored() {
    let body = format!("{DONE_LINE}\n{HALF}\n");
    let events = decode_all(OLLAMA, body);
    assert_eq!(text(&events), "");
    assert_eq!(unified(&events), Some(FinishReason::Stop));
}

// 15
#[test]
fn lines_that_stop_coming_are_a_truncated_answer() {
    for tail in ["", "\n", "\n{\"model\":\"q\",\"mess"] {
        let events = decode_all(OLLAMA, format!("{HALF}{tail}"));
        assert_eq!(kind(&events), Some(FailureKind::Truncated), "{tail:?}");
        assert_eq!(text(&events), "Rain");
    }
}

// 23
#[test]
fn counts_that_ollama_leaves_out_stay_unknown() {
    let done = r#"{"model":"q","message":{"content":""},"done":true,"done_reason":"stop","eval_count":9,"eval_duration":3000000000}"#;
    let events = decode_all(OLLAMA, format!("{HALF}\n{done}"));
    let usage = events.iter().find_map(|event| match event {
        StreamEvent::Usage(usage) => Some((usage.input.total, usage.output.total)),
        _ => None,
    });
    assert_eq!(usage, Some((None, Some(9))));
    let timing = events.iter().find_map(|event| match event {
        StreamEvent::ServerTiming(timing) => Some(timing.clone()),
        _ => None,
    });
    let timing = timing.expect("a timing");
    assert_eq!((timing.load, timing.generation), (None, Some(3_000.0)));
    assert_eq!(timing.speed(Some(9)), Some(3.0));
}

// 9, 10
#[test]
fn one_reply_that_is_whole_and_a_page_are_told_apart() {
    let whole = r#"{"model":"q","message":{"content":"Rain","thinking":"Hm"},"done":true,"done_reason":"stop"}"#;
    let events = decode_all(OLLAMA, whole);
    assert_eq!(
        (text(&events), thinking(&events)),
        ("Rain".into(), "Hm".into())
    );
    let page = decode_all(OLLAMA, "<html><title>Login</title></html>");
    assert_eq!(kind(&page), Some(fault(ProtocolFault::Html)));
}

// 4, 6
#[test]
fn cohere_names_its_events_twice_or_once_and_needs_no_done() {
    let frames = [
        json!({"type": "message-start", "id": "m"}),
        json!({"type": "content-start", "index": 0, "delta": {"message": {"content": {"type": "text", "text": ""}}}}),
        json!({"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "Rain"}}}}),
        json!({"type": "message-end", "delta": {"finish_reason": "COMPLETE"}}),
    ];
    let typed = stream(frames.iter().map(ToString::to_string));
    let named = |frame: &serde_json::Value| {
        let mut frame = frame.clone();
        let name = frame
            .as_object_mut()
            .and_then(|fields| fields.remove("type"))
            .unwrap_or_default();
        let name = name.as_str().unwrap_or_default();
        format!("event:{name}\ndata:{frame}\n\n")
    };
    let named = frames.iter().map(named).collect::<Vec<_>>().concat();
    for body in [typed.clone(), named, typed + DONE] {
        let events = decode_all(COHERE, &body);
        assert_promises(&events, &body);
        assert_eq!(text(&events), "Rain", "{body}");
        assert_eq!(unified(&events), Some(FinishReason::Stop));
    }
}

// 16
#[test]
fn coheres_finish_reasons_are_understood_and_kept() {
    use FinishReason::{ContentFilter, Length, Other, Stop, ToolCalls};
    let end = |raw: &str| {
        let end = json!({"type": "message-end", "delta": {"finish_reason": raw}});
        decode_all(COHERE, stream([end.to_string()]))
    };
    for (raw, expected) in [
        ("COMPLETE", Stop),
        ("STOP_SEQUENCE", Stop),
        ("MAX_TOKENS", Length),
        ("TOOL_CALL", ToolCalls),
        ("ERROR_TOXIC", ContentFilter),
        ("USER_CANCEL", Other),
    ] {
        let finish = finish_of(&end(raw)).expect("a finish");
        assert_eq!(
            (finish.unified, finish.raw.as_deref()),
            (expected, Some(raw))
        );
    }
    for raw in ["ERROR", "TIMEOUT"] {
        let failure = error_of(&end(raw)).expect("a failure");
        assert_eq!(failure.kind, FailureKind::Server);
        assert_eq!(failure.code.as_deref(), Some(raw));
    }
}

// 24
#[test]
fn events_that_cohere_may_add_are_ignored_and_counted() {
    let body = stream([
        r#"{"type":"debug","prompt":"…"}"#,
        r#"{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"a"},"new":1}}}"#,
        r#"{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}"#,
    ]);
    let (events, counts) = decode(COHERE, [body.as_bytes()]);
    assert_eq!((counts.known, counts.unknown), (2, 1));
    assert_eq!(text(&events), "a");
}
