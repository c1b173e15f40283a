//! Every `tests/fixtures/DIALECT/NAME.sse` or `.ndjson` decodes to the events in
//! `NAME.events.json` beside it. With `UPDATE_FIXTURES=1` the latter are written
//! instead: read the difference before committing it.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the exceptions for tests cover only functions marked as tests"
)]

mod wire_support;

use serde_json::Value;
use wire_support::{assert_promises, decode_all, fixtures};

#[test]
fn fixtures_decode_to_their_events() {
    let update = std::env::var_os("UPDATE_FIXTURES").is_some();
    let found = fixtures();
    assert!(!found.is_empty());
    for (dialect, path, body) in found {
        let events = decode_all(dialect, body);
        assert_promises(&events, &path.display().to_string());
        let ours = serde_json::to_value(&events).expect("serialisable");
        let beside = path.with_extension("events.json");
        if update {
            let lines: Vec<String> = events
                .iter()
                .map(|event| serde_json::to_string(event).expect("serialisable"))
                .collect();
            let text = format!("[\n  {}\n]\n", lines.join(",\n  "));
            std::fs::write(&beside, text).expect("writable");
        }
        let text = std::fs::read(&beside).unwrap_or_else(|_| panic!("{}", beside.display()));
        let expected: Value = serde_json::from_slice(&text).expect("JSON");
        assert_eq!(ours, expected, "{}", path.display());
    }
}
