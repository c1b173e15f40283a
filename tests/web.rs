//! Tests in a real browser, in one binary because each binary starts a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used, clippy::disallowed_methods)]

#[path = "web/markdown.rs"]
mod markdown;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
