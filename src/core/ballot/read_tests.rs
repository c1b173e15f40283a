use super::{super::testing, *};
use proptest::prelude::*;
use serde_json::json;

fn with(pointer: &str, value: Value) -> Read<Ballot> {
    let mut document = testing::full().to_value();
    *document.pointer_mut(pointer).unwrap() = value;
    Ballot::from_value("", &document)
}

fn path_of(result: Read<Ballot>) -> String {
    match result.unwrap_err() {
        BallotError::WrongType { path, .. }
        | BallotError::Missing { path }
        | BallotError::Value { path, .. } => path,
        other => panic!("{other:?} has no path"),
    }
}

#[test]
fn whatever_is_wrong_is_named_by_its_path() {
    for (pointer, value, path) in [
        ("/comparison", json!("xyz"), "comparison"),
        ("/comparison", json!("00112233445566"), "comparison"),
        ("/comparison", json!("0011223344"), "comparison"),
        ("/voter", json!(4), "voter"),
        ("/voter", json!(null), "voter"),
        ("/name", json!(""), "name"),
        ("/name", json!("a".repeat(61)), "name"),
        ("/at", json!("yesterday"), "at"),
        ("/seed", json!(-1), "seed"),
        ("/panes", json!(9), "panes"),
        ("/panes", json!("3"), "panes"),
        ("/criteria/1", json!("correctness"), "criteria[1]"),
        ("/criteria", json!("clarity"), "criteria"),
        ("/turns", json!(null), "turns"),
        ("/turns/1", json!([]), "turns[1]"),
        (
            "/turns/0/votes/0/among",
            json!([0]),
            "turns[0].votes[0].among",
        ),
        (
            "/turns/0/votes/0/among",
            json!([0, 3]),
            "turns[0].votes[0].among[1]",
        ),
        (
            "/turns/0/votes/0/among",
            json!([0, 0]),
            "turns[0].votes[0].among[1]",
        ),
        (
            "/turns/1/votes/0/best",
            json!([2]),
            "turns[1].votes[0].best",
        ),
        (
            "/turns/1/votes/0/best",
            json!(null),
            "turns[1].votes[0].best",
        ),
        (
            "/turns/0/marks/warmth/1",
            json!(6),
            "turns[0].marks.warmth[1]",
        ),
        ("/turns/0/marks/warmth", json!([1]), "turns[0].marks.warmth"),
        (
            "/turns/0/marks",
            json!({"colour": [1, 1, 1]}),
            "turns[0].marks.colour",
        ),
    ] {
        assert_eq!(path_of(with(pointer, value.clone())), path, "{value}");
    }
}

#[test]
fn another_document_is_named() {
    for (kind, found) in [
        (json!("result/1"), Some("result/1".to_owned())),
        (json!("ballot/2"), Some("ballot/2".to_owned())),
        (json!(1), None),
    ] {
        let error = with("/touchstone", kind).unwrap_err();
        assert_eq!(error, BallotError::OtherDocument { found });
    }
    assert!(matches!(
        Ballot::parse("{\"touchstone\": "),
        Err(BallotError::Json {
            line: 1,
            ended_early: true,
            ..
        })
    ));
}

#[test]
fn unknown_fields_are_passed_over_and_null_is_not_set() {
    let mut document = testing::simple().to_value();
    document["colour"] = json!("blue");
    document["name"] = json!(null);
    document["criteria"] = json!(null);
    document["turns"][0]["later"] = json!([1]);
    document["seed"] = json!(77.0);
    assert_eq!(Ballot::from_value("", &document), Ok(testing::simple()));
}

proptest! {
    #[test]
    fn every_ballot_comes_back(ballot in testing::ballot()) {
        prop_assert_eq!(Ballot::parse(&ballot.to_json()), Ok(ballot));
    }
}
