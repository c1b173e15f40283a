use super::*;
use proptest::prelude::*;

fn sign(unit: Unit) -> &'static str {
    match unit {
        Unit::Millisecond => "ms",
        Unit::Second => "s",
        Unit::Minute => "m",
        Unit::Hour => "h",
        Unit::TokensPerSecond => "tok/s",
        Unit::Token => "tok",
    }
}

fn written(parts: &[Quantity]) -> String {
    let parts = parts
        .iter()
        .map(|q| format!("{} {}", q.value, sign(q.unit)));
    parts.collect::<Vec<_>>().join(" ")
}

#[test]
fn durations_read_as_people_say_them() {
    for (ms, text) in [
        (0.0, "0 ms"),
        (-3.0, "0 ms"),
        (f64::NAN, "0 ms"),
        (4.4, "4 ms"),
        (320.0, "320 ms"),
        (499.4, "499 ms"),
        (999.4, "999 ms"),
        (999.6, "1.00 s"),
        (610.0, "610 ms"),
        (6_420.0, "6.42 s"),
        (9_994.0, "9.99 s"),
        (9_996.0, "10.0 s"),
        (12_345.0, "12.3 s"),
        (59_940.0, "59.9 s"),
        (59_960.0, "1 m 00 s"),
        (65_000.0, "1 m 05 s"),
        (3_599_400.0, "59 m 59 s"),
        (3_599_600.0, "1 h 00 m"),
        (7_380_000.0, "2 h 03 m"),
    ] {
        assert_eq!(written(&format_ms(ms)), text, "{ms}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_of_a_number_is_shown_again(
        number in prop_oneof![0.0..1.2e3, 9.9e2..6.1e4, 5.9e4..1e7], rate in prop_oneof![0.0..20.0, 90.0..200.0],
    ) {
        prop_assert_eq!(format_ms(shown_ms(number)), format_ms(number));
        prop_assert_eq!(shown_ms(shown_ms(number)).to_bits(), shown_ms(number).to_bits());
        prop_assert_eq!(format_rate(shown_rate(rate)), format_rate(rate));
    }
}

#[test]
fn rates_have_three_digits() {
    for (rate, text) in [
        (0.0, "0.00 tok/s"),
        (f64::NAN, "0.00 tok/s"),
        (7.254, "7.25 tok/s"),
        (9.996, "10.0 tok/s"),
        (71.84, "71.8 tok/s"),
        (99.96, "100 tok/s"),
        (412.4, "412 tok/s"),
    ] {
        assert_eq!(written(&[format_rate(rate)]), text, "{rate}");
    }
}

#[test]
fn token_counts_are_plain_digits() {
    assert_eq!(written(&[format_tokens(12_345)]), "12345 tok");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn written_durations_stay_close_to_the_truth(ms in 0.0..20_000_000.0f64) {
        let size = |unit| match unit {
            Unit::Millisecond => 1.0,
            Unit::Second => 1_000.0,
            Unit::Minute => 60_000.0,
            _ => 3_600_000.0,
        };
        let read: f64 = format_ms(ms)
            .iter()
            .map(|q| q.value.parse::<f64>().unwrap() * size(q.unit))
            .sum();
        prop_assert!((read - ms).abs() <= (ms * 0.011).max(0.5));
    }
}
