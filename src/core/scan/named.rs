//! Values of things that are called a key, a token or a password.

use super::{Hit, Kind, at, before, joins, personal, secret::find_from};
use std::ops::Range;

/// How many characters a value has at least.
const LEAST: usize = 8;
/// The same where no `=` or `:` says that it is one.
const LEAST_AFTER_SCHEME: usize = 16;

/// What a value is called that should not be passed on, in lower case.
const NAMES: [Name; 23] = [
    Name::plain("api_key"),
    Name::plain("apikey"),
    Name::plain("api-key"),
    Name::plain("api key"),
    Name::plain("access_key"),
    Name::plain("access key"),
    Name::plain("secret_access_key"),
    Name::plain("secret_key"),
    Name::plain("secret-key"),
    Name::plain("secret key"),
    Name::plain("client_secret"),
    Name::plain("password"),
    Name::plain("passwd"),
    Name::plain("passphrase"),
    Name::plain("passcode"),
    Name::plain("pwd"),
    Name::plain("पासवर्ड"),
    Name::of_prose("secret"),
    Name::of_prose("token"),
    Name::of_prose("session_token"),
    Name::of_prose("authorization"),
    Name::scheme("bearer"),
    Name::scheme("basic"),
];

/// A name, and how much a value after it has to look like one.
struct Name {
    word: &'static str,
    sort: Sort,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// What follows is hardly anything else.
    Plain,
    /// A word of prose too: "the secret: 30-minute naps".
    OfProse,
    /// A scheme of HTTP, after which a space stands.
    Scheme,
}

impl Name {
    const fn plain(word: &'static str) -> Self {
        let sort = Sort::Plain;
        Self { word, sort }
    }

    const fn of_prose(word: &'static str) -> Self {
        let sort = Sort::OfProse;
        Self { word, sort }
    }

    const fn scheme(word: &'static str) -> Self {
        let sort = Sort::Scheme;
        Self { word, sort }
    }
}

/// `api_key = "…"`, `Authorization: Bearer …`, `"password":"…"`.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for name in NAMES {
        let mut from = 0;
        while let Some(start) = find_from(&lower, from, name.word) {
            from = start + name.word.len();
            if goes_on_before(text, start) || joins(at(text, from)) {
                continue;
            }
            if let Some(range) = value_after(text, from, name.sort) {
                found.push(Hit {
                    kind: Kind::Named,
                    range,
                });
            }
        }
    }
    found
}

/// Whether a name is the end of a word; `accessToken` is two.
fn goes_on_before(text: &str, start: usize) -> bool {
    let is_hump = at(text, start).is_some_and(|c| c.is_ascii_uppercase());
    before(text, start).is_some_and(|c| c.is_alphanumeric() && !(is_hump && c.is_ascii_lowercase()))
}

/// The value after a name: `=` or `:` and perhaps quotes stand between them,
/// after a scheme a space.
fn value_after(text: &str, from: usize, sort: Sort) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let is_between = |c: char| matches!(c, '"' | '\'' | '`' | '*' | '\\' | '=' | ':' | ' ' | '\t');
    let start = from + rest.find(|c| !is_between(c))?;
    let between = text.get(from..start)?;
    let is_given = between.contains(['=', ':']);
    if between.len() > 8 || !(is_given || (sort == Sort::Scheme && between.starts_with(' '))) {
        return None;
    }
    let is_quoted = between.ends_with(['"', '\'', '`']);
    let rest = text.get(start..)?;
    let length = rest
        .find(|c| ends_value(c, is_quoted))
        .unwrap_or(rest.len());
    let (value, behind) = rest.split_at(length);
    // A call or a look-up: `getpass(`, `os.environ[`.
    if !is_quoted && (behind.starts_with(['(', '[']) || is_code(value)) {
        return None;
    }
    let value = value.trim_end_matches(['.', ':', '?', '!', '*', '…']);
    let least = if is_given { LEAST } else { LEAST_AFTER_SCHEME };
    if value.chars().count() < least || value.contains("://") || is_mail(value) {
        return None;
    }
    // A value that is assigned is no word of prose.
    let is_loose = sort == Sort::Plain || between.contains('=') || between.ends_with('"');
    let is_found = is_machine_made(value) || (is_loose && is_password(value));
    is_found.then_some(start..start + value.len())
}

