//! What a model costs by its list, before anything is asked of it.

use super::{
    Hours, Moment, PicoUsd, PriceTable, TokenClass,
    rates::{Terms, choose},
    route::{Payee, Route},
};
use crate::core::domain::{ModelId, Origin, ProviderId};

/// The prices of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListPrice {
    /// Of input that touches no cache.
    pub input: PicoUsd,
    /// Of output.
    pub output: PicoUsd,
    /// Which hours' prices, where there are several: the dearer ones.
    pub hours: Option<Hours>,
    /// Whether the host gave them of itself.
    pub is_live: bool,
}

/// The prices of a short prompt at the usual tier on the day of `now`. `origin`:
/// `None` for what runs in the page. `None` where the prices are not known, or
/// nobody charges.
pub fn list_price(
    table: &PriceTable,
    provider: &ProviderId,
    origin: Option<&Origin>,
    model: &ModelId,
    now: Moment,
) -> Option<ListPrice> {
    let route = Route { provider, origin };
    if route.payee() != Payee::Provider {
        return None;
    }
    let found = route.row(table, [None, Some(model)]).ok()?;
    let terms = Terms {
        at: now,
        prompt_tokens: 0,
        variant: None,
        dearest_hours: true,
    };
    let chosen = choose(found.row.prices(), found.row.peak(), terms).ok()?;
    Some(ListPrice {
        input: chosen.rates.of(TokenClass::Input)?.0,
        output: chosen.rates.of(TokenClass::Output)?.0,
        hours: chosen.hours,
        is_live: found.row.is_live(),
    })
}

/// Whether nobody charges for the model there, as far as the table knows.
pub fn is_local(
    table: &PriceTable,
    provider: &ProviderId,
    origin: Option<&Origin>,
    model: &ModelId,
) -> bool {
    let route = Route { provider, origin };
    match route.payee() {
        Payee::Local => true,
        Payee::Simulated => false,
        Payee::Provider => {
            route.is_free_unpriced() && route.row(table, [None, Some(model)]).is_err()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{
        built_in,
        catalog::{Catalog, Group},
        device,
        pricing::Day,
    };

    fn price(provider: &str, origin: &str, model: &str) -> Option<ListPrice> {
        let table = PriceTable::from_json(include_str!("../../../public/prices.json")).unwrap();
        let now = Moment::start_of(Day::parse("2026-11-24").unwrap());
        list_price(
            &table,
            &provider.into(),
            Some(&Origin::new(origin)),
            &model.into(),
            now,
        )
    }

    #[test]
    fn it_is_the_price_of_input_also_where_writes_to_a_cache_are_dearer() {
        let sol = price("openai", "https://api.openai.com", "gpt-6-sol").unwrap();
        assert_eq!((sol.input.0, sol.output.0), (2_000_000, 10_000_000));
        assert_eq!(sol.hours, None);
    }

    #[test]
    fn dearer_hours_are_said_with_their_price() {
        let pro = price(
            "openai-compatible",
            "https://api.deepseek.com",
            "deepseek-v4-pro",
        );
        let pro = pro.unwrap();
        assert_eq!((pro.input.0, pro.hours), (1_320_000, Some(Hours::Peak)));
    }

    #[test]
    fn what_nobody_is_known_to_charge_for_has_none() {
        let home = "http://localhost:11434";
        assert_eq!(price("openai-compatible", home, "qwen3"), None);
        assert_eq!(price("demo", home, "gpt-5.4"), None);
    }

    fn local(provider: &str, origin: &str, model: &str) -> bool {
        let table = PriceTable::from_json(include_str!("../../../public/prices.json")).unwrap();
        let origin = Origin::new(origin);
        is_local(&table, &provider.into(), Some(&origin), &model.into())
    }

    #[test]
    fn a_server_of_ones_own_is_local_whatever_its_models_are_called() {
        // Each has a price at some provider, or at its maker.
        let priced = [
            "gpt-5.4",
            "openai/gpt-oss-120b",
            "google/gemini-3-pro-preview",
            "grok-4",
            "claude-haiku-4-5",
            "qwen3:8b",
        ];
        let rows = &Catalog::builtin().providers;
        for row in rows.iter().filter(|row| row.group == Group::Local) {
            let id = row.id.as_str();
            for home in ["http://localhost:1234", "http://192.168.0.7:8000"] {
                for model in priced {
                    assert_eq!(price(id, home, model), None, "{id}: {model}");
                    assert!(local(id, home, model), "{id}: {model}");
                }
            }
        }
    }

    #[test]
    fn the_servers_are_the_local_rows_of_the_catalogue() {
        for row in &Catalog::builtin().providers {
            let is_server = local(row.id.as_str(), "http://localhost:1", "gpt-5.4");
            let is_own = row.group == Group::Local
                || [device::PROVIDER, built_in::PROVIDER].contains(&row.id.as_str());
            assert_eq!(is_server, is_own, "{}", row.id);
        }
    }

    #[test]
    fn a_relay_at_home_and_a_server_elsewhere_are_not_called_local() {
        let home = "http://localhost:8080";
        assert!(!local("openai", home, "gpt-5.4"));
        assert!(!local("openai-compatible", home, "gpt-5.4"));
        assert!(!local("litellm", home, "house-model"));
        assert!(!local("vllm", "https://gpu.example.com", "qwen3"));
        assert!(!local("demo", home, "demo-fast"));
        assert!(local("openai-compatible", home, "qwen3:8b"));
    }
}
