//! Amounts of dollars as people read them.

use crate::core::pricing::{PICO_PER_USD, PicoUsd};

/// How exactly an amount below a dollar is written; from a dollar on it has
/// two decimals in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Digits {
    /// Three significant digits: `$0.00500`.
    Full,
    /// Two, for estimates: `$0.0076`.
    Rough,
    /// The same for narrow cells: below a ten-thousandth one digit, `$0.00004`.
    Short,
    /// Two, never rounded down, for a most: `$0.031`.
    AtMost,
}

/// Decimal places of a picodollar.
const PLACES: u32 = 12;

/// An amount with its sign: `$5.00`, `$0.00500`, `$0.000042`. Amounts below a
/// ten-thousandth have two significant digits at most, and only nothing is `$0`.
pub fn format_usd(amount: PicoUsd, digits: Digits) -> String {
    let PicoUsd(mut amount) = amount;
    if amount == 0 {
        return "$0".to_owned();
    }
    let mut decimals = decimals_of(amount, digits);
    // Rounding may carry into a further place, where one decimal less is due.
    for _ in 0..2 {
        let unit = 10u64.pow(PLACES - decimals);
        let up = if digits == Digits::AtMost {
            unit - 1
        } else {
            unit / 2
        };
        amount = amount.saturating_add(up) / unit * unit;
        decimals = decimals.min(decimals_of(amount, digits));
    }
    let whole = amount / PICO_PER_USD;
    let fraction = amount % PICO_PER_USD / 10u64.pow(PLACES - decimals);
    let width = decimals as usize;
    format!("${}.{fraction:0width$}", grouped(whole))
}

/// An amount to its last digit, with two decimals at least: `$2.50`,
/// `$0.000515`.
pub fn exact_usd(amount: PicoUsd) -> String {
    let text = amount.to_decimal();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    format!("${whole}.{fraction:0<2}")
}

/// How many decimals show the significant digits.
fn decimals_of(amount: u64, digits: Digits) -> u32 {
    if amount >= PICO_PER_USD {
        return 2;
    }
    let zeros = PLACES - amount.checked_ilog10().map_or(0, |log| log + 1);
    let significant = match digits {
        Digits::Full if zeros < 4 => 3,
        Digits::Short if zeros >= 4 => 1,
        _ => 2,
    };
    (zeros + significant).min(PLACES)
}

/// Digits in groups of three.
pub fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Digits, exact_usd, format_usd};
    use crate::core::pricing::PicoUsd;
    use proptest::prelude::*;

    fn usd(text: &str, digits: Digits) -> String {
        format_usd(PicoUsd::parse(text).unwrap(), digits)
    }

    #[test]
    fn amounts_read_as_people_write_them() {
        for (amount, text) in [
            ("0", "$0"),
            ("5", "$5.00"),
            ("12.345", "$12.35"),
            ("1234567.5", "$1,234,567.50"),
            ("0.5", "$0.500"),
            ("0.005", "$0.00500"),
            ("0.0123456", "$0.0123"),
            ("0.000424", "$0.000424"),
            ("0.000042", "$0.000042"),
            ("0.00000423", "$0.0000042"),
            ("0.000000000001", "$0.000000000001"),
        ] {
            assert_eq!(usd(amount, Digits::Full), text, "{amount}");
        }
    }

    #[test]
    fn exact_amounts_lose_nothing() {
        for (amount, text) in [
            ("2.5", "$2.50"),
            ("3", "$3.00"),
            ("0", "$0.00"),
            ("0.000515", "$0.000515"),
        ] {
            assert_eq!(exact_usd(PicoUsd::parse(amount).unwrap()), text);
        }
    }

    #[test]
    fn estimates_have_fewer_digits() {
        for (amount, text) in [
            ("0.00764", "$0.0076"),
            ("0.00029", "$0.00029"),
            ("7.6", "$7.60"),
        ] {
            assert_eq!(usd(amount, Digits::Rough), text, "{amount}");
        }
    }

    #[test]
    fn a_cell_has_one_digit_of_what_is_tiny() {
        for (amount, text) in [
            ("0.00764", "$0.0076"),
            ("0.00029", "$0.00029"),
            ("0.000042", "$0.00004"),
            ("0.000099", "$0.00010"),
            ("0.0000051", "$0.000005"),
            ("7.6", "$7.60"),
        ] {
            assert_eq!(usd(amount, Digits::Short), text, "{amount}");
        }
    }

    #[test]
    fn a_most_is_never_rounded_down() {
        for (amount, text) in [
            ("0.0301", "$0.031"),
            ("0.031", "$0.031"),
            ("1.001", "$1.01"),
            ("0.0996", "$0.10"),
        ] {
            assert_eq!(usd(amount, Digits::AtMost), text, "{amount}");
        }
    }

    #[test]
    fn rounding_over_a_power_of_ten_keeps_the_digits() {
        assert_eq!(usd("0.09996", Digits::Full), "$0.100");
        assert_eq!(usd("0.99996", Digits::Full), "$1.00");
        assert_eq!(usd("0.00009996", Digits::Full), "$0.000100");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]
        #[test]
        fn what_is_written_is_near_the_amount_and_never_nothing(amount in 1u64..1_000_000_000_000_000) {
            for digits in [Digits::Full, Digits::Rough, Digits::AtMost, Digits::Short] {
                let near = if digits == Digits::Short { 3 } else { 9 };
                let text = format_usd(PicoUsd(amount), digits);
                let read = PicoUsd::parse(&text.replace(['$', ','], "")).unwrap().0;
                prop_assert!(read > 0, "{text}");
                prop_assert!(read.abs_diff(amount) <= amount / near, "{text} for {amount}");
                if digits == Digits::AtMost {
                    prop_assert!(read >= amount, "{text} for {amount}");
                }
            }
        }
    }
}
