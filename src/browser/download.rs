//! Handing a file to the person.

use super::{page, timer::Timer};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser gets to start the download before the URL is freed.
const REVOKE_AFTER_MS: i32 = 30_000;

/// Offers `text` as a file; `false` if the browser refused.
pub fn save_text(name: &str, mime: &str, text: &str) -> bool {
    try_save(name, mime, text).is_some()
}

/// The same with what is a file already.
pub fn save_blob(name: &str, blob: &Blob) -> bool {
    offer(name, blob).is_some()
}

fn try_save(name: &str, mime: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    offer(name, &blob)
}

/// A file that is put together piece by piece; the browser may keep the pieces
/// on disk meanwhile.
pub struct Pieces(js_sys::Array);

impl Pieces {
    /// An empty file.
    pub fn empty() -> Self {
        Self(js_sys::Array::new())
    }

    /// Adds text at the end; `false` if the browser refused.
    pub fn add(&self, text: &str) -> bool {
        let part = js_sys::Array::of1(&JsValue::from_str(text));
        let blob = Blob::new_with_str_sequence(&part);
        blob.is_ok_and(|blob| self.0.push(&blob) > 0)
    }

    /// Offers the whole; `false` if the browser refused.
    pub fn save(&self, name: &str, mime: &str) -> bool {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        let blob = Blob::new_with_blob_sequence_and_options(&self.0, &options);
        blob.ok().and_then(|blob| offer(name, &blob)).is_some()
    }
}

fn offer(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let anchor: HtmlAnchorElement = page::document()?
        .create_element("a")
        .ok()?
        .dyn_into()
        .ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    if let Some(timeout) = Timer::once(REVOKE_AFTER_MS, move || {
        Url::revoke_object_url(&url).ok();
    }) {
        std::mem::forget(timeout);
    }
    Some(())
}
