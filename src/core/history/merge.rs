//! What of a file of entries is new on this device.

use super::{Entry, search::Fold, tags};

/// What is known of the entries that are here already.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Id, fingerprint and tags of each.
    known: Vec<(String, String, Vec<String>)>,
}

/// What becomes of an entry that comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meeting {
    /// It is new and is kept under this id.
    New(String),
    /// The same document is here already.
    Known,
    /// The same document is here, under this id; it gains these tags.
    Tagged(String, Vec<String>),
}

impl Shelf {
    /// Of the entries that are here.
    pub fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let known = entries.map(|entry| {
            (
                entry.id.clone(),
                entry.fingerprint.clone(),
                entry.tags.clone(),
            )
        });
        Self {
            known: known.collect(),
        }
    }

    /// What becomes of an entry; the shelf then knows it too.
    pub fn meet(&mut self, coming: &Entry, fold: Fold<'_>) -> Meeting {
        let same = self
            .known
            .iter_mut()
            .find(|(_, fingerprint, _)| *fingerprint == coming.fingerprint);
        if let Some((id, _, own)) = same {
            return if tags::add(own, coming.tags.clone(), fold) {
                Meeting::Tagged(id.clone(), own.clone())
            } else {
                Meeting::Known
            };
        }
        // The same comparison gone on elsewhere: both are kept.
        let mut id = coming.id.clone();
        if id.is_empty() || self.known.iter().any(|(known, _, _)| *known == id) {
            let mark: String = coming.fingerprint.chars().take(12).collect();
            id = if id.is_empty() {
                mark
            } else {
                format!("{id}-{mark}")
            };
        }
        let fingerprint = coming.fingerprint.clone();
        self.known
            .push((id.clone(), fingerprint, coming.tags.clone()));
        Meeting::New(id)
    }
}
