//! What the wire tests share: decoding with given cuts, and the promises that
//! every event list must keep.
#![allow(dead_code)] // each test file uses its part

use std::path::{Path, PathBuf};
use touchstone::core::{
    domain::{Failure, Finish},
    wire::{BlockKind, Dialect, FrameCounts, StreamDecoder, StreamEvent},
};

/// Decodes a body that arrives in these pieces.
pub(crate) fn decode<'a>(
    dialect: Dialect,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> (Vec<StreamEvent>, FrameCounts) {
    let mut decoder = StreamDecoder::new(dialect);
    let mut events = Vec::new();
    for piece in pieces {
        decoder.push(piece, &mut events);
    }
    decoder.finish(&mut events);
    (events, decoder.counts())
}

/// Decodes a body that arrives at once.
pub(crate) fn decode_all(dialect: Dialect, body: impl AsRef<[u8]>) -> Vec<StreamEvent> {
    decode(dialect, [body.as_ref()]).0
}

/// The dialect of a fixture folder.
pub(crate) fn dialect_of(name: &str) -> Option<Dialect> {
    Dialect::named(name)
}

/// All the text of the blocks of a kind, joined without separator.
pub(crate) fn text_of(events: &[StreamEvent], wanted: &BlockKind) -> String {
    let mut blocks = Vec::new();
    let mut text = String::new();
    for event in events {
        match event {
            StreamEvent::BlockStart { block, kind } if kind == wanted => blocks.push(*block),
            StreamEvent::Delta { block, text: more } if blocks.contains(block) => {
                text.push_str(more);
            }
            _ => {}
        }
    }
    text
}

/// The texts of the blocks of a kind, one by one.
pub(crate) fn blocks_of(events: &[StreamEvent], wanted: &BlockKind) -> Vec<String> {
    let mut blocks: Vec<(u32, String)> = Vec::new();
    for event in events {
        match event {
            StreamEvent::BlockStart { block, kind } if kind == wanted => {
                blocks.push((*block, String::new()));
            }
            StreamEvent::Delta { block, text: more } => {
                if let Some((_, text)) = blocks.iter_mut().find(|(known, _)| known == block) {
                    text.push_str(more);
                }
            }
            _ => {}
        }
    }
    blocks.into_iter().map(|(_, text)| text).collect()
}

/// Name and arguments of each tool call.
pub(crate) fn calls_of(events: &[StreamEvent]) -> Vec<(Option<String>, Option<String>, String)> {
    let mut calls: Vec<(u32, Option<String>, Option<String>, String)> = Vec::new();
    for event in events {
        match event {
            StreamEvent::BlockStart {
                block,
                kind: BlockKind::ToolCall { id, name },
            } => calls.push((*block, id.clone(), name.clone(), String::new())),
            StreamEvent::Delta { block, text } => {
                if let Some(call) = calls.iter_mut().find(|call| call.0 == *block) {
                    call.3.push_str(text);
                }
            }
            _ => {}
        }
    }
    calls
        .into_iter()
        .map(|(_, id, name, text)| (id, name, text))
        .collect()
}

/// The finish, if any.
pub(crate) fn finish_of(events: &[StreamEvent]) -> Option<Finish> {
    events.iter().find_map(|event| match event {
        StreamEvent::Finish(finish) => Some(finish.clone()),
        _ => None,
    })
}

/// The error, if any.
pub(crate) fn error_of(events: &[StreamEvent]) -> Option<Failure> {
    events.iter().find_map(|event| match event {
        StreamEvent::Error(failure) => Some(failure.clone()),
        _ => None,
    })
}

/// The warnings.
pub(crate) fn warnings_of(events: &[StreamEvent]) -> Vec<Failure> {
    let warning = |event: &StreamEvent| match event {
        StreamEvent::Warning(failure) => Some(failure.clone()),
        _ => None,
    };
    events.iter().filter_map(warning).collect()
}

