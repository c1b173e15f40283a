//! The cuts of the network mean nothing: any split of a body gives the same
//! events, and a body that breaks off anywhere is told apart from one that ends.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the exceptions for tests cover only functions marked as tests"
)]

mod wire_support;

use proptest::prelude::*;
use touchstone::core::wire::StreamEvent;
use wire_support::{assert_promises, decode, finish_of, fixtures};

/// Cuts a body at these points, given as shares of its length.
fn cut<'a>(body: &'a [u8], points: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut at: Vec<usize> = points
        .iter()
        .map(|point| point.index(body.len() + 1))
        .collect();
    at.extend([0, body.len()]);
    at.sort_unstable();
    at.windows(2).map(|pair| &body[pair[0]..pair[1]]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_split_gives_the_same_events(
        points in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
    ) {
        for (dialect, path, body) in fixtures() {
            let expected = decode(dialect, [body.as_slice()]);
            let events = decode(dialect, cut(&body, &points));
            prop_assert_eq!(events, expected, "{}", path.display());
        }
    }

    #[test]
    fn no_bytes_at_all_make_a_decoder_panic_or_break_its_promises(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        lines in prop::collection::vec("(data|event|error|:)?:? ?[\\[{\"}\\],a-z0-9:]{0,12}", 0..12),
    ) {
        let text = lines.join("\n");
        for (dialect, _, fixture) in fixtures() {
            for body in [&bytes[..], text.as_bytes()] {
                let half = fixture.len() / 2;
                let pieces = [&fixture[..half], body];
                assert_promises(&decode(dialect, pieces).0, "noise after half a stream");
                assert_promises(&decode(dialect, [body]).0, "noise");
            }
        }
    }
}

#[test]
fn one_byte_at_a_time_gives_the_same_events() {
    for (dialect, path, body) in fixtures() {
        let expected = decode(dialect, [body.as_slice()]);
        let events = decode(dialect, body.chunks(1));
        assert_eq!(events, expected, "{}", path.display());
    }
}

#[test]
fn a_body_that_breaks_off_never_finishes_otherwise_than_the_whole() {
    for (dialect, path, body) in fixtures() {
        let about = path.display().to_string();
        let (whole, _) = decode(dialect, [body.as_slice()]);
        for len in 0..body.len() {
            let (events, _) = decode(dialect, [&body[..len]]);
            assert_promises(&events, &about);
            if let Some(finish) = finish_of(&events) {
                assert_eq!(Some(finish), finish_of(&whole), "{about} cut at {len}");
            }
            let garbage = |events: &[StreamEvent]| {
                events
                    .iter()
                    .any(|event| format!("{event:?}").contains("Garbage"))
            };
            assert!(
                !garbage(&events) || garbage(&whole),
                "{about} cut at {len}: a broken connection taken for garbage"
            );
        }
    }
}
