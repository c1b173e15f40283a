use super::{BOM, columns, csv, looks_like_formula, unguarded};
use crate::core::export::{Sheet, samples};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A reader of RFC 4180 that knows nothing of the writer.
fn read(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut chars = text.chars().peekable();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        let row = rows.last_mut().unwrap();
        let cell = row.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\r' if !quoted && chars.peek() == Some(&'\n') => {
                chars.next();
                rows.push(vec![String::new()]);
            }
            other => cell.push(other),
        }
    }
    assert!(!quoted, "a quote is never closed");
    assert_eq!(
        rows.pop(),
        Some(vec![String::new()]),
        "it ends with a line end"
    );
    rows
}

fn cell<'a>(rows: &'a [Vec<String>], row: usize, column: &str) -> &'a str {
    let at = columns().position(|name| name == column).unwrap();
    &rows[row + 1][at]
}

#[test]
fn every_run_is_a_row_with_its_figures_untouched() {
    let document = samples::document();
    let rows = read(&csv(&document, false));
    assert_eq!(rows.len(), 1 + Sheet::of(&document).rows().len());
    assert!(rows.iter().all(|row| row.len() == columns().count()));
    assert_eq!(cell(&rows, 0, "ttft_ms"), "110.0");
    assert_eq!(cell(&rows, 0, "output_tokens_per_s"), "31.25");
    assert_eq!(cell(&rows, 0, "cost_usd"), "0.00125");
    assert_eq!(cell(&rows, 0, "cost_source"), "reported");
    assert_eq!(
        cell(&rows, 0, "answer"),
        "Rain.\n\n```rust\nfn main() {}\n```"
    );
    assert_eq!(cell(&rows, 2, "attempt"), "2");
    assert_eq!(cell(&rows, 3, "turn"), "2");
}

#[test]
fn what_is_unknown_is_an_empty_cell_and_never_0() {
    let rows = read(&csv(&samples::document(), false));
    for column in ["ttft_ms", "output_tokens", "cost_usd", "answer"] {
        assert_eq!(cell(&rows, 1, column), "", "{column}");
    }
    assert_eq!(cell(&rows, 1, "error_kind"), "rate_limited");
}

#[test]
fn the_mark_for_excel_is_there_when_asked_for() {
    let document = samples::document();
    assert!(csv(&document, true).starts_with(BOM));
    assert!(!csv(&document, false).starts_with(BOM));
}

#[test]
fn nothing_that_came_from_elsewhere_begins_a_formula() {
    for text in [
        "=HYPERLINK(\"http://evil.example\")",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "＝1",
        "\u{feff}=1",
    ] {
        assert!(looks_like_formula(text), "{text:?}");
        let mut document = samples::document();
        document["panes"][0]["model"] = json!(text);
        document["panes"][0]["turns"][0]["runs"][0]["answer"] = json!(text);
        document["panes"][0]["turns"][0]["runs"][0]["status"] = json!(text);
        let rows = read(&csv(&document, false));
        for column in ["model", "answer", "status"] {
            assert!(
                cell(&rows, 0, column).starts_with('\''),
                "{column} {text:?}"
            );
        }
    }
    assert!(!looks_like_formula("2026-11-24"));
}

#[test]
fn a_negative_seed_stays_a_number() {
    let mut document = samples::document();
    document["panes"][0]["params"]["seed"] = json!(-5);
    assert_eq!(cell(&read(&csv(&document, false)), 0, "seed"), "-5");
}

/// The page and the code name the same columns in the same order.
#[test]
fn the_columns_are_those_of_the_documentation() {
    let page = include_str!("../../../docs/exports.md");
    let (_, table) = page.split_once("| column | meaning |").unwrap();
    let (table, _) = table.split_once("\n\n").unwrap();
    let documented: Vec<&str> = table
        .lines()
        .skip(2)
        .flat_map(|line| {
            let names = line.split('|').nth(1).unwrap();
            names.split(',').map(|name| name.trim().trim_matches('`'))
        })
        .collect();
    assert_eq!(documented, columns().collect::<Vec<_>>());
}

proptest! {
    #[test]
    fn any_text_comes_back_as_it_was(answer in any::<String>(), prompt in "[=+@,\"'\r\n;\u{0}-~]{0,12}") {
        prop_assume!(!answer.trim().is_empty() && !prompt.trim().is_empty());
        let mut document = samples::document();
        document["panes"][0]["turns"][0]["runs"][0]["answer"] = Value::from(answer.clone());
        document["panes"][0]["turns"][0]["prompt"] = Value::from(prompt.clone());
        let rows = read(&csv(&document, false));
        prop_assert_eq!(unguarded(cell(&rows, 0, "answer")), answer);
        prop_assert_eq!(unguarded(cell(&rows, 0, "prompt")), prompt);
    }
}
