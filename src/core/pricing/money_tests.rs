use super::PicoUsd;
use proptest::prelude::*;
use serde_json::json;

#[test]
fn decimal_dollars_are_read_exactly() {
    for (text, pico) in [
        ("0", 0),
        ("1", 1_000_000_000_000),
        ("0.000001", 1_000_000),
        ("1e-6", 1_000_000),
        ("2.5E-07", 250_000),
        (".5", 500_000_000_000),
        ("3.", 3_000_000_000_000),
        ("0.0001234567890125", 123_456_789),
        ("0.0000000000005", 1),
        ("0.00000000000049", 0),
        ("12e0", 12_000_000_000_000),
        ("0.1e1", 1_000_000_000_000),
        ("1e-30", 0),
        ("0e999", 0),
    ] {
        assert_eq!(PicoUsd::parse(text), Some(PicoUsd(pico)), "{text}");
    }
}

#[test]
fn what_is_no_amount_is_none() {
    for text in [
        "",
        ".",
        "-1",
        "+1",
        "1,5",
        "1 ",
        "x",
        "1e",
        "e5",
        "NaN",
        "1e9",
        "99999999999",
    ] {
        assert_eq!(PicoUsd::parse(text), None, "{text:?}");
    }
    for value in [
        json!(null),
        json!(-0.5),
        json!({}),
        json!("free"),
        json!(true),
    ] {
        assert_eq!(PicoUsd::from_json(&value), None, "{value}");
    }
}

#[test]
fn reported_numbers_keep_their_digits() {
    let cost: serde_json::Value = serde_json::from_str("0.00014").unwrap();
    assert_eq!(PicoUsd::from_json(&cost), Some(PicoUsd(140_000_000)));
    assert_eq!(
        PicoUsd::from_json(&json!("0.006215")),
        PicoUsd::parse("0.006215")
    );
    assert_eq!(
        PicoUsd::from_json(&json!(1.5e-5)),
        Some(PicoUsd(15_000_000))
    );
}

#[test]
fn a_tick_is_a_hundred_picodollars() {
    assert_eq!(
        PicoUsd::from_json_ticks(&json!(37_756_000)),
        Some(PicoUsd(3_775_600_000))
    );
    assert_eq!(PicoUsd::from_json_ticks(&json!("2.5")), Some(PicoUsd(250)));
}

#[test]
fn fractions_round_half_up() {
    assert_eq!(PicoUsd(5).times_fraction(1, 2), PicoUsd(3));
    assert_eq!(PicoUsd(10).times_fraction(11, 10), PicoUsd(11));
    assert_eq!(PicoUsd(7).times_fraction(3, 0), PicoUsd(7));
}

#[test]
fn huge_amounts_stop_instead_of_wrapping() {
    assert_eq!(PicoUsd(u64::MAX).plus(PicoUsd(1)), PicoUsd(u64::MAX));
    assert_eq!(PicoUsd(u64::MAX).times(3), PicoUsd(u64::MAX));
    assert_eq!(
        [PicoUsd(1), PicoUsd(2)].into_iter().sum::<PicoUsd>(),
        PicoUsd(3)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]
    #[test]
    fn the_written_form_reads_back(pico in any::<u64>()) {
        prop_assert_eq!(PicoUsd::parse(&PicoUsd(pico).to_decimal()), Some(PicoUsd(pico)));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9eE.+-]{0,24}") {
        if let Some(amount) = PicoUsd::parse(&text) {
            let float: f64 = text.parse().unwrap();
            prop_assert!((amount.as_usd_f64() - float).abs() <= 1e-12 + float * 1e-12);
        }
    }
}
