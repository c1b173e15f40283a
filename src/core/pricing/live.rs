//! Price lists that gateways give of themselves, brought into the form of the
//! table.
//!
//! `OpenRouter` lists its models with prices in decimal dollars for one token;
//! a `LiteLLM` gateway gives those of its `/model/info`. They hold for the
//! origin they came from, as of the day they came, and are not kept.

use super::{Day, PicoUsd};
use crate::core::{
    catalog::{Catalog, Provider},
    domain::Origin,
    json,
    wire::{endpoint::Endpoint, http::HttpRequest, models},
};
use serde_json::{Map, Value, json};

/// Where `OpenRouter` lives.
const OPENROUTER: &str = "https://openrouter.ai";
/// The row and the local server of `LiteLLM`.
pub(super) const LITELLM: &str = "litellm";

/// Who gives such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LiveSource {
    /// `OpenRouter`; its list is public.
    OpenRouter,
    /// A `LiteLLM` gateway; its list wants the key that its models want.
    LiteLlm,
}

impl LiveSource {
    /// Whose list prices what is asked there; `None` where nobody gives one.
    pub fn of(endpoint: &Endpoint) -> Option<Self> {
        if endpoint.real_origin().as_str() == OPENROUTER {
            return Some(Self::OpenRouter);
        }
        let is_gateway = endpoint.provider.as_str() == LITELLM
            || Catalog::builtin()
                .presets_at(&endpoint.origin)
                .any(|preset| preset.id == LITELLM);
        is_gateway.then_some(Self::LiteLlm)
    }

    /// Whether the key goes along.
    pub fn wants_key(self) -> bool {
        self == Self::LiteLlm
    }

    /// Asks for the list; `None` where the row has no list to ask for.
    pub fn request(self, provider: &Provider, endpoint: &Endpoint) -> Option<HttpRequest> {
        let list = models::list_request(provider, endpoint, None)?;
        match self {
            Self::OpenRouter => Some(list),
            Self::LiteLlm => Some(HttpRequest {
                url: endpoint.at("/model/info"),
                ..list
            }),
        }
    }
}

/// Why such a list cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LiveError {
    /// Not JSON, or no list in it.
    #[error("this is no price list")]
    NoList,
}

/// A price list of a gateway.
#[derive(Debug, Clone, PartialEq)]
pub struct LivePrices {
    pub(super) origin: Origin,
    pub(super) source: LiveSource,
    /// In the form of one of the table's `lists`.
    pub(super) list: Value,
}

impl LivePrices {
    /// Reads the answer to [`LiveSource::request`]. `host`: what to call the
    /// gateway; `day`: today.
    pub fn read(
        source: LiveSource,
        origin: &Origin,
        host: &str,
        body: &str,
        day: Day,
    ) -> Result<Self, LiveError> {
        let json: Value = json::parse(body).map_err(|_| LiveError::NoList)?;
        let rows = json.get("data").and_then(Value::as_array);
        let rows = rows.ok_or(LiveError::NoList)?;
        let models = match source {
            LiveSource::OpenRouter => rows.iter().filter_map(of_openrouter).collect(),
            LiveSource::LiteLlm => of_gateway(rows),
        };
        let (name, read_in, url) = match source {
            LiveSource::OpenRouter => (
                "OpenRouter",
                "OpenRouter’s own list".to_owned(),
                "https://openrouter.ai/models",
            ),
            LiveSource::LiteLlm => (host, "the gateway’s own price list".to_owned(), ""),
        };
        Ok(Self {
            origin: origin.clone(),
            source,
            list: json!({
                "name": name, "read_in": read_in, "url": url,
                "date": day.to_string(), "models": Value::Array(models),
            }),
        })
    }

    /// Whether both are of one gateway, so that the newer one counts.
    pub fn is_of_same_gateway(&self, other: &Self) -> bool {
        self.origin == other.origin
    }

