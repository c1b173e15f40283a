//! A run that went through a document and back is the run that it was.

use super::{Player, Script};
use crate::core::{
    domain::{Finish, FinishReason, Millis, ModelId, OutputTokens, ProviderId, Usage},
    recipe::{
        Recipe,
        result::{AppInfo, Machine, ResultDoc, ResultPane, ResultRun, ResultTurn, RunFacts},
    },
    run::RunLog,
    wire::{BlockKind, StreamEvent, http::ResponseHead},
};
use proptest::prelude::*;
use std::sync::Arc;

/// A chunk: how long after the one before, and what came with it.
type Chunk = (f64, Vec<(u32, String)>);

fn any_kinds() -> impl Strategy<Value = Vec<BlockKind>> {
    let kind = prop_oneof![
        Just(BlockKind::Text),
        Just(BlockKind::Thinking),
        Just(BlockKind::Refusal),
        Just(BlockKind::ToolCall {
            id: Some("c".to_owned()),
            name: Some("look_up".to_owned()),
        }),
    ];
    prop::collection::vec(kind, 1..4)
}

fn any_chunks() -> impl Strategy<Value = Vec<Chunk>> {
    let piece = (0..4u32, "[aé ह🙂\n]{0,6}");
    let chunk = (0.0..40.0f64, prop::collection::vec(piece, 0..3));
    prop::collection::vec(chunk, 0..40)
}

/// What ends the run.
#[derive(Debug, Clone, Copy)]
enum Ending {
    Done,
    Stopped,
    CutOff,
}

fn any_ending() -> impl Strategy<Value = Ending> {
    prop_oneof![
        Just(Ending::Done),
        Just(Ending::Stopped),
        Just(Ending::CutOff)
    ]
}

fn live(kinds: &[BlockKind], chunks: &[Chunk], ending: Ending, start: f64) -> RunLog {
    let mut log = RunLog::new();
    log.sent(Millis(start), true, false);
    let mut at = Millis(start + 12.345);
    log.headers(at, &ResponseHead::default());
    let mut opened = vec![false; kinds.len()];
    for (after, pieces) in chunks {
        at = Millis(at.0 + after);
        log.bytes(at, 7);
        for (block, text) in pieces {
            let place = *block as usize % kinds.len();
            let block = u32::try_from(place).unwrap();
            if !std::mem::replace(&mut opened[place], true) {
                let kind = kinds[place].clone();
                log.apply(&StreamEvent::BlockStart { block, kind }, at);
            }
            let text = text.clone();
            log.apply(&StreamEvent::Delta { block, text }, at);
        }
    }
    let usage = Usage {
        output: OutputTokens {
            total: Some(200),
            ..OutputTokens::default()
        },
        ..Usage::default()
    };
    log.apply(&StreamEvent::Usage(usage), at);
    let end = Millis(at.0 + 3.5);
    match ending {
        Ending::Done => {
            let unified = FinishReason::Stop;
            log.apply(&StreamEvent::Finish(Finish { unified, raw: None }), at);
            log.end(end);
        }
        Ending::Stopped => {
            log.stop(end);
        }
        Ending::CutOff => {
            log.end(end);
        }
    }
    log
}

fn through_a_document(facts: RunFacts) -> RunFacts {
    let (provider, model) = (ProviderId::new("p"), ModelId::new("m"));
    let turn = ResultTurn {
        template: None,
        prompt: "hi".to_owned(),
        attachments: Vec::new(),
        runs: vec![ResultRun::new(&provider, &model, facts)],
        extra: serde_json::Map::new(),
    };
    let pane = ResultPane {
        provider,
        api: None,
        model,
        host: None,
        label: None,
        params: crate::core::domain::Params::default(),
        turns: vec![turn],
        extra: serde_json::Map::new(),
    };
    let machine = Machine::default();
    let document = ResultDoc::new(
        AppInfo::this(),
        None,
        machine,
        Recipe::default(),
        vec![pane],
    );
    let text = document.to_json().unwrap();
    let (read, _) = ResultDoc::parse(&text).unwrap();
    assert_eq!(
        read.to_json().unwrap(),
        text,
        "written again it is the same"
    );
    read.panes[0].turns[0].runs[0].facts.clone()
}

