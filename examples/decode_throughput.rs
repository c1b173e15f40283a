//! How fast streams decode, for `make bench`: natively as a program
//! (`cargo run --release --example decode_throughput FILE DIALECT PIECE`), and
//! in a browser as a module of its own, so that the page does not carry it.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    clippy::expect_used,
    reason = "a measuring tool"
)]

use touchstone::core::wire::{Dialect, StreamDecoder, StreamEvent};

/// A decoder that counts the text it lets through.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
pub struct Throughput {
    decoder: StreamDecoder,
    events: Vec<StreamEvent>,
    /// UTF-16 units, as JavaScript counts.
    length: usize,
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
impl Throughput {
    /// A decoder for `openai_chat` or `anthropic`.
    #[cfg_attr(
        target_arch = "wasm32",
        wasm_bindgen::prelude::wasm_bindgen(constructor)
    )]
    pub fn new(dialect: &str) -> Self {
        let dialect = match dialect {
            "anthropic" => Dialect::Anthropic,
            _ => Dialect::OpenaiChat,
        };
        Self {
            decoder: StreamDecoder::new(dialect),
            events: Vec::new(),
            length: 0,
        }
    }

    /// Takes a piece of the body.
    pub fn push(&mut self, bytes: &[u8]) {
        self.decoder.push(bytes, &mut self.events);
        self.count();
    }

    /// Ends the body; the length of its text.
    pub fn finish(mut self) -> usize {
        self.decoder.finish(&mut self.events);
        self.count();
        self.length
    }

    fn count(&mut self) {
        for event in self.events.drain(..) {
            if let StreamEvent::Delta { text, .. } = event {
                self.length += text.encode_utf16().count();
            }
        }
    }
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    use std::time::{Duration, Instant};

    let mut args = std::env::args().skip(1);
    let mut next = || args.next().expect("arguments: FILE DIALECT PIECE");
    let body = std::fs::read(next()).expect("a readable file");
    let dialect = next();
    let piece: usize = next().parse().expect("a number of bytes");
    let begun = Instant::now();
    let mut best = Duration::MAX;
    let mut length = 0;
    while begun.elapsed() < Duration::from_millis(700) {
        let start = Instant::now();
        let mut reader = Throughput::new(&dialect);
        body.chunks(piece).for_each(|bytes| reader.push(bytes));
        length = reader.finish();
        best = best.min(start.elapsed());
    }
    let rate = body.len() as f64 / 1e6 / best.as_secs_f64();
    println!(r#"{{"rate":{rate},"length":{length}}}"#);
}
