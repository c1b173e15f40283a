use super::*;
use crate::core::{
    domain::{ModelId, ProviderId},
    pricing::{Moment, PaneToPrice, PriceTable, WorstPart, list_price, worst_case},
    wire::endpoint::resolve,
};

const OPENROUTER_BASE: &str = "https://openrouter.ai/api/v1";
const GATEWAY_BASE: &str = "http://localhost:4000/v1";

fn today() -> Day {
    Day::parse("2026-11-24").unwrap()
}

fn endpoint(base: &str) -> Endpoint {
    let row = Catalog::builtin()
        .provider(&"openai-compatible".into())
        .unwrap();
    resolve(row, None, Some(base)).unwrap()
}

/// The table with this list of the gateway at `base`.
fn table(base: &str, body: &Value) -> (PriceTable, Endpoint) {
    let endpoint = endpoint(base);
    let source = LiveSource::of(&endpoint).unwrap();
    let origin = endpoint.real_origin();
    let live = LivePrices::read(source, origin, &endpoint.host, &body.to_string(), today());
    let table = PriceTable::from_json(include_str!("../../../public/prices.json")).unwrap();
    (table.with_live(vec![live.unwrap()]), endpoint)
}

/// Picodollars for a token in and out.
fn price_of(base: &str, body: &Value, model: &str) -> Option<(u64, u64)> {
    let (table, endpoint) = table(base, body);
    let price = list_price(
        &table,
        &ProviderId::new("openai-compatible"),
        Some(endpoint.real_origin()),
        &ModelId::new(model),
        Moment::start_of(today()),
    )?;
    assert!(price.is_live);
    Some((price.input.0, price.output.0))
}

fn openrouter(pricing: &Value) -> Value {
    json!({ "data": [{ "id": "maker/Model-1", "pricing": pricing }] })
}

fn gateway(info: &Value) -> Value {
    json!({ "data": [{ "model_name": "house-model", "model_info": info }] })
}

#[test]
fn decimal_texts_become_picodollars_exactly() {
    for (prompt, completion, expected) in [
        ("0.0000003", "0.0000025", (300_000, 2_500_000)),
        ("0.000000000001", "1", (1, 1_000_000_000_000)),
        ("0.00000014", "0.00000028", (140_000, 280_000)),
        ("0", "0", (0, 0)),
    ] {
        let body = openrouter(&json!({ "prompt": prompt, "completion": completion }));
        let price = price_of(OPENROUTER_BASE, &body, "maker/model-1");
        assert_eq!(price, Some(expected), "{prompt} {completion}");
    }
}

#[test]
fn what_openrouter_does_not_know_stays_unknown_and_no_other_list_speaks_for_it() {
    for pricing in [
        json!({ "prompt": "-1", "completion": "-1" }),
        json!({ "prompt": "0.000001" }),
        json!({ "prompt": "cheap", "completion": "0.000001" }),
        json!({ "prompt": "0.0000000000000001", "completion": "0.000001" }),
        json!({ "prompt": "0.000001", "completion": "0.000002", "internal_reasoning": "0.000009" }),
        json!({ "prompt": "0.000001", "completion": "0.000002", "overrides": [{ "utc_start": "01:00", "utc_end": "04:00", "prompt": "0.000002" }] }),
        json!(null),
    ] {
        // The shipped list has a price of this one.
        let body = json!({ "data": [{ "id": "openai/gpt-5.4", "pricing": pricing }] });
        let price = price_of(OPENROUTER_BASE, &body, "openai/gpt-5.4");
        assert_eq!(price, None, "{pricing}");
    }
}

#[test]
fn a_model_that_the_live_list_lacks_has_the_shipped_price() {
    let (table, endpoint) = table(OPENROUTER_BASE, &json!({ "data": [] }));
    let id = ModelId::new("openai/gpt-5.4");
    let row = ProviderId::new("openai-compatible");
    let now = Moment::start_of(today());
    let price = list_price(&table, &row, Some(endpoint.real_origin()), &id, now);
    assert!(price.is_some_and(|price| !price.is_live));
}

#[test]
fn long_prompts_have_the_price_of_their_override() {
    let pricing = json!({
        "prompt": "0.000001", "completion": "0.000002",
        "overrides": [{ "min_prompt_tokens": 200_001, "prompt": "0.000002" }],
    });
    let (table, _) = table(OPENROUTER_BASE, &openrouter(&pricing));
    let live = table.live_list(&Origin::new(OPENROUTER)).unwrap().1;
    let row = live.find_live("maker/model-1").unwrap();
    let period = row.prices().first().unwrap();
    assert_eq!(
        period.get("over"),
        Some(&json!([{ "in": 2_000_000, "above": 200_000 }]))
    );
}

