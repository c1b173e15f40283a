//! The third part of the program: whether it is there, and what `app` itself
//! needs of it.
//!
//! What it consists of stands in `ui::studio`, the one list of its entry points.

use super::{Comparison, Notices, Runner, later::Wait};
use crate::browser::files::IncomingFile;
use std::{cell::OnceCell, sync::OnceLock};

/// What `app` needs of the third part.
pub struct StudioParts {
    /// Takes a file that was dropped if it seems meant to be opened, by its name
    /// and bytes; `false` where it is for the prompt.
    pub take_dropped: fn(&str, &[u8]) -> bool,
    /// The same for one that is too large to be attached.
    pub take_large: fn(&IncomingFile) -> bool,
    /// The person's answer to the question whether a link may replace their
    /// work.
    pub answer_link: fn(Comparison, Notices, Runner, bool),
}

static PARTS: OnceLock<&'static StudioParts> = OnceLock::new();

thread_local! {
    static FETCH: OnceCell<Box<dyn Fn() -> Wait<'static, ()>>> = const { OnceCell::new() };
}

/// Tells that the third part is there.
pub fn arrive(parts: &'static StudioParts) {
    // A second arrival brings the same table.
    PARTS.set(parts).ok();
}

/// Tells how the third part is fetched, for [`need`].
pub fn set_fetch(fetch: impl Fn() -> Wait<'static, ()> + 'static) {
    FETCH.with(|slot| slot.set(Box::new(fetch)).ok());
}

/// The third part, if it is there.
pub fn parts() -> Option<&'static StudioParts> {
    PARTS.get().copied()
}

/// The third part, fetched if it is not there; `None` where that failed.
pub async fn need() -> Option<&'static StudioParts> {
    if parts().is_none() {
        let fetching = FETCH.with(|fetch| fetch.get().map(|fetch| fetch()));
        if let Some(fetching) = fetching {
            fetching.await;
        }
    }
    parts()
}

/// The person's answer to the question whether a link may replace their work,
/// which only the third part asks.
pub fn answer_link(comparison: Comparison, notices: Notices, runner: Runner, replace: bool) {
    if let Some(parts) = parts() {
        (parts.answer_link)(comparison, notices, runner, replace);
    }
}
