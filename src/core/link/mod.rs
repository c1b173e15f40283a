//! Whole documents in a link: the text behind `#c=`.
//!
//! ```text
//! document ─ JSON ─ columns ─ model and coder ─ container ─ base64url ─ "1…"
//! ```
//!
//! - [`columns`] writes long lists of numbers shorter.
//! - [`model`] says how likely the next bit is, [`coder`] turns that into bytes;
//!   [`tables`] holds the numbers both readers and writers must agree on.
//! - [`container`] adds lengths and a checksum, so that a link that was cut says
//!   how much is missing.
//! - [`text`] is base64url, and forgives what chat programs do to a link.
//! - [`sealed`] is the text of something encrypted; the browser encrypts.
//!
//! `docs/link-format.md` describes every byte. Version 1 never changes: links
//! are kept for years, and `tests/fixtures/links/v1` holds some of them.

#![allow(
    clippy::inline_always,
    reason = "releases are built for size, where a call for every bit would take half of the time"
)]

mod coder;
mod columns;
mod container;
mod context;
mod fault;
mod model;
mod sealed;
mod tables;
mod text;

pub use container::{Packing, Unpacking, compress, decompress};
pub use fault::PackFault;
pub use sealed::{SALT_BYTES, Sealed, VECTOR_BYTES, open_text, seal_text};
pub use tables::DICTIONARY;

use crate::core::json;
use serde_json::Value;

/// The longest JSON text that is unpacked, in bytes.
pub const MAX_JSON_BYTES: usize = 16 << 20;

/// A document as the text behind `#c=`.
pub fn pack(document: &Value) -> String {
    write_text(&compress(&json_of(document)))
}

/// A document as the bytes of its JSON, to be packed.
pub fn json_of(document: &Value) -> Vec<u8> {
    // Values that are in memory can always be written.
    serde_json::to_vec(document).unwrap_or_default()
}

/// What a [`Packing`] came to as the text behind `#c=`.
pub fn write_text(bytes: &[u8]) -> String {
    text::write(text::Kind::Packed, bytes)
}

/// The document of such a text.
pub fn unpack(text: &str) -> Result<Value, PackFault> {
    let bytes = text::read(text::Kind::Packed, text)?;
    let json = decompress(&bytes, MAX_JSON_BYTES)?;
    json::parse_bytes(&json).map_err(|_| PackFault::NotJson)
}

/// The bytes of such a text, for an [`Unpacking`] in steps.
pub fn read_text(text: &str) -> Result<Vec<u8>, PackFault> {
    text::read(text::Kind::Packed, text)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests;