/// Checks what holds of every event list that `finish` has ended.
pub(crate) fn assert_promises(events: &[StreamEvent], about: &str) {
    let mut open: Vec<u32> = Vec::new();
    let mut ever: Vec<u32> = Vec::new();
    let (mut finishes, mut errors) = (0, 0);
    for event in events {
        assert_eq!(errors, 0, "{about}: something after the error: {event:?}");
        match event {
            StreamEvent::BlockStart { block, .. } => {
                assert!(!ever.contains(block), "{about}: block {block} twice");
                open.push(*block);
                ever.push(*block);
            }
            StreamEvent::Delta { block, text } => {
                assert!(open.contains(block), "{about}: delta of closed {block}");
                assert!(!text.is_empty(), "{about}: empty delta");
            }
            StreamEvent::BlockEnd { block } => {
                assert!(open.contains(block), "{about}: end of closed {block}");
                open.retain(|known| known != block);
            }
            StreamEvent::Finish(_) => {
                finishes += 1;
                assert!(open.is_empty(), "{about}: open blocks at finish");
            }
            StreamEvent::Error(_) => {
                errors += 1;
                assert!(open.is_empty(), "{about}: open blocks at error");
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{about}: open blocks at the end");
    assert_eq!(finishes + errors, 1, "{about}: not exactly one ending");
}

/// Every `tests/fixtures/DIALECT/NAME.sse` or `.ndjson`, and every `NAME.frames` as the
/// binary messages that it lists.
pub(crate) fn fixtures() -> Vec<(Dialect, PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(root).expect("tests/fixtures") {
        let folder = folder.expect("readable").path();
        let name = folder.file_name().and_then(|name| name.to_str());
        let Some(dialect) = name.and_then(dialect_of) else {
            continue;
        };
        for file in std::fs::read_dir(&folder).expect("readable") {
            let path = file.expect("readable").path();
            let body = match path.extension().and_then(|kind| kind.to_str()) {
                Some("sse" | "ndjson") => std::fs::read(&path).expect("readable"),
                Some("frames") => messages(&std::fs::read_to_string(&path).expect("readable")),
                _ => continue,
            };
            found.push((dialect, path, body));
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

/// The lines `NAME PAYLOAD` as messages of an AWS event stream: an event, after
/// `!` an exception, after `?` an error whose words are the payload.
pub(crate) fn messages(lines: &str) -> Vec<u8> {
    let mut body = Vec::new();
    for line in lines.lines() {
        let (name, payload) = line.split_once(' ').expect("a name and a payload");
        let (kind, payload) = match name.split_at(1) {
            ("!", name) => (
                vec![("exception-type", name), ("message-type", "exception")],
                payload,
            ),
            ("?", name) => (
                vec![
                    ("error-code", name),
                    ("error-message", payload),
                    ("message-type", "error"),
                ],
                "",
            ),
            _ => (
                vec![
                    ("event-type", name),
                    ("content-type", "application/json"),
                    ("message-type", "event"),
                ],
                payload,
            ),
        };
        body.extend(message(&kind, payload));
    }
    body
}

fn message(headers: &[(&str, &str)], payload: &str) -> Vec<u8> {
    let mut head = Vec::new();
    for (name, value) in headers {
        let name = format!(":{name}");
        head.push(u8::try_from(name.len()).expect("short"));
        head.extend(name.bytes());
        head.push(7);
        let length = u16::try_from(value.len()).expect("short");
        head.extend(length.to_be_bytes());
        head.extend(value.bytes());
    }
    let length = |size: usize| u32::try_from(size).expect("short").to_be_bytes();
    let total = head.len() + payload.len() + 16;
    let mut out = [length(total), length(head.len())].concat();
    out.extend(crc32(&out).to_be_bytes());
    out.extend(head);
    out.extend(payload.bytes());
    out.extend(crc32(&out).to_be_bytes());
    out
}

/// The CRC-32 of zlib, bit by bit: another way than the product's.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xEDB8_8320 * (crc & 1));
        }
    }
    !crc
}
