//! The same model by several routes.

use super::super::{
    Cost, CostSource, Moment, PicoUsd, PriceTable, Priced, RunToPrice, cost_of_run,
};
use crate::core::{
    domain::{Millis, ModelId, Origin, ProviderId},
    pricing::Day,
    run::RunLog,
    wire::{Dialect, StreamDecoder},
};
use serde_json::json;

/// What a million tokens in and a million out cost by a route, in dollars, and
/// how that is known. The reply names the model.
fn cost(provider: &str, origin: &str, asked: &str, named: Option<&str>) -> Option<Priced> {
    let table = PriceTable::from_json(include_str!("../../../public/prices.json")).unwrap();
    let mut log = RunLog::new();
    log.sent(Millis(0.0), true, false);
    let mut decoder = StreamDecoder::new(Dialect::OpenaiChat);
    let mut events = Vec::new();
    let usage =
        json!({ "prompt_tokens": 90_000, "completion_tokens": 10_000, "total_tokens": 100_000 });
    let mut text = json!({ "choices": [{ "index": 0, "delta": { "content": "hi" } }] });
    if let Some(named) = named {
        text["model"] = json!(named);
    }
    let end = json!({ "choices": [{ "index": 0, "delta": {}, "finish_reason": "stop" }], "usage": usage });
    for frame in [text, end] {
        decoder.push(format!("data: {frame}\n\n").as_bytes(), &mut events);
    }
    decoder.push(b"data: [DONE]\n\n", &mut events);
    decoder.finish(&mut events);
    for event in &events {
        log.apply(event, Millis(5.0));
    }
    log.end(Millis(9.0));
    let now = Moment::start_of(Day::parse("2026-11-24").unwrap());
    let cost = cost_of_run(
        Some(&table),
        &RunToPrice {
            provider: &ProviderId::new(provider),
            origin: Some(&Origin::new(origin)),
            asked: &ModelId::new(asked),
            log: &log,
            body: None,
            sent_at: now,
            now,
        },
    );
    match cost {
        Cost::Known(priced) => Some(*priced),
        _ => None,
    }
}

fn dollars(text: &str) -> PicoUsd {
    PicoUsd::parse(text).unwrap()
}

const RUNTIME: &str = "https://bedrock-runtime.eu-central-1.amazonaws.com";

#[test]
fn the_prefix_of_a_bedrock_id_decides_its_price() {
    // 90,000 × 4 + 10,000 × 20 dollars for a million.
    for (id, amount, source) in [
        (
            "global.anthropic.claude-opus-5-5",
            "0.56",
            CostSource::Computed,
        ),
        (
            "global.anthropic.claude-opus-5-5-v1:0",
            "0.56",
            CostSource::Computed,
        ),
        (
            "us.anthropic.claude-opus-5-5",
            "0.616",
            CostSource::Computed,
        ),
        (
            "eu.anthropic.claude-opus-5-5-v1:0",
            "0.616",
            CostSource::Computed,
        ),
        (
            "jp.anthropic.claude-opus-5-5",
            "0.616",
            CostSource::Computed,
        ),
        ("anthropic.claude-opus-5-5", "0.616", CostSource::Estimated),
        ("us.openai.gpt-6-sol", "0.308", CostSource::Computed),
        ("openai.gpt-6-sol", "0.308", CostSource::Estimated),
        ("openai.gpt-oss-120b-1:0", "0.0195", CostSource::Computed),
    ] {
        let priced = cost("bedrock", RUNTIME, id, None).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(
            (priced.total, priced.source),
            (dollars(amount), source),
            "{id}"
        );
        let is_contested = priced.basis.unwrap().is_contested;
        assert_eq!(is_contested, source == CostSource::Estimated, "{id}");
    }
    assert_eq!(
        cost("bedrock", RUNTIME, "global.nobody.model-1", None),
        None
    );
}

#[test]
fn mantle_costs_what_the_region_does_and_nobody_doubts_it() {
    let host = "https://bedrock-mantle.us-east-1.api.aws";
    let priced = cost("bedrock-mantle", host, "anthropic.claude-opus-5-5", None).unwrap();
    assert_eq!(
        (priced.total, priced.source),
        (dollars("0.616"), CostSource::Computed)
    );
}

#[test]
fn a_place_of_vertex_costs_a_tenth_more_for_newer_models() {
    let global = "https://aiplatform.googleapis.com";
    for (origin, model, amount, place) in [
        (global, "claude-opus-5-5", "0.56", None),
        (
            "https://europe-west1-aiplatform.googleapis.com",
            "claude-opus-5-5",
            "0.616",
            Some("europe-west1"),
        ),
        (
            "https://aiplatform.eu.rep.googleapis.com",
            "claude-opus-5-5",
            "0.616",
            Some("eu"),
        ),
        (
            "https://us-east5-aiplatform.googleapis.com",
            "claude-haiku-4-5@20251001",
            "0.154",
            Some("us-east5"),
        ),
        (global, "gemini-3.5-flash", "0.225", None),
        (
            "https://us-central1-aiplatform.googleapis.com",
            "gemini-3.5-flash",
            "0.2475",
            Some("us-central1"),
        ),
        (
            "https://us-central1-aiplatform.googleapis.com",
            "gemini-2.5-flash-lite",
            "0.013",
            None,
        ),
    ] {
        let priced = cost("vertex", origin, model, None).unwrap_or_else(|| panic!("{model}"));
        assert_eq!(priced.total, dollars(amount), "{origin} {model}");
        let factors = priced.basis.unwrap().factors;
        let places: Vec<_> = factors
            .iter()
            .map(|factor| factor.region.as_str())
            .collect();
        assert_eq!(
            places,
            place.into_iter().collect::<Vec<_>>(),
            "{origin} {model}"
        );
    }
}

#[test]
fn a_deployment_is_priced_by_the_model_that_the_reply_names() {
    let azure = "https://r-1.openai.azure.com";
    let priced = cost("azure", azure, "our-best", Some("gpt-4.1-2025-04-14")).unwrap();
    assert_eq!(priced.total, dollars("0.26"));
    let basis = priced.basis.unwrap();
    assert!(basis.by_returned_model && basis.list == "Azure");
    assert_eq!(
        cost("azure", azure, "our-best", None),
        None,
        "a name of one's own says nothing"
    );
    let claude = cost(
        "azure",
        "https://r-1.services.ai.azure.com",
        "claude-opus-5-5",
        None,
    );
    assert_eq!(claude.unwrap().total, dollars("0.56"));
}
