//! The browser's own model, by the lazily loaded module in `builtin/`.

use super::{
    device::{NotReady, not_ready},
    fetch::{AbortGuard, FetchError, Reply},
    lazy,
};
use crate::core::{
    built_in::{Availability, BuiltInFault},
    device::DeviceFault,
    wire::http::HttpRequest,
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The module, see `builtin/index.js`.
    type Module;

    #[wasm_bindgen(method, catch)]
    fn ready(
        this: &Module,
        download: bool,
        tell: &JsValue,
        signal: &web_sys::AbortSignal,
    ) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn run(
        this: &Module,
        request: &str,
        signal: &web_sys::AbortSignal,
    ) -> Result<web_sys::Response, JsValue>;

    /// `LanguageModel` itself.
    type Interface;

    #[wasm_bindgen(method, catch)]
    fn availability(this: &Interface) -> Result<js_sys::Promise, JsValue>;
}

fn interface() -> Option<Interface> {
    let found = js_sys::Reflect::get(&js_sys::global(), &"LanguageModel".into()).ok()?;
    (!found.is_undefined()).then(|| found.unchecked_into())
}

/// Whether the browser has the interface. Says nothing of a model.
pub fn is_here() -> bool {
    interface().is_some()
}

/// Whether the browser's model can be asked. Begins no download.
pub async fn available() -> Availability {
    let Some(interface) = interface() else {
        return Availability::Absent;
    };
    let Ok(asked) = interface.availability() else {
        return Availability::Unavailable;
    };
    let word = JsFuture::from(asked).await.ok();
    let word = word.and_then(|word| word.as_string()).unwrap_or_default();
    Availability::of_word(&word)
}

async fn load_module() -> Option<Module> {
    lazy::module("builtin").await
}

/// Gets the model into memory, unless it is there, and waits until it is idle.
/// `download`: whether the person asked for a download, of which `tell` hears
/// how far it is, in percent.
pub async fn get_ready(
    download: bool,
    guard: &AbortGuard,
    tell: impl FnMut(f64) + 'static,
) -> Result<(), NotReady> {
    let fault = |fault| NotReady::Fault(DeviceFault::BuiltIn(fault));
    let lost = || fault(BuiltInFault::Download(String::new()));
    let module = load_module().await.ok_or_else(lost)?;
    let tell = Closure::<dyn FnMut(f64)>::new(tell);
    let loading = module.ready(download, tell.as_ref(), &guard.signal());
    let outcome = JsFuture::from(loading.map_err(|_| lost())?).await;
    let built_in = |code: &str, words: &str| DeviceFault::BuiltIn(BuiltInFault::new(code, words));
    let outcome = outcome.map(|_| ());
    outcome.map_err(|error| not_ready(&error, built_in))
}

/// Runs the request on the model that is ready. The reply is there at once;
/// what follows is the model's own time.
pub async fn send(request: &HttpRequest, guard: &AbortGuard) -> Result<Reply, FetchError> {
    let module = load_module().await.ok_or(FetchError::Network)?;
    module
        .run(&request.body, &guard.signal())
        .map(Reply::of)
        .map_err(|_| FetchError::Network)
}
