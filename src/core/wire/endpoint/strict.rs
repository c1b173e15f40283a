//! A parser for http and https URLs that is stricter than a browser's.
//!
//! Keys are bound to origins, so an origin computed here must be the one the
//! browser will talk to (<https://url.spec.whatwg.org/#url-parsing>). Whatever
//! a browser would rewrite (short IPv4 forms, percent-encoded hosts, dot
//! segments, backslashes, …) is refused instead of imitated.

use super::EndpointError;
use crate::core::domain::Origin;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A URL taken apart, as a browser would print it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StrictUrl {
    pub(super) https: bool,
    pub(super) host: Host,
    /// `None` where it is the scheme's own.
    pub(super) port: Option<u16>,
    /// Empty, or with a leading slash.
    pub(super) path: String,
    /// What stands behind the `?`; `None` without one.
    pub(super) query: Option<String>,
    pub(super) fragment: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Host {
    /// Lower case.
    Name(String),
    V4(Ipv4Addr),
    V6(Ipv6Addr),
}

impl StrictUrl {
    /// Parses what stands behind `http://` or `https://`.
    pub(super) fn parse(https: bool, rest: &str) -> Result<Self, EndpointError> {
        if let Some(found) = rest.chars().find(|found| !is_allowed(*found)) {
            return Err(EndpointError::Character { found });
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let (tail, fragment) = cut(tail, '#');
        let (path, query) = tail
            .split_once('?')
            .map_or((tail, None), |(path, query)| (path, Some(query.to_owned())));
        let (host, port) = parse_authority(authority)?;
        if path.split('/').any(is_dot_segment) {
            return Err(EndpointError::DotSegment);
        }
        Ok(Self {
            https,
            host,
            port: port.filter(|port| *port != if https { 443 } else { 80 }),
            path: path.to_owned(),
            query,
            fragment,
        })
    }

    /// What `URL.host` says: the port only where it is not the scheme's own.
    pub(super) fn host_text(&self) -> String {
        let host = match &self.host {
            Host::Name(name) => name.clone(),
            Host::V4(address) => address.to_string(),
            Host::V6(address) => format!("[{}]", compress(*address)),
        };
        match self.port {
            Some(port) => format!("{host}:{port}"),
            None => host,
        }
    }

    /// What `URL.origin` says.
    pub(super) fn origin(&self) -> Origin {
        let scheme = if self.https { "https" } else { "http" };
        Origin::new(format!("{scheme}://{}", self.host_text()))
    }

    pub(super) fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Name(name) => name == "localhost" || name.ends_with(".localhost"),
            Host::V4(address) => address.is_loopback(),
            Host::V6(address) => address.is_loopback(),
        }
    }

    pub(super) fn is_private(&self) -> bool {
        self.is_loopback()
            || match &self.host {
                Host::Name(name) => {
                    let homely = [".local", ".lan", ".internal", ".home.arpa"];
                    !name.contains('.') || homely.iter().any(|end| name.ends_with(end))
                }
                Host::V4(address) => is_private_v4(*address),
                Host::V6(address) => {
                    address.is_unique_local()
                        || address.is_unicast_link_local()
                        || address.is_unspecified()
                        || address
                            .to_ipv4_mapped()
                            .is_some_and(|v4| v4.is_loopback() || is_private_v4(v4))
                }
            }
    }
}

/// The characters that browsers leave alone wherever they stand in a path or
/// query, and `[`, `]`, `@` and `%`, whose place is checked later.
fn is_allowed(found: char) -> bool {
    found.is_ascii_alphanumeric() || "-._~:/?#[]@!$&()*+,;=%".contains(found)
}

fn cut(text: &str, at: char) -> (&str, bool) {
    text.split_once(at)
        .map_or((text, false), |(before, _)| (before, true))
}

fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

fn parse_authority(authority: &str) -> Result<(Host, Option<u16>), EndpointError> {
    if authority.contains('@') {
        return Err(EndpointError::UserInfo);
    }
    if let Some(rest) = authority.strip_prefix('[') {
        let (inside, after) = rest.split_once(']').ok_or(EndpointError::Host)?;
        let address = inside.parse().map_err(|_| EndpointError::Host)?;
        return Ok((Host::V6(address), parse_port(after)?));
    }
    let (name, port) = match authority.find(':') {
        Some(at) => authority.split_at(at),
        None => (authority, ""),
    };
    Ok((parse_host(name)?, parse_port(port)?))
}

fn parse_port(text: &str) -> Result<Option<u16>, EndpointError> {
    let Some(digits) = text.strip_prefix(':') else {
        return if text.is_empty() {
            Ok(None)
        } else {
            Err(EndpointError::Host)
        };
    };
    if digits.is_empty() {
        return Ok(None);
    }
    let port = digits
        .bytes()
        .all(|digit| digit.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten();
    // Port 0 parses, but no browser connects to it.
    match port {
        None | Some(0) => Err(EndpointError::Port),
        Some(port) => Ok(Some(port)),
    }
}

fn parse_host(text: &str) -> Result<Host, EndpointError> {
    if text.is_empty() {
        return Err(EndpointError::HostMissing);
    }
    let name = text.to_ascii_lowercase();
    let fine = |letter: u8| letter.is_ascii_alphanumeric() || letter == b'-' || letter == b'_';
    let mut labels = name.split('.');
    if name.len() > 253 || !labels.all(|label| !label.is_empty() && label.bytes().all(fine)) {
        return Err(EndpointError::Host);
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    // An `xn--` label that is no Punycode passes here; a browser then makes no
    // URL of it at all, so nothing is sent.
    if !reads_as_number(last) {
        return Ok(Host::Name(name));
    }
    // A browser takes every host that ends in a number for an IPv4 address, in
    // many spellings; only the usual one is taken here.
    let address: Ipv4Addr = name.parse().map_err(|_| EndpointError::Host)?;
    Ok(Host::V4(address))
}

fn reads_as_number(label: &str) -> bool {
    let hex = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    label.bytes().all(|digit| digit.is_ascii_digit()) || label.strip_prefix("0x").is_some_and(hex)
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [a, b, ..] = address.octets();
    // 100.64/10 is what carriers and overlay networks use.
    address.is_private() || address.is_link_local() || a == 0 || (a == 100 && b & 0xc0 == 64)
}

/// The WHATWG form, which unlike `Display` never ends in an IPv4 address: the
/// first of the longest runs of two or more zero pieces becomes `::`.
fn compress(address: Ipv6Addr) -> String {
    let pieces = address.segments();
    let (mut best_at, mut best_len) = (0, 1);
    let mut at = 0;
    for run in pieces.chunk_by(|left, right| (*left == 0) == (*right == 0)) {
        if run.first() == Some(&0) && run.len() > best_len {
            (best_at, best_len) = (at, run.len());
        }
        at += run.len();
    }
    let hex = |part: &[u16]| {
        let words: Vec<_> = part.iter().map(|piece| format!("{piece:x}")).collect();
        words.join(":")
    };
    if best_len < 2 {
        return hex(&pieces);
    }
    let head = pieces.get(..best_at).unwrap_or_default();
    let tail = pieces.get(best_at + best_len..).unwrap_or_default();
    format!("{}::{}", hex(head), hex(tail))
}
