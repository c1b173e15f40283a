//! One spelling for a model's name.

use super::makers;

/// Claude's families; older ids put the version before them.
const CLAUDE: [&str; 6] = ["opus", "sonnet", "haiku", "fable", "mythos", "instant"];

/// Families that some write together with their version.
const SPLIT: [&str; 4] = ["llama", "gemma", "phi", "qwen"];

/// Names that one route shortens.
const ALIASES: [(&str, &str); 4] = [
    ("llama-4-maverick", "llama-4-maverick-17b-128e-instruct"),
    (
        "llama-4-maverick-17b-instruct",
        "llama-4-maverick-17b-128e-instruct",
    ),
    ("llama-4-scout", "llama-4-scout-17b-16e-instruct"),
    (
        "llama-4-scout-17b-instruct",
        "llama-4-scout-17b-16e-instruct",
    ),
];

/// The name in one spelling. `prefix`: the organisation that stood before it.
pub(super) fn tidy(name: &str, prefix: Option<&str>) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in name.split('-').flat_map(split_family) {
        push(&mut words, dotted(&word));
    }
    drop_maker(&mut words);
    add_maker(&mut words, prefix);
    let is = |family: &str| words.first().is_some_and(|first| first == family);
    if is("claude") || is("llama") {
        bare_version(&mut words);
        claude(&mut words);
    }
    let name = words.join("-");
    let alias = ALIASES.iter().find(|(short, _)| *short == name);
    alias.map_or(name, |(_, long)| (*long).to_owned())
}

/// `llama3.1` as `llama` and `3.1`.
fn split_family(word: &str) -> Vec<String> {
    for family in SPLIT {
        if let Some(version) = word.strip_prefix(family)
            && version.starts_with(|first: char| first.is_ascii_digit())
        {
            return vec![family.to_owned(), version.to_owned()];
        }
    }
    vec![word.to_owned()]
}

/// Fireworks' `k2p6` as `k2.6`.
fn dotted(word: &str) -> String {
    let Some(at) = word.rfind('p') else {
        return word.to_owned();
    };
    let (before, after) = word.split_at(at);
    let after = after.get(1..).unwrap_or_default();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = before.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    if digits(after) && digits(whole) {
        format!("{before}.{after}")
    } else {
        word.to_owned()
    }
}

/// Adds a word; two short numbers in a row are a version.
fn push(words: &mut Vec<String>, word: String) {
    let short = |text: &str| {
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_gpt = words.len() == 1 && words.first().is_some_and(|first| first == "gpt");
    if is_gpt && word == "35" {
        // Azure allows no dots in names.
        return words.push("3.5".to_owned());
    }
    if short(&word)
        && words.len() > 1
        && let Some(last) = words.last_mut()
        && short(last.strip_prefix('v').unwrap_or(last))
    {
        last.push('.');
        last.push_str(&word);
        return;
    }
    words.push(word);
}

/// `meta-llama-3` as `llama-3`: a maker before a name that tells its maker.
fn drop_maker(words: &mut Vec<String>) {
    while words.len() > 1
        && let Some(first) = words.first()
        && makers::is_known(first)
        && let Some(rest) = words.get(1..)
        && makers::by_name(&rest.join("-"))
            .is_some_and(|maker| maker.id == makers::canonical(first))
    {
        words.remove(0);
    }
}

/// Bedrock's `deepseek.r1` as `deepseek-r1`.
fn add_maker(words: &mut Vec<String>, prefix: Option<&str>) {
    let is_short = prefix == Some("deepseek")
        && makers::by_name(&words.join("-")).is_none()
        && words
            .first()
            .is_some_and(|first| first.starts_with(['r', 'v']));
    if is_short {
        words.insert(0, "deepseek".to_owned());
    }
}

/// `claude-v2` as `claude-2`.
fn bare_version(words: &mut [String]) {
    if let Some(version) = words.get_mut(1)
        && let Some(number) = version.strip_prefix('v')
        && number.starts_with(|first: char| first.is_ascii_digit())
    {
        *version = number.to_owned();
    }
}

/// `claude-3-5-sonnet` as `claude-sonnet-3.5`, `claude-opus-4.0` as
/// `claude-opus-4`. Llamas have no such families.
fn claude(words: &mut [String]) {
    let is_number = |word: &String| word.starts_with(|first: char| first.is_ascii_digit());
    let version_first = words.get(1).is_some_and(is_number);
    let family = words
        .get(2)
        .is_some_and(|word| CLAUDE.contains(&word.as_str()));
    if version_first && family {
        words.swap(1, 2);
    }
    let family_second = words
        .get(1)
        .is_some_and(|word| CLAUDE.contains(&word.as_str()));
    if let Some(version) = words.get_mut(2)
        && let Some(whole) = version.strip_suffix(".0")
        && family_second
    {
        *version = whole.to_owned();
    }
}
