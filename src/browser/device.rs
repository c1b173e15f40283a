//! Models that run in this page, by the lazily loaded module in `device/`.
//!
//! `boot.js` loads it on first use. One instance answers one run at a time.

use super::{
    fetch::{AbortGuard, FetchError, Reply},
    lazy, page,
};
use crate::core::{
    device::{DeviceFault, Progress, Stage},
    wire::http::HttpRequest,
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = touchstone, js_name = deviceWasm, catch)]
    fn wasm_url() -> Result<String, JsValue>;

    /// The module, see `device/index.js`.
    type Module;

    #[wasm_bindgen(method, catch)]
    fn ready(
        this: &Module,
        name: &str,
        url: &str,
        wasm: &str,
        tell: &JsValue,
        signal: &web_sys::AbortSignal,
    ) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn run(
        this: &Module,
        request: &str,
        signal: &web_sys::AbortSignal,
    ) -> Result<web_sys::Response, JsValue>;

    #[wasm_bindgen(method)]
    fn add(this: &Module, name: &str, file: &web_sys::File) -> js_sys::Promise;

    #[wasm_bindgen(method)]
    fn check(this: &Module, url: &str) -> js_sys::Promise;

    #[wasm_bindgen(method)]
    fn list(this: &Module, folder: &str) -> js_sys::Promise;

    #[wasm_bindgen(method)]
    fn stored(this: &Module) -> js_sys::Promise;

    #[wasm_bindgen(method)]
    fn forget(this: &Module) -> js_sys::Promise;
}

async fn load_module() -> Option<Module> {
    lazy::module("device").await
}

/// The folder of model files beside the page.
fn folder() -> String {
    page::beside("models/")
}

fn url_of(file: &str) -> String {
    folder() + &String::from(js_sys::encode_uri_component(file))
}

/// Why a model did not get ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReady {
    /// The guard was asked to stop.
    Aborted,
    /// It cannot be run.
    Fault(DeviceFault),
}

/// Loads the model of this file, unless it is there, and waits until it is
/// idle. `tell` hears how far it is.
pub async fn ready(
    file: &str,
    guard: &AbortGuard,
    mut tell: impl FnMut(Progress) + 'static,
) -> Result<(), NotReady> {
    let lost = || NotReady::Fault(DeviceFault::Download);
    let module = load_module().await.ok_or_else(lost)?;
    let wasm = wasm_url().map_err(|_| lost())?;
    let tell = Closure::<dyn FnMut(u32, f64, f64)>::new(move |stage, done, total| {
        let stage = if stage == 0 {
            Stage::Fetching
        } else {
            Stage::Loading
        };
        tell(Progress { stage, done, total });
    });
    let signal = guard.signal();
    let loading = module.ready(file, &url_of(file), &wasm, tell.as_ref(), &signal);
    let outcome = JsFuture::from(loading.map_err(|_| lost())?).await;
    let outcome = outcome.map(|_| ());
    outcome.map_err(|error| not_ready(&error, DeviceFault::new))
}

/// What a module threw instead of getting its model ready; `fault` makes one of
/// the error's code and words.
pub(super) fn not_ready(error: &JsValue, fault: impl Fn(&str, &str) -> DeviceFault) -> NotReady {
    let text = |name: &str| {
        js_sys::Reflect::get(error, &name.into())
            .ok()
            .and_then(|value| value.as_string())
            .unwrap_or_default()
    };
    if text("name") == "AbortError" {
        NotReady::Aborted
    } else {
        NotReady::Fault(fault(&text("code"), &text("message")))
    }
}

/// Runs the request on the model that is [`ready`]. The reply is there at once;
/// what follows is the model's own time.
pub async fn send(request: &HttpRequest, guard: &AbortGuard) -> Result<Reply, FetchError> {
    let module = load_module().await.ok_or(FetchError::Network)?;
    module
        .run(&request.body, &guard.signal())
        .map(Reply::of)
        .map_err(|_| FetchError::Network)
}

/// A file that the person picked.
#[derive(Clone)]
pub struct PickedFile(web_sys::File);

impl PickedFile {
    /// The file in a file field, which is emptied: picking the same file again
    /// is a choice too.
    pub fn take(field: &web_sys::HtmlInputElement) -> Option<Self> {
        let file = field.files()?.get(0)?;
        field.set_value("");
        Some(Self(file))
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.0.name()
    }
}

/// Takes a file that the person picked under this name, if it is a model.
pub async fn add(name: &str, file: &PickedFile) -> Result<(), DeviceFault> {
    let module = load_module().await.ok_or(DeviceFault::Download)?;
    let taken = JsFuture::from(module.add(name, &file.0)).await;
    match taken.ok().and_then(|taken| taken.as_bool()) {
        Some(true) => Ok(()),
        _ => Err(DeviceFault::NotGguf),
    }
}

/// Whether the host has this file, or the browser has it stored; the fault of
/// using it where not.
pub async fn check(file: &str) -> Result<(), DeviceFault> {
    let module = load_module().await.ok_or(DeviceFault::Download)?;
    let state = JsFuture::from(module.check(&url_of(file))).await.ok();
    match state.and_then(|state| state.as_string()).as_deref() {
        Some("there") => Ok(()),
        Some("missing") => Err(DeviceFault::Missing),
        _ => Err(DeviceFault::Download),
    }
}

/// The files that the host lists in `models/index.json`.
pub async fn list() -> Vec<String> {
    let Some(module) = load_module().await else {
        return Vec::new();
    };
    let list = JsFuture::from(module.list(&folder())).await.ok();
    list.and_then(|list| list.dyn_into::<js_sys::Array>().ok())
        .map(|list| list.iter().filter_map(|name| name.as_string()).collect())
        .unwrap_or_default()
}

/// How many bytes of models the browser keeps.
pub async fn stored() -> f64 {
    let Some(module) = load_module().await else {
        return 0.0;
    };
    let bytes = JsFuture::from(module.stored()).await.ok();
    bytes.and_then(|bytes| bytes.as_f64()).unwrap_or_default()
}

/// Removes every stored model.
pub async fn forget() {
    if let Some(module) = load_module().await {
        JsFuture::from(module.forget()).await.ok();
    }
}
