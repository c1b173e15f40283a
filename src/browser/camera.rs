//! Codes in front of the camera, by the lazily loaded module in `camera/`.

use super::{lazy, page};
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The module, see `camera/index.js`.
    type Module;

    #[wasm_bindgen(method, catch)]
    fn watch(
        this: &Module,
        video: &web_sys::Element,
        found: &Closure<dyn FnMut(String)>,
    ) -> Result<js_sys::Promise, JsValue>;
}

/// Why the camera shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCamera {
    /// The person or the browser does not allow it.
    Refused,
    /// There is none, or the page may not know of it.
    Missing,
    /// It broke off, or the module could not be loaded.
    Failed,
}

/// Whether this browser finds codes in pictures.
pub fn reads_codes() -> bool {
    page::window().is_some_and(|window| {
        js_sys::Reflect::has(&window, &JsValue::from_str("BarcodeDetector")).unwrap_or_default()
    })
}

/// Shows the camera in a video element and tells every text that it finds in a
/// code, until the element leaves the page.
pub async fn watch(
    video: &web_sys::Element,
    found: impl FnMut(String) + 'static,
) -> Result<(), NoCamera> {
    let module: Module = lazy::module("camera").await.ok_or(NoCamera::Failed)?;
    let found = Closure::new(found);
    let watched = module.watch(video, &found).map_err(|_| NoCamera::Failed)?;
    let outcome = JsFuture::from(watched)
        .await
        .map_err(|_| NoCamera::Failed)?;
    match outcome.as_string().as_deref() {
        Some("") => Ok(()),
        Some("refused") => Err(NoCamera::Refused),
        Some("missing") => Err(NoCamera::Missing),
        _ => Err(NoCamera::Failed),
    }
}
