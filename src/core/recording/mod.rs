//! How a response arrived, chunk by chunk, and how it is played again.
//!
//! - [`Arrivals`] are kept by a run's log while it streams.
//! - [`Script`] takes a finished run apart into steps with their times, which
//!   go through the same reducer as those of a live run.

mod arrivals;
mod script;
mod texts;

pub use arrivals::{Arrival, Arrivals};
pub use script::{Player, Script};
