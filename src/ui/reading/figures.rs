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
    signed(by < 0.0, by == 0.0, &value(figure, by.abs()))
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
