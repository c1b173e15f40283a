use super::AnthropicDecoder;
use crate::core::domain::{FailureKind, FinishReason};
use crate::core::wire::frame::Frame;
use crate::core::wire::{BlockKind, DecodeFrames, Progress, StreamEvent, Triage};
use proptest::prelude::*;
use serde_json::{Value, json};

fn frame(data: impl Into<String>) -> Frame {
    Frame {
        event: String::new(),
        data: data.into(),
    }
}

fn feed(decoder: &mut AnthropicDecoder, value: &Value) -> (Triage, Vec<StreamEvent>) {
    let mut out = Vec::new();
    let triage = decoder.frame(&frame(value.to_string()), &mut out);
    (triage, out)
}

fn text_delta(index: u64, text: &str) -> Value {
    json!({"type": "content_block_delta", "index": index,
        "delta": {"type": "text_delta", "text": text}})
}

#[test]
fn the_type_in_the_json_beats_the_event_name() {
    let mut decoder = AnthropicDecoder::default();
    let mut out = Vec::new();
    let odd = Frame {
        event: "error".into(),
        data: r#"{"type":"ping"}"#.into(),
    };
    assert_eq!(decoder.frame(&odd, &mut out), Triage::Known);
    assert!(out.is_empty());
}

#[test]
fn the_event_name_serves_where_the_json_has_no_type() {
    let mut decoder = AnthropicDecoder::default();
    let mut out = Vec::new();
    let untyped = Frame {
        event: "message_stop".into(),
        data: "{}".into(),
    };
    assert_eq!(decoder.frame(&untyped, &mut out), Triage::Known);
    assert_eq!(decoder.progress(), Progress::Complete);
}

#[test]
fn known_types_with_a_broken_payload_are_corrupt() {
    let broken = [
        json!({"type": "message_start"}),
        json!({"type": "message_start", "message": {"model": 7}}),
        json!({"type": "content_block_start", "index": "one", "content_block": {"type": "text"}}),
        json!({"type": "content_block_start", "index": 0, "content_block": {}}),
        json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": 5}}),
        json!({"type": "content_block_delta", "index": 0}),
        json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": 5}}),
        json!({"type": "content_block_stop"}),
        json!({"type": "message_delta", "delta": "end_turn"}),
        json!(["message_stop"]),
    ];
    for value in broken {
        let (triage, out) = feed(&mut AnthropicDecoder::default(), &value);
        assert_eq!(triage, Triage::Corrupt, "{value}");
        assert!(out.is_empty(), "{value}");
    }
}

