//! Attached files in kept documents: a document names the files of a turn in
//! every pane, and their bytes would be kept as often.

use crate::core::{attach::StoredFile, recipe::result::ResultDoc};

/// How many letters of base64 an entry has at most, for all its files.
pub const MOST_LETTERS: usize = 12_000_000;

/// Leaves the bytes of each file with the first pane alone, and of files beyond
/// [`MOST_LETTERS`] only their facts.
pub fn keep_once(document: &mut ResultDoc) {
    let mut panes = document.panes.iter_mut();
    let Some(first) = panes.next() else { return };
    for (at, turn) in panes.flat_map(|pane| pane.turns.iter_mut().enumerate()) {
        let kept = first.turns.get(at).map(|turn| &turn.attachments);
        for (at, file) in turn.attachments.iter_mut().enumerate() {
            if kept.and_then(|kept| kept.get(at)) == Some(file) {
                file.data = None;
            }
        }
    }
    let mut left = MOST_LETTERS;
    for file in first
        .turns
        .iter_mut()
        .flat_map(|turn| &mut turn.attachments)
    {
        let letters = file.data.as_ref().map_or(0, String::len);
        if letters > left {
            file.data = None;
        } else {
            left -= letters;
        }
    }
}

/// Undoes [`keep_once`]: every pane has the bytes that the first one has.
pub fn share(document: &mut ResultDoc) {
    let mut panes = document.panes.iter_mut();
    let Some(first) = panes.next() else { return };
    for (at, turn) in panes.flat_map(|pane| pane.turns.iter_mut().enumerate()) {
        let kept = first.turns.get(at).map(|turn| &turn.attachments);
        for (at, file) in turn.attachments.iter_mut().enumerate() {
            if let Some(same) = kept.and_then(|kept| kept.get(at))
                && file.data.is_none()
                && is_same(same, file)
            {
                file.data.clone_from(&same.data);
            }
        }
    }
}

fn is_same(one: &StoredFile, other: &StoredFile) -> bool {
    one.name == other.name && one.media_type == other.media_type && one.bytes == other.bytes
}
