//! The only door to spawned work.

/// Runs a future on the page's executor. Whatever it must be able to stop is
/// held by its owner (an abort guard inside the future); the future itself may
/// touch `Arc` signals only, which outlive every component.
#[expect(clippy::disallowed_methods, reason = "the one place that spawns")]
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}
