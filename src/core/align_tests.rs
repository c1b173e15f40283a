//! Headings that are level, and what happens between them.

use super::{Column, Heading, beside};
use proptest::prelude::*;

fn column(range: f64, headings: &[(f64, &str)]) -> Column {
    Column {
        headings: headings
            .iter()
            .map(|(top, text)| Heading {
                top: *top,
                text: (*text).to_owned(),
            })
            .collect(),
        range,
    }
}

#[track_caller]
fn level(text: &Column, other: &Column, top: f64, expected: f64) {
    let found = beside(text, other, top);
    assert!(
        (found - expected).abs() < 1e-9,
        "{found} instead of {expected}"
    );
}

#[test]
fn texts_without_headings_scroll_by_the_same_share() {
    level(&column(100.0, &[]), &column(300.0, &[]), 25.0, 75.0);
    level(&column(100.0, &[]), &column(300.0, &[]), 100.0, 300.0);
}

#[test]
fn a_text_that_is_all_in_view_stays() {
    level(&column(100.0, &[]), &column(0.0, &[]), 50.0, 0.0);
    level(&column(0.0, &[]), &column(100.0, &[]), 0.0, 0.0);
}

#[test]
fn the_same_headings_are_level_and_what_is_between_them_stretches() {
    let short = column(
        400.0,
        &[(0.0, "Causes"), (100.0, "Effects"), (200.0, "Cures")],
    );
    let long = column(
        900.0,
        &[(50.0, "Causes"), (400.0, "Effects"), (500.0, "Cures")],
    );
    level(&short, &long, 100.0, 400.0);
    level(&short, &long, 200.0, 500.0);
    level(&short, &long, 150.0, 450.0);
    level(&short, &long, 300.0, 700.0);
    level(&long, &short, 400.0, 100.0);
}

#[test]
fn headings_are_recognised_without_their_numbers_and_case() {
    let one = column(400.0, &[(100.0, "1. The causes"), (300.0, "2. Outlook")]);
    let other = column(
        400.0,
        &[
            (200.0, "A word before"),
            (250.0, "THE CAUSES"),
            (380.0, "Outlook"),
        ],
    );
    level(&one, &other, 100.0, 250.0);
    level(&one, &other, 300.0, 380.0);
}

#[test]
fn headings_in_another_order_are_level_as_far_as_they_rise() {
    let one = column(
        400.0,
        &[
            (100.0, "Alpha part"),
            (200.0, "Beta part"),
            (300.0, "Gamma part"),
        ],
    );
    let other = column(
        400.0,
        &[
            (50.0, "Gamma part"),
            (150.0, "Alpha part"),
            (350.0, "Beta part"),
        ],
    );
    level(&one, &other, 100.0, 150.0);
    level(&one, &other, 200.0, 350.0);
}

#[test]
fn headings_in_other_words_are_level_in_their_order() {
    let one = column(400.0, &[(100.0, "Ursachen"), (200.0, "Folgen")]);
    let other = column(800.0, &[(300.0, "Causes"), (500.0, "Effects")]);
    level(&one, &other, 100.0, 300.0);
    level(&one, &other, 200.0, 500.0);
}

#[test]
fn a_heading_below_what_can_be_scrolled_to_does_not_bend_the_rest() {
    let one = column(200.0, &[(100.0, "First one"), (350.0, "Last one")]);
    let other = column(400.0, &[(300.0, "First one"), (900.0, "Last one")]);
    level(&one, &other, 100.0, 300.0);
    level(&one, &other, 200.0, 400.0);
    // The heading ends at the end of the other text, not beyond it.
    let high = column(500.0, &[(100.0, "First one"), (350.0, "Last one")]);
    level(&high, &other, 350.0, 400.0);
}

prop_compose! {
    fn any_column()(
        range in 0.0..5_000.0_f64,
        steps in prop::collection::vec((0.0..800.0_f64, 0..6_usize), 0..8),
    ) -> Column {
        let words = ["Causes", "Effects", "The cures", "Cures now", "", "Outlook for all"];
        let mut top = 0.0;
        let headings = steps
            .into_iter()
            .map(|(step, word)| {
                top += step;
                Heading { top, text: words[word].to_owned() }
            })
            .collect();
        Column { headings, range }
    }
}

proptest! {
    #[test]
    fn scrolling_down_never_scrolls_the_other_up(
        one in any_column(),
        other in any_column(),
        tops in prop::collection::vec(0.0..5_000.0_f64, 2..6),
    ) {
        let mut tops = tops;
        tops.sort_by(f64::total_cmp);
        let places: Vec<f64> = tops.iter().map(|top| beside(&one, &other, *top)).collect();
        for pair in places.windows(2) {
            prop_assert!(pair[0] <= pair[1] + 1e-9);
        }
        for place in places {
            prop_assert!((0.0..=other.range).contains(&place) || other.range <= 0.0);
        }
    }

    #[test]
    fn both_ends_are_level(one in any_column(), other in any_column()) {
        prop_assume!(one.range > 0.0 && other.range > 0.0);
        prop_assert!((beside(&one, &other, one.range) - other.range).abs() < 1e-6);
    }

    #[test]
    fn a_text_is_level_with_itself(one in any_column(), top in 0.0..5_000.0_f64) {
        let top = top.min(one.range);
        prop_assert!((beside(&one, &one, top) - top).abs() < 1e-6);
    }
}
