//! Finding, sorting and adding up entries.

use super::Entry;
use std::sync::Arc;

/// How text is compared: lower case, in the composed form. The browser has the
/// tables for it, so it is an argument.
pub type Fold<'a> = &'a dyn Fn(&str) -> String;

/// An entry with all that it is found by.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The entry.
    pub entry: Entry,
    /// When its document last changed, as the list shows it.
    pub shown_date: String,
    haystack: String,
}

impl Row {
    /// `shown_date` as the list shows it, `day` as `YYYY-MM-DD`, both in the
    /// person's time zone.
    pub fn new(entry: Entry, shown_date: String, day: &str, fold: Fold<'_>) -> Self {
        let mut text = String::new();
        let mut add = |part: &str| {
            text.push_str(part);
            text.push('\n');
        };
        add(&entry.title);
        add(day);
        add(&shown_date);
        for part in entry.prompts.iter().chain(&entry.answers) {
            add(part);
        }
        for pane in &entry.panes {
            let further = [
                pane.label.as_ref(),
                pane.host.as_ref(),
                pane.status.as_ref(),
            ];
            for part in [&pane.provider, &pane.model]
                .into_iter()
                .chain(further.into_iter().flatten())
            {
                add(part);
            }
        }
        for tag in &entry.tags {
            add(&format!("#{tag}"));
        }
        Self {
            haystack: folded(&text, fold),
            shown_date,
            entry,
        }
    }
}

/// The form in which texts are compared: what `fold` gives, with the letters
/// that have two small forms in one, and without marks that only steer how
/// letters are joined.
fn folded(text: &str, fold: Fold<'_>) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in fold(text).chars() {
        match letter {
            'ς' => out.push('σ'),
            'ß' => out.push_str("ss"),
            // The dot that a Turkish capital leaves behind, and joiners.
            '\u{307}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            letter => out.push(letter),
        }
    }
    out
}

/// What the person looks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    tag: Option<String>,
}

impl Query {
    /// Every word of `typed` must be found, in whatever field; with a `tag`, the
    /// entry must have it.
    pub fn new(typed: &str, tag: Option<&str>, fold: Fold<'_>) -> Self {
        Self {
            words: folded(typed, fold)
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            tag: tag.map(str::to_owned),
        }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.tag.is_none()
    }

    /// Whether a row is what it asks for.
    pub fn finds(&self, row: &Row) -> bool {
        self.tag
            .as_ref()
            .is_none_or(|tag| row.entry.tags.contains(tag))
            && self
                .words
                .iter()
                .all(|word| row.haystack.contains(word.as_str()))
    }
}

/// In which order entries stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// What changed last comes first.
    #[default]
    Newest,
    /// What changed last comes last.
    Oldest,
    /// What takes most room comes first.
    Largest,
    /// By name.
    Name,
}

impl Sort {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Largest, Self::Name];

    /// Its word in the form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Largest => "largest",
            Self::Name => "name",
        }
    }

    /// The order of a word; unknown words mean the first.
    pub fn from_word(word: &str) -> Self {
        let known = Self::ALL.into_iter().find(|sort| sort.as_str() == word);
        known.unwrap_or_default()
    }
}

/// Sorts rows; where two are alike, the newer one comes first.
pub fn sort(rows: &mut Vec<Arc<Row>>, by: Sort, fold: Fold<'_>) {
    let newest = |a: &Row, b: &Row| {
        let by_time = b.entry.changed.cmp(&a.entry.changed);
        by_time.then_with(|| a.entry.id.cmp(&b.entry.id))
    };
    match by {
        Sort::Newest => rows.sort_by(|a, b| newest(a, b)),
        Sort::Oldest => rows.sort_by(|a, b| newest(b, a)),
        Sort::Largest => rows.sort_by(|a, b| {
            let by_size = b.entry.bytes.cmp(&a.entry.bytes);
            by_size.then_with(|| newest(a, b))
        }),
        Sort::Name => {
            // Folded once each; an entry without a name comes last.
            let mut named: Vec<(bool, String, Arc<Row>)> = rows
                .drain(..)
                .map(|row| {
                    let name = folded(&row.entry.name(), fold);
                    (name.is_empty(), name, row)
                })
                .collect();
            named.sort_by(|a, b| {
                let by_name = (a.0, &a.1).cmp(&(b.0, &b.1));
                by_name.then_with(|| newest(&a.2, &b.2))
            });
            rows.extend(named.into_iter().map(|(_, _, row)| row));
        }
    }
}

/// How much there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many entries.
    pub entries: usize,
    /// How many bytes their documents take.
    pub bytes: u64,
}

impl Totals {
    /// Of these entries.
    pub fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        entries.fold(Self::default(), |sum, entry| Self {
            entries: sum.entries + 1,
            bytes: sum.bytes.saturating_add(entry.bytes),
        })
    }
}

/// Entries to give up for room, the oldest first: as few as free `wanted` bytes
/// and a tenth of everything. Never one of `spared`.
pub fn to_make_room<'a>(
    entries: impl Iterator<Item = &'a Entry>,
    wanted: u64,
    spared: &[String],
) -> Vec<&'a Entry> {
    let mut all: Vec<&Entry> = entries.collect();
    let total = Totals::of(all.iter().copied()).bytes;
    all.sort_by_key(|entry| entry.changed);
    let goal = wanted.max(total / 10).max(1);
    let mut freed = 0;
    all.into_iter()
        .filter(|entry| !spared.contains(&entry.id))
        .take_while(|entry| {
            let is_wanted = freed < goal;
            freed += entry.bytes;
            is_wanted
        })
        .collect()
}
