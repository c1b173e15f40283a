//! What was deleted and can still come back: until then its entries and documents
//! stay where they are, and a list of their ids says that they are gone.

use crate::core::json;

/// One deletion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// The key of its list: the second of the deletion, a dash, and a mark that no
    /// other deletion has.
    pub key: String,
    /// The ids of what it deleted.
    pub ids: Vec<String>,
}

impl Gone {
    /// A deletion at this second since 1970; `mark` sets it apart from those of
    /// other tabs in the same second.
    pub fn new(second: i64, mark: &str, ids: Vec<String>) -> Self {
        let key = format!("{second}-{mark}");
        Self { key, ids }
    }

    /// From what is stored; a list that cannot be read deletes nothing.
    pub fn read((key, text): (String, String)) -> Self {
        let ids = json::from_str(&text).unwrap_or_default();
        Self { key, ids }
    }

    /// What is stored under its key.
    pub fn text(&self) -> String {
        serde_json::to_string(&self.ids).unwrap_or_default()
    }

    /// The second since 1970 in which it was made.
    pub fn second(&self) -> i64 {
        second_of(&self.key)
    }
}

/// The second in which the deletion with this key was made; 0 where it has none.
pub fn second_of(key: &str) -> i64 {
    let second = key.split('-').next();
    second
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

/// Whether an entry is gone.
pub fn has(all: &[Gone], id: &str) -> bool {
    let mut ids = all.iter().flat_map(|gone| &gone.ids);
    ids.any(|gone| gone == id)
}

/// What is to be erased when the deletions that are `over` can no longer be
/// undone: their ids, without those that another deletion may still bring back.
pub fn to_erase(all: &[Gone], over: impl Fn(&Gone) -> bool) -> (Vec<&Gone>, Vec<&str>) {
    let (over, staying): (Vec<&Gone>, Vec<&Gone>) = all.iter().partition(|gone| over(gone));
    let ids = over.iter().flat_map(|gone| &gone.ids);
    let ids = ids.filter(|id| !staying.iter().any(|gone| gone.ids.contains(id)));
    let ids = ids.map(String::as_str).collect();
    (over, ids)
}

/// The deletions that change when these ids are kept again, as they then are.
pub fn without(all: Vec<Gone>, ids: &[&str]) -> Vec<Gone> {
    let mut changed = Vec::new();
    for mut gone in all {
        let before = gone.ids.len();
        gone.ids.retain(|id| !ids.contains(&id.as_str()));
        if gone.ids.len() < before {
            changed.push(gone);
        }
    }
    changed
}
