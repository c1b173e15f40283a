//! Base URLs with fields, there and back.

use super::*;
use crate::core::strict::from_value;
use proptest::prelude::*;
use serde_json::json;

fn vertex() -> Site {
    from_value(json!({
        "bases": [
            { "template": "https://aiplatform.googleapis.com/v1/projects/{project}/locations/global",
              "when": { "location": ["global"] } },
            { "template": "https://aiplatform.{location}.rep.googleapis.com/v1/projects/{project}/locations/{location}",
              "when": { "location": ["us", "eu"] } },
            { "template": "https://{location}-aiplatform.googleapis.com/v1/projects/{project}/locations/{location}" }
        ],
        "fields": [
            { "id": "project", "kind": "project", "example": "my-project" },
            { "id": "location", "kind": "location", "default": "global", "open": true,
              "choices": [{ "value": "global", "label": "Global" }, { "value": "us" }] }
        ]
    }))
    .unwrap()
}

fn azure() -> Site {
    from_value(json!({
        "bases": [
            { "template": "https://{resource}.{host}/openai/v1", "when": { "form": ["v1"] } },
            { "template": "https://{resource}.{host}/openai?api-version={version}", "when": { "form": ["dated"] } }
        ],
        "fields": [
            { "id": "resource", "kind": "resource" },
            { "id": "host", "kind": "host", "default": "openai.azure.com",
              "choices": [{ "value": "openai.azure.com" }, { "value": "services.ai.azure.com" }] },
            { "id": "form", "kind": "form", "default": "v1", "choices": [{ "value": "v1" }, { "value": "dated" }] },
            { "id": "version", "kind": "api_version", "default": "2024-10-21", "open": true }
        ]
    }))
    .unwrap()
}

fn values(pairs: &[(&str, &str)]) -> Values {
    let pairs = pairs.iter();
    pairs
        .map(|(id, value)| ((*id).to_owned(), (*value).to_owned()))
        .collect()
}

#[test]
fn a_location_picks_the_host() {
    let of = |location| vertex().fill(&values(&[("project", "p-1"), ("location", location)]));
    let tail = |location| format!("/v1/projects/p-1/locations/{location}");
    assert_eq!(
        of("global"),
        format!("https://aiplatform.googleapis.com{}", tail("global"))
    );
    assert_eq!(of(" "), of("global"));
    assert_eq!(
        of("eu"),
        format!("https://aiplatform.eu.rep.googleapis.com{}", tail("eu"))
    );
    assert_eq!(
        of("europe-west4"),
        format!(
            "https://europe-west4-aiplatform.googleapis.com{}",
            tail("europe-west4")
        )
    );
}

#[test]
fn what_is_filled_in_is_read_back() {
    for location in ["global", "us", "eu", "europe-west4"] {
        let given = values(&[("project", "example.com:p-1"), ("location", location)]);
        assert_eq!(vertex().read(&vertex().fill(&given)), Some(given));
    }
    for form in ["v1", "dated"] {
        let mut given = values(&[
            ("resource", "r-1"),
            ("host", "services.ai.azure.com"),
            ("form", form),
        ]);
        if form == "dated" {
            given.insert("version".into(), "2025-04-01-preview".into());
        }
        assert_eq!(azure().read(&azure().fill(&given)), Some(given));
    }
}

#[test]
fn a_field_that_is_not_filled_in_stays_and_loses_nothing_else() {
    let given = values(&[("location", "eu")]);
    let url = vertex().fill(&given);
    assert!(url.contains("/projects/{project}/locations/eu"), "{url}");
    assert_eq!(vertex().read(&url), Some(given.clone()));
    let missing = vertex();
    let missing: Vec<_> = missing
        .missing(&given)
        .into_iter()
        .map(|field| &*field.id)
        .collect();
    assert_eq!(missing, ["project"]);
    assert!(azure().missing(&values(&[("resource", "r")])).is_empty());
}

#[test]
fn another_form_is_not_read() {
    for base in [
        "https://api.openai.com/v1",
        "https://r.openai.azure.com/openai/v2",
        "https://r.openai.azure.com.evil.example/openai/v1",
        "https://a.b.openai.azure.com/openai/v1",
        "https://r.openai.azure.com",
        "",
    ] {
        assert_eq!(azure().read(base), None, "{base}");
    }
    let mixed = "https://eu-aiplatform.googleapis.com/v1/projects/p/locations/us";
    assert_eq!(vertex().read(mixed), None);
}

#[test]
fn letters_of_the_host_and_slashes_at_the_end_do_not_matter() {
    let read = vertex().read("HTTPS://aiplatform.GOOGLEAPIS.com/v1/projects/p/locations/global/");
    assert_eq!(
        read,
        Some(values(&[("project", "p"), ("location", "global")]))
    );
}

#[test]
fn no_value_leads_to_another_host() {
    for evil in [
        "evil.example/",
        "evil.example#",
        "a@evil.example",
        "evil.example:443/x?",
    ] {
        let url = vertex().fill(&values(&[("project", evil), ("location", evil)]));
        let host = url
            .strip_prefix("https://")
            .unwrap()
            .split(['/', '?', '#', '@', ':'])
            .next();
        assert!(
            host.unwrap().ends_with("-aiplatform.googleapis.com"),
            "{url}"
        );
        let url = azure().fill(&values(&[("resource", evil), ("host", evil)]));
        assert!(!url.contains(['#', '@']), "{url}");
    }
}

#[test]
fn regions_and_locations_have_a_shape() {
    let has = |kind: &str, value: &str| {
        let field: Field = from_value(json!({ "id": "f", "kind": kind })).unwrap();
        field.has_shape(value)
    };
    for region in ["us-east-1", "us-gov-west-1", "eusc-de-east-1"] {
        assert!(has("region", region), "{region}");
    }
    for odd in [
        "Europe",
        "eu_west",
        "eu-west",
        "eu-West-1",
        "eu--1",
        "",
        "1",
    ] {
        assert!(!has("region", odd), "{odd}");
    }
    for location in ["global", "eu", "us-central1", "northamerica-northeast1"] {
        assert!(has("location", location), "{location}");
    }
    for odd in ["Europe", "eu_west", "-eu", "eu-", "1"] {
        assert!(!has("location", odd), "{odd}");
    }
    assert!(has("resource", "My-Resource"));
}

proptest! {
    #[test]
    fn filling_and_reading_are_inverse(project in "[a-z][a-z0-9-]{0,20}", location in "[a-z]{2,8}-[a-z]{4,9}[1-9]") {
        let given = values(&[("project", &project), ("location", &location)]);
        prop_assert_eq!(vertex().read(&vertex().fill(&given)), Some(given));
    }

    #[test]
    fn reading_never_fails_on_any_text(text in "\\PC{0,80}") {
        let _ = azure().read(&text);
        let _ = vertex().read(&text);
    }
}
