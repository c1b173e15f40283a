//! The lazily loaded highlighter: tokens in, no HTML.
//!
//! The module is self-hosted and named by `<meta name="touchstone-highlight">`,
//! which the build writes. It exports `tokens(code, lang)`, a flat array of
//! class name or null, text, class name or null, text …

use super::page;
use std::cell::RefCell;
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = "export function importModule(url) { return import(url); }")]
extern "C" {
    #[wasm_bindgen(js_name = importModule, catch)]
    fn import_module(url: &str) -> Result<js_sys::Promise, JsValue>;
}

thread_local!(static MODULE: RefCell<Option<JsValue>> = const { RefCell::new(None) });

async fn module() -> Option<JsValue> {
    if let Some(module) = MODULE.with(|slot| slot.borrow().clone()) {
        return Some(module);
    }
    let name = page::meta("touchstone-highlight")?;
    let base = page::document()?.base_uri().ok()??;
    let url = web_sys::Url::new_with_base(&name, &base).ok()?.href();
    let module = JsFuture::from(import_module(&url).ok()?).await.ok()?;
    MODULE.with(|slot| slot.replace(Some(module.clone())));
    Some(module)
}

/// The tokens of `code`, or `None` if the language is unknown or the module
/// could not be loaded; the code then simply stays plain.
pub async fn tokens(code: &str, lang: &str) -> Option<Vec<(Option<String>, String)>> {
    let module = module().await?;
    let tokens: js_sys::Function = js_sys::Reflect::get(&module, &"tokens".into())
        .ok()?
        .dyn_into()
        .ok()?;
    let flat: js_sys::Array = tokens
        .call2(&JsValue::NULL, &code.into(), &lang.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let mut pairs = Vec::new();
    let mut index = 0;
    while index + 1 < flat.length() {
        pairs.push((
            flat.get(index).as_string(),
            flat.get(index + 1).as_string()?,
        ));
        index += 2;
    }
    // Whatever a highlighter does, the text must stay the text.
    let whole: String = pairs.iter().map(|(_, text)| text.as_str()).collect();
    (whole == code).then_some(pairs)
}
