//! A finished comparison played again: one clock for all panes, and a log for
//! each that goes through the same reducer as when it ran.
//!
//! Nothing here knows the time: whoever drives a replay says what the real
//! clock shows, and gets what has to be drawn.

pub mod clock;
pub mod gallery;
pub mod keys;
pub mod origin;
pub mod speed;
pub mod stage;
pub mod track;

pub use clock::Clock;
pub use gallery::{Recording, read_list};
pub use keys::Key;
pub use origin::{browser, short_date};
pub use speed::Speed;
pub use stage::{Mark, Run, Stage};
pub use track::{Alignment, Moved};
