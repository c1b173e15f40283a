use super::{
    MAX_JSON_BYTES, PackFault, Packing, Sealed, Unpacking, compress, decompress, json_of,
    open_text, pack, read_text, seal_text, unpack,
};
use crate::core::{checksum::crc32, json::arbitrary::trees, recipe::arbitrary};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::{fs, path::Path};

fn document() -> Value {
    json!({
        "touchstone": "recipe/1",
        "title": "मानसून",
        "messages": [{"role": "user", "content": "Why are there two high tides a day?"}],
        "panes": [{"provider": "openai", "model": "gpt-6-luna"}],
        "later": {"after_ms": [350.2, 0, 16.7, 0.01, 0.25, 12, 9.8, 100.5, 7]},
    })
}

/// Any JSON, with lists of numbers more often than chance would have them.
fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![any::<String>(), "[a-z \\[\\],.0-9\u{1}न]{0,40}"];
    let number = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..1_000_000_u32).prop_map(|hundredths| json!(f64::from(hundredths) / 100.0)),
        (0..300_u32).prop_map(Value::from),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        number.clone(),
        text.prop_map(Value::from),
        prop::collection::vec(number, 0..20).prop_map(Value::from),
    ];
    trees(leaf.boxed(), any::<String>(), [3, 40, 6])
}

#[test]
fn a_document_comes_back() {
    let text = pack(&document());
    assert!(text.starts_with('1'), "{text}");
    assert!(
        text.bytes()
            .all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter))
    );
    assert_eq!(unpack(&text), Ok(document()));
}

#[test]
fn every_golden_link_opens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/links/v1");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let text = fs::read_to_string(&path).unwrap();
            let json = fs::read_to_string(path.with_extension("json")).unwrap();
            let document: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(unpack(&text), Ok(document), "{}", path.display());
            count += 1;
        }
    }
    assert!(count >= 25, "{count}");
}

#[test]
fn the_dictionary_of_version_1_never_changes() {
    assert_eq!(super::DICTIONARY.len(), 17_168);
    assert_eq!(crc32(super::DICTIONARY), 4_156_938_916);
}

#[test]
fn what_chat_programs_do_to_a_link_does_no_harm() {
    let text = pack(&document());
    let (begin, end) = text.split_at(text.len() / 2);
    let escape = |letter: char| format!("%{:02x}", u32::from(letter));
    let escaped = text.chars().map(escape).collect::<Vec<_>>().concat();
    let twice = escaped.replace('%', "%25");
    for given in [
        format!("{begin}\r\n {end}"),
        format!("{begin}=\n{end}"),
        format!("{begin}\u{200b}{end}\u{ad}"),
        format!("  {text}."),
        format!("<{text}>"),
        format!("“{text}”, he wrote"),
        format!("({text})."),
        format!("{text}_"),
        format!("{text}=="),
        escaped,
        twice,
        text.replace('-', "%2D").replace('_', "%5f"),
        text.replace('-', "+").replace('_', "/"),
    ] {
        assert_eq!(unpack(&given), Ok(document()), "{given}");
    }
}

#[test]
fn a_text_of_another_kind_is_named() {
    let text = pack(&document());
    let later = text.replacen('1', "2", 1);
    assert_eq!(unpack(&later), Err(PackFault::FutureVersion { found: '2' }));
    for empty in ["", "  \n", "\u{feff}", "\""] {
        assert_eq!(unpack(empty), Err(PackFault::Empty), "{empty:?}");
    }
    let not = |position, found| Err(PackFault::NotBase64 { position, found });
    assert_eq!(unpack("{\"touchstone\": 1}"), not(1, '{'));
    let (begin, end) = text.split_at(30);
    assert_eq!(unpack(&format!("{begin}…{end}")), not(31, '…'));
    assert_eq!(unpack(&format!("%31{}é{end}", &begin[1..])), not(33, 'é'));
}

#[test]
fn a_cut_text_says_how_much_is_missing() {
    let text = pack(&document());
    for have in 1..text.len() {
        let of = (have > 4).then_some(text.len());
        let fault = PackFault::CutShort { have, of };
        assert_eq!(unpack(&text[..have]), Err(fault));
    }
    let of = Some(text.len());
    let cut = |given: &str| unpack(given);
    assert_eq!(cut(&text[..60]), Err(PackFault::CutShort { have: 60, of }));
    assert_eq!(
        cut(&format!("{}…", &text[..60])),
        Err(PackFault::CutShort { have: 60, of })
    );
    assert_eq!(
        cut(&format!("{}...", &text[..60])),
        Err(PackFault::CutShort { have: 60, of })
    );
    assert_eq!(cut("1"), Err(PackFault::CutShort { have: 1, of: None }));
}

#[test]
fn a_changed_letter_is_always_noticed() {
    let text = pack(&document());
    for at in 0..text.len() {
        for letter in ["A", "7", "_", "q"] {
            let mut changed = text.clone();
            changed.replace_range(at..=at, letter);
            assert!(changed == text || unpack(&changed).is_err(), "{changed}");
        }
    }
}

#[test]
fn claims_are_judged_before_anything_is_unpacked() {
    // 2^28 - 1 bytes of text.
    let huge = [0xff, 0xff, 0xff, 0x7f, 0, 0, 0];
    assert_eq!(
        decompress(&huge, MAX_JSON_BYTES),
        Err(PackFault::TooLarge {
            limit: MAX_JSON_BYTES
        })
    );
    // 16,000 bytes of text in three.
    let claimed = 16_000;
    let bomb = [0x80, 0x7d, 0, 0, 0];
    assert_eq!(
        decompress(&bomb, MAX_JSON_BYTES),
        Err(PackFault::Bomb { claimed })
    );
    for torn in [&[][..], &[0x80], &[0xff, 0xff, 0xff, 0xff, 0]] {
        assert_eq!(decompress(torn, 100), Err(PackFault::Damaged));
    }
    // A length of 2^28 - 1 is no link that was cut.
    assert_eq!(unpack("1____fwAAAAAA"), Err(PackFault::Damaged));
}

