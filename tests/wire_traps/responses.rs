//! Responses.

use super::*;

// 25
#[test]
fn text_of_the_terminal_event_is_shown_once() {
    let created = json!({"type": "response.created", "response": {"id": "r"}});
    let message =
        |text: &str| json!({"type": "message", "content": [{"type": "output_text", "text": text}]});
    let completed = |texts: &[&str]| {
        let output: Vec<_> = texts.iter().map(|text| message(text)).collect();
        json!({"type": "response.completed", "response": {"status": "completed", "output": output}})
    };
    let delta = |index: u32, text: &str| json!({"type": "response.output_text.delta", "output_index": index, "delta": text});
    let done = |index: u32, text: &str| json!({"type": "response.output_text.done", "output_index": index, "text": text});
    for (events, expected) in [
        (vec![created.clone(), completed(&["A"])], vec!["A"]),
        (vec![done(0, "A"), completed(&["A"])], vec!["A"]),
        (
            vec![delta(0, "A"), completed(&["A", "AB"])],
            vec!["A", "AB"],
        ),
        (vec![delta(1, "B"), completed(&["A", "B"])], vec!["B", "A"]),
        (
            vec![delta(0, "AB"), done(0, "ABC"), completed(&["ABCD"])],
            vec!["ABCD"],
        ),
        (
            vec![delta(0, "A"), done(0, "other"), completed(&[])],
            vec!["A"],
        ),
        (
            vec![delta(0, "A"), delta(1, "A"), completed(&["A", "A"])],
            vec!["A", "A"],
        ),
    ] {
        let decoded = responses(&events);
        assert_eq!(
            blocks_of(&decoded, &BlockKind::Text),
            expected,
            "{events:?}"
        );
    }
}

#[test]
fn a_refusal_is_a_refusal_in_both_dialects() {
    let frames = [delta(r#"{"content":"","refusal":"No."}"#), STOP.to_owned()];
    let events = chat(&stream(frames));
    assert_eq!(text_of(&events, &BlockKind::Refusal), "No.");
    assert_eq!(unified(&events), Some(FinishReason::Refusal));
    let item = json!({"type": "message", "content": [{"type": "refusal", "refusal": "No."}]});
    let events = responses(&[
        json!({"type": "response.output_item.done", "output_index": 0, "item": item}),
        json!({"type": "response.completed", "response": {"status": "completed"}}),
    ]);
    assert_eq!(text_of(&events, &BlockKind::Refusal), "No.");
    assert_eq!(unified(&events), Some(FinishReason::Refusal));
}

#[test]
fn responses_that_stop_early_say_why() {
    use FinishReason::{ContentFilter, Length, Other};
    for (reason, expected) in [
        ("max_output_tokens", Length),
        ("content_filter", ContentFilter),
        ("new_reason", Other),
    ] {
        let response = json!({"status": "incomplete", "incomplete_details": {"reason": reason}});
        let events = responses(&[json!({"type": "response.incomplete", "response": response})]);
        let finish = finish_of(&events).expect("a finish");
        assert_eq!(
            (finish.unified, finish.raw.as_deref()),
            (expected, Some(reason))
        );
    }
}

#[test]
fn a_failed_response_is_a_warning_only_if_the_answer_is_whole() {
    let delta = json!({"type": "response.output_text.delta", "output_index": 0, "delta": "A"});
    let message = json!({"type": "message", "content": [{"type": "output_text", "text": "A"}]});
    let done = json!({"type": "response.output_item.done", "output_index": 0, "item": message});
    let added = json!({"type": "response.output_item.added", "output_index": 1, "item": {"type": "message"}});
    let failed = json!({"type": "response.failed", "response": {"error": {"code": "rate_limit_exceeded", "message": "Slow"}, "usage": null}});
    let flat =
        json!({"type": "error", "code": "rate_limit_exceeded", "message": "Slow", "param": null});
    for end in [failed, flat] {
        let whole = responses(&[delta.clone(), done.clone(), end.clone()]);
        assert_eq!(warnings_of(&whole).len(), 1, "{end}");
        assert_eq!(unified(&whole), Some(FinishReason::Stop));
        for before in [
            vec![delta.clone()],
            vec![delta.clone(), done.clone(), added.clone()],
        ] {
            let events = responses(&[before, vec![end.clone()]].concat());
            assert_eq!(
                error_of(&events)
                    .and_then(|failure| failure.detail)
                    .as_deref(),
                Some("Slow")
            );
            assert_eq!((text(&events).as_str(), finish_of(&events)), ("A", None));
        }
    }
}

#[test]
fn responses_without_ids_numbers_or_types_still_decode() {
    let body = "event: response.output_text.delta\ndata: {\"delta\":\"a\"}\n\nevent: response.output_text.delta\ndata: {\"delta\":\"b\"}\n\nevent: response.completed\ndata: {\"response\":{}}\n\n";
    let events = decode_all(RESPONSES, body);
    assert_eq!(
        (text(&events).as_str(), unified(&events)),
        ("ab", Some(FinishReason::Stop))
    );
}

#[test]
fn raw_thinking_of_open_models_is_thinking() {
    let events = responses(&[
        json!({"type": "response.reasoning_text.delta", "output_index": 0, "content_index": 0, "delta": "h"}),
        json!({"type": "response.reasoning_text.done", "output_index": 0, "content_index": 0, "text": "hm"}),
        json!({"type": "response.completed", "response": {"status": "completed"}}),
    ]);
    assert_eq!(thinking(&events), "hm");
}

#[test]
fn unknown_events_are_ignored_and_counted() {
    let body = stream([
        r#"{"type":"response.web_search_call.searching","output_index":0}"#,
        r#"{"type":"keepalive"}"#,
        r#"{"type":"response.completed","response":{"status":"completed"}}"#,
    ]);
    let (events, counts) = decode(RESPONSES, [body.as_bytes()]);
    assert_eq!((counts.known, counts.unknown), (2, 1));
    assert_eq!(error_of(&events), None);
}

#[test]
fn an_output_index_that_is_used_again_begins_a_new_item() {
    let item = json!({"type": "message"});
    let added = json!({"type": "response.output_item.added", "output_index": 0, "item": item});
    let delta = |text: &str| json!({"type": "response.output_text.delta", "output_index": 0, "delta": text});
    let events = responses(&[
        added.clone(),
        delta("A"),
        added,
        delta("B"),
        json!({"type": "response.completed", "response": {"status": "completed"}}),
    ]);
    assert_eq!(blocks_of(&events, &BlockKind::Text), ["A", "B"]);
}

/// Perplexity thinks between its searches, mostly without words.
#[test]
fn thoughts_that_are_no_item_open_and_close_a_block() {
    let events = responses(&[
        json!({"type": "response.reasoning.started", "thought": "Look it up."}),
        json!({"type": "response.reasoning.search_queries", "queries": ["rain"], "thought": null}),
        json!({"type": "response.reasoning.stopped", "thought": "Found."}),
        json!({"type": "response.output_text.delta", "output_index": 0, "delta": "Rain."}),
        json!({"type": "response.completed", "response": {"status": "completed"}}),
    ]);
    assert_eq!(
        blocks_of(&events, &BlockKind::Thinking),
        ["Look it up.", "Found."]
    );
    assert_eq!(text(&events), "Rain.");
}

// 8
#[test]
fn an_error_as_the_first_event_of_a_200_is_an_error() {
    let events = responses(&[
        json!({"type": "error", "error": {"message": "Invalid model", "type": "invalid_request_error", "code": 400}}),
    ]);
    assert_eq!(kind(&events), Some(FailureKind::NotFound));
}
