//! A result for tests: two panes, two turns, a retry, thinking, a failure, and
//! an answer that tries to break out of whatever it is put into.

use serde_json::Value;

pub(crate) fn document() -> Value {
    let text = include_str!("../../../tests/fixtures/results/haiku-duel.json");
    serde_json::from_str(text).unwrap()
}
