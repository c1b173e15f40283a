//! The browser's permission to reach this machine or network from a page.

use super::page;
use crate::core::wire::diagnosis::LocalPermission;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{PermissionState, PermissionStatus};

/// What the browser says of it. Browsers name it differently, and most have
/// none; an unknown name throws.
pub async fn local(is_loopback: bool) -> LocalPermission {
    let own = if is_loopback {
        "loopback-network"
    } else {
        "local-network"
    };
    for name in [own, "local-network-access"] {
        if let Some(state) = state_of(name).await {
            return match state {
                PermissionState::Granted => LocalPermission::Granted,
                PermissionState::Denied => LocalPermission::Denied,
                _ => LocalPermission::Prompt,
            };
        }
    }
    LocalPermission::NotApplicable
}

async fn state_of(name: &str) -> Option<PermissionState> {
    let asked = js_sys::Object::new();
    js_sys::Reflect::set(&asked, &"name".into(), &JsValue::from_str(name)).ok()?;
    let permissions = page::window()?.navigator().permissions().ok()?;
    let status = JsFuture::from(permissions.query(&asked).ok()?).await.ok()?;
    Some(status.unchecked_into::<PermissionStatus>().state())
}
