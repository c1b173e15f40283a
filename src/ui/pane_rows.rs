//! A pane as one row of figures.

use super::show;
use crate::{
    app::Pane,
    core::{
        domain::FinishReason,
        pricing::{Cost, CostGap, CostSource},
        run::Phase,
        timing::{Figure, Metrics},
    },
};
use leptos::prelude::*;
use std::sync::Arc;

/// What the scoreboard shows of a pane.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Place among the panes; picks the accent.
    pub place: usize,
    /// Label or model.
    pub name: String,
    /// Provider and host.
    pub route: String,
    /// Whether its answers are prepared text.
    pub simulated: bool,
    /// The run's phase.
    pub phase: Phase,
    /// Whether the model refused.
    pub refused: bool,
    /// Its figures.
    pub metrics: Metrics,
    /// What the run cost.
    pub cost: Arc<Cost>,
}

impl Row {
    /// Reads a pane (tracked).
    pub fn read(place: usize, pane: &Pane, turn: Option<u32>) -> Self {
        let (name, route, simulated) = pane.setup.with(|setup| {
            let provider = setup.row().map_or_else(
                || setup.provider.as_str().to_owned(),
                |row| row.name.clone(),
            );
            let host = match setup.endpoint() {
                Some(Ok(endpoint)) if setup.base_url.is_some() => format!(" · {}", endpoint.host),
                _ => String::new(),
            };
            (
                setup.name().to_owned(),
                format!("{provider}{host}"),
                setup.is_simulated(),
            )
        });
        let cell = turn.and_then(|turn| pane.own_cell(turn));
        let (phase, refused, metrics, cost) = if let Some(cell) = cell {
            cell.facts.track();
            let phase = cell.phase.get();
            let cost = cell.cost.get();
            let state = cell.state();
            let refused = state
                .log
                .finish()
                .is_some_and(|finish| finish.unified == FinishReason::Refusal);
            (phase, refused, state.log.metrics(), cost)
        } else {
            let cost = Arc::new(Cost::Unknown(CostGap::NotSent));
            (Phase::Idle, false, show::no_metrics(), cost)
        };
        Self {
            place,
            name,
            route,
            simulated,
            phase,
            refused,
            metrics,
            cost,
        }
    }

    /// A figure's plain value.
    pub fn value(&self, figure: Figure) -> Option<f64> {
        match (figure, &*self.cost) {
            // For ranks only; what is shown is made of the exact amount.
            (Figure::Cost, Cost::Known(priced)) => Some(priced.total.as_usd_f64()),
            _ => self.metrics.value(figure),
        }
    }

    /// The value that takes part in the ranking: finished answers only, so no
    /// refusal wins by being short, and no estimate of a cost.
    pub fn ranked(&self, figure: Figure) -> Option<f64> {
        (self.phase == Phase::Done && !self.refused && !self.is_estimate(figure))
            .then(|| self.value(figure))
            .flatten()
    }

    fn is_estimate(&self, figure: Figure) -> bool {
        let is_estimated = |source| source == CostSource::Estimated;
        figure == Figure::Cost
            && matches!(&*self.cost, Cost::Known(priced) if is_estimated(priced.source))
    }
}
