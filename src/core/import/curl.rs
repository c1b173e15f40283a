//! A curl command as a recipe.

use super::{
    FoundKey, Imported, Kind, LeftOut, Why, body,
    route::{self, Route},
    shell::{self, Broken},
};
use crate::core::{
    domain::ApiKey,
    json,
    recipe::secret::is_secret_name,
    wire::{endpoint::EndpointError, request::KEY_PLACEHOLDER},
};
use serde_json::Value;

/// Why a command cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CurlError {
    /// A quote that is not closed: the command is cut short.
    Quote(char),
    /// It ends in the middle, with a lone backslash.
    CutShort,
    /// Quoted for the command line of Windows or for PowerShell.
    Windows,
    /// It names no address.
    NoUrl,
    /// Its address cannot be called from here.
    Url(EndpointError),
    /// The body is in a file, which a page cannot open.
    File {
        /// Its name.
        name: String,
    },
    /// The body comes from the standard input.
    Input,
    /// It sends nothing.
    NoBody,
    /// What it sends is no JSON.
    NotJson,
    /// What it sends asks no model.
    NotARequest,
}

/// Whether a text is such a command.
pub(super) fn is_command(text: &str) -> bool {
    let text = text.trim_start_matches(['$', '%', '>']).trim_start();
    let first = text.split_whitespace().next().unwrap_or_default();
    first == "curl" || first == "curl.exe"
}

/// Options of one letter that take a value.
const SHORT_WITH_VALUE: &str = "AbcCdDeEFhHKmoPQrTtuUwXxYyz";
/// Long options that take none; a command has the others' value behind it.
const LONG_ALONE: [&str; 36] = [
    "--no-buffer",
    "--silent",
    "--show-error",
    "--fail",
    "--fail-with-body",
    "--location",
    "--location-trusted",
    "--insecure",
    "--verbose",
    "--include",
    "--head",
    "--get",
    "--compressed",
    "--http1.0",
    "--http1.1",
    "--http2",
    "--http2-prior-knowledge",
    "--http3",
    "--globoff",
    "--ipv4",
    "--ipv6",
    "--progress-bar",
    "--no-progress-meter",
    "--remote-name",
    "--ssl-reqd",
    "--tlsv1.2",
    "--tlsv1.3",
    "--tcp-nodelay",
    "--no-keepalive",
    "--path-as-is",
    "--raw",
    "--anyauth",
    "--basic",
    "--digest",
    "--fail-early",
    "--no-sessionid",
];

/// What a command asks for.
#[derive(Default)]
struct Asked {
    url: Option<String>,
    headers: Vec<(String, String)>,
    data: Vec<String>,
    key: Option<String>,
    left_out: Vec<LeftOut>,
}

/// Reads a command.
pub(super) fn read(text: &str) -> Result<Imported, CurlError> {
    let text = text.trim_start_matches(['$', '%', '>']).trim_start();
    let first = text.lines().next().unwrap_or_default().trim_end();
    if first.ends_with(['^', '`']) || text.contains("curl ^\"") {
        return Err(CurlError::Windows);
    }
    let shell::Words { words, input } = shell::words(text).map_err(|broken| match broken {
        Broken::Quote(sign) => CurlError::Quote(sign),
        Broken::Backslash => CurlError::CutShort,
    })?;
    let asked = options(words, input)?;
    let url = asked.url.as_deref().ok_or(CurlError::NoUrl)?;
    if asked.data.is_empty() {
        return Err(CurlError::NoBody);
    }
    let sent: Value = json::parse(&asked.data.join("&")).map_err(|_| CurlError::NotJson)?;
    let shape = body::shape_of(&sent).ok_or(CurlError::NotARequest)?;
    let route = route::of_url(url, Some(shape)).map_err(CurlError::Url)?;
    let mut imported = body::read(shape, sent, Some(route.clone()));
    imported.kind = Kind::Curl;
    imported.left_out.extend(asked.left_out.iter().cloned());
    headers(&asked, &route, &mut imported);
    Ok(imported)
}

