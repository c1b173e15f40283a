//! A run as a reducer over events.
//!
//! [`RunLog`] takes what the runner saw, each with its time, and holds what the
//! pane shows. It knows no clock and no network. Phases only move forward, text
//! only grows, and after the end nothing changes any more. A retry is a new
//! log, so that no figure ever spans two attempts.

pub mod change;
pub mod conversation;
pub mod log;
pub mod phase;
mod read;
mod restore;
pub mod segments;
pub mod transcript;

#[cfg(test)]
mod property_tests;

pub use change::Change;
pub use conversation::{history, latest_answer};
pub use log::RunLog;
pub use phase::Phase;
pub use segments::{Segment, SegmentKind};
pub use transcript::{Block, ToolCall, Transcript};
