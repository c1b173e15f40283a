//! Decimal numbers in text that is no JSON.
//!
//! Read with the JSON parser, which is there anyway: the standard library's
//! reader of floats would add its own 10 kB of powers of ten to the download.

use serde_json::Value;

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
    let json = format!("{sign}{whole}.{fraction}0{exponent}");
    serde_json::from_str::<Value>(&json).ok()?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::real;
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
        fn every_finite_float_comes_back(value in any::<f64>()) {
            prop_assume!(value.is_finite());
            prop_assert_eq!(real(&value.to_string()).map(f64::to_bits), Some(value.to_bits()));
        }
    }
}
