//! Requests that are signed instead of carrying the key. All of it lies in the
//! later part.

use super::later::{Bound, Wait};
use crate::{
    browser::{
        clock,
        fetch::{self, AbortGuard, FetchError, Reply},
    },
    core::{
        domain::ApiKey,
        wire::{
            http::HttpRequest,
            request::SentReport,
            sigv4::{self, clock_offset},
        },
    },
    words::signatures,
};

/// How much of a refusal is read.
const REFUSAL_LIMIT: usize = 256 * 1024;

/// Sends a request to a provider that takes signatures. Where it is refused
/// because this device's clock is wrong, it is sent once more by the provider's
/// time, after `on_again` was told by how many seconds that is ahead.
pub fn send<'a>(
    request: &'a HttpRequest,
    bound: Bound<'a>,
    guard: &'a AbortGuard,
    on_again: &'a dyn Fn(i64),
) -> Wait<'a, Result<Reply, FetchError>> {
    Box::pin(async move {
        let at = clock::signing();
        let sign = (sigv4::sign_request as fetch::Signer, at);
        let mut reply = fetch::send_signed(request, bound, sign, guard).await?;
        if (200..300).contains(&reply.head.status) {
            return Ok(reply);
        }
        let body = reply.rest(REFUSAL_LIMIT).await;
        let Some(offset) = clock_offset(&reply.head, &body, at) else {
            reply.put_back(&body);
            return Ok(reply);
        };
        clock::correct(offset);
        on_again(offset);
        let sign = (sigv4::sign_request as fetch::Signer, clock::signing());
        fetch::send_signed(request, bound, sign, guard).await
    })
}

/// What is sent with this key, as it is shown; else what is wrong with the key.
pub fn report(
    sent: SentReport,
    request: &HttpRequest,
    key: &ApiKey,
) -> Result<SentReport, &'static str> {
    sigv4::report(sent, request, key).map_err(signatures::fault)
}
