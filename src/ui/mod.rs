//! The UI layer (wasm32 only): small components, each a projection of state.

pub mod markdown;

/// Mounts the app.
pub fn start() {}
