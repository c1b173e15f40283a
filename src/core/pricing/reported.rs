//! Costs that providers report with the usage.

use super::PicoUsd;
use crate::core::run::RunLog;
use serde_json::Value;

/// What the provider says the run cost.
///
/// `OpenRouter` and `LiteLLM` say `cost`, Perplexity `cost.total_cost`, xAI
/// `cost_in_usd_ticks`. With a key of one's own at `OpenRouter`, `cost` is its
/// fee alone, and what the provider behind it charges comes on top.
pub(super) fn reported(log: &RunLog) -> Option<PicoUsd> {
    let in_usage = log.usage().and_then(|usage| usage.raw.as_ref());
    in_usage.and_then(of_usage).or_else(|| {
        let ticks = log
            .extras()
            .iter()
            .find(|(name, _)| name == "cost_in_usd_ticks");
        ticks.and_then(|(_, ticks)| PicoUsd::from_json_ticks(ticks))
    })
}

fn of_usage(raw: &Value) -> Option<PicoUsd> {
    if let Some(ticks) = raw.get("cost_in_usd_ticks") {
        return PicoUsd::from_json_ticks(ticks);
    }
    let cost = raw.get("cost")?;
    if let Some(total) = cost.get("total_cost") {
        let currency = cost.get("currency").and_then(Value::as_str);
        let is_usd = currency.is_none_or(|currency| currency.eq_ignore_ascii_case("usd"));
        return PicoUsd::from_json(total).filter(|_| is_usd);
    }
    let fee = PicoUsd::from_json(cost)?;
    if raw.get("is_byok") != Some(&Value::Bool(true)) {
        return Some(fee);
    }
    // Without the other part the fee alone would be far too little.
    let behind = raw.get("cost_details")?.get("upstream_inference_cost")?;
    PicoUsd::from_json(behind).map(|behind| fee.plus(behind))
}

#[cfg(test)]
mod tests {
    use super::{PicoUsd, of_usage};
    use serde_json::json;

    #[test]
    fn each_providers_form_is_read() {
        let usd = |text| PicoUsd::parse(text);
        for (raw, expected) in [
            (
                json!({"cost": 3.435e-5, "is_byok": false}),
                usd("0.00003435"),
            ),
            (json!({"cost": "0.00014"}), usd("0.00014")),
            (
                json!({"cost": {"currency": "USD", "total_cost": 0.00504}}),
                usd("0.00504"),
            ),
            (json!({"cost_in_usd_ticks": 6_618_500}), usd("0.00066185")),
            (
                json!({"cost": 0.00001, "is_byok": true, "cost_details": {"upstream_inference_cost": 0.0002}}),
                usd("0.00021"),
            ),
        ] {
            assert_eq!(of_usage(&raw), expected, "{raw}");
        }
    }

    #[test]
    fn what_is_no_cost_in_dollars_is_none() {
        for raw in [
            json!({}),
            json!({"cost": null}),
            json!({"cost": -1}),
            json!({"cost": {"currency": "EUR", "total_cost": 0.5}}),
            json!({"cost": {"input_cost": 0.5}}),
            json!({"cost": 0.00001, "is_byok": true}),
            json!({"cost_in_usd_ticks": "many"}),
        ] {
            assert_eq!(of_usage(&raw), None, "{raw}");
        }
    }
}