fn options(words: Vec<String>, mut input: Option<String>) -> Result<Asked, CurlError> {
    let mut asked = Asked::default();
    let mut words = words.into_iter().skip(1);
    while let Some(word) = words.next() {
        if let Some(name) = word.strip_prefix("--") {
            let alone = LONG_ALONE.contains(&word.as_str());
            let (name, value) = match name.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None if alone => (name.to_owned(), None),
                None => (name.to_owned(), words.next()),
            };
            asked.option(&name, value, &mut input)?;
        } else if word.len() > 1 && word.starts_with('-') {
            // Letters may stand together: `-sSd '{…}'`.
            let mut letters = word.chars().skip(1);
            while let Some(letter) = letters.next() {
                if !SHORT_WITH_VALUE.contains(letter) {
                    continue;
                }
                let rest: String = letters.by_ref().collect();
                let value = if rest.is_empty() {
                    words.next()
                } else {
                    Some(rest)
                };
                let name = match letter {
                    'd' => "data".to_owned(),
                    'H' => "header".to_owned(),
                    'u' => "user".to_owned(),
                    'X' => "request".to_owned(),
                    'b' => "cookie".to_owned(),
                    other => other.to_string(),
                };
                asked.option(&name, value, &mut input)?;
            }
        } else if asked.url.is_none() {
            asked.url = Some(word);
        } else {
            asked.left_out.push(LeftOut::new(word, Why::OnlyFirst));
        }
    }
    Ok(asked)
}

impl Asked {
    fn option(
        &mut self,
        name: &str,
        value: Option<String>,
        input: &mut Option<String>,
    ) -> Result<(), CurlError> {
        let value = value.unwrap_or_default();
        match name {
            "url" => self.url = Some(value),
            "header" => {
                if let Some((name, value)) = value.split_once(':') {
                    let name = name.trim().to_ascii_lowercase();
                    self.headers.push((name, value.trim().to_owned()));
                }
            }
            "data" | "data-ascii" | "data-binary" | "json" => {
                let text = match value.strip_prefix('@') {
                    Some("-") => input.take().ok_or(CurlError::Input)?,
                    Some(file) => {
                        return Err(CurlError::File {
                            name: file.to_owned(),
                        });
                    }
                    None => value,
                };
                self.data.push(text);
            }
            "data-raw" => self.data.push(value),
            "oauth2-bearer" => self.key = Some(value),
            "user" | "cookie" | "proxy-user" => {
                self.left_out
                    .push(LeftOut::new(format!("--{name}"), Why::Key));
            }
            // How it is sent is the page's affair: that loses nothing.
            _ if LONG_ALONE
                .iter()
                .any(|alone| alone.strip_prefix("--") == Some(name)) => {}
            "request" | "A" | "user-agent" | "m" | "max-time" | "connect-timeout" | "o"
            | "output" | "w" | "write-out" | "retry" | "e" | "referer" => {}
            other => {
                let dashes = if other.chars().count() == 1 {
                    "-"
                } else {
                    "--"
                };
                self.left_out
                    .push(LeftOut::new(format!("{dashes}{other}"), Why::Option));
            }
        }
        Ok(())
    }
}

/// Headers that say nothing that the page would not say by itself.
fn is_usual(name: &str) -> bool {
    const USUAL: [&str; 12] = [
        "content-type",
        "content-length",
        "accept",
        "accept-encoding",
        "accept-language",
        "anthropic-version",
        "anthropic-dangerous-direct-browser-access",
        "origin",
        "referer",
        "user-agent",
        "priority",
        "x-goog-api-client",
    ];
    USUAL.contains(&name) || name.starts_with("sec-") || name.starts_with("x-stainless-")
}

fn headers(asked: &Asked, route: &Route, imported: &mut Imported) {
    let mut candidates: Vec<&str> = asked.key.iter().map(String::as_str).collect();
    for (name, value) in &asked.headers {
        if is_secret_name(name) && name != "cookie" {
            candidates.push(strip_scheme(value));
        } else if !is_usual(name) {
            let why = if name == "cookie" {
                Why::Key
            } else {
                Why::Header
            };
            imported.left_out.push(LeftOut::new(name.as_str(), why));
        }
    }
    let query = asked.url.as_deref().and_then(|url| url.split_once('?'));
    let pairs = query.map_or("", |(_, query)| query).split('&');
    for (name, value) in pairs.filter_map(|pair| pair.split_once('=')) {
        if is_secret_name(name) {
            candidates.push(value);
        }
    }
    for text in candidates {
        if let Some(key) = real_key(text) {
            let found = FoundKey {
                provider: route.provider.clone(),
                origin: route.origin.clone(),
                key,
            };
            if !imported.keys.contains(&found) {
                imported.keys.push(found);
            }
        }
    }
}

fn strip_scheme(value: &str) -> &str {
    match value.split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => rest.trim(),
        _ => value,
    }
}

/// A key, not the place for one.
pub(super) fn real_key(text: &str) -> Option<ApiKey> {
    let low = text.to_ascii_lowercase();
    let stands_in = text.contains(['$', '<', '{', '%', '…'])
        || text == KEY_PLACEHOLDER
        || low.contains("your")
        || low.contains("xxx")
        || low.contains("...")
        || low.contains("api_key")
        || low.contains("api-key");
    ApiKey::new(text).filter(|key| !stands_in && key.is_sendable())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[path = "curl_tests.rs"]
mod tests;
