//! What the table that is served must be.

use super::super::{
    Day, Moment,
    route::{Payee, Route},
};
use super::PriceTable;
use crate::core::catalog::Catalog;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const SERVED: &str = include_str!("../../../public/prices.json");
const CLASSES: [&str; 5] = ["in", "cached", "write", "write_long", "out"];
/// Prices of anything that is sold lie well below 1,000 USD for a million tokens.
const DEAREST: u64 = 1_000_000_000;

fn served() -> (PriceTable, Value) {
    let table = PriceTable::from_json(SERVED).unwrap();
    let tree = serde_json::from_str(SERVED).unwrap();
    (table, tree)
}

fn models(tree: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let lists = tree["lists"].as_array().unwrap().iter();
    lists.flat_map(|list| {
        let id = list["id"].as_str().unwrap();
        let models = list["models"].as_array().unwrap().iter();
        models.map(move |model| (id, model))
    })
}

/// Every set of prices of a model: its periods with their tiers, variants and
/// dearer hours.
fn sets(model: &Value) -> Vec<&Value> {
    let mut open: Vec<&Value> = model["prices"].as_array().unwrap().iter().collect();
    let mut sets = Vec::new();
    while let Some(set) = open.pop() {
        open.extend(set["over"].as_array().into_iter().flatten());
        open.extend(
            set["variants"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(_, set)| set),
        );
        open.extend(set.get("peak"));
        sets.push(set);
    }
    sets
}

#[test]
fn the_served_table_is_dated_and_has_the_lists_that_are_promised() {
    let (table, tree) = served();
    assert!(table.as_of() >= Day::parse("2026-11-01").unwrap());
    let ids: Vec<&str> = table
        .lists()
        .map(|list| list.value["id"].as_str().unwrap())
        .collect();
    for id in [
        "openai",
        "anthropic",
        "google",
        "azure",
        "bedrock",
        "vertex",
        "openrouter",
        "groq",
        "cerebras",
        "together",
        "fireworks",
        "mistral",
        "deepseek",
        "xai",
        "cohere",
        "perplexity",
        "huggingface",
    ] {
        assert!(ids.contains(&id), "{id}");
    }
    for source in tree["sources"].as_array().unwrap() {
        assert!(source["name"].is_string());
        assert!(
            source["date"].as_str().and_then(Day::parse).is_some(),
            "{source}"
        );
    }
    assert!(models(&tree).count() > 400);
}

#[test]
fn every_price_is_a_whole_number_in_a_sane_range() {
    let (_, tree) = served();
    for (list, model) in models(&tree) {
        let name = format!("{list} {}", model["ids"][0]);
        let first = &model["prices"][0];
        assert!(first["in"].is_u64() && first["out"].is_u64(), "{name}");
        for set in sets(model) {
            for class in CLASSES {
                if let Some(price) = set.get(class) {
                    assert!(
                        price.as_u64().is_some_and(|price| price <= DEAREST),
                        "{name} {class}"
                    );
                }
            }
            let cached = set["cached"].as_u64().unwrap_or(0);
            assert!(
                cached <= set["in"].as_u64().unwrap_or(u64::MAX),
                "{name}: cached above input"
            );
        }
        for limit in ["context", "max_output"] {
            if let Some(tokens) = model.get(limit) {
                let is_sane = tokens
                    .as_u64()
                    .is_some_and(|tokens| (256..=20_000_000).contains(&tokens));
                assert!(is_sane, "{name} {limit} {tokens}");
            }
        }
    }
}

#[test]
fn periods_and_tiers_come_in_order() {
    let (_, tree) = served();
    for (list, model) in models(&tree) {
        let name = format!("{list} {}", model["ids"][0]);
        let periods = model["prices"].as_array().unwrap();
        let from: Vec<_> = periods
            .iter()
            .map(|period| period["from"].as_str().unwrap_or(""))
            .collect();
        assert!(
            from.is_sorted() && from.iter().skip(1).all(|day| Day::parse(day).is_some()),
            "{name}"
        );
        for set in sets(model) {
            let tiers = set["over"].as_array().into_iter().flatten();
            let above: Vec<_> = tiers.map(|tier| tier["above"].as_u64().unwrap()).collect();
            assert!(above.is_sorted_by(|a, b| a < b), "{name}");
        }
    }
}

#[test]
fn no_id_stands_in_two_rows_of_a_list() {
    let (_, tree) = served();
    let mut seen = BTreeSet::new();
    for (list, model) in models(&tree) {
        for id in model["ids"].as_array().unwrap() {
            let id = id.as_str().unwrap();
            assert!(seen.insert((list, id)), "{list} {id}");
            assert_eq!(id, id.to_ascii_lowercase());
        }
    }
}

/// Models that are offered and whose price is not known.
const UNPRICED: &[&str] = &[
    "bedrock-mantle openai.gpt-oss-120b",
    "bedrock-mantle openai.gpt-oss-20b",
    "cohere command-a-reasoning-08-2025",
    "huggingface openai/gpt-oss-120b",
];

