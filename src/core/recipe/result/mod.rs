//! The result document, `touchstone: "result/1"`: the recipe and what came of
//! it.
//!
//! The app fills [`RunFacts`] from its log; everything that is unknown is
//! absent from the document, never 0 or null. Durations are milliseconds from
//! the moment the request was sent and end in `_ms`; model, usage and finish
//! reason also stand under the `gen_ai.*` names of OpenTelemetry. Later
//! versions add optional fields.

mod cost;
mod facts;
mod from_log;
mod pretty;
mod read;
mod read_cost;
mod read_run;
mod run;

pub use facts::{Chunks, Figures, Marks, RunFacts, ToolCall};
pub use pretty::pretty;
pub use run::ResultRun;

use super::Recipe;
use crate::core::{
    attach::StoredFile,
    domain::{Api, ModelId, Params, ProviderId},
};
use serde::Serialize;
use serde_json::{Map, Value};
use std::io;

/// The value of `touchstone` in a result.
pub const RESULT_VERSION: &str = "result/1";

/// A whole result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResultDoc {
    touchstone: &'static str,
    /// Who wrote the document.
    pub app: AppInfo,
    /// When: an ISO 8601 time in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created: Option<String>,
    /// Where it ran.
    pub machine: Machine,
    /// What was asked.
    pub recipe: Recipe,
    /// What came of it, in the order of the panes on the screen.
    pub panes: Vec<ResultPane>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl ResultDoc {
    /// A result of this recipe.
    pub fn new(
        app: AppInfo,
        created: Option<String>,
        machine: Machine,
        recipe: Recipe,
        panes: Vec<ResultPane>,
    ) -> Self {
        Self {
            touchstone: RESULT_VERSION,
            app,
            created,
            machine,
            recipe,
            panes,
            extra: Map::new(),
        }
    }

    /// The document as a value.
    pub fn to_value(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self)
    }

    /// The document as JSON on one line. Its place is taken at once, since a text
    /// of megabytes that grows leaves gaps in memory which never shrinks.
    pub fn to_line(&self) -> Result<String, serde_json::Error> {
        let mut out = Vec::with_capacity(self.likely_len());
        serde_json::to_writer(&mut out, self)?;
        String::from_utf8(out).map_err(|error| serde_json::Error::io(io::Error::other(error)))
    }

    /// About how many bytes it has as JSON: its texts with room for what is
    /// escaped in them, what was sent, and its pieces.
    fn likely_len(&self) -> usize {
        const FRAME: usize = 1 << 14;
        const PIECE: usize = 12;
        let turns = self.panes.iter().flat_map(|pane| &pane.turns);
        let parts = turns.map(|turn| {
            let files = turn
                .attachments
                .iter()
                .filter_map(|file| file.data.as_ref());
            let files: usize = files.map(String::len).sum();
            let runs = turn.runs.iter().map(|run| {
                let facts = &run.facts;
                let calls = facts.tool_calls.iter().map(|call| call.arguments.len());
                let sent = facts.sent.as_ref().map_or(0, text_len);
                let texts = facts.answer.len() + facts.thinking.len();
                let texts = texts + calls.sum::<usize>() + sent;
                texts + texts / 8 + facts.chunks.arrivals.pieces().len() * PIECE
            });
            turn.prompt.len() + files + runs.sum::<usize>() + FRAME
        });
        FRAME + parts.sum::<usize>()
    }

    /// The document as JSON with line breaks, for a file.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        pretty::write(self)
    }
}

/// How many bytes the texts in a value have.
fn text_len(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(text_len).sum(),
        Value::Object(fields) => fields.values().map(text_len).sum(),
        _ => 0,
    }
}

/// The program that wrote a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppInfo {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl AppInfo {
    /// This build.
    pub fn this() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// Facts about the machine that bear on the figures.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Machine {
    /// The browser, as it names itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
    /// Whether the tab was hidden when the document was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden: Option<bool>,
    /// Further facts under their own names.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// One pane's part of a result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResultPane {
    /// Provider row.
    pub provider: ProviderId,
    /// Which API was spoken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<Api>,
    /// The model that was asked for.
    pub model: ModelId,
    /// Host and port that were asked, as `URL.host`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// The author's name for the pane.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What the person set for this pane, shared parameters included.
    pub params: Params,
    /// Turn by turn.
    pub turns: Vec<ResultTurn>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// One prompt and its runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ResultTurn {
    /// The prompt before substitution, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The prompt as it was sent, after substitution.
    pub prompt: String,
    /// The files that went along, as they were attached. Small ones have their
    /// bytes in `data`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<StoredFile>,
    /// Each run of it, oldest first: a retry adds one.
    pub runs: Vec<ResultRun>,
    /// Fields that this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
