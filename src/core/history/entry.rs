//! An entry: what the list shows of a kept comparison, and what it is found by.

use crate::core::{
    domain::Millis,
    pricing::Cost,
    recipe::result::{ResultDoc, ResultPane, ResultRun},
    run::Phase,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The form of entries that this build writes. One of another form is made anew
/// from its document.
pub const FORM: u32 = 1;

/// How many characters the name of an entry has at most.
const NAME_CHARS: usize = 80;
/// How many characters of each prompt an entry is found by.
const PROMPT_CHARS: usize = 600;
/// How many characters of the beginning of each answer.
const ANSWER_CHARS: usize = 240;
/// How many characters of prompts or of answers in all.
const MOST_CHARS: usize = 4_000;

/// One kept comparison without its answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// [`FORM`] of whoever wrote it.
    pub form: u32,
    /// Identity, also of its document.
    pub id: String,
    /// Counts how often its document was written.
    pub revision: u32,
    /// When its first run was kept.
    pub begun: i64,
    /// When its document last changed.
    pub changed: i64,
    /// The title that the person gave; empty where there is none.
    #[serde(default)]
    pub title: String,
    /// The beginnings of the prompts, one after another.
    #[serde(default)]
    pub prompts: Vec<String>,
    /// The beginnings of the answers.
    #[serde(default)]
    pub answers: Vec<String>,
    /// Its panes with the figures of their latest runs.
    pub panes: Vec<PaneFigures>,
    /// How many turns it has.
    pub turns: usize,
    /// The person's own words on it.
    #[serde(default)]
    pub tags: Vec<String>,
    /// How many bytes its document takes.
    pub bytes: u64,
    /// How many files went along.
    #[serde(default)]
    pub files: usize,
    /// How many of them were too large to be kept.
    #[serde(default)]
    pub files_left_out: usize,
    /// What tells documents with other content apart, whatever their id.
    pub fingerprint: String,
}

/// A pane and the figures of its latest run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PaneFigures {
    /// Provider row.
    pub provider: String,
    /// The model that was asked for.
    pub model: String,
    /// The person's own name for the pane.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Host and port that were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// How the run ended, a word of `data-phase`; `None` without a run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Whether no model ran.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub simulated: bool,
    /// Sending to the first token, ms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_token_ms: Option<f64>,
    /// Sending to the end, ms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_ms: Option<f64>,
    /// Output tokens per second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_per_s: Option<f64>,
    /// What it cost, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent: Option<Spent>,
}

impl PaneFigures {
    /// The name to show: the label, else the model.
    pub fn name(&self) -> &str {
        let label = self.label.as_deref();
        label
            .filter(|label| !label.is_empty())
            .unwrap_or(&self.model)
    }
}

/// An amount and how it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Dollars as an exact decimal number; `None` where nobody charges.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usd: Option<String>,
    /// `reported`, `computed`, `estimated`, `local` or `simulated`.
    pub source: String,
}

/// What an entry has beside what its document says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Label {
    /// Identity.
    pub id: String,
    /// How often the document was written.
    pub revision: u32,
    /// When its first run was kept.
    pub begun: i64,
    /// When the document last changed.
    pub changed: i64,
    /// The person's own words.
    pub tags: Vec<String>,
}

impl Entry {
    /// The entry of a document that takes `bytes` as text.
    pub fn of(document: &ResultDoc, bytes: u64, label: Label) -> Self {
        let first = document.panes.first();
        let turns = first.map_or(&[][..], |pane| &pane.turns);
        let attachments = turns.iter().flat_map(|turn| &turn.attachments);
        let answers = document
            .panes
            .iter()
            .flat_map(|pane| pane.turns.iter().rev())
            .filter_map(|turn| turn.runs.last())
            .map(|run| beginning(&run.facts.answer, ANSWER_CHARS));
        Self {
            form: FORM,
            id: label.id,
            revision: label.revision,
            begun: label.begun,
            changed: label.changed,
            title: document
                .recipe
                .title
                .as_deref()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            prompts: within(
                turns
                    .iter()
                    .map(|turn| beginning(&turn.prompt, PROMPT_CHARS)),
            ),
            answers: within(answers),
            panes: document.panes.iter().map(figures).collect(),
            turns: turns.len(),
            tags: label.tags,
            bytes,
            files: attachments.clone().count(),
            files_left_out: attachments.filter(|file| file.data.is_none()).count(),
            fingerprint: fingerprint(document),
        }
    }

