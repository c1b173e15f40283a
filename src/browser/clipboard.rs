//! Copying text.

use super::page;
use wasm_bindgen_futures::JsFuture;

/// Puts text on the clipboard; `false` if the browser refused.
pub async fn copy(text: &str) -> bool {
    let Some(window) = page::window() else {
        return false;
    };
    // Absent on insecure origins, where reading the property gives undefined.
    let navigator = window.navigator();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into())
        .is_ok_and(|clipboard| !clipboard.is_undefined());
    has_clipboard
        && JsFuture::from(navigator.clipboard().write_text(text))
            .await
            .is_ok()
}
