//! `docs/cost.md` and the code say the same.

use super::{CostSource, STALE_AFTER_DAYS, estimate::WEIGHTS};
use serde_json::Value;
use std::collections::BTreeSet;

const PAGE: &str = include_str!("../../../docs/cost.md");
const ORACLE: &str = include_str!("../../../tests/fixtures/prices/oracle.json");

#[test]
fn the_page_has_the_weights_the_sources_and_the_age() {
    for (script, usual, most) in WEIGHTS {
        let row = format!("| {script:?} | {usual} | {most} |");
        assert!(PAGE.contains(&row), "docs/cost.md lacks: {row}");
    }
    for source in [
        CostSource::Reported,
        CostSource::Computed,
        CostSource::Estimated,
    ] {
        let word = format!("| `{}` |", source.as_str());
        assert!(PAGE.contains(&word), "docs/cost.md lacks: {word}");
    }
    assert!(PAGE.contains(&format!("more than {STALE_AFTER_DAYS} days ago")));
}

#[test]
fn the_page_tells_the_size_of_the_proof() {
    let fixture: Value = serde_json::from_str(ORACLE).unwrap();
    let records = fixture["records"].as_array().unwrap();
    let models: BTreeSet<_> = records
        .iter()
        .map(|record| (record[0].to_string(), record[1].to_string()))
        .collect();
    let size = format!(
        "1,{} usage records of {} models",
        records.len() - 1000,
        models.len()
    );
    assert!(PAGE.contains(&size), "docs/cost.md lacks: {size}");
}
