use super::*;
use crate::core::sorted::SortedSet;
use proptest::prelude::*;

/// Rows as lines: depth, name, value.
fn lines(answer: &str) -> Vec<String> {
    let tree = read(answer).unwrap();
    let line = |row: &Row| {
        let name = match &row.label {
            Label::Root => String::new(),
            Label::Name(name) => format!("{name}: "),
            Label::Place(place) => format!("{place}: "),
        };
        let value = match row.kind {
            Kind::List(count) => format!("[{count}]"),
            Kind::Object(count) => format!("{{{count}}}"),
            Kind::Text => format!("“{}”", row.text),
            _ => row.text.clone(),
        };
        format!("{}{name}{value}", "  ".repeat(row.depth))
    };
    tree.rows.iter().map(line).collect()
}

#[test]
fn everything_stands_as_it_came() {
    let answer =
        r#" {"a": [1.50, -2e3, null], "b": "x\n\u00e9\ud83d\ude00\ud800", "a": {}, "": true} "#;
    assert_eq!(
        lines(answer),
        [
            "{4}",
            "  a: [3]",
            "    0: 1.50",
            "    1: -2e3",
            "    2: null",
            "  b: “x\né😀\u{fffd}”",
            "  a: {0}",
            "  : true",
        ]
    );
    assert!(!read(answer).unwrap().is_cut);
}

#[test]
fn what_was_cut_off_is_shown_as_far_as_it_goes() {
    for (answer, expected) in [
        (
            r#"{"a": [1, 2"#,
            vec!["{1}", "  a: [2]", "    0: 1", "    1: 2"],
        ),
        (r#"{"a": "half a wo"#, vec!["{1}", "  a: “half a wo”"]),
        (r#"{"a": tr"#, vec!["{1}", "  a: tr"]),
        (r#"{"a": 1, "b"#, vec!["{1}", "  a: 1"]),
        (r#"{"a":"#, vec!["{0}"]),
        (r#"["\u00"#, vec!["[1]", "  0: “”"]),
        ("```json\n[1,", vec!["[1]", "  0: 1"]),
    ] {
        assert_eq!(lines(answer), expected, "{answer}");
        assert!(read(answer).unwrap().is_cut, "{answer}");
    }
}

#[test]
fn what_is_no_json_says_from_where() {
    let at = |answer| read(answer).map(|_| ()).unwrap_err();
    assert_eq!(at("  "), Fault::Empty);
    assert_eq!(at("Sure: {}"), Fault::NotJson(0));
    assert_eq!(at("{} and more"), Fault::NotJson(3));
    assert_eq!(at("{a: 1}"), Fault::NotJson(1));
    assert_eq!(at("[1 2]"), Fault::NotJson(3));
    assert_eq!(at("[01]"), Fault::NotJson(1));
    assert_eq!(at("[nul]"), Fault::NotJson(1));
    assert_eq!(at("[\"\\x\"]"), Fault::NotJson(3));
    assert!(matches!(at(&"[".repeat(300)), Fault::NotJson(_)));
}

#[test]
fn a_fence_is_no_part_of_the_json() {
    let answer = "\n```json\n{\"a\": 1}\n```\n";
    let tree = read(answer).unwrap();
    assert!(tree.is_fenced && !tree.is_cut);
    assert_eq!(answer[tree.json.clone()].trim(), "{\"a\": 1}");
    assert_eq!(tree.value_of(0, answer), "{\"a\": 1}");
    assert!(!read("{}").unwrap().is_fenced);
}

#[test]
fn copying_gives_a_text_itself_and_json_for_the_rest() {
    let answer = r#"{"a": "x \"y\"", "b": [1,  2.50]}"#;
    let tree = read(answer).unwrap();
    assert_eq!(tree.value_of(1, answer), "x \"y\"");
    assert_eq!(tree.value_of(2, answer), "[1,  2.50]");
    assert_eq!(tree.value_of(4, answer), "2.50");
    assert_eq!(tree.value_of(9, answer), "");
}

#[test]
fn keys_move_as_in_any_tree() {
    let rows = read(r#"{"a": [1, 2], "b": 3}"#).unwrap().rows;
    let mut folded = SortedSet::new();
    assert_eq!(visible(&rows, &folded), [0, 1, 2, 3, 4]);
    let mut go = |from, move_| step(&rows, &mut folded, from, move_);
    assert_eq!(go(0, Step::Down), 1);
    assert_eq!(go(1, Step::In), 2);
    assert_eq!(go(2, Step::In), 2);
    assert_eq!(go(2, Step::Out), 1);
    assert_eq!(go(1, Step::Out), 1, "it folds first");
    assert_eq!(go(1, Step::Down), 4);
    assert_eq!(go(4, Step::Up), 1);
    assert_eq!(go(1, Step::Out), 0);
    assert_eq!(go(1, Step::In), 1, "it unfolds first");
    assert_eq!(go(1, Step::Down), 2);
    assert_eq!(go(2, Step::Last), 4);
    assert_eq!(go(4, Step::Down), 4);
    assert_eq!(go(4, Step::First), 0);
    assert_eq!(go(0, Step::Up), 0);
    assert_eq!(go(0, Step::Toggle), 0);
    assert_eq!(go(0, Step::Last), 0);
}

#[test]
fn pointers_become_paths_that_people_read() {
    for (pointer, path) in [
        ("#", ""),
        ("#/a/0/b", "a[0].b"),
        ("/0", "[0]"),
        ("#/a~1b/~0", "a/b.~"),
    ] {
        assert_eq!(readable(pointer), path);
    }
}

#[test]
fn a_schema_that_is_none_says_where() {
    assert_eq!(read_schema(" \n"), Ok(None));
    assert!(read_schema("{}").unwrap().is_some());
    assert_eq!(read_schema("[]"), Err(SchemaFault::NotObject));
    assert_eq!(read_schema("{\n  \"a\": "), Err(SchemaFault::Unfinished));
    let fault = SchemaFault::NotJson { line: 2, column: 3 };
    assert_eq!(read_schema("{\n  a: 1}"), Err(fault));
}

proptest! {
    #[test]
    fn whatever_serde_reads_is_read_alike(value in crate::core::recipe::arbitrary::json()) {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let tree = read(&text).unwrap();
        prop_assert!(!tree.is_cut);
        let back: serde_json::Value = serde_json::from_str(&text[tree.rows[0].span.clone()]).unwrap();
        prop_assert_eq!(back, value);
    }

    #[test]
    fn any_text_and_any_cut_is_survived(text in ".{0,40}", json in "[\\[\\]{}\",:0-9a-z\\\\ ]{0,30}") {
        read(&text).ok();
        read(&json).ok();
    }
}
