//! E-mail addresses, and India's Permanent Account Number.

use super::{Hit, Kind, at, before, joins};

/// Everything that a text holds of them; may overlap.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(sign) = text.get(from..).and_then(|rest| rest.find('@')) {
        let sign = from + sign;
        from = sign + 1;
        if let Some(range) = email(text, sign) {
            from = range.end;
            found.push(Hit {
                kind: Kind::Email,
                range,
            });
        }
    }
    found.extend(pans(text));
    found
}

/// The address around an `@`.
fn email(text: &str, sign: usize) -> Option<std::ops::Range<usize>> {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let is_host = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    let local = text.get(..sign)?;
    let start = local
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_local(*c))
        .last()
        .map(|(at, _)| at)?;
    let local = local.get(start..)?.trim_start_matches(['.', '-', '\'']);
    let host = text.get(sign + 1..)?;
    let host = host.get(..host.find(|c| !is_host(c)).unwrap_or(host.len()))?;
    let host = host.trim_end_matches(['.', '-']);
    let (name, end) = host.rsplit_once('.')?;
    let is_end = end.chars().count() >= 2 && end.chars().all(char::is_alphabetic);
    // `git@host:path` is how one names a repository.
    let is_person = !local.is_empty() && local != "git";
    let is_name = !name.is_empty() && !name.starts_with('.') && !host.contains("..");
    (is_person && is_end && is_name).then(|| sign - local.len()..sign + 1 + host.len())
}

/// Five letters, four digits, a letter.
fn pans(text: &str) -> Vec<Hit> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (start, window) in bytes.windows(10).enumerate() {
        let [l1, l2, l3, l4, l5, digits @ .., check] = window else {
            continue;
        };
        let letters = [l1, l2, l3, l4, l5, check];
        let has_form = letters.into_iter().all(u8::is_ascii_uppercase)
            && digits.iter().all(u8::is_ascii_digit)
            && digits != b"0000";
        if !has_form || joins(before(text, start)) || joins(at(text, start + 10)) {
            continue;
        }
        found.push(Hit {
            kind: Kind::Pan,
            range: start..start + 10,
        });
    }
    found
}
