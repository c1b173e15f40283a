//! The served schemas against the documents, with an independent validator.

use super::{Recipe, arbitrary};
use jsonschema::{Registry, Validator};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

fn schema(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

static RECIPE: LazyLock<Value> =
    LazyLock::new(|| schema(include_str!("../../../public/schema/recipe-1.json")));
static RESULT: LazyLock<Value> =
    LazyLock::new(|| schema(include_str!("../../../public/schema/result-1.json")));
static HISTORY: LazyLock<Value> =
    LazyLock::new(|| schema(include_str!("../../../public/schema/history-1.json")));
static RECIPE_VALIDATOR: LazyLock<Validator> =
    LazyLock::new(|| jsonschema::draft202012::new(&RECIPE).unwrap());

/// Fails with the validator's words where a result breaks its schema.
pub(super) fn assert_result(result: &Value) {
    check_result(result).unwrap();
}

/// The same for a history.
pub(crate) fn assert_history(history: &Value) {
    check(history, "history-1.json", &HISTORY).unwrap();
}

fn check_result(result: &Value) -> Result<(), String> {
    check(result, "result-1.json", &RESULT)
}

fn check(document: &Value, name: &str, schema: &Value) -> Result<(), String> {
    // The address is made up: schemas name their neighbours relatively.
    let base = "https://app.example/schema";
    let registry = Registry::new()
        .add(format!("{base}/recipe-1.json"), &*RECIPE)
        .unwrap()
        .add(format!("{base}/result-1.json"), &*RESULT)
        .unwrap()
        .prepare()
        .unwrap();
    let validator = jsonschema::draft202012::options()
        .with_base_uri(format!("{base}/{name}"))
        .with_registry(&registry)
        .should_validate_formats(true)
        .build(schema)
        .unwrap();
    validator
        .validate(document)
        .map_err(|error| format!("{}: {error}", error.instance_path()))
}

fn small_result() -> Value {
    json!({
        "touchstone": "result/1",
        "app": {"name": "touchstone", "version": "0.1.0"},
        "created": "2026-11-24T10:00:00Z",
        "machine": {"cores": 8},
        "recipe": {"touchstone": "recipe/1"},
        "panes": [{
            "provider": "p", "api": "chat", "model": "m", "params": {}, "turns": [{"prompt": "hi", "runs": [{
                "status": "done", "answer": "", "marks": {"end_ms": 1.5}, "figures": {},
                "first_call": true, "hidden_tab": false,
                "frames": {"known": 1, "unknown": 0, "corrupt": 0},
                "gen_ai": {"gen_ai.provider.name": "p", "gen_ai.request.model": "m"},
                "of_a_later_version": [1, 2],
            }]}],
        }],
    })
}

/// A recipe with every known field set.
fn full_recipe() -> Value {
    json!({
        "touchstone": "recipe/1",
        "title": "t",
        "system": "s",
        "messages": [{"role": "user", "content": "hi"}],
        "variables": {"a": "1"},
        "params": {
            "temperature": 0.2, "top_p": 1, "top_k": 4, "max_output_tokens": 256,
            "stop": ["END"], "seed": -1, "reasoning_effort": "low",
            "reasoning_summary": "auto", "service_tier": "flex", "context_window": 8192,
            "provider_order": ["anthropic"],
            "response_schema": {"type": "object"},
        },
        "panes": [{
            "provider": "p", "api": "chat", "label": "l", "model": "m",
            "base_url": "https://a.example", "params": {"top_k": 1},
        }],
        "run": {"order": "parallel", "repeats": 1},
    })
}

/// Every place of [`full_recipe`], from the root down.
fn places(path: &str, value: &Value, found: &mut Vec<String>) {
    found.push(path.to_owned());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(name, value)| places(&format!("{path}/{name}"), value, found)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| places(&format!("{path}/{index}"), value, found)),
        _ => {}
    }
}

#[test]
fn all_schemas_are_schemas_of_their_draft() {
    for schema in [&*RECIPE, &*RESULT, &*HISTORY] {
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        jsonschema::draft202012::meta::validate(schema).unwrap();
    }
}

#[test]
fn the_contract_example_follows_the_schema() {
    let example: Value = serde_json::from_str(arbitrary::contract_example()).unwrap();
    RECIPE_VALIDATOR.validate(&example).unwrap();
}

#[test]
fn a_recipe_without_a_required_field_breaks_schema_and_reader_alike() {
    for pointer in ["", "/messages/0", "/panes/0"] {
        let full = full_recipe();
        let names: Vec<String> = match full.pointer(pointer) {
            Some(Value::Object(map)) => map.keys().cloned().collect(),
            _ => panic!("{pointer} is an object"),
        };
        for name in names {
            let mut document = full.clone();
            let object = document.pointer_mut(pointer).unwrap();
            object.as_object_mut().unwrap().remove(&name);
            assert_eq!(
                RECIPE_VALIDATOR.is_valid(&document),
                Recipe::from_value(document).is_ok(),
                "{pointer}/{name}"
            );
        }
    }
}

#[test]
fn a_result_is_checked_down_to_its_runs() {
    assert_result(&small_result());
    for (pointer, value) in [
        ("/touchstone", json!("recipe/1")),
        ("/created", json!("yesterday")),
        ("/app/version", json!(1)),
        ("/recipe/touchstone", json!("recipe/2")),
        ("/panes/0/api", json!("soap")),
        ("/panes/0/params", json!({"temperature": "hot"})),
        ("/panes/0/turns/0/prompt", json!(null)),
        ("/panes/0/turns/0/runs/0/status", json!("finished")),
        ("/panes/0/turns/0/runs/0/marks/end_ms", json!(null)),
        ("/panes/0/turns/0/runs/0/frames/known", json!(-1)),
        ("/panes/0/turns/0/runs/0/gen_ai", json!({})),
    ] {
        let mut result = small_result();
        *result.pointer_mut(pointer).unwrap() = value;
        assert!(check_result(&result).is_err(), "{pointer}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_recipe_that_we_write_follows_the_schema(recipe in arbitrary::recipe()) {
        let value = recipe.to_value();
        if let Err(error) = RECIPE_VALIDATOR.validate(&value) {
            prop_assert!(false, "{}: {error}", error.instance_path());
        }
    }

    #[test]
    fn schema_and_reader_agree_on_any_value_in_any_place(
        place in any::<prop::sample::Index>(),
        value in prop_oneof![
            arbitrary::json(),
            (-2_i64..5).prop_map(Value::from),
            (-2_i32..5).prop_map(|whole| json!(f64::from(whole))),
            prop::sample::select(vec!["messages", "assistant", "developer", "recipe/1"])
                .prop_map(Value::from),
        ],
    ) {
        let mut document = full_recipe();
        let mut all = Vec::new();
        places("", &document, &mut all);
        let pointer = place.get(&all);
        *document.pointer_mut(pointer).unwrap() = value;
        prop_assert_eq!(
            RECIPE_VALIDATOR.is_valid(&document),
            Recipe::from_value(document.clone()).is_ok(),
            "{} in {}", pointer, document
        );
    }
}
