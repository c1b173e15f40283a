//! Simulated models: prepared text at set speeds.
//!
//! Pure and the same every time: a request and the texts give a [`Script`],
//! which says what comes at what time in the words of Chat Completions.
//! `browser::demo` plays it. What a pane shows of it is labelled as simulated.

mod model;
mod pieces;
mod script;
mod texts;

pub use model::{DemoModel, Kind};
pub use pieces::pieces;
pub use script::{Ending, Script};
pub use texts::Texts;

#[cfg(test)]
#[path = "demo_tests.rs"]
mod tests;
