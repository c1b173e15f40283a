//! Counts times prices.

use super::{
    CostGap, CostLine, CostSource, Factor, Moment, PicoUsd, PriceBasis, Priced, TokenClass,
    count::Counts,
    rates::{Chosen, Terms, choose},
    route::Found,
};

/// Prices the counts. `as_sent`: when, and which variant; the tier follows from
/// the counts.
pub(super) fn compute(
    found: Found<'_>,
    counts: &Counts,
    as_sent: Terms<'_>,
    factors: Vec<Factor>,
    now: Moment,
) -> Result<Priced, CostGap> {
    let terms = Terms {
        prompt_tokens: counts.prompt(),
        ..as_sent
    };
    let chosen = choose(found.row.prices(), found.row.peak(), terms)?;
    let lines = lines(&chosen, counts, &factors)?;
    let is_estimated = found.is_contested || lines.iter().any(|line| line.is_estimated);
    Ok(Priced {
        total: lines.iter().map(|line| line.amount).sum(),
        source: if is_estimated {
            CostSource::Estimated
        } else {
            CostSource::Computed
        },
        lines,
        basis: Some(Box::new(basis(found, &chosen, terms, factors, now))),
        by_list: None,
    })
}

/// One line for each class of which there is any; input and output always have
/// one. A class that has a count and no price makes the whole unknown: a sum
/// without it would be too small.
pub(super) fn lines(
    chosen: &Chosen,
    counts: &Counts,
    factors: &[Factor],
) -> Result<Vec<CostLine>, CostGap> {
    let mut lines = Vec::new();
    for class in TokenClass::ALL {
        let (tokens, is_estimated) = counts.of(class);
        let is_shown = tokens > 0 || matches!(class, TokenClass::Input | TokenClass::Output);
        // Few have a fee for a request; those without one have no line of it.
        let price = chosen.rates.of(class);
        if !is_shown || (class == TokenClass::Request && price.is_none()) {
            continue;
        }
        let (price, is_stand_in) = price.ok_or(CostGap::NoClassPrice { class })?;
        lines.push(CostLine {
            class,
            tokens,
            is_estimated,
            price,
            is_stand_in,
            amount: amount(price, tokens, factors),
        });
    }
    Ok(lines)
}

/// `price` × `count` × all factors. The product of all numerators is divided
/// once, so that at most one rounding happens, of half a picodollar at most.
pub(super) fn amount(price: PicoUsd, count: u64, factors: &[Factor]) -> PicoUsd {
    let (numerator, denominator) = factors.iter().fold((1u64, 1u64), |(over, under), factor| {
        (
            over.saturating_mul(factor.numerator),
            under.saturating_mul(factor.denominator),
        )
    });
    price.times(count).times_fraction(numerator, denominator)
}

pub(super) fn basis(
    found: Found<'_>,
    chosen: &Chosen,
    terms: Terms<'_>,
    factors: Vec<Factor>,
    now: Moment,
) -> PriceBasis {
    let (source, url, as_of) = found.row.source();
    PriceBasis {
        list: found.row.sold_by.name().to_owned(),
        model: found.row.id().to_owned(),
        by_returned_model: found.by_returned_model,
        via: found.via,
        as_of,
        age_days: now.day().0.saturating_sub(as_of.0).max(0),
        source: source.to_owned(),
        is_live: found.row.is_live(),
        url: url.map(str::to_owned),
        variant: terms.variant.map(str::to_owned),
        tier_over: chosen.tier_over,
        hours: chosen.hours,
        factors,
        is_contested: found.is_contested,
    }
}
