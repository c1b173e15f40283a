//! Secrets, by how they begin.

use super::{Hit, Kind, named::has_odd_capitals};
use crate::core::catalog::Catalog;

/// How many characters at least follow what a key begins with.
const LEAST: usize = 12;
/// The same where there is no digit among them.
const LEAST_LETTERS: usize = 20;
/// Letters of one case that are no word: keys of Hugging Face may have 34.
const LONGER_THAN_WORDS: usize = 32;

/// How keys of services begin that are no providers here.
const SERVICES: [&str; 29] = [
    "sk-",
    "nvapi-",
    "tgp_v1_",
    "r8_",
    "api_org_",
    "jina_",
    "voyage-",
    "dop_v1_",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "npm_",
    "pypi-",
    "xoxa-",
    "xoxb-",
    "xoxp-",
    "xapp-",
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "rzp_live_",
    "whsec_",
    "lsv2_",
    "dapi",
    "SG.",
];

/// Everything that a text holds of them; may overlap.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let mut found = private_keys(text);
    let prefixes = prefixes();
    let mut from = 0;
    while let Some((start, end)) = next_word(text, from, is_key_char) {
        from = end;
        let Some(word) = text.get(start..end) else {
            continue;
        };
        // A sentence may end after a key.
        let word = word.trim_end_matches(['.', '-']);
        let end = start + word.len();
        let kind = if is_jwt(word) {
            Some(Kind::Jwt)
        } else if is_aws_id(word) {
            Some(Kind::AwsKey)
        } else {
            prefixes
                .iter()
                .filter_map(|prefix| word.strip_prefix(prefix.as_str()))
                .any(is_key_rest)
                .then_some(Kind::ApiKey)
        };
        if let Some(kind) = kind {
            found.push(Hit {
                kind,
                range: start..end,
            });
        }
    }
    found
}

fn prefixes() -> Vec<String> {
    let rows = Catalog::builtin().providers.iter();
    let known = rows.flat_map(|row| {
        let foreign = row.key.wrong_prefixes.iter();
        let foreign = foreign.map(|foreign| foreign.prefix.clone());
        row.key.prefixes.iter().cloned().chain(foreign)
    });
    // Access keys of AWS have a form of their own.
    let known = known.filter(|prefix| !AWS_IDS.contains(&prefix.as_str()));
    let mut all: Vec<String> = known.chain(SERVICES.map(str::to_owned)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// What follows the beginning of a key: long, and with digits in it or odd
/// capitals, as no word of a language is, or longer than words are.
fn is_key_rest(rest: &str) -> bool {
    let is_letters = || rest.bytes().all(|byte| byte.is_ascii_alphabetic());
    (rest.len() >= LEAST && looks_random(rest))
        || (rest.len() >= LEAST_LETTERS && has_odd_capitals(rest))
        || (rest.len() >= LONGER_THAN_WORDS && is_letters())
}

fn looks_random(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    let digits = count(u8::is_ascii_digit);
    let is_mixed = count(u8::is_ascii_uppercase) >= 4 && count(u8::is_ascii_lowercase) >= 4;
    (digits >= 2 && count(u8::is_ascii_alphabetic) >= 4) || (digits == 1 && is_mixed)
}

/// The next run of such characters from `from` on, as bytes.
fn next_word(text: &str, from: usize, is_part: fn(char) -> bool) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let start = from + rest.find(is_part)?;
    let length = text.get(start..)?.find(|c| !is_part(c));
    Some((start, length.map_or(text.len(), |length| start + length)))
}

/// How identifiers of access keys begin.
const AWS_IDS: [&str; 2] = ["AKIA", "ASIA"];

fn is_aws_id(word: &str) -> bool {
    let is_rest = |rest: &str| {
        let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        rest.len() == 16 && rest.bytes().all(is_part)
    };
    AWS_IDS
        .iter()
        .any(|prefix| word.strip_prefix(prefix).is_some_and(is_rest))
}

/// Header, claims and signature; the first two are JSON objects in base64url,
/// which is why they begin like this.
fn is_jwt(word: &str) -> bool {
    let mut parts = word.split('.');
    let mut next = || parts.next().unwrap_or_default();
    let is_object = |part: &str| part.starts_with("eyJ") && part.len() >= 12;
    is_object(next()) && is_object(next()) && next().len() >= 16 && parts.next().is_none()
}

fn private_keys(text: &str) -> Vec<Hit> {
    const OPENS: &str = "-----BEGIN ";
    const CLOSES: &str = "-----END ";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = find_from(text, from, OPENS) {
        from = start + OPENS.len();
        let head = text.get(from..).unwrap_or_default();
        let head = head.split("-----").next().unwrap_or_default();
        if !head.ends_with("PRIVATE KEY") && !head.ends_with("PRIVATE KEY BLOCK") {
            continue;
        }
        let end = find_from(text, from, CLOSES)
            .and_then(|at| find_from(text, at + CLOSES.len(), "-----"))
            .map_or(text.len(), |at| at + 5);
        found.push(Hit {
            kind: Kind::PrivateKey,
            range: start..end,
        });
        from = end;
    }
    found
}

pub(super) fn find_from(text: &str, from: usize, what: &str) -> Option<usize> {
    Some(from + text.get(from..)?.find(what)?)
}