#[test]
fn what_unfolds_to_more_than_is_read_is_refused() {
    let list = format!("[{}]", vec!["7"; 500].join(","));
    let bytes = compress(list.as_bytes());
    assert_eq!(
        decompress(&bytes, list.len()),
        Ok(list.clone().into_bytes())
    );
    let limit = 600;
    assert_eq!(
        decompress(&bytes, limit),
        Err(PackFault::TooLarge { limit })
    );
}

#[test]
fn a_document_that_repeats_itself_is_no_bomb() {
    let document = json!({"text": "a".repeat(300_000)});
    let text = pack(&document);
    assert!(text.len() < 1_700, "{}", text.len());
    assert_eq!(unpack(&text), Ok(document));
}

#[test]
fn bytes_that_are_no_json_are_named() {
    let text = super::text::write(super::text::Kind::Packed, &compress(b"{\"touchstone\":"));
    assert_eq!(unpack(&text), Err(PackFault::NotJson));
    let text = super::text::write(super::text::Kind::Packed, &compress(&[0xff, 0xfe]));
    assert_eq!(unpack(&text), Err(PackFault::NotJson));
}

#[test]
fn unpacking_goes_in_steps() {
    let bytes = read_text(&pack(&document())).unwrap();
    let mut unpacking = Unpacking::new(&bytes, MAX_JSON_BYTES).unwrap();
    assert!(!unpacking.step(10));
    assert!((1..20).contains(&unpacking.percent()));
    while !unpacking.step(50) {}
    assert_eq!(unpacking.percent(), 100);
    assert_eq!(unpacking.finish(), Ok(document().to_string().into_bytes()));
}

#[test]
fn packing_goes_in_steps_and_comes_to_the_same() {
    let json = json_of(&document());
    let mut packing = Packing::new(&json);
    assert!(!packing.step(10));
    assert!((1..20).contains(&packing.percent()));
    while !packing.step(50) {}
    assert_eq!(packing.percent(), 100);
    assert_eq!(packing.finish(), compress(&json));
}

fn sealed() -> Sealed {
    Sealed {
        iterations: 600_000,
        salt: *b"0123456789abcdef",
        vector: *b"vectorvector",
        ciphertext: b"what nobody can read without the word".to_vec(),
    }
}

#[test]
fn an_encrypted_document_has_a_text_of_its_own() {
    let text = seal_text(&sealed());
    assert!(text.starts_with('s'), "{text}");
    assert_eq!(open_text(&text), Ok(sealed()));
    assert_eq!(unpack(&text), Err(PackFault::Sealed));
    assert_eq!(open_text(&pack(&document())), Err(PackFault::NotSealed));
    let (have, of) = (40, Some(text.len()));
    assert_eq!(
        open_text(&text[..40]),
        Err(PackFault::CutShort { have, of })
    );
}

#[test]
fn the_golden_encrypted_link_opens() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/links/sealed-v1");
    let text = fs::read_to_string(folder.join("haiku.txt")).unwrap();
    let sealed = open_text(&text).unwrap();
    assert_eq!(sealed.iterations, 600_000);
    // tests/e2e/50-link-format.spec.mjs opens it with its passphrase.
    assert_eq!(seal_text(&sealed), text.trim());
}

#[test]
fn rounds_that_would_never_end_are_refused() {
    let iterations = 10_000_001;
    let text = seal_text(&Sealed {
        iterations,
        ..sealed()
    });
    assert_eq!(open_text(&text), Err(PackFault::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_json_comes_back(document in any_json()) {
        // As text: a NaN of proptest is a null of JSON, and -0 stays -0.
        let text = pack(&document);
        prop_assert_eq!(unpack(&text).unwrap().to_string(), document.to_string());
    }

    #[test]
    fn any_recipe_comes_back(recipe in arbitrary::recipe()) {
        let document = recipe.to_value();
        prop_assert_eq!(unpack(&pack(&document)), Ok(document));
    }

    #[test]
    fn any_bytes_come_back(bytes: Vec<u8>) {
        prop_assert_eq!(decompress(&compress(&bytes), 1 << 20), Ok(bytes));
    }

    #[test]
    fn any_lists_come_back(text in "(\\[[0-9.,]{0,60}\\]?|\u{1}|\"){0,4}") {
        let bytes = text.into_bytes();
        prop_assert_eq!(super::columns::unfold(&super::columns::fold(&bytes), 1 << 20), Ok(bytes));
    }

    #[test]
    fn a_list_comes_back_and_is_shorter(numbers in prop::collection::vec(0..200_000_u32, 8..50)) {
        let list: Value = numbers.iter().map(|hundredths| f64::from(*hundredths) / 100.0).collect();
        let json = list.to_string().replace(".0,", ",").replace(".0]", "]").into_bytes();
        let folded = super::columns::fold(&json);
        prop_assert!(folded.len() < json.len());
        prop_assert_eq!(folded[0], 1);
        prop_assert_eq!(super::columns::unfold(&folded, 1 << 20), Ok(json));
    }

    #[test]
    fn hostile_payloads_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(json) = decompress(&bytes, 20_000) {
            prop_assert!(json.len() <= 20_000);
        }
    }

    #[test]
    fn hostile_texts_never_panic(text in "[1s%A-Za-z0-9_\\- é…\"]{0,60}") {
        let _ = unpack(&text);
        let _ = open_text(&text);
    }
}
