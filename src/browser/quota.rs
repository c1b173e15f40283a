//! How much the browser keeps for this page, and whether it may clear it.

use super::page;
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Bytes as the browser counts them, for everything that it keeps for this
/// page, not only for what we put there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// How many are used.
    pub used: f64,
    /// How many may be.
    pub most: f64,
}

/// Absent on pages that came without https.
fn manager() -> Option<StorageManager> {
    let navigator = page::window()?.navigator();
    let manager = Reflect::get(&navigator, &"storage".into()).ok()?;
    (!manager.is_undefined()).then(|| manager.unchecked_into())
}

async fn ask(call: fn(&StorageManager) -> Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(call(&manager()?).ok()?).await.ok()
}

/// What the browser believes; `None` where it does not say.
pub async fn estimate() -> Option<Estimate> {
    let answer = ask(StorageManager::estimate).await?;
    let number = |name: &str| Reflect::get(&answer, &name.into()).ok()?.as_f64();
    Some(Estimate {
        used: number("usage")?,
        most: number("quota")?,
    })
}

/// Whether the browser promised to keep it until the person clears it.
pub async fn is_persistent() -> Option<bool> {
    ask(StorageManager::persisted).await?.as_bool()
}

/// Asks for that promise; some browsers ask the person.
pub async fn persist() -> Option<bool> {
    ask(StorageManager::persist).await?.as_bool()
}
