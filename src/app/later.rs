//! The part of the program that is loaded after the first action: whether it is
//! there, and what `app` itself needs of it.
//!
//! What it consists of stands in `ui::later`, the one list of its entry points.

use super::{Comparison, Notices, RunState, Upcoming};
use crate::core::pricing::{Cost, Moment, PriceTable};
use std::sync::OnceLock;

/// What `app` needs of the later part.
pub struct AppParts {
    /// Gives the document what the answer has gained.
    pub feed_document: fn(&mut RunState),
    /// Lets the document show what it held back; whether that was anything.
    pub flush_document: fn(&mut RunState) -> bool,
    /// Offers the comparison as a JSON file.
    pub save_json: fn(Comparison, Notices),
    /// What a run costs or has cost, by the table, as of now.
    pub cost: fn(&RunState, Option<&PriceTable>, Moment) -> Cost,
    /// Says what the next run can cost at most.
    pub look_ahead: fn(Upcoming),
}

static PARTS: OnceLock<&'static AppParts> = OnceLock::new();

/// Tells that the later part is there.
pub fn arrive(parts: &'static AppParts) {
    // A second arrival brings the same table.
    PARTS.set(parts).ok();
}

/// The later part, if it is there.
pub fn parts() -> Option<&'static AppParts> {
    PARTS.get().copied()
}
