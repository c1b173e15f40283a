//! How a request was served, where that changes the price.

use super::{CostGap, Factor, route::Route, table::Row};
use crate::core::run::RunLog;
use serde_json::Value;

/// Words of providers for what everybody gets.
const USUAL: [&str; 8] = [
    "",
    "auto",
    "default",
    "global",
    "not_available",
    "on_demand",
    "standard",
    "standard_only",
];

/// What was asked for or served besides the usual, in the provider's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Served {
    /// Service tier or speed.
    pub(super) variant: Option<String>,
    /// Where it ran.
    region: Option<String>,
}

impl Served {
    /// As the reply says; where it says nothing, as was asked.
    pub(super) fn of_run(log: &RunLog, body: Option<&Value>) -> Self {
        let raw = log.usage().and_then(|usage| usage.raw.as_ref());
        let tier = log.meta().service_tier.as_deref();
        let places = [raw, body];
        Self {
            variant: first(&places, &["speed"]).and_then(unusual).or_else(|| {
                let keys = ["service_tier", "serviceTier", "trafficType"];
                unusual(tier.or_else(|| first(&places, &keys))?)
            }),
            region: first(&places, &["inference_geo"]).and_then(unusual),
        }
    }

    /// As is asked.
    pub(super) fn of_body(body: &Value) -> Self {
        Self::of_run(&RunLog::new(), Some(body))
    }

    /// What prices are multiplied with for the place: that which the reply
    /// names, and that which the host is in.
    pub(super) fn factors(&self, row: Row<'_>, route: Route<'_>) -> Result<Vec<Factor>, CostGap> {
        let mut factors = Vec::new();
        if let Some(region) = self.region.as_ref().filter(|_| row.sold_by.has_regions()) {
            let found = row.sold_by.region(region);
            let times = found.ok_or_else(|| CostGap::NoVariant {
                name: region.clone(),
            })?;
            factors.push(factor(region, times));
        }
        if let Some(host) = route.host()
            && let Some(times) = row.sold_by.premium(host, row.id())
        {
            factors.push(factor(place_of(host), times));
        }
        Ok(factors)
    }
}

fn factor(region: &str, (numerator, denominator): (u64, u64)) -> Factor {
    Factor {
        region: region.to_owned(),
        numerator,
        denominator: denominator.max(1),
    }
}

/// The place in the name of a host: `europe-west4` of
/// `europe-west4-aiplatform.googleapis.com`, `eu` of
/// `aiplatform.eu.rep.googleapis.com`, `us-gov-west-1` of
/// `bedrock-runtime.us-gov-west-1.amazonaws.com`; the whole host where it has none.
fn place_of(host: &str) -> &str {
    let single = host.strip_suffix("-aiplatform.googleapis.com");
    let several = host
        .strip_prefix("aiplatform.")
        .and_then(|rest| rest.strip_suffix(".rep.googleapis.com"));
    let of_aws = || host.strip_prefix("bedrock-")?.split('.').nth(1);
    single.or(several).or_else(of_aws).unwrap_or(host)
}

/// The first of these members that is a text, or as in Converse an object with
/// a `type`, place by place.
fn first<'a>(places: &[Option<&'a Value>], keys: &[&str]) -> Option<&'a str> {
    let word = |value: &'a Value| value.as_str().or_else(|| value.get("type")?.as_str());
    let in_place = |place: &'a Value| keys.iter().find_map(|key| word(place.get(key)?));
    places.iter().flatten().find_map(|place| in_place(place))
}

fn unusual(word: &str) -> Option<String> {
    let word = word.to_ascii_lowercase();
    (!USUAL.contains(&word.as_str())).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_tier_is_read_as_a_text_or_as_converse_writes_it() {
        for (body, variant) in [
            (json!({ "service_tier": "flex" }), Some("flex")),
            (json!({ "serviceTier": "priority" }), Some("priority")),
            (
                json!({ "serviceTier": { "type": "priority" } }),
                Some("priority"),
            ),
            (json!({ "serviceTier": { "type": "default" } }), None),
            (json!({ "serviceTier": {} }), None),
        ] {
            let served = Served::of_body(&body);
            assert_eq!(served.variant.as_deref(), variant, "{body}");
        }
    }
}
