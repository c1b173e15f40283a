//! Models that run in this page.

use super::{
    fetch::{AbortGuard, FetchError, Reply},
    in_page::Body,
};
use crate::core::wire::http::HttpRequest;

/// Runs the request on the model in the page. For now there is none: the reply
/// is an error that says so.
#[expect(clippy::unused_async, reason = "it will wait for the model to load")]
pub async fn send(_request: &HttpRequest, _guard: &AbortGuard) -> Result<Reply, FetchError> {
    let (reply, body) = Body::open(501, &[])?;
    body.push(br#"{"error":{"message":"No model can be run in this page yet."}}"#);
    body.end();
    Ok(reply)
}
