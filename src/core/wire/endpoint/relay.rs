//! A relay of the person's own, for hosts that no page may call.
//!
//! A relay answers at `{relay}/{host}{path}` with what `https://{host}{path}`
//! says; see docs/relay.md. Keys and consent are bound to where a request
//! really goes, so that the origin of a relayed endpoint is the relay's.

use super::{Endpoint, EndpointError, parse_given};
use crate::core::{catalog::Provider, domain::Origin};

/// A relay on the way to an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relay {
    /// The relay's base in its clean form, without a trailing slash.
    pub base: String,
    /// What `URL.host` says of it.
    pub host: String,
    /// The origin behind it, whose answers it passes on.
    real_origin: Origin,
}

/// A relay's base URL in its clean form, its host and its origin.
fn parse(base: &str) -> Result<(String, String, Origin, bool, bool), EndpointError> {
    let url = parse_given(base.trim(), &mut Vec::new())?;
    let origin = url.origin();
    let base = format!("{origin}{}", url.path.trim_end_matches('/'));
    let (loopback, private) = (url.is_loopback(), url.is_private());
    Ok((base, url.host_text(), origin, loopback, private))
}

/// The origin of a relay's base URL, or what is wrong with it.
pub fn relay_origin(base: &str) -> Result<Origin, EndpointError> {
    parse(base).map(|(_, _, origin, ..)| origin)
}

/// Whether a relay's base URL is another machine's and called over http.
pub fn relay_is_in_clear(base: &str) -> bool {
    parse(base).is_ok_and(|(base, _, _, loopback, _)| base.starts_with("http:") && !loopback)
}

/// The port of a relay on this machine, where it is not the one that a relay
/// takes by itself.
pub fn relay_port(base: &str) -> Option<u16> {
    let (base, host, _, loopback, _) = parse(base).ok()?;
    let port = host.rsplit_once(':')?.1.parse().ok()?;
    (loopback && base.starts_with("http:") && port != 8787).then_some(port)
}

impl Endpoint {
    /// The same by way of a relay, which has to be asked for over https.
    pub fn through(self, relay_base: &str) -> Result<Self, EndpointError> {
        let wrong = |error| EndpointError::Relay(Box::new(error));
        if !self.origin.as_str().starts_with("https://") {
            return Err(wrong(EndpointError::NotRelayed));
        }
        let (base, host, origin, loopback, private) = parse(relay_base).map_err(wrong)?;
        let real_origin = self.origin;
        Ok(Self {
            relay: Some(Relay {
                base,
                host,
                real_origin,
            }),
            origin,
            loopback,
            private,
            ..self
        })
    }

    /// Whether a relay that was set for its provider is meant for it: only the
    /// provider's own hosts go through one, so that a link cannot have a key
    /// carried elsewhere.
    pub fn takes_relay(&self, provider: &Provider) -> bool {
        let is_site = || {
            let site = provider.site();
            site.is_some_and(|site| site.read(&self.base_url).is_some())
        };
        self.origin.as_str().starts_with("https://")
            && (provider.is_default_origin(&self.origin) || is_site())
    }

    /// Where a URL of the provider's is really asked for.
    pub(in crate::core::wire) fn routed(&self, real: String) -> String {
        match (&self.relay, real.strip_prefix("https://")) {
            (Some(relay), Some(rest)) => format!("{}/{rest}", relay.base),
            _ => real,
        }
    }

    /// The URL that is called for a path below the base.
    pub fn at(&self, path: &str) -> String {
        self.routed(self.joined(path))
    }

    /// The provider's own origin, relay or not.
    pub fn real_origin(&self) -> &Origin {
        self.relay
            .as_ref()
            .map_or(&self.origin, |relay| &relay.real_origin)
    }

    /// The host that a request goes to first: the relay's, where there is one.
    pub fn first_host(&self) -> &str {
        self.relay.as_ref().map_or(&self.host, |relay| &relay.host)
    }
}

#[cfg(test)]
#[path = "relay_tests.rs"]
mod tests;
