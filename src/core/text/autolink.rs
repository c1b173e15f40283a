//! Bare web addresses in text become links, as people expect in a chat.

use super::href::SafeHref;
use super::tree::Inline;

/// Splits every text of `inlines` around the bare `http(s)://` addresses in it.
///
/// Only the given level is searched: nested inlines were searched when they
/// were built.
pub(super) fn link_bare(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(inlines.len());
    for inline in inlines {
        match inline {
            Inline::Text(text) if text.contains("://") => split(&text, &mut out),
            other => out.push(other),
        }
    }
    out
}

fn split(text: &str, out: &mut Vec<Inline>) {
    let mut rest = text;
    let mut plain = String::new();
    while let Some((before, address, after)) = next_address(rest) {
        plain.push_str(before);
        if let Some(href) = SafeHref::parse_web(address) {
            if !plain.is_empty() {
                out.push(Inline::Text(std::mem::take(&mut plain)));
            }
            let children = vec![Inline::Text(address.to_owned())];
            out.push(Inline::Link {
                href,
                title: None,
                children,
            });
        } else {
            plain.push_str(address);
        }
        rest = after;
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        out.push(Inline::Text(plain));
    }
}

/// The first address of `text`, with what stands before and after it.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let colon = from + text.get(from..)?.find("://")?;
        let before = text.get(..colon)?;
        let lower = |word: &str| {
            let tail = before.get(colon.checked_sub(word.len())?..)?;
            tail.eq_ignore_ascii_case(word)
                .then_some(colon - word.len())
        };
        let start = lower("https").or_else(|| lower("http"));
        let fresh = start.filter(|&at| {
            let previous = text.get(..at).and_then(|head| head.chars().next_back());
            !previous.is_some_and(|c| c.is_ascii_alphanumeric())
        });
        if let Some(start) = fresh {
            let (before, rest) = text.split_at_checked(start)?;
            let (address, after) = rest.split_at_checked(length(rest))?;
            return Some((before, address, after));
        }
        from = colon + 3;
    }
}

/// Bytes of the address at the start of `text`, without the punctuation that
/// belongs to the sentence around it.
fn length(text: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || "<>\"`|\\^{}。，、；：！？（）【】「」『』《》“”".contains(c)
    };
    let mut address = text
        .get(..text.find(ends).unwrap_or(text.len()))
        .unwrap_or(text);
    let mut surplus = count(address, ')').saturating_sub(count(address, '('));
    while let Some(last) = address.chars().next_back() {
        let unmatched = last == ')' && surplus > 0;
        if !unmatched && !".,;:!?*_~'…]".contains(last) {
            break;
        }
        surplus -= usize::from(unmatched);
        address = address
            .get(..address.len() - last.len_utf8())
            .unwrap_or_default();
    }
    address.len()
}

fn count(text: &str, wanted: char) -> usize {
    text.chars().filter(|&c| c == wanted).count()
}
