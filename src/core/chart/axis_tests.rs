#![expect(
    clippy::float_cmp,
    reason = "whole numbers, and values that must be passed on untouched"
)]

use super::*;
use proptest::prelude::*;

fn labels(max_ms: f64) -> Vec<String> {
    let name = |unit| match unit {
        Unit::Millisecond => "ms",
        Unit::Second => "s",
        Unit::Minute => "m",
        _ => "?",
    };
    axis(max_ms)
        .ticks
        .iter()
        .map(|tick| format!("{} {}", tick.label.value, name(tick.label.unit)))
        .collect()
}

#[test]
fn ticks_are_round_and_share_a_unit() {
    assert_eq!(
        labels(0.0),
        ["0 ms", "100 ms", "200 ms", "300 ms", "400 ms", "500 ms"]
    );
    assert_eq!(
        labels(610.0),
        ["0 ms", "200 ms", "400 ms", "600 ms", "800 ms"]
    );
    assert_eq!(
        labels(900.0),
        ["0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s", "1 s"]
    );
    assert_eq!(labels(6_420.0), ["0 s", "2 s", "4 s", "6 s", "8 s"]);
    assert_eq!(
        labels(45_000.0),
        ["0 s", "10 s", "20 s", "30 s", "40 s", "50 s"]
    );
    assert_eq!(labels(101_000.0), ["0 m", "1 m", "2 m"]);
}

#[test]
fn a_bar_grows_through_few_ends() {
    let mut current = axis(0.0);
    let mut ends = vec![current.end_ms];
    for frame in 0..=600u32 {
        current = current.grown_to(f64::from(frame) * 16.7);
        if ends.last() != Some(&current.end_ms) {
            ends.push(current.end_ms);
        }
    }
    let expected = [
        500.0, 600.0, 800.0, 1_000.0, 1_500.0, 2_000.0, 2_500.0, 3_000.0, 4_000.0, 5_000.0,
        6_000.0, 8_000.0, 10_000.0, 15_000.0,
    ];
    assert_eq!(ends, expected);
}

#[test]
fn an_axis_never_shrinks() {
    let long = axis(9_000.0);
    assert_eq!(long.grown_to(100.0), long);
    assert_eq!(long.grown_to(f64::NAN), long);
    assert_eq!(long.grown_to(10_001.0).end_ms, 15_000.0);
}

#[test]
fn odd_lengths_still_give_an_axis() {
    assert_eq!(axis(f64::NAN).end_ms, MIN_END_MS);
    assert_eq!(axis(-5.0).end_ms, MIN_END_MS);
    assert!(axis(f64::INFINITY).end_ms.is_finite());
}

#[test]
fn parts_stand_where_their_times_are() {
    let segment = |kind, from_ms, to_ms| Segment {
        kind,
        from_ms,
        to_ms,
    };
    let parts = axis(1_000.0).bar(&[
        segment(SegmentKind::Headers, 0.0, 250.0),
        segment(SegmentKind::Answering, 250.0, 2_000.0),
        segment(SegmentKind::Answering, 2_000.0, 3_000.0),
    ]);
    let places: Vec<_> = parts.iter().map(|part| (part.left, part.width)).collect();
    assert_eq!(places, [(0.0, 25.0), (25.0, 75.0), (100.0, 0.0)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_axis_is_well_formed(max_ms in 0.0..15_000_000.0f64) {
        let axis = axis(max_ms);
        prop_assert!(axis.end_ms >= max_ms);
        prop_assert!((2..=6).contains(&axis.ticks.len()));
        prop_assert_eq!(axis.ticks[0].at_ms, 0.0);
        let last = &axis.ticks[axis.ticks.len() - 1];
        prop_assert_eq!(last.at_ms, axis.end_ms);
        prop_assert_eq!(last.percent, 100.0);
        let unit = axis.ticks[0].label.unit;
        prop_assert!(axis.ticks.iter().all(|tick| tick.label.unit == unit));
        prop_assert!(axis.end_ms <= MIN_END_MS || max_ms * 2.0 > axis.end_ms);
        prop_assert_eq!(super::axis(axis.end_ms), axis);
    }

    #[test]
    fn percentages_stay_in_bounds(end in 0.0..1e6f64, ms in any::<f64>()) {
        let percent = axis(end).percent(ms);
        prop_assert!((0.0..=100.0).contains(&percent));
    }
}
