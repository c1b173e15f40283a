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
    serde_json::from_value(serde_json::Value::from(name)).ok()
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

/// Every `tests/fixtures/DIALECT/NAME.sse` or `.ndjson`.
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
            if path
                .extension()
                .is_some_and(|kind| kind == "sse" || kind == "ndjson")
            {
                let body = std::fs::read(&path).expect("readable");
                found.push((dialect, path, body));
            }
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}