#[test]
fn a_list_holds_for_its_own_origin_only() {
    let body = gateway(&json!({ "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6 }));
    let (table, _) = table(GATEWAY_BASE, &body);
    let row = ProviderId::new("openai-compatible");
    let now = Moment::start_of(today());
    for (origin, is_priced) in [
        ("http://localhost:4000", true),
        ("http://localhost:11434", false),
        ("http://127.0.0.1:4000", false),
    ] {
        let origin = Origin::new(origin);
        let price = list_price(&table, &row, Some(&origin), &"house-model".into(), now);
        assert_eq!(price.is_some(), is_priced, "{origin:?}");
    }
}

#[test]
fn floats_of_a_gateway_are_read_as_they_were_written() {
    for (input, output, expected) in [
        (json!(1.5e-7), json!(6e-7), (150_000, 600_000)),
        (json!(0.000_003), json!(0.000_015), (3_000_000, 15_000_000)),
        (json!("0.0000025"), json!(1e-5), (2_500_000, 10_000_000)),
    ] {
        let info = json!({ "input_cost_per_token": input, "output_cost_per_token": output });
        let price = price_of(GATEWAY_BASE, &gateway(&info), "house-model");
        assert_eq!(price, Some(expected), "{info}");
    }
}

#[test]
fn a_gateway_that_says_nothing_or_0_is_not_believed_to_be_free() {
    for info in [
        json!({}),
        json!(null),
        json!({ "input_cost_per_token": 0, "output_cost_per_token": 0 }),
        json!({ "input_cost_per_token": null, "output_cost_per_token": null }),
        json!({ "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6, "output_cost_per_reasoning_token": 9e-6 }),
    ] {
        assert_eq!(
            price_of(GATEWAY_BASE, &gateway(&info), "house-model"),
            None,
            "{info}"
        );
    }
}

#[test]
fn deployments_of_one_name_at_two_prices_have_none() {
    let row = |input: f64| json!({ "model_name": "house-model", "model_info": { "input_cost_per_token": input, "output_cost_per_token": 2e-6 } });
    let same = json!({ "data": [row(1e-6), row(1e-6)] });
    let differ = json!({ "data": [row(1e-6), row(3e-6)] });
    assert!(price_of(GATEWAY_BASE, &same, "house-model").is_some());
    assert_eq!(price_of(GATEWAY_BASE, &differ, "house-model"), None);
}

#[test]
fn deployments_at_two_prices_keep_a_row_that_says_so() {
    let row = |info: &Value| json!({ "model_name": "gpt-5.4", "model_info": info });
    let at = |input: f64| json!({ "input_cost_per_token": input, "output_cost_per_token": 2e-6 });
    for rows in [
        vec![row(&at(1e-6)), row(&at(3e-6))],
        vec![row(&at(1e-6)), row(&at(3e-6)), row(&at(1e-6))],
        vec![row(&json!({})), row(&at(1e-6))],
    ] {
        let (table, endpoint) = table(GATEWAY_BASE, &json!({ "data": rows }));
        let (provider, model) = (
            ProviderId::new("openai-compatible"),
            ModelId::new("gpt-5.4"),
        );
        let body = json!({ "max_tokens": 10, "messages": [] });
        let pane = PaneToPrice {
            name: "a",
            provider: &provider,
            origin: Some(endpoint.real_origin()),
            model: &model,
            body: &body,
            limit_is_ours: false,
            counted: None,
        };
        let found = worst_case(Some(&table), &[pane], Moment::start_of(today()));
        let part = &found.panes.first().unwrap().part;
        assert!(matches!(part, WorstPart::Unknown(_)), "{part:?}");
    }
}

#[test]
fn only_gateways_are_asked_for_their_prices() {
    for (base, source) in [
        (OPENROUTER_BASE, Some(LiveSource::OpenRouter)),
        (GATEWAY_BASE, Some(LiveSource::LiteLlm)),
        ("http://localhost:11434/v1", None),
        ("https://openrouter.ai.evil.example/v1", None),
    ] {
        assert_eq!(LiveSource::of(&endpoint(base)), source, "{base}");
    }
}

#[test]
fn they_are_asked_at_their_own_paths() {
    let row = Catalog::builtin()
        .provider(&"openai-compatible".into())
        .unwrap();
    for (base, url) in [
        (OPENROUTER_BASE, "https://openrouter.ai/api/v1/models"),
        (GATEWAY_BASE, "http://localhost:4000/v1/model/info"),
    ] {
        let endpoint = endpoint(base);
        let source = LiveSource::of(&endpoint).unwrap();
        let request = source.request(row, &endpoint).unwrap();
        assert_eq!((request.method, request.url.as_str()), ("GET", url));
    }
}

#[test]
fn what_is_no_list_is_an_error() {
    for body in ["", "<html>", "{}", r#"{"data":{}}"#, r#"{"error":"no"}"#] {
        let origin = Origin::new(OPENROUTER);
        let read = LivePrices::read(LiveSource::OpenRouter, &origin, "h", body, today());
        assert_eq!(read, Err(LiveError::NoList), "{body}");
    }
}

proptest::proptest! {
    #[test]
    fn no_json_breaks_the_reading(text in r#"\{"data":\[(\{"(id|model_name)":"a","(pricing|model_info)":\{"(prompt|input_cost_per_token|overrides)":("[-0-9.e]{0,9}"|[0-9]{1,9}|null|\[\{\}\])\}\},?)?\]\}"#) {
        for source in [LiveSource::OpenRouter, LiveSource::LiteLlm] {
            LivePrices::read(source, &Origin::new(OPENROUTER), "h", &text, today()).ok();
        }
    }
}
