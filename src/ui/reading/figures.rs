//! How much two figures differ, with a sign.

use crate::{
    core::{
        chart::{self, Digits, format_usd},
        drift::CostPair,
        timing::Figure,
    },
    ui::show,
    words::{cost::ABOUT, words},
};

/// A difference of a figure with its sign and unit; in words where there is
/// none that could be seen.
pub fn difference(figure: Figure, by: f64) -> String {
    signed(by < 0.0, by == 0.0, &size(figure, by.abs()))
}

/// As a value, without decimals that nobody measured: 7, and not 7.00.
fn size(figure: Figure, by: f64) -> String {
    if figure == Figure::TokensPerSecond {
        let (text, unit) = show::split(&[chart::format_rate(by)]);
        let text = match text.split_once('.') {
            Some(_) => text.trim_end_matches('0').trim_end_matches('.'),
            None => &text,
        };
        return format!("{text}{unit}");
    }
    value(figure, by)
}

/// A value of a figure with its unit.
pub fn value(figure: Figure, value: f64) -> String {
    match figure {
        Figure::Headers | Figure::FirstToken | Figure::FirstAnswer | Figure::Total => {
            show::duration(value)
        }
        Figure::TokensPerSecond => {
            let (text, unit) = show::split(&[chart::format_rate(value)]);
            text + &unit
        }
        _ => show::grouped(value),
    }
}

/// A difference of two costs; `None` where one is not known.
pub fn cost_difference(cost: &CostPair) -> Option<String> {
    let (is_less, by) = cost.difference()?;
    let digits = if cost.is_rough {
        Digits::Rough
    } else {
        Digits::Full
    };
    let text = signed(is_less, by.0 == 0, &format_usd(by, digits));
    Some(if cost.is_rough {
        format!("{ABOUT}{text}")
    } else {
        text
    })
}

fn signed(is_less: bool, is_same: bool, size: &str) -> String {
    if is_same {
        words().reading().as_before.to_owned()
    } else if is_less {
        format!("−{size}")
    } else {
        format!("+{size}")
    }
}
