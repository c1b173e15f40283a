//! Money as whole numbers, so that sums are exact.

use serde_json::Value;
use std::iter::Sum;

/// Decimal places of a [`PicoUsd`].
const PLACES: i64 = 12;
/// Picodollars in a dollar.
pub const PICO_PER_USD: u64 = 1_000_000_000_000;

/// An amount in picodollars: 1 USD is 10^12 of them, and a price of 1 USD for a
/// million tokens is 10^6 of them for each token. Never negative; arithmetic
/// stops at about 18 million USD instead of wrapping.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PicoUsd(pub u64);

impl PicoUsd {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Reads a plain decimal number of dollars, exponent allowed. Digits beyond
    /// the twelfth place are rounded, half up. `None` for anything else, for
    /// negative amounts and for such as are too large.
    pub fn parse(text: &str) -> Option<Self> {
        Self::scaled(text, PLACES)
    }

    /// As [`Self::parse`], for a number that counts units of 10^`-places` USD.
    fn scaled(text: &str, places: i64) -> Option<Self> {
        let at = text.find(['e', 'E']).unwrap_or(text.len());
        let (mantissa, exponent) = text.split_at_checked(at)?;
        let exponent: i64 = match exponent.get(1..) {
            Some(digits) => digits.parse().ok()?,
            None => 0,
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        // Where the point of the picodollars stands, counted in digits.
        let length = i64::try_from(whole.len()).ok()?;
        let end = length.checked_add(exponent)?.checked_add(places)?;
        let (mut amount, mut place) = (0u64, 0i64);
        let mut rounds_up = false;
        for byte in whole.bytes().chain(fraction.bytes()) {
            let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
            if place < end {
                amount = amount.checked_mul(10)?.checked_add(digit)?;
            } else if place == end {
                rounds_up = digit >= 5;
            }
            place += 1;
        }
        while place < end && amount > 0 {
            amount = amount.checked_mul(10)?;
            place += 1;
        }
        amount.checked_add(u64::from(rounds_up)).map(Self)
    }

    /// An amount of dollars as providers report it: a number, or one in a
    /// string. The parser of JSON keeps numbers as floats, whose shortest form
    /// is the text that was sent, up to 15 digits.
    pub fn from_json(value: &Value) -> Option<Self> {
        Self::of_json(value, PLACES)
    }

    /// As [`Self::from_json`], where the number counts units of 10^-10 USD, the
    /// "ticks" of xAI.
    pub fn from_json_ticks(value: &Value) -> Option<Self> {
        Self::of_json(value, PLACES - 10)
    }

    fn of_json(value: &Value, places: i64) -> Option<Self> {
        match value {
            Value::Number(number) => Self::scaled(&number.to_string(), places),
            Value::String(text) => Self::scaled(text.trim(), places),
            _ => None,
        }
    }

    /// This price for each of so many.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// Times a fraction, rounded half up. A fraction without a denominator
    /// changes nothing.
    #[must_use]
    pub fn times_fraction(self, numerator: u64, denominator: u64) -> Self {
        if denominator == 0 {
            return self;
        }
        let product = self.0.saturating_mul(numerator);
        Self(product.saturating_add(denominator / 2) / denominator)
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Dollars, for display and for figures of the page only.
    #[expect(
        clippy::cast_precision_loss,
        reason = "two floats within 2^53 cover every amount that is shown; sums are made of integers"
    )]
    pub fn as_usd_f64(self) -> f64 {
        (self.0 / PICO_PER_USD) as f64 + (self.0 % PICO_PER_USD) as f64 / PICO_PER_USD as f64
    }

    /// Dollars as an exact decimal number, without trailing zeros: `0.00125`.
    pub fn to_decimal(self) -> String {
        let text = format!("{}.{:012}", self.0 / PICO_PER_USD, self.0 % PICO_PER_USD);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl Sum for PicoUsd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Self::plus)
    }
}

#[cfg(test)]
#[path = "money_tests.rs"]
mod tests;
