//! AWS Signature Version 4: a request proves that its sender has a secret,
//! without showing it.
//!
//! Everything is signed that must be and that a browser leaves alone. Every
//! service but S3 encodes the path again that is already encoded on the wire:
//! `%3A` becomes `%253A`.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>,
//! and the suite in `tests/fixtures/sigv4`.

mod canonical;
mod skew;

pub use skew::clock_offset;

use super::{
    http::{HttpRequest, SigningScope},
    request::{KEY_PLACEHOLDER, SentReport},
};
use crate::core::{
    credentials::{AwsFault, AwsKeys},
    domain::ApiKey,
    pricing::Moment,
};
use canonical::{Canonical, hex};
use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const AUTHORIZATION: &str = "authorization";
const DATE: &str = "x-amz-date";
const TOKEN: &str = "x-amz-security-token";

/// Headers that a browser sets or changes by itself.
const NEVER_SIGNED: [&str; 12] = [
    "accept",
    "accept-encoding",
    "accept-language",
    AUTHORIZATION,
    "connection",
    "content-length",
    "date",
    "host",
    "origin",
    "referer",
    "user-agent",
    DATE,
];

/// What the message that is signed consists of.
#[derive(Debug, Clone, Copy)]
pub struct Unsigned<'a> {
    /// `GET` or `POST`.
    pub method: &'a str,
    /// Absolute URL, as the server that checks the signature sees it.
    pub url: &'a str,
    /// Headers to sign, besides those that signing adds.
    pub headers: &'a [(String, String)],
    /// The exact bytes of the body.
    pub body: &'a [u8],
}

/// The headers that sign a request: the date, the session's token where there
/// is one, and the signature. `None` where the URL is not absolute.
pub fn sign(
    request: Unsigned<'_>,
    keys: &AwsKeys,
    scope: &SigningScope,
    at: Moment,
) -> Option<Vec<(String, String)>> {
    let date = stamp(at);
    let day = date.get(..8).unwrap_or_default();
    let mut added = vec![(DATE.to_owned(), date.clone())];
    if !keys.token.is_empty() {
        added.push((TOKEN.to_owned(), keys.token.clone()));
    }
    let canonical = Canonical::of(request, &added)?;
    let SigningScope { service, region } = scope;
    let scope = format!("{day}/{region}/{service}/aws4_request");
    let digest = hex(&Sha256::digest(canonical.text));
    let to_sign = format!("{ALGORITHM}\n{date}\n{scope}\n{digest}");
    let mut key = format!("AWS4{}", keys.secret).into_bytes();
    for part in [day, region, service, "aws4_request"] {
        key = mac(&key, part)?;
    }
    let signature = hex(&mac(&key, &to_sign)?);
    let id = &keys.id;
    let names = canonical.signed_headers;
    let value = authorization(id, &scope, &names, &signature);
    added.push((AUTHORIZATION.to_owned(), value));
    Some(added)
}

/// The headers that sign this request at that time; `None` where the provider
/// does not sign or the key is not of that kind, but one to be sent as it is.
/// What is signed is the request that the provider sees, whoever passes it on.
pub fn sign_request(
    request: &HttpRequest,
    key: &ApiKey,
    at: Moment,
) -> Option<Vec<(String, String)>> {
    let keys = AwsKeys::parse(key.expose()).ok()?;
    let url = seen_url(request);
    let scope = scope_of(request)?;
    let headers = signable(&request.headers);
    let unsigned = Unsigned {
        method: request.method,
        url,
        headers: &headers,
        body: request.body.as_bytes(),
    };
    sign(unsigned, &keys, &scope, at)
}

/// The report of a request as it looks when it is signed, with placeholders for
/// whatever is or follows from a secret. Unchanged where it is not signed.
pub fn report(
    mut sent: SentReport,
    request: &HttpRequest,
    key: &ApiKey,
) -> Result<SentReport, AwsFault> {
    let Some(scope) = scope_of(request) else {
        return Ok(sent);
    };
    if !AwsKeys::is_meant(key.expose()) {
        return Ok(sent);
    }
    let keys = AwsKeys::parse(key.expose())?;
    let mut added = vec![(DATE.to_owned(), "<time of sending>".to_owned())];
    if !keys.token.is_empty() {
        added.push((TOKEN.to_owned(), "<your session token>".to_owned()));
    }
    let unsigned = Unsigned {
        method: request.method,
        url: seen_url(request),
        headers: &signable(&request.headers),
        body: &[],
    };
    let names = Canonical::of(unsigned, &added).map(|canonical| canonical.signed_headers);
    let SigningScope { service, region } = scope;
    let scope = format!("<day>/{region}/{service}/aws4_request");
    let value = authorization(
        KEY_PLACEHOLDER,
        &scope,
        &names.unwrap_or_default(),
        "<signature>",
    );
    sent.headers
        .retain(|(name, _)| *name != request.auth.header);
    sent.headers.extend(added);
    sent.headers.push((AUTHORIZATION.to_owned(), value));
    Ok(sent)
}

fn authorization(id: &str, scope: &str, names: &str, signature: &str) -> String {
    format!("{ALGORITHM} Credential={id}/{scope}, SignedHeaders={names}, Signature={signature}")
}

fn seen_url(request: &HttpRequest) -> &str {
    request.real_url.as_deref().unwrap_or(&request.url)
}

/// For whom it is signed: the region is that of the host, where the host has
/// one.
fn scope_of(request: &HttpRequest) -> Option<SigningScope> {
    let mut scope = request.auth.sigv4.clone()?;
    let (host, ..) = canonical::split(seen_url(request))?;
    if let Some(region) = region_of(host) {
        region.clone_into(&mut scope.region);
    }
    Some(scope)
}

/// The region in a host of AWS, e.g. `bedrock-runtime.eu-west-1.amazonaws.com`
/// or a private endpoint's.
fn region_of(host: &str) -> Option<&str> {
    let ours = [
        ".amazonaws.com",
        ".amazonaws.com.cn",
        ".amazonaws.eu",
        ".api.aws",
    ];
    if !ours.iter().any(|end| host.ends_with(end)) {
        return None;
    }
    // E.g. `us-gov-west-1`.
    host.split('.').find(|label| {
        let mut parts = label.rsplit('-');
        let number = parts.next().unwrap_or_default();
        let words: Vec<_> = parts.collect();
        !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && words.len() >= 2
            && words
                .iter()
                .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()))
            && words.last().is_some_and(|word| word.len() <= 4)
    })
}

fn signable(headers: &[(String, String)]) -> Vec<(String, String)> {
    let kept = |name: &str| !NEVER_SIGNED.contains(&name.to_ascii_lowercase().as_str());
    headers
        .iter()
        .filter(|(name, _)| kept(name))
        .cloned()
        .collect()
}

/// `YYYYMMDDThhmmssZ`.
fn stamp(at: Moment) -> String {
    let day = at.day();
    let (year, month, date) = day.ymd();
    let second = at.0 - Moment::start_of(day).0;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{date:02}T{hour:02}{minute:02}{second:02}Z")
}

fn mac(key: &[u8], text: &str) -> Option<Vec<u8>> {
    // A key of any length will do, so this never fails.
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(text.as_bytes());
    Some(mac.finalize().into_bytes().to_vec())
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
