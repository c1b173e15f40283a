//! Which value is the best of a scoreboard column, and in what order rows stand.

use std::cmp::Ordering;

/// Marks the best values of a column. `values`: one for each pane, `None` for
/// a pane that has not finished or has no such figure. With fewer than two
/// values nothing is best, for nothing was compared. Equal bests are all
/// marked; equality is exact, not that of the rounded display.
pub fn best(values: &[Option<f64>], lower_is_better: bool) -> Vec<bool> {
    let known = || values.iter().copied().filter_map(usable);
    let winner = if lower_is_better {
        known().min_by(f64::total_cmp)
    } else {
        known().max_by(f64::total_cmp)
    };
    let winner = winner.filter(|_| known().count() >= 2);
    let is_best = |value: &Option<f64>| match (usable(*value), winner) {
        (Some(value), Some(winner)) => value.total_cmp(&winner) == Ordering::Equal,
        _ => false,
    };
    values.iter().map(is_best).collect()
}

/// Takes those values out of a column that may not be compared: simulated ones
/// beside real ones. `simulated`: one for each value, whether or not it is
/// known; where all are simulated, they are compared with each other.
pub fn comparable(values: &[Option<f64>], simulated: &[bool]) -> Vec<Option<f64>> {
    let all = simulated.iter().all(|is| *is);
    let value = |(value, simulated): (&Option<f64>, &bool)| value.filter(|_| all || !simulated);
    values.iter().zip(simulated).map(value).collect()
}

/// The places of `values` in sorted order. Unknown values stand last in both
/// directions; equal ones keep their order.
pub fn sort_order(values: &[Option<f64>], ascending: bool) -> Vec<usize> {
    let mut rows: Vec<_> = values.iter().copied().enumerate().collect();
    rows.sort_by(|(_, a), (_, b)| match (usable(*a), usable(*b)) {
        (Some(a), Some(b)) if ascending => a.total_cmp(&b),
        (Some(a), Some(b)) => b.total_cmp(&a),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    rows.into_iter().map(|(place, _)| place).collect()
}

/// Not-a-number is no value, and the two zeros are one.
fn usable(value: Option<f64>) -> Option<f64> {
    value
        .filter(|value| !value.is_nan())
        .map(|value| value + 0.0)
}

#[cfg(test)]
#[path = "rank_tests.rs"]
mod tests;
