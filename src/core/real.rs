//! Decimal numbers in text that is no JSON.
//!
//! Read and written as in JSON, which is there anyway, or in whole numbers: the
//! standard library's reader and writer of floats would add 10 kB each to the
//! download.

use super::json;
use serde_json::Number;

/// Reads a finite decimal number, with or without sign, point and exponent.
/// Unlike the standard library's reader it knows no `inf` and no `nan`, and a
/// number too large for a float is none.
pub fn real(text: &str) -> Option<f64> {
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let at = unsigned.find(['e', 'E']).unwrap_or(unsigned.len());
    let (mantissa, exponent) = unsigned.split_at_checked(at)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(whole) || !digits(fraction) {
        return None;
    }
    // JSON wants a digit on both sides of the point and no zeros in front.
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    json::number(&format!("{sign}{whole}.{fraction}0{exponent}"))
}

/// A number as the shortest decimal digits that read back as the same number.
/// Very large and very small ones have an exponent, as in JSON. What is no
/// finite number is `NaN`.
pub fn shortest(value: f64) -> String {
    let text = match Number::from_f64(value) {
        Some(number) => number.to_string(),
        None => return "NaN".to_owned(),
    };
    match text.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// A number with at most three decimals, rounded as the standard library
/// rounds: to the nearest, of two equally near ones to the even one. From 2⁶⁴
/// on as [`shortest`] says it.
pub fn fixed(value: f64, decimals: usize) -> String {
    const FRACTION_BITS: u32 = 52;
    let power = match decimals {
        0 => 1,
        1 => 10,
        2 => 100,
        _ => 1_000,
    };
    let bits = value.to_bits();
    let exponent = (bits >> FRACTION_BITS) & 0x7ff;
    let fraction = bits & ((1 << FRACTION_BITS) - 1);
    // The value is `mantissa / 2^down`, or `mantissa * 2^up`.
    let (mantissa, exponent) = match exponent {
        0 => (fraction, 1),
        _ => (fraction | 1 << FRACTION_BITS, exponent),
    };
    let point = 1_023 + u64::from(FRACTION_BITS);
    let (whole, rest) = if exponent >= point {
        let up = exponent - point;
        if up > 11 {
            return shortest(value);
        }
        (mantissa << up, 0)
    } else {
        // 53 bits times a thousand fit into 64.
        let scaled = halved(mantissa * power, point - exponent);
        (scaled / power, scaled % power)
    };
    let sign = if value.is_sign_negative() { "-" } else { "" };
    match power {
        1 => format!("{sign}{whole}"),
        10 => format!("{sign}{whole}.{rest}"),
        100 => format!("{sign}{whole}.{rest:02}"),
        _ => format!("{sign}{whole}.{rest:03}"),
    }
}

/// `amount / 2^times`, rounded to the nearest, a half to the even one.
fn halved(amount: u64, times: u64) -> u64 {
    let Ok(times @ 1..=63) = u32::try_from(times) else {
        // Less than half, since the amount has 63 bits.
        return 0;
    };
    let (down, half) = (amount >> times, 1 << (times - 1));
    let rest = amount & ((half << 1) - 1);
    let up = rest > half || (rest == half && down & 1 == 1);
    down + u64::from(up)
}

#[cfg(test)]
mod tests {
    use super::{fixed, real, shortest};
    use proptest::prelude::*;

    #[test]
    fn what_is_no_decimal_number_is_none() {
        for text in [
            "", ".", "+", "-", "e5", ".e5", "1e", "1e+", "--1", "+-1", "-+1", "1.2.3", "1,5", " 1",
            "1 ", "0x10", "1_000", "inf", "-inf", "nan", "NaN", "infinity", "1e999", "\u{663}",
        ] {
            assert_eq!(real(text), None, "{text:?}");
        }
    }

    #[test]
    fn the_two_zeros_stay_apart() {
        assert_eq!(real("-0").map(f64::to_bits), Some((-0.0f64).to_bits()));
        assert_eq!(real("0").map(f64::to_bits), Some(0.0f64.to_bits()));
    }

    #[test]
    fn a_half_goes_to_the_even_neighbour() {
        for (value, decimals, text) in [
            (0.5, 0, "0"),
            (1.5, 0, "2"),
            (2.5, 0, "2"),
            (0.125, 2, "0.12"),
            (0.375, 2, "0.38"),
            (-0.25, 1, "-0.2"),
            (0.062_5, 3, "0.062"),
        ] {
            assert_eq!(fixed(value, decimals), text, "{value}");
        }
    }

    #[test]
    fn a_number_too_large_for_whole_numbers_is_written_short() {
        assert_eq!(fixed(2f64.powi(64), 0), "1.8446744073709552e+19");
        assert_eq!(fixed(f64::INFINITY, 1), "NaN");
        assert_eq!(shortest(f64::NAN), "NaN");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]
        #[test]
        fn numbers_read_as_the_standard_library_reads_them(
            text in "[+-]?(0{0,2}[0-9]{1,20}|[0-9]{0,3}\\.[0-9]{1,20}|[0-9]{1,4}\\.)([eE][+-]?[0-9]{1,2})?"
        ) {
            let expected = text.parse::<f64>().ok();
            prop_assert_eq!(real(&text).map(f64::to_bits), expected.map(f64::to_bits));
        }

        #[test]
        fn fixed_decimals_are_those_of_the_standard_library(
            value in prop_oneof![any::<f64>(), -1e6..1e6f64, (-80_000..80_000i32).prop_map(|n| f64::from(n) / 64.0)],
            decimals in 0..4usize,
        ) {
            prop_assume!(value.abs() < 2f64.powi(53));
            prop_assert_eq!(fixed(value, decimals), format!("{value:.decimals$}"));
        }

        #[test]
        fn large_whole_numbers_are_those_of_the_standard_library(value in -1.8e19..1.8e19f64) {
            prop_assert_eq!(fixed(value, 0), format!("{value:.0}"));
        }

        #[test]
        fn usual_numbers_are_written_as_the_standard_library_writes_them(
            value in prop_oneof![-1e9..1e9f64, (-8_000..8_000i32).prop_map(|n| f64::from(n) / 8.0)]
        ) {
            prop_assume!(value == 0.0 || value.abs() > 1e-4);
            prop_assert_eq!(shortest(value), value.to_string());
        }

        #[test]
        fn every_finite_float_comes_back_from_its_shortest_digits(value in any::<f64>()) {
            prop_assume!(value.is_finite());
            prop_assert_eq!(real(&shortest(value)).map(f64::to_bits), Some(value.to_bits()));
        }

        #[test]
        fn every_finite_float_comes_back(value in any::<f64>()) {
            prop_assume!(value.is_finite());
            prop_assert_eq!(real(&value.to_string()).map(f64::to_bits), Some(value.to_bits()));
        }
    }
}
