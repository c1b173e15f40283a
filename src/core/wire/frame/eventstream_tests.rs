use super::*;
use proptest::prelude::*;

/// Name, whether it is valid, and the bytes of every published vector.
fn vectors() -> Vec<(&'static str, bool, Vec<u8>)> {
    include_str!("../../../../tests/fixtures/eventstream/vectors.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let [name, verdict, hex] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
            let bytes = (0..hex.len())
                .step_by(2)
                .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
                .collect();
            (name, verdict == "valid", bytes)
        })
        .collect()
}

fn vector(name: &str) -> Vec<u8> {
    let found = vectors().into_iter().find(|(known, ..)| *known == name);
    found.unwrap().2
}

/// A message with these text headers.
fn encode(headers: &[(&str, &str)], payload: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    for (name, value) in headers {
        head.push(u8::try_from(name.len()).unwrap());
        head.extend_from_slice(name.as_bytes());
        head.push(7);
        head.extend_from_slice(&u16::try_from(value.len()).unwrap().to_be_bytes());
        head.extend_from_slice(value.as_bytes());
    }
    let length = |size: usize| u32::try_from(size).unwrap().to_be_bytes();
    let mut out = [length(16 + head.len() + payload.len()), length(head.len())].concat();
    out.extend(crc32(&out.clone()));
    out.extend(head);
    out.extend_from_slice(payload);
    out.extend(crc32(&out.clone()));
    out
}

fn event(name: &str, payload: &str) -> Vec<u8> {
    let headers = [
        (":event-type", name),
        (":content-type", "application/json"),
        (":message-type", "event"),
    ];
    encode(&headers, payload.as_bytes())
}

fn cut<'a>(
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> (Vec<Frame>, Result<(), CutFault>, BodyEnd) {
    let mut stream = EventStream::default();
    let mut frames = Vec::new();
    let mut result = Ok(());
    for piece in pieces {
        result = stream.push(piece, &mut frames);
        if result.is_err() {
            break;
        }
    }
    (frames, result, stream.finish())
}

#[test]
fn every_published_vector_is_read_or_refused_as_published() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 20);
    for (name, is_valid, bytes) in vectors {
        let read = message(&bytes, MAX_MESSAGE_BYTES);
        if is_valid {
            let (_, rest) = read.unwrap().unwrap();
            assert_eq!(rest, b"", "{name}");
        } else {
            assert_eq!(read.unwrap_err(), CutFault::Corrupt, "{name}");
        }
        let (_, result, end) = cut([bytes.as_slice()]);
        assert_eq!(result.is_ok(), is_valid, "{name}");
        assert!(!end.broken_off, "{name}");
    }
}

#[test]
fn all_ten_header_types_are_read() {
    let bytes = vector("all_headers");
    let (read, _) = message(&bytes, MAX_MESSAGE_BYTES).unwrap().unwrap();
    let uuid = std::array::from_fn(|at| u8::try_from(at).unwrap() + 1);
    let expected = [
        ("event-type", Value::Int(40_972)),
        ("content-type", Value::Text("application/json")),
        ("bool false", Value::Bool(false)),
        ("bool true", Value::Bool(true)),
        ("byte", Value::Byte(-49)),
        ("byte buf", Value::Bytes(b"I'm a little teapot!")),
        ("timestamp", Value::Timestamp(8_675_309)),
        ("int16", Value::Short(42)),
        ("int64", Value::Long(42_424_242)),
        ("uuid", Value::Uuid(uuid)),
    ];
    assert_eq!(read.headers, expected);
    assert_eq!(read.payload, b"{'foo':'bar'}");
}

