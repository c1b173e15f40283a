//! What the first part of the program needs of the catalogue is in its first file.

use crate::core::{
    catalog::{Catalog, Provider},
    wire::codec,
};

#[test]
fn rows_whose_wire_format_is_there_at_once_have_all_their_rules_at_once() {
    let mut seen = 0;
    for first in &Catalog::first().providers {
        let is_early = first
            .apis
            .iter()
            .any(|api| codec::first(api.dialect).is_some());
        if !is_early {
            continue;
        }
        seen += 1;
        let whole = Catalog::builtin().provider(&first.id).unwrap();
        let shown = |row: &Provider| format!("{:?}", row.model_rules);
        assert_eq!(
            shown(first),
            shown(whole),
            "a run of {} begins before routes.json is there",
            first.id
        );
    }
    assert!(seen > 3, "only {seen} rows");
}

#[test]
fn every_row_of_the_first_page_runs_without_another_part() {
    for row in &Catalog::first().providers {
        for api in &row.apis {
            let there = codec::first(api.dialect);
            assert!(there.is_some(), "{}: {:?}", row.id, api.dialect);
            // Signatures are made in the later part.
            let signs = row.auth_of(Some(api.api)).sigv4.is_some();
            assert!(!signs, "{}: {:?}", row.id, api.api);
        }
    }
}
