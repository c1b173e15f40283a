//! How bodies are cut into frames, and bodies that are no stream.

use super::*;

// 1
#[test]
fn any_line_end_even_split_over_chunks_gives_the_same() {
    let body = stream([content("a"), content("b"), STOP.to_owned()]);
    for end in ["\r\n", "\r", "\n"] {
        let body = body.replace('\n', end);
        let (events, _) = decode(CHAT, body.as_bytes().chunks(1));
        assert_eq!(text(&events), "ab", "{end:?}");
        assert_eq!(unified(&events), Some(FinishReason::Stop));
    }
}

// 2
#[test]
fn a_split_character_and_a_byte_order_mark_do_no_harm() {
    let body = format!("\u{feff}{}", stream([content("añ🌍"), STOP.to_owned()]));
    for size in 1..5 {
        let (events, _) = decode(CHAT, body.as_bytes().chunks(size));
        assert_eq!(text(&events), "añ🌍");
    }
}

// 3
#[test]
fn the_last_event_counts_without_its_blank_line() {
    let body = stream([content("a"), STOP.to_owned()]);
    let events = chat(body.trim_end());
    assert_eq!(unified(&events), Some(FinishReason::Stop));
}

// 4
#[test]
fn data_is_read_with_and_without_space_and_over_several_lines() {
    let body = "event: chunk\ndata:{\"choices\":\ndata: [{\"delta\":{\"content\":\"a\"},\ndata:\"finish_reason\":\"stop\"}]}\n\n";
    assert_eq!(text(&chat(body)), "a");
}

// 5
#[test]
fn comments_keep_alive_and_mean_nothing() {
    let body = stream([content("a"), STOP.to_owned()])
        .replace("data:", ": OPENROUTER PROCESSING\n\n:\n\ndata:");
    let (events, counts) = decode(CHAT, [body.as_bytes()]);
    assert_eq!(text(&events), "a");
    assert_eq!((counts.known, counts.unknown, counts.corrupt), (2, 0, 0));
}

// 6
#[test]
fn done_is_neither_needed_nor_harmful() {
    let events = chat(&stream([content("a"), STOP.to_owned()]));
    assert_eq!(unified(&events), Some(FinishReason::Stop));
    let completed = json!({"type": "response.completed", "response": {"status": "completed"}});
    for end in ["", DONE] {
        let body = format!("{DONE}data: {completed}\n\n{end}");
        let events = decode_all(RESPONSES, body);
        assert_eq!(unified(&events), Some(FinishReason::Stop));
    }
}

// 7
#[test]
fn bytes_after_the_end_are_ignored_and_not_counted() {
    let body = stream([content("a"), STOP.to_owned()]) + DONE;
    let late = stream([content("late"), "junk".to_owned()]);
    let (events, counts) = decode(CHAT, [body.as_bytes(), late.as_bytes()]);
    assert_eq!(
        decode(CHAT, [(body.clone() + &late).as_bytes()]),
        (events.clone(), counts)
    );
    assert_eq!(
        (text(&events).as_str(), counts.known, counts.corrupt),
        ("a", 3, 0)
    );
    assert!(warnings_of(&events).is_empty());
}