#[test]
fn every_model_that_is_offered_has_a_price_and_a_limit() {
    let (table, _) = served();
    let mut unpriced: Vec<String> = Vec::new();
    for provider in &Catalog::builtin().providers {
        let route = Route {
            provider: &provider.id,
            origin: None,
        };
        let list = table.list_of_row(provider.id.as_str());
        let Some(list) = list.filter(|_| route.payee() == Payee::Provider) else {
            let is_free = route.payee() != Payee::Provider;
            assert!(is_free || provider.models.is_empty(), "{}", provider.id);
            continue;
        };
        // The first page has numbers for all it offers; of other routes some
        // have none, and then say so.
        let is_first = Catalog::first().provider(&provider.id).is_some();
        for model in &provider.models {
            let row = list.find(model.id.as_str());
            if !is_first {
                let name = format!("{} {}", provider.id, model.id);
                unpriced.extend(row.is_none().then_some(name));
                continue;
            }
            let row = row.unwrap_or_else(|| panic!("{} {} has no price", provider.id, model.id));
            assert!(
                row.max_output().is_some(),
                "{} {} has no output limit",
                provider.id,
                model.id
            );
            assert!(!row.source().0.is_empty());
        }
    }
    assert_eq!(unpriced, UNPRICED);
}

#[test]
fn ids_lead_to_the_rows_that_are_meant() {
    let (table, _) = served();
    for (list, id, expected) in [
        (
            "anthropic",
            "claude-haiku-4-5-20251001",
            Some("claude-haiku-4-5"),
        ),
        ("anthropic", "claude-haiku-5-5", Some("claude-haiku-5-5")),
        ("openai", "gpt-5.4-2026-03-05", Some("gpt-5.4")),
        ("openai", "gpt-5.4-mini", Some("gpt-5.4-mini")),
        ("openai", "gpt-4o-mini-tts", None),
        ("openai", "gpt-oss-120b", None),
        ("openai", "gpt-99", None),
        ("gemini", "models/gemini-4-argon", Some("gemini-4-argon")),
        ("gemini", "gemini-3.8-flash-tts", None),
        ("gemini", "gemini-3.1-flash-image", None),
        (
            "vertex",
            "publishers/anthropic/models/claude-opus-5-5",
            Some("claude-opus-5-5"),
        ),
        ("azure", "gpt-4.1", Some("gpt-4.1")),
        ("deepseek", "deepseek-chat", None),
        ("groq", "openai/gpt-oss-120b", Some("openai/gpt-oss-120b")),
        (
            "huggingface",
            "openai/gpt-oss-120b:groq",
            Some("openai/gpt-oss-120b:groq"),
        ),
        (
            "bedrock",
            "us.anthropic.claude-haiku-4-5-20251001-v1:0",
            Some("regional.anthropic.claude-haiku-4-5-20251001-v1:0"),
        ),
        (
            "bedrock",
            "us-gov.anthropic.claude-opus-5-5",
            Some("us-gov.anthropic.claude-opus-5-5"),
        ),
        ("bedrock", "sa.zai.glm-5.3", Some("*.zai.glm-5.3")),
    ] {
        let found = table
            .list_of_row(list)
            .unwrap()
            .find(id)
            .map(super::Row::id);
        assert_eq!(found, expected, "{list} {id}");
    }
}

#[test]
fn hosts_lead_to_their_lists() {
    let (table, _) = served();
    for (host, name) in [
        ("api.openai.com", Some("OpenAI")),
        ("my-own.openai.azure.com", Some("Azure")),
        (
            "europe-west1-aiplatform.googleapis.com",
            Some("Google Vertex AI"),
        ),
        (
            "bedrock-runtime.eu-west-1.amazonaws.com",
            Some("Amazon Bedrock"),
        ),
        ("openrouter.ai", Some("OpenRouter")),
        ("api.openai.com.evil.example", None),
        ("relay.example", None),
    ] {
        assert_eq!(
            table.list_of_host(host).map(super::List::name),
            name,
            "{host}"
        );
    }
}

#[test]
fn what_is_no_table_is_refused() {
    for (text, expected) in [
        ("", "does not parse"),
        ("[]", "has the format"),
        (
            r#"{"touchstone":"prices/2","as_of":"2026-11-18"}"#,
            "prices/2",
        ),
        (r#"{"touchstone":"prices/1"}"#, "no date"),
        (r#"{"touchstone":"prices/1","as_of":"soon"}"#, "no date"),
    ] {
        let error = PriceTable::from_json(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
}

#[test]
fn only_addresses_of_pages_are_taken_as_such() {
    for (url, kept) in [
        ("https://example.org/pricing", true),
        ("http://example.org/pricing", false),
        ("javascript:alert(1)", false),
        ("data:text/html,x", false),
    ] {
        let of_list = json!({
            "touchstone": "prices/1", "as_of": "2026-11-18",
            "lists": [{"id": "a", "rows": ["a"], "url": url, "models": [{"ids": ["m"]}]}],
        });
        let of_row = json!({
            "touchstone": "prices/1", "as_of": "2026-11-18",
            "lists": [{"id": "a", "rows": ["a"], "models": [{"ids": ["m"], "source": 0, "url": url}]}],
        });
        for table in [of_list, of_row] {
            let table = PriceTable::from_json(&table.to_string()).unwrap();
            let row = table.list_of_row("a").unwrap().find("m").unwrap();
            assert_eq!(row.source().1, kept.then_some(url));
        }
    }
}

#[test]
fn members_of_odd_shapes_are_as_good_as_absent() {
    let odd = json!({
        "touchstone": "prices/1", "as_of": "2026-11-18", "sources": 3, "skip": {},
        "lists": [7, {"id": "a", "rows": ["a", 5], "hosts": "x", "models": [null, {"ids": "m"}, {"ids": ["m"], "prices": 1}]}],
    });
    let table = PriceTable::from_json(&odd.to_string()).unwrap();
    let row = table.list_of_row("a").unwrap().find("m").unwrap();
    assert!(row.prices().is_empty());
    assert_eq!(row.source().2, table.as_of());
    assert!(table.list_of_host("x").is_none());
    assert_eq!(Moment::start_of(table.as_of()).day(), table.as_of());
}
