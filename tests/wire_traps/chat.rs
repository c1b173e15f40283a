//! Chat Completions and its imitations.

use super::*;

// 8
#[test]
fn an_error_in_a_200_is_an_error_and_the_text_stays() {
    let frames = [
        r#"{"error":{"message":"Broken","type":"server_error"}}"#,
        r#"{"choices":[],"error":{"message":"Broken","code":502}}"#,
        r#"{"choices":[{"delta":{"content":""},"finish_reason":"error"}],"error":{"message":"Broken"}}"#,
    ];
    for frame in frames {
        let first = chat(&stream([frame]));
        assert_eq!(
            error_of(&first)
                .and_then(|failure| failure.detail)
                .as_deref(),
            Some("Broken")
        );
        let later = chat(&stream([&content("Once"), frame, STOP]));
        assert_eq!(text(&later), "Once");
        assert_eq!(error_of(&later), error_of(&first));
        assert_eq!(finish_of(&later), None);
    }
    for data in [r#"{"message":"Broken"}"#, "Broken"] {
        let events = chat(&format!("event: error\ndata: {data}\n\n"));
        assert_eq!(
            error_of(&events)
                .and_then(|failure| failure.detail)
                .as_deref(),
            Some("Broken")
        );
    }
}

// 8
#[test]
fn an_error_after_the_end_of_the_answer_is_a_warning() {
    let body = stream([
        &content("a"),
        STOP,
        r#"{"error":{"message":"No usage today"}}"#,
    ]);
    let events = chat(&body);
    assert_eq!(unified(&events), Some(FinishReason::Stop));
    assert_eq!(
        warnings_of(&events)[0].detail.as_deref(),
        Some("No usage today")
    );
}

// 12
#[test]
fn frames_without_choices_are_harmless() {
    let frames = [
        "{}",
        r#"{"choices":[],"id":"","model":"","object":"","created":0,"prompt_filter_results":[]}"#,
        r#"{"id":"x","object":"chat.completion.chunk"}"#,
        r#"{"choices":null,"usage":null}"#,
        r#"{"type":"keepalive","sequence_number":1}"#,
    ];
    let all = frames
        .into_iter()
        .map(str::to_owned)
        .chain([content("a"), STOP.to_owned()]);
    let (events, counts) = decode(CHAT, [stream(all).as_bytes()]);
    assert_eq!(text(&events), "a");
    assert_eq!((counts.unknown, counts.corrupt), (0, 0));
}

