use super::*;
use crate::core::domain::{InputTokens, Millis};
use crate::core::timing::TokenKind::{self, Answer, Thinking};
use proptest::prelude::*;

/// Sent at 1,000; each piece is a chunk of its own: kind, characters, time.
fn ended(pieces: &[(TokenKind, usize, f64)], end: f64) -> Timeline {
    let mut line = Timeline::new();
    line.sent(Millis(1000.0), false, false);
    line.headers(Millis(1100.0));
    for (kind, chars, at) in pieces {
        line.chunk(Millis(*at), *chars);
        line.token(*kind, *chars, Millis(*at));
    }
    line.end(Millis(end));
    line
}

fn output(total: Option<u64>, text: Option<u64>, thinking: Option<u64>) -> Usage {
    Usage {
        output: OutputTokens {
            total,
            text,
            thinking,
        },
        ..Usage::default()
    }
}

/// Twenty answer pieces of five characters, 100 ms apart, from 2,000 to 3,900.
fn steady_answer() -> Vec<(TokenKind, usize, f64)> {
    (0..20u8)
        .map(|i| (Answer, 5, 2000.0 + 100.0 * f64::from(i)))
        .collect()
}

fn rate_of(line: &Timeline, usage: &Usage) -> Result<Rate, RateGap> {
    Metrics::derive(line, Some(usage), true).rate
}

#[test]
fn durations_are_counted_from_sent() {
    let line = ended(&[(Thinking, 1, 1500.0), (Answer, 1, 1800.0)], 2000.0);
    let figures = Metrics::derive(&line, None, true);
    assert_eq!(figures.headers_ms, Some(100.0));
    assert_eq!(figures.ttft_ms, Some(500.0));
    assert_eq!(figures.ttfa_ms, Some(800.0));
    assert_eq!(figures.total_ms, Some(1000.0));
    assert!(figures.is_final());
}

#[test]
fn a_running_response_has_no_total_and_no_rate() {
    let mut line = Timeline::new();
    line.sent(Millis(0.0), false, false);
    line.chunk(Millis(10.0), 1);
    line.token(Answer, 1, Millis(10.0));
    let figures = Metrics::derive(&line, Some(&output(Some(100), None, None)), true);
    assert_eq!(figures.total_ms, None);
    assert_eq!(figures.ttft_ms, Some(10.0));
    assert_eq!(figures.rate, Err(RateGap::NotFinished));
    assert!(!figures.is_final());
    assert_eq!(figures.output_tokens, None);
}

#[test]
fn a_stopped_response_has_a_total_but_no_rate_and_no_output_count() {
    let usage = Usage {
        input: InputTokens {
            total: Some(7),
            cache_read: Some(2),
            ..InputTokens::default()
        },
        ..output(Some(100), None, Some(3))
    };
    let figures = Metrics::derive(&ended(&steady_answer(), 4000.0), Some(&usage), false);
    assert_eq!(figures.total_ms, Some(3000.0));
    assert_eq!(figures.rate, Err(RateGap::NotFinished));
    assert_eq!(figures.input_tokens, Some(7));
    assert_eq!(figures.cached_input_tokens, Some(2));
    assert_eq!(figures.output_tokens, None);
    assert_eq!(figures.thinking_tokens, None);
}

#[test]
fn without_thinking_all_tokens_count_over_the_whole_window() {
    let rate = rate_of(
        &ended(&steady_answer(), 4000.0),
        &output(Some(96), None, None),
    )
    .unwrap();
    assert_eq!(rate.basis, RateBasis::All);
    assert_eq!((rate.tokens, rate.window_ms), (96, 1900.0));
    assert!((rate.per_second - 50.0).abs() < 1e-9);
}

#[test]
fn visible_thinking_counts_with_its_time() {
    let mut pieces: Vec<_> = (0..10u8)
        .map(|i| (Thinking, 60, 1100.0 + 90.0 * f64::from(i)))
        .collect();
    pieces.extend(steady_answer());
    let rate = rate_of(
        &ended(&pieces, 4000.0),
        &output(Some(281), Some(100), Some(181)),
    )
    .unwrap();
    assert_eq!(rate.basis, RateBasis::WithThinking);
    assert_eq!((rate.tokens, rate.window_ms), (281, 2800.0));
    assert!((rate.per_second - 100.0).abs() < 1e-9);
}

