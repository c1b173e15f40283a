//! What fits is read, and what does not is refused with its place.

use super::*;
use crate::core::{
    attach::ImageType,
    catalog::Param,
    domain::Api,
    sorted::{SortedMap, SortedSet},
    wire::Dialect,
};
use proptest::prelude::*;
use serde_json::json;

row! {
    /// A row with a bit of everything.
    #[derive(PartialEq)]
    struct Shelf {
        name: String,
        rows: Vec<Book>,
        label ("as"): Option<String> = None,
        by_kind: SortedMap<Kind, u16> = SortedMap::new(),
        tags: SortedSet<String> = SortedSet::new(),
        limits: Option<Limits> = None,
        is_open: bool = true,
        found (): u32 = 7,
    }

    #[derive(PartialEq)]
    struct Book {
        kind: Kind,
        pages ("length"): u32,
    }

    #[derive(PartialEq)]
    struct Limits {
        low: i64,
        high: f64,
    }
}

word! {
    #[derive(PartialOrd, Ord)]
    enum Kind {
        Plain = "plain",
        VeryFancy = "very_fancy",
    }
}

fn shelf() -> Value {
    json!({
        "name": "a", "as": "b", "is_open": false, "tags": ["y", "x"],
        "rows": [{ "kind": "very_fancy", "length": 3 }, { "kind": "plain", "length": 4 }],
        "by_kind": { "very_fancy": 65535, "plain": 0 },
        "limits": { "low": -1, "high": 2 },
    })
}

fn refused<T: Strict>(value: Value) -> String {
    match from_value::<T>(value.clone()) {
        Ok(_) => panic!("{value} was taken"),
        Err(misfit) => misfit.to_string(),
    }
}

