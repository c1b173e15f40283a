//! The UI layer (wasm32 only): small components, each a projection of state.

/// Mounts the app.
pub fn start() {}
