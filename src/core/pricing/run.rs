//! What one run cost, finished or not.

use super::{Cost, CostGap, Moment, PriceTable};
use crate::core::{
    domain::{ModelId, Origin, ProviderId},
    run::RunLog,
};
use serde_json::Value;

/// A run, as far as its cost goes.
#[derive(Debug, Clone, Copy)]
pub struct RunToPrice<'a> {
    /// The provider row of the pane.
    pub provider: &'a ProviderId,
    /// Where it was sent; `None` for what runs in the page.
    pub origin: Option<&'a Origin>,
    /// The model that was asked for.
    pub asked: &'a ModelId,
    /// What is known of the run.
    pub log: &'a RunLog,
    /// The body that was sent (`SentReport::body`), for estimates of the input.
    pub body: Option<&'a Value>,
    /// When it was sent, by the clock on the wall.
    pub sent_at: Moment,
    /// Now, for the age of the prices.
    pub now: Moment,
}

/// What the run cost, or has cost so far. While it runs, every amount is an
/// estimate unless the provider has already reported one.
pub fn cost_of_run(table: Option<&PriceTable>, run: &RunToPrice<'_>) -> Cost {
    let _ = (table, run);
    Cost::Unknown(CostGap::NoTable)
}
