//! What each API of each provider is sent for one and the same recipe: a file
//! of `tests/fixtures/requests` each, with URL, headers and body. With
//! `UPDATE_REQUESTS=1` the files are written instead: read the difference before
//! committing it.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "the exceptions for tests cover only functions marked as tests"
)]

use serde_json::{Value, json};
use std::{collections::BTreeMap, path::PathBuf};
use touchstone::core::{
    catalog::{ApiRow, Catalog, Provider},
    domain::{ApiKey, Message, ModelId, Params},
    wire::{
        endpoint::{Endpoint, resolve},
        request::{Ask, prepare},
    },
};

fn recipe() -> Params {
    Params {
        temperature: Some(0.5),
        top_p: Some(0.9),
        top_k: Some(40),
        max_output_tokens: Some(300),
        stop: vec!["END".to_owned()],
        seed: Some(7),
        reasoning_effort: Some("low".to_owned()),
        reasoning_summary: Some("auto".to_owned()),
        service_tier: Some("auto".to_owned()),
        provider_order: vec!["anthropic".to_owned(), "amazon-bedrock".to_owned()],
        response_schema: Some(json!({
            "type": "object",
            "properties": { "river": { "type": "string" } },
            "required": ["river"],
            "additionalProperties": false,
        })),
        ..Params::default()
    }
}

/// The bases to try: the usual one, or each form of one with fields. Fields
/// have their examples for values.
fn bases(row: &Provider) -> Vec<(String, Option<String>)> {
    let Some(site) = row.site() else {
        let own = row.default_base.is_none() && !row.transport.is_in_page();
        return vec![(
            String::new(),
            own.then(|| "http://127.0.0.1:4010/v1".to_owned()),
        )];
    };
    let mut values = site.defaults();
    for field in &site.fields {
        if let Some(example) = &field.example {
            values.insert(field.id.clone(), example.clone());
        }
    }
    let mut all = vec![(String::new(), Some(site.fill(&values)))];
    for (field, value) in [
        ("form", "dated"),
        ("location", "eu"),
        ("location", "europe-west4"),
        ("region", "eu-central-1"),
    ] {
        if site.field(field).is_some() {
            let mut values = values.clone();
            values.insert(field.to_owned(), value.to_owned());
            all.push((format!(".{value}"), Some(site.fill(&values))));
        }
    }
    all
}

fn model_of(row: &Provider, api: &ApiRow) -> ModelId {
    let id = match (row.id.as_str(), api.path.contains("anthropic")) {
        ("bedrock", true) => "eu.anthropic.claude-opus-5-5-v1:0",
        ("bedrock", false) if api.path.contains("/openai/") => "openai.gpt-oss-120b-1:0",
        ("bedrock-mantle", false) => "openai.gpt-6-luna",
        _ => row
            .default_model
            .as_ref()
            .map_or("a-model", ModelId::as_str),
    };
    ModelId::new(id)
}

fn snapshot(row: &Provider, api: &ApiRow, endpoint: &Endpoint) -> Value {
    let key = ApiKey::new("a-key").unwrap();
    let prepared = prepare(&Ask {
        provider: row,
        endpoint,
        model: &model_of(row, api),
        base_model: None,
        system: "Be brief.",
        messages: &[
            Message::user("Name a river."),
            Message::assistant("The Rhine."),
            Message::user("Another one."),
        ],
        params: &recipe(),
        extra_body: None,
    })
    .unwrap_or_else(|refusals| panic!("{} {:?}: {refusals:?}", row.id, api.api))
    .with_key(row.takes_key().then_some(&key));
    let headers: BTreeMap<_, _> = prepared.sent.headers.into_iter().collect();
    json!({
        "method": prepared.sent.method,
        "url": prepared.sent.url,
        "headers": headers,
        "body": prepared.sent.body,
        "notes": prepared.sent.notes,
    })
}

