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
use std::sync::LazyLock;

/// What a million tokens in and a million out cost by a route, in dollars, and
/// how that is known. The reply names the model.
fn cost(provider: &str, origin: &str, asked: &str, named: Option<&str>) -> Option<Priced> {
    static TABLE: LazyLock<PriceTable> = LazyLock::new(|| {
        PriceTable::from_json(include_str!("../../../public/prices.json")).unwrap()
    });
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
        Some(&TABLE),
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

/// Every prefix of an inference profile that is known, and one that is not.
const REACHES: [&str; 15] = [
    "us", "eu", "jp", "au", "apac", "in", "ca", "sa", "me", "af", "il", "us-gov", "global", "mx",
    "",
];
/// Every Claude of the served list, by what stands for it in an id, with what a
/// million tokens in cost by `global.`, in one region, and in `GovCloud`.
const CLAUDES: [(&str, &str, &str, &str); 16] = [
    ("claude-fable-5-2", "8", "8.8", "9.6"),
    ("claude-fable-5-1", "10", "11", "12"),
    ("claude-fable-5", "10", "11", "12"),
    ("claude-mythos-5-2", "8", "8.8", "9.6"),
    ("claude-opus-5-5", "4", "4.4", "4.8"),
    ("claude-sonnet-5-5", "2", "2.2", "2.4"),
    ("claude-haiku-5-5", "0.1", "0.11", "0.12"),
    ("claude-opus-5", "5", "5.5", "6"),
    ("claude-sonnet-5", "2", "2.2", "2.4"),
    ("claude-opus-4-8", "5", "5.5", "6"),
    ("claude-opus-4-7", "5", "5.5", "6"),
    ("claude-opus-4-6-v1", "5", "5.5", "6"),
    ("claude-opus-4-5-20251101-v1:0", "5", "5.5", "6"),
    ("claude-sonnet-4-6", "3", "3.3", "3.6"),
    ("claude-sonnet-4-5-20250929-v1:0", "3", "3.3", "3.6"),
    ("claude-haiku-4-5-20251001-v1:0", "1", "1.1", "1.2"),
];

/// What a million tokens in and none out cost by the price that was taken.
fn per_million(priced: &Priced) -> PicoUsd {
    priced.lines.first().unwrap().price.times(1_000_000)
}

#[test]
fn whatever_its_prefix_a_claude_of_bedrock_has_bedrocks_own_price() {
    for (name, global, region, gov) in CLAUDES {
        for reach in REACHES {
            let dot = if reach.is_empty() { "" } else { "." };
            for end in ["", "-v1:0"] {
                if !end.is_empty() && (name.contains("-v1") || name.contains("-4-")) {
                    continue;
                }
                let id = format!("{reach}{dot}anthropic.{name}{end}");
                let priced = cost("bedrock", RUNTIME, &id, None).unwrap_or_else(|| panic!("{id}"));
                let wanted = match reach {
                    "global" => global,
                    "us-gov" => gov,
                    _ => region,
                };
                assert_eq!(per_million(&priced), dollars(wanted), "{id}");
                let is_global = reach == "global";
                assert!(!is_global || priced.source == CostSource::Computed, "{id}");
                let is_sure = priced.source == CostSource::Computed;
                let basis = priced.basis.unwrap();
                assert_eq!(basis.list, "Amazon Bedrock", "{id}");
                // The row names the prefix, or the amount says that it does not.
                assert_eq!(is_sure, !basis.is_contested, "{id}");
                assert!(!basis.model.starts_with('*') || basis.is_contested, "{id}");
                let is_unnamed =
                    ["ca", "sa", "me", "af", "il", "mx", "us-gov", ""].contains(&reach);
                assert!(!is_unnamed || basis.is_contested, "{id}");
            }
        }
    }
}

#[test]
fn every_claude_of_bedrocks_list_is_in_the_table_of_this_test() {
    let table = PriceTable::from_json(include_str!("../../../public/prices.json")).unwrap();
    let listed = table.ids_of_row("bedrock");
    let globals = listed.iter().filter_map(|id| {
        let name = id.as_str().strip_prefix("global.anthropic.")?;
        // Older ones cost the same everywhere.
        (!name.starts_with("claude-sonnet-4-2025")).then(|| name.trim_end_matches("-v1:0"))
    });
    for name in globals {
        let is_there = |row: &(&str, _, _, _)| row.0.starts_with(name);
        assert!(CLAUDES.iter().any(is_there), "{name}");
    }
}

#[test]
fn a_claude_without_a_price_at_bedrock_never_has_googles() {
    for id in ["us.anthropic.claude-opus-9-9", "xx.anthropic.claude-next"] {
        assert_eq!(cost("bedrock", RUNTIME, id, None), None, "{id}");
    }
    let relay = "https://relay.example";
    let via_relay = |id| cost("openai-compatible", relay, id, None).map(|priced| priced.basis);
    let basis = via_relay("apac.anthropic.claude-opus-5-5")
        .flatten()
        .unwrap();
    assert_eq!(basis.list, "Amazon Bedrock");
    let basis = via_relay("claude-opus-5-5").flatten().unwrap();
    assert_eq!(basis.list, "Anthropic");
    assert_eq!(via_relay("google/claude-opus-5-5"), None);
    assert_eq!(via_relay("my-claude-opus-5-5"), None);
}

#[test]
fn the_makers_price_is_an_estimate_at_a_host_that_has_prices_of_its_own() {
    let groq = cost("groq", "https://api.groq.com", "gpt-5.4", None).unwrap();
    assert_eq!(groq.source, CostSource::Estimated);
    let unknown = cost("openai-compatible", "https://gw.example", "gpt-5.4", None).unwrap();
    assert_eq!(unknown.source, CostSource::Computed);
}

#[test]
fn govcloud_costs_a_fifth_more_with_and_without_a_prefix() {
    let gov = "https://bedrock-runtime.us-gov-west-1.amazonaws.com";
    for id in [
        "us-gov.anthropic.claude-opus-5-5",
        "anthropic.claude-opus-5-5",
    ] {
        let priced = cost("bedrock", gov, id, None).unwrap();
        // 90,000 × 4.8 + 10,000 × 24 dollars for a million.
        assert_eq!(priced.total, dollars("0.672"), "{id}");
        let factors = priced.basis.unwrap().factors;
        let place = factors.first().map(|factor| factor.region.as_str());
        let wanted = id.starts_with("anthropic").then_some("us-gov-west-1");
        assert_eq!(place, wanted, "{id}");
    }
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
