//! Reports on paper and charts as pictures, by the lazily loaded module in
//! `report/`. `boot.js` loads it on first use.

use super::lazy;
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    /// The module, see `report/index.js`.
    type Module;

    #[wasm_bindgen(method, catch)]
    fn print(this: &Module, html: &str, css: &str) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn png(this: &Module, svg: &str, scale: f64) -> Result<js_sys::Promise, JsValue>;
}

/// Opens the print dialog of a page; `false` where the browser cannot.
pub async fn print(html: &str, css: &str) -> bool {
    let Some(module) = lazy::module::<Module>("report").await else {
        return false;
    };
    let Ok(printing) = module.print(html, css) else {
        return false;
    };
    JsFuture::from(printing).await.is_ok()
}

/// An SVG as a PNG with so many pixels for each of its units; `None` where the
/// browser cannot.
pub async fn png(svg: &str, scale: f64) -> Option<Blob> {
    let module: Module = lazy::module("report").await?;
    let drawn = JsFuture::from(module.png(svg, scale).ok()?).await.ok()?;
    drawn.dyn_into().ok()
}
