//! A result document as rows: one for each run.

use crate::core::{
    chart::{format_ms, format_rate, grouped},
    domain::Millis,
    pricing::PicoUsd,
    run::{Segment, segments},
};
use serde_json::Value;

/// A result document, read as JSON. Fields that are missing or of another type
/// count as unknown.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The whole document.
    pub document: &'a Value,
}

/// One run with all that it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The whole document.
    pub document: &'a Value,
    /// Place of the pane, from 0.
    pub pane_at: usize,
    /// The pane.
    pub pane: &'a Value,
    /// Place of the turn, from 0.
    pub turn_at: usize,
    /// The turn.
    pub turn: &'a Value,
    /// Place among the runs of the turn, from 0.
    pub run_at: usize,
    /// The run.
    pub run: &'a Value,
}

/// The text at a path of an object.
pub(super) fn text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    value.pointer(path)?.as_str()
}

/// The text, where there is anything in it.
pub(super) fn some_text<'a>(value: &'a Value, path: &str) -> Option<&'a str> {
    text(value, path).filter(|text| !text.trim().is_empty())
}

pub(super) fn items<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    value
        .pointer(path)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

impl<'a> Sheet<'a> {
    /// A sheet over a document.
    pub fn of(document: &'a Value) -> Self {
        Self { document }
    }

    /// The title of the comparison.
    pub fn title(&self) -> Option<&'a str> {
        some_text(self.document, "/recipe/title")
    }

    /// The system prompt.
    pub fn system(&self) -> Option<&'a str> {
        some_text(self.document, "/recipe/system")
    }

    /// When the document was written.
    pub fn created(&self) -> Option<&'a str> {
        some_text(self.document, "/created")
    }

    /// Name and version of the program that wrote it.
    pub fn app(&self) -> Option<String> {
        let name = some_text(self.document, "/app/name")?;
        Some(match some_text(self.document, "/app/version") {
            Some(version) => format!("{name} {version}"),
            None => name.to_owned(),
        })
    }

    /// The panes.
    pub fn panes(&self) -> &'a [Value] {
        items(self.document, "/panes")
    }

    /// How many turns there are: those of the pane with the most.
    pub fn turns(&self) -> usize {
        let counts = self.panes().iter().map(|pane| items(pane, "/turns").len());
        counts.max().unwrap_or(0)
    }

    /// A turn's prompt, as the first pane that has the turn was sent it, and
    /// the turn itself.
    pub fn turn(&self, at: usize) -> Option<&'a Value> {
        let mut panes = self.panes().iter();
        panes.find_map(|pane| items(pane, "/turns").get(at))
    }

    /// Every run: by turn, then by pane, then the oldest first.
    pub fn rows(&self) -> Vec<Row<'a>> {
        let turns = 0..self.turns();
        turns.flat_map(|turn| self.rows_of(turn)).collect()
    }

    /// The runs of a turn: by pane, the oldest first.
    pub fn rows_of(&self, turn_at: usize) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for (pane_at, pane) in self.panes().iter().enumerate() {
            let Some(turn) = items(pane, "/turns").get(turn_at) else {
                continue;
            };
            for (run_at, run) in items(turn, "/runs").iter().enumerate() {
                rows.push(Row {
                    document: self.document,
                    pane_at,
                    pane,
                    turn_at,
                    turn,
                    run_at,
                    run,
                });
            }
        }
        rows
    }

    /// The newest run of each pane in a turn, which is the one that the page
    /// shows.
    pub fn latest_of(&self, turn_at: usize) -> Vec<Row<'a>> {
        let mut rows = self.rows_of(turn_at);
        let all = rows.clone();
        rows.retain(|row| {
            let later = |other: &Row<'_>| other.pane_at == row.pane_at && other.run_at > row.run_at;
            !all.iter().any(later)
        });
        rows
    }
}

