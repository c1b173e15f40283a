//! Which model stands behind a deployment that the person named: asked for in
//! the picker, kept in this browser, bound to the origin. Its prices, rules and
//! limits are those of the model.

use super::remembered;
use crate::core::{domain::ModelId, wire::endpoint::Endpoint};
use std::cell::RefCell;

const DEPLOYMENTS: &str = "touchstone.deployments";

/// Origin, deployment, model.
type Rows = Vec<(String, String, String)>;

thread_local! {
    /// Costs ask for it many times a second.
    static ROWS: RefCell<Option<Rows>> = const { RefCell::new(None) };
}

fn with<T>(use_rows: impl FnOnce(&mut Rows) -> T) -> T {
    ROWS.with_borrow_mut(|rows| {
        use_rows(rows.get_or_insert_with(|| remembered::read(DEPLOYMENTS).unwrap_or_default()))
    })
}

/// The model that the person named for a deployment; the same over a relay.
pub fn base_model(endpoint: &Endpoint, deployment: &ModelId) -> Option<ModelId> {
    let origin = endpoint.real_origin().as_str();
    let is_meant =
        |row: &&(String, String, String)| row.0 == origin && row.1 == deployment.as_str().trim();
    with(|rows| {
        let found = rows.iter().find(is_meant);
        found.map(|row| ModelId::new(row.2.as_str()))
    })
}

/// Notes it, or forgets it where the model is blank; whether the browser kept
/// that.
pub fn note(endpoint: &Endpoint, deployment: &ModelId, model: &str) -> bool {
    let origin = endpoint.real_origin().as_str();
    let (deployment, model) = (deployment.as_str().trim(), model.trim());
    with(|rows| {
        if let Some(stored) = remembered::read_anew(DEPLOYMENTS) {
            *rows = stored;
        }
        rows.retain(|row| row.0 != origin || row.1 != deployment);
        if !model.is_empty() && !deployment.is_empty() {
            rows.push((origin.to_owned(), deployment.to_owned(), model.to_owned()));
        }
        remembered::keep(DEPLOYMENTS, rows)
    })
}
