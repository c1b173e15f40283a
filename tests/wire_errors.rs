//! Error replies of many providers, classified: hand-made ones, recorded ones
//! and hostile ones.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;
use touchstone::core::domain::{Failure, FailureKind, ProtocolFault};
use touchstone::core::wire::Dialect;
use touchstone::core::wire::error::{classify, failure_from_json};

fn headers(object: &Value) -> Vec<(String, String)> {
    let fields = object.as_object().into_iter().flatten();
    fields
        .map(|(name, value)| (name.clone(), value.as_str().unwrap_or_default().to_owned()))
        .collect()
}

/// The failure in the words of a fixture.
fn told(failure: &Failure, key: &str) -> Value {
    match key {
        "kind" => json!(failure.kind.as_str()),
        "code" => json!(failure.code),
        "param" => json!(failure.param),
        "detail" => json!(failure.detail),
        _ => json!(failure.retry_after.map(|wait| wait.0)),
    }
}

#[test]
fn hand_made_error_replies_are_classified_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/errors");
    for file in ["openai", "anthropic", "gemini", "bedrock", "others"] {
        let text = std::fs::read_to_string(folder.join(format!("{file}.json"))).unwrap();
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
        assert!(cases.len() > 10, "{file}");
        for case in cases {
            let name = format!("{file}: {}", case["name"]);
            let dialect = Dialect::named(case["dialect"].as_str().unwrap()).unwrap();
            let status = u16::try_from(case["status"].as_u64().unwrap()).unwrap();
            let body = case["body"]
                .as_str()
                .map_or_else(|| case["body"].to_string(), str::to_owned);
            let failure = classify(dialect, status, &headers(&case["headers"]), body.as_bytes());
            assert_eq!(failure.status, Some(status), "{name}");
            for (key, expected) in case["expect"].as_object().unwrap() {
                let actual = told(&failure, key);
                let same = match (actual.as_f64(), expected.as_f64()) {
                    (Some(actual), Some(expected)) => (actual - expected).abs() < 1e-6,
                    _ => actual == *expected,
                };
                assert!(same, "{name}: {key} is {actual}, not {expected}");
            }
        }
    }
}

/// Recorded replies by a part of their file name, the most particular first.
const RECORDED: &[(&str, &str)] = &[
    ("context-overflow", "too_large"),
    ("input-past-the-batch", "too_large"),
    ("expiry-in-the-past", "permission"),
    ("mistral/embedding-matrix-error", "not_found"),
    ("embedding-matrix-error", "not_found"),
    ("embeddings-error-preserves", "not_found"),
    ("openrouter/", "not_found"),
    ("cohere/", "not_found"),
    ("venice/", "not_found"),
    ("bedrock/model-ids-retired", "not_found"),
    ("nonexistent-model", "not_found"),
    ("unknown-model", "not_found"),
    ("mistral/response-identity-edge", "not_found"),
    ("gemini/response-identity-provider-error", "not_found"),
    ("groq/response-identity-edge-provider-error", "not_found"),
    ("xai/nse-identity-provider-error", "not_found"),
    ("doubleword/error-matrix-invalid-key", "permission"),
    ("rejected-key", "auth"),
    ("auth-rejection", "auth"),
    ("unauthorized", "auth"),
    ("handshake-rejection", "auth"),
    ("", "bad_request"),
];

#[test]
fn recorded_error_replies_get_a_sensible_kind_and_the_providers_words() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(index) = std::fs::read_to_string(corpus.join("index.json")) else {
        return;
    };
    let rows: Vec<Value> = serde_json::from_str(&index).unwrap();
    let mut count = 0;
    for row in rows.iter().filter(|row| row["kind"] == "error") {
        let file = row["file"].as_str().unwrap();
        let body = std::fs::read(corpus.join(file)).unwrap();
        let status = u16::try_from(row["status"].as_u64().unwrap()).unwrap();
        let dialect = match row["provider"].as_str().unwrap() {
            "anthropic" => Dialect::Anthropic,
            "gemini" => Dialect::Gemini,
            "cohere" => Dialect::Cohere,
            _ => Dialect::OpenaiChat,
        };
        let failure = classify(dialect, status, &headers(&row["headers"]), &body);
        let (_, expected) = RECORDED
            .iter()
            .find(|(part, _)| file.contains(part))
            .unwrap();
        assert_eq!(failure.kind.as_str(), *expected, "{file}: {failure:?}");
        let detail = failure.detail.unwrap();
        let body = String::from_utf8(body).unwrap().replace("\\\"", "\"");
        let quoted = detail.split('…').all(|piece| body.contains(piece));
        assert!(quoted, "{file}: {detail}");
        count += 1;
    }
    assert!(count >= 50, "only {count} recorded errors found");
}

#[test]
fn an_error_member_reads_like_the_frame_around_it() {
    let member = json!({"message": "Slow down, try again in 1.5s", "type": "x", "code": "rate_limit_exceeded"});
    let frame = json!({"error": member});
    let event = json!({"type": "response.failed", "response": {"error": member}});
    let expected = failure_from_json(&member);
    assert_eq!(expected.kind.as_str(), "rate_limited");
    assert_eq!(expected.retry_after.map(|wait| wait.0), Some(1_500.0));
    assert_eq!(expected.status, None);
    assert_eq!(failure_from_json(&frame), expected);
    assert_eq!(failure_from_json(&event).kind, expected.kind);
    assert_eq!(failure_from_json(&event).detail, expected.detail);
}