impl<'a> Row<'a> {
    /// What the pane is called: its label, else its model.
    pub fn name(&self) -> &'a str {
        some_text(self.pane, "/label")
            .or_else(|| some_text(self.pane, "/model"))
            .unwrap_or("?")
    }

    /// A number of the run.
    pub fn number(&self, path: &str) -> Option<f64> {
        self.run.pointer(path)?.as_f64()
    }

    /// A whole number of the run.
    pub fn count(&self, path: &str) -> Option<u64> {
        self.run.pointer(path)?.as_u64()
    }

    /// What it cost.
    pub fn usd(&self) -> Option<PicoUsd> {
        PicoUsd::parse(text(self.run, "/cost/usd")?)
    }

    /// The parts of its phase bar, as far as its marks are known.
    pub fn segments(&self) -> Vec<Segment> {
        let Some(end) = self.number("/marks/end_ms") else {
            return Vec::new();
        };
        let mark = |path| self.number(path).map_or(end, |at: f64| at.min(end));
        let answer = mark("/marks/first_answer_ms");
        let opened = mark("/marks/thinking_opened_ms");
        let thinking = opened.min(mark("/marks/first_thinking_ms")).min(answer);
        let headers = mark("/marks/headers_ms").min(thinking);
        segments::up_to(headers, thinking, answer, end)
    }
}

/// A figure of the report's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    FirstToken,
    FirstAnswer,
    Total,
    Rate,
    InputTokens,
    OutputTokens,
    Cost,
}

impl Shown {
    pub(super) const ALL: [Self; 7] = [
        Self::FirstToken,
        Self::FirstAnswer,
        Self::Total,
        Self::Rate,
        Self::InputTokens,
        Self::OutputTokens,
        Self::Cost,
    ];

    /// The figure in its plain form, for comparing and drawing.
    pub(super) fn value(self, row: &Row<'_>) -> Option<f64> {
        match self {
            Self::FirstToken => row.number("/figures/ttft_ms"),
            Self::FirstAnswer => row.number("/figures/ttfa_ms"),
            Self::Total => row.number("/figures/total_ms"),
            Self::Rate => row.number("/figures/output_tokens_per_s"),
            Self::InputTokens => row.number("/usage/input/total"),
            Self::OutputTokens => row.number("/usage/output/total"),
            #[expect(clippy::cast_precision_loss, reason = "for a bar's length")]
            Self::Cost => row.usd().map(|PicoUsd(pico)| pico as f64),
        }
    }

    /// The figure as people read it; `None` where it is unknown.
    pub(super) fn text(self, row: &Row<'_>, words: &super::ReportWords) -> Option<String> {
        let unit = |quantities: &[crate::core::chart::Quantity]| {
            let parts = quantities.iter().map(|quantity| {
                let sign = (words.unit)(quantity.unit);
                format!("{}\u{a0}{sign}", quantity.value)
            });
            parts.collect::<Vec<_>>().join(" ")
        };
        match self {
            Self::FirstToken | Self::FirstAnswer | Self::Total => {
                self.value(row).map(|ms| unit(&format_ms(Millis(ms).0)))
            }
            Self::Rate => self.value(row).map(|rate| unit(&[format_rate(rate)])),
            Self::InputTokens => row.count("/usage/input/total").map(grouped),
            Self::OutputTokens => row.count("/usage/output/total").map(grouped),
            Self::Cost => (words.cost)(row.usd(), text(row.run, "/cost/source")),
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::core::export::samples;

    #[test]
    fn rows_come_by_turn_then_by_pane_then_by_age() {
        let document = samples::document();
        let places: Vec<_> = Sheet::of(&document)
            .rows()
            .iter()
            .map(|row| (row.turn_at, row.pane_at, row.run_at))
            .collect();
        assert_eq!(places, [(0, 0, 0), (0, 1, 0), (0, 1, 1), (1, 0, 0)]);
    }

    #[test]
    fn the_latest_run_of_each_pane_is_the_one_that_counts() {
        let document = samples::document();
        let latest = Sheet::of(&document).latest_of(0);
        let places: Vec<_> = latest.iter().map(|row| (row.pane_at, row.run_at)).collect();
        assert_eq!(places, [(0, 0), (1, 1)]);
    }

    #[test]
    fn a_bar_has_the_parts_that_its_marks_tell() {
        let document = samples::document();
        let rows = Sheet::of(&document).rows();
        let parts = rows[0].segments();
        let ends: Vec<f64> = parts.iter().map(|part| part.to_ms).collect();
        assert_eq!(ends, [100.25, 110.0, 200.0, 301.5]);
        // A run that failed before anything came has no bar, not an empty one.
        assert!(rows[1].segments().is_empty());
    }

    #[test]
    fn a_document_of_nothing_has_no_rows_and_no_fault() {
        for document in [serde_json::json!({}), serde_json::json!({"panes": 3})] {
            let sheet = Sheet::of(&document);
            assert!(sheet.rows().is_empty());
            assert_eq!(sheet.turns(), 0);
            assert_eq!(sheet.title(), None);
        }
    }
}