fn assert_same(live: &RunLog, again: &RunLog) -> Result<(), TestCaseError> {
    prop_assert_eq!(live.phase(), again.phase());
    prop_assert_eq!(live.answer(), again.answer());
    prop_assert_eq!(live.thinking(), again.thinking());
    prop_assert!(live.tool_calls().eq(again.tool_calls()));
    prop_assert_eq!(live.finish(), again.finish());
    prop_assert_eq!(live.failure(), again.failure());
    prop_assert_eq!(live.usage(), again.usage());
    let (one, other) = (live.metrics(), again.metrics());
    let marks = |log: &RunLog| {
        let facts = RunFacts::of_log(log);
        facts.marks
    };
    prop_assert_eq!(marks(live), marks(again));
    prop_assert_eq!(one.ttft_ms, other.ttft_ms);
    prop_assert_eq!(one.total_ms, other.total_ms);
    match (one.rate, other.rate) {
        (Ok(one), Ok(other)) => {
            prop_assert_eq!(one.basis, other.basis);
            let ratio = one.per_second / other.per_second;
            prop_assert!((ratio - 1.0).abs() < 1e-9, "{ratio}");
        }
        (one, other) => prop_assert_eq!(one.err(), other.err()),
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_run_that_went_through_a_document_is_the_same(
        kinds in any_kinds(), chunks in any_chunks(), ending in any_ending(), is_thin in any::<bool>(),
    ) {
        // A clock that starts with sending: marks are then the same to the digit.
        let live = live(&kinds, &chunks, ending, 0.0);
        let mut facts = RunFacts::of_log(&live);
        if is_thin {
            facts.chunks.arrivals = facts.chunks.arrivals.thin();
        }
        let again = Script::of(through_a_document(facts)).log();
        assert_same(&live, &again)?;
        if !is_thin {
            prop_assert_eq!(live.arrivals().pieces(), again.arrivals().pieces());
        }
    }

    #[test]
    fn an_edited_text_is_shown_as_it_stands_and_in_no_more_blocks(
        kinds in any_kinds(), chunks in any_chunks(), ending in any_ending(),
        at in any::<prop::sample::Index>(), removed in 0..4usize, put in "(\\n\\n)?[aé\n]{0,12}",
        is_thinking in any::<bool>(),
    ) {
        let mut facts = RunFacts::of_log(&live(&kinds, &chunks, ending, 0.0));
        let text = if is_thinking { &mut facts.thinking } else { &mut facts.answer };
        let had_text = !text.is_empty();
        let letters: Vec<char> = text.chars().collect();
        let at = at.index(letters.len() + 1);
        let (before, after) = letters.split_at(at);
        *text = before.iter().copied().chain(put.chars()).chain(after.iter().skip(removed).copied()).collect();
        // Thinking that is withheld is counted, not written.
        prop_assume!(!is_thinking || had_text);
        let facts = through_a_document(facts);
        let blocks = facts.chunks.blocks.len();
        let again = Script::of(facts.clone()).log();
        prop_assert_eq!(again.answer(), &facts.answer);
        prop_assert_eq!(again.thinking(), &facts.thinking);
        let arguments = facts.tool_calls.iter().map(|call| call.arguments.as_str());
        prop_assert!(arguments.eq(again.tool_calls().map(|call| call.arguments)));
        if had_text {
            prop_assert!(again.blocks().len() <= blocks);
        }
    }

    #[test]
    fn playing_in_steps_ends_as_playing_at_once(
        kinds in any_kinds(), chunks in any_chunks(), ending in any_ending(),
        stops in prop::collection::vec(0.0..1000.0f64, 0..8),
    ) {
        let facts = RunFacts::of_log(&live(&kinds, &chunks, ending, 1234.5));
        let script = Arc::new(Script::of(facts));
        let mut player = Player::new(Arc::clone(&script));
        let mut stops = stops;
        stops.sort_by(f64::total_cmp);
        for stop in stops {
            player.advance(stop);
            prop_assert!(script.facts().answer.starts_with(player.log().answer()));
        }
        player.finish();
        let at_once = Script::clone(&script).log();
        prop_assert_eq!(player.log(), &at_once);
    }
}

#[test]
fn a_word_that_became_longer_stays_one_word() {
    let chunks: Vec<Chunk> = ["A num", "ber is", " prime."]
        .map(|text| (10.0, vec![(0, text.to_owned())]))
        .to_vec();
    let mut facts = RunFacts::of_log(&live(&[BlockKind::Text], &chunks, Ending::Done, 0.0));
    facts.answer = "Any number is prime.".to_owned();
    let again = Script::of(through_a_document(facts)).log();
    assert_eq!(again.answer(), "Any number is prime.");
    assert_eq!(again.blocks().len(), 1);
}

#[test]
fn a_document_without_pieces_keeps_its_texts_and_its_speed() {
    let kinds = [BlockKind::Thinking, BlockKind::Text];
    let chunks: Vec<Chunk> = (0..60)
        .map(|at| (10.0, vec![(u32::from(at >= 20), "word ".to_owned())]))
        .collect();
    let live = live(&kinds, &chunks, Ending::Done, 0.0);
    let mut facts = RunFacts::of_log(&live);
    assert!(facts.figures.output_tokens_per_s.is_some());
    facts.chunks = crate::core::recipe::result::Chunks::default();
    let again = Script::of(through_a_document(facts)).log();
    assert_eq!(again.answer(), live.answer());
    assert_eq!(again.thinking(), live.thinking());
    assert_eq!(
        again.metrics().rate.unwrap().per_second.to_bits(),
        live.metrics().rate.unwrap().per_second.to_bits()
    );
}

#[test]
fn a_run_that_was_never_sent_stays_unsent() {
    let mut log = RunLog::new();
    log.fail(
        crate::core::domain::Failure::new(crate::core::domain::FailureKind::Auth),
        Millis(5.0),
    );
    let again = Script::of(through_a_document(RunFacts::of_log(&log))).log();
    assert_eq!(again.phase(), log.phase());
    assert_eq!(again.failure(), log.failure());
    assert!(again.metrics().total_ms.is_none());
}
