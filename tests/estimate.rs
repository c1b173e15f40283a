//! The estimate of tokens beside counts that providers reported, where the
//! recordings lie beside the project (`../shared/corpus`); without them this
//! says so and passes.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "the exceptions for tests cover only functions marked as tests"
)]

mod wire_support;

use serde_json::Value;
use std::path::Path;
use touchstone::core::{
    pricing::tokens_of,
    wire::{BlockKind, StreamEvent},
};
use wire_support::{decode_all, dialect_of};

/// Reported output and the text that it was, of one recording; none where a part
/// of the output cannot be seen. Who reports thinking apart may show a summary
/// of it; who does not shows it whole.
fn seen(events: &[StreamEvent]) -> Option<(u64, String)> {
    let usage = events.iter().rev().find_map(|event| match event {
        StreamEvent::Usage(usage) => Some(usage),
        _ => None,
    })?;
    let mut text = String::new();
    for event in events {
        match event {
            StreamEvent::BlockStart { kind, .. }
                if !matches!(kind, BlockKind::Text | BlockKind::Thinking) =>
            {
                return None;
            }
            StreamEvent::Delta { text: more, .. } => text.push_str(more),
            _ => {}
        }
    }
    let output = usage.output;
    let is_whole = output.thinking.unwrap_or(0) == 0 && !text.is_empty();
    output
        .total
        .filter(|total| is_whole && *total >= 20)
        .map(|total| (total, text))
}

#[test]
fn estimates_of_recorded_answers_are_near_the_reported_counts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(index) = std::fs::read(root.join("index.json")) else {
        println!("estimate: ../shared/corpus not found, nothing checked");
        return;
    };
    let rows: Vec<Value> = serde_json::from_slice(&index).expect("an array");
    let mut ratios = Vec::new();
    for row in &rows {
        let file = row["file"].as_str().unwrap_or_default();
        let Some(dialect) = row["dialect"].as_str().and_then(dialect_of) else {
            continue;
        };
        let body = std::fs::read(root.join(file)).expect("readable");
        if let Some((reported, text)) = seen(&decode_all(dialect, body)) {
            let ratio = tokens_of(&text) as f64 / reported as f64;
            println!("{ratio:.2} of {reported:5} {file}");
            ratios.push(ratio);
        }
    }
    ratios.sort_by(f64::total_cmp);
    assert!(ratios.len() >= 12, "only {} recordings", ratios.len());
    let median = ratios[ratios.len() / 2];
    let part = |of: usize| ratios[ratios.len() * of / 4];
    println!(
        "median {median:.2}, middle half {:.2} to {:.2}, of {} recordings",
        part(1),
        part(3),
        ratios.len()
    );
    assert!((0.75..1.25).contains(&median), "{median}");
}
