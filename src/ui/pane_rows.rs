//! A pane as one row of figures.

use super::show;
use crate::{
    app::Pane,
    core::{
        run::Phase,
        timing::{Figure, Metrics},
    },
};
use leptos::prelude::*;

/// What the scoreboard shows of a pane.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Place among the panes; picks the accent.
    pub place: usize,
    /// Label or model.
    pub name: String,
    /// Provider and host.
    pub route: String,
    /// The run's phase.
    pub phase: Phase,
    /// Its figures.
    pub metrics: Metrics,
}

impl Row {
    /// Reads a pane (tracked).
    pub fn read(place: usize, pane: &Pane, turn: Option<u32>) -> Self {
        let (name, route) = pane.setup.with(|setup| {
            let provider = setup.row().map_or_else(
                || setup.provider.as_str().to_owned(),
                |row| row.name.clone(),
            );
            let host = match setup.endpoint() {
                Some(Ok(endpoint)) if setup.base_url.is_some() => format!(" · {}", endpoint.host),
                _ => String::new(),
            };
            (setup.name().to_owned(), format!("{provider}{host}"))
        });
        let cell = turn.and_then(|turn| pane.cell(turn));
        let (phase, metrics) = match cell {
            Some(cell) => {
                cell.facts.track();
                (cell.phase.get(), cell.state().log.metrics())
            }
            None => (Phase::Idle, show::no_metrics()),
        };
        Self {
            place,
            name,
            route,
            phase,
            metrics,
        }
    }

    /// A figure's plain value.
    pub fn value(&self, figure: Figure) -> Option<f64> {
        self.metrics.value(figure)
    }

    /// The value that takes part in the ranking: finished panes only.
    pub fn ranked(&self, figure: Figure) -> Option<f64> {
        (self.phase == Phase::Done)
            .then(|| self.value(figure))
            .flatten()
    }
}
