//! Whose prices they are, of when and from where.

use super::{day_of, thousands};
use crate::core::pricing::{Hours, PriceBasis, Via};

/// Everything to know about the prices, a sentence each.
pub(super) fn sentences(basis: &PriceBasis) -> Vec<String> {
    let mut all = vec![match basis.via {
        Via::Direct => format!("Prices of {}, {}.", basis.list, basis.model),
        Via::OtherBase => format!(
            "Via another base URL: priced as {}, {}; what the relay charges is not known.",
            basis.list, basis.model
        ),
        Via::ModelName => format!(
            "No price of this model at this host is known here: priced as {}, {}; what the host charges is not known.",
            basis.list, basis.model
        ),
    }];
    // A gateway charges for the name that it was asked for.
    if !basis.by_returned_model && !basis.is_live {
        all.push(
            "The model is the one that was asked for; the reply named none with a price."
                .to_owned(),
        );
    }
    if basis.is_contested && basis.via != Via::ModelName {
        let why = if basis.model.starts_with('*') {
            "The list has no price for the prefix of this id: it is priced like a single region."
        } else {
            "The sources disagree about this id: in one it costs less. The dearer price is taken."
        };
        all.push(why.to_owned());
    }
    if let Some(over) = basis.tier_over {
        all.push(format!("Long context: over {} tokens.", thousands(over)));
    }
    if let Some(variant) = &basis.variant {
        all.push(format!("Served as “{variant}”, at the prices for that."));
    }
    match basis.hours {
        Some(Hours::Peak) => all.push("At the prices of peak hours.".to_owned()),
        Some(Hours::OffPeak) => all.push("At the prices outside of peak hours.".to_owned()),
        None => {}
    }
    for factor in &basis.factors {
        all.push(format!(
            "For the region “{}” everything × {}.",
            factor.region,
            fraction(factor.numerator, factor.denominator)
        ));
    }
    if basis.is_live {
        all.push(format!(
            "Read in {}, fetched on {} ({}).",
            basis.source,
            day_of(basis.as_of),
            age(basis.age_days)
        ));
        return all;
    }
    all.push(format!(
        "Read in {}, whose newest knowledge of them is of {} ({}).",
        basis.source,
        day_of(basis.as_of),
        age(basis.age_days)
    ));
    if basis.is_stale() {
        all.push("They are old: the provider may have changed them since.".to_owned());
    }
    all
}

fn age(days: i64) -> String {
    match days {
        i64::MIN..=0 => "of today".to_owned(),
        1 => "1 day old".to_owned(),
        days => format!("{days} days old"),
    }
}

/// `11/10` as `1.1`.
pub(super) fn fraction(numerator: u64, denominator: u64) -> String {
    let thousandths = numerator
        .saturating_mul(1_000)
        .checked_div(denominator)
        .unwrap_or_default();
    let text = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
