//! What a run could cost at most, before it is made.

use super::{CostGap, CostLine, Moment, PicoUsd, PriceBasis, PriceTable};
use crate::core::domain::{ModelId, Origin, ProviderId};
use serde_json::Value;

/// A pane before its run.
#[derive(Debug, Clone, Copy)]
pub struct PaneToPrice<'a> {
    /// What to call it.
    pub name: &'a str,
    /// Its provider row.
    pub provider: &'a ProviderId,
    /// Where it would be sent; `None` for what runs in the page.
    pub origin: Option<&'a Origin>,
    /// The model that would be asked.
    pub model: &'a ModelId,
    /// The body that would be sent, as `wire::request::prepare` makes it. Input
    /// and output limit are read from it, the person's own JSON included.
    pub body: &'a Value,
}

/// What a run of all panes could cost at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorstCase {
    /// The sum of what is known.
    pub total: PicoUsd,
    /// Every pane, in order.
    pub panes: Vec<WorstPane>,
}

impl WorstCase {
    /// The names of panes whose price is not known, so that `total` is without
    /// them.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.panes.iter().filter_map(|pane| match pane.part {
            WorstPart::Unknown(_) => Some(pane.name.as_str()),
            _ => None,
        })
    }

    /// Whether any pane adds an amount.
    pub fn has_amount(&self) -> bool {
        let amount = |pane: &WorstPane| matches!(pane.part, WorstPart::AtMost { .. });
        self.panes.iter().any(amount)
    }
}

/// One pane's part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorstPane {
    /// What it is called.
    pub name: String,
    /// What it could cost.
    pub part: WorstPart,
}

/// What a pane could cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorstPart {
    /// At most this much.
    AtMost {
        /// The amount.
        amount: PicoUsd,
        /// Its parts; all counts are estimates or limits.
        lines: Vec<CostLine>,
        /// What limits the output.
        limit: OutputLimit,
        /// The prices.
        basis: Box<PriceBasis>,
    },
    /// Nobody charges for it.
    Local,
    /// Nothing is asked of any model.
    Simulated,
    /// Not known, and not in the sum.
    Unknown(CostGap),
}

/// What limits the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputLimit {
    /// The limit in the request.
    Request,
    /// The most that the model can put out.
    Model,
}

/// The most that the next run could cost at the prices of `now`.
pub fn worst_case(table: Option<&PriceTable>, panes: &[PaneToPrice<'_>], now: Moment) -> WorstCase {
    let _ = (table, panes, now);
    WorstCase::default()
}
