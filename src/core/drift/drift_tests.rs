//! Two runs of the same question, and what is said to have changed.

use super::{Changed, CostPair, Drift, Pair, Seen, Side, drift, earlier, may_be_chance};
use crate::core::{
    diff::PathChange,
    domain::{
        Failure, FailureKind, Finish, FinishReason, InputTokens, Millis, ModelId, OutputTokens,
        ProviderId, Usage,
    },
    pricing::{
        Cost, CostGap, CostLine, CostSource, Day, PicoUsd, PriceBasis, Priced, TokenClass, Via,
    },
    recipe::result::RunFacts,
    run::Phase,
    timing::Figure,
};
use serde_json::{Value, json};

fn run() -> RunFacts {
    let mut facts = RunFacts::new(Phase::Done);
    facts.answer = "Yes.".to_owned();
    facts.meta.model = Some("m-2026-01-01".to_owned());
    facts.sent = Some(json!({
        "method": "POST",
        "url": "https://api.example.com/v1/chat/completions?key=x",
        "headers": {},
        "body": {
            "model": "m",
            "messages": [{"role": "user", "content": "Is it?"}],
            "temperature": 0.2,
            "stream_options": {"include_usage": true}
        },
        "notes": [{"field": "top_k", "action": "dropped", "value": 4, "reason": "not_in_api"}]
    }));
    facts.figures.ttft_ms = Some(Millis(200.0));
    facts.figures.total_ms = Some(Millis(1_000.0));
    facts.usage = Some(Usage {
        input: InputTokens {
            total: Some(10),
            ..InputTokens::default()
        },
        output: OutputTokens {
            total: Some(50),
            ..OutputTokens::default()
        },
        raw: None,
    });
    facts
}

fn cost(input: &str, output: &str, as_of: &str) -> Cost {
    let line = |class, price: &str, tokens| {
        let price = PicoUsd::parse(price).unwrap();
        CostLine {
            class,
            tokens,
            is_estimated: false,
            price,
            is_stand_in: false,
            amount: price.times(tokens),
        }
    };
    let lines = vec![
        line(TokenClass::Input, input, 10),
        line(TokenClass::Output, output, 50),
    ];
    Cost::Known(Box::new(Priced {
        total: lines.iter().map(|line| line.amount).sum(),
        source: CostSource::Computed,
        lines,
        basis: Some(Box::new(PriceBasis {
            list: "Example".to_owned(),
            model: "m".to_owned(),
            by_returned_model: true,
            via: Via::Direct,
            as_of: Day::parse(as_of).unwrap(),
            age_days: 3,
            source: "somewhere".to_owned(),
            is_live: false,
            url: None,
            variant: None,
            tier_over: None,
            hours: None,
            factors: Vec::new(),
            is_contested: false,
        })),
        by_list: None,
    }))
}

fn between(then: &RunFacts, now: &RunFacts) -> Drift {
    let (provider, model) = (ProviderId::from("example"), ModelId::from("m"));
    let side = |facts| Side {
        provider: &provider,
        model: &model,
        facts,
    };
    drift(side(then), side(now))
}

fn texts(then: &str, now: &str) -> Pair<String> {
    Pair {
        then: Some(then.to_owned()),
        now: Some(now.to_owned()),
    }
}

/// The later body with one member set.
fn with_member(name: &str, value: Value) -> RunFacts {
    let mut now = run();
    now.sent.as_mut().unwrap()["body"][name] = value;
    now
}

#[test]
fn the_same_run_twice_has_not_changed() {
    let mut facts = run();
    facts.cost = Some(cost("0.000001", "0.000002", "2026-11-01"));
    let found = between(&facts, &facts);
    assert_eq!(found.changes, []);
    assert!(
        found
            .figures
            .iter()
            .all(|pair| pair.difference() == Some(0.0))
    );
    assert_eq!(found.cost.difference(), Some((false, PicoUsd(0))));
}

#[test]
fn another_model_in_the_reply_is_named() {
    let mut now = run();
    now.meta.model = Some("m-2026-09-09".to_owned());
    assert_eq!(
        between(&run(), &now).changes,
        [Changed::ReturnedModel(texts(
            "m-2026-01-01",
            "m-2026-09-09"
        ))]
    );
}

#[test]
fn a_model_that_is_not_said_has_not_changed() {
    let mut now = run();
    now.meta.model = None;
    assert_eq!(between(&run(), &now).changes, []);
}

