//! Replies that the page makes itself, for models that need no network.
//!
//! They are real `Response`s with a body that grows, so that whoever reads a
//! reply cannot tell them from those of `fetch`.

use super::{
    builtin, device,
    fetch::{AbortGuard, FetchError, Reply},
};
use crate::core::{catalog::Transport, wire::http::HttpRequest};
use std::pin::Pin;
use wasm_bindgen::{JsValue, closure::Closure};
use web_sys::{ReadableStream, ReadableStreamDefaultController, Response, ResponseInit};

/// Has a request answered by a model that is loaded before it runs; nothing else
/// is for it.
pub fn answer<'a>(
    transport: Transport,
    request: &'a HttpRequest,
    guard: &'a AbortGuard,
) -> Pin<Box<dyn Future<Output = Result<Reply, FetchError>> + 'a>> {
    Box::pin(async move {
        match transport {
            Transport::Http | Transport::Simulated => Err(FetchError::Network),
            Transport::OnDevice => device::send(request, guard).await,
            Transport::BuiltIn => builtin::send(request, guard).await,
        }
    })
}

/// The writing end of a body.
#[derive(Clone)]
pub struct Body(ReadableStreamDefaultController);

impl Body {
    /// A reply with this status and these headers, and its body's writing end.
    pub fn open(status: u16, headers: &[(&str, &str)]) -> Result<(Reply, Self), FetchError> {
        Self::try_open(status, headers).ok_or(FetchError::Network)
    }

    fn try_open(status: u16, headers: &[(&str, &str)]) -> Option<(Reply, Self)> {
        let given = std::rc::Rc::new(std::cell::OnceCell::new());
        let slot = given.clone();
        // The stream calls this before its constructor returns.
        let start = Closure::once(move |controller: ReadableStreamDefaultController| {
            slot.set(controller).ok();
        });
        let source = js_sys::Object::new();
        js_sys::Reflect::set(&source, &"start".into(), start.as_ref()).ok()?;
        let stream = ReadableStream::new_with_underlying_source(&source).ok()?;
        let names = js_sys::Object::new();
        for (name, value) in headers {
            js_sys::Reflect::set(&names, &(*name).into(), &(*value).into()).ok()?;
        }
        let init = ResponseInit::new();
        init.set_status(status);
        init.set_headers(&names);
        let response =
            Response::new_with_opt_readable_stream_and_init(Some(&stream), &init).ok()?;
        Some((Reply::of(response), Self(given.get()?.clone())))
    }

    /// Appends to the body.
    pub fn push(&self, bytes: &[u8]) {
        let bytes = js_sys::Uint8Array::from(bytes);
        self.0.enqueue_with_chunk(&bytes).ok();
    }

    /// The body is whole.
    pub fn end(&self) {
        self.0.close().ok();
    }

    /// The body stops here: as a connection that breaks, or because the
    /// request was aborted.
    pub fn break_off(&self, aborted: bool) {
        let error = js_sys::Error::new("");
        if aborted {
            error.set_name("AbortError");
        }
        self.0.error_with_e(&JsValue::from(error));
    }
}