    /// What the list calls it: the title, else the first words of the first
    /// prompt; empty where it has neither.
    pub fn name(&self) -> String {
        let first = self.prompts.first().map_or("", String::as_str);
        let name = if self.title.is_empty() {
            first
        } else {
            &self.title
        };
        shortened(name)
    }

    /// Whether no model ran in any of its panes.
    pub fn is_simulated(&self) -> bool {
        !self.panes.is_empty() && self.panes.iter().all(|pane| pane.simulated)
    }

    /// The label that a rewritten document of the same entry gets.
    pub fn label(&self) -> Label {
        Label {
            id: self.id.clone(),
            revision: self.revision,
            begun: self.begun,
            changed: self.changed,
            tags: self.tags.clone(),
        }
    }
}

/// What tells documents apart by what was asked and what came of it; who wrote
/// them and when does not matter.
pub fn fingerprint(document: &ResultDoc) -> String {
    let text = serde_json::to_vec(&(&document.recipe, &document.panes)).unwrap_or_default();
    let hash = Sha256::digest(&text);
    let mut hex = String::with_capacity(32);
    for byte in hash.iter().take(16) {
        write!(hex, "{byte:02x}").ok();
    }
    hex
}

fn figures(pane: &ResultPane) -> PaneFigures {
    let latest = pane.turns.iter().rev().find_map(|turn| turn.runs.last());
    let mut figures = PaneFigures {
        provider: pane.provider.as_str().to_owned(),
        model: pane.model.as_str().to_owned(),
        label: pane.label.clone(),
        host: pane.host.clone(),
        ..PaneFigures::default()
    };
    if let Some(run) = latest {
        fill_in(&mut figures, run);
    }
    figures
}

fn fill_in(figures: &mut PaneFigures, run: &ResultRun) {
    let facts = &run.facts;
    let ms = |time: Option<Millis>| time.map(|Millis(ms)| ms);
    figures.status = Some(facts.status.as_str().to_owned());
    figures.simulated = facts.simulated;
    figures.first_token_ms = ms(facts.figures.ttft_ms);
    figures.total_ms = ms(facts.figures.total_ms);
    figures.tokens_per_s = facts.figures.output_tokens_per_s;
    figures.spent = facts.cost.as_ref().and_then(spent);
}

fn spent(cost: &Cost) -> Option<Spent> {
    let (usd, source) = match cost {
        Cost::Known(priced) => (Some(priced.total.to_decimal()), priced.source.as_str()),
        Cost::Local => (None, "local"),
        Cost::Simulated => (None, "simulated"),
        Cost::Unknown(_) => return None,
    };
    Some(Spent {
        usd,
        source: source.to_owned(),
    })
}

/// Takes runs out that have not ended: half an answer that still grows is kept
/// when it is whole. Whether any run is left.
pub fn keep_ended(document: &mut ResultDoc) -> bool {
    let mut any = false;
    for turn in document.panes.iter_mut().flat_map(|pane| &mut pane.turns) {
        turn.runs.retain(|run| Phase::is_over(run.facts.status));
        any |= !turn.runs.is_empty();
    }
    any
}

/// Its first characters, with each run of white space as one space.
fn beginning(text: &str, chars: usize) -> String {
    let mut out = String::new();
    let mut left = chars;
    for word in text.split_whitespace() {
        if left == 0 {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        let before = out.len();
        out.extend(word.chars().take(left));
        left = left.saturating_sub(out.get(before..).map_or(0, |new| new.chars().count()) + 1);
    }
    out
}

/// As many texts as fit into [`MOST_CHARS`], without empty ones.
fn within(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut left = MOST_CHARS;
    let mut out = Vec::new();
    for text in texts.filter(|text| !text.is_empty()) {
        let length = text.chars().count();
        if length > left {
            break;
        }
        left -= length;
        out.push(text);
    }
    out
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= NAME_CHARS {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(NAME_CHARS - 1).collect();
    // Not in the middle of a word, where there is one to end at.
    if let Some(at) = short.rfind(' ').filter(|at| *at > short.len() / 2) {
        short.truncate(at);
    }
    short.push('…');
    short
}
