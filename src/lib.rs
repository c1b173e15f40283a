//! Touchstone compares language models side by side, in the browser, with the
//! person's own keys.
//!
//! Layers, left never knows right: `core` (pure) ← `words` (pure) ← `browser` ←
//! `app` ← `ui`. The first two build and test on every target; the rest exists
//! on wasm32 only. See ARCHITECTURE.md.
#![recursion_limit = "256"]

#[cfg(target_arch = "wasm32")]
pub mod app;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod core;
#[cfg(target_arch = "wasm32")]
pub mod ui;
pub mod words;
