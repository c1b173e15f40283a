//! How fast streams decode on this machine, by size of the network's pieces:
//! `cargo run --release --example decode_throughput [MEGABYTES]`.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "a native measuring tool"
)]

use std::time::Instant;
use touchstone::core::wire::{Dialect, StreamDecoder};

fn main() {
    let megabytes = std::env::args().nth(1).and_then(|text| text.parse().ok());
    let size = megabytes.unwrap_or(50) << 20;
    let chunk = |text: &str| {
        format!(
            "data: {{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\
             \"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}},\
             \"logprobs\":null,\"finish_reason\":null}}],\"usage\":null}}\n\n"
        )
    };
    let token = chunk(" token");
    let many = token.repeat(size / token.len());
    let one = chunk(&"x".repeat(size));
    for (name, body) in [("many small frames", &many), ("one huge frame", &one)] {
        for pieces in [1, 16, 256, 4096, 65536] {
            let start = Instant::now();
            let mut decoder = StreamDecoder::new(Dialect::OpenaiChat);
            let (mut events, mut count) = (Vec::new(), 0);
            for piece in body.as_bytes().chunks(pieces) {
                decoder.push(piece, &mut events);
                count += events.drain(..).count();
            }
            decoder.finish(&mut events);
            count += events.len();
            let speed = body.len() as f64 / 1e6 / start.elapsed().as_secs_f64();
            println!("{name}, pieces of {pieces}: {speed:.0} MB/s, {count} events");
        }
    }
}
