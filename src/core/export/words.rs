//! What a report says beside its figures.

use crate::core::{chart::Unit, pricing::PicoUsd, run::SegmentKind, timing::Figure};
use serde_json::Value;

/// The words of a report, in one language: `crate::words::exports` has them.
#[derive(Debug, Clone, Copy)]
#[expect(
    missing_docs,
    reason = "each field is named after the place where it is shown"
)]
pub struct ReportWords {
    pub lang: &'static str,
    pub untitled: &'static str,
    pub made: fn(&str, &str) -> String,
    pub system: &'static str,
    pub prompt: fn(usize, usize) -> String,
    pub attached: &'static str,
    pub figures: &'static str,
    pub figures_hint: &'static str,
    pub bars: &'static str,
    pub model: &'static str,
    pub route: &'static str,
    pub status: &'static str,
    pub figure: fn(Figure) -> &'static str,
    pub unknown: &'static str,
    pub unit: fn(Unit) -> &'static str,
    pub cost: fn(Option<PicoUsd>, Option<&str>) -> Option<String>,
    pub phase: fn(&str) -> &'static str,
    pub segment: fn(SegmentKind) -> &'static str,
    pub race: &'static str,
    pub answers: &'static str,
    pub no_answer: &'static str,
    pub thinking: &'static str,
    pub attempt: fn(usize) -> String,
    pub failure: fn(&Value) -> String,
    pub tool_call: fn(&str) -> String,
    pub costs: &'static str,
    pub cost_line: fn(&Value) -> String,
    pub cost_source: fn(&str) -> &'static str,
    pub price_source: fn(&Value) -> String,
    pub sent: &'static str,
    pub sent_notes: fn(&Value) -> Vec<String>,
    pub returned: fn(&str) -> String,
    pub first_call: &'static str,
    pub hidden_tab: &'static str,
    pub simulated: &'static str,
    pub image: fn(&str) -> String,
    pub done: &'static str,
    pub not_done: &'static str,
    pub embedded: &'static str,
}
