//! The person's own words on an entry.

use super::search::Fold;

/// How many characters a tag has at most.
const MOST_CHARS: usize = 40;
/// How many tags an entry has at most.
pub const MOST_TAGS: usize = 20;

/// What was typed as tags: parted by commas, without `#` and doubled spaces.
pub fn read(typed: &str) -> Vec<String> {
    let clean = typed.split(',').map(|one| {
        let words: Vec<&str> = one.split_whitespace().collect();
        let joined = words.join(" ");
        let bare = joined.trim_start_matches('#').trim_start();
        bare.chars().take(MOST_CHARS).collect::<String>()
    });
    clean
        .map(|tag| tag.trim_end().to_owned())
        .filter(|tag| !tag.is_empty())
        .collect()
}

/// Adds tags that are not there yet in whatever case; whether any was added.
pub fn add(tags: &mut Vec<String>, more: Vec<String>, fold: Fold<'_>) -> bool {
    let before = tags.len();
    for tag in more {
        let is_there = tags.iter().any(|known| fold(known) == fold(&tag));
        if !is_there && tags.len() < MOST_TAGS {
            tags.push(tag);
        }
    }
    tags.len() > before
}

/// Every tag with how often it is given, the most frequent first.
pub fn counted<'a>(tags: impl Iterator<Item = &'a String>) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for tag in tags {
        match counts.iter_mut().find(|(known, _)| known == tag) {
            Some((_, count)) => *count += 1,
            None => counts.push((tag.clone(), 1)),
        }
    }
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}

/// Tags used elsewhere that begin with what is typed and are not on the entry
/// yet, the most frequent first.
pub fn suggest(
    all: &[(String, usize)],
    own: &[String],
    typed: &str,
    fold: Fold<'_>,
) -> Vec<String> {
    let begun = fold(typed.rsplit(',').next().unwrap_or_default().trim());
    let begun = begun.trim_start_matches('#');
    all.iter()
        .map(|(tag, _)| tag)
        .filter(|tag| !own.contains(tag) && fold(tag).starts_with(begun))
        .cloned()
        .collect()
}
