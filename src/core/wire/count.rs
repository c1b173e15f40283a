//! Token counts as providers really send them.

use crate::core::wire::fields::at;
use serde_json::Value;

/// Largest integer that a JSON number of any producer holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The count under `key`: an integer, a float without a fraction, or digits in
/// a string (the JSON form of 64-bit protobuf integers). Anything else, null
/// and negative numbers included, is unknown.
pub(crate) fn count(object: &Value, key: &str) -> Option<u64> {
    match at(object, key)? {
        Value::Number(number) => number.as_u64().or_else(|| whole(number.as_f64()?)),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    }
}

fn whole(number: f64) -> Option<u64> {
    let fits = (0.0..=EXACT).contains(&number) && number.fract() == 0.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be whole and in range"
    )]
    fits.then_some(number as u64)
}

#[cfg(test)]
mod tests {
    use super::count;
    use serde_json::json;

    #[test]
    fn integers_whole_floats_and_digit_strings_are_counts() {
        let usage = json!({"a": 7, "b": 7.0, "c": "7", "d": 0});
        for (key, expected) in [("a", 7), ("b", 7), ("c", 7), ("d", 0)] {
            assert_eq!(count(&usage, key), Some(expected), "{key}");
        }
    }

    #[test]
    fn anything_else_is_unknown_rather_than_zero() {
        let usage = json!({"a": null, "b": -1, "c": 1.5, "d": "x", "e": {}, "f": 1e300});
        for key in ["a", "b", "c", "d", "e", "f", "missing"] {
            assert_eq!(count(&usage, key), None, "{key}");
        }
        assert_eq!(count(&json!([1]), "a"), None);
    }
}
