use super::super::{CostGap, Day, Moment, PicoUsd, PriceTable, TokenClass};
use super::{OutputLimit, PaneToPrice, WorstCase, WorstPart, worst_case};
use crate::core::domain::{ModelId, Origin, ProviderId};
use serde_json::{Value, json};

const SERVED: &str = include_str!("../../../public/prices.json");

fn worst(panes: &[(&str, &str, &str, Value)]) -> WorstCase {
    let table = PriceTable::from_json(SERVED).unwrap();
    let owned: Vec<_> = panes
        .iter()
        .map(|(provider, origin, model, body)| {
            (
                ProviderId::new(*provider),
                Origin::new(*origin),
                ModelId::new(*model),
                body,
            )
        })
        .collect();
    let panes: Vec<_> = owned
        .iter()
        .map(|(provider, origin, model, body)| PaneToPrice {
            name: model.as_str(),
            provider,
            origin: Some(origin),
            model,
            body,
            limit_is_ours: false,
            counted: None,
        })
        .collect();
    worst_case(
        Some(&table),
        &panes,
        Moment::start_of(Day::parse("2026-11-24").unwrap()),
    )
}

fn ask(limit: &Value) -> Value {
    json!({"messages": [{"role": "user", "content": "Say hello"}], "max_completion_tokens": limit})
}

