//! The charts of a turn, ready to be drawn.

use super::{
    ReportWords,
    markdown::figure_of,
    sheet::{Row, Sheet, Shown, some_text},
};
use crate::core::chart::svg::{Bar, Bars, Lane, Race};
use serde_json::Value;

/// The phase bars of a turn's newest runs; `None` where nothing ran to its end.
pub fn race_of(document: &Value, turn: usize, words: &ReportWords) -> Option<Race> {
    let rows = Sheet::of(document).latest_of(turn);
    let named = rows.iter().zip(names_of(&rows));
    let lanes: Vec<Lane> = named.map(|(row, name)| lane(row, name, words)).collect();
    let any = lanes.iter().any(|lane| !lane.segments.is_empty());
    any.then(|| Race {
        title: words.race.to_owned(),
        lanes,
        segment: words.segment,
        unit: words.unit,
    })
}

fn lane(row: &Row<'_>, name: String, words: &ReportWords) -> Lane {
    Lane {
        name,
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
    let names = names_of(&rows);
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
            .zip(&names)
            .map(|(row, name)| Bar {
                name: name.clone(),
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

/// The names of runs, told apart where two have the same: by their API, else by
/// their place.
fn names_of(rows: &[Row<'_>]) -> Vec<String> {
    let api = |row: &Row<'_>| some_text(row.pane, "/api").unwrap_or_default().to_owned();
    let name = |row: &Row<'_>| {
        let same = rows.iter().filter(|other| other.name() == row.name());
        let same: Vec<&Row<'_>> = same.collect();
        if same.len() < 2 {
            return row.name().to_owned();
        }
        let api_of_it = api(row);
        if same.iter().filter(|other| api(other) == api_of_it).count() == 1 {
            return format!("{} · {api_of_it}", row.name());
        }
        format!("{} · {}", row.name(), row.pane_at + 1)
    };
    rows.iter().map(name).collect()
}
