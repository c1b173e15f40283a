#![expect(clippy::float_cmp, reason = "values that must be passed on untouched")]

use super::*;
use crate::core::{
    domain::{Finish, FinishReason, Millis},
    recipe::result::RunFacts,
    run::Phase,
    timing::Figure,
    wire::{BlockKind, StreamEvent, http::ResponseHead},
};
use proptest::prelude::*;

/// A run as a runner makes it: sent at `start`, then thinking and an answer in
/// pieces, each so many ms after the one before.
fn live(start: f64, pieces: &[(f64, bool, String)]) -> RunLog {
    let mut log = RunLog::new();
    log.sent(Millis(start), false, false);
    let mut at = start + 31.7;
    log.headers(Millis(at), &ResponseHead::default());
    let mut opened = [false; 2];
    for (after, is_thinking, text) in pieces {
        at += after;
        let now = Millis(at);
        log.bytes(now, text.len().max(1));
        let block = u32::from(*is_thinking);
        if !std::mem::replace(&mut opened[block as usize], true) {
            let kind = if *is_thinking {
                BlockKind::Thinking
            } else {
                BlockKind::Text
            };
            log.apply(&StreamEvent::BlockStart { block, kind }, now);
        }
        let text = text.clone();
        log.apply(&StreamEvent::Delta { block, text }, now);
    }
    let unified = FinishReason::Stop;
    let finish = StreamEvent::Finish(Finish { unified, raw: None });
    log.apply(&finish, Millis(at));
    log.end(Millis(at + 2.25));
    log
}

fn run(start: f64, pieces: &[(f64, bool, String)]) -> Run {
    let log = live(start, pieces);
    Run {
        script: Arc::new(Script::of(RunFacts::of_log(&log))),
        log,
        sent_ms: Some(start),
    }
}

fn words(count: usize, after: f64) -> Vec<(f64, bool, String)> {
    (0..count)
        .map(|at| (after, at < 2, format!("word{at} ")))
        .collect()
}

fn logs(stage: &Stage) -> Vec<RunLog> {
    stage.logs().cloned().collect()
}

fn two() -> Vec<Run> {
    vec![run(1000.1, &words(6, 100.0)), run(1700.7, &words(4, 50.0))]
}

#[test]
fn all_panes_begin_sent_and_without_text() {
    let stage = Stage::new(two(), Alignment::FromZero);
    for log in stage.logs() {
        assert_eq!(log.phase(), Phase::Connecting);
        assert_eq!(log.answer(), "");
    }
    assert!(stage.length_ms() > 600.0);
}

#[test]
fn in_the_middle_texts_are_beginnings_and_phases_are_those_of_then() {
    let mut stage = Stage::new(two(), Alignment::FromZero);
    stage.go_to(31.7);
    assert_eq!(logs(&stage)[0].phase(), Phase::Waiting);
    stage.go_to(140.0);
    assert_eq!(logs(&stage)[0].phase(), Phase::Thinking);
    stage.go_to(335.0);
    let [first, second] = logs(&stage).try_into().unwrap();
    assert_eq!(first.phase(), Phase::Answering);
    assert_eq!(first.answer(), "word2 ");
    assert_eq!(second.phase(), Phase::Done);
}

#[test]
fn figures_on_the_way_are_those_of_the_run_to_the_digit() {
    let runs = two();
    let whole = runs[0].log.metrics();
    let mut stage = Stage::new(runs, Alignment::FromZero);
    stage.go_to(500.0);
    let now = logs(&stage)[0].metrics();
    for figure in [Figure::Headers, Figure::FirstToken, Figure::FirstAnswer] {
        assert!(whole.value(figure).is_some());
        assert_eq!(now.value(figure), whole.value(figure), "{figure:?}");
    }
    assert_eq!(now.value(Figure::Total), None);
}

#[test]
fn as_it_was_a_later_pane_waits_for_its_turn() {
    let mut stage = Stage::new(two(), Alignment::AsItWas);
    assert!(stage.began_apart());
    stage.go_to(700.0);
    assert_eq!(logs(&stage)[1].phase(), Phase::Queued);
    stage.go_to(701.0);
    let second = &logs(&stage)[1];
    assert_eq!(second.phase(), Phase::Connecting);
    let elapsed = second.timeline().elapsed(Millis(750.6)).unwrap();
    assert!(
        (elapsed - 50.0).abs() < 1e-9,
        "its bar begins when it began"
    );
}