#[test]
fn messages_become_frames_named_after_what_they_are() {
    let body = [
        event("messageStart", r#"{"role":"assistant"}"#),
        encode(
            &[
                (":message-type", "exception"),
                (":exception-type", "throttlingException"),
            ],
            br#"{"message":"slow down"}"#,
        ),
        encode(
            &[
                (":message-type", "error"),
                (":error-code", "InternalError"),
                (":error-message", "gone"),
            ],
            b"",
        ),
        event("initial-response", "{}"),
    ]
    .concat();
    let (frames, result, _) = cut([body.as_slice()]);
    assert_eq!(result, Ok(()));
    let told: Vec<_> = frames
        .iter()
        .map(|frame| (frame.event.as_str(), frame.data.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("messageStart", r#"{"role":"assistant"}"#),
            (
                "exception:throttlingException",
                r#"{"message":"slow down"}"#
            ),
            ("error:InternalError", "gone"),
        ]
    );
}

#[test]
fn a_header_that_does_not_fit_is_refused_even_under_right_checksums() {
    let with_header = |header: &[u8]| {
        let length = |size: usize| u32::try_from(size).unwrap().to_be_bytes();
        let mut out = [length(16 + header.len()), length(header.len())].concat();
        out.extend(crc32(&out.clone()));
        out.extend_from_slice(header);
        out.extend(crc32(&out.clone()));
        out
    };
    let odd: [&[u8]; 6] = [
        // A name longer than what is left, and one that is no text.
        b"\x05ab",
        b"\x01\xff\x00",
        // No type, an unknown one, a value cut off, a text that is no text.
        b"\x01a",
        b"\x01a\x0a",
        b"\x01a\x07\x00\x05ab",
        b"\x01a\x07\x00\x01\xff",
    ];
    for header in odd {
        let read = message(&with_header(header), MAX_MESSAGE_BYTES).map(|_| ());
        assert_eq!(read, Err(CutFault::Corrupt), "{header:?}");
    }
    assert!(message(&with_header(b"\x01a\x00"), MAX_MESSAGE_BYTES).is_ok());
}

#[test]
fn a_wrong_length_is_refused_before_it_is_waited_for() {
    let mut bytes = event("messageStart", "{}");
    bytes[0] = 1;
    let (frames, result, _) = cut([&bytes[..PRELUDE]]);
    assert_eq!((frames.len(), result), (0, Err(CutFault::Corrupt)));
}

#[test]
fn a_message_beyond_the_limit_is_refused_by_its_prelude() {
    let bytes = event("contentBlockDelta", &"x".repeat(200));
    let mut stream = EventStream::with_limit(bytes.len() - 1);
    let result = stream.push(&bytes[..PRELUDE], &mut Vec::new());
    assert_eq!(result, Err(CutFault::TooLarge));
    let mut stream = EventStream::with_limit(bytes.len());
    assert_eq!(stream.push(&bytes, &mut Vec::new()), Ok(()));
}

#[test]
fn what_came_before_a_broken_message_is_kept() {
    let mut body = event("contentBlockDelta", "{}");
    let whole = body.len();
    body.extend(event("contentBlockDelta", "{}"));
    body[whole + 20] ^= 1;
    let (frames, result, end) = cut([body.as_slice()]);
    assert_eq!((frames.len(), result), (1, Err(CutFault::Corrupt)));
    assert!(!end.broken_off, "broken is not the same as cut off");
}

#[test]
fn bytes_left_at_the_end_are_a_message_cut_off() {
    let body = event("messageStart", "{}");
    for len in 1..body.len() {
        let (frames, result, end) = cut([&body[..len]]);
        assert_eq!((frames.len(), result), (0, Ok(())), "{len}");
        assert!(end.broken_off, "{len}");
    }
    assert!(!cut([body.as_slice()]).2.broken_off);
    assert_eq!(cut([[].as_slice()]).2, BodyEnd::default());
}

#[test]
fn a_text_body_is_read_as_text() {
    let error = br#"{"message":"The security token is invalid"}"#;
    let (_, _, end) = cut(error.chunks(3));
    assert_eq!(end.whole.as_deref().map(str::as_bytes), Some(&error[..]));
    let (_, _, end) = cut([&b"<html><title>Bad gateway</title>"[..]]);
    assert!(end.html.is_some());
    let (frames, ..) = cut([&b"data: {}\n\n"[..]]);
    assert_eq!(frames.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn any_split_gives_the_same_frames(
        payloads in prop::collection::vec("[ -~]{0,60}", 1..8),
        points in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
    ) {
        let body: Vec<u8> = payloads.iter().flat_map(|text| event("e", text)).collect();
        let mut at: Vec<usize> = points.iter().map(|point| point.index(body.len() + 1)).collect();
        at.extend([0, body.len()]);
        at.sort_unstable();
        let (frames, result, end) = cut(at.windows(2).map(|pair| &body[pair[0]..pair[1]]));
        prop_assert_eq!(result, Ok(()));
        prop_assert!(!end.broken_off);
        let texts: Vec<_> = frames.into_iter().map(|frame| frame.data).collect();
        prop_assert_eq!(texts, payloads);
    }

    #[test]
    fn one_wrong_bit_never_passes(
        payload in "[ -~]{0,60}",
        at in any::<prop::sample::Index>(),
        bit in 0u8..8,
    ) {
        let mut body = event("e", &payload);
        let at = at.index(body.len());
        body[at] ^= 1 << bit;
        let (frames, result, end) = cut([body.as_slice()]);
        // A first byte of another kind makes it a text, and no frame of ours.
        let is_text = body[0] >= 8 && result.is_ok();
        prop_assert!(is_text || result.is_err() || end.broken_off);
        prop_assert!(is_text || frames.is_empty());
    }

    #[test]
    fn noise_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        let _ = cut(bytes.chunks(7));
    }
}
