//! Files that a person picks, pastes or drops, and pictures made of them by the
//! lazily loaded module in `files/`.
//!
//! `boot.js` loads it on first use.

use super::lazy;
use crate::core::attach::{Attachment, Target};
use wasm_bindgen::{JsCast as _, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The module, see `files/index.js`.
    type Module;

    #[wasm_bindgen(method, catch)]
    fn fit(
        this: &Module,
        bytes: js_sys::Uint8Array,
        media_type: &str,
        formats: &str,
        max_side: f64,
        max_pixels: f64,
        max_bytes: f64,
    ) -> Result<js_sys::Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn thumbnail(
        this: &Module,
        bytes: js_sys::Uint8Array,
        media_type: &str,
    ) -> Result<js_sys::Promise, JsValue>;
}

/// Files on their way in, and whether they were chosen for attaching.
pub struct Incoming(Vec<web_sys::File>, bool);

impl Incoming {
    /// The files in a file field, which is emptied: picking the same file again
    /// is a choice too.
    pub fn take(field: &web_sys::HtmlInputElement) -> Option<Self> {
        let files = Self::of_list(field.files(), true);
        field.set_value("");
        files
    }

    /// The files that were dropped or pasted.
    pub fn of_event(event: &web_sys::Event) -> Option<Self> {
        Self::of_list(transfer(event)?.files(), false)
    }

    fn of_list(list: Option<web_sys::FileList>, chosen: bool) -> Option<Self> {
        let list = list?;
        let files: Vec<_> = (0..list.length()).filter_map(|at| list.get(at)).collect();
        (!files.is_empty()).then_some(Self(files, chosen))
    }

    /// Whether a field for files took them, which says what they are for; a drop
    /// does not.
    pub fn is_chosen(&self) -> bool {
        self.1
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One by one.
    pub fn into_files(self) -> impl Iterator<Item = IncomingFile> {
        self.0.into_iter().map(IncomingFile)
    }
}

/// Whether a drag or a paste brings files.
pub fn brings_files(event: &web_sys::Event) -> bool {
    let types = transfer(event).map(|transfer| transfer.types());
    types.is_some_and(|types| types.includes(&"Files".into(), 0))
}

/// Whether the pointer leaves the page with this event.
pub fn leaves_page(event: &web_sys::Event) -> bool {
    let event = event.dyn_ref::<web_sys::MouseEvent>();
    event.is_some_and(|event| event.related_target().is_none())
}

fn transfer(event: &web_sys::Event) -> Option<web_sys::DataTransfer> {
    match event.dyn_ref::<web_sys::DragEvent>() {
        Some(event) => event.data_transfer(),
        None => event.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data(),
    }
}

/// One file.
#[derive(Clone)]
pub struct IncomingFile(web_sys::File);

impl IncomingFile {
    /// Its name.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// Its size in bytes.
    pub fn len(&self) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "sizes are whole numbers; what is larger than memory is too large either way"
        )]
        let bytes = self.0.size() as usize;
        bytes
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its bytes; `None` where it cannot be read, as with a folder.
    pub async fn read(&self) -> Option<Vec<u8>> {
        let buffer = JsFuture::from(self.0.array_buffer()).await.ok()?;
        Some(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}

async fn module() -> Option<Module> {
    lazy::module("files").await
}

/// An image made to keep to these limits, the right way up. `None` where the
/// browser cannot.
pub async fn fit(image: &Attachment, target: &Target) -> Option<Vec<u8>> {
    let formats: Vec<&str> = target
        .formats
        .iter()
        .map(|format| format.as_str())
        .collect();
    let bytes = js_sys::Uint8Array::from(image.bytes());
    #[expect(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
    let number = |limit: Option<u64>| limit.map_or(f64::INFINITY, |limit| limit as f64);
    let made = module().await?.fit(
        bytes,
        image.media_type(),
        &formats.join(" "),
        number(target.max_side.map(u64::from)),
        number(target.max_pixels),
        number(target.max_bytes),
    );
    let bytes = JsFuture::from(made.ok()?).await.ok()?;
    Some(bytes.dyn_into::<js_sys::Uint8Array>().ok()?.to_vec())
}

/// A small picture of an image as a data URL.
pub async fn thumbnail(image: &Attachment) -> Option<String> {
    let bytes = js_sys::Uint8Array::from(image.bytes());
    let made = module().await?.thumbnail(bytes, image.media_type());
    JsFuture::from(made.ok()?).await.ok()?.as_string()
}
