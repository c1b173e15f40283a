//! A second pair of eyes: nothing that looks like a key leaves in a document.
//!
//! The documents have no field for a key, and requests are built without one.
//! What remains is what people paste: a base URL with `?key=…`, or a field of
//! another tool's in a recipe.

use crate::core::wire::request::KEY_PLACEHOLDER;
use serde_json::{Map, Value};

/// Names of secrets in lower case and without separators.
const NAMES: [&str; 10] = [
    "accesstoken",
    "apikey",
    "authorization",
    "cookie",
    "key",
    "password",
    "proxyauthorization",
    "secret",
    "token",
    "xgoogapikey",
];

/// Whether a field, header or query name is one that holds a secret.
pub fn is_secret_name(name: &str) -> bool {
    let plain: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let plain = plain.as_str();
    NAMES.contains(&plain) || plain.ends_with("apikey") || plain.ends_with("securitytoken")
}

/// Paths of fields below `path` that have the name of a secret and hold text.
pub(super) fn find_secrets(path: &str, map: &Map<String, Value>, found: &mut Vec<String>) {
    for (name, value) in map {
        let path = super::fields::child(path, name);
        let holds_text = value.as_str().is_some_and(|text| !text.is_empty());
        if holds_text && is_secret_name(name) {
            found.push(path);
        } else {
            find_in_value(&path, value, found);
        }
    }
}

fn find_in_value(path: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => find_secrets(path, map, found),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_in_value(&format!("{path}[{index}]"), item, found);
            }
        }
        _ => {}
    }
}

/// The URL without user name, password and secret query values. `None` where
/// there are none.
pub(super) fn redact_url(url: &str) -> Option<String> {
    let (before_query, query) = match url.split_once('?') {
        Some((before, query)) => (before, Some(query)),
        None => (url, None),
    };
    let scheme_end = before_query.find("://").map_or(0, |at| at + 3);
    let (scheme, rest) = before_query.split_at(scheme_end);
    let authority_end = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(authority_end);
    let place = authority.rsplit('@').next().unwrap_or(authority);
    let mut clean = format!("{scheme}{place}{path}");
    if let Some(query) = query {
        let pairs: Vec<String> = query.split('&').map(redact_pair).collect();
        clean.push('?');
        clean.push_str(&pairs.join("&"));
    }
    (clean != url).then_some(clean)
}

fn redact_pair(pair: &str) -> String {
    match pair.split_once('=') {
        Some((name, value)) if is_secret_name(name) && !value.is_empty() => {
            format!("{name}={KEY_PLACEHOLDER}")
        }
        _ => pair.to_owned(),
    }
}

/// Brings a "what was sent" block into the document's form: headers as an
/// object, and no key in headers or URL.
pub(super) fn clean_sent(sent: &mut Value) {
    let Some(sent) = sent.as_object_mut() else {
        return;
    };
    if let Some(Value::String(url)) = sent.get_mut("url")
        && let Some(clean) = redact_url(url)
    {
        *url = clean;
    }
    if let Some(headers) = sent.get_mut("headers") {
        if let Value::Array(pairs) = headers {
            *headers = pairs.iter().filter_map(header_pair).collect();
        }
        for (name, value) in headers.as_object_mut().into_iter().flatten() {
            let shown = value.as_str().unwrap_or_default();
            if is_secret_name(name) && !shown.ends_with(KEY_PLACEHOLDER) {
                *value = KEY_PLACEHOLDER.into();
            }
        }
    }
}

fn header_pair(pair: &Value) -> Option<(String, Value)> {
    match pair.as_array()?.as_slice() {
        [Value::String(name), value] => Some((name.clone(), value.clone())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{clean_sent, is_secret_name, redact_url};
    use serde_json::json;

    #[test]
    fn names_of_secrets_are_known_in_every_spelling() {
        for name in [
            "api_key",
            "apiKey",
            "X-API-Key",
            "x-goog-api-key",
            "Authorization",
            "key",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "max_tokens",
            "keyboard",
            "model",
            "content-type",
            "author",
            "",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn urls_lose_credentials_and_nothing_else() {
        for (url, clean) in [
            (
                "https://a.example/v1?key=AIza1&alt=sse",
                "https://a.example/v1?key=<your key>&alt=sse",
            ),
            ("https://me:pw@a.example/v1", "https://a.example/v1"),
            ("me:pw@a.example", "a.example"),
        ] {
            assert_eq!(redact_url(url).as_deref(), Some(clean), "{url}");
        }
        for url in [
            "https://a.example/v1?alt=sse",
            "https://a.example/@me",
            "",
            "?",
            "a://",
        ] {
            assert_eq!(redact_url(url), None, "{url}");
        }
    }

    #[test]
    fn headers_lose_keys_and_become_an_object() {
        let clean = json!({"headers": {"X-Api-Key": "<your key>", "accept": "a"}});
        let mut object = json!({"headers": {"X-Api-Key": "sk-1", "accept": "a"}});
        clean_sent(&mut object);
        assert_eq!(object, clean);
        let mut pairs = json!({"headers": [["X-Api-Key", "sk-1"], ["accept", "a"], ["odd"]]});
        clean_sent(&mut pairs);
        assert_eq!(pairs, clean);
    }

    #[test]
    fn a_placeholder_keeps_its_prefix() {
        let mut sent = json!({"headers": {"authorization": "Bearer <your key>"}});
        clean_sent(&mut sent);
        assert_eq!(sent["headers"]["authorization"], "Bearer <your key>");
    }
}
