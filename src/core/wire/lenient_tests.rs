use super::{Content, Loose, Many, Word, index, parse, says_something};
use serde_json::{Value, json};

shape! {
    struct Sample {
        word: Word,
        one: Loose<Inner>,
        many: Many<Inner>,
        content: Content,
    }

    struct Inner {
        a: Word,
    }
}

fn sample(text: &str) -> Sample {
    parse(text).expect("lenient")
}

#[test]
fn any_json_in_any_field_costs_at_most_that_field() {
    let odd = [
        "null", "true", "-1", "7", "1.5", "\"t\"", "[]", "[1,{}]", "{}",
    ];
    for odd in odd {
        for field in ["word", "one", "many", "content"] {
            let text = format!("{{\"{field}\":{odd},\"unknown\":[{odd}]}}");
            assert!(parse::<Sample>(&text).is_ok(), "{text}");
        }
    }
    let read = sample(r#"{"word":5,"one":{"a":"x"},"many":{"a":"y"}}"#);
    assert_eq!(read.word.as_str(), "5");
    assert_eq!(read.one.0.map(|inner| inner.a.0), Some(Some("x".into())));
    assert_eq!(read.many.items.len(), 1);
}

#[test]
fn lists_skip_what_is_no_object() {
    let read = sample(r#"{"many":[null,{"a":"x"},"s",[],{"a":null}]}"#);
    assert_eq!(read.many.items.len(), 2);
    assert!(read.many.present && !sample("{}").many.present);
}

#[test]
fn content_is_read_from_all_its_shapes() {
    for (text, expected) in [
        (r#""plain""#, "plain"),
        (r#"[{"type":"text","text":"a"},"b",{"text":"c"}]"#, "abc"),
        (
            r#"{"type":"thinking","thinking":[{"type":"text","text":"t"}]}"#,
            "t",
        ),
        (r#"[{"type":"reasoning.summary","summary":"s"}]"#, "s"),
        (r#"[{"type":"reasoning.encrypted","data":"AAAA"}]"#, ""),
        ("null", ""),
    ] {
        let read = sample(&format!("{{\"content\":{text}}}"));
        assert_eq!(read.content.flat(), expected, "{text}");
    }
}

#[test]
fn lone_surrogates_become_replacement_characters() {
    let read = sample(r#"{"word":"a\ud83db\ude00\\ud83d\ud83d\ude00"}"#);
    assert_eq!(read.word.as_str(), "a\u{fffd}b\u{fffd}\\ud83d😀");
}

#[test]
fn of_a_key_given_twice_the_last_counts() {
    assert_eq!(sample(r#"{"word":"a","word":"b"}"#).word.as_str(), "b");
}

#[test]
fn text_that_is_no_json_fails() {
    for text in ["", "{", "{\"word\":\"\\ud8", "nope", "{}x", "\\", "{\"a\\é"] {
        assert!(parse::<Sample>(text).is_err(), "{text}");
    }
}

#[test]
fn indices_are_read_from_numbers_and_digits() {
    for (value, expected) in [
        (json!(2), Some(2)),
        (json!(2.0), Some(2)),
        (json!("2"), Some(2)),
        (json!(-1), None),
        (json!(1.5), None),
        (Value::Null, None),
    ] {
        assert_eq!(index(&value), expected, "{value}");
    }
}

#[test]
fn emptiness_of_any_depth_says_nothing() {
    for nothing in [
        json!(null),
        json!(""),
        json!({"code": 0, "message": ""}),
        json!([{}]),
    ] {
        assert!(!says_something(&nothing), "{nothing}");
    }
    for something in [json!("x"), json!({"a": {"b": 1}}), json!(true)] {
        assert!(says_something(&something), "{something}");
    }
}
