use super::GeminiDecoder;
use crate::core::domain::{FailureKind, FinishReason};
use crate::core::wire::frame::Frame;
use crate::core::wire::{BlockKind, DecodeFrames, Progress, StreamEvent, Triage};
use proptest::prelude::*;
use serde_json::{Value, json};

fn feed(decoder: &mut GeminiDecoder, value: &Value) -> (Triage, Vec<StreamEvent>) {
    let mut out = Vec::new();
    let frame = Frame {
        event: String::new(),
        data: value.to_string(),
    };
    let triage = decoder.frame(&frame, &mut out);
    (triage, out)
}

fn parts(parts: &Value, finish: Option<&str>) -> Value {
    json!({"candidates": [{"content": {"parts": parts}, "finishReason": finish}]})
}

fn finish_of(decoder: &mut GeminiDecoder) -> Vec<(FinishReason, Option<String>)> {
    let mut out = Vec::new();
    decoder.end(&mut out);
    out.into_iter()
        .filter_map(|event| match event {
            StreamEvent::Finish(finish) => Some((finish.unified, finish.raw)),
            _ => None,
        })
        .collect()
}

fn text_of(out: &[StreamEvent]) -> String {
    out.iter()
        .filter_map(|event| match event {
            StreamEvent::Delta { text, .. } => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn finish_reasons_map_to_the_unified_ones_and_keep_their_word() {
    let cases = [
        ("STOP", FinishReason::Stop),
        ("MAX_TOKENS", FinishReason::Length),
        ("SAFETY", FinishReason::ContentFilter),
        ("RECITATION", FinishReason::ContentFilter),
        ("BLOCKLIST", FinishReason::ContentFilter),
        ("PROHIBITED_CONTENT", FinishReason::ContentFilter),
        ("SPII", FinishReason::ContentFilter),
        ("IMAGE_SAFETY", FinishReason::ContentFilter),
        ("LANGUAGE", FinishReason::Other),
        ("OTHER", FinishReason::Other),
        ("MALFORMED_FUNCTION_CALL", FinishReason::Other),
        ("UNEXPECTED_TOOL_CALL", FinishReason::Other),
        ("CONTINUATION", FinishReason::Other),
        ("BRAND_NEW", FinishReason::Other),
    ];
    for (raw, unified) in cases {
        let mut decoder = GeminiDecoder::default();
        feed(&mut decoder, &parts(&json!([]), Some(raw)));
        assert_eq!(decoder.progress(), Progress::Settling, "{raw}");
        assert_eq!(finish_of(&mut decoder), [(unified, Some(raw.to_owned()))]);
    }
}

#[test]
fn an_unspecified_finish_reason_is_none() {
    for raw in ["FINISH_REASON_UNSPECIFIED", ""] {
        let mut decoder = GeminiDecoder::default();
        feed(&mut decoder, &parts(&json!([{"text": "x"}]), Some(raw)));
        assert_eq!(decoder.progress(), Progress::Open);
        assert!(finish_of(&mut decoder).is_empty());
    }
}

#[test]
fn a_stop_on_code_keeps_the_response_open_until_the_answer_came() {
    let mut decoder = GeminiDecoder::default();
    let code = json!([{"executableCode": {"code": "1"}}]);
    feed(&mut decoder, &parts(&code, Some("STOP")));
    assert_eq!(decoder.progress(), Progress::Open);
    let result = json!([{"codeExecutionResult": {"output": "1"}}]);
    feed(&mut decoder, &parts(&result, None));
    assert_eq!(decoder.progress(), Progress::Open);
    feed(&mut decoder, &parts(&json!([{"text": "One."}]), None));
    assert_eq!(decoder.progress(), Progress::Settling);
    assert_eq!(finish_of(&mut decoder).len(), 1);
    assert_eq!(decoder.progress(), Progress::Complete);
}

#[test]
fn a_body_that_ends_on_code_with_a_stop_is_complete_after_all() {
    let mut decoder = GeminiDecoder::default();
    let code = json!([{"executableCode": {"code": "1"}}]);
    feed(&mut decoder, &parts(&code, Some("STOP")));
    assert_eq!(finish_of(&mut decoder).len(), 1);
    assert_eq!(decoder.progress(), Progress::Complete);
}

#[test]
fn the_last_of_several_finish_reasons_counts_once() {
    let mut decoder = GeminiDecoder::default();
    feed(&mut decoder, &parts(&json!([{"text": "a"}]), Some("STOP")));
    let (_, out) = feed(
        &mut decoder,
        &parts(&json!([{"text": "b"}]), Some("MAX_TOKENS")),
    );
    assert!(out.contains(&StreamEvent::Delta {
        block: 0,
        text: "b".into()
    }));
    let finishes = finish_of(&mut decoder);
    assert_eq!(
        finishes,
        [(FinishReason::Length, Some("MAX_TOKENS".into()))]
    );
    assert!(finish_of(&mut decoder).is_empty(), "end is said once");
}

#[test]
fn a_new_block_opens_where_the_kind_of_part_changes() {
    let mut decoder = GeminiDecoder::default();
    let (_, out) = feed(
        &mut decoder,
        &parts(
            &json!([
                {"text": "hm", "thought": true}, {"text": "", "thoughtSignature": "s"},
                {"text": "a", "thought": null}, {"inlineData": {"data": ""}}, {"text": "b"},
                {"functionCall": {"name": "go", "args": null}}, {"text": "c"},
            ]),
            None,
        ),
    );
    let kinds: Vec<BlockKind> = out
        .into_iter()
        .filter_map(|event| match event {
            StreamEvent::BlockStart { kind, .. } => Some(kind),
            _ => None,
        })
        .collect();
    let call = BlockKind::ToolCall {
        id: None,
        name: Some("go".into()),
    };
    assert_eq!(
        kinds,
        [BlockKind::Thinking, BlockKind::Text, call, BlockKind::Text]
    );
}

#[test]
fn usage_that_did_not_change_is_not_repeated() {
    let mut decoder = GeminiDecoder::default();
    let usage = json!({"usageMetadata": {"promptTokenCount": 4}});
    assert_eq!(feed(&mut decoder, &usage).1.len(), 1);
    assert!(feed(&mut decoder, &usage).1.is_empty());
}

#[test]
fn broken_chunks_are_corrupt_and_foreign_ones_unknown() {
    for (value, expected) in [
        (json!({"candidates": "none"}), Triage::Corrupt),
        (parts(&json!([{"text": 5}]), None), Triage::Corrupt),
        (json!("text"), Triage::Corrupt),
        (json!({"event_type": "step.delta"}), Triage::Unknown),
        (json!({}), Triage::Unknown),
        (json!([]), Triage::Unknown),
        (
            json!({"candidates": null, "usageMetadata": null}),
            Triage::Known,
        ),
        (json!({"candidates": [{"content": null}]}), Triage::Known),
        (
            json!({"candidates": [{"content": {"role": "model"}}]}),
            Triage::Known,
        ),
    ] {
        let (triage, out) = feed(&mut GeminiDecoder::default(), &value);
        assert_eq!(triage, expected, "{value}");
        assert!(out.is_empty(), "{value}");
    }
}

#[test]
fn a_body_without_sse_decodes_as_one_chunk_or_an_array_of_them() {
    let first = parts(&json!([{"text": "a"}]), None);
    let last = parts(&json!([{"text": "b"}]), Some("STOP"));
    for body in [
        json!([first, last]),
        parts(&json!([{"text": "ab"}]), Some("STOP")),
    ] {
        let mut decoder = GeminiDecoder::default();
        let mut out = Vec::new();
        assert_eq!(decoder.whole(&body.to_string(), &mut out), Triage::Known);
        assert_eq!(text_of(&out), "ab");
        assert_eq!(finish_of(&mut decoder).len(), 1);
    }
}

#[test]
fn an_error_inside_an_array_fails_the_response() {
    let mut decoder = GeminiDecoder::default();
    let (_, out) = feed(
        &mut decoder,
        &json!([{"error": {"code": 429, "message": "Quota.", "status": "RESOURCE_EXHAUSTED"}}]),
    );
    assert!(
        matches!(out.as_slice(), [StreamEvent::Error(failure)] if failure.kind == FailureKind::RateLimited)
    );
    assert_eq!(decoder.progress(), Progress::Complete);
    assert!(finish_of(&mut decoder).is_empty());
}

#[test]
fn an_error_after_the_finish_reason_is_a_warning() {
    let mut decoder = GeminiDecoder::default();
    feed(&mut decoder, &parts(&json!([{"text": "a"}]), Some("STOP")));
    let (_, out) = feed(
        &mut decoder,
        &json!({"error": {"code": 500, "message": "late"}}),
    );
    assert!(matches!(out.as_slice(), [StreamEvent::Warning(_)]));
    assert_eq!(finish_of(&mut decoder).len(), 1);
}

#[test]
fn only_the_first_candidate_is_shown() {
    let (_, out) = feed(
        &mut GeminiDecoder::default(),
        &json!({"candidates": [
            {"index": 1, "content": {"parts": [{"text": "other"}]}},
            {"content": {"parts": [{"text": "ours"}]}},
        ]}),
    );
    assert_eq!(out.len(), 2);
    assert!(out.contains(&StreamEvent::Delta {
        block: 0,
        text: "ours".into()
    }));
}

#[test]
fn counts_beyond_reason_neither_overflow_nor_go_below_zero() {
    let (_, out) = feed(
        &mut GeminiDecoder::default(),
        &json!({"usageMetadata": {"promptTokenCount": 1, "cachedContentTokenCount": 9,
            "candidatesTokenCount": u64::MAX, "thoughtsTokenCount": u64::MAX}}),
    );
    let [StreamEvent::Usage(usage)] = out.as_slice() else {
        panic!("{out:?}");
    };
    assert_eq!(usage.input.uncached, None);
    assert_eq!(usage.output.total, Some(u64::MAX));
}

#[test]
fn odd_facts_beside_the_text_cost_nothing() {
    let (triage, out) = feed(
        &mut GeminiDecoder::default(),
        &json!({"responseId": [], "modelVersion": null, "promptFeedback": "none", "candidates": [{
            "index": "0", "finishReason": {}, "finishMessage": false,
            "content": {"parts": [{"text": "Yes.", "thoughtSignature": 1, "functionCall": null}]},
        }]}),
    );
    assert_eq!(triage, Triage::Known);
    assert!(out.contains(&StreamEvent::Delta {
        block: 0,
        text: "Yes.".into()
    }));
}

#[test]
fn an_odd_text_is_reported_and_costs_no_usage() {
    let mut chunk = parts(&json!([{"text": "a"}, {"text": 5}]), None);
    chunk["usageMetadata"] = json!({"promptTokenCount": 4});
    let (triage, out) = feed(&mut GeminiDecoder::default(), &chunk);
    assert_eq!(triage, Triage::Corrupt);
    assert!(matches!(out.last(), Some(StreamEvent::Usage(_))), "{out:?}");
}

#[test]
fn what_stands_where_words_belong_is_reported_and_what_came_before_it_counts() {
    let first = json!({"content": {"parts": [{"text": "a"}]}});
    for odd in [
        json!("words"),
        json!([first]),
        json!({"content": "words"}),
        json!({"content": [{"text": "words"}]}),
        json!({"content": {"parts": "words"}}),
        json!({"content": {"parts": ["words"]}}),
    ] {
        let chunk = json!({"candidates": [first, odd], "usageMetadata": {"promptTokenCount": 4}});
        let (triage, out) = feed(&mut GeminiDecoder::default(), &chunk);
        assert_eq!(triage, Triage::Corrupt, "{odd}");
        let [
            StreamEvent::BlockStart { .. },
            StreamEvent::Delta { text, .. },
            StreamEvent::Usage(_),
        ] = out.as_slice()
        else {
            panic!("{out:?}");
        };
        assert_eq!(text, "a", "{odd}");
    }
}

#[test]
fn words_of_which_it_is_odd_what_they_are_are_shown_and_reported() {
    for odd in [
        json!({"text": "words", "thought": "yes"}),
        json!({"text": "words", "functionCall": "words"}),
    ] {
        let mut decoder = GeminiDecoder::default();
        let all = json!([odd, {"text": " and more"}]);
        let (triage, mut out) = feed(&mut decoder, &parts(&all, Some("STOP")));
        assert_eq!(triage, Triage::Corrupt, "{odd}");
        decoder.end(&mut out);
        assert!(
            matches!(out.last(), Some(StreamEvent::Finish(_))),
            "{out:?}"
        );
        assert_eq!(text_of(&out), "words and more");
        assert!(
            out.contains(&StreamEvent::Delta {
                block: 0,
                text: "words".into()
            }),
            "{out:?}"
        );
    }
}

#[test]
fn nulls_where_words_belong_lose_nothing() {
    for none in [
        json!(null),
        json!({"content": null}),
        json!({"content": {"parts": null}}),
        json!({"content": {"parts": [null, {"text": null}]}}),
    ] {
        let chunk = json!({"candidates": [none]});
        let (triage, out) = feed(&mut GeminiDecoder::default(), &chunk);
        assert_eq!((triage, out.as_slice()), (Triage::Known, &[][..]), "{none}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn arbitrary_frames_never_panic(event in ".{0,20}", data in ".{0,200}") {
        let mut decoder = GeminiDecoder::default();
        let mut out = Vec::new();
        decoder.frame(&Frame { event, data: data.clone() }, &mut out);
        decoder.whole(&data, &mut out);
        decoder.end(&mut out);
    }
}
