//! What stands behind the name in an id: revisions, snapshots, variants.

use super::Identity;

/// Editions that gateways sell under the same name, by the word behind the
/// colon; any other word picks a host.
const EDITIONS: [&str; 10] = [
    "free", "beta", "extended", "thinking", "online", "nitro", "floor", "exacto", "cloud", "batch",
];

/// Ways to store weights in fewer bits.
const COMPRESSED: [&str; 12] = [
    "fp8", "fp4", "nvfp4", "mxfp4", "bf16", "fp16", "int4", "int8", "awq", "gptq", "gguf", "mlx",
];

/// Takes everything off the end that does not name the model.
pub(super) fn strip(name: &str, is_bedrock: bool, identity: &mut Identity) -> String {
    let (name, deployment) = cut(name, '#');
    if deployment.is_some() {
        identity.add_variant("deployment");
    }
    let (name, version) = cut(name, '@');
    if let Some(version) = version.filter(|version| !version.is_empty()) {
        identity.snapshot = Some(date(version).unwrap_or_else(|| version.to_owned()));
    }
    let mut parts = name.split(':');
    let mut rest = parts.next().unwrap_or_default().to_owned();
    let mut revised = is_bedrock;
    for part in parts {
        if part.is_empty() {
            continue;
        }
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            revised = true;
            // `-v0:2` is a version, `-v1:0` a first revision.
            if part != "0" && ends_in_version(&rest) {
                rest.push('.');
                rest.push_str(part);
            }
        } else {
            colon(part, &mut rest, identity);
        }
    }
    for ending in ["-maas", ".gguf"] {
        if let Some(bare) = rest.strip_suffix(ending) {
            rest.truncate(bare.len());
        }
    }
    cut_revision(&mut rest, revised);
    while let Some(at) = last_mark(&rest, identity) {
        rest.truncate(at);
    }
    rest
}

fn cut(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((name, rest)) if !name.is_empty() => (name, Some(rest)),
        _ => (text, None),
    }
}

/// The word behind a colon.
fn colon(part: &str, rest: &mut String, identity: &mut Identity) {
    if part == "latest" {
        identity.snapshot.get_or_insert_with(|| part.to_owned());
    } else if EDITIONS.contains(&part) || is_window(part) {
        identity.add_variant(part);
    } else if is_size(part) {
        // Ollama's `gpt-oss:120b`.
        rest.push('-');
        rest.push_str(part);
    } else {
        identity.host = Some(part.to_owned());
    }
}

/// `200k`, as Bedrock writes the context of reserved throughput.
fn is_window(part: &str) -> bool {
    let digits = part.strip_suffix('k').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `120b`, `e4b`, `8x7b`, also with more behind a dash.
fn is_size(part: &str) -> bool {
    let word = part.split('-').next().unwrap_or_default();
    let number = word.strip_suffix(['b', 'm']).unwrap_or_default();
    let number = number.strip_prefix('e').unwrap_or(number);
    number.starts_with(|first: char| first.is_ascii_digit())
        && number
            .chars()
            .all(|letter| letter.is_ascii_digit() || letter == '.' || letter == 'x')
}

fn ends_in_version(name: &str) -> bool {
    let word = name.rsplit('-').next().unwrap_or_default();
    is_version(word)
}

/// `v1`, `v0`.
fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Takes Bedrock's first revision off: `-v1` of all makers, any of Claude's,
/// whose dates say the same, and the `-1` of gpt-oss. Others' `-v2` is a model.
fn cut_revision(rest: &mut String, revised: bool) {
    let Some((name, word)) = rest.rsplit_once('-') else {
        return;
    };
    let is_claude = name.starts_with("claude-") && is_version(word);
    let is_first = revised && (word == "v1" || (word == "1" && name.starts_with("gpt-oss-")));
    if is_claude || is_first {
        let length = name.len();
        rest.truncate(length);
    }
}

/// Where the last word begins, if it is a snapshot or a way to store weights;
/// notes it.
fn last_mark(rest: &str, identity: &mut Identity) -> Option<usize> {
    if let Some((at, date)) = dated(rest) {
        // A second date is of something else; both together are the snapshot.
        identity.snapshot = Some(match identity.snapshot.take() {
            Some(before) => format!("{date}/{before}"),
            None => date,
        });
        return Some(at);
    }
    let at = rest.rfind('-')?;
    let word = rest.get(at + 1..)?;
    let is_quantised = word.starts_with('q')
        && word.contains('_')
        && word.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
    if at > 0 && (COMPRESSED.contains(&word) || is_quantised) {
        identity.add_variant(word);
        return Some(at);
    }
    if at > 0 && word == "cloud" {
        identity.add_variant(word);
        return Some(at);
    }
    None
}

/// Where the date at the end begins, and the date: `-20251101`, `-2026-03-05`,
/// `-08-2024`, `-05-20` behind a `preview`, `-0813`, Gemini's `-001`, `-latest`.
fn dated(name: &str) -> Option<(usize, String)> {
    let words: Vec<&str> = name.split('-').collect();
    let number = |back: usize, digits: usize| {
        let word = words.get(words.len().checked_sub(back)?)?;
        (word.len() == digits && word.bytes().all(|byte| byte.is_ascii_digit())).then_some(*word)
    };
    let last = *words.last()?;
    let start = |count: usize| {
        let kept = words.get(..words.len().checked_sub(count)?)?;
        let length: usize = kept.iter().map(|word| word.len() + 1).sum();
        length.checked_sub(1).filter(|length| *length > 0)
    };
    if let (Some(year), Some(month), Some(day)) = (number(3, 4), number(2, 2), number(1, 2)) {
        return Some((start(3)?, format!("{year}-{month}-{day}")));
    }
    if let (Some(month), Some(year)) = (number(2, 2), number(1, 4)) {
        return Some((start(2)?, format!("{year}-{month}")));
    }
    if let (Some(month), Some(day)) = (number(2, 2), number(1, 2))
        && words.len() >= 3
        && words.get(words.len() - 3) == Some(&"preview")
    {
        return Some((start(2)?, format!("{month}-{day}")));
    }
    if let Some(date) = date(last) {
        return Some((start(1)?, date));
    }
    let is_numbered = number(1, 3).is_some() && name.starts_with("gemini-");
    let is_mark = is_numbered || number(1, 4).is_some_and(is_day) || last == "latest";
    if is_mark {
        return Some((start(1)?, last.to_owned()));
    }
    None
}

/// `0813`, a day of a year, or `2603`, a month of a year that had such models.
fn is_day(text: &str) -> bool {
    let part = |range| {
        text.get(range)
            .and_then(|part: &str| part.parse::<u8>().ok())
    };
    let (Some(first), Some(second)) = (part(0..2), part(2..4)) else {
        return false;
    };
    let is_day = (1..=12).contains(&first) && (1..=31).contains(&second);
    let is_month = (22..=39).contains(&first) && (1..=12).contains(&second);
    is_day || is_month
}

/// `20251101` as `2025-11-01`.
fn date(text: &str) -> Option<String> {
    let is_date =
        text.len() == 8 && text.starts_with("20") && text.bytes().all(|byte| byte.is_ascii_digit());
    let part = |range| text.get(range).unwrap_or_default();
    is_date.then(|| format!("{}-{}-{}", part(0..4), part(4..6), part(6..8)))
}
