//! The browser layer (wasm32 only): thin wrappers without policy.
//!
//! Nothing here decides anything about providers, keys or runs; it turns
//! callbacks into Rust values and errors into enums.

pub mod beside;
pub mod builtin;
pub mod calendar;
pub mod camera;
pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod currency;
pub mod demo;
pub mod device;
pub mod download;
pub mod events;
pub mod fetch;
pub mod files;
pub mod frame;
pub mod fullscreen;
pub mod highlight;
pub mod idle;
pub mod in_page;
mod lazy;
pub mod page;
pub mod permission;
pub mod quota;
pub mod random;
pub mod report;
pub mod schema;
pub mod sealing;
pub mod sharing;
pub mod source;
pub mod storage;
pub mod store;
pub mod timer;
