//! The charts of a turn, ready to be drawn.

use super::{
    ReportWords,
    markdown::figure_of,
    sheet::{Row, Sheet, Shown},
};
use crate::core::chart::svg::{Bar, Bars, Lane, Race};
use serde_json::Value;

/// The phase bars of a turn's newest runs; `None` where nothing ran to its end.
pub fn race_of(document: &Value, turn: usize, words: &ReportWords) -> Option<Race> {
    let rows = Sheet::of(document).latest_of(turn);
    let lanes: Vec<Lane> = rows.iter().map(|row| lane(row, words)).collect();
    let any = lanes.iter().any(|lane| !lane.segments.is_empty());
    any.then(|| Race {
        title: words.race.to_owned(),
        lanes,
        segment: words.segment,
        unit: words.unit,
    })
}

fn lane(row: &Row<'_>, words: &ReportWords) -> Lane {
    Lane {
        name: row.name().to_owned(),
        accent: row.pane_at,
        segments: row.segments(),
        end: Shown::Total
            .text(row, words)
            .unwrap_or_else(|| words.unknown.to_owned()),
    }
}

/// Bars of each figure that at least one of a turn's newest runs has.
pub fn figures_of(document: &Value, turn: usize, words: &ReportWords) -> Vec<Bars> {
    let rows = Sheet::of(document).latest_of(turn);
    let figures = [
        Shown::FirstToken,
        Shown::Total,
        Shown::Rate,
        Shown::OutputTokens,
        Shown::Cost,
    ];
    let bars = figures.map(|figure| Bars {
        title: (words.figure)(figure_of(figure)).to_owned(),
        bars: rows
            .iter()
            .map(|row| Bar {
                name: row.name().to_owned(),
                accent: row.pane_at,
                value: figure.value(row),
                text: figure
                    .text(row, words)
                    .unwrap_or_else(|| words.unknown.to_owned()),
            })
            .collect(),
    });
    let known = |bars: &Bars| bars.bars.iter().any(|bar| bar.value.is_some());
    bars.into_iter().filter(known).collect()
}