fn ends_value(c: char, is_quoted: bool) -> bool {
    if c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '\\' | '█') {
        return true;
    }
    // Quotes, dashes and full stops of other scripts.
    let is_foreign = matches!(c, '\u{2010}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '।' | '॥');
    let is_bracket = matches!(c, '<' | '>' | '(' | ')' | '{' | '}' | '[' | ']');
    is_foreign || (!is_quoted && (is_bracket || matches!(c, ',' | ';' | '|')))
}

/// Where a program keeps its values: `settings.PASSWORD_1`, `$S3_TOKEN`.
fn is_code(value: &str) -> bool {
    const HOLDERS: [&str; 16] = [
        "self", "this", "process", "os", "config", "settings", "args", "env", "secrets", "vars",
        "var", "params", "options", "request", "req", "st",
    ];
    let is_constant =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '{');
    let holder = value.split_once('.').map(|(holder, _)| holder);
    holder.is_some_and(|holder| HOLDERS.contains(&holder))
        || value
            .strip_prefix('$')
            .is_some_and(|name| name.chars().all(is_constant))
}

fn is_mail(value: &str) -> bool {
    let is_whole = |hit: &Hit| hit.kind == Kind::Email && hit.range == (0..value.len());
    personal::hits(value).iter().any(is_whole)
}

/// What stands between hyphens, dots and the like.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value
        .split(|c: char| c.is_ascii_punctuation())
        .filter(|part| !part.is_empty())
}

/// Letters and digits in turns, or capitals anywhere, as no word has them.
fn is_machine_made(value: &str) -> bool {
    parts(value).any(|part| {
        let turns = part.as_bytes().windows(2).filter(|pair| {
            let [one, other] = pair else { return false };
            let is_letter = u8::is_ascii_alphabetic;
            (is_letter(one) && other.is_ascii_digit()) || (one.is_ascii_digit() && is_letter(other))
        });
        let turns = turns.count();
        let length = part.len();
        (turns >= 2 && length >= 6)
            || (turns == 1 && length >= 12)
            || (length >= LEAST && has_odd_capitals(part))
    })
}

/// Capitals anywhere, other than those of `ProperNames` and `URLs`. For letters
/// without digits.
pub(super) fn has_odd_capitals(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    let all = text.len();
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    let humps = text.as_bytes().windows(2).filter(
        |pair| matches!(pair, [one, other] if one.is_ascii_lowercase() && other.is_ascii_uppercase()),
    );
    upper * 10 >= all * 3 && lower * 10 >= all * 3 && humps.count() >= 2
}

/// What people think of: with a digit, or a symbol inside.
fn is_password(value: &str) -> bool {
    let ascii = value.chars().filter(char::is_ascii_alphanumeric).count();
    let has_digit = value.contains(|c: char| c.is_ascii_digit());
    let inside = value.trim_matches(|c: char| c.is_ascii_punctuation());
    let has_symbol = inside.contains(['!', '@', '#', '$', '^', '*', '?']);
    ascii >= 5 && (has_symbol || (has_digit && !is_count(value)))
}

/// "12-character", "30-minute": how many of what.
fn is_count(value: &str) -> bool {
    let mut parts = parts(value);
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let first = parts.next().unwrap_or_default();
    let mut rest = parts.peekable();
    is_number(first)
        && first.len() <= 3
        && rest.peek().is_some()
        && rest.all(|part| part.chars().all(char::is_alphabetic) || is_number(part))
}
