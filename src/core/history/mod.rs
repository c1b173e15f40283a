//! What is kept of comparisons on this device: entries to list and search, and
//! their documents.
//!
//! - [`entry`] is what the list shows of a comparison, made from its document.
//! - [`search`] finds, sorts and adds up entries.
//! - [`tags`] are the person's own words on them.
//! - [`gone`] is what was deleted and can still come back.
//! - [`thread`] decides which entry a comparison on the page is kept in.
//! - [`files`] keeps what is attached to a turn once instead of once for each
//!   pane.
//! - [`export`] writes every entry into one file, [`import`] reads it again, and
//!   [`merge`] says what of it is new here.
//!
//! Nothing here knows where entries are stored. Times are seconds since 1970, in
//! UTC.

pub mod entry;
pub mod export;
pub mod files;
pub mod gone;
pub mod import;
pub mod merge;
pub mod search;
pub mod tags;
pub mod thread;
pub mod trouble;

pub use entry::{Entry, PaneFigures, Spent};
pub use gone::Gone;
pub use import::{ImportError, Imported, Reader, Skipped};
pub use merge::{Meeting, Shelf};
pub use search::{Row, Sort, Totals};
pub use thread::{Next, Thread};
pub use trouble::StoreError;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod history_tests;