#[test]
fn marks_say_when_first_tokens_came_and_runs_ended() {
    let stage = Stage::new(two(), Alignment::AsItWas);
    let marks = stage.marks();
    let found: Vec<(usize, bool)> = marks.iter().map(|mark| (mark.run, mark.is_end)).collect();
    assert_eq!(found, [(0, false), (0, true), (1, false), (1, true)]);
    assert!((marks[0].at_ms - 131.7).abs() < 0.001);
    assert!((marks[2].at_ms - (700.6 + 81.7)).abs() < 0.001);
    assert_eq!(stage.length_ms(), marks[3].at_ms);
}

#[test]
fn runs_of_unknown_beginning_begin_together() {
    let mut runs = two();
    runs[1].sent_ms = None;
    let mut stage = Stage::new(runs, Alignment::AsItWas);
    assert!(!stage.began_apart());
    stage.go_to(1.0);
    assert!(stage.logs().all(|log| log.phase() == Phase::Connecting));
}

#[test]
fn a_recording_of_firsts_and_lasts_is_coarse() {
    let log = live(0.0, &words(20, 10.0));
    let mut facts = RunFacts::of_log(&log);
    let of = |facts: RunFacts| {
        let run = Run {
            script: Arc::new(Script::of(facts)),
            log: log.clone(),
            sent_ms: None,
        };
        Stage::new(vec![run], Alignment::FromZero).is_coarse()
    };
    assert!(!of(facts.clone()));
    facts.chunks.arrivals = facts.chunks.arrivals.thin();
    assert!(of(facts));
}

/// What the page shows of a run.
fn visible(log: &RunLog) -> impl PartialEq + std::fmt::Debug {
    let texts = [log.answer().to_owned(), log.thinking().to_owned()];
    let segments = log.segments(Millis(1e6));
    (log.phase(), texts, log.metrics(), segments)
}

fn any_pieces() -> impl Strategy<Value = Vec<(f64, bool, String)>> {
    prop::collection::vec((0.0..60.0f64, any::<bool>(), "[aé🙂\n]{0,5}"), 0..25)
}

fn any_stage() -> impl Strategy<Value = (Vec<Run>, Alignment)> {
    let runs = prop::collection::vec((0.0..900.0f64, any_pieces()), 1..4);
    let alignment = prop_oneof![Just(Alignment::FromZero), Just(Alignment::AsItWas)];
    (runs, alignment).prop_map(|(runs, alignment)| {
        let runs = runs.iter().map(|(start, pieces)| run(*start, pieces));
        (runs.collect(), alignment)
    })
}

proptest! {
    #[test]
    fn however_it_was_scrubbed_it_stands_as_played_straight_to_there(
        (runs, alignment) in any_stage(),
        times in prop::collection::vec(0.0..2500.0f64, 0..12),
    ) {
        let mut scrubbed = Stage::new(runs.clone(), alignment);
        let mut shown = logs(&scrubbed);
        for at in times {
            let moved = scrubbed.go_to(at);
            let mut straight = Stage::new(runs.clone(), alignment);
            straight.go_to(at);
            for ((log, same), (moved, shown)) in
                scrubbed.logs().zip(straight.logs()).zip(moved.into_iter().zip(&mut shown))
            {
                prop_assert_eq!(log, same);
                // What is said to have stayed stays; forwards texts only grow.
                match moved {
                    Moved::No => prop_assert_eq!(visible(shown), visible(log)),
                    Moved::On(_) => prop_assert!(log.answer().starts_with(shown.answer())),
                    Moved::Back => {}
                }
                *shown = log.clone();
            }
        }
    }

    #[test]
    fn at_the_end_every_run_is_as_it_was((runs, alignment) in any_stage(), stop in 0.0..2500.0f64) {
        let mut stage = Stage::new(runs.clone(), alignment);
        stage.go_to(stop);
        stage.go_to(stage.length_ms());
        for (log, run) in stage.logs().zip(&runs) {
            prop_assert_eq!(log, &run.log);
        }
    }
}
