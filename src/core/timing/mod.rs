//! The clock's marks and the figures that follow from them.
//!
//! A [`Timeline`] holds points in time, all taken by the caller when a chunk is
//! read and before it is decoded. [`Metrics`] is what can be said from them and
//! from the reported usage; it never guesses. The words and the long form of
//! the definitions stand in `crate::words::metrics` and `docs/metrics.md`.

pub mod figure;
pub mod metrics;
pub mod timeline;

pub use figure::{Figure, FigureSource};
pub use metrics::{Metrics, Rate, RateBasis, RateGap};
pub use timeline::{Mark, Timeline, TokenKind};
