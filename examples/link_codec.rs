//! How small and how fast links are, for `make bench`: natively as a program
//! (`cargo run --release --example link_codec FILE.json…`, a line for each), and
//! in a browser as a module of its own.
//!
//! With `--golden FOLDER` it writes the links of a folder's documents, for
//! `tests/fixtures/links` (docs/link-format.md says when).
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a measuring tool"
)]

use touchstone::core::link;

/// The JSON of a document as the text of a link.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn pack(json: &str) -> String {
    link::pack(&serde_json::from_str(json).expect("a document"))
}

/// And back.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub fn unpack(text: &str) -> String {
    link::unpack(text).expect("a link").to_string()
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    let mut args = std::env::args().skip(1).peekable();
    if args.next_if_eq("--golden").is_some() {
        let folder = args.next().expect("a folder");
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file").path();
            let text = path.with_extension("txt");
            // A link that is there is never written anew: it must open for ever.
            if path.extension().is_some_and(|end| end == "json") && !text.exists() {
                let json = std::fs::read_to_string(&path).expect("a document");
                std::fs::write(text, pack(&json)).expect("a folder to write to");
            }
        }
        return;
    }
    for path in args {
        let json = std::fs::read_to_string(&path).expect("a readable file");
        let (text, packing) = best(|| pack(&json));
        let (_, unpacking) = best(|| unpack(&text));
        let letters = text.len();
        println!(
            r#"{{"path":{path:?},"letters":{letters},"pack_ms":{packing},"unpack_ms":{unpacking}}}"#
        );
    }
}

/// What comes out, and the shortest time in milliseconds that it took.
#[cfg(not(target_arch = "wasm32"))]
fn best<T>(work: impl Fn() -> T) -> (T, f64) {
    use std::time::{Duration, Instant};

    let begun = Instant::now();
    let mut best = Duration::MAX;
    loop {
        let start = Instant::now();
        let out = work();
        best = best.min(start.elapsed());
        if begun.elapsed() > Duration::from_millis(500) {
            return (out, best.as_secs_f64() * 1e3);
        }
    }
}