fn only(worst: &WorstCase) -> (PicoUsd, OutputLimit, u64) {
    match &worst.panes[0].part {
        WorstPart::AtMost {
            amount,
            limit,
            lines,
            ..
        } => (*amount, *limit, lines.last().unwrap().tokens),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_limit_of_the_request_times_the_price_of_output_is_the_bulk() {
    let found = worst(&[(
        "openai",
        "https://api.openai.com",
        "gpt-5.4",
        ask(&json!(1000)),
    )]);
    let (amount, limit, output) = only(&found);
    assert_eq!((limit, output), (OutputLimit::Request, 1000));
    assert!(
        amount > PicoUsd::parse("0.015").unwrap() && amount < PicoUsd::parse("0.0151").unwrap()
    );
    assert_eq!(found.total, amount);
}

#[test]
fn without_a_limit_it_is_the_most_that_the_model_puts_out() {
    let found = worst(&[(
        "openai",
        "https://api.openai.com",
        "gpt-5.4",
        ask(&Value::Null),
    )]);
    let (_, limit, output) = only(&found);
    assert_eq!((limit, output), (OutputLimit::Model, 128_000));
    let unlimited = worst(&[(
        "groq",
        "https://api.groq.com",
        "qwen/qwen3.6-27b",
        ask(&Value::Null),
    )]);
    assert_eq!(
        unlimited.panes[0].part,
        WorstPart::Unknown(CostGap::NoOutputLimit)
    );
}

#[test]
fn a_limit_that_the_api_demands_is_ours_where_none_is_set() {
    let body = json!({ "max_tokens": 32_000, "messages": [] });
    let (provider, origin, model) = (
        "anthropic".into(),
        Origin::new("https://api.anthropic.com"),
        "claude-opus-5-5".into(),
    );
    let pane = PaneToPrice {
        name: "a",
        provider: &provider,
        origin: Some(&origin),
        model: &model,
        body: &body,
        limit_is_ours: true,
        counted: None,
    };
    let now = Moment::start_of(Day::parse("2026-11-24").unwrap());
    let found = worst_case(Some(&PriceTable::from_json(SERVED).unwrap()), &[pane], now);
    let (_, limit, output) = only(&found);
    assert_eq!((limit, output), (OutputLimit::Ours, 32_000));
}

#[test]
fn the_most_of_a_model_is_that_of_one_answer_and_not_its_window() {
    let most = |provider, origin, model| {
        let (_, limit, output) = only(&worst(&[(provider, origin, model, ask(&Value::Null))]));
        assert_eq!(limit, OutputLimit::Model);
        output
    };
    let mistral = "https://api.mistral.ai";
    assert_eq!(most("mistral", mistral, "mistral-large-4"), 262_144);
    let google = "https://generativelanguage.googleapis.com";
    for model in ["gemini-4-argon", "gemini-4-carbon", "gemini-4-neon"] {
        assert_eq!(most("gemini", google, model), 65_536, "{model}");
    }
    let table: Value = serde_json::from_str(SERVED).unwrap();
    for list in table["lists"].as_array().unwrap() {
        for row in list["models"].as_array().unwrap() {
            let [most, window] = ["max_output", "context"].map(|key| row[key].as_u64());
            assert!(most <= window || window.is_none(), "{}", row["ids"]);
        }
    }
}

#[test]
fn a_long_prompt_a_fast_lane_and_several_answers_cost_more() {
    let (plain, ..) = only(&worst(&[(
        "anthropic",
        "https://api.anthropic.com",
        "claude-opus-5-5",
        json!({"max_tokens": 1000, "messages": []}),
    )]));
    let (fast, ..) = only(&worst(&[(
        "anthropic",
        "https://api.anthropic.com",
        "claude-opus-5-5",
        json!({"max_tokens": 1000, "messages": [], "speed": "fast"}),
    )]));
    assert_eq!(fast, plain.times(2));
    let long =
        json!({"max_tokens": 1, "messages": [{"role": "user", "content": "word ".repeat(90_000)}]});
    let found = worst(&[(
        "anthropic",
        "https://api.anthropic.com",
        "claude-haiku-5-5",
        long,
    )]);
    let WorstPart::AtMost { basis, .. } = &found.panes[0].part else {
        panic!("{found:?}")
    };
    assert_eq!(basis.tier_over, Some(100_000));
    let two =
        json!({"contents": [], "generationConfig": {"maxOutputTokens": 50, "candidateCount": 2}});
    let (_, _, output) = only(&worst(&[(
        "gemini",
        "https://generativelanguage.googleapis.com",
        "gemini-3.5-flash",
        two,
    )]));
    assert_eq!(output, 100);
}

#[test]
fn dearer_hours_and_cache_writes_are_taken_for_granted() {
    let (amount, ..) = only(&worst(&[(
        "deepseek",
        "https://api.deepseek.com",
        "deepseek-v4-pro",
        json!({"max_tokens": 1_000_000, "messages": []}),
    )]));
    assert!(amount > PicoUsd::parse("3.96").unwrap());
    let cached = json!({"max_tokens": 0, "messages": [{"role": "user", "content": [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral"}}]}]});
    let plain = json!({"max_tokens": 0, "messages": [{"role": "user", "content": [{"type": "text", "text": "x"}]}]});
    let at = |body| {
        only(&worst(&[(
            "anthropic",
            "https://api.anthropic.com",
            "claude-haiku-4-5",
            body,
        )]))
        .0
    };
    assert!(at(cached) > at(plain));
}

#[test]
fn who_writes_to_a_cache_unasked_is_taken_to_do_so() {
    let body = json!({"max_output_tokens": 0, "input": "word ".repeat(1000)});
    let part = |provider, origin, model| match worst(&[(provider, origin, model, body.clone())])
        .panes
        .swap_remove(0)
        .part
    {
        WorstPart::AtMost { lines, .. } => lines[0].class,
        other => panic!("{other:?}"),
    };
    let openai = |model| part("openai", "https://api.openai.com", model);
    assert_eq!(openai("gpt-6-sol"), TokenClass::CacheWrite);
    assert_eq!(openai("gpt-5.4"), TokenClass::Input);
    let anthropic = part("anthropic", "https://api.anthropic.com", "claude-haiku-4-5");
    assert_eq!(anthropic, TokenClass::Input);
}

#[test]
fn a_relay_at_home_is_not_said_to_cost_nothing() {
    let found = worst(&[(
        "openai-compatible",
        "http://localhost:4000",
        "claude-opus-5-5",
        ask(&json!(1000)),
    )]);
    assert!(only(&found).0 > PicoUsd::parse("0.02").unwrap());
}

#[test]
fn unknown_prices_are_named_and_local_panes_add_nothing() {
    let found = worst(&[
        (
            "openai",
            "https://api.openai.com",
            "gpt-5.4",
            ask(&json!(1000)),
        ),
        (
            "openai-compatible",
            "https://host.example",
            "mystery",
            ask(&json!(1000)),
        ),
        (
            "openai-compatible",
            "http://localhost:8080",
            "llama",
            ask(&json!(1000)),
        ),
        (
            "anthropic",
            "http://127.0.0.1:8080",
            "smollm2",
            ask(&json!(1000)),
        ),
        ("demo", "https://demo.example", "quick", ask(&json!(1000))),
        (
            "litellm",
            "http://localhost:4000",
            "house-model",
            ask(&json!(1000)),
        ),
    ]);
    assert_eq!(found.panes[5].part, WorstPart::Unknown(CostGap::NoPrice));
    assert_eq!(found.panes[1].part, WorstPart::Unknown(CostGap::NoPrice));
    assert_eq!(found.panes[2].part, WorstPart::Local);
    assert_eq!(found.panes[3].part, WorstPart::Local);
    assert_eq!(found.panes[4].part, WorstPart::Simulated);
    assert_eq!(found.total, only(&found).0);
    assert!(found.has_amount());
}

#[test]
fn before_the_table_is_there_every_price_is_unknown() {
    let body = ask(&json!(10));
    let (provider, origin, model) = (
        "openai".into(),
        Origin::new("https://api.openai.com"),
        "gpt-5.4".into(),
    );
    let pane = PaneToPrice {
        name: "a",
        provider: &provider,
        origin: Some(&origin),
        model: &model,
        body: &body,
        limit_is_ours: false,
        counted: None,
    };
    let found = worst_case(None, &[pane], Moment::default());
    assert_eq!(found.panes[0].part, WorstPart::Unknown(CostGap::NoTable));
    assert!(!found.has_amount());
}

#[test]
fn the_limit_is_found_where_each_dialect_has_it() {
    for body in [
        json!({ "max_tokens": 7 }),
        json!({ "max_output_tokens": 7 }),
        json!({ "generationConfig": { "maxOutputTokens": 7 } }),
        json!({ "inferenceConfig": { "maxTokens": 7 } }),
    ] {
        assert_eq!(super::output_limit(&body), Some(7), "{body}");
    }
    assert_eq!(super::output_limit(&json!({ "inferenceConfig": {} })), None);
}

#[test]
fn a_count_of_the_provider_takes_the_place_of_the_estimate() {
    let body = json!({ "max_tokens": 10, "messages": [{ "role": "user", "content": [
        { "type": "image_url", "image_url": { "url": "data:image/png;base64,AA==" } }] }] });
    let (provider, origin, model) = (
        "openai".into(),
        Origin::new("https://api.openai.com"),
        "gpt-5.4".into(),
    );
    let part = |counted| {
        let pane = PaneToPrice {
            name: "a",
            provider: &provider,
            origin: Some(&origin),
            model: &model,
            body: &body,
            limit_is_ours: false,
            counted,
        };
        let now = Moment::start_of(Day::parse("2026-11-24").unwrap());
        worst_case(Some(&PriceTable::from_json(SERVED).unwrap()), &[pane], now).panes[0]
            .part
            .clone()
    };
    let WorstPart::AtMost { lines, .. } = part(Some(1234)) else {
        panic!("a counted request has an amount");
    };
    let input = lines
        .iter()
        .find(|line| line.class == TokenClass::Input)
        .unwrap();
    assert_eq!((input.tokens, input.is_estimated), (1234, false));
}