#[test]
fn errors_inside_a_stream_are_classified_without_a_status() {
    for (value, kind) in [
        (json!("server stopped early"), "server"),
        (json!({"error": "Overloaded"}), "overloaded"),
        (
            json!({"error": {"code": 502, "message": "bad gateway"}}),
            "server",
        ),
        (
            json!({"error": {"code": "429", "message": "busy"}}),
            "rate_limited",
        ),
        (json!({"error": {"code": 402, "message": "pay"}}), "billing"),
        (
            json!({"type": "error", "code": "insufficient_quota", "message": "m", "param": null}),
            "billing",
        ),
        (
            json!({"type": "error", "error": {"type": "overloaded_error", "message": "m"}}),
            "overloaded",
        ),
        (
            json!({"type": "error", "error": {"type": "api_error", "message": "m"}}),
            "server",
        ),
        (
            json!({"error": {"type": "invalid_request_error", "message": "m"}}),
            "bad_request",
        ),
        (
            json!({"error": {"message": "m", "param": "seed"}}),
            "bad_request",
        ),
        (json!({}), "server"),
        (json!(null), "server"),
    ] {
        let failure = failure_from_json(&value);
        assert_eq!(failure.kind.as_str(), kind, "{value}: {failure:?}");
    }
}

#[test]
fn keys_that_a_provider_echoes_are_struck_out() {
    for (said, shown) in [
        ("Bad key sk-ant-api03-AbC_dEf-12", "Bad key sk-ant-…"),
        (
            "Bad key sk-proj-AbC_dEf-12, sorry",
            "Bad key sk-proj-…, sorry",
        ),
        ("key=AIzaSyA-1234567890 is bad", "key=AIza… is bad"),
        ("gsk_abc123 xai-abc123def hf_abcDEF1234", "gsk_… xai-… hf_…"),
        (
            "Authorization: Bearer abc.def-123456",
            "Authorization: Bearer …",
        ),
        ("token 0123456789abcdef0123456789abcdef!", "token …!"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.c2ln is old", "eyJ… is old"),
        (
            "Bearer authentication is missing",
            "Bearer authentication is missing",
        ),
        (
            "risk-free task-based xai-org/grok-2",
            "risk-free task-based xai-org/grok-2",
        ),
        (
            "model meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8 is gone",
            "model meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8 is gone",
        ),
        (
            "quote req_0123456789abcdef0123456789abcdef to us",
            "quote req_0123456789abcdef0123456789abcdef to us",
        ),
    ] {
        let failure = failure_from_json(&json!({"message": said}));
        assert_eq!(failure.detail.as_deref(), Some(shown));
    }
}

#[test]
fn bodies_that_break_the_protocol_say_how() {
    for (body, fault) in [
        ("<!doctype html><p>Log in</p>", ProtocolFault::Html),
        ("", ProtocolFault::Empty),
        ("{\"hello\":1}", ProtocolFault::Unrecognised),
    ] {
        let failure = classify(Dialect::OpenaiChat, 200, &[], body.as_bytes());
        assert_eq!(failure.kind, FailureKind::Protocol(fault), "{body}");
    }
}

#[test]
fn a_status_of_zero_is_no_status() {
    assert_eq!(classify(Dialect::Gemini, 0, &[], b"").status, None);
}

#[test]
fn long_words_are_capped_between_characters() {
    let failure = failure_from_json(&json!({"message": "ü".repeat(5_000)}));
    assert_eq!(failure.detail.unwrap().chars().count(), 2_000);
}

#[test]
fn errors_nested_without_end_stop_somewhere() {
    let mut value = json!("bottom");
    for _ in 0..100 {
        value = json!({"error": [value]});
    }
    assert_eq!(failure_from_json(&value).detail, None);
}

fn dialects() -> impl Strategy<Value = Dialect> {
    prop_oneof![
        Just(Dialect::OpenaiChat),
        Just(Dialect::OpenaiResponses),
        Just(Dialect::Anthropic),
        Just(Dialect::Gemini),
        Just(Dialect::Cohere),
        Just(Dialect::OllamaChat),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn arbitrary_bytes_never_panic(
        dialect in dialects(),
        status in any::<u16>(),
        wait in ".{0,12}",
        body in proptest::collection::vec(any::<u8>(), 0..300),
    ) {
        let headers = [("retry-after".to_owned(), wait)];
        let failure = classify(dialect, status, &headers, &body);
        prop_assert!(failure.retry_after.is_none_or(|wait| wait.0.is_finite() && wait.0 >= 0.0));
    }

    #[test]
    fn arbitrary_words_never_panic_and_stay_short(
        dialect in dialects(),
        before in "[ -~ßé…<>&'\"`:]{0,40}",
        marker in prop_oneof![
            Just("try again in "), Just("parameter: '"), Just("Bearer "), Just("sk-"), Just("<title"),
            Just("limit: 0"), Just("field"),
        ],
        after in "[ -~ßé…]{0,60}",
    ) {
        let words = format!("{before}{marker}{after}");
        for body in [words.clone(), json!({"error": {"message": words}}).to_string(), format!("<{words}")] {
            let failure = classify(dialect, 400, &[], body.as_bytes());
            prop_assert!(failure.detail.is_none_or(|detail| detail.chars().count() <= 2_000));
        }
    }

    #[test]
    fn no_key_survives(key in "(sk-|sk-ant-|AIza|gsk_|xai-)[A-Za-z0-9]{24}", around in "[ .,:'\"(]{1,3}") {
        let words = format!("Wrong{around}{key}{around}indeed");
        let failure = classify(Dialect::OpenaiChat, 401, &[], words.as_bytes());
        let secret = &key[key.len() - 24..];
        prop_assert!(!failure.detail.unwrap_or_default().contains(secret));
    }
}
