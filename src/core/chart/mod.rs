//! Data to geometry, and numbers to what is written beside it. No locale and
//! no words: units are data, so that the UI can style and name them.

pub mod axis;
pub mod format;
pub mod name;
pub mod rank;
pub mod svg;
pub mod usd;

pub use axis::{Axis, BarPart, Tick, axis};
pub use format::{Quantity, Unit, format_ms, format_rate, format_tokens, shown_ms, shown_rate};
pub use name::halves;
pub use rank::{best, comparable, sort_order};
pub use usd::{Digits, exact_usd, format_usd, grouped};
