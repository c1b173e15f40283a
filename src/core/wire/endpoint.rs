//! Where a pane's requests go: a base URL, cleaned up, with its origin.
//!
//! A base URL is what a person pastes or a link asks for. It is brought into
//! the one form that the provider's paths are joined to, and what was changed
//! is told. The origin decides which key may be sent, see [`strict`].

mod relay;
mod strict;
mod urls;

use super::{Dialect, key_header::KeyHeader};
use crate::core::{
    catalog::{ApiRow, PathAt, Provider, Transport, VersionPlace},
    domain::{Api, ModelId, Origin, ProviderId},
};
pub use relay::{Relay, relay_is_in_clear, relay_origin, relay_port};
use strict::StrictUrl;
pub(super) use urls::percent_encode;

/// Where requests of a pane go. Made by [`resolve`] only, so that the origin
/// is always the base URL's.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// Whose row it was made from.
    pub provider: ProviderId,
    /// What carries its requests.
    pub transport: Transport,
    /// Which API is spoken.
    pub api: Api,
    /// In which wire format.
    pub dialect: Dialect,
    /// The base in its clean form, without a trailing slash; with those query
    /// parameters behind it that the row keeps.
    pub base_url: String,
    /// What `URL.origin` says; see [`Provider::in_page_origin`] for the others.
    pub origin: Origin,
    /// What `URL.host` says: the port only where it is not the scheme's own;
    /// [`IN_PAGE`] where nothing leaves the page.
    pub host: String,
    /// What was changed about the base that was given.
    pub notes: Vec<BaseNote>,
    /// What is joined to the base; `{model}` stands for the model's id.
    pub path: String,
    /// The model that an endpoint named which was pasted as a base, such as a
    /// deployment of Azure.
    pub pasted_model: Option<ModelId>,
    /// Paths that count before `path`, where they are for the model.
    other_paths: Vec<PathAt>,
    /// The relay that requests go through, see [`Endpoint::through`].
    pub relay: Option<Relay>,
    /// The header that takes the key, where it is not the row's.
    pub key_header: Option<KeyHeader>,
    /// Headers whose values the base has in its query.
    pub headers: Vec<(String, String)>,
    loopback: bool,
    private: bool,
}

/// The host of what is answered in the page.
pub const IN_PAGE: &str = "in-page";

/// What was changed about a base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BaseNote {
    /// There was no scheme.
    SchemeAdded {
        /// `http` or `https`.
        scheme: &'static str,
    },
    /// Slashes at the end were taken off.
    SlashRemoved,
    /// The path of an endpoint was taken off.
    EndpointRemoved {
        /// What was taken off.
        path: String,
        /// The API it belongs to, which may not be the one in use.
        api: Option<Api>,
    },
    /// The provider's version segment was added to a bare host.
    VersionAdded {
        /// E.g. `/v1`.
        segment: String,
    },
    /// The version segment was taken off, as the path brings its own.
    VersionRemoved {
        /// E.g. `/v1`.
        segment: String,
    },
    /// A query was dropped. It is not repeated, as it may hold a key.
    QueryRemoved,
    /// A fragment was dropped.
    FragmentRemoved,
}

/// Why a base URL cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// The provider has no such API.
    #[error("the provider has no such API")]
    ApiNotOffered {
        /// Which.
        api: Api,
    },
    /// A base URL for what is answered in this page.
    #[error("what runs in this page takes no base URL")]
    InPage,
    /// The provider has no base URL of its own, and none was given.
    #[error("a base URL is needed")]
    BaseMissing,
    /// Neither http nor https.
    #[error("only http and https can be called")]
    Scheme {
        /// What was found.
        found: String,
    },
    /// A name or password before an `@`.
    #[error("a URL with a name or password in it")]
    UserInfo,
    /// A character that URLs do not hold, or that browsers rewrite.
    #[error("a character that does not belong in a URL")]
    Character {
        /// Which.
        found: char,
    },
    /// No host at all.
    #[error("the host is missing")]
    HostMissing,
    /// A host that is no host, or that browsers rewrite.
    #[error("not a host")]
    Host,
    /// Not a port.
    #[error("not a port")]
    Port,
    /// `.` or `..` as a part of the path.
    #[error("a path with dots for a part")]
    DotSegment,
    /// The relay's address is no base URL.
    #[error("the relay cannot be used: {0}")]
    Relay(Box<EndpointError>),
    /// A relay passes on to https only.
    #[error("a relay passes on to https only")]
    NotRelayed,
}

