//! What two runs cost, and at which prices.

use super::{Changed, Pair};
use crate::core::pricing::{Cost, CostLine, CostSource, PicoUsd, PriceBasis, Priced, TokenClass};

/// The costs of both runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostPair {
    /// The amounts.
    pub pair: Pair<PicoUsd>,
    /// Whether one of them is an estimate.
    pub is_rough: bool,
}

impl CostPair {
    /// The costs of two runs.
    pub fn of(then: Option<&Cost>, now: Option<&Cost>) -> Self {
        let (then, now) = (priced(then), priced(now));
        let is_rough = [then, now]
            .into_iter()
            .flatten()
            .any(|priced| priced.source == CostSource::Estimated);
        Self {
            pair: Pair {
                then: then.map(|priced| priced.total),
                now: now.map(|priced| priced.total),
            },
            is_rough,
        }
    }

    /// Whether it is less now, and by how much.
    pub fn difference(&self) -> Option<(bool, PicoUsd)> {
        let (then, now) = (self.pair.then?.0, self.pair.now?.0);
        Some((now < then, PicoUsd(now.abs_diff(then))))
    }
}

fn priced(cost: Option<&Cost>) -> Option<&Priced> {
    match cost {
        Some(Cost::Known(priced)) => Some(priced),
        _ => None,
    }
}

/// What our own prices come to: a reported amount has no prices of its own.
pub(super) fn by_list(cost: Option<&Cost>) -> Option<&Priced> {
    let priced = priced(cost)?;
    Some(priced.by_list.as_deref().unwrap_or(priced))
}

/// Prices that differ, the list before them.
pub(super) fn prices(then: Option<&Priced>, now: Option<&Priced>) -> Vec<Changed> {
    let (Some(then), Some(now)) = (then, now) else {
        return Vec::new();
    };
    let price = |priced: &Priced, class: TokenClass| {
        let is_own = |line: &&CostLine| line.class == class && !line.is_stand_in;
        priced.lines.iter().find(is_own).map(|line| line.price)
    };
    let mut changes: Vec<Changed> = TokenClass::ALL
        .into_iter()
        .filter_map(|class| {
            // A class that was not charged for has no price here.
            let pair = Pair {
                then: Some(price(then, class)?),
                now: Some(price(now, class)?),
            };
            let pair = pair.differs()?;
            Some(Changed::Price { class, pair })
        })
        .collect();
    if let (Some(basis_then), Some(basis_now)) = (&then.basis, &now.basis)
        && (!changes.is_empty() || !is_same_row(basis_then, basis_now))
    {
        let pair = Pair {
            then: Some(basis_then.clone()),
            now: Some(basis_now.clone()),
        };
        changes.insert(0, Changed::PriceList(pair));
    }
    changes
}

/// Whether two prices come from the same row of a list, be it of another day.
fn is_same_row(then: &PriceBasis, now: &PriceBasis) -> bool {
    then.list == now.list
        && then.model == now.model
        && then.variant == now.variant
        && then.tier_over == now.tier_over
        && then.hours == now.hours
        && then.factors == now.factors
}
