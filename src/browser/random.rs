//! Randomness that nobody can guess.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    fn fill(bytes: &js_sys::Uint8Array) -> Result<JsValue, JsValue>;
}

/// 32 random bytes; `None` where the browser has none to give.
pub fn bytes() -> Option<[u8; 32]> {
    let array = js_sys::Uint8Array::new_with_length(32);
    fill(&array).ok()?;
    let mut bytes = [0; 32];
    array.copy_to(&mut bytes);
    Some(bytes)
}
