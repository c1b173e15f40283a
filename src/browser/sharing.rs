//! The browser's own way to pass a link on, where it has one.

use super::page;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

fn share() -> Option<(JsValue, js_sys::Function)> {
    let navigator: JsValue = page::window()?.navigator().into();
    let share = js_sys::Reflect::get(&navigator, &"share".into()).ok()?;
    Some((navigator, share.dyn_into().ok()?))
}

/// Whether there is one.
pub fn is_there() -> bool {
    share().is_some()
}

/// Offers a link to whatever the device can send it with; whether it was taken.
pub async fn send(title: &str, url: &str) -> bool {
    let Some((navigator, share)) = share() else {
        return false;
    };
    let what = js_sys::Object::new();
    for (name, value) in [("title", title), ("url", url)] {
        js_sys::Reflect::set(&what, &name.into(), &value.into()).ok();
    }
    let asked = share.call1(&navigator, &what);
    match asked.map(wasm_bindgen::JsCast::dyn_into::<js_sys::Promise>) {
        Ok(Ok(asked)) => JsFuture::from(asked).await.is_ok(),
        _ => false,
    }
}
