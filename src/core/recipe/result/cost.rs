//! What a run cost, in the document's form. Amounts are texts of exact decimal
//! numbers, because a float of JSON would round them.

use crate::core::pricing::{Cost, CostLine, Hours, PicoUsd, PriceBasis, Priced, TokenClass, Via};
use serde_json::{Map, Value, json};

/// `None` for what is not known.
pub(super) fn cost_value(cost: &Cost) -> Option<Value> {
    match cost {
        Cost::Known(priced) => Some(priced_value(priced)),
        Cost::Local => Some(json!({ "source": "local" })),
        Cost::Simulated => Some(json!({ "source": "simulated" })),
        Cost::Unknown(_) => None,
    }
}

fn priced_value(priced: &Priced) -> Value {
    let lines: Vec<Value> = priced.lines.iter().map(line_value).collect();
    object([
        ("usd", Some(usd(priced.total))),
        ("source", Some(priced.source.as_str().into())),
        ("lines", (!lines.is_empty()).then(|| lines.into())),
        ("prices", priced.basis.as_deref().map(basis_value)),
        ("by_list", priced.by_list.as_deref().map(priced_value)),
    ])
}

fn line_value(line: &CostLine) -> Value {
    object([
        ("class", Some(class_word(line.class).into())),
        ("count", Some(line.tokens.into())),
        (
            "is_estimated",
            line.is_estimated.then_some(Value::Bool(true)),
        ),
        ("price_usd", Some(usd(line.price))),
        ("is_stand_in", line.is_stand_in.then_some(Value::Bool(true))),
        ("usd", Some(usd(line.amount))),
    ])
}

fn basis_value(basis: &PriceBasis) -> Value {
    let factors: Vec<Value> = basis
        .factors
        .iter()
        .map(|factor| json!({ "region": factor.region, "times": [factor.numerator, factor.denominator] }))
        .collect();
    let via = match basis.via {
        Via::Direct => "direct",
        Via::OtherBase => "other_base",
        Via::ModelName => "model_name",
    };
    let hours = basis.hours.map(|hours| match hours {
        Hours::Peak => "peak",
        Hours::OffPeak => "off_peak",
    });
    let text = |text: &Option<String>| text.clone().map(Value::from);
    object([
        ("list", Some(basis.list.clone().into())),
        ("model", Some(basis.model.clone().into())),
        ("via", Some(via.into())),
        (
            "by_returned_model",
            basis.by_returned_model.then_some(Value::Bool(true)),
        ),
        ("age_days", Some(basis.age_days.into())),
        ("is_live", basis.is_live.then_some(Value::Bool(true))),
        ("as_of", Some(basis.as_of.to_string().into())),
        ("source", Some(basis.source.clone().into())),
        ("url", text(&basis.url)),
        ("variant", text(&basis.variant)),
        ("over_tokens", basis.tier_over.map(Value::from)),
        ("hours", hours.map(Value::from)),
        ("factors", (!factors.is_empty()).then(|| factors.into())),
        (
            "is_contested",
            basis.is_contested.then_some(Value::Bool(true)),
        ),
    ])
}

fn usd(amount: PicoUsd) -> Value {
    amount.to_decimal().into()
}

/// Of members that may be absent.
fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let known = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(known.collect::<Map<String, Value>>())
}

fn class_word(class: TokenClass) -> &'static str {
    match class {
        TokenClass::Input => "input",
        TokenClass::CachedInput => "cached_input",
        TokenClass::CacheWrite => "cache_write",
        TokenClass::CacheWriteLong => "cache_write_long",
        TokenClass::Output => "output",
        TokenClass::Request => "request",
        TokenClass::WebSearch => "web_search",
    }
}
