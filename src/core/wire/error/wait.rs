//! How long a provider asks to wait.

use super::millis;
use crate::core::{domain::Millis, real::real};

const MARKERS: [&str; 3] = ["try again in ", "retry in ", "retry after "];

/// `retry-after-ms`, else `retry-after` in seconds.
pub(super) fn from_headers(headers: &[(String, String)]) -> Option<Millis> {
    let number = |name: &str| -> Option<f64> {
        let (_, value) = headers
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        real(value.trim())
    };
    number("retry-after-ms")
        .and_then(millis)
        .or_else(|| millis(number("retry-after")? * 1_000.0))
}

/// A wait in words: `try again in 6m0s`, `retry after 12 seconds`.
pub(super) fn from_words(message: &str) -> Option<Millis> {
    let lower = message.to_ascii_lowercase();
    MARKERS.iter().find_map(|marker| {
        let (_, rest) = lower.split_once(marker)?;
        duration(rest)
    })
}

/// Reads numbers with units for as long as they come.
fn duration(mut text: &str) -> Option<Millis> {
    let mut total = None;
    loop {
        text = text.trim_start();
        let digits = span(text, |char| char.is_ascii_digit() || char == '.');
        let Some(number) = text.get(..digits).and_then(real) else {
            break;
        };
        let rest = text.get(digits..).unwrap_or_default().trim_start();
        let letters = span(rest, |char| char.is_ascii_alphabetic());
        let (unit, rest) = rest.split_at_checked(letters).unwrap_or_default();
        let factor = match unit {
            "ms" | "millisecond" | "milliseconds" => 1.0,
            "s" | "sec" | "secs" | "second" | "seconds" => 1_000.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 60_000.0,
            "h" | "hour" | "hours" => 3_600_000.0,
            "d" | "day" | "days" => 86_400_000.0,
            _ => break,
        };
        total = Some(total.unwrap_or(0.0) + number * factor);
        text = rest;
    }
    total.and_then(millis)
}

/// Length of the start of `text` that holds only such characters.
fn span(text: &str, part: impl Fn(char) -> bool) -> usize {
    text.find(|char| !part(char)).unwrap_or(text.len())
}
