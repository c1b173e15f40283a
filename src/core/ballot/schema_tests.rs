//! `public/schema/ballot-1.json` says what the reader reads.

use super::{Ballot, Subject, found, testing};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let text = include_str!("../../../public/schema/ballot-1.json");
    let schema: Value = serde_json::from_str(text).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
});

fn places(path: &str, value: &Value, into: &mut Vec<String>) {
    into.push(path.to_owned());
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(name, value)| places(&format!("{path}/{name}"), value, into)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| places(&format!("{path}/{index}"), value, into)),
        _ => {}
    }
}

#[test]
fn a_file_of_ballots_follows_the_schema() {
    let subject = Subject {
        panes: vec![("openai".into(), "gpt-6".into())],
        ..Subject::default()
    };
    let file = super::file(&subject, &[testing::simple(), testing::full()]);
    let value: Value = serde_json::from_str(&file).unwrap();
    SCHEMA.validate(&value).unwrap();
    assert!(!SCHEMA.is_valid(&json!({"touchstone": "ballots/1", "ballots": [4]})));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_ballot_that_we_write_follows_the_schema(ballot in testing::ballot()) {
        prop_assert!(SCHEMA.is_valid(&ballot.to_value()), "{}", ballot.to_json());
    }

    /// What the schema takes for wrong the reader refuses; some rules, such as
    /// "best is among those that stood", no schema can say.
    #[test]
    fn what_breaks_the_schema_is_refused(
        place in any::<prop::sample::Index>(),
        value in prop_oneof![
            Just(json!(null)), Just(json!("a")), Just(json!("")), Just(json!([])), Just(json!({})), Just(json!([0, 1])),
            (-2..12i64).prop_map(Value::from), Just(json!(1.5)), Just(json!(2.0)), Just(json!(true)),
        ],
    ) {
        let mut document = testing::full().to_value();
        let mut all = Vec::new();
        places("", &document, &mut all);
        let pointer = place.get(&all);
        *document.pointer_mut(pointer).unwrap() = value;
        let text = document.to_string();
        let read = found::ballots(&text).iter().all(|one| one.ballot.is_ok());
        if !SCHEMA.is_valid(&document) && !document.is_array() {
            prop_assert!(Ballot::from_value("", &document).is_err() , "{} in {}", pointer, document);
        }
        prop_assert!(!read || document.is_array() || SCHEMA.is_valid(&document), "{} in {}", pointer, document);
    }
}
