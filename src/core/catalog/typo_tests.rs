//! A typing error in the catalogue is an error, wherever it is.

use super::*;
use crate::core::strict::Strict;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const FILES: [&str; 2] = [include_str!("providers.json"), include_str!("routes.json")];

/// Fields whose values have names of their own.
const FREE: [&str; 5] = ["body", "measures", "effort_budgets", "value", "when"];

/// Where rows lie, without the numbers on the way.
const KINDS: [&str; 36] = [
    "",
    "/foreign_key_prefixes",
    "/hidden_status",
    "/local_presets",
    "/local_presets/cors",
    "/local_presets/cors/settings",
    "/providers",
    "/providers/accepts",
    "/providers/apis",
    "/providers/apis/at",
    "/providers/apis/auth",
    "/providers/apis/count",
    "/providers/apis/headers",
    "/providers/auth",
    "/providers/auth/by_key",
    "/providers/auth/sigv4",
    "/providers/borrows",
    "/providers/families",
    "/providers/headers",
    "/providers/key",
    "/providers/list",
    "/providers/model_rules",
    "/providers/model_rules/refuses",
    "/providers/model_rules/thinking",
    "/providers/models",
    "/providers/quirks",
    "/providers/quirks/temperature",
    "/providers/version",
    "site",
    "site/bases",
    "site/fields",
    "site/fields/choices",
    "about",
    "about/cors",
    "about/cors/headers",
    "about/data",
];

/// The pointers of all objects that are rows, one for each place in a document
/// whatever the numbers on the way.
fn rows(value: &Value, at: &str, kind: &str, found: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            found
                .entry(kind.to_owned())
                .or_insert_with(|| at.to_owned());
            for (name, inner) in fields {
                if !FREE.contains(&name.as_str()) {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    rows(
                        inner,
                        &format!("{at}/{name}"),
                        &format!("{kind}/{name}"),
                        found,
                    );
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                rows(item, &format!("{at}/{index}"), kind, found);
            }
        }
        _ => {}
    }
}

/// Adds a field to each row of a document in turn; gives where that was done.
fn refuses_typos<T: Strict>(whole: &Value) -> Vec<String> {
    let mut found = BTreeMap::new();
    rows(whole, "", "", &mut found);
    for at in found.values() {
        let mut changed = whole.clone();
        changed.pointer_mut(at).unwrap()["typo"] = json!(["typo"]);
        let said = strict::from_value::<T>(changed)
            .err()
            .unwrap_or_else(|| panic!("{at}"));
        assert!(said.to_string().contains("typo"), "{at}: {said}");
    }
    found.into_keys().collect()
}

#[test]
fn no_row_takes_a_field_that_it_does_not_know() {
    let mut kinds = Vec::new();
    for file in FILES {
        let mut whole: Value = serde_json::from_str(file).unwrap();
        let mut parts: Vec<Value> = whole["providers"].as_array().unwrap().clone();
        let more = whole["about"].as_object().cloned().unwrap_or_default();
        parts.extend(more.into_iter().map(|(_, about)| json!({ "about": about })));
        for part in parts {
            if let Some(site) = part.get("site") {
                let found = refuses_typos::<Site>(site);
                kinds.extend(found.iter().map(|kind| format!("site{kind}")));
            }
            if let Some(about) = part.get("about") {
                let found = refuses_typos::<About>(about);
                kinds.extend(found.iter().map(|kind| format!("about{kind}")));
            }
        }
        // These two are kept as they are, and read when they are asked for.
        whole["about"] = json!({});
        for row in whole["providers"].as_array_mut().unwrap() {
            row.as_object_mut()
                .unwrap()
                .retain(|name, _| name != "site" && name != "about");
        }
        let found = refuses_typos::<Catalog>(&json!({
            "as_of": whole["as_of"],
            "providers": whole["providers"],
            "foreign_key_prefixes": whole.get("foreign_key_prefixes").unwrap_or(&json!([])),
            "hidden_status": [{ "origin": "https://a.example", "status": [404] }],
            "local_presets": whole.get("local_presets").unwrap_or(&json!([])),
        }));
        kinds.extend(found);
    }
    for kind in KINDS {
        assert!(
            kinds.iter().any(|found| *found == kind),
            "{kind} was not tried"
        );
    }
}
