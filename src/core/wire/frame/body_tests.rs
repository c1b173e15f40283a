use super::{BodyEnd, Framer};
use crate::core::wire::frame::Frame;

fn run<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> (Vec<Frame>, BodyEnd) {
    let mut framer = Framer::new();
    let mut out = Vec::new();
    for piece in pieces {
        assert!(framer.push(piece, &mut out));
    }
    let end = framer.finish();
    (out, end)
}

/// Name and data of all frames, those at the end included; the same at once, by
/// single bytes and by pairs.
fn frames(body: &str) -> Vec<(String, String)> {
    let all = |pieces: Vec<&[u8]>| {
        let (mut frames, end) = run(pieces);
        frames.extend(end.tail);
        frames
            .into_iter()
            .map(|frame| (frame.event, frame.data))
            .collect::<Vec<_>>()
    };
    let at_once = all(vec![body.as_bytes()]);
    assert_eq!(all(body.as_bytes().chunks(1).collect()), at_once);
    assert_eq!(all(body.as_bytes().chunks(2).collect()), at_once);
    at_once
}

fn data(body: &str) -> Vec<String> {
    frames(body).into_iter().map(|(_, data)| data).collect()
}

#[test]
fn lf_crlf_and_cr_end_lines_alike() {
    for end in ["\n", "\r\n", "\r"] {
        let body = ["data: a", "data: b", "", "data: c", "", ""].join(end);
        assert_eq!(data(&body), ["a\nb", "c"], "{end:?}");
    }
    assert_eq!(data("data: a\r\r\ndata: b\n\r"), ["a", "b"]);
}

#[test]
fn one_space_after_the_colon_is_dropped_and_no_more() {
    assert_eq!(
        data("data:a\n\ndata:  b\n\ndata:\tc\n\n"),
        ["a", " b", "\tc"]
    );
}

#[test]
fn data_without_colon_is_an_empty_line_of_data() {
    assert_eq!(
        data("data\n\ndata\ndata\n\ndata:test\n\n"),
        ["", "\n", "test"]
    );
}

#[test]
fn unknown_fields_ids_retries_and_comments_mean_nothing() {
    let body =
        "id: 1\nretry: 9\n:comment\n: data: no\nDATA: no\n data: no\ndatas: no\ndata: yes\n\n";
    assert_eq!(data(body), ["yes"]);
}

#[test]
fn an_event_name_lasts_for_one_event_and_none_comes_without_data() {
    let body = "event: a\ndata: 1\n\ndata: 2\n\nevent: lost\n\nevent: x\nevent: b\ndata: 3\n\n";
    let expected = [("a", "1"), ("", "2"), ("b", "3")];
    assert_eq!(
        frames(body),
        expected.map(|(event, data)| (event.to_owned(), data.to_owned()))
    );
}

#[test]
fn a_byte_order_mark_is_dropped_once() {
    assert_eq!(data("\u{feff}data: a\n\n"), ["a"]);
    let twice = "\u{feff}\u{feff}data: a\n\ndata: b\n\n";
    assert_eq!(data(twice), ["b"]);
}

#[test]
fn only_cr_and_lf_split_lines() {
    let body = "data: a\u{2028}b\u{85}c\u{b}d\0e\n\n";
    assert_eq!(data(body), ["a\u{2028}b\u{85}c\u{b}d\0e"]);
}

#[test]
fn broken_utf8_is_replaced_and_split_utf8_is_not() {
    let (frames, _) = run([&b"data: \xF0\x9F"[..], &b"\x8C\x8D \xFF!\n\n"[..]]);
    assert_eq!(frames[0].data, "🌍 \u{fffd}!");
}

#[test]
fn an_event_without_its_blank_line_comes_at_the_end() {
    for body in ["data: a", "data: a\n", "data: a\r\n"] {
        let (frames, end) = run([body.as_bytes()]);
        assert_eq!((frames.len(), end.tail.len()), (0, 1), "{body:?}");
        assert_eq!(end.tail[0].data, "a");
    }
}

#[test]
fn bare_json_between_events_is_a_frame() {
    let body = "data: {}\n{\"error\":\n  {\"a\": \"}\\\"\"}\n}\ndata: 2\n\n";
    let expected = ["{}", "{\"error\":\n  {\"a\": \"}\\\"\"}\n}", "2"];
    assert_eq!(data(body), expected);
}

