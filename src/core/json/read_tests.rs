//! `serde_json` is the oracle.

use super::{check, parse, parse_bytes, parse_first, parse_lossy, skip_first};
use crate::core::json::{
    Fault, JsonError,
    arbitrary::{leaves, trees},
};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::{Error, Value};

type Outcome = Result<String, (usize, usize, bool)>;

fn ours(read: Result<Value, JsonError>) -> Outcome {
    match read {
        Ok(value) => Ok(value.to_string()),
        Err(error) => Err((error.line(), error.column(), error.is_eof())),
    }
}

fn theirs(read: Result<Value, Error>) -> Outcome {
    match read {
        Ok(value) => Ok(value.to_string()),
        Err(error) => Err((error.line(), error.column(), error.is_eof())),
    }
}

/// The text with lone halves of pairs replaced, wherever they stand.
fn mended(text: &str) -> String {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u32::from_str_radix(digits, 16).ok()
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let taken = match (unit(escape), escape.get(6..).and_then(unit)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                out.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (Some(_), _) => 6,
            (None, _) => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        let (own, after) = escape.split_at(taken);
        out.push_str(own);
        rest = after;
    }
    out + rest
}

fn is_alike(text: &str) -> Result<(), TestCaseError> {
    let strict = theirs(serde_json::from_str(text));
    prop_assert_eq!(ours(parse(text)), strict.clone(), "{}", text);
    prop_assert_eq!(ours(parse_bytes(text.as_bytes())), strict, "{}", text);

    let lossy = theirs(serde_json::from_str(&mended(text)));
    match (ours(parse_lossy(text)), lossy) {
        // A text that ends in half of a pair is only too short either way.
        (Err((.., true)), Err((.., true))) => {}
        (ours, theirs) => prop_assert_eq!(ours, theirs, "{}", text),
    }

    let passed = serde_json::from_str::<IgnoredAny>(text).is_ok();
    prop_assert_eq!(check(text).is_ok(), passed, "{}", text);

    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    if let Some(first) = stream.next() {
        let read = parse_first(text);
        if let (Ok(_), Ok((_, length))) = (&first, &read) {
            prop_assert_eq!(*length, stream.byte_offset(), "{}", text);
            prop_assert_eq!(skip_first(text), Ok(*length), "{}", text);
        }
        prop_assert_eq!(
            ours(read.map(|(value, _)| value)),
            theirs(first),
            "{}",
            text
        );
    }
    Ok(())
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{0,12}",
        any::<String>(),
        "[\\x00-\\x22é\\\\/😀]{0,20}"
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    let usual = (-1e6..1e6).prop_map(Value::from);
    let leaf = prop_oneof![6 => leaves(word()), 1 => usual];
    trees(leaf.boxed(), word(), [4, 40, 6])
}

fn text() -> impl Strategy<Value = String> {
    (tree(), any::<bool>()).prop_map(|(tree, is_pretty)| {
        if is_pretty {
            serde_json::to_string_pretty(&tree).unwrap()
        } else {
            tree.to_string()
        }
    })
}

/// What JSON is made of, and some that it is not.
fn scrap() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\n",
        " ",
        "\t",
        "\r\n",
        "\u{1}",
        "\0",
        "é",
        "😀",
        "\u{feff}",
        "0",
        "1",
        "12",
        "-",
        "+",
        ".",
        "e",
        "E",
        "e5",
        "1.5",
        "-0",
        "00",
        "1e999",
        "1e-999",
        "1e99999999999",
        "-1e99999999999",
        "0e99999999999",
        "1e-99999999999",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "0.000000000000000000000000000001",
        "123456789.123456789012345678",
        "true",
        "false",
        "null",
        "tru",
        "nul",
        "nulx",
        "fals",
        "\"a\"",
        "\"a\":",
        "\\u",
        "\\u00",
        "\\u00e9",
        "\\ud83d",
        "\\ude00",
        "\\uD83D\\uDE00",
        "\\ud83d\\u0041",
        "\\u+123",
        "\\n",
        "\\x",
        "\\/",
        "[]",
        "{}",
        "[1,",
        "{\"a\":1,",
        "\"\\ud83d",
        "\"\\ude00\"",
        "//",
        "'a'",
    ])
}

