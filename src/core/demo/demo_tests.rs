use super::*;
use crate::core::{
    domain::{FailureKind, FinishReason, Millis},
    run::{Phase, RunLog},
    wire::{Dialect, decode::StreamDecoder, error},
};
use proptest::prelude::*;
use serde_json::json;

const FILE: &str = include_str!("../../../public/demo/texts.md");

fn texts() -> Texts {
    Texts::read(FILE)
}

fn request(model: &str, prompt: &str, max_tokens: Option<u32>) -> String {
    let mut body = json!({
        "model": model,
        "messages": [{ "role": "user", "content": prompt }],
    });
    if let Some(most) = max_tokens {
        body["max_tokens"] = json!(most);
    }
    body.to_string()
}

fn script(model: &str) -> Script {
    Script::new(&request(model, "How do I read this page?", None), &texts())
}

/// The run that the app makes of a script that is looked at every `step_ms`.
fn run(mut script: Script, step_ms: f64) -> RunLog {
    let mut log = RunLog::default();
    log.sent(Millis(0.0), false, false);
    let mut decoder = StreamDecoder::new(Dialect::OpenaiChat);
    let mut at_ms = 0.0;
    let mut events = Vec::new();
    while script.next_at_ms().is_some() {
        let bytes = script.due(at_ms);
        if !bytes.is_empty() {
            log.bytes(Millis(at_ms), bytes.len());
            decoder.push(bytes.as_bytes(), &mut events);
        }
        for event in events.drain(..) {
            log.apply(&event, Millis(at_ms));
        }
        at_ms += step_ms;
    }
    decoder.finish(&mut events);
    for event in events.drain(..) {
        log.apply(&event, Millis(at_ms));
    }
    log.end(Millis(at_ms));
    log
}

fn all(mut script: Script) -> String {
    script.due(f64::INFINITY)
}

#[test]
fn ids_name_a_kind_a_speed_or_both() {
    let of = |id| DemoModel::of(id).map(|model| (model.kind, model.speed));
    assert_eq!(of("demo-fast"), Some((Kind::Plain, 200)));
    assert_eq!(of("demo-fast-7"), Some((Kind::Plain, 7)));
    assert_eq!(of("demo-120"), Some((Kind::Plain, 120)));
    assert_eq!(of("demo-1000"), Some((Kind::Plain, 1_000)));
    assert_eq!(of("demo-thinking-30"), Some((Kind::Thinking, 30)));
    for id in [
        "demo",
        "demo-",
        "demo-0",
        "demo-1001",
        "demo-fast-",
        "demo-x",
        "gpt-4.1",
        "demo-1.5",
    ] {
        assert_eq!(of(id), None, "{id}");
    }
}

#[test]
fn every_model_that_is_offered_exists() {
    let catalog = crate::core::catalog::Catalog::builtin();
    let row = catalog.provider(&"demo".into()).unwrap();
    for offered in &row.models {
        assert!(
            DemoModel::of(offered.id.as_str()).is_some(),
            "{}",
            offered.id
        );
    }
}

#[test]
fn every_answer_says_first_that_it_is_simulated() {
    let texts = texts();
    let mut seen = std::collections::BTreeSet::new();
    for turn in 0..20 {
        let answer = texts.answer("", turn);
        let first = answer.lines().next().unwrap();
        assert!(first.contains("simulated"), "{first}");
        assert!(answer.len() > 500);
        seen.insert(answer.to_owned());
    }
    assert_eq!(seen.len(), 5);
    for name in ["thinking", "refusal", "error", "busy"] {
        assert!(
            texts.named(name).to_lowercase().contains("simulated"),
            "{name}"
        );
    }
    assert!(texts.named("unknown").contains("demo-fast"));
}

#[test]
fn the_prompt_chooses_the_answer_and_without_a_hint_they_take_turns() {
    let texts = texts();
    assert!(texts.answer("Write a Rust FUNCTION", 0).contains("```rust"));
    assert!(texts.answer("Answer in Hindi, please", 3).contains("घड़ी"));
    assert!(
        texts
            .answer("How do I read this page?", 0)
            .contains("How to read")
    );
    assert_ne!(texts.answer("zzz", 0), texts.answer("zzz", 1));
    assert_eq!(texts.answer("zzz", 0), texts.answer("zzz", 5));
}

#[test]
fn a_plain_model_streams_its_text_at_its_speed_and_counts_it() {
    for (model, speed) in [
        ("demo-fast", 200.0),
        ("demo-20", 20.0),
        ("demo-1000", 1_000.0),
    ] {
        let log = run(script(model), 1.0);
        assert_eq!(log.phase(), Phase::Done);
        let expected = texts().answer("read this page", 0).to_owned();
        assert_eq!(log.answer(), expected);
        let usage = log.usage().unwrap();
        let tokens = u64::try_from(pieces(&expected).count()).unwrap();
        assert_eq!(usage.output.total, Some(tokens));
        assert_eq!(usage.input.total, Some(6));
        let rate = log.metrics().rate.unwrap().per_second;
        assert!((rate / speed - 1.0).abs() < 0.02, "{model}: {rate}");
    }
}

