//! Fetching a document that is hosted elsewhere. Nothing of the person's or the
//! page's goes along: no cookies, no key, no referrer.

use super::fetch::{AbortGuard, FetchError, Reply};
use gloo_net::http::Request;
use web_sys::{
    ReferrerPolicy, RequestCache, RequestCredentials, RequestMode, RequestRedirect, ResponseType,
};

/// What came of asking for a document.
pub enum Asked {
    /// A reply; its status may be any.
    Replied(Reply),
    /// The address leads on to another one, which nobody was asked about.
    Redirects,
}

/// Asks for the document at a URL.
pub async fn ask(url: &str, guard: &AbortGuard) -> Result<Asked, FetchError> {
    let request = Request::get(url)
        .mode(RequestMode::Cors)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .redirect(RequestRedirect::Manual)
        .cache(RequestCache::NoCache)
        .abort_signal(Some(&guard.signal()))
        .build()
        .map_err(|_| FetchError::Unsendable)?;
    match request.send().await {
        Ok(response) if response.type_() == ResponseType::Opaqueredirect => Ok(Asked::Redirects),
        Ok(response) => Ok(Asked::Replied(Reply::read(&response))),
        Err(_) if guard.signal().aborted() => Err(FetchError::Aborted),
        Err(_) => Err(FetchError::Network),
    }
}