#[test]
fn a_summary_of_thinking_does_not_count_as_the_thinking() {
    let mut pieces: Vec<_> = (0..10u8)
        .map(|i| (Thinking, 5, 1100.0 + 90.0 * f64::from(i)))
        .collect();
    pieces.extend(steady_answer());
    let line = ended(&pieces, 4000.0);
    let rate = rate_of(&line, &output(Some(596), Some(96), Some(500))).unwrap();
    assert_eq!(rate.basis, RateBasis::AnswerOnly);
    assert_eq!((rate.tokens, rate.window_ms), (96, 1900.0));
    assert_eq!(
        rate_of(&line, &output(Some(596), None, None))
            .unwrap()
            .basis,
        RateBasis::WithThinking,
        "without a count there is nothing to compare the text with"
    );
}

#[test]
fn a_burst_is_looked_for_where_the_rate_is_taken() {
    let summary = (0..10u8).map(|i| (Thinking, 50, 1100.0 + 50.0 * f64::from(i)));
    let mut burst: Vec<_> = summary.clone().collect();
    burst.extend([(Answer, 200, 2000.0), (Answer, 20, 2500.0)]);
    let usage = output(Some(1100), Some(100), Some(1000));
    assert_eq!(rate_of(&ended(&burst, 4000.0), &usage), Err(RateGap::Burst));
    let mut steady = vec![(Thinking, 500, 1000.0)];
    steady.extend(steady_answer());
    let rate = rate_of(
        &ended(&steady, 4000.0),
        &output(Some(1096), Some(96), Some(1000)),
    );
    assert_eq!(rate.map(|rate| rate.basis), Ok(RateBasis::AnswerOnly));
}

#[test]
fn hidden_thinking_is_left_out_with_its_time() {
    let line = ended(&steady_answer(), 4000.0);
    for usage in [
        output(Some(596), Some(96), Some(500)),
        output(Some(596), None, Some(500)),
        output(None, Some(96), Some(500)),
    ] {
        let rate = rate_of(&line, &usage).unwrap();
        assert_eq!(rate.basis, RateBasis::AnswerOnly);
        assert_eq!((rate.tokens, rate.window_ms), (96, 1900.0));
        assert!((rate.per_second - 50.0).abs() < 1e-9);
    }
}

fn silent_then_answer(reopened: bool) -> Timeline {
    let mut line = Timeline::new();
    line.sent(Millis(0.0), false, false);
    line.chunk(Millis(10.0), 1);
    line.thinking_opened(Millis(10.0));
    for (i, (kind, chars, at)) in steady_answer().into_iter().enumerate() {
        line.chunk(Millis(at), chars);
        if reopened && i == 10 {
            line.thinking_opened(Millis(at));
        }
        line.token(kind, chars, Millis(at));
    }
    line.end(Millis(4000.0));
    line
}

#[test]
fn silent_thinking_without_a_count_gives_no_rate() {
    let line = silent_then_answer(false);
    assert_eq!(
        rate_of(&line, &output(Some(96), None, None)),
        Err(RateGap::NoThinkingSplit)
    );
    let counted = rate_of(&line, &output(Some(100), None, Some(4))).unwrap();
    assert_eq!(counted.tokens, 96);
    let none_spent = rate_of(&line, &output(Some(96), None, Some(0))).unwrap();
    assert_eq!(none_spent.tokens, 96);
}

#[test]
fn silent_thinking_in_the_middle_of_the_answer_gives_no_rate() {
    assert_eq!(
        rate_of(
            &silent_then_answer(true),
            &output(Some(500), None, Some(400))
        ),
        Err(RateGap::NoThinkingSplit)
    );
}

#[test]
fn no_usage_no_rate() {
    let line = ended(&steady_answer(), 4000.0);
    assert_eq!(
        Metrics::derive(&line, None, true).rate,
        Err(RateGap::NoUsage)
    );
    assert_eq!(
        rate_of(&line, &output(None, None, Some(5))),
        Err(RateGap::NoUsage)
    );
}

#[test]
fn forty_tokens_are_enough_and_thirty_nine_are_not() {
    let line = ended(&steady_answer(), 4000.0);
    assert_eq!(
        rate_of(&line, &output(Some(39), None, None)),
        Err(RateGap::TooFewTokens)
    );
    assert!(rate_of(&line, &output(Some(40), None, None)).is_ok());
    // The limit is for what is counted, not for what was reported.
    assert_eq!(
        rate_of(&line, &output(Some(539), None, Some(500))),
        Err(RateGap::TooFewTokens)
    );
}

#[test]
fn two_hundred_ms_are_enough_and_less_is_not() {
    let spread = |step: f64| -> Timeline {
        let pieces: Vec<_> = (0..11u8)
            .map(|i| (Answer, 5, 2000.0 + step * f64::from(i)))
            .collect();
        ended(&pieces, 4000.0)
    };
    let usage = output(Some(100), None, None);
    assert_eq!(rate_of(&spread(19.9), &usage), Err(RateGap::TooShort));
    assert!(rate_of(&spread(20.0), &usage).is_ok());
}

