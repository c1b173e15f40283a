//! Numbers as people read them: value and unit apart, a point as decimal mark,
//! no grouping. Whether a value is shown at all is the caller's affair.

use crate::core::real::fixed;

/// A unit as data; its sign stands in `crate::words`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Thousandths of a second.
    Millisecond,
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Tokens per second.
    TokensPerSecond,
    /// Tokens.
    Token,
}

/// A number and its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number in decimal digits.
    pub value: String,
    /// Its unit.
    pub unit: Unit,
}

impl Quantity {
    /// With a fixed number of decimals.
    pub fn fixed(value: f64, decimals: usize, unit: Unit) -> Self {
        Self {
            value: fixed(value, decimals),
            unit,
        }
    }

    /// With one decimal where it is not whole, none where it is.
    pub(super) fn short(value: f64, unit: Unit) -> Self {
        let decimals = usize::from(value.fract().abs() >= 0.05);
        Self::fixed(value, decimals, unit)
    }
}

/// A duration: `320 ms` below a second, `1.61 s` below ten seconds,
/// `12.3 s` below a minute, then `1 m 05 s` and `1 h 02 m`. Negative and
/// not-a-number count as 0. One or two quantities, to be written in a row.
pub fn format_ms(ms: f64) -> Vec<Quantity> {
    // Rounded before the choice, so that 9,999 ms is 10.0 s and not 10.00 s.
    let whole = if ms > 0.0 { ms.round() } else { 0.0 };
    if whole < 1_000.0 {
        return vec![Quantity::fixed(whole, 0, Unit::Millisecond)];
    }
    let hundredths = (ms / 10.0).round();
    if hundredths < 1_000.0 {
        return vec![Quantity::fixed(hundredths / 100.0, 2, Unit::Second)];
    }
    let tenths = (ms / 100.0).round();
    if tenths < 600.0 {
        return vec![Quantity::fixed(tenths / 10.0, 1, Unit::Second)];
    }
    let seconds = (ms / 1_000.0).round();
    if seconds < 3_600.0 {
        return pair(seconds, Unit::Minute, Unit::Second);
    }
    pair((ms / 60_000.0).round(), Unit::Hour, Unit::Minute)
}

/// Tokens per second with three digits or so: `7.25`, `71.8`, `412`.
pub fn format_rate(per_second: f64) -> Quantity {
    let rate = if per_second > 0.0 { per_second } else { 0.0 };
    // Rounded before the choice, as in `format_ms`.
    let decimals = match rate {
        small if (small * 100.0).round() < 1_000.0 => 2,
        medium if (medium * 10.0).round() < 1_000.0 => 1,
        _ => 0,
    };
    Quantity::fixed(rate, decimals, Unit::TokensPerSecond)
}

/// The duration that [`format_ms`] shows, in ms: what readers subtract from
/// another one.
pub fn shown_ms(ms: f64) -> f64 {
    let steps = [
        (1.0, 1_000.0),
        (10.0, 1_000.0),
        (100.0, 600.0),
        (1_000.0, 3_600.0),
    ];
    let ms = if ms > 0.0 { ms } else { 0.0 };
    let step = steps.iter().find(|(step, end)| (ms / step).round() < *end);
    let step = step.map_or(60_000.0, |(step, _)| *step);
    (ms / step).round() * step
}

/// The rate that [`format_rate`] shows.
pub fn shown_rate(per_second: f64) -> f64 {
    let shown = format_rate(per_second);
    shown.value.parse().unwrap_or(per_second)
}

/// A token count in plain digits.
pub fn format_tokens(count: u64) -> Quantity {
    Quantity {
        value: count.to_string(),
        unit: Unit::Token,
    }
}

/// `amount` in sixtieths as a larger and a smaller unit, the smaller one with
/// two digits.
fn pair(amount: f64, large: Unit, small: Unit) -> Vec<Quantity> {
    vec![
        Quantity::fixed((amount / 60.0).floor(), 0, large),
        Quantity {
            value: format!("{:0>2}", fixed(amount % 60.0, 0)),
            unit: small,
        },
    ]
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
