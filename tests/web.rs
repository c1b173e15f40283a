//! Tests in a real browser, in one binary because each binary starts a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::disallowed_methods)]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_page_clock_never_runs_backwards() {
    let clock = web_sys::window().and_then(|window| window.performance());
    let clock = clock.expect("a browser has a performance clock");
    let first = clock.now();
    assert!(clock.now() >= first);
}