#[test]
fn a_row_has_what_was_given_and_else_its_own_values() {
    let full: Shelf = from_value(shelf()).unwrap();
    let book = |kind, pages| Book { kind, pages };
    let by_kind = [(Kind::Plain, 0), (Kind::VeryFancy, u16::MAX)];
    let expected = Shelf {
        name: "a".to_owned(),
        rows: vec![book(Kind::VeryFancy, 3), book(Kind::Plain, 4)],
        label: Some("b".to_owned()),
        by_kind: by_kind.into_iter().collect(),
        tags: ["x", "y"].into_iter().map(str::to_owned).collect(),
        limits: Some(Limits { low: -1, high: 2.0 }),
        is_open: false,
        found: 7,
    };
    assert_eq!(full, expected);
    let bare: Shelf = from_str(r#"{ "name": "a", "rows": [], "as": null }"#).unwrap();
    assert!(bare.is_open && bare.label.is_none() && bare.limits.is_none());
}

#[test]
fn a_misfit_names_its_place() {
    let with = |at: &str, value: Value| {
        let mut all = shelf();
        *all.pointer_mut(at).unwrap() = value;
        refused::<Shelf>(all)
    };
    for (at, value, expected) in [
        ("/name", json!(1), "a number where a string belongs at name"),
        ("/as", json!([]), "an array where a string belongs at as"),
        (
            "/is_open",
            json!(null),
            "null where a boolean belongs at is_open",
        ),
        (
            "/rows",
            json!({}),
            "an object where an array belongs at rows",
        ),
        (
            "/rows/1",
            json!("x"),
            "a string where an object belongs at rows[1]",
        ),
        (
            "/rows/1/kind",
            json!("odd"),
            "`odd` is none of plain, very_fancy at rows[1].kind",
        ),
        (
            "/rows/0/kind",
            json!(true),
            "a boolean where a word belongs at rows[0].kind",
        ),
        (
            "/rows/0",
            json!({ "kind": "plain" }),
            "missing field `length` at rows[0]",
        ),
        (
            "/rows/0",
            json!({ "kind": "plain", "length": 1, "pages": 1 }),
            "unknown field `pages` at rows[0]",
        ),
        (
            "/by_kind",
            json!({ "plain": 65536 }),
            "a number where a whole number from 0 to 65535 belongs at by_kind.plain",
        ),
        (
            "/by_kind",
            json!({ "odd": 1 }),
            "`odd` is none of plain, very_fancy at by_kind.odd",
        ),
        (
            "/tags/0",
            json!(0),
            "a number where a string belongs at tags[0]",
        ),
        (
            "/limits/low",
            json!(1.5),
            "a number where a whole number belongs at limits.low",
        ),
    ] {
        assert_eq!(with(at, value), expected);
    }
    assert_eq!(refused::<Shelf>(json!({})), "missing field `name`");
    let unread = json!({ "name": "a", "rows": [], "found": 1 });
    assert_eq!(refused::<Shelf>(unread), "unknown field `found`");
    assert_eq!(
        refused::<Shelf>(json!([])),
        "an array where an object belongs"
    );
    assert!(from_str::<Shelf>("{").is_err());
}

#[test]
fn a_tuple_has_exactly_its_length() {
    type Rows = Vec<(String, String)>;
    let pair = ("a".to_owned(), "b".to_owned());
    assert_eq!(from_str::<Rows>(r#"[["a","b"]]"#).unwrap(), [pair]);
    for text in [
        r#"[["a"]]"#,
        r#"[["a","b","c"]]"#,
        r#"[["a",1]]"#,
        r#"["ab"]"#,
    ] {
        assert!(from_str::<Rows>(text).is_err(), "{text}");
    }
    let said = refused::<(String, String, String)>(json!(["a", "b"]));
    assert_eq!(
        said,
        "an array of another length where three strings belongs"
    );
    let three: (String, String, String) = from_value(json!(["a", "b", "c"])).unwrap();
    assert_eq!(three.2, "c");
}

#[test]
fn a_word_is_read_as_it_is_written() {
    fn there_and_back<T: Strict + serde::Serialize + PartialEq + std::fmt::Debug>(
        word: &str,
        value: T,
    ) {
        assert_eq!(serde_json::to_value(&value).unwrap(), json!(word));
        assert_eq!(from_value::<T>(json!(word)).unwrap(), value);
    }
    there_and_back("very_fancy", Kind::VeryFancy);
    there_and_back("openai_chat", Dialect::OpenaiChat);
    there_and_back("generate_content", Api::GenerateContent);
    there_and_back("webp", ImageType::Webp);
    for param in Param::ALL {
        there_and_back(param.as_str(), param);
        assert_eq!(Param::named(param.as_str()), Some(param));
    }
    assert_eq!(Kind::named("Plain"), None);
}

#[test]
fn fields_that_do_not_fit_cost_nothing_but_themselves() {
    let mut odd = shelf();
    odd["is_open"] = json!("yes");
    odd["tags"][0] = json!(1);
    odd["by_kind"]["plain"] = json!(-1);
    odd["from_the_future"] = json!(1);
    let text = odd.to_string();
    assert!(from_str::<Shelf>(&text).is_err());
    let read: Shelf = field_by_field(&text).unwrap();
    assert!(read.is_open && read.label.is_some() && read.limits.is_some());
    assert_eq!((read.rows.len(), read.tags.len()), (2, 1));
    assert_eq!(read.by_kind.get(&Kind::VeryFancy), Some(&u16::MAX));
    assert_eq!(read.by_kind.get(&Kind::Plain), None);
    for text in ["", "[]", "null", "{}", r#"{ "name": 1, "rows": [] }"#] {
        assert!(field_by_field::<Shelf>(text).is_err(), "{text}");
    }
}

#[test]
fn a_row_of_which_a_field_that_must_be_there_does_not_fit_is_absent() {
    let mut odd = shelf();
    odd["rows"][0]["length"] = json!(-1);
    odd["limits"]["low"] = json!("x");
    let read: Shelf = field_by_field(&odd.to_string()).unwrap();
    let pages: Vec<u32> = read.rows.iter().map(|row| row.pages).collect();
    assert_eq!(pages, [4]);
    assert_eq!(read.limits, None);
}

proptest! {
    #[test]
    fn numbers_are_read_where_their_type_holds_them(number in any::<i128>(), float in any::<f64>()) {
        let number = number >> (number.unsigned_abs() % 128);
        let text = number.to_string();
        prop_assert_eq!(from_str::<u16>(&text).ok(), u16::try_from(number).ok());
        prop_assert_eq!(from_str::<u32>(&text).ok(), u32::try_from(number).ok());
        prop_assert_eq!(from_str::<u64>(&text).ok(), u64::try_from(number).ok());
        prop_assert_eq!(from_str::<i64>(&text).ok(), i64::try_from(number).ok());
        if float.is_finite() {
            prop_assert_eq!(from_value::<f64>(json!(float)).ok(), Some(float));
        }
    }
}
