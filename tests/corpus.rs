//! Every recorded stream and error body, where the recordings lie beside the
//! project (`../shared/corpus`); without them this says so and passes.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the exceptions for tests cover only functions marked as tests"
)]

mod wire_support;

use serde_json::Value;
use std::path::{Path, PathBuf};
use touchstone::core::{
    domain::FailureKind,
    wire::{BlockKind, Dialect, StreamEvent, error::classify},
};
use wire_support::{assert_promises, decode, dialect_of, error_of, finish_of, text_of};

const CUTS: [usize; 4] = [1, 7, 16, 4096];

/// Where we and `expect` differ: part of the file's name, the field, the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    (
        "mistral-small-roomy-plain-two",
        "text",
        "two answers were asked for (n = 2); the script mixes their letters, we show the first",
    ),
    (
        "responses-streaming-reasoning-budget-exhausted",
        "finish",
        "the script reads `status`; we keep the more telling `incomplete_details.reason`",
    ),
    (
        "cohere/streaming-tools-streaming-tool-call-roundtrip-0",
        "reasoning",
        "the script leaves `tool_plan` out; the plan before a call is thinking in words",
    ),
    (
        "transports-agree-on-the-refusal-text",
        "text",
        "the script counts `refusal` as text; we have a block of its own for it",
    ),
];

fn corpus() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    root.join("index.json").is_file().then_some(root)
}

fn rows(root: &Path) -> Vec<Value> {
    let index = std::fs::read(root.join("index.json")).expect("readable");
    serde_json::from_slice(&index).expect("an array")
}

fn field<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

#[test]
fn recorded_streams_decode_to_what_was_recorded() {
    let Some(root) = corpus() else {
        println!("corpus: ../shared/corpus not found, nothing checked");
        return;
    };
    let (mut streams, mut wrong) = (0, Vec::new());
    let mut used = vec![false; EXCEPTIONS.len()];
    for row in rows(&root) {
        let dialect = match field(&row, "dialect") {
            "ollama" => "ollama_chat",
            dialect => dialect,
        };
        let Some(dialect) = dialect_of(dialect) else {
            continue;
        };
        streams += 1;
        let file = field(&row, "file");
        let body = std::fs::read(root.join(file)).expect("readable");
        let events = same_at_all_cuts(dialect, &body, file);
        for (name, ours, theirs) in differences(&events, &row["expect"]) {
            let known = EXCEPTIONS
                .iter()
                .position(|(part, what, _)| file.contains(part) && *what == name);
            match known {
                Some(at) => used[at] = true,
                None => wrong.push(format!(
                    "{file}: {name}\n  ours   {ours}\n  theirs {theirs}"
                )),
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    let stale = EXCEPTIONS.iter().zip(used).filter(|(_, used)| !used);
    assert_eq!(stale.map(|(row, _)| row.0).collect::<Vec<_>>(), [""; 0]);
    assert!(streams > 100, "only {streams} streams");
    println!("corpus: {streams} streams, {} exceptions", EXCEPTIONS.len());
}

fn same_at_all_cuts(dialect: Dialect, body: &[u8], file: &str) -> Vec<StreamEvent> {
    let (whole, counts) = decode(dialect, [body]);
    assert_promises(&whole, file);
    assert_eq!((counts.unknown, counts.corrupt), (0, 0), "{file}");
    for cut in CUTS {
        let (events, at_cut) = decode(dialect, body.chunks(cut));
        assert_eq!(events, whole, "{file} at cuts of {cut}");
        assert_eq!(at_cut, counts, "{file} at cuts of {cut}");
    }
    whole
}

/// Field, ours, theirs.
fn differences(events: &[StreamEvent], expect: &Value) -> Vec<(&'static str, Value, Value)> {
    let usage = events.iter().rev().find_map(|event| match event {
        StreamEvent::Usage(usage) => usage.raw.clone(),
        _ => None,
    });
    [
        ("text", text_of(events, &BlockKind::Text).into()),
        ("reasoning", text_of(events, &BlockKind::Thinking).into()),
        ("finish", finish_of(events).and_then(|end| end.raw).into()),
        ("usage", usage.unwrap_or_default()),
        (
            "error",
            error_of(events).and_then(|failure| failure.detail).into(),
        ),
    ]
    .into_iter()
    .map(|(name, ours): (_, Value)| (name, ours, expect[name].clone()))
    .filter(|(_, ours, theirs)| ours != theirs)
    .collect()
}

#[test]
fn recorded_error_bodies_are_classified_in_the_providers_own_words() {
    let Some(root) = corpus() else {
        println!("corpus: ../shared/corpus not found, nothing checked");
        return;
    };
    let (mut bodies, mut wrong) = (0, Vec::new());
    for row in rows(&root) {
        if field(&row, "kind") != "error" {
            continue;
        }
        bodies += 1;
        let file = field(&row, "file");
        let body = std::fs::read(root.join(file)).expect("readable");
        let status = row["status"]
            .as_u64()
            .and_then(|status| u16::try_from(status).ok());
        let status = status.expect("a status");
        let dialect = match field(&row, "provider") {
            "anthropic" => Dialect::Anthropic,
            "gemini" => Dialect::Gemini,
            "cohere" => Dialect::Cohere,
            _ => Dialect::OpenaiChat,
        };
        let failure = classify(dialect, status, &[], &body);
        assert_eq!(failure.status, Some(status), "{file}");
        let words = failure.detail.clone().unwrap_or_default();
        if words.is_empty() || !strings(&body).iter().any(|text| quotes(&words, text)) {
            wrong.push(format!("{file}: words {words:?}"));
        }
        if !sensible(status, &String::from_utf8_lossy(&body), &failure.kind) {
            wrong.push(format!("{file}: {status} is {:?}", failure.kind));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
    assert!(bodies > 50, "only {bodies} bodies");
    println!("corpus: {bodies} error bodies");
}

/// Whether `words` are of this text, gaps marked by `…` aside (what looks like a
/// key is cut out of quotations).
fn quotes(words: &str, text: &str) -> bool {
    let mut rest = text;
    words.split('…').all(|piece| match rest.find(piece) {
        Some(at) => {
            rest = &rest[at + piece.len()..];
            true
        }
        None => false,
    })
}

/// All strings of a JSON body.
fn strings(body: &[u8]) -> Vec<String> {
    fn walk(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::String(text) => out.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| walk(item, out)),
            Value::Object(fields) => fields.values().for_each(|item| walk(item, out)),
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(&serde_json::from_slice(body).unwrap_or_default(), &mut out);
    out
}

/// The kinds a person would accept, told from status and body alone.
fn sensible(status: u16, body: &str, kind: &FailureKind) -> bool {
    let body = body.to_ascii_lowercase();
    let key = body.contains("api key") || body.contains("api_key");
    let model = body.contains("model");
    match (status, kind) {
        (401 | 403, FailureKind::Auth)
        | (403, FailureKind::Permission)
        | (404, FailureKind::NotFound)
        | (500 | 501, FailureKind::Server) => true,
        (400, FailureKind::Auth) => key,
        (400, FailureKind::NotFound) => model,
        (400, FailureKind::TooLarge) => body.contains("exceed") || body.contains("too "),
        (400, FailureKind::BadRequest) => !key,
        (500, FailureKind::TooLarge | FailureKind::BadRequest) => body.contains("too large"),
        (501, FailureKind::BadRequest) => body.contains("support"),
        _ => false,
    }
}
