//! A request in the one form that both sides compute.

use super::Unsigned;
use crate::core::{recipe::percent, wire::endpoint::percent_encode};
use sha2::{Digest as _, Sha256};

/// A request in its canonical form.
pub(super) struct Canonical {
    /// What is digested.
    pub(super) text: String,
    /// The names of the signed headers, with `;` between them.
    pub(super) signed_headers: String,
}

impl Canonical {
    /// Of a request with these headers added, and its host.
    pub(super) fn of(request: Unsigned<'_>, added: &[(String, String)]) -> Option<Self> {
        let (host, path, query) = split(request.url)?;
        let mut headers: Vec<(String, String)> = request
            .headers
            .iter()
            .chain(added)
            .map(|(name, value)| (name.to_ascii_lowercase(), squeezed(value)))
            .collect();
        headers.push(("host".to_owned(), host.to_owned()));
        // Stable: values of one name stay in their order.
        headers.sort_by(|one, other| one.0.cmp(&other.0));
        headers.dedup_by(|later, first| {
            let same = later.0 == first.0;
            if same {
                first.1.push(',');
                first.1.push_str(&later.1);
            }
            same
        });
        let lines: String = headers
            .iter()
            .flat_map(|(name, value)| [name, ":", value, "\n"])
            .collect();
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let signed_headers = names.join(";");
        let digest = hex(&Sha256::digest(request.body));
        let text = format!(
            "{}\n{}\n{}\n{lines}\n{signed_headers}\n{digest}",
            request.method,
            canonical_path(path),
            canonical_query(query)
        );
        Some(Self {
            text,
            signed_headers,
        })
    }
}

/// Host with port, path and query of an absolute URL.
pub(super) fn split(url: &str) -> Option<(&str, &str, &str)> {
    let (_, rest) = url.split_once("://")?;
    let (rest, _) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let slash = rest.find('/').unwrap_or(rest.len());
    let (host, path) = rest.split_at(slash);
    (!host.is_empty()).then_some((host, path, query))
}

/// Without dots and double slashes, and with every segment encoded once more
/// than it is.
fn canonical_path(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            segment => kept.push(segment),
        }
    }
    let mut out = String::new();
    for segment in &kept {
        out.push('/');
        out.push_str(&percent_encode(segment));
    }
    let ends_open = ["/", "/.", "/.."].iter().any(|end| path.ends_with(end));
    if kept.is_empty() || ends_open {
        out.push('/');
    }
    out
}

/// Sorted, with everything encoded once however it came.
fn canonical_query(query: &str) -> String {
    let encoded = |text: &str| {
        let plain = percent::decode(text).unwrap_or_else(|_| text.to_owned());
        percent_encode(&plain)
    };
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (encoded(name), encoded(value)))
        .collect();
    pairs.sort();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// Without white space at the ends, and with single blanks within.
fn squeezed(value: &str) -> String {
    let words: Vec<&str> = value.split_ascii_whitespace().collect();
    words.join(" ")
}

/// In small hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16);
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .flatten()
        .collect()
}