/// The origin of an absolute URL, as a browser would compute it, or `None`
/// where it is not plain enough to be sure.
pub fn origin_of(url: &str) -> Option<Origin> {
    let (https, rest) = split_scheme(url).ok()??;
    StrictUrl::parse(https, rest).ok().map(|url| url.origin())
}

/// Works out where requests go. `api` and `base_url` default to the row's.
pub fn resolve(
    provider: &Provider,
    api: Option<Api>,
    base_url: Option<&str>,
) -> Result<Endpoint, EndpointError> {
    let row = match (provider.api(api), api) {
        (Some(row), _) => row,
        (None, Some(api)) => return Err(EndpointError::ApiNotOffered { api }),
        (None, None) => return Err(EndpointError::BaseMissing),
    };
    let given = base_url.map(str::trim).filter(|base| !base.is_empty());
    if let Some(origin) = provider.in_page_origin() {
        return match given {
            Some(_) => Err(EndpointError::InPage),
            None => Ok(in_page(provider, row, origin)),
        };
    }
    let given = given
        .or(provider.default_base.as_deref())
        .ok_or(EndpointError::BaseMissing)?;
    let mut notes = Vec::new();
    let url = parse_given(given, &mut notes)?;
    let query = kept_query(provider, &url, &mut notes);
    if url.fragment {
        notes.push(BaseNote::FragmentRemoved);
    }
    let (path, pasted_model) = tidy_path(provider, &url, &mut notes);
    let origin = url.origin();
    Ok(Endpoint {
        provider: provider.id.clone(),
        transport: provider.transport,
        api: row.api,
        dialect: row.dialect,
        base_url: format!("{origin}{path}{query}"),
        host: url.host_text(),
        notes,
        path: row.path.clone(),
        pasted_model,
        other_paths: row.paths_at(&path),
        relay: None,
        key_header: None,
        headers: query_headers(provider, &query),
        loopback: url.is_loopback(),
        private: url.is_private(),
        origin,
    })
}

fn in_page(provider: &Provider, row: &ApiRow, origin: Origin) -> Endpoint {
    Endpoint {
        provider: provider.id.clone(),
        transport: provider.transport,
        api: row.api,
        dialect: row.dialect,
        base_url: origin.as_str().to_owned(),
        host: IN_PAGE.to_owned(),
        notes: Vec::new(),
        path: row.path.clone(),
        pasted_model: None,
        other_paths: Vec::new(),
        relay: None,
        key_header: None,
        headers: Vec::new(),
        loopback: false,
        private: false,
        origin,
    }
}

/// Whether it is https, and what stands behind `://`; `None` without a scheme.
fn split_scheme(text: &str) -> Result<Option<(bool, &str)>, EndpointError> {
    let end = text
        .find([':', '/', '?', '#', '@', '['])
        .unwrap_or(text.len());
    let (head, tail) = text.split_at(end);
    let Some(after) = tail.strip_prefix(':') else {
        return Ok(None);
    };
    let scheme = head.to_ascii_lowercase();
    let known = scheme == "http" || scheme == "https";
    match after.strip_prefix("//") {
        // More slashes would be skipped by a browser.
        Some(rest) if known && rest.starts_with('/') => Err(EndpointError::HostMissing),
        Some(rest) if known => Ok(Some((scheme == "https", rest))),
        // `localhost:11434` begins like a scheme too.
        None if !known && is_port_like(after) => Ok(None),
        _ => Err(EndpointError::Scheme { found: scheme }),
    }
}

fn is_port_like(after: &str) -> bool {
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    let port = after.get(..end).unwrap_or_default();
    port.bytes().all(|digit| digit.is_ascii_digit())
}

fn parse_given(given: &str, notes: &mut Vec<BaseNote>) -> Result<StrictUrl, EndpointError> {
    let url = if let Some((https, rest)) = split_scheme(given)? {
        StrictUrl::parse(https, rest)?
    } else {
        // What is not on the open internet rarely has a certificate.
        let https = !StrictUrl::parse(true, given)?.is_private();
        notes.push(BaseNote::SchemeAdded {
            scheme: if https { "https" } else { "http" },
        });
        StrictUrl::parse(https, given)?
    };
    Ok(url)
}

