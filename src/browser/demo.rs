//! Plays what `core::demo` has written.

use super::{
    fetch::{AbortGuard, FetchError, Reply},
    in_page::Body,
};
use crate::core::wire::http::HttpRequest;

/// Answers the request with prepared text.
#[expect(clippy::unused_async, reason = "it will wait for its texts")]
pub async fn send(_request: &HttpRequest, _guard: &AbortGuard) -> Result<Reply, FetchError> {
    let (reply, body) = Body::open(501, &[])?;
    body.push(br#"{"error":{"message":"Nothing is prepared yet."}}"#);
    body.end();
    Ok(reply)
}
