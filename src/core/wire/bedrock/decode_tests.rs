use super::*;
use crate::core::domain::FailureKind;
use serde_json::json;

fn frame(event: &str, data: &Value) -> Frame {
    Frame {
        event: event.to_owned(),
        data: data.to_string(),
    }
}

fn feed(decoder: &mut ConverseDecoder, event: &str, data: &Value) -> (Triage, Vec<StreamEvent>) {
    let mut out = Vec::new();
    let triage = decoder.frame(&frame(event, data), &mut out);
    (triage, out)
}

fn text(at: u64, text: &str) -> Value {
    json!({ "contentBlockIndex": at, "delta": { "text": text }, "p": "abcdef" })
}

#[test]
fn text_needs_no_announcement() {
    let mut decoder = ConverseDecoder::default();
    let (triage, out) = feed(&mut decoder, "contentBlockDelta", &text(0, "Hi"));
    assert_eq!(triage, Triage::Known);
    let kind = BlockKind::Text;
    let (block, hi) = (0, "Hi".to_owned());
    assert_eq!(
        out,
        [
            StreamEvent::BlockStart { block, kind },
            StreamEvent::Delta { block, text: hi }
        ]
    );
}

#[test]
fn an_announcement_of_text_opens_nothing_by_itself() {
    let mut decoder = ConverseDecoder::default();
    for start in [json!({}), json!({ "text": "" }), Value::Null] {
        let data = json!({ "contentBlockIndex": 0, "start": start });
        assert_eq!(
            feed(&mut decoder, "contentBlockStart", &data),
            (Triage::Known, vec![])
        );
    }
    let odd = json!({ "contentBlockIndex": 0, "start": { "image": {} } });
    assert_eq!(
        feed(&mut decoder, "contentBlockStart", &odd),
        (Triage::Unknown, vec![])
    );
}

#[test]
fn the_response_is_complete_only_once_the_metadata_came() {
    let mut decoder = ConverseDecoder::default();
    assert_eq!(decoder.progress(), Progress::Open);
    feed(
        &mut decoder,
        "messageStop",
        &json!({ "stopReason": "end_turn" }),
    );
    assert_eq!(decoder.progress(), Progress::Settling);
    let usage = json!({ "usage": { "inputTokens": 1, "outputTokens": 2 } });
    feed(&mut decoder, "metadata", &usage);
    assert_eq!(decoder.progress(), Progress::Complete);
}

#[test]
fn thinking_whose_text_is_withheld_is_an_empty_block() {
    for content in [
        json!({ "redactedContent": "AAAA" }),
        json!({ "signature": "x" }),
    ] {
        let mut decoder = ConverseDecoder::default();
        let data = json!({ "contentBlockIndex": 0, "delta": { "reasoningContent": content } });
        let (triage, out) = feed(&mut decoder, "contentBlockDelta", &data);
        let kind = BlockKind::Thinking;
        assert_eq!(triage, Triage::Known);
        assert_eq!(out, [StreamEvent::BlockStart { block: 0, kind }]);
    }
}

#[test]
fn an_exception_ends_the_response_with_its_own_kind() {
    let cases = [
        ("throttlingException", FailureKind::RateLimited),
        ("ThrottlingException", FailureKind::RateLimited),
        ("validationException", FailureKind::BadRequest),
        ("serviceUnavailableException", FailureKind::Overloaded),
        ("internalServerException", FailureKind::Server),
        ("modelStreamErrorException", FailureKind::Server),
        ("modelTimeoutException", FailureKind::Server),
        ("someNewException", FailureKind::Server),
    ];
    for (name, kind) in cases {
        let mut decoder = ConverseDecoder::default();
        let body = json!({ "message": "Not now", "p": "abc" });
        let (_, out) = feed(&mut decoder, &format!("{EXCEPTION}{name}"), &body);
        let [StreamEvent::Error(failure)] = out.as_slice() else {
            panic!("{name}: {out:?}");
        };
        assert_eq!(failure.kind, kind, "{name}");
        assert_eq!(failure.code.as_deref(), Some(name));
        assert_eq!(failure.detail.as_deref(), Some("Not now"), "{name}");
        assert_eq!(failure.status, None, "the reply was a 200");
        assert_eq!(decoder.progress(), Progress::Complete);
    }
}

#[test]
fn an_error_without_a_body_keeps_its_words() {
    let mut decoder = ConverseDecoder::default();
    let mut out = Vec::new();
    let error = Frame {
        event: format!("{ERROR}InternalError"),
        data: "An internal server error occurred".to_owned(),
    };
    decoder.frame(&error, &mut out);
    let [StreamEvent::Error(failure)] = out.as_slice() else {
        panic!("{out:?}");
    };
    assert_eq!(
        failure.detail.as_deref(),
        Some("An internal server error occurred")
    );
    assert_eq!(failure.code.as_deref(), Some("InternalError"));
}

#[test]
fn known_events_with_a_broken_payload_are_corrupt_and_others_unknown() {
    let mut decoder = ConverseDecoder::default();
    for (event, data) in [
        ("contentBlockDelta", json!({ "delta": { "text": "a" } })),
        ("contentBlockDelta", json!({ "contentBlockIndex": 0 })),
        (
            "contentBlockDelta",
            json!({ "contentBlockIndex": 0, "delta": { "text": 7 } }),
        ),
        ("contentBlockStart", json!({ "start": {} })),
        ("messageStop", json!([])),
    ] {
        assert_eq!(
            feed(&mut decoder, event, &data),
            (Triage::Corrupt, vec![]),
            "{data}"
        );
    }
    for (event, data) in [
        ("somethingNew", json!({})),
        ("", json!({ "hello": 1 })),
        (
            "contentBlockDelta",
            json!({ "contentBlockIndex": 0, "delta": { "image": {} } }),
        ),
    ] {
        assert_eq!(
            feed(&mut decoder, event, &data),
            (Triage::Unknown, vec![]),
            "{data}"
        );
    }
}

#[test]
fn a_whole_reply_reads_like_a_stream() {
    let mut decoder = ConverseDecoder::default();
    let mut out = Vec::new();
    let body = json!({
        "output": { "message": { "role": "assistant", "content": [
            { "reasoningContent": { "reasoningText": { "text": "Hm.", "signature": "x" } } },
            { "text": "Hello" },
            { "toolUse": { "toolUseId": "t1", "name": "add", "input": { "x": 1 } } },
        ] } },
        "stopReason": "tool_use",
        "usage": { "inputTokens": 3, "outputTokens": 4, "totalTokens": 7 },
        "metrics": { "latencyMs": 12 },
    });
    assert_eq!(decoder.whole(&body.to_string(), &mut out), Triage::Known);
    let texts: Vec<_> = out
        .iter()
        .filter_map(|event| match event {
            StreamEvent::Delta { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(texts, ["Hm.", "Hello", r#"{"x":1}"#]);
    assert!(matches!(out.last(), Some(StreamEvent::Finish(_))));
    assert_eq!(decoder.progress(), Progress::Complete);
}

#[test]
fn an_error_under_a_good_status_is_an_error() {
    let mut decoder = ConverseDecoder::default();
    let mut out = Vec::new();
    decoder.whole(r#"{"Message":"User is not authorized"}"#, &mut out);
    assert!(matches!(out.as_slice(), [StreamEvent::Error(_)]), "{out:?}");
}
