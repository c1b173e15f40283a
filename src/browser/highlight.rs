//! The lazily loaded highlighter: tokens in, no HTML.
//!
//! `boot.js` loads the self-hosted module on first use; it exports
//! `tokens(code, lang)`, a promise of a flat array of class name or null, text,
//! class name or null, text … It comes when the page has time for it.

use super::lazy;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The tokens of `code`, or `None` if the language is unknown or the module
/// could not be loaded; the code then simply stays plain.
pub async fn tokens(code: &str, lang: &str) -> Option<Vec<(Option<String>, String)>> {
    let module: JsValue = lazy::module("highlight").await?;
    let tokens: js_sys::Function = js_sys::Reflect::get(&module, &"tokens".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let promise: js_sys::Promise = tokens
        .call2(&JsValue::NULL, &code.into(), &lang.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let flat: js_sys::Array = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    let mut pairs = Vec::new();
    let mut index = 0;
    while index + 1 < flat.length() {
        let class = flat.get(index).as_string().as_deref().and_then(kind_of);
        pairs.push((class, flat.get(index + 1).as_string()?));
        index += 2;
    }
    // Whatever a highlighter does, the text must stay the text.
    let whole: String = pairs.iter().map(|(_, text)| text.as_str()).collect();
    (whole == code).then_some(pairs)
}

/// The token's kind without the highlighter's own prefix; of several kinds the
/// first.
fn kind_of(classes: &str) -> Option<String> {
    let first = classes.split(' ').next()?;
    Some(first.strip_prefix("hljs-").unwrap_or(first).to_owned())
}
