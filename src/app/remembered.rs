//! Small lists of the person's own that the device keeps for every tab, as JSON.
//!
//! Another tab may have changed such a list since it was read, so it is read anew
//! before a change. What the browser refused to keep is in this tab alone: there the
//! list of this tab stands.

use crate::{
    browser::storage::{self, Place},
    core::strict::{self, Strict},
};
use serde::Serialize;
use std::cell::RefCell;

thread_local! {
    /// The lists that the browser refused to keep.
    static REFUSED: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// What is kept; `None` where nothing is, or nothing that can be read.
pub fn read<T: Strict>(key: &str) -> Option<T> {
    strict::from_str(&storage::get(Place::Device, key)?).ok()
}

/// The same before a change; `None` also where the list of this tab stands.
pub fn read_anew<T: Strict>(key: &str) -> Option<T> {
    let is_refused = REFUSED.with_borrow(|refused| refused.contains(&key));
    if is_refused { None } else { read(key) }
}

/// Keeps a list; whether the browser did.
pub fn keep(key: &'static str, list: &impl Serialize) -> bool {
    let text = serde_json::to_string(list);
    let is_kept = text.is_ok_and(|text| storage::set(Place::Device, key, &text));
    REFUSED.with_borrow_mut(|refused| {
        refused.retain(|other| *other != key);
        if !is_kept {
            refused.push(key);
        }
    });
    is_kept
}
