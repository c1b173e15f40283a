//! Files that are served beside the page.

use super::page;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// The text of a file by its path from the page, e.g. `prices.json`. The
/// browser asks for it after everything else, and asks the host whether its
/// own copy is still the latest. `None` where it could not be had.
pub async fn text(path: &str) -> Option<String> {
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoCache);
    js_sys::Reflect::set(&init, &"priority".into(), &"low".into()).ok();
    let fetched = page::window()?.fetch_with_str_and_init(path, &init);
    let response: Response = JsFuture::from(fetched).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text: JsValue = JsFuture::from(response.text().ok()?).await.ok()?;
    text.as_string()
}