/// The name of each file and what it should hold.
fn snapshots() -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for row in &Catalog::builtin().providers {
        for api in &row.apis {
            for (form, base) in bases(row) {
                let endpoint = resolve(row, Some(api.api), base.as_deref()).unwrap();
                let word = serde_json::to_value(api.api).unwrap();
                let name = format!("{}.{}{form}", row.id, word.as_str().unwrap());
                all.insert(name, snapshot(row, api, &endpoint));
            }
        }
    }
    all
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/requests")
}

#[test]
fn each_provider_is_sent_what_its_file_says() {
    let all = snapshots();
    let update = std::env::var_os("UPDATE_REQUESTS").is_some();
    for (name, found) in &all {
        let path = folder().join(format!("{name}.json"));
        if update {
            let text = serde_json::to_string_pretty(found).unwrap();
            std::fs::write(&path, text + "\n").unwrap();
        }
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("{} is missing", path.display()));
        let expected: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(*found, expected, "{name}");
    }
    let mut files: Vec<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort();
    let names: Vec<String> = all.into_keys().collect();
    assert_eq!(files, names, "a file without a provider");
}

#[test]
fn no_header_is_outside_of_what_the_preflight_admits() {
    for (name, found) in snapshots() {
        let id = name.split('.').next().unwrap();
        let row = Catalog::builtin().provider(&id.into()).unwrap();
        let admitted = row.about().unwrap().cors.headers;
        for header in found["headers"].as_object().unwrap().keys() {
            let is_in_page = row.transport.is_in_page();
            assert!(
                is_in_page || admitted.admits(header),
                "{name} sends {header}"
            );
        }
    }
}

#[test]
fn no_key_is_in_what_is_shown_or_in_a_url() {
    for (name, found) in snapshots() {
        assert!(!found.to_string().contains("a-key"), "{name}");
        let shown = found["headers"].to_string().matches("<your key>").count();
        let row = Catalog::builtin()
            .provider(&name.split('.').next().unwrap().into())
            .unwrap();
        assert_eq!(shown, usize::from(row.takes_key()), "{name}");
    }
}

/// What Mistral's schema has; one field more, and each request fails with 422.
const MISTRAL: [&str; 20] = [
    "model",
    "temperature",
    "top_p",
    "max_tokens",
    "stream",
    "stop",
    "random_seed",
    "metadata",
    "messages",
    "response_format",
    "tools",
    "tool_choice",
    "presence_penalty",
    "frequency_penalty",
    "n",
    "prediction",
    "parallel_tool_calls",
    "prompt_mode",
    "reasoning_effort",
    "safe_prompt",
];

#[test]
fn a_closed_schema_gets_no_field_that_it_does_not_know() {
    let all = snapshots();
    let body = all["mistral.chat"]["body"].as_object().unwrap();
    for field in body.keys() {
        assert!(MISTRAL.contains(&field.as_str()), "{field}");
    }
    assert_eq!(body["random_seed"], json!(7));
}

#[test]
fn a_key_of_another_kind_goes_into_its_own_header() {
    let row = Catalog::builtin().provider(&"azure".into()).unwrap();
    let endpoint = resolve(row, None, Some("https://r.openai.azure.com/openai/v1")).unwrap();
    let ask = Ask {
        provider: row,
        endpoint: &endpoint,
        model: &ModelId::new("m"),
        base_model: None,
        system: "",
        messages: &[Message::user("hi")],
        params: &Params::default(),
        extra_body: None,
    };
    let with = |key: &str| {
        let prepared = prepare(&ask).unwrap().with_key(ApiKey::new(key).as_ref());
        let shown = prepared.sent.headers.last().cloned().unwrap();
        assert_eq!(
            shown.0, prepared.request.auth.header,
            "what is shown is what is sent"
        );
        shown
    };
    let line = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(with("0123abc"), line("api-key", "<your key>"));
    assert_eq!(
        with("eyJ0eXAi.x.y"),
        line("authorization", "Bearer <your key>")
    );
    let keyless = prepare(&ask).unwrap().with_key(None).sent.headers;
    assert!(keyless.iter().all(|(name, _)| name == "content-type"));
}
