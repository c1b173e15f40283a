//! What in a document looks like a secret or like personal data, before it is
//! passed on.
//!
//! - [`scan`] looks through one text; [`find`] through a whole document, with
//!   the places; [`strike`] blackens what was found.
//! - `secret` knows keys, tokens and private keys by how they begin, `named`
//!   values by what they are called; `number` telephone, card, Aadhaar and account
//!   numbers by their check digits where they have some; `personal` e-mail
//!   addresses and PANs.
//!
//! A pattern is a guess. What is found is shown to the person, who decides; a
//! document without findings is not thereby free of secrets.

mod document;
mod named;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod named_tests;
mod number;
mod personal;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod scan_tests;
mod secret;

pub use document::{Finding, Place, find, strike};

use std::ops::Range;

/// What something looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A private key, as in a PEM file.
    PrivateKey,
    /// A key or token of a provider or a well-known service.
    ApiKey,
    /// An access key of AWS.
    AwsKey,
    /// A JSON Web Token.
    Jwt,
    /// The value of something that is called a key, a password or a token.
    Named,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// An Aadhaar number, its Verhoeff digit right.
    Aadhaar,
    /// India's Permanent Account Number.
    Pan,
    /// A payment card, its Luhn digit right.
    Card,
    /// An account number, right modulo 97.
    Iban,
}

impl Kind {
    /// Whether it opens something, as opposed to saying something of a person.
    pub fn is_secret(self) -> bool {
        self <= Self::Named
    }
}

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it looks like.
    pub kind: Kind,
    /// Where, in bytes.
    pub range: Range<usize>,
}

/// What a text holds, in its order and without overlaps: of two readings of the
/// same letters the first kind counts.
pub fn scan(text: &str) -> Vec<Hit> {
    let mut all = secret::hits(text);
    all.extend(named::hits(text));
    all.extend(personal::hits(text));
    all.extend(number::hits(text));
    all.sort_by_key(|hit| (hit.kind, hit.range.start));
    let mut kept: Vec<Hit> = Vec::new();
    for hit in all {
        let overlaps =
            |other: &Hit| hit.range.start < other.range.end && other.range.start < hit.range.end;
        if !kept.iter().any(overlaps) {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.range.start);
    kept
}

/// Enough of a find to recognise it, and not enough to use it.
pub fn mask(kind: Kind, text: &str) -> String {
    let first = |count: usize| text.chars().take(count).collect::<String>();
    let last = |count: usize| {
        let all = text.chars().count();
        text.chars()
            .skip(all.saturating_sub(count))
            .collect::<String>()
    };
    match kind {
        Kind::PrivateKey => text.lines().next().unwrap_or_default().to_owned() + " …",
        Kind::Email => match text.split_once('@') {
            Some((_, host)) => format!("{}…@{host}", first(1)),
            None => first(1) + "…",
        },
        Kind::ApiKey | Kind::AwsKey | Kind::Jwt => first(5) + "…",
        Kind::Named => first(2) + "…",
        Kind::Pan => format!("{}…{}", first(2), last(1)),
        Kind::Iban => format!("{}…{}", first(4), last(2)),
        Kind::Phone | Kind::Aadhaar | Kind::Card => format!("…{}", last(4)),
    }
}

/// The character that ends before a byte offset.
fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at a byte offset.
fn at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Whether a word goes on over this character.
fn joins(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || c == '_')
}
