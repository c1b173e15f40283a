//! The key ring: exact pairs only, and no secret in sight.

use super::*;
use crate::core::catalog::Catalog;

const SECRET: &str = "sk-ant-very-secret-0123456789";

fn key(text: &str) -> ApiKey {
    ApiKey::new(text).unwrap()
}

fn pair(provider: &str, origin: &str) -> (ProviderId, Origin) {
    (provider.into(), origin.into())
}

#[test]
fn a_key_is_found_for_its_exact_pair_only() {
    let mut ring = KeyRing::default();
    let (openai, home) = pair("openai", "https://api.openai.com");
    ring.insert(openai.clone(), home.clone(), key(SECRET));
    assert_eq!(ring.key_for(&openai, &home), Some(&key(SECRET)));
    for (provider, origin) in [
        ("openai", "https://api.openai.com:8443"),
        ("openai", "http://api.openai.com"),
        ("openai", "https://api.openai.com.evil.example"),
        ("openai", "https://API.openai.com"),
        ("openai-compatible", "https://api.openai.com"),
    ] {
        let (provider, origin) = pair(provider, origin);
        assert_eq!(
            ring.key_for(&provider, &origin),
            None,
            "{provider} {origin}"
        );
    }
}

#[test]
fn keys_are_counted_replaced_and_forgotten() {
    let mut ring = KeyRing::default();
    assert!(ring.is_empty());
    let (openai, home) = pair("openai", "https://api.openai.com");
    let (_, proxy) = pair("openai", "https://proxy.example");
    ring.insert(openai.clone(), proxy.clone(), key("b"));
    ring.insert(openai.clone(), home.clone(), key("a"));
    ring.insert(openai.clone(), home.clone(), key("c"));
    assert_eq!(ring.len(), 2);
    assert_eq!(ring.key_for(&openai, &home), Some(&key("c")));
    let pairs: Vec<_> = ring.pairs().collect();
    assert_eq!(pairs, [(&openai, &home), (&openai, &proxy)]);
    assert!(ring.remove(&openai, &home));
    assert!(!ring.remove(&openai, &home));
    assert!(ring.remove(&openai, &proxy));
    assert!(ring.is_empty() && ring.pairs().next().is_none());
}

#[test]
fn no_debug_output_shows_a_key() {
    let mut ring = KeyRing::default();
    let (provider, origin) = pair("anthropic", "https://api.anthropic.com");
    ring.insert(provider.clone(), origin.clone(), key(SECRET));
    let held = ring.key_for(&provider, &origin);
    for shown in [
        format!("{ring:?}"),
        format!("{ring:#?}"),
        format!("{held:?}"),
        format!("{:?}", Some(key(SECRET)).into_iter().collect::<Vec<_>>()),
        format!("{:?}", ring.pairs().collect::<Vec<_>>()),
    ] {
        assert!(!shown.contains("secret"), "{shown}");
    }
    assert!(
        format!("{ring:?}").contains("api.anthropic.com"),
        "it still says which are held"
    );
}

#[test]
fn a_key_of_another_provider_is_recognised_by_its_beginning() {
    let guess = |provider: &str, text: &str| {
        let row = Catalog::builtin().provider(&provider.into()).unwrap();
        looks_wrong(row, &key(text)).map(|id| id.as_str().to_owned())
    };
    for (provider, text, expected) in [
        ("openai", "sk-proj-x", None),
        ("openai", "sk-x", None),
        ("openai", "sk-ant-api03-x", Some("anthropic")),
        ("openai", "AIzaSyx", Some("gemini")),
        ("openai", "sk-or-v1-x", Some("openrouter")),
        ("openai", "gsk_x", Some("groq")),
        ("anthropic", "sk-ant-api03-x", None),
        ("anthropic", "sk-proj-x", Some("openai")),
        ("gemini", "AIzaSyx", None),
        ("gemini", "AQ.x", None),
        ("gemini", "sk-x", Some("openai")),
        ("gemini", "something-new", None),
        ("openai-compatible", "AIzaSyx", None),
        ("openai-compatible", "sk-ant-x", None),
    ] {
        assert_eq!(
            guess(provider, text).as_deref(),
            expected,
            "{provider} {text}"
        );
    }
}
