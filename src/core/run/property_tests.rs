//! What holds for any order of calls, also for orders that no runner makes.
#![expect(
    clippy::float_cmp,
    reason = "whole numbers, and values that must be passed on untouched"
)]

use super::{Change, Phase, RunLog};
use crate::core::domain::{Failure, FailureKind, Finish, FinishReason, Millis, Usage};
use crate::core::timing::Figure;
use crate::core::wire::http::ResponseHead;
use crate::core::wire::{BlockKind, ResponseMeta, StreamEvent};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Step {
    Queued,
    Sent,
    Headers,
    Bytes(usize),
    Event(StreamEvent),
    Hidden,
    Stop,
    Fail,
    End,
    EndAtLastByte,
}

fn any_kind() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        Just(BlockKind::Text),
        Just(BlockKind::Thinking),
        Just(BlockKind::Refusal),
        prop::option::of("[a-z]{0,3}").prop_map(|name| BlockKind::ToolCall { id: None, name }),
    ]
}

fn any_reason() -> impl Strategy<Value = FinishReason> {
    prop_oneof![
        Just(FinishReason::Stop),
        Just(FinishReason::Refusal),
        Just(FinishReason::ContentFilter),
    ]
}

fn any_event() -> impl Strategy<Value = StreamEvent> {
    prop_oneof![
        6 => (0..5u32, any_kind()).prop_map(|(block, kind)| StreamEvent::BlockStart { block, kind }),
        20 => (0..5u32, "[aé \n]{0,5}").prop_map(|(block, text)| StreamEvent::Delta { block, text }),
        3 => (0..5u32).prop_map(|block| StreamEvent::BlockEnd { block }),
        1 => Just(StreamEvent::Meta(ResponseMeta::default())),
        1 => Just(StreamEvent::Usage(Usage::default())),
        1 => Just(StreamEvent::Warning(Failure::new(FailureKind::Server))),
        1 => any_reason().prop_map(|unified| StreamEvent::Finish(Finish { unified, raw: None })),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => Just(Step::Queued),
        4 => Just(Step::Sent),
        4 => Just(Step::Headers),
        12 => (0..50usize).prop_map(Step::Bytes),
        40 => any_event().prop_map(Step::Event),
        1 => Just(Step::Hidden),
        1 => Just(Step::Stop),
        1 => Just(Step::Fail),
        1 => Just(Step::End),
        1 => Just(Step::EndAtLastByte),
    ]
}

fn take(log: &mut RunLog, step: &Step, at: Millis) -> Change {
    match step {
        Step::Queued => log.queued(),
        Step::Sent => log.sent(at, true, false),
        Step::Headers => log.headers(at, &ResponseHead::default()),
        Step::Bytes(len) => log.bytes(at, *len),
        Step::Event(event) => log.apply(event, at),
        Step::Hidden => log.note_hidden(),
        Step::Stop => log.stop(at),
        Step::Fail => log.fail(Failure::new(FailureKind::Timeout), at),
        Step::End => log.end(at),
        Step::EndAtLastByte => log.end_at_last_byte(at),
    }
}

fn check_bar(log: &RunLog, now: Millis) -> Result<(), TestCaseError> {
    let mut from = 0.0;
    for part in log.segments(now) {
        prop_assert_eq!(part.from_ms, from);
        prop_assert!(part.to_ms > part.from_ms);
        from = part.to_ms;
    }
    prop_assert_eq!(from, log.timeline().elapsed(now).unwrap_or(0.0));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn runs_only_move_forward(
        steps in prop::collection::vec((any_step(), -5.0..50.0f64), 0..80),
    ) {
        let mut log = RunLog::new();
        let mut now = 1000.0;
        for (step, pause) in steps {
            now += pause;
            let before = log.clone();
            let change = take(&mut log, &step, Millis(now));

            prop_assert!(log.phase() >= before.phase());
            prop_assert!(log.answer().starts_with(before.answer()));
            prop_assert!(log.thinking().starts_with(before.thinking()));
            prop_assert_eq!(change.contains(Change::PHASE), log.phase() != before.phase());
            prop_assert_eq!(change.contains(Change::ANSWER), log.answer() != before.answer());
            prop_assert_eq!(change.contains(Change::THINKING), log.thinking() != before.thinking());
            let facts = log.finish() != before.finish()
                || log.failure() != before.failure()
                || log.warnings() != before.warnings()
                || log.metrics() != before.metrics();
            prop_assert!(!facts || change.contains(Change::FACTS));
            if before.phase().is_over() {
                prop_assert_eq!(&log, &before);
                prop_assert!(change.is_empty());
            }
            prop_assert_eq!(log.phase() == Phase::Failed, log.failure().is_some());
            check_bar(&log, Millis(now))?;
            let figures = log.metrics();
            for figure in Figure::ALL {
                prop_assert!(figures.value(figure).is_none_or(|v| v.is_finite() && v >= 0.0));
            }
        }
        let per_block: usize = log.blocks().iter()
            .filter(|block| matches!(block.kind, BlockKind::Text | BlockKind::Refusal))
            .map(|block| block.text.len())
            .sum();
        prop_assert!(log.answer().len() >= per_block);
    }
}
