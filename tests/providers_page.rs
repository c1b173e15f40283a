//! `docs/providers.md` and the rows say the same.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the exceptions for tests cover only functions marked as tests"
)]

use std::path::Path;
use touchstone::{
    core::catalog::{AuthKind, Catalog, CorsState, Provider},
    words::words,
};

const PAGE: &str = include_str!("../docs/providers.md");

/// A line of the table, up to where people say what was tested.
fn line(row: &Provider) -> String {
    let about = row.about().unwrap();
    let apis: Vec<_> = row.apis.iter().map(|api| words().api(api.api)).collect();
    let auth: Vec<_> = about.auth.iter().map(|kind| auth_word(*kind)).collect();
    let state = cors_word(about.cors.state);
    let reached = match &about.cors.date {
        Some(date) => format!("{state}, {date}"),
        None => state.to_owned(),
    };
    format!(
        "| `{}` | {} | {} | {} | {reached} | {} |",
        row.id,
        row.name,
        apis.join(", "),
        auth.join(", "),
        about.cors.evidence,
    )
}

fn auth_word(kind: AuthKind) -> &'static str {
    match kind {
        AuthKind::Key => "key",
        AuthKind::Token => "token",
        AuthKind::Sigv4 => "SigV4",
        AuthKind::SignIn => "sign-in",
        AuthKind::None => "none",
    }
}

fn cors_word(state: CorsState) -> &'static str {
    match state {
        CorsState::Yes => "yes",
        CorsState::Likely => "likely",
        CorsState::Depends => "depends",
        CorsState::Contested => "contested",
        CorsState::No => "no",
        CorsState::Unknown => "unknown",
    }
}

/// The files of tests that a cell names.
fn tests_in(cell: &str) -> Vec<&str> {
    let parts = cell.split('`').skip(1).step_by(2);
    parts.collect()
}

#[test]
fn the_page_has_a_line_for_each_row_and_for_nothing_else() {
    let lines: Vec<&str> = PAGE
        .lines()
        .skip_while(|line| !line.starts_with("| `"))
        .take_while(|line| line.starts_with("| `"))
        .collect();
    let rows = &Catalog::builtin().providers;
    for (row, found) in rows.iter().zip(&lines) {
        let expected = line(row);
        let rest = found.strip_prefix(&expected);
        let rest = rest.unwrap_or_else(|| panic!("docs/providers.md lacks: {expected}"));
        let cells: Vec<_> = rest
            .trim()
            .trim_end_matches('|')
            .split('|')
            .map(str::trim)
            .collect();
        assert_eq!(cells.len(), 2, "{} lacks what was tested", row.id);
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{}", row.id);
        let tests = tests_in(cells[1]);
        assert!(!tests.is_empty(), "{} names no test", row.id);
        for test in tests {
            let file = format!("{}/tests/e2e/{test}.spec.mjs", env!("CARGO_MANIFEST_DIR"));
            assert!(Path::new(&file).exists(), "{}: there is no {test}", row.id);
        }
    }
    assert_eq!(lines.len(), rows.len());
}