/// The parameters of the query that the row keeps, with a `?` before them.
fn kept_query(provider: &Provider, url: &StrictUrl, notes: &mut Vec<BaseNote>) -> String {
    let Some(query) = &url.query else {
        return String::new();
    };
    let is_kept = |pair: &&str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        let known = provider.keep_query.iter().any(|kept| kept == name);
        known && !value.is_empty() && value.bytes().all(plain)
    };
    let kept: Vec<_> = query.split('&').filter(is_kept).collect();
    if kept.join("&") != *query {
        notes.push(BaseNote::QueryRemoved);
    }
    if kept.is_empty() {
        return String::new();
    }
    format!("?{}", kept.join("&"))
}

/// The parameters that are sent as headers.
fn query_headers(provider: &Provider, query: &str) -> Vec<(String, String)> {
    let pairs = query.trim_start_matches('?').split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| provider.query_headers.iter().any(|known| known == name))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The path without an endpoint, and the model that this endpoint was of.
fn tidy_path(
    provider: &Provider,
    url: &StrictUrl,
    notes: &mut Vec<BaseNote>,
) -> (String, Option<ModelId>) {
    let mut path = url.path.trim_end_matches('/');
    // A lone slash after the host is how browsers print a bare host.
    if path.len() < url.path.len() && url.path != "/" {
        notes.push(BaseNote::SlashRemoved);
    }
    let pasted = strip_endpoint(provider, path);
    let mut model = None;
    if let Some(found) = &pasted {
        let gone = path.get(found.base.len()..).unwrap_or_default().to_owned();
        let api = found.api;
        notes.push(BaseNote::EndpointRemoved { path: gone, api });
        path = found.base;
        model = found.model.map(|id| ModelId::new(percent_decode(id)));
    }
    let Some(version) = &provider.version else {
        return (path.to_owned(), model);
    };
    let segment = version.segment.clone();
    let path = match version.belongs_to {
        // A pasted endpoint shows by itself that it has no version.
        VersionPlace::Base if path.is_empty() && pasted.is_none() => {
            let path = segment.clone();
            notes.push(BaseNote::VersionAdded { segment });
            path
        }
        VersionPlace::Path if path.ends_with(&segment) => {
            let path = path.strip_suffix(&segment).unwrap_or(path).to_owned();
            notes.push(BaseNote::VersionRemoved { segment });
            path
        }
        _ => path.to_owned(),
    };
    (path, model)
}

/// A pasted endpoint, taken apart.
struct Pasted<'a> {
    base: &'a str,
    api: Option<Api>,
    model: Option<&'a str>,
}

/// Takes the longest known endpoint off the end of a path.
fn strip_endpoint<'a>(provider: &Provider, path: &'a str) -> Option<Pasted<'a>> {
    let apis = provider
        .apis
        .iter()
        .flat_map(|row| row.paths().map(|path| (path, Some(row.api))));
    let list = provider.list.iter().map(|row| (row.path.as_str(), None));
    let more = provider
        .also_pasted
        .iter()
        .map(|path| (path.as_str(), None));
    apis.chain(list)
        .chain(more)
        .filter_map(|(template, api)| {
            let (base, model) = strip_template(path, template)?;
            Some(Pasted { base, api, model })
        })
        .min_by_key(|pasted| pasted.base.len())
}

fn strip_template<'a>(path: &'a str, template: &str) -> Option<(&'a str, Option<&'a str>)> {
    let (template, _) = template.split_once('?').unwrap_or((template, ""));
    let Some((before, after)) = template.split_once("{model}") else {
        return Some((path.strip_suffix(template)?, None));
    };
    let (base, model) = path.strip_suffix(after)?.rsplit_once(before)?;
    (!model.is_empty() && !model.contains('/')).then_some((base, Some(model)))
}

/// The text of a percent-encoded segment; one that is no text stays as it is.
fn percent_decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let code = hex.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let code = code.filter(|_| first == b'%');
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() {
            after.get(2..).unwrap_or_default()
        } else {
            after
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
#[path = "endpoint_tests.rs"]
mod tests;
