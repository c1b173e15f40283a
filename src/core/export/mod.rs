//! A result in the forms that leave the page: tables, texts, reports, charts,
//! and the requests themselves as programs.
//!
//! All of them are made from the document ([`Sheet`] reads it as JSON), not
//! from the state of the page, so that an opened result exports the same. The
//! words come in as [`ReportWords`]; the formats are told in
//! `docs/exports.md`, and a test holds the columns of the table to it.

mod charts;
pub mod csv;
mod html;
mod markdown;
mod promptfoo;
mod sheet;
pub mod snippet;
mod words;
mod yaml;

pub use charts::{figures_of, race_of};
pub use csv::csv;
pub use html::{Report, STYLE, report};
pub use markdown::markdown;
pub use promptfoo::{NotCarried, Promptfoo, promptfoo};
pub use sheet::{Row, Sheet};
pub use words::ReportWords;
pub(crate) use yaml::to_yaml;

/// The `id` of the element of a report that holds its document.
pub const EMBEDDED_ID: &str = "touchstone-document";

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod samples;