#[test]
fn a_tenth_in_the_first_chunk_is_allowed_and_more_is_not() {
    let usage = output(Some(100), None, None);
    let split = |first: usize| {
        ended(
            &[(Answer, first, 2000.0), (Answer, 100 - first, 3000.0)],
            4000.0,
        )
    };
    assert!(rate_of(&split(10), &usage).is_ok());
    assert_eq!(rate_of(&split(11), &usage), Err(RateGap::Burst));
}

#[test]
fn an_answer_in_one_piece_is_a_burst() {
    let line = ended(&[(Answer, 500, 2000.0)], 2000.0);
    assert_eq!(
        rate_of(&line, &output(Some(120), None, None)),
        Err(RateGap::Burst)
    );
}

#[test]
fn tokens_that_never_showed_give_no_rate() {
    let line = ended(&[], 4000.0);
    assert_eq!(
        rate_of(&line, &output(Some(300), None, None)),
        Err(RateGap::TooFewTokens)
    );
}

#[test]
fn every_figure_reads_its_own_value() {
    let usage = Usage {
        input: InputTokens {
            total: Some(11),
            cache_read: Some(5),
            ..InputTokens::default()
        },
        ..output(Some(596), Some(96), Some(500))
    };
    let figures = Metrics::derive(&ended(&steady_answer(), 4000.0), Some(&usage), true);
    let read: Vec<_> = Figure::ALL
        .into_iter()
        .filter(|figure| *figure != Figure::Cost)
        .map(|figure| (figure.as_str(), figures.value(figure).unwrap().round()))
        .collect();
    assert_eq!(
        read,
        [
            ("headers_ms", 100.0),
            ("ttft_ms", 1000.0),
            ("ttfa_ms", 1000.0),
            ("total_ms", 3000.0),
            ("output_tokens_per_s", 50.0),
            ("input_tokens", 11.0),
            ("cached_input_tokens", 5.0),
            ("output_tokens", 596.0),
            ("reasoning_tokens", 500.0),
        ]
    );
}

#[test]
fn unknown_figures_are_absent_and_never_zero() {
    let figures = Metrics::derive(&Timeline::new(), None, true);
    for figure in Figure::ALL {
        assert_eq!(figures.value(figure), None, "{}", figure.as_str());
    }
}

fn any_time() -> impl Strategy<Value = f64> {
    prop_oneof![
        8 => -10.0..5000.0f64,
        1 => Just(f64::NAN),
        1 => Just(f64::INFINITY),
    ]
}

fn any_count() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![
        1 => Just(None),
        4 => (0..500u64).prop_map(Some),
        1 => any::<u64>().prop_map(Some),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_rate_is_always_a_positive_number(
        steps in prop::collection::vec((0..4u8, 0..40usize, any_time()), 0..60),
        (total, text, thinking) in (any_count(), any_count(), any_count()),
        end in any_time(),
    ) {
        let mut line = Timeline::new();
        line.sent(Millis(0.0), false, false);
        for (what, chars, at) in steps {
            let at = Millis(at);
            match what {
                0 => line.thinking_opened(at),
                1 => line.token(Thinking, chars, at),
                2 => line.token(Answer, chars, at),
                _ => line.chunk(at, chars),
            }
        }
        line.end(Millis(end));
        let figures = Metrics::derive(&line, Some(&output(total, text, thinking)), true);
        if let Ok(rate) = figures.rate {
            prop_assert!(rate.per_second.is_finite() && rate.per_second > 0.0);
            prop_assert!(rate.tokens >= MIN_RATE_TOKENS);
            prop_assert!(rate.window_ms >= MIN_RATE_WINDOW_MS);
        }
        for figure in Figure::ALL {
            prop_assert!(figures.value(figure).is_none_or(|v| v.is_finite() && v >= 0.0));
        }
    }

    #[test]
    fn steady_streams_give_the_rate_they_were_made_with(
        count in 44..400u32,
        gap in 6.0..80.0f64,
    ) {
        let pieces: Vec<_> = (0..count)
            .map(|i| (Answer, 4, 1200.0 + gap * f64::from(i)))
            .collect();
        let line = ended(&pieces, 90_000.0);
        let rate = rate_of(&line, &output(Some(u64::from(count)), None, None)).unwrap();
        prop_assert!((rate.per_second * gap / 1000.0 - 1.0).abs() < 1e-9);
    }
}
