//! Error replies, and error objects inside streams, as classified failures.
//!
//! Every provider has its own envelope, and gateways wrap each other's, so the
//! dialect only helps where words are ambiguous. The steps:
//!
//! 1. `shape`: find message, codes, parameter and wait in the body;
//! 2. `kind`: decide by code, then by the provider's words where a status is
//!    known to lie, then by status;
//! 3. `words`: the provider's own text, keys struck out, capped; `filter` adds
//!    what a filter objected to.
//!
//! What has a remedy of its own is told by `remedy`, once the failure is shown.

mod filter;
mod kind;
mod param;
mod remedy;
mod shape;
mod wait;
mod words;

pub(crate) use filter::filter_words;
pub use remedy::{Remedy, with_prefix};

use super::Dialect;
use crate::core::domain::{Failure, FailureKind, Millis, ProtocolFault};
use crate::core::json;
use kind::Facts;
use serde_json::Value;
use shape::Shape;

/// Classifies a reply that is not a stream.
///
/// `headers` are those that the page may read, names in any case. A status of
/// 0 means none; one below 400 leaves the decision to the body. 408 and 504
/// are `Server`: the provider gave up, while `Timeout` is our own idle limit.
/// A `retry-after` that is a date gives no wait, as there is no clock here.
pub fn classify(
    dialect: Dialect,
    status: u16,
    headers: &[(String, String)],
    body: &[u8],
) -> Failure {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let name = error_type(headers);
    let mut failure = if let Some(value) = json(text) {
        let shape = Shape::read(&value).named(name);
        if shape.is_empty() {
            unrecognised(status, text)
        } else {
            from_shape(&shape, Some(dialect), status)
        }
    } else if text.is_empty() && name.is_none() {
        Failure::new(kind::by_status(status).unwrap_or(FailureKind::Protocol(ProtocolFault::Empty)))
    } else if text.starts_with('<') {
        markup(status, text)
    } else {
        let shape = Shape::from_text(text).named(name);
        from_shape(&shape, Some(dialect), status)
    };
    if dialect == Dialect::Cohere && status == 498 {
        // A token on its list of forbidden ones; at Groq it means no capacity.
        failure.kind = FailureKind::ContentFilter;
    }
    failure.status = (status != 0).then_some(status);
    if failure.kind != FailureKind::Billing {
        failure.retry_after = wait::from_headers(headers).or(failure.retry_after);
    }
    failure
}

/// Classifies an error object found in a stream or a body: the whole frame, or
/// only its error member, which may be a string. The status stays unknown.
pub fn failure_from_json(value: &Value) -> Failure {
    let dialect = is_anthropic(value).then_some(Dialect::Anthropic);
    from_shape(&Shape::read(value), dialect, 0)
}

/// OpenAI's Responses events look alike, but their errors have a code.
fn is_anthropic(frame: &Value) -> bool {
    let error = frame.get("error");
    frame.get("type").is_some_and(|kind| kind == "error")
        && error.is_some_and(|error| error.get("type").is_some() && error.get("code").is_none())
}

fn from_shape(shape: &Shape, dialect: Option<Dialect>, status: u16) -> Failure {
    let message = shape.message.as_deref().unwrap_or_default();
    let facts = Facts::new(status, shape, message);
    let kind = facts.kind();
    let param = shape.param.clone().or_else(|| match kind {
        FailureKind::BadRequest => param::from_words(message, dialect),
        _ => None,
    });
    let retry_after = match kind {
        // Waiting brings no credit.
        FailureKind::Billing => None,
        _ => shape.wait.or_else(|| wait::from_words(message)),
    };
    Failure {
        status: None,
        detail: detail(message, shape.filtered.as_deref()),
        code: shape.code(status),
        param,
        retry_after,
        kind,
    }
}

/// The provider's words, with what its filter objected to.
fn detail(message: &str, filtered: Option<&str>) -> Option<String> {
    let quoted = words::quote(message);
    match (quoted, filtered.and_then(words::quote)) {
        (Some(quoted), Some(filtered)) => Some(format!("{quoted} ({filtered})")),
        (quoted, filtered) => quoted.or(filtered),
    }
}

/// A body in a shape that we do not know; it is shown as it is.
fn unrecognised(status: u16, text: &str) -> Failure {
    let fault = FailureKind::Protocol(ProtocolFault::Unrecognised);
    let mut failure = Failure::new(kind::by_status(status).unwrap_or(fault));
    failure.detail = words::quote(text);
    failure
}

/// A page: the words of its title or text. A status that says something
/// particular stands; otherwise the base URL is probably wrong.
fn markup(status: u16, text: &str) -> Failure {
    let fault = FailureKind::Protocol(ProtocolFault::Html);
    let kind = kind::by_status(status)
        .filter(|kind| *kind != FailureKind::BadRequest)
        .unwrap_or(fault);
    let mut failure = Failure::new(kind);
    failure.detail = words::quote(&words::page_text(text));
    failure
}

/// The kind that AWS names in a header, with a URL after it.
fn error_type(headers: &[(String, String)]) -> Option<&str> {
    let (_, value) = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("x-amzn-errortype"))?;
    value.split(':').next()
}

/// The body as JSON: as it is, or inside the first event of an SSE body.
fn json(text: &str) -> Option<Value> {
    let data = text
        .lines()
        .take(8)
        .find_map(|line| line.strip_prefix("data:"));
    let value: Value = json::parse(text)
        .or_else(|_| json::parse(data.unwrap_or_default().trim()))
        .ok()?;
    (!value.is_null()).then_some(value)
}

/// Milliseconds, if they make sense as a wait.
fn millis(number: f64) -> Option<Millis> {
    (number.is_finite() && number >= 0.0).then_some(Millis(number))
}
