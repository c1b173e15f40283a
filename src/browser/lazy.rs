//! Modules that `boot.js` loads on first use, by their names in `index.html`.

use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = touchstone, js_name = lazy, catch)]
    fn lazy(name: &str) -> Result<js_sys::Promise, JsValue>;
}

/// The module of that name, or `None` where it could not be loaded; the next
/// call tries again. `T` is the caller's own description of it.
pub(super) async fn module<T: JsCast>(name: &str) -> Option<T> {
    let module = JsFuture::from(lazy(name).ok()?).await.ok()?;
    Some(module.unchecked_into())
}