#[test]
fn cut_json_is_corrupt_and_the_stream_goes_on() {
    let mut decoder = AnthropicDecoder::default();
    let mut out = Vec::new();
    assert_eq!(
        decoder.frame(&frame(r#"{"type":"mess"#), &mut out),
        Triage::Corrupt
    );
    let (triage, out) = feed(&mut decoder, &text_delta(0, "still here"));
    assert_eq!(triage, Triage::Known);
    assert_eq!(out.len(), 2);
}

#[test]
fn unknown_types_are_ignored_and_counted() {
    let unknown = [
        json!({"type": "weather_report"}),
        json!({"type": "content_block_delta", "index": 0, "delta": {"type": "hologram_delta"}}),
        json!({"type": "content_block_start", "index": 0,
            "content_block": {"type": "hologram", "text": {"not": "a string"}}}),
        json!({}),
    ];
    for value in unknown {
        let (triage, out) = feed(&mut AnthropicDecoder::default(), &value);
        assert_eq!(triage, Triage::Unknown, "{value}");
        assert!(out.is_empty(), "{value}");
    }
}

#[test]
fn text_without_a_block_start_opens_its_own_block() {
    let mut decoder = AnthropicDecoder::default();
    let (_, out) = feed(&mut decoder, &text_delta(3, "hi"));
    assert_eq!(
        out,
        [
            StreamEvent::BlockStart {
                block: 0,
                kind: BlockKind::Text
            },
            StreamEvent::Delta {
                block: 0,
                text: "hi".into()
            },
        ]
    );
}

#[test]
fn input_that_comes_with_the_block_is_used_unless_deltas_bring_it() {
    let start = json!({"type": "content_block_start", "index": 0, "content_block":
        {"type": "tool_use", "id": "t", "name": "sum", "input": {"a": 1}}});
    let grow = json!({"type": "content_block_delta", "index": 0, "delta":
        {"type": "input_json_delta", "partial_json": "{\"a\":2}"}});
    let stop = json!({"type": "content_block_stop", "index": 0});
    let texts = |events: &[&Value]| -> Vec<String> {
        let mut decoder = AnthropicDecoder::default();
        let all = events.iter().flat_map(|event| feed(&mut decoder, event).1);
        all.filter_map(|event| match event {
            StreamEvent::Delta { text, .. } => Some(text),
            _ => None,
        })
        .collect()
    };
    assert_eq!(texts(&[&start, &stop]), [r#"{"a":1}"#]);
    assert_eq!(texts(&[&start, &grow, &stop]), [r#"{"a":2}"#]);
}

#[test]
fn a_null_in_a_later_usage_replaces_nothing() {
    let mut decoder = AnthropicDecoder::default();
    feed(
        &mut decoder,
        &json!({"type": "message_start", "message": {"usage": {"input_tokens": 43}}}),
    );
    let (_, out) = feed(
        &mut decoder,
        &json!({"type": "message_delta", "usage": {"input_tokens": null, "output_tokens": 2.0}}),
    );
    let [StreamEvent::Usage(usage)] = out.as_slice() else {
        panic!("{out:?}");
    };
    assert_eq!(usage.input.uncached, Some(43));
    assert_eq!(usage.input.total, Some(43));
    assert_eq!(usage.input.cache_read, None);
    assert_eq!(usage.output.total, Some(2));
}

#[test]
fn input_stays_unknown_where_only_cache_counts_came() {
    let mut decoder = AnthropicDecoder::default();
    let (_, out) = feed(
        &mut decoder,
        &json!({"type": "message_delta", "usage": {"cache_read_input_tokens": 5}}),
    );
    let [StreamEvent::Usage(usage)] = out.as_slice() else {
        panic!("{out:?}");
    };
    assert_eq!(usage.input.total, None);
    assert_eq!(usage.input.cache_read, Some(5));
    assert_eq!(usage.output.total, None);
}

#[test]
fn stop_reasons_map_to_the_unified_ones_and_keep_their_word() {
    let cases = [
        (Some("end_turn"), FinishReason::Stop),
        (Some("stop_sequence"), FinishReason::Stop),
        (Some("max_tokens"), FinishReason::Length),
        (Some("model_context_window_exceeded"), FinishReason::Length),
        (Some("tool_use"), FinishReason::ToolCalls),
        (Some("refusal"), FinishReason::Refusal),
        (Some("pause_turn"), FinishReason::Other),
        (Some("compaction"), FinishReason::Other),
        (Some("brand_new"), FinishReason::Other),
        (None, FinishReason::Other),
    ];
    for (raw, unified) in cases {
        let mut decoder = AnthropicDecoder::default();
        feed(
            &mut decoder,
            &json!({"type": "message_delta", "delta": {"stop_reason": raw}}),
        );
        assert_eq!(decoder.progress(), Progress::Open);
        let (_, out) = feed(&mut decoder, &json!({"type": "message_stop"}));
        let [StreamEvent::Finish(finish)] = out.as_slice() else {
            panic!("{out:?}");
        };
        assert_eq!(finish.unified, unified, "{raw:?}");
        assert_eq!(finish.raw.as_deref(), raw);
    }
}

#[test]
fn content_that_comes_with_the_head_is_shown_once() {
    let head = json!({"type": "message_start", "message": {"id": "m",
        "content": [{"type": "text", "text": "before"}], "stop_reason": "tool_use"}});
    let mut decoder = AnthropicDecoder::default();
    assert_eq!(feed(&mut decoder, &head).1.len(), 4);
    assert!(feed(&mut decoder, &head).1.is_empty());
}

#[test]
fn a_whole_message_decodes_like_a_stream() {
    let body = json!({"type": "message", "id": "m", "model": "claude-test-1", "role": "assistant",
        "content": [
            {"type": "thinking", "thinking": "Hm.", "signature": "s"},
            {"type": "text", "text": "Yes."},
            {"type": "tool_use", "id": "t", "name": "go", "input": {"far": true}},
        ],
        "stop_reason": "tool_use",
        "usage": {"input_tokens": 3, "output_tokens": 9}});
    let mut decoder = AnthropicDecoder::default();
    let mut out = Vec::new();
    assert_eq!(decoder.whole(&body.to_string(), &mut out), Triage::Known);
    decoder.end(&mut out);
    assert_eq!(decoder.progress(), Progress::Complete);
    let words: Vec<&str> = out
        .iter()
        .filter_map(|event| match event {
            StreamEvent::Delta { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(words, ["Hm.", "Yes.", r#"{"far":true}"#]);
    let usage = out.iter().find_map(|event| match event {
        StreamEvent::Usage(usage) => usage.output.total,
        _ => None,
    });
    assert_eq!(usage, Some(9));
    let finishes = out.iter().filter(|event| {
        matches!(event, StreamEvent::Finish(finish) if finish.unified == FinishReason::ToolCalls)
    });
    assert_eq!(finishes.count(), 1);
}

#[test]
fn a_whole_body_that_is_no_message_is_not_taken_for_one() {
    let mut out = Vec::new();
    for (body, triage) in [
        (r#"{"object":"chat.completion"}"#, Triage::Unknown),
        ("[]", Triage::Corrupt),
        ("{", Triage::Corrupt),
    ] {
        let mut decoder = AnthropicDecoder::default();
        assert_eq!(decoder.whole(body, &mut out), triage, "{body}");
        assert_eq!(decoder.progress(), Progress::Open);
    }
    assert!(out.is_empty());
}

#[test]
fn an_error_in_another_dialects_shape_still_ends_the_response() {
    let mut decoder = AnthropicDecoder::default();
    let (triage, out) = feed(
        &mut decoder,
        &json!({"error": {"message": "slow down", "code": "rate_limit_exceeded"}}),
    );
    assert_eq!(triage, Triage::Known);
    assert!(
        matches!(out.as_slice(), [StreamEvent::Error(failure)] if failure.kind == FailureKind::RateLimited)
    );
    assert_eq!(decoder.progress(), Progress::Complete);
}

#[test]
fn server_side_figures_are_passed_on_raw() {
    let (_, out) = feed(
        &mut AnthropicDecoder::default(),
        &json!({"type": "message_stop", "amazon-bedrock-invocationMetrics": {"firstByteLatency": 5}}),
    );
    assert!(
        matches!(out.first(), Some(StreamEvent::Extra { name, value })
            if name == "amazon-bedrock-invocationMetrics" && value["firstByteLatency"] == 5)
    );
}

#[test]
fn odd_facts_beside_the_text_cost_nothing() {
    let mut decoder = AnthropicDecoder::default();
    let odd = [
        json!({"type": "message_start", "message": {"id": null, "stop_reason": {}, "usage": "none"}}),
        json!({"type": "content_block_start", "index": "1", "content_block":
            {"type": "tool_use", "id": [], "name": "go"}}),
        json!({"type": "content_block_delta", "index": 1.0, "delta":
            {"type": "input_json_delta", "partial_json": "{}"}}),
        json!({"type": "message_delta", "delta": {"stop_reason": true, "stop_details": 5}, "usage": []}),
    ];
    for value in odd {
        assert_eq!(feed(&mut decoder, &value).0, Triage::Known, "{value}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn arbitrary_frames_never_panic(event in ".{0,20}", data in ".{0,200}") {
        let mut decoder = AnthropicDecoder::default();
        let mut out = Vec::new();
        decoder.frame(&Frame { event, data: data.clone() }, &mut out);
        decoder.whole(&data, &mut out);
        decoder.end(&mut out);
    }

    #[test]
    fn shuffled_events_never_panic_and_stay_bracketed(
        picks in proptest::collection::vec((0usize..8, 0u64..3), 0..40),
    ) {
        let mut decoder = AnthropicDecoder::default();
        let mut open = std::collections::BTreeSet::new();
        let mut out = Vec::new();
        for (kind, index) in picks {
            let value = match kind {
                0 => json!({"type": "message_start", "message": {"id": index}}),
                1 => json!({"type": "content_block_start", "index": index,
                    "content_block": {"type": "text", "text": "x"}}),
                2 => json!({"type": "content_block_start", "index": index,
                    "content_block": {"type": "server_tool_use"}}),
                3 => text_delta(index, "y"),
                4 => json!({"type": "content_block_stop", "index": index}),
                5 => json!({"type": "message_delta", "delta": {"stop_reason": "refusal",
                    "stop_details": {"explanation": "no"}}, "usage": {"output_tokens": index}}),
                6 => json!({"type": "message_start", "message": {"usage": {"input_tokens": index}}}),
                _ => json!({"type": "ping"}),
            };
            out.extend(feed(&mut decoder, &value).1);
        }
        decoder.end(&mut out);
        for event in out {
            match event {
                StreamEvent::BlockStart { block, .. } => prop_assert!(open.insert(block)),
                StreamEvent::Delta { block, .. } => prop_assert!(open.contains(&block)),
                StreamEvent::BlockEnd { block } => prop_assert!(open.remove(&block)),
                _ => {}
            }
        }
        prop_assert!(open.is_empty());
    }
}
