use super::{from_str, from_value};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    count: Option<u16>,
    #[serde(default)]
    kinds: Vec<Kind>,
    #[serde(default)]
    by_kind: BTreeMap<Kind, f64>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Plain,
    Fancy,
}

#[test]
fn a_type_is_read_as_serde_json_reads_it() {
    for text in [
        r#"{"name":"a"}"#,
        r#"{"name":"a","count":null,"kinds":[]}"#,
        r#"{"name":"a","count":7,"kinds":["plain","fancy"],"by_kind":{"fancy":1,"plain":0.5}}"#,
    ] {
        let expected: Row = serde_json::from_str(text).expect("well-formed");
        assert_eq!(from_str::<Row>(text).ok(), Some(expected), "{text}");
    }
}

#[test]
fn what_does_not_fit_is_an_error() {
    for text in [
        "",
        "{",
        "[]",
        "7",
        r#"{"count":1}"#,
        r#"{"name":1}"#,
        r#"{"name":"a","count":-1}"#,
        r#"{"name":"a","count":70000}"#,
        r#"{"name":"a","count":1.5}"#,
        r#"{"name":"a","kinds":{}}"#,
        r#"{"name":"a","kinds":["other"]}"#,
        r#"{"name":"a","other":1}"#,
    ] {
        assert!(from_str::<Row>(text).is_err(), "{text}");
    }
}

#[test]
fn the_error_names_what_is_wrong() {
    let said = |value| from_value::<Row>(value).expect_err("bad").to_string();
    assert!(said(json!({"name": "a", "other": 1})).contains("`other`"));
    assert!(said(json!({"name": []})).contains("an array where a string belongs"));
}

#[test]
fn a_tuple_has_exactly_its_length() {
    type Pair = (String, bool);
    let pair = ("a".to_owned(), true);
    assert_eq!(from_str::<Pair>(r#"["a",true]"#).ok(), Some(pair));
    assert!(from_str::<Pair>(r#"["a"]"#).is_err());
    assert!(from_str::<Pair>(r#"["a",true,true]"#).is_err());
}