#[test]
fn bare_json_that_never_closes_ends_where_events_resume() {
    let body = "data: 1\n\n{\"a\": \"\ndata: 2\n\n";
    assert_eq!(data(body), ["1", "{\"a\": \"", "2"]);
}

#[test]
fn error_lines_of_old_llama_cpp_are_frames_named_error() {
    let body = "data: 1\n\nerror: {\"code\":500}\n\n";
    let last = frames(body).pop();
    assert_eq!(last, Some(("error".into(), "{\"code\":500}".into())));
}

#[test]
fn one_json_document_is_a_whole_body_however_it_is_spread() {
    for body in ["{\"a\":1}", " \r\n\n{\"a\":1}\n\n", "\u{feff}{\"a\":1}"] {
        for size in [1, 100] {
            let (frames, end) = run(body.as_bytes().chunks(size));
            assert!(frames.is_empty() && end.tail.is_empty() && !end.cut);
            assert_eq!(end.whole.as_deref(), Some("{\"a\":1}"), "{body:?}");
        }
    }
    let (_, end) = run([&b"[\n {\"a\":1},\n {}\n]"[..]]);
    assert_eq!(end.whole.as_deref(), Some("[\n {\"a\":1},\n {}\n]"));
}

#[test]
fn a_json_body_that_breaks_off_is_marked_as_cut() {
    let (_, end) = run([&b"{\"a\":\n{"[..]]);
    assert_eq!((end.whole.as_deref(), end.cut), (Some("{\"a\":\n{"), true));
}

#[test]
fn several_json_documents_are_a_stream() {
    assert_eq!(data("{\"a\":1}\n{\"b\":2}\n"), ["{\"a\":1}", "{\"b\":2}"]);
    assert_eq!(
        data("{\"a\":1}{\"b\":2},{}"),
        ["{\"a\":1}", "{\"b\":2}", "{}"]
    );
    assert_eq!(
        data("{\"a\":1}\n\ndata: [DONE]\n\n"),
        ["{\"a\":1}", "[DONE]"]
    );
}

#[test]
fn html_is_told_by_its_first_byte() {
    let (frames, end) = run([&b"\n <ht"[..], &b"ml>data: a\n\n"[..]]);
    assert!(frames.is_empty());
    assert_eq!(end.html.as_deref(), Some("\n <html>data: a\n\n"));
}

#[test]
fn nothing_and_blanks_and_comments_give_nothing() {
    for body in ["", "\n\r\n  \t", "\u{feff}", ": ping\n\n: ping\n\n"] {
        let (frames, end) = run([body.as_bytes()]);
        assert_eq!((frames, end), (vec![], BodyEnd::default()), "{body:?}");
    }
}

#[test]
fn text_that_is_no_stream_is_quoted() {
    let (_, end) = run([&b"upstream connect error: reset"[..]]);
    assert_eq!(end.stray.as_deref(), Some("upstream connect error: reset"));
    let (_, end) = run([&b"data: 1\n\nda"[..]]);
    assert_eq!(end.stray, None, "a cut field name is no message");
}

#[test]
fn frames_over_the_limit_are_refused_wherever_they_grow() {
    let long = "x".repeat(60);
    for body in [
        format!("data: {long}{long}"),
        format!("data: {long}\ndata: {long}\n"),
        format!("data: 1\n\n{{\"a\":\n\"{long}\",\n\"{long}\"\n"),
    ] {
        let mut framer = Framer::with_limit(100);
        let mut out = Vec::new();
        let fits = body.bytes().all(|byte| framer.push(&[byte], &mut out));
        assert!(!fits, "{body:?}");
    }
    let mut framer = Framer::with_limit(100);
    let many = format!("data: {long}\n\n").repeat(50);
    assert!(framer.push(many.as_bytes(), &mut Vec::new()));
}

#[test]
fn many_documents_on_one_line_need_no_deep_stack() {
    let (frames, end) = run(["{}".repeat(200_000).as_bytes()]);
    assert_eq!(frames.len() + end.tail.len(), 200_000);
}
