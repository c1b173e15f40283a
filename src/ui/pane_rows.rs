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
    /// Whether the token limit cut the answer.
    pub cut: bool,
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
        let (phase, finish, metrics, cost) = if let Some(cell) = cell {
            cell.facts.track();
            let phase = cell.phase.get();
            let cost = cell.cost.get();
            let state = cell.state();
            let finish = state.log.finish().map(|finish| finish.unified);
            (phase, finish, state.log.metrics(), cost)
        } else {
            let cost = Arc::new(Cost::Unknown(CostGap::NotSent));
            (Phase::Idle, None, show::no_metrics(), cost)
        };
        Self {
            place,
            name,
            route,
            simulated,
            phase,
            refused: finish == Some(FinishReason::Refusal),
            cut: finish == Some(FinishReason::Length),
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

    /// The value that takes part in the ranking: finished answers only, so that
    /// none wins by a refusal or by being cut, and no estimate of a cost.
    pub fn ranked(&self, figure: Figure) -> Option<f64> {
        let wins_by_less = matches!(figure, Figure::Total | Figure::Cost | Figure::OutputTokens);
        let is_short = self.refused || self.cut && wins_by_less;
        (self.phase == Phase::Done && !is_short && !self.is_estimate(figure))
            .then(|| self.value(figure))
            .flatten()
    }

    fn is_estimate(&self, figure: Figure) -> bool {
        let is_estimated = |source| source == CostSource::Estimated;
        figure == Figure::Cost
            && matches!(&*self.cost, Cost::Known(priced) if is_estimated(priced.source))
    }
}