// 9
#[test]
fn a_whole_json_body_answers_a_stream_request() {
    let body = r#"{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"All"},"finish_reason":"length"}]}"#;
    let (events, _) = decode(CHAT, body.as_bytes().chunks(5));
    assert_eq!(
        (text(&events).as_str(), unified(&events)),
        ("All", Some(FinishReason::Length))
    );
    let without_reason = chat(r#"{"choices":[{"message":{"content":"All"}}]}"#);
    assert_eq!(unified(&without_reason), Some(FinishReason::Stop));
    let error = chat(r#"{"error":{"message":"Broken"}}"#);
    assert_eq!(
        error_of(&error)
            .and_then(|failure| failure.detail)
            .as_deref(),
        Some("Broken")
    );
}

// 9
#[test]
fn lines_of_json_are_a_stream() {
    let body = [content("a"), content("b"), STOP.to_owned()].join("\n");
    assert_eq!(text(&chat(&body)), "ab");
}

// 10
#[test]
fn a_page_is_told_from_an_answer() {
    let events = chat("\n<!doctype html>\n<html><head><style>p{}</style><title> Log in </title>");
    assert_eq!(kind(&events), Some(fault(ProtocolFault::Html)));
    assert_eq!(
        error_of(&events)
            .and_then(|failure| failure.detail)
            .as_deref(),
        Some("Log in")
    );
    let untitled = chat("<html><script>if (a<b) c()</script><body><h1>502</h1>Bad <b>gateway</b>");
    let detail = error_of(&untitled).and_then(|failure| failure.detail);
    assert_eq!(detail.as_deref(), Some("502 Bad gateway"));
}

// 11
#[test]
fn an_empty_body_is_no_success() {
    for body in ["", "\n\n", ": keep-alive\n\n", DONE, "data: {}\n\n"] {
        assert_eq!(
            kind(&chat(body)),
            Some(fault(ProtocolFault::Empty)),
            "{body:?}"
        );
    }
}

#[test]
fn what_is_no_answer_of_this_dialect_is_quoted() {
    for body in [
        r#"{"hello":1}"#,
        "data: {\"hello\":1}\n\n",
        "{\"hello\":1}\n{\"hello\":2}",
    ] {
        let events = chat(body);
        assert_eq!(
            kind(&events),
            Some(fault(ProtocolFault::Unrecognised)),
            "{body:?}"
        );
        let detail = error_of(&events).and_then(|failure| failure.detail);
        assert_eq!(detail.as_deref(), Some(r#"{"hello":1}"#));
    }
    let plain = chat("no healthy upstream");
    let detail = error_of(&plain).and_then(|failure| failure.detail);
    assert_eq!(detail.as_deref(), Some("no healthy upstream"));
}

// 27
#[test]
fn a_frame_of_megabytes_passes_and_one_beyond_the_limit_is_named() {
    let huge = "x".repeat(3 << 20);
    let body = stream([content(&huge), STOP.to_owned()]);
    let (events, _) = decode(CHAT, body.as_bytes().chunks(999));
    assert_eq!(text(&events).len(), huge.len());
    let mut decoder = StreamDecoder::over(
        Box::new(Framer::with_limit(1000)),
        Box::<OpenaiChatDecoder>::default(),
    );
    let mut events = Vec::new();
    for piece in [stream([content("kept")]).as_bytes()]
        .into_iter()
        .chain(body.as_bytes().chunks(999))
    {
        decoder.push(piece, &mut events);
    }
    decoder.finish(&mut events);
    assert_eq!(
        (text(&events).as_str(), kind(&events)),
        ("kept", Some(fault(ProtocolFault::FrameTooLarge)))
    );
}

// 28
#[test]
fn separators_and_control_characters_inside_strings_split_nothing() {
    let events = chat(&stream([
        content("a\u{2028}b\u{85}c\u{1}"),
        STOP.to_owned(),
    ]));
    assert_eq!(text(&events), "a\u{2028}b\u{85}c\u{1}");
}

#[test]
fn broken_json_ends_the_response_and_the_text_is_kept() {
    let body = stream([&content("a"), "{\"choices\":[}", &content("b"), STOP]);
    let (events, counts) = decode(CHAT, [body.as_bytes()]);
    assert_promises(&events, &body);
    assert_eq!((text(&events).as_str(), counts.corrupt), ("a", 1));
    assert_eq!(kind(&events), Some(fault(ProtocolFault::Garbage)));
    assert_eq!(
        error_of(&events)
            .and_then(|failure| failure.detail.clone())
            .as_deref(),
        Some("{\"choices\":[}")
    );
}

#[test]
fn words_that_are_no_json_are_reported_once_and_end_nothing() {
    let body = stream(["broken", &content("a"), "also broken"]);
    let (events, counts) = decode(CHAT, [body.as_bytes()]);
    assert_promises(&events, &body);
    assert_eq!(warnings_of(&events).len(), 1);
    assert_eq!(warnings_of(&events)[0].detail.as_deref(), Some("broken"));
    assert_eq!((text(&events).as_str(), counts.corrupt), ("a", 2));
    assert_eq!(kind(&events), Some(fault(ProtocolFault::Garbage)));
    let finished = chat(&(body + &stream([STOP])));
    assert_eq!(error_of(&finished), None);
}

#[test]
fn an_excerpt_of_garbage_is_short() {
    let body = stream([format!("{{{}", "é".repeat(5000))]);
    let events = decode_all(CHAT, body);
    let detail = error_of(&events).and_then(|failure| failure.detail.clone());
    assert_eq!(detail.map(|text| text.chars().count()), Some(200));
}
