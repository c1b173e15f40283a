//! The provider's words, made safe to show: no keys, no tags, not too long.

/// Longest quotation, in characters.
const LONGEST: usize = 2_000;
/// Longest quotation of a page, in characters.
const LONGEST_PAGE: usize = 300;
/// More than this is not even looked at, in characters.
const LOOKED_AT: usize = 16_000;
/// A run of letters and digits this long is taken for a key.
const BARE_KEY: usize = 32;

/// How keys begin, and how long the rest must be to make one. Those that are
/// also words (`hf_`, `xai-`) need more.
const KEY_STARTS: [(&str, usize); 18] = [
    ("sk-", 1),
    ("gsk_", 1),
    ("csk-", 1),
    ("AIza", 1),
    ("pplx-", 4),
    ("nvapi-", 4),
    ("xai-", 6),
    ("hf_", 8),
    ("fw_", 8),
    ("AQ.", 8),
    ("ABSK", 12),
    ("AKIA", 12),
    ("ASIA", 12),
    ("ghp_", 8),
    ("gho_", 8),
    ("github_pat_", 8),
    ("ya29.", 8),
    ("eyJ", 16),
];
/// Kept in front of the ellipsis, as they tell whose key it is.
const KEY_FAMILIES: [&str; 3] = ["sk-ant-", "sk-or-", "sk-proj-"];
/// Ids that a person may need when asking the provider for help.
const ID_STARTS: [&str; 6] = ["req_", "msg_", "resp_", "chatcmpl-", "gen-", "org-"];

/// The words trimmed, without keys and capped; `None` if there are none.
pub(super) fn quote(text: &str) -> Option<String> {
    let looked_at: String = text.trim().chars().take(LOOKED_AT).collect();
    let safe = redact(&looked_at);
    let words = safe.chars().take(LONGEST).collect::<String>();
    let words = words.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// Replaces whatever looks like a key by its prefix and an ellipsis.
fn redact(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let starts_word = !before.is_some_and(char::is_alphanumeric);
        let key = if starts_word {
            key_at(rest, &safe)
        } else {
            None
        };
        let step = if let Some((kept, length)) = key {
            safe.push_str(rest.get(..kept).unwrap_or_default());
            safe.push('…');
            kept + length
        } else {
            safe.push(first);
            first.len_utf8()
        };
        let (done, next) = rest.split_at_checked(step).unwrap_or((rest, ""));
        before = done.chars().next_back();
        rest = next;
    }
    safe
}

/// Lengths in bytes of the prefix and of the secret, if a key starts here.
fn key_at(text: &str, before: &str) -> Option<(usize, usize)> {
    let rest = |kept: usize| text.get(kept..).unwrap_or_default();
    if let Some((start, _)) = KEY_STARTS
        .iter()
        .find(|(start, least)| text.starts_with(start) && secret_len(rest(start.len())) >= *least)
    {
        let kept = KEY_FAMILIES
            .iter()
            .find(|family| text.starts_with(**family))
            .map_or(start.len(), |family| family.len());
        return Some((kept, secret_len(rest(kept))));
    }
    let scheme = "bearer ".len();
    if text
        .get(..scheme)
        .is_some_and(|word| word.eq_ignore_ascii_case("bearer "))
    {
        let length = secret_len(rest(scheme));
        let odd = |char: char| char.is_ascii_digit() || char == '*';
        let secret = rest(scheme).get(..length).unwrap_or_default();
        return (length >= 8 && secret.contains(odd)).then_some((scheme, length));
    }
    let length = text
        .find(|char: char| !char.is_ascii_alphanumeric())
        .unwrap_or(text.len());
    let bare = text.get(..length).unwrap_or_default();
    let mixed = bare.contains(|char: char| char.is_ascii_digit())
        && bare.contains(|char: char| char.is_ascii_alphabetic());
    let is_id = ID_STARTS.iter().any(|start| before.ends_with(start));
    (length >= BARE_KEY && mixed && !is_id).then_some((0, length))
}

/// Length of a secret: letters, digits and what keys or masks are made of,
/// without the full stop that ends a sentence.
fn secret_len(text: &str) -> usize {
    let run = text
        .find(|char: char| !(char.is_ascii_alphanumeric() || "-_.*…".contains(char)))
        .unwrap_or(text.len());
    text.get(..run)
        .unwrap_or_default()
        .trim_end_matches('.')
        .len()
}

/// What a page says: its title, else its text.
pub(super) fn page_text(page: &str) -> String {
    let page: String = page.chars().take(LOOKED_AT).collect();
    let lower = page.to_ascii_lowercase();
    let text = element(&page, &lower, "title")
        .or_else(|| element(&page, &lower, "h1"))
        .map(strip_tags)
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| strip_tags(&without(&page, &lower)));
    text.chars().take(LONGEST_PAGE).collect()
}

/// What stands inside the first such element.
fn element<'a>(page: &'a str, lower: &str, name: &str) -> Option<&'a str> {
    let open = lower.find(&format!("<{name}"))?;
    let start = open + lower.get(open..)?.find('>')? + 1;
    let end = start + lower.get(start..)?.find(&format!("</{name}"))?;
    page.get(start..end)
}

/// The page without its first script and style sheet each, which are not text.
fn without(page: &str, lower: &str) -> String {
    let mut text = page.to_owned();
    for name in ["script", "style"] {
        if let Some(code) = element(page, lower, name).filter(|code| !code.is_empty()) {
            text = text.replace(code, "");
        }
    }
    text
}

fn strip_tags(markup: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for char in markup.chars() {
        match char {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if !in_tag => text.push(char),
            _ => {}
        }
    }
    for (entity, plain) in [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, plain);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