    /// How many models it has a row of.
    pub fn len(&self) -> usize {
        super::rates::list(self.list.get("models")).len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Members of `OpenRouter`'s prices and of a row of the table.
const OPENROUTER_NAMES: [(&str, &str); 6] = [
    ("prompt", "in"),
    ("completion", "out"),
    ("request", "request"),
    ("web_search", "search"),
    ("input_cache_read", "cached"),
    ("input_cache_write", "write"),
];

/// A model whose price cannot be told has a row without prices, so that no
/// other list's price is taken for it.
fn of_openrouter(row: &Value) -> Option<Value> {
    let id = row.get("id")?.as_str()?.to_ascii_lowercase();
    let prices = row.get("pricing").and_then(openrouter_prices);
    let max = row
        .get("top_provider")
        .and_then(|top| top.get("max_completion_tokens"));
    let mut model = json!({ "ids": [id], "prices": [prices.unwrap_or_default()] });
    put(
        &mut model,
        "max_output",
        max.filter(|max| max.is_u64()).cloned(),
    );
    Some(model)
}

/// `None` where the price depends on what is not known here.
fn openrouter_prices(pricing: &Value) -> Option<Value> {
    let mut prices = rates(pricing, &OPENROUTER_NAMES)?;
    // Thinking is in our count of the output, and would be priced wrongly.
    let thinking = pricing.get("internal_reasoning").and_then(price);
    let output = pricing.get("completion").and_then(price);
    if thinking.is_some_and(|thinking| thinking.0 > 0 && Some(thinking) != output) {
        return None;
    }
    let mut tiers = Vec::new();
    for change in super::rates::list(pricing.get("overrides")) {
        // By the hour, or by something newer than this.
        let least = change.get("min_prompt_tokens").and_then(Value::as_u64)?;
        if change.get("utc_start").is_some() || change.get("utc_end").is_some() {
            return None;
        }
        let own = change.get("pricing").unwrap_or(change);
        let mut tier = rates(own, &OPENROUTER_NAMES)?;
        put(&mut tier, "above", Some(least.saturating_sub(1).into()));
        tiers.push(tier);
    }
    tiers.sort_by_key(|tier| tier.get("above").and_then(Value::as_u64));
    if !tiers.is_empty() {
        put(&mut prices, "over", Some(Value::Array(tiers)));
    }
    Some(prices)
}

/// Members of a `LiteLLM` model's prices and of a row of the table.
const GATEWAY_NAMES: [(&str, &str); 5] = [
    ("input_cost_per_token", "in"),
    ("output_cost_per_token", "out"),
    ("cache_read_input_token_cost", "cached"),
    ("cache_creation_input_token_cost", "write"),
    ("input_cost_per_request", "request"),
];
/// Thresholds of long prompts that `LiteLLM` has members for, in thousands.
const GATEWAY_TIERS: [u64; 4] = [128, 200, 256, 272];

/// One row for each name. A name may stand for several deployments; where their
/// prices differ nobody can tell which was asked, so that its row has none and
/// no other list's price is taken for it.
fn of_gateway(rows: &[Value]) -> Vec<Value> {
    let mut all: Vec<Deployed> = Vec::new();
    for row in rows {
        let Some(name) = row.get("model_name").and_then(Value::as_str) else {
            continue;
        };
        let name = name.to_ascii_lowercase();
        let info = row.get("model_info").unwrap_or(&Value::Null);
        let max = info.get("max_output_tokens").filter(|max| max.is_u64());
        let prices = gateway_prices(info);
        if let Some(other) = all.iter_mut().find(|other| other.name == name) {
            other.differ |= other.prices != prices;
        } else {
            all.push(Deployed {
                name,
                prices,
                max: max.cloned(),
                differ: false,
            });
        }
    }
    all.into_iter().filter_map(Deployed::row).collect()
}

/// What a gateway calls by one name.
struct Deployed {
    name: String,
    /// Those of the first deployment.
    prices: Option<Value>,
    max: Option<Value>,
    /// Whether another deployment has other prices.
    differ: bool,
}

impl Deployed {
    /// `None` where the gateway says nothing of a price.
    fn row(self) -> Option<Value> {
        let prices = if self.differ {
            Value::Null
        } else {
            self.prices?
        };
        let mut model = json!({ "ids": [self.name], "prices": [prices] });
        put(&mut model, "max_output", self.max);
        Some(model)
    }
}

/// A gateway that knows no price says 0 or nothing.
fn gateway_prices(info: &Value) -> Option<Value> {
    let mut prices = rates(info, &GATEWAY_NAMES)?;
    let is_charged = |name| prices.get(name).and_then(Value::as_u64) > Some(0);
    if !is_charged("in") && !is_charged("out") {
        return None;
    }
    // Thinking is in our count of the output.
    let thinking = info.get("output_cost_per_reasoning_token").and_then(price);
    if thinking.is_some_and(|own| own.0 > 0 && Some(&Value::from(own.0)) != prices.get("out")) {
        return None;
    }
    let mut tiers = Vec::new();
    for thousands in GATEWAY_TIERS {
        let mut tier = Map::new();
        for (name, own) in GATEWAY_NAMES {
            let long = info.get(format!("{name}_above_{thousands}k_tokens"));
            if let Some(price) = long.and_then(price) {
                tier.insert(own.to_owned(), price.0.into());
            }
        }
        if !tier.is_empty() {
            tier.insert("above".to_owned(), (thousands * 1_000).into());
            tiers.push(Value::Object(tier));
        }
    }
    if !tiers.is_empty() {
        put(&mut prices, "over", Some(Value::Array(tiers)));
    }
    Some(prices)
}

/// The prices under these names; `None` where one is there and cannot be told.
fn rates(from: &Value, names: &[(&str, &str)]) -> Option<Value> {
    let mut rates = Map::new();
    for (name, own) in names {
        match from.get(name) {
            None | Some(Value::Null) => {}
            Some(value) => {
                rates.insert((*own).to_owned(), price(value)?.0.into());
            }
        }
    }
    Some(Value::Object(rates))
}

/// A price in dollars for one; `None` for negative numbers, with which
/// `OpenRouter` says that it does not know, and for what is no number or too
/// small for whole picodollars.
fn price(value: &Value) -> Option<PicoUsd> {
    let price = PicoUsd::from_json(value)?;
    let is_nothing = match value {
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.chars().all(|sign| matches!(sign, '0' | '.')),
        _ => false,
    };
    (price.0 > 0 || is_nothing).then_some(price)
}

fn put(object: &mut Value, name: &str, value: Option<Value>) {
    if let (Value::Object(object), Some(value)) = (object, value) {
        object.insert(name.to_owned(), value);
    }
}

#[cfg(test)]
#[path = "live_tests.rs"]
mod tests;
