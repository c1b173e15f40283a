//! Figures as text: the one place where a number meets its unit.

use super::figure::Shown;
use crate::{
    core::{
        chart::{self, Quantity},
        real::shortest,
        timing::{Figure, Metrics, RateGap, Timeline},
    },
    words::words,
};

/// A duration in ms as text with its unit.
pub fn duration(ms: f64) -> String {
    let (text, unit) = split(&chart::format_ms(ms));
    format!("{text}{unit}")
}

/// Value and unit apart; of several quantities only the last unit is apart.
pub fn split(quantities: &[Quantity]) -> (String, String) {
    let mut text = String::new();
    let mut unit = String::new();
    for (at, quantity) in quantities.iter().enumerate() {
        if at > 0 {
            text.push_str(&unit);
            text.push(' ');
        }
        text.push_str(&quantity.value);
        unit = format!("\u{a0}{}", words().metrics.unit(quantity.unit));
    }
    (text, unit)
}

/// A figure of a run, ready to be shown; unknown is a dash.
pub fn figure(metrics: &Metrics, figure: Figure) -> Shown {
    let value = metrics.value(figure);
    let (text, unit) = match value {
        None => (words().unknown.to_owned(), String::new()),
        Some(value) if is_duration(figure) => split(&chart::format_ms(value)),
        Some(value) if figure == Figure::TokensPerSecond => split(&[chart::format_rate(value)]),
        Some(value) => (grouped(value), String::new()),
    };
    let note = match (figure, &metrics.rate) {
        (Figure::TokensPerSecond, Err(gap)) => sentence(words().metrics.gap(*gap)),
        (Figure::OutputTokens, Err(gap @ (RateGap::NoUsage | RateGap::NotFinished)))
            if value.is_none() =>
        {
            sentence(words().metrics.gap(*gap))
        }
        (Figure::TokensPerSecond, Ok(rate)) => sentence(words().metrics.basis(rate.basis)),
        (Figure::FirstToken, _) if value.is_some() => {
            metrics.headers_ms.map_or_else(String::new, |headers| {
                (words().pane.headers_mark)(&duration(headers))
            })
        }
        _ if value.is_none() => {
            let words = &words().metrics;
            words.lacking(figure, metrics.is_final()).to_owned()
        }
        _ => String::new(),
    };
    Shown {
        value: value.map(shortest),
        text,
        unit,
        source: figure.source().as_str(),
        note,
        below: String::new(),
    }
}

fn sentence(words: &str) -> String {
    format!("{words}.")
}

/// The figures of a run that has not begun: all unknown.
pub fn no_metrics() -> Metrics {
    Metrics::derive(&Timeline::new(), None, false)
}

fn is_duration(figure: Figure) -> bool {
    matches!(
        figure,
        Figure::Headers | Figure::FirstToken | Figure::FirstAnswer | Figure::Total
    )
}

/// A count with groups of three digits.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts are whole and not negative"
)]
pub fn grouped(count: f64) -> String {
    chart::grouped(count as u64)
}
