//! The whole screen for the page. Browsers grant it only to an act of the
//! person, and may refuse it.

use super::{events::Listener, page};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// What can fill the screen. web-sys would drop the promise, and a refusal
    /// would be an error of the page that nobody handles.
    type Screen;

    #[wasm_bindgen(method, catch, js_name = requestFullscreen)]
    fn request(this: &Screen) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, js_name = exitFullscreen)]
    fn exit(this: &Screen) -> Result<JsValue, JsValue>;
}

/// Asks for the whole screen; whether it was granted.
pub async fn enter() -> bool {
    let root = page::document().and_then(|document| document.document_element());
    let Some(root) = root else { return false };
    settled(root.unchecked_into::<Screen>().request()).await
}

/// Gives it back.
pub async fn leave() {
    if is_on()
        && let Some(document) = page::document()
    {
        settled(document.unchecked_into::<Screen>().exit()).await;
    }
}

/// Whether the page has the whole screen.
pub fn is_on() -> bool {
    page::document().is_some_and(|document| document.fullscreen_element().is_some())
}

/// Calls `changed` whenever the page gets or loses it.
pub fn watch(changed: impl Fn() + 'static) -> Option<Listener> {
    let document = page::document()?;
    Some(Listener::new(document, "fullscreenchange", move |_| {
        changed();
    }))
}

async fn settled(asked: Result<JsValue, JsValue>) -> bool {
    match asked.map(wasm_bindgen::JsCast::dyn_into::<js_sys::Promise>) {
        Ok(Ok(promise)) => JsFuture::from(promise).await.is_ok(),
        // An older browser gives no promise.
        Ok(Err(_)) => true,
        Err(_) => false,
    }
}
