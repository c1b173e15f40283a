//! Requests that stream their reply and stop when dropped.

use super::page;
use crate::core::{
    credentials::AwsKeys,
    domain::{ApiKey, Origin},
    pricing::Moment,
    wire::http::{HttpRequest, ResponseHead},
};
use gloo_net::http::{Headers, Request, Response};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, ReadableStreamDefaultReader, RequestCache, RequestCredentials,
    RequestInit, RequestMode, RequestRedirect,
};

/// Why no reply, or no more of it, came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchError {
    /// The browser refused or the network failed; it does not say which.
    Network,
    /// The request's own guard was dropped or asked to stop.
    Aborted,
    /// The URL's origin is not the one that the key is bound to.
    WrongOrigin,
    /// The request could not be built (e.g. a key with a line break).
    Unsendable,
}

/// Aborts its request when dropped.
pub struct AbortGuard(AbortController);

impl AbortGuard {
    /// A guard for one request.
    pub fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// What an in-page model listens to.
    pub(super) fn signal(&self) -> AbortSignal {
        self.0.signal()
    }

    /// Another handle that can abort the same request.
    pub fn handle(&self) -> AbortHandle {
        AbortHandle(self.0.clone())
    }
}

impl Drop for AbortGuard {
    fn drop(&mut self) {
        // Without a reason: a text reason would make fetch reject with that
        // text, which gloo-net cannot take.
        self.0.abort();
    }
}

/// A handle that can abort a request from elsewhere.
#[derive(Clone)]
pub struct AbortHandle(AbortController);

impl AbortHandle {
    /// Stops the request.
    pub fn abort(&self) {
        self.0.abort();
    }
}

/// A piece of a body, as the browser hands it over.
pub struct Chunk(js_sys::Uint8Array);

impl Chunk {
    /// How much of a chunk is in the program's memory at one time. Browsers hand
    /// over up to 2 MB at once, and what is made of that on the way is several
    /// times as much: memory that never shrinks would keep it.
    const SLICE: u32 = 1 << 16;

    /// How many bytes it has.
    pub fn size(&self) -> usize {
        self.0.length() as usize
    }

    /// Its bytes in order, in slices.
    pub fn each(&self, mut with: impl FnMut(&[u8])) {
        let mut from = 0;
        while from < self.0.length() {
            let to = from.saturating_add(Self::SLICE);
            with(&self.0.subarray(from, to).to_vec());
            from = to;
        }
    }
}

/// A reply whose body is read chunk by chunk.
pub struct Reply {
    /// Status and readable headers.
    pub head: ResponseHead,
    /// What was read and put back.
    held: Option<Chunk>,
    reader: Option<ReadableStreamDefaultReader>,
}

/// Sends `request`, with the key in its header if `bound` gives one. The key's
/// origin is compared with what the browser makes of the URL: a key is never
/// sent elsewhere, whatever built the URL.
pub async fn send(
    request: &HttpRequest,
    bound: Option<(&Origin, &ApiKey)>,
    guard: &AbortGuard,
) -> Result<Reply, FetchError> {
    dispatch(request, bound, None, guard).await
}

/// Makes the headers that sign a request at a time; `None` where the key is one
/// to be sent as it is.
pub type Signer = fn(&HttpRequest, &ApiKey, Moment) -> Option<Vec<(String, String)>>;

/// The same for a provider that takes signatures: with a key that signs, its
/// headers instead of the key.
pub async fn send_signed(
    request: &HttpRequest,
    bound: Option<(&Origin, &ApiKey)>,
    sign: (Signer, Moment),
    guard: &AbortGuard,
) -> Result<Reply, FetchError> {
    dispatch(request, bound, Some(sign), guard).await
}