#[test]
fn another_model_or_provider_that_was_asked_is_named() {
    let (facts, provider) = (run(), ProviderId::from("example"));
    let (other, model, newer) = (
        ProviderId::from("other"),
        ModelId::from("m"),
        ModelId::from("n"),
    );
    let then = Side {
        provider: &provider,
        model: &model,
        facts: &facts,
    };
    let now = Side {
        provider: &other,
        model: &newer,
        facts: &facts,
    };
    assert_eq!(
        drift(then, now).changes,
        [
            Changed::Provider(texts("example", "other")),
            Changed::AskedModel(texts("m", "n"))
        ]
    );
}

#[test]
fn a_parameter_that_changed_is_named_by_its_path() {
    let now = with_member("temperature", json!(0.7));
    assert_eq!(
        between(&run(), &now).changes,
        [Changed::Parameter(PathChange {
            path: "temperature".to_owned(),
            old: Some("0.2".to_owned()),
            new: Some("0.7".to_owned()),
        })]
    );
    let now = with_member("stream_options", json!({}));
    let found = between(&run(), &now).changes;
    let [Changed::Parameter(change)] = found.as_slice() else {
        panic!("one parameter, not {found:?}")
    };
    assert_eq!(change.path, "stream_options.include_usage");
}

#[test]
fn other_messages_are_said_but_not_listed() {
    let now = with_member(
        "messages",
        json!([{"role": "user", "content": "Is it not?"}]),
    );
    assert_eq!(between(&run(), &now).changes, [Changed::Conversation]);
}

#[test]
fn another_address_is_named_without_what_may_be_a_key() {
    let mut now = run();
    now.sent.as_mut().unwrap()["url"] =
        json!("https://relay.example.com/v1/chat/completions?key=y");
    assert_eq!(
        between(&run(), &now).changes,
        [Changed::Address(texts(
            "https://api.example.com/v1/chat/completions",
            "https://relay.example.com/v1/chat/completions"
        ))]
    );
}

#[test]
fn settings_that_are_left_out_on_one_side_are_named() {
    let mut now = run();
    now.sent.as_mut().unwrap()["notes"] =
        json!([{"field": "seed", "action": "dropped"}, {"field": "stream", "action": "added"}]);
    assert_eq!(
        between(&run(), &now).changes,
        [
            Changed::Dropped {
                field: "top_k".to_owned(),
                is_now: false
            },
            Changed::Dropped {
                field: "seed".to_owned(),
                is_now: true
            },
        ]
    );
}

#[test]
fn another_end_is_named() {
    let mut then = run();
    then.finish = Some(Finish {
        unified: FinishReason::Stop,
        raw: Some("stop".to_owned()),
    });
    let mut now = then.clone();
    now.finish = Some(Finish {
        unified: FinishReason::Length,
        raw: None,
    });
    assert_eq!(
        between(&then, &now).changes,
        [Changed::Finish(texts("stop", "length"))]
    );
    let mut failed = RunFacts::new(Phase::Failed);
    failed.failure = Some(Failure::new(FailureKind::RateLimited));
    assert_eq!(
        between(&then, &failed).changes,
        [
            Changed::Outcome(Pair {
                then: Some(Phase::Done),
                now: Some(Phase::Failed)
            }),
            Changed::Failure(Pair {
                then: None,
                now: Some(FailureKind::RateLimited.as_str().to_owned())
            }),
        ]
    );
}

#[test]
fn changed_prices_are_named_with_their_days() {
    let (mut then, mut now) = (run(), run());
    then.cost = Some(cost("0.000001", "0.000002", "2026-01-01"));
    now.cost = Some(cost("0.000001", "0.0000015", "2026-11-01"));
    let found = between(&then, &now);
    let [Changed::PriceList(list), Changed::Price { class, pair }] = found.changes.as_slice()
    else {
        panic!("a list and a price, not {:?}", found.changes)
    };
    assert_eq!(list.then.as_ref().unwrap().as_of.to_string(), "2026-01-01");
    assert_eq!(list.now.as_ref().unwrap().as_of.to_string(), "2026-11-01");
    assert_eq!(*class, TokenClass::Output);
    assert_eq!(pair.now, PicoUsd::parse("0.0000015"));
    assert_eq!(
        found.cost.difference(),
        Some((true, PicoUsd::parse("0.000025").unwrap()))
    );
}

#[test]
fn a_newer_list_with_the_same_prices_is_no_change() {
    let (mut then, mut now) = (run(), run());
    then.cost = Some(cost("0.000001", "0.000002", "2026-01-01"));
    now.cost = Some(cost("0.000001", "0.000002", "2026-11-01"));
    assert_eq!(between(&then, &now).changes, []);
}

