//! What of a file of entries is new on this device.

use super::{Entry, search::Fold, tags};

/// What is known of the entries that are here already.
#[derive(Debug, Default)]
pub struct Shelf {
    /// Id, fingerprint and tags of each.
    known: Vec<(String, String, Vec<String>)>,
    /// Id and fingerprint of those that were deleted and can still come back.
    gone: Vec<(String, String)>,
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
    /// Of the entries that are here, and of those that were deleted and can still
    /// come back.
    pub fn of<'a>(entries: impl Iterator<Item = &'a Entry>, gone: &[Entry]) -> Self {
        let known = entries.map(|entry| {
            (
                entry.id.clone(),
                entry.fingerprint.clone(),
                entry.tags.clone(),
            )
        });
        Self {
            known: known.collect(),
            gone: gone
                .iter()
                .map(|entry| (entry.id.clone(), entry.fingerprint.clone()))
                .collect(),
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
        let fingerprint = coming.fingerprint.clone();
        let back = self.gone.iter().find(|(_, gone)| *gone == fingerprint);
        let id = back.map_or_else(|| self.id_for(coming), |(id, _)| id.clone());
        self.known
            .push((id.clone(), fingerprint, coming.tags.clone()));
        Meeting::New(id)
    }

    /// Its own id, unless another comparison has that, here or about to come back:
    /// the same one gone on elsewhere. Both are kept.
    fn id_for(&self, coming: &Entry) -> String {
        let id = &coming.id;
        let known = self.known.iter().map(|(known, _, _)| known);
        let mut taken = known.chain(self.gone.iter().map(|(gone, _)| gone));
        let mark = || coming.fingerprint.chars().take(12).collect::<String>();
        if id.is_empty() {
            mark()
        } else if taken.any(|taken| taken == id) {
            format!("{id}-{}", mark())
        } else {
            id.clone()
        }
    }
}
