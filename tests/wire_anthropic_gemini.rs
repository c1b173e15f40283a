//! The Anthropic and Gemini decoders over recorded and hand-made streams.
//!
//! Framing is not tested here: a small splitter makes the frames.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use touchstone::core::wire::anthropic::AnthropicDecoder;
use touchstone::core::wire::frame::Frame;
use touchstone::core::wire::gemini::GeminiDecoder;
use touchstone::core::wire::{BlockKind, DecodeFrames, Progress, StreamEvent, Triage};

fn decoder(dialect: &str) -> Box<dyn DecodeFrames> {
    match dialect {
        "anthropic" => Box::new(AnthropicDecoder::default()),
        "gemini" => Box::new(GeminiDecoder::default()),
        other => panic!("no decoder for {other}"),
    }
}

/// Frames of a well-formed file; a piece without a field is bare JSON.
fn frames(text: &str) -> Vec<Frame> {
    let text = text.replace("\r\n", "\n");
    let pieces = text.split("\n\n").filter(|piece| !piece.trim().is_empty());
    pieces
        .map(|piece| {
            let field = |name: &str| -> Vec<&str> {
                piece
                    .lines()
                    .filter_map(|line| line.strip_prefix(name))
                    .map(|value| value.strip_prefix(' ').unwrap_or(value))
                    .collect()
            };
            let data = field("data:");
            Frame {
                event: field("event:").concat(),
                data: if data.is_empty() {
                    piece.to_owned()
                } else {
                    data.join("\n")
                },
            }
        })
        .collect()
}

/// What a stream decodes to: events, triage of each frame, progress before and
/// after the end of the body.
fn decode(dialect: &str, text: &str) -> (Vec<StreamEvent>, Vec<Triage>, [Progress; 2]) {
    let mut decoder = decoder(dialect);
    let mut events = Vec::new();
    let triage = frames(text)
        .iter()
        .map(|frame| decoder.frame(frame, &mut events))
        .collect();
    let before = decoder.progress();
    decoder.end(&mut events);
    (events, triage, [before, decoder.progress()])
}

fn fixtures(dialect: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(dialect);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|kind| kind == "sse"))
        .collect();
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

#[test]
fn every_fixture_decodes_to_its_expected_events() {
    for dialect in ["anthropic", "gemini"] {
        let files = fixtures(dialect);
        assert!(files.len() > 10, "fixtures of {dialect} are missing");
        for path in files {
            let (events, _, _) = decode(dialect, &std::fs::read_to_string(&path).unwrap());
            let actual = serde_json::to_value(&events).unwrap();
            let expected = std::fs::read_to_string(path.with_extension("events.json")).unwrap();
            let expected: Value = serde_json::from_str(&expected).unwrap();
            assert_eq!(actual, expected, "{dialect}/{}", name(&path));
        }
    }
}

/// The only fixtures that hold frames of types unknown to us, and how many.
const UNKNOWN: [(&str, usize); 1] = [("server-tool", 5)];

#[test]
fn fixtures_hold_no_corrupt_frames_and_only_the_listed_unknown_ones() {
    for dialect in ["anthropic", "gemini"] {
        for path in fixtures(dialect) {
            let (_, triage, _) = decode(dialect, &std::fs::read_to_string(&path).unwrap());
            let of = |kind: Triage| triage.iter().filter(|triage| **triage == kind).count();
            let unknown = UNKNOWN.iter().find(|(fixture, _)| *fixture == name(&path));
            assert_eq!(of(Triage::Corrupt), 0, "{dialect}/{}", name(&path));
            assert_eq!(
                of(Triage::Unknown),
                unknown.map_or(0, |(_, count)| *count),
                "{dialect}/{}",
                name(&path)
            );
        }
    }
}

#[test]
fn anthropic_is_complete_exactly_after_its_terminal_events() {
    for path in fixtures("anthropic") {
        let (_, _, progress) = decode("anthropic", &std::fs::read_to_string(&path).unwrap());
        let expected = match name(&path).as_str() {
            "truncated" | "no-message-stop" => Progress::Open,
            _ => Progress::Complete,
        };
        assert_eq!(progress, [expected; 2], "{}", name(&path));
    }
}