#[test]
fn a_fault_has_a_name_and_a_place() {
    for (text, fault, place) in [
        ("", Fault::Ended, (1, 0)),
        ("{\"a\":\n", Fault::Ended, (2, 0)),
        ("x", Fault::NoValue, (1, 1)),
        ("nul!", Fault::Word, (1, 4)),
        ("[01]", Fault::Number, (1, 3)),
        ("[1e999]", Fault::TooLarge, (1, 6)),
        ("{\"a\" 1}", Fault::NoColon, (1, 6)),
        ("[1\n 2]", Fault::NoListComma, (2, 2)),
        ("{\"a\":1 \"b\":2}", Fault::NoObjectComma, (1, 8)),
        ("[1,]", Fault::LastComma, (1, 4)),
        ("{a:1}", Fault::Name, (1, 2)),
        ("\"\\x\"", Fault::Escape, (1, 3)),
        ("\"\\ude00\"", Fault::HalfPair, (1, 7)),
        ("\"\u{1}\"", Fault::Control, (1, 2)),
        ("1 2", Fault::Trailing, (1, 3)),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.fault(), fault, "{text}");
        assert_eq!((error.line(), error.column()), place, "{text}");
    }
    let error = parse_bytes(b"\n\"a\xff\"").expect_err("no text");
    assert_eq!(error.fault(), Fault::NotText);
    assert_eq!(error.to_string(), "no UTF-8 at line 2 column 3");
}

#[test]
fn texts_are_as_deep_as_in_the_oracle() {
    for depth in [126, 127, 128, 200] {
        let lists = "[".repeat(depth) + &"]".repeat(depth);
        let objects = "{\"a\":".repeat(depth) + "1" + &"}".repeat(depth);
        let cut = "[".repeat(depth);
        for text in [lists, objects, cut] {
            assert_eq!(ours(parse(&text)), theirs(serde_json::from_str(&text)));
        }
    }
    assert_eq!(
        parse(&"[".repeat(1_000_000)).unwrap_err().fault(),
        Fault::TooDeep
    );
}

#[test]
fn the_two_zeros_stay_apart() {
    for text in ["0", "-0", "0.0", "-0.0", "0e0", "-0e-5", "[-0,0]"] {
        is_alike(text).expect(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn whatever_was_written_reads_back(tree in tree()) {
        let compact = tree.to_string();
        prop_assert_eq!(&parse(&compact).unwrap(), &tree);
        prop_assert_eq!(parse(&compact).unwrap().to_string(), compact);
        let pretty = serde_json::to_string_pretty(&tree).unwrap();
        prop_assert_eq!(parse(&pretty).unwrap(), tree);
    }

    #[test]
    fn floats_read_back_bit_by_bit(float in any::<f64>()) {
        prop_assume!(float.is_finite());
        let written = serde_json::to_string(&float).unwrap();
        for text in [written, format!("{float:e}"), format!("{float:.3e}")] {
            let expected: f64 = text.parse().unwrap();
            let read = parse(&text).ok().and_then(|value| value.as_f64());
            if expected.is_finite() {
                prop_assert_eq!(read.map(f64::to_bits), Some(expected.to_bits()), "{}", text);
            } else {
                prop_assert_eq!(read, None);
            }
        }
    }

    #[test]
    fn broken_texts_are_refused_where_the_oracle_refuses_them(
        text in text(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..4, scrap()), 0..3),
    ) {
        let mut signs: Vec<char> = text.chars().collect();
        for (at, change, scrap) in changes {
            let at = at.index(signs.len() + 1);
            match change {
                0 => signs.truncate(at),
                1 if at + 1 < signs.len() => signs.swap(at, at + 1),
                2 if at < signs.len() => {
                    signs.remove(at);
                }
                _ => {
                    signs.splice(at..at, scrap.chars());
                }
            }
        }
        is_alike(&signs.into_iter().collect::<String>())?;
    }

    #[test]
    fn scraps_are_read_as_the_oracle_reads_them(scraps in prop::collection::vec(scrap(), 0..9)) {
        let text = scraps.concat();
        is_alike(&text)?;
        is_alike(&format!("\"{text}\""))?;
        is_alike(&format!("[{text}]"))?;
        is_alike(&format!("{{\"a\":{text}}}"))?;
    }

    #[test]
    fn strings_of_any_length_end_where_they_end(text in "[ -~é]{0,40}", tail in "[\\x00-\\x7f]{0,9}") {
        is_alike(&format!("\"{text}\"{tail}"))?;
        is_alike(&format!("\"{text}{tail}\""))?;
    }

    #[test]
    fn bytes_that_are_no_text_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..12)) {
        let quoted = [b"\"".as_slice(), &bytes, b"\""].concat();
        prop_assert_eq!(parse_bytes(&quoted).is_ok(), serde_json::from_slice::<Value>(&quoted).is_ok());
    }
}
