//! The two storages of the browser. Private modes may refuse both; then reads
//! give nothing and writes say so.

use super::page;

/// Where a value is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Until the tab closes (sessionStorage).
    Tab,
    /// Until the person clears it (localStorage).
    Device,
}

fn store(place: Place) -> Option<web_sys::Storage> {
    let window = page::window()?;
    match place {
        Place::Tab => window.session_storage().ok()?,
        Place::Device => window.local_storage().ok()?,
    }
}

/// Reads a value.
pub fn get(place: Place, key: &str) -> Option<String> {
    store(place)?.get_item(key).ok()?
}

/// Writes a value; `false` if the browser refused (quota, private mode).
pub fn set(place: Place, key: &str, value: &str) -> bool {
    store(place).is_some_and(|store| store.set_item(key, value).is_ok())
}

/// Removes a value.
pub fn remove(place: Place, key: &str) {
    if let Some(store) = store(place) {
        store.remove_item(key).ok();
    }
}

/// Whether the browser keeps nothing at all for this page.
pub fn is_refused() -> bool {
    page::window().is_some_and(|window| window.local_storage().is_err())
}