#[test]
fn gemini_settles_on_a_finish_reason_and_completes_at_the_end_of_the_body() {
    for path in fixtures("gemini") {
        let (_, _, progress) = decode("gemini", &std::fs::read_to_string(&path).unwrap());
        let expected = match name(&path).as_str() {
            "truncated" => [Progress::Open; 2],
            "error-mid-stream" | "error-bare-mid-stream" => [Progress::Complete; 2],
            _ => [Progress::Settling, Progress::Complete],
        };
        assert_eq!(progress, expected, "{}", name(&path));
    }
}

/// Blocks open once, grow only while open, and are all closed in the end.
fn assert_bracketed(events: &[StreamEvent], name: &str) {
    let mut open = Vec::new();
    let mut seen = Vec::new();
    for event in events {
        match event {
            StreamEvent::BlockStart { block, .. } => {
                assert!(!seen.contains(block), "{name}: block {block} repeats");
                seen.push(*block);
                open.push(*block);
            }
            StreamEvent::Delta { block, text } => {
                assert!(open.contains(block), "{name}: block {block} is not open");
                assert!(!text.is_empty(), "{name}: empty delta");
            }
            StreamEvent::BlockEnd { block } => {
                assert!(open.contains(block), "{name}: block {block} ends twice");
                open.retain(|other| other != block);
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{name}: blocks left open");
    let finishes = events
        .iter()
        .filter(|event| matches!(event, StreamEvent::Finish(_)));
    assert!(finishes.count() <= 1, "{name}: finished twice");
}

#[test]
fn a_stream_cut_after_any_frame_keeps_its_brackets() {
    for dialect in ["anthropic", "gemini"] {
        for path in fixtures(dialect) {
            let text = std::fs::read_to_string(&path).unwrap();
            let frames = frames(&text);
            for cut in 0..=frames.len() {
                let mut decoder = decoder(dialect);
                let mut events = Vec::new();
                for frame in &frames[..cut] {
                    decoder.frame(frame, &mut events);
                }
                decoder.end(&mut events);
                assert_bracketed(&events, &format!("{}@{cut}", name(&path)));
            }
        }
    }
}

fn text_of(events: &[StreamEvent], wanted: &BlockKind) -> String {
    let mut blocks = Vec::new();
    let mut text = String::new();
    for event in events {
        match event {
            StreamEvent::BlockStart { block, kind } if kind == wanted => blocks.push(*block),
            StreamEvent::Delta { block, text: delta } if blocks.contains(block) => {
                text.push_str(delta);
            }
            _ => {}
        }
    }
    text
}

#[test]
fn recorded_streams_decode_to_what_was_recorded() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let Ok(index) = std::fs::read_to_string(corpus.join("index.json")) else {
        return;
    };
    let rows: Vec<Value> = serde_json::from_str(&index).unwrap();
    let mut count = 0;
    for row in &rows {
        let dialect = row["dialect"].as_str().unwrap_or_default();
        if !["anthropic", "gemini"].contains(&dialect) || row["status"] != 200 {
            continue;
        }
        let file = row["file"].as_str().unwrap();
        let text = std::fs::read_to_string(corpus.join(file)).unwrap();
        let (events, triage, progress) = decode(dialect, &text);
        assert_bracketed(&events, file);
        assert!(
            triage.iter().all(|triage| *triage == Triage::Known),
            "{file}"
        );
        assert_eq!(progress[1], Progress::Complete, "{file}");
        let expect = &row["expect"];
        assert_eq!(text_of(&events, &BlockKind::Text), expect["text"], "{file}");
        assert_eq!(
            text_of(&events, &BlockKind::Thinking),
            expect["reasoning"],
            "{file}"
        );
        let usage = events.iter().rev().find_map(|event| match event {
            StreamEvent::Usage(usage) => usage.raw.clone(),
            _ => None,
        });
        assert_eq!(usage.unwrap_or_default(), expect["usage"], "{file}");
        let finish = events.iter().find_map(|event| match event {
            StreamEvent::Finish(finish) => finish.raw.clone(),
            _ => None,
        });
        assert_eq!(finish.unwrap_or_default(), expect["finish"], "{file}");
        count += 1;
    }
    assert!(count >= 40, "only {count} recorded streams found");
}
