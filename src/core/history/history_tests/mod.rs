//! What the tests of the history share, and the tests by what they are about.

mod entries;
mod files;
mod gone;
mod search;
mod threads;
mod travel;

use super::{Entry, Row, entry::Label, search::Query};
use crate::core::recipe::result::ResultDoc;
use serde_json::{Value, json};

/// Stands in for the browser's tables.
pub(super) fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

pub(super) fn run(answer: &str) -> Value {
    json!({
        "status": "done", "answer": answer,
        "cost": {"usd": "0.0012", "source": "computed"},
        "marks": {"headers_ms": 90.0, "first_token_ms": 120.5, "end_ms": 900.0},
        "figures": {"ttft_ms": 120.5, "total_ms": 900.0, "output_tokens_per_s": 42.5},
        "first_call": true, "hidden_tab": false,
        "frames": {"known": 3, "unknown": 0, "corrupt": 0},
        "gen_ai": {"gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-6-luna"},
    })
}

pub(super) fn file(data: &str) -> Value {
    json!({"name": "cat.png", "media_type": "image/png", "bytes": 3, "data": data})
}

pub(super) fn value(prompt: &str, answer: &str) -> Value {
    let pane = |provider: &str, model: &str| {
        json!({
            "provider": provider, "model": model, "host": "api.example", "params": {},
            "turns": [{"prompt": prompt, "runs": [run(answer)]}],
        })
    };
    json!({
        "touchstone": "result/1",
        "app": {"name": "touchstone", "version": "0.1.0"},
        "created": "2026-11-29T09:30:00Z",
        "machine": {},
        "recipe": {"touchstone": "recipe/1"},
        "panes": [pane("openai", "gpt-6-luna"), pane("anthropic", "claude-haiku-4-5")],
    })
}

pub(super) fn document(prompt: &str, answer: &str) -> ResultDoc {
    ResultDoc::from_value(value(prompt, answer)).unwrap().0
}

pub(super) fn entry(id: &str, prompt: &str, changed: i64) -> Entry {
    let label = Label {
        id: id.to_owned(),
        begun: changed,
        changed,
        ..Label::default()
    };
    Entry::of(&document(prompt, "Rain."), 1_000, label)
}

pub(super) fn row(entry: Entry) -> Row {
    Row::new(entry, "29 Nov 2026, 10:30".to_owned(), "2026-11-29", &lower)
}

pub(super) fn finds(row: &Row, typed: &str) -> bool {
    Query::new(typed, None, &lower).finds(row)
}
