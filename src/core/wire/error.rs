//! STAND-IN: replaced at the merge by the error classifier's own module.
#![allow(missing_docs)]

use super::Dialect;
use crate::core::domain::{Failure, FailureKind};
use serde_json::Value;

pub fn classify(
    _dialect: Dialect,
    status: u16,
    _headers: &[(String, String)],
    body: &[u8],
) -> Failure {
    let mut failure = match serde_json::from_slice::<Value>(body) {
        Ok(value) => failure_from_json(&value),
        Err(_) => Failure::new(FailureKind::Server)
            .with_detail(String::from_utf8_lossy(body).into_owned()),
    };
    failure.status = Some(status);
    failure
}

pub fn failure_from_json(value: &Value) -> Failure {
    let inner = value.get("error").filter(|error| !error.is_null());
    let words = [inner, Some(value)].into_iter().flatten().find_map(|at| {
        let text = at.as_str();
        text.or_else(|| at.get("message").or_else(|| at.get("detail"))?.as_str())
    });
    let code = [inner, Some(value)]
        .into_iter()
        .flatten()
        .find_map(|at| at.get("code")?.as_str());
    let mut failure = Failure::new(FailureKind::Server);
    failure.detail = words.map(str::to_owned);
    failure.code = code.map(str::to_owned);
    failure
}