#[test]
fn a_cost_that_is_not_known_has_no_difference() {
    let known = cost("0.000001", "0.000002", "2026-01-01");
    let unknown = Cost::Unknown(CostGap::NoPrice);
    let pair = CostPair::of(Some(&known), Some(&unknown));
    assert_eq!(pair.difference(), None);
    assert_eq!(pair.pair.now, None);
}

#[test]
fn a_difference_is_that_of_the_numbers_beside_it() {
    for (then, now, by) in [
        (453.4, 439.6, -13.0),
        (704.6, 678.4, -27.0),
        (200.4, 199.6, 0.0),
        (998.0, 1_004.0, 2.0),
        (12_345.0, 12_449.0, 100.0),
    ] {
        let of = |total| {
            let mut facts = run();
            facts.figures.total_ms = Some(Millis(total));
            facts
        };
        let found = between(&of(then), &of(now));
        let mut figures = found.figures.iter();
        let total = figures.find(|pair| pair.figure == Figure::Total).unwrap();
        assert_eq!(total.difference(), Some(by), "{then} {now}");
    }
}

#[test]
fn chance_is_spoken_of_only_between_whole_runs_that_differ() {
    let says = |then: &RunFacts, now: &RunFacts| {
        let (provider, model) = (ProviderId::new("p"), ModelId::new("m"));
        let side = |facts| Side {
            provider: &provider,
            model: &model,
            facts,
        };
        may_be_chance(side(then), side(now), &drift(side(then), side(now)))
    };
    let mut slower = run();
    slower.figures.total_ms = Some(Millis(1_300.0));
    let mut other = run();
    other.answer = "No.".to_owned();
    let mut dearer = run();
    dearer.cost = Some(cost("1", "2", "2026-01-01"));
    let mut cheaper = run();
    cheaper.cost = Some(cost("1", "1", "2026-01-01"));
    assert!(says(&run(), &slower) && says(&run(), &other) && says(&dearer, &cheaper));
    let mut same = run();
    same.figures.total_ms = Some(Millis(1_001.0));
    assert!(!says(&run(), &run()) && !says(&run(), &same));
    for status in [
        Phase::Failed,
        Phase::Stopped,
        Phase::Answering,
        Phase::Queued,
    ] {
        let unfinished = RunFacts {
            status,
            ..slower.clone()
        };
        assert!(
            !says(&run(), &unfinished) && !says(&unfinished, &run()),
            "{status:?}"
        );
    }
}

#[test]
fn figures_have_both_values_and_the_difference() {
    let mut now = run();
    now.figures.ttft_ms = Some(Millis(150.0));
    now.figures.output_tokens_per_s = Some(30.0);
    let found = between(&run(), &now);
    let of = |figure| found.figures.iter().find(|pair| pair.figure == figure);
    assert_eq!(of(Figure::FirstToken).unwrap().difference(), Some(-50.0));
    let rate = of(Figure::TokensPerSecond).unwrap();
    assert_eq!((rate.pair.then, rate.pair.now), (None, Some(30.0)));
    assert_eq!(rate.difference(), None);
    assert_eq!(of(Figure::ThinkingTokens), None);
}

#[test]
fn counts_of_a_run_that_was_stopped_are_not_compared() {
    let mut now = run();
    now.status = Phase::Stopped;
    let found = between(&run(), &now);
    let tokens = found
        .figures
        .iter()
        .find(|pair| pair.figure == Figure::OutputTokens);
    assert_eq!(tokens.unwrap().difference(), None);
}

#[test]
fn circumstances_that_bend_the_figures_are_named() {
    let (mut then, mut now) = (run(), run());
    then.first_call = true;
    now.hidden_tab = true;
    assert_eq!(
        between(&then, &now).changes,
        [
            Changed::FirstCall { is_now: false },
            Changed::HiddenTab { is_now: true }
        ]
    );
}

#[test]
fn the_last_run_is_compared_with_the_one_that_was_opened() {
    let run = |is_restored, has_text| Seen {
        is_restored,
        has_text,
    };
    let (opened, made, failed) = (run(true, true), run(false, true), run(false, false));
    assert_eq!(earlier(&[]), None);
    assert_eq!(earlier(&[opened]), Some(0));
    assert_eq!(earlier(&[opened, made, made]), Some(0));
    assert_eq!(earlier(&[made, failed, made]), Some(0));
    assert_eq!(earlier(&[made, made, failed]), Some(1));
    assert_eq!(earlier(&[failed, failed]), Some(0));
}
