//! Documents that are hosted elsewhere: `#src=https://…`.

use crate::core::{recipe::host::private_host, wire::endpoint};

/// How many bytes of a document are read.
pub const MAX_SOURCE_BYTES: usize = 16 << 20;

/// Where a document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The whole address.
    pub url: String,
    /// The host, with the port where it is not the usual one.
    pub host: String,
}

/// Why an address of a document cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceFault {
    /// It is none, or one that browsers rewrite.
    NotAnAddress,
    /// Neither https, nor http to this machine.
    Scheme,
    /// A name or a password before the host.
    Credentials,
}

/// Why a document that is hosted elsewhere was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchFault {
    /// The browser got nothing that it may hand over.
    Blocked,
    /// The reply broke off.
    BrokeOff,
    /// The address leads on to another one.
    Redirects,
    /// The server refused.
    Status(u16),
    /// Longer than [`MAX_SOURCE_BYTES`].
    TooLarge,
    /// Not a text.
    NotText,
    /// A text that is no document of ours; why, in words.
    Said(String),
}

/// Reads the value of `src`. Plain http is for this machine only: on the way
/// anyone could change what comes.
pub fn read_source(value: &str) -> Result<Source, SourceFault> {
    let value = value.trim();
    let (scheme, rest) = value.split_once("://").ok_or(SourceFault::NotAnAddress)?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "https" && scheme != "http" {
        return Err(SourceFault::Scheme);
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    if authority.contains('@') {
        return Err(SourceFault::Credentials);
    }
    let is_clean = tail
        .chars()
        .all(|c| !c.is_whitespace() && !c.is_control() && c != '\\');
    let origin = endpoint::origin_of(&format!("{scheme}://{authority}/"));
    let origin = origin
        .filter(|_| is_clean)
        .ok_or(SourceFault::NotAnAddress)?;
    let host = origin
        .as_str()
        .split("://")
        .nth(1)
        .unwrap_or_default()
        .to_owned();
    if scheme == "http" && !is_this_machine(&host) {
        return Err(SourceFault::Scheme);
    }
    let tail = tail.split('#').next().unwrap_or_default();
    let slash = if tail.starts_with('/') { "" } else { "/" };
    Ok(Source {
        url: format!("{origin}{slash}{tail}"),
        host,
    })
}

fn is_this_machine(host: &str) -> bool {
    let Some(private) = private_host(host) else {
        return false;
    };
    private == "localhost"
        || private.ends_with(".localhost")
        || private == "[::1]"
        || private.starts_with("127.")
}

#[cfg(test)]
mod tests {
    use super::{SourceFault, read_source};

    #[test]
    fn a_source_names_its_host() {
        for (value, url, host) in [
            (
                "https://docs.example/a/b.json?x=1",
                "https://docs.example/a/b.json?x=1",
                "docs.example",
            ),
            (
                "https://Docs.Example:8443?x",
                "https://docs.example:8443/?x",
                "docs.example:8443",
            ),
            (
                "http://127.0.0.1:9000/r.json#frag",
                "http://127.0.0.1:9000/r.json",
                "127.0.0.1:9000",
            ),
            (
                "http://localhost/r.json",
                "http://localhost/r.json",
                "localhost",
            ),
            ("http://[::1]:80/r.json", "http://[::1]/r.json", "[::1]"),
        ] {
            let source = read_source(value).unwrap();
            assert_eq!(
                (source.url.as_str(), source.host.as_str()),
                (url, host),
                "{value}"
            );
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for (value, fault) in [
            ("", SourceFault::NotAnAddress),
            ("result.json", SourceFault::NotAnAddress),
            ("//docs.example/a", SourceFault::NotAnAddress),
            ("javascript:alert(1)", SourceFault::NotAnAddress),
            ("javascript://x/%0aalert(1)", SourceFault::Scheme),
            ("file:///etc/passwd", SourceFault::Scheme),
            ("data://x", SourceFault::Scheme),
            ("http://docs.example/a.json", SourceFault::Scheme),
            ("http://127.0.0.1.docs.example/a.json", SourceFault::Scheme),
            ("http://10.0.0.1/a.json", SourceFault::Scheme),
            ("https://127.0.0.1@docs.example/", SourceFault::Credentials),
            (
                "https://docs.example\\.evil.example/",
                SourceFault::NotAnAddress,
            ),
            ("https://a b.example/", SourceFault::NotAnAddress),
        ] {
            assert_eq!(read_source(value), Err(fault), "{value}");
        }
    }
}
