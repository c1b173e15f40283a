//! What the first part of the program needs of the catalogue is in its first file.

use crate::core::{
    catalog::{Catalog, Provider},
    wire::codec,
};

#[test]
fn every_row_of_the_first_page_has_all_its_rules_at_once() {
    let rows = &Catalog::first().providers;
    assert!(rows.len() > 3, "only {} rows", rows.len());
    for first in rows {
        let whole = Catalog::builtin().provider(&first.id).unwrap();
        let shown = |row: &Provider| format!("{:?}", row.model_rules);
        assert_eq!(
            shown(first),
            shown(whole),
            "a run of {} begins before routes.json is there",
            first.id
        );
    }
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