// 13
#[test]
fn the_last_usage_that_says_something_counts() {
    let usage = |n: u32| format!(r#"{{"choices":[],"usage":{{"prompt_tokens":{n}}}}}"#);
    let null = r#"{"choices":[],"usage":null}"#.to_owned();
    let in_choice = r#"{"choices":[{"delta":{},"usage":{"prompt_tokens":9}}]}"#.to_owned();
    for (frames, expected) in [
        (
            vec![usage(1), usage(2), null.clone(), STOP.to_owned()],
            Some(2),
        ),
        (vec![STOP.to_owned(), usage(3), null.clone()], Some(3)),
        (vec![in_choice, STOP.to_owned()], Some(9)),
        (vec![null, STOP.to_owned()], None),
    ] {
        let events = chat(&stream(frames));
        let last = events.iter().rev().find_map(|event| match event {
            StreamEvent::Usage(usage) => usage.input.total,
            _ => None,
        });
        assert_eq!(last, expected);
    }
}

// 14
#[test]
fn a_finish_reason_settles_and_only_done_completes() {
    let mut decoder = StreamDecoder::new(CHAT);
    let mut events = Vec::new();
    assert_eq!(decoder.progress(), Progress::Open);
    decoder.push(stream([STOP]).as_bytes(), &mut events);
    assert_eq!(decoder.progress(), Progress::Settling);
    decoder.push(
        stream([r#"{"choices":[],"usage":{"prompt_tokens":1}}"#]).as_bytes(),
        &mut events,
    );
    assert_eq!(decoder.progress(), Progress::Settling);
    assert!(matches!(events.last(), Some(StreamEvent::Usage(_))));
    decoder.push(DONE.as_bytes(), &mut events);
    assert_eq!(decoder.progress(), Progress::Complete);
}

// 15
#[test]
fn an_answer_without_finish_reason_is_truncated() {
    let body = stream([content("half")]);
    for end in ["", DONE, "data: {\"choi"] {
        let events = chat(&(body.clone() + end));
        assert_eq!(kind(&events), Some(FailureKind::Truncated), "{end:?}");
        assert_eq!(text(&events), "half");
    }
}

// 16
#[test]
fn finish_reasons_of_all_servers_are_understood_and_kept() {
    use FinishReason::{ContentFilter, Length, Other, Refusal, Stop, ToolCalls};
    for (raw, expected) in [
        ("stop", Stop),
        ("eos", Stop),
        ("end_turn", Stop),
        ("COMPLETE", Stop),
        ("stop_sequence", Stop),
        ("length", Length),
        ("MAX_TOKENS", Length),
        ("model_length", Length),
        ("tool_calls", ToolCalls),
        ("function_call", ToolCalls),
        ("content_filter", ContentFilter),
        ("refusal", Refusal),
        ("abort", Other),
        ("insufficient_system_resource", Other),
    ] {
        let events = chat(&stream([content("a"), STOP.replace("stop", raw)]));
        let finish = finish_of(&events).expect("a finish");
        assert_eq!(
            (finish.unified, finish.raw.as_deref()),
            (expected, Some(raw))
        );
    }
    for raw in ["error", "network_error"] {
        let events = chat(&stream([content("a"), STOP.replace("stop", raw)]));
        assert_eq!(kind(&events), Some(FailureKind::Server), "{raw}");
    }
    let empty = [STOP.replace("stop", ""), content("a"), STOP.to_owned()];
    assert_eq!(text(&chat(&stream(empty))), "a");
}

// 17
#[test]
fn deltas_may_be_null_and_content_of_any_shape() {
    let frames = [
        r#"{"choices":[{"index":0,"delta":null}]}"#,
        r#"{"choices":[{"index":0}]}"#,
        r#"{"choices":[null,{"delta":{"role":null,"content":null}}]}"#,
        r#"{"choices":[{"delta":{"role":"assistant","content":""}}]}"#,
        r#"{"choices":[{"delta":{"role":"assistant","content":[{"type":"text","text":"a"},"b"]}}]}"#,
        r#"{"choices":[{"delta":{"content":{"type":"text","text":"c"}}}]}"#,
        STOP,
    ];
    let (events, counts) = decode(CHAT, [stream(frames).as_bytes()]);
    assert_eq!((text(&events).as_str(), counts.corrupt), ("abc", 0));
}

// 18
#[test]
fn thinking_is_found_under_every_name() {
    for field in [
        r#""reasoning_content":"hm""#,
        r#""reasoning":"hm""#,
        r#""reasoning":{"text":"hm"}"#,
        r#""reasoning_details":[{"type":"reasoning.text","text":"hm"},{"type":"reasoning.encrypted","data":"AA"}]"#,
        r#""reasoning_details":[{"type":"reasoning.summary","summary":"hm"}]"#,
        r#""content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]"#,
        r#""thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"AA"}]"#,
        r#""content":"<think>hm</think>""#,
    ] {
        let frames = [
            delta(&format!("{{{field}}}")),
            content("ok"),
            STOP.to_owned(),
        ];
        let events = chat(&stream(frames));
        assert_eq!(
            (thinking(&events).as_str(), text(&events).as_str()),
            ("hm", "ok"),
            "{field}"
        );
    }
    let swallowed = chat(&stream([content("hm</think>ok"), STOP.to_owned()]));
    assert_eq!(text(&swallowed), "hm</think>ok", "cannot be known in time");
}

// 19
#[test]
fn thinking_said_twice_in_one_delta_is_shown_once() {
    let twice = delta(
        r#"{"reasoning_content":"","reasoning":"hm","reasoning_details":[{"type":"reasoning.text","text":"hm"}]}"#,
    );
    assert_eq!(thinking(&chat(&stream([twice, STOP.to_owned()]))), "hm");
}

// 20
#[test]
fn tool_calls_are_put_together_from_odd_pieces() {
    let some = |text: &str| Some(text.to_owned());
    for (pieces, expected) in [
        // Whole calls without index, arguments as object.
        (
            vec![
                r#"[{"id":"a","function":{"name":"f","arguments":{"x":1}}},{"id":"b","function":{"name":"g","arguments":"{}"}}]"#,
            ],
            vec![
                (some("a"), some("f"), r#"{"x":1}"#),
                (some("b"), some("g"), "{}"),
            ],
        ),
        // Later pieces with null or empty names and ids.
        (
            vec![
                "null",
                r#"[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]"#,
                r#"[{"index":0,"id":null,"function":{"name":null,"arguments":"{"}}]"#,
                r#"[{"index":0,"id":"","type":null,"function":{"name":"","arguments":"}"}}]"#,
            ],
            vec![(some("a"), some("f"), "{}")],
        ),
        // Two calls under one index.
        (
            vec![
                r#"[{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}]"#,
                r#"[{"index":0,"id":"b","function":{"name":"g","arguments":"2"}}]"#,
                r#"[{"index":0,"function":{"arguments":"3"}}]"#,
            ],
            vec![(some("a"), some("f"), "1"), (some("b"), some("g"), "23")],
        ),
        // Neither index nor id.
        (
            vec![
                r#"[{"function":{"name":"f"}}]"#,
                r#"[{"function":{"arguments":"{}"}}]"#,
                r#"[{"name":"g","arguments":null}]"#,
            ],
            vec![(None, some("f"), "{}"), (None, some("g"), "")],
        ),
    ] {
        let frames = pieces
            .iter()
            .map(|piece| delta(&format!(r#"{{"tool_calls":{piece}}}"#)));
        let events = chat(&stream(frames.chain([STOP.replace("stop", "tool_calls")])));
        let expected = expected
            .into_iter()
            .map(|(id, name, text)| (id, name, text.to_owned()));
        assert_eq!(
            calls_of(&events),
            expected.collect::<Vec<_>>(),
            "{pieces:?}"
        );
    }
}

// 21
#[test]
fn errors_of_all_shapes_are_errors() {
    for frame in [
        r#"{"error":"Broken"}"#,
        r#"{"code":"x","error":"Broken"}"#,
        r#"{"error":{"message":"Broken","code":null}}"#,
        r#"{"error":{"message":"Broken","code":500}}"#,
        r#"{"object":"error","message":"Broken","type":"x","code":400}"#,
        r#"{"object":"error","message":{"detail":"Broken"}}"#,
        r#"{"detail":"Broken"}"#,
        r#"{"detail":[{"loc":["body"],"msg":"Broken","type":"x"}]}"#,
        r#"{"message":"Broken"}"#,
    ] {
        let events = chat(&stream([content("a"), frame.to_owned()]));
        assert!(
            error_of(&events).is_some_and(|failure| failure.kind != FailureKind::Truncated),
            "{frame}"
        );
    }
    for empty in ["null", "{}", r#""""#, r#"{"code":"","message":""}"#] {
        let frame = format!(r#"{{"choices":[{{"delta":{{"content":"a"}}}}],"error":{empty}}}"#);
        assert_eq!(
            error_of(&chat(&stream([frame, STOP.to_owned()]))),
            None,
            "{empty}"
        );
    }
}

// 22, 24
#[test]
fn envelopes_may_lack_anything_and_hold_anything() {
    let frames = [
        r#"{"id":"","created":0,"object":"chat.completion","choices":[{"delta":{"content":"a","new":{"deep":[1]}},"also":1}]}"#,
        r#"{"choices":[{"delta":{"content":"b"}}],"obfuscation":"zzz","p":"x"}"#,
        r#"{"id":7,"model":null,"choices":[{"index":0.0,"delta":{"content":"c"}}]}"#,
        STOP,
    ];
    let (events, counts) = decode(CHAT, [stream(frames).as_bytes()]);
    assert_eq!((text(&events).as_str(), counts.known), ("abc", 4));
}

// 23
#[test]
fn counts_may_be_null_or_floats() {
    let usage = r#"{"choices":[],"usage":{"prompt_tokens":3.0,"completion_tokens":null,"prompt_tokens_details":null,"completion_tokens_details":{"reasoning_tokens":null}}}"#;
    let events = chat(&stream([STOP, usage]));
    let last = events.iter().find_map(|event| match event {
        StreamEvent::Usage(usage) => Some((usage.input.total, usage.output.total)),
        _ => None,
    });
    assert_eq!(last, Some((Some(3), None)));
}

// 25
#[test]
fn a_chat_message_that_repeats_the_deltas_adds_only_what_is_new() {
    let both = |delta: &str, all: &str| {
        format!(
            r#"{{"choices":[{{"delta":{{"content":"{delta}"}},"message":{{"content":"{all}"}}}}]}}"#
        )
    };
    let last = r#"{"object":"chat.completion.done","choices":[{"message":{"content":"abcd"},"finish_reason":"stop"}]}"#;
    let events = chat(&stream([
        both("a", "a"),
        both("b", "ab"),
        both("", "abc"),
        last.to_owned(),
    ]));
    assert_eq!(text(&events), "abcd");
}

#[test]
fn half_a_surrogate_pair_costs_one_character() {
    let frame = r#"{"choices":[{"delta":{"content":"a\ud83d b"}}]}"#;
    assert_eq!(text(&chat(&stream([frame, STOP]))), "a\u{fffd} b");
}

#[test]
fn only_the_first_of_several_answers_is_shown() {
    let second = r#"{"choices":[{"index":1,"delta":{"content":"B"},"finish_reason":"length"},{"index":0,"delta":{"content":"A"}}]}"#;
    let events = chat(&stream([second, STOP]));
    assert_eq!(
        (text(&events).as_str(), unified(&events)),
        ("A", Some(FinishReason::Stop))
    );
}

// 15
#[test]
fn a_frame_cut_off_by_the_end_is_not_counted_as_corrupt() {
    let body = stream([content("half")]) + "data: {\"choices\":[{\"del";
    let (_, counts) = decode(CHAT, [body.as_bytes()]);
    assert_eq!((counts.known, counts.corrupt), (1, 0));
}

// 25
#[test]
fn a_chat_message_does_not_repeat_thinking_or_calls() {
    let call = r#"[{"id":"a","function":{"name":"f","arguments":"{}"}}]"#;
    let piece = delta(&format!(
        r#"{{"reasoning_content":"hm","tool_calls":{call}}}"#
    ));
    let last = format!(
        r#"{{"choices":[{{"message":{{"reasoning_content":"hm","tool_calls":{call}}},"finish_reason":"tool_calls"}}]}}"#
    );
    let events = chat(&stream([piece, last]));
    assert_eq!(thinking(&events), "hm");
    assert_eq!(calls_of(&events).len(), 1);
}

// 13
#[test]
fn usage_that_does_not_change_is_told_once() {
    let usage = r#"{"choices":[],"usage":{"prompt_tokens":3}}"#;
    let events = chat(&stream([usage, usage, STOP, usage]));
    let told = |event: &&StreamEvent| matches!(event, StreamEvent::Usage(_));
    assert_eq!(events.iter().filter(told).count(), 1);
}

/// Together gives the same text as `text` and as the delta's content.
#[test]
fn text_beside_a_delta_is_not_said_twice() {
    let both = r#"{"choices":[{"index":0,"text":"a","delta":{"content":"a"}}]}"#;
    let alone = r#"{"choices":[{"index":0,"text":"b"}]}"#;
    assert_eq!(text(&chat(&stream([both, alone, STOP]))), "ab");
}

// 12
#[test]
fn chunks_with_nothing_but_what_a_filter_found_are_harmless() {
    let filter = r#"{"id":"","model":"","object":"","created":0,"choices":[{"index":0,"content_filter_offsets":{"check_offset":4},"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}},"finish_reason":null}]}"#;
    let frames = [&content("a"), filter, STOP, filter];
    let (events, counts) = decode(CHAT, [stream(frames).as_bytes()]);
    assert_eq!((text(&events).as_str(), counts.unknown), ("a", 0));
    assert_eq!(unified(&events), Some(FinishReason::Stop));
}
