//! Which hosts other people cannot reach.
//!
//! For a notice to the maker of a link, not for a decision about safety: a
//! public name may well resolve to a private address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Endings of names that only a local network answers.
const LOCAL_ENDINGS: [&str; 7] = [
    ".localhost",
    ".local",
    ".lan",
    ".home",
    ".home.arpa",
    ".internal",
    ".ts.net",
];

/// The host of `base_url`, where it is loopback, private, link-local or a name
/// of a local network. A missing scheme is no hindrance. `None` for a public
/// host and for a text without any host.
pub fn private_host(base_url: &str) -> Option<String> {
    let host = host_of(base_url)?.to_ascii_lowercase();
    let bare = host.trim_end_matches('.');
    let private = match address(bare) {
        Some(IpAddr::V4(v4)) => is_private_v4(v4),
        Some(IpAddr::V6(v6)) => is_private_v6(v6),
        None => !bare.contains('.') || LOCAL_ENDINGS.iter().any(|end| bare.ends_with(end)),
    };
    private.then_some(host)
}

/// The host part, brackets of IPv6 included.
fn host_of(url: &str) -> Option<&str> {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let place = authority.rsplit('@').next()?;
    let host = if place.starts_with('[') {
        place.get(..=place.find(']')?)?
    } else {
        place.split(':').next()?
    };
    (!host.is_empty()).then_some(host)
}

fn address(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[') {
        Some(inner) => inner.strip_suffix(']')?.parse().ok().map(IpAddr::V6),
        None => host.parse().ok().map(IpAddr::V4),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    // 100.64/10 is carrier and overlay-network space (RFC 6598).
    let [a, b, ..] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_unspecified()
        || (a == 100 && (64..128).contains(&b))
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.to_ipv4_mapped().is_some_and(is_private_v4)
}

#[cfg(test)]
mod tests {
    use super::private_host;

    #[test]
    fn loopback_and_private_hosts_are_named() {
        for (url, host) in [
            ("http://127.0.0.1:4010/v1", "127.0.0.1"),
            ("http://LOCALHOST:11434", "localhost"),
            ("localhost:11434/v1", "localhost"),
            ("http://me.localhost/x", "me.localhost"),
            ("http://[::1]:8080/v1", "[::1]"),
            ("http://[fd00::2]/", "[fd00::2]"),
            ("http://[fe80::1]/", "[fe80::1]"),
            ("http://[::ffff:10.0.0.1]/", "[::ffff:10.0.0.1]"),
            ("http://10.1.2.3", "10.1.2.3"),
            ("http://172.31.0.1?x", "172.31.0.1"),
            ("http://192.168.1.20/v1", "192.168.1.20"),
            ("http://169.254.0.1", "169.254.0.1"),
            ("http://100.100.1.1", "100.100.1.1"),
            ("http://0.0.0.0:8000", "0.0.0.0"),
            ("http://gpu-box:8000/v1", "gpu-box"),
            ("http://studio.local:1234", "studio.local"),
            ("https://user:pw@nas.home.arpa./", "nas.home.arpa."),
        ] {
            assert_eq!(private_host(url).as_deref(), Some(host), "{url}");
        }
    }

    #[test]
    fn public_hosts_and_texts_without_host_are_not() {
        for url in [
            "https://api.openai.com/v1",
            "http://8.8.8.8",
            "http://172.32.0.1",
            "http://100.128.0.1",
            "https://[2606:4700::1111]/",
            "https://localhost.example.com",
            "https://10.0.0.1.example.com/",
            "https://localhost@api.example.com/",
            "api.example.com/v1",
            "",
            "https://",
            "http://[::1",
        ] {
            assert_eq!(private_host(url), None, "{url}");
        }
    }
}