async fn dispatch(
    request: &HttpRequest,
    bound: Option<(&Origin, &ApiKey)>,
    sign: Option<(Signer, Moment)>,
    guard: &AbortGuard,
) -> Result<Reply, FetchError> {
    let headers = Headers::new();
    for (name, value) in &request.headers {
        headers.set(name, value);
    }
    if let Some((origin, key)) = bound {
        if page::origin_of(&request.url).as_deref() != Some(origin.as_str()) {
            return Err(FetchError::WrongOrigin);
        }
        let signed = sign.and_then(|(sign, at)| sign(request, key, at));
        let value = format!("{}{}", request.auth.prefix, key.expose());
        // Keys that sign are a secret of which nothing is ever sent.
        let is_secret = request.auth.sigv4.is_some() && AwsKeys::is_meant(key.expose());
        if let Some(signed) = signed {
            for (name, value) in &signed {
                headers.set(name, value);
            }
        } else if is_secret || !value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return Err(FetchError::Unsendable);
        } else {
            headers.set(&request.auth.header, &value);
        }
    }
    let response = built(request, headers, guard)
        .ok_or(FetchError::Unsendable)?
        .send()
        .await;
    match response {
        Ok(response) => Ok(reply(&response)),
        Err(_) if guard.0.signal().aborted() => Err(FetchError::Aborted),
        Err(_) => Err(FetchError::Network),
    }
}

/// The browser's request. Not by gloo-net's builder, which puts a `&` behind a
/// query: what is sent is what the page says is sent.
fn built(request: &HttpRequest, headers: Headers, guard: &AbortGuard) -> Option<Request> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_headers(&headers.into_raw());
    init.set_credentials(RequestCredentials::Omit);
    // A redirect could carry a key header to another host.
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(Some(&guard.0.signal()));
    if request.method == "GET" {
        // The reply of a POST is not stored anyway, and with `no-store` Chromium
        // also forgets the preflight: each run would pay for another one.
        init.set_cache(RequestCache::NoStore);
    }
    if !request.body.is_empty() {
        init.set_body(&request.body.as_str().into());
    }
    let request = web_sys::Request::new_with_str_and_init(&request.url, &init);
    request.ok().map(Request::from)
}

/// Whether anything answers at this URL, be it with an answer that no page may
/// read. Nothing of ours goes along.
pub async fn answers(url: &str, guard: &AbortGuard) -> bool {
    let builder = Request::get(url)
        .mode(RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&guard.0.signal()));
    match builder.build() {
        Ok(request) => request.send().await.is_ok(),
        Err(_) => false,
    }
}

fn reply(response: &Response) -> Reply {
    let head = ResponseHead {
        status: response.status(),
        headers: response
            .headers()
            .entries()
            .map(|(k, v)| (k.to_ascii_lowercase(), v))
            .collect(),
    };
    let reader = response.body().and_then(|body| {
        body.get_reader()
            .dyn_into::<ReadableStreamDefaultReader>()
            .ok()
    });
    Reply {
        head,
        held: None,
        reader,
    }
}

impl Reply {
    /// The reply that an in-page model makes itself.
    pub(super) fn of(response: web_sys::Response) -> Self {
        reply(&Response::from(response))
    }

    /// The reply of a request that was sent elsewhere in this layer.
    pub(super) fn read(response: &Response) -> Self {
        reply(response)
    }

    /// The next chunk, or `None` at the end of the body. Take the time right
    /// after this returns.
    pub async fn chunk(&mut self) -> Result<Option<Chunk>, FetchError> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        let Some(reader) = &self.reader else {
            return Ok(None);
        };
        let read = JsFuture::from(reader.read())
            .await
            .map_err(|error| failed(&error))?
            // What `read` gives has the shape of an iterator's step.
            .unchecked_into::<js_sys::IteratorNext>();
        if read.done() {
            return Ok(None);
        }
        // A body's stream gives nothing else.
        Ok(read.value().dyn_into().ok().map(Chunk))
    }

    /// Puts back what was read, for whoever reads next.
    pub fn put_back(&mut self, bytes: &[u8]) {
        self.held = Some(Chunk(bytes.into()));
    }

    /// The rest of the body, up to `limit` bytes.
    pub async fn rest(&mut self, limit: usize) -> Vec<u8> {
        let mut body = Vec::new();
        while let Ok(Some(chunk)) = self.chunk().await {
            chunk.each(|bytes| body.extend_from_slice(bytes));
            if body.len() > limit {
                body.truncate(limit);
                break;
            }
        }
        body
    }
}

fn failed(error: &JsValue) -> FetchError {
    let name = js_sys::Reflect::get(error, &"name".into())
        .ok()
        .and_then(|name| name.as_string());
    if name.as_deref() == Some("AbortError") {
        FetchError::Aborted
    } else {
        FetchError::Network
    }
}