#[test]
fn a_thinking_model_thinks_first_and_reports_it() {
    let log = run(script("demo-thinking"), 4.0);
    assert_eq!(log.phase(), Phase::Done);
    assert_eq!(log.thinking(), texts().named("thinking"));
    let thought = u64::try_from(pieces(log.thinking()).count()).unwrap();
    assert_eq!(log.usage().unwrap().output.thinking, Some(thought));
    let metrics = log.metrics();
    assert!(metrics.ttfa_ms.unwrap() > metrics.ttft_ms.unwrap() + 500.0);
}

#[test]
fn a_cut_model_and_a_set_limit_end_with_length() {
    let finish = |log: &RunLog| log.finish().unwrap().unified;
    let cut = run(script("demo-cut"), 4.0);
    assert_eq!(finish(&cut), FinishReason::Length);
    assert!(cut.answer().len() < texts().answer("read this page", 0).len() / 2);
    for model in ["demo-fast", "demo-cut", "demo-error", "demo-dropped"] {
        let limited = Script::new(&request(model, "x", Some(10)), &texts());
        let log = run(limited, 4.0);
        assert_eq!(finish(&log), FinishReason::Length, "{model}");
        assert_eq!(log.usage().unwrap().output.total, Some(10));
        assert_eq!(pieces(log.answer()).count(), 10);
    }
    let roomy = Script::new(&request("demo-fast", "x", Some(100_000)), &texts());
    assert_eq!(finish(&run(roomy, 4.0)), FinishReason::Stop);
}

#[test]
fn a_limit_may_end_the_thinking_before_the_answer_begins() {
    let limited = Script::new(&request("demo-thinking", "x", Some(5)), &texts());
    let log = run(limited, 4.0);
    assert_eq!(log.answer(), "");
    assert_eq!(log.usage().unwrap().output.thinking, Some(5));
    assert_eq!(log.finish().unwrap().unified, FinishReason::Length);
}

#[test]
fn the_models_that_fail_fail_as_they_say() {
    let error = run(script("demo-error"), 4.0);
    assert_eq!(error.phase(), Phase::Failed);
    assert!(!error.answer().is_empty());
    let failure = error.failure().unwrap();
    assert_eq!(failure.kind, FailureKind::Server);
    assert!(failure.detail.as_deref().unwrap().contains("Simulated"));

    let dropped = script("demo-dropped");
    assert_eq!(dropped.ending, Ending::Broken);
    let dropped = run(dropped, 4.0);
    assert_eq!(dropped.failure().unwrap().kind, FailureKind::Truncated);
    assert!(!dropped.answer().is_empty());

    let refusal = run(script("demo-refusal"), 4.0);
    assert_eq!(refusal.finish().unwrap().unified, FinishReason::Refusal);
    assert_eq!(refusal.phase(), Phase::Done);
}

fn classified(script: Script) -> crate::core::domain::Failure {
    let headers: Vec<(String, String)> = script
        .headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let status = script.status;
    error::classify(
        Dialect::OpenaiChat,
        status,
        &headers,
        all(script).as_bytes(),
    )
}

#[test]
fn errors_before_any_text_are_ordinary_error_replies() {
    let busy = classified(script("demo-busy"));
    assert_eq!(busy.kind, FailureKind::RateLimited);
    assert_eq!(busy.retry_after, Some(Millis(20_000.0)));
    let unknown = classified(script("demo-nonsense"));
    assert_eq!(unknown.kind, FailureKind::NotFound);
    assert!(unknown.detail.unwrap().contains("demo-fast"));
}

#[test]
fn a_request_that_makes_no_sense_is_an_unknown_model() {
    for body in [
        "",
        "[]",
        "{\"model\":3}",
        "{\"model\":\"demo-fast\",\"messages\":{}}",
    ] {
        let script = Script::new(body, &texts());
        assert!(script.status == 404 || body.contains("demo-fast"), "{body}");
    }
}

proptest! {
    #[test]
    fn pieces_join_to_the_text(text in any::<String>()) {
        prop_assert_eq!(pieces(&text).collect::<String>(), text);
    }

    #[test]
    fn any_looking_gives_the_same_bytes_in_the_same_order(
        kind in prop::sample::select(vec!["fast", "thinking", "cut", "refusal", "error", "busy", "dropped", "nonsense"]),
        speed in 1_u32..=1_000,
        limit in prop::option::of(1_u32..400),
        looks in prop::collection::vec(0.0_f64..400.0, 0..60),
    ) {
        let request = request(&format!("demo-{kind}-{speed}"), "a table, please", limit);
        let fresh = || Script::new(&request, &texts());
        prop_assert_eq!(fresh(), fresh());
        let mut looked = fresh();
        let mut bytes = String::new();
        let mut now = 0.0;
        for look in looks {
            now += look;
            bytes.push_str(&looked.due(now));
            prop_assert!(looked.next_at_ms().is_none_or(|next| next > now));
            prop_assert_eq!(looked.due(now), "");
        }
        bytes.push_str(&looked.due(f64::INFINITY));
        prop_assert_eq!(bytes, all(fresh()));
    }
}
