//! A finished comparison played again: one clock for all panes, and a log for
//! each that goes through the same reducer as when it ran.
//!
//! Nothing here knows the time: whoever drives a replay says what the real
//! clock shows, and gets what has to be drawn.

mod clock;
mod origin;
mod speed;
mod stage;
mod track;

pub use clock::Clock;
pub use origin::{browser, short_date};
pub use speed::Speed;
pub use stage::{Mark, Run, Stage};
pub use track::{Alignment, Moved};
