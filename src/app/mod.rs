//! The app layer (wasm32 only).
