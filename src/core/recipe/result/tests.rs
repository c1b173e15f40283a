use super::{
    AppInfo, Figures, Machine, Marks, ResultDoc, ResultPane, ResultRun, ResultTurn, RunFacts,
    ToolCall,
};
use crate::core::run::Phase;
use crate::core::{
    domain::{
        BlockCause, Failure, FailureKind, Finish, FinishReason, InputTokens, Millis, ModelId,
        OutputTokens, Params, ProtocolFault, ProviderId, Usage,
    },
    pricing::{
        Cost, CostGap, CostLine, CostSource, Day, Factor, Hours, PicoUsd, PriceBasis, Priced,
        TokenClass, Via,
    },
    recipe::{Recipe, RecipeError, RecipePane, schema_tests},
    recording::Arrivals,
    wire::{FrameCounts, ResponseMeta},
};
use serde_json::{Map, Value, json};

/// What was sent, as the request layer reports it.
fn sent() -> Value {
    json!({
        "method": "POST",
        "url": "https://api.example.com/v1/responses",
        "headers": [["content-type", "application/json"], ["authorization", "Bearer <your key>"]],
        "body": {"model": "m", "stream": true},
        "notes": [{"field": "stream", "action": "added", "value": true, "reason": "streaming"}],
    })
}

/// A run with every field set.
fn full_facts() -> RunFacts {
    let ms = |ms: f64| Some(Millis(ms));
    RunFacts {
        finish: Some(Finish {
            unified: FinishReason::Stop,
            raw: Some("completed".to_owned()),
        }),
        answer: "Rain.".to_owned(),
        thinking: "Hm.".to_owned(),
        tool_calls: vec![ToolCall {
            id: Some("c1".to_owned()),
            name: None,
            arguments: "{}".to_owned(),
        }],
        failure: Some(Failure {
            status: Some(429),
            code: Some("rate_limit".to_owned()),
            param: Some("model".to_owned()),
            retry_after: ms(1500.0),
            ..Failure::new(FailureKind::RateLimited).with_detail("Slow down")
        }),
        warnings: vec![Failure::new(FailureKind::Server)],
        sent: Some(sent()),
        meta: ResponseMeta {
            id: Some("resp_1".to_owned()),
            model: Some("m-2026".to_owned()),
            service_tier: None,
        },
        usage: Some(Usage {
            input: InputTokens {
                total: Some(10),
                uncached: Some(8),
                cache_read: Some(2),
                cache_write: Some(0),
            },
            output: OutputTokens {
                total: Some(7),
                text: Some(4),
                thinking: Some(3),
            },
            raw: Some(json!({"input_tokens": 10})),
        }),
        extras: [("timings".to_owned(), json!({"prompt_ms": 1.5}))]
            .into_iter()
            .collect(),
        cost: Some(reported_cost()),
        marks: Marks {
            headers_ms: ms(100.25),
            first_byte_ms: ms(101.0),
            thinking_opened_ms: ms(105.0),
            first_thinking_ms: ms(110.0),
            first_answer_ms: ms(200.0),
            first_token_ms: ms(110.0),
            last_thinking_ms: ms(190.0),
            last_answer_ms: ms(300.0),
            last_token_ms: ms(300.0),
            last_byte_ms: ms(301.0),
            end_ms: ms(301.5),
        },
        figures: Figures {
            ttft_ms: ms(110.0),
            ttfa_ms: ms(200.0),
            total_ms: ms(301.5),
            output_tokens_per_s: Some(31.25),
        },
        first_call: true,
        frames: FrameCounts {
            known: 9,
            unknown: 1,
            corrupt: 0,
        },
        ..RunFacts::new(Phase::Failed)
    }
}

/// A reported cost with every field set.
fn reported_cost() -> Cost {
    let line = CostLine {
        class: TokenClass::CachedInput,
        tokens: 1_000,
        is_estimated: true,
        price: PicoUsd(125_000),
        is_stand_in: true,
        amount: PicoUsd(137_500_000),
    };
    let basis = PriceBasis {
        list: "Google Gemini".to_owned(),
        model: "m".to_owned(),
        by_returned_model: true,
        via: Via::OtherBase,
        as_of: Day::parse("2026-11-20").unwrap(),
        age_days: 4,
        source: "prices 1.0".to_owned(),
        is_live: false,
        url: Some("https://prices.example/".to_owned()),
        variant: Some("flex".to_owned()),
        tier_over: Some(200_000),
        hours: Some(Hours::OffPeak),
        factors: vec![Factor {
            region: "us".to_owned(),
            numerator: 11,
            denominator: 10,
        }],
        is_contested: true,
    };
    let by_list = Priced {
        total: line.amount,
        source: CostSource::Estimated,
        lines: vec![line],
        basis: Some(Box::new(basis)),
        by_list: None,
    };
    Cost::Known(Box::new(Priced {
        total: PicoUsd::parse("0.00125").unwrap(),
        source: CostSource::Reported,
        lines: Vec::new(),
        basis: None,
        by_list: Some(Box::new(by_list)),
    }))
}

fn run_of(facts: RunFacts) -> Value {
    let run = ResultRun::new(&ProviderId::new("gemini"), &ModelId::new("m"), facts);
    serde_json::to_value(run).unwrap()
}

fn document(runs: Vec<RunFacts>) -> ResultDoc {
    let (provider, model) = (ProviderId::new("openai"), ModelId::new("m"));
    let recipe = Recipe {
        panes: vec![RecipePane::new("openai", "m")],
        ..Recipe::default()
    };
    let runs = runs
        .into_iter()
        .map(|facts| ResultRun::new(&provider, &model, facts));
    let turn = ResultTurn {
        template: None,
        attachments: Vec::new(),
        prompt: "Write a haiku".to_owned(),
        runs: runs.collect(),
        extra: Map::new(),
    };
    let pane = ResultPane {
        provider: provider.clone(),
        api: None,
        model: model.clone(),
        host: Some("api.example.com".to_owned()),
        label: None,
        params: Params::default(),
        turns: vec![turn],
        extra: Map::new(),
    };
    let machine = Machine {
        user_agent: Some("Browser/1".to_owned()),
        hidden: Some(false),
        more: Map::new(),
    };
    let created = Some("2026-11-24T10:00:00Z".to_owned());
    ResultDoc::new(AppInfo::this(), created, machine, recipe, vec![pane])
}

/// Every path whose value is null.
fn nulls(path: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Null => found.push(path.to_owned()),
        Value::Object(map) => map
            .iter()
            .for_each(|(k, v)| nulls(&format!("{path}.{k}"), v, found)),
        Value::Array(items) => items
            .iter()
            .for_each(|v| nulls(&format!("{path}[]"), v, found)),
        _ => {}
    }
}

#[test]
fn a_full_run_is_written_whole() {
    let run = run_of(full_facts());
    assert_eq!(run["status"], "failed");
    assert_eq!(
        run["finish_reason"],
        json!({"unified": "stop", "raw": "completed"})
    );
    assert_eq!(run["answer"], "Rain.");
    assert_eq!(
        run["error"],
        json!({
            "kind": "rate_limited", "status": 429, "detail": "Slow down",
            "code": "rate_limit", "param": "model", "retry_after_ms": 1500.0,
        })
    );
    assert_eq!(
        run["usage"],
        json!({
            "input": {"total": 10, "uncached": 8, "cache_read": 2, "cache_write": 0},
            "output": {"total": 7, "text": 4, "thinking": 3},
            "raw": {"input_tokens": 10},
        })
    );
    assert_eq!(run["marks"]["headers_ms"], 100.25);
    assert_eq!(run["figures"]["output_tokens_per_s"], 31.25);
    assert_eq!(run["response_model"], "m-2026");
    assert_eq!(
        run["gen_ai"],
        json!({
            "gen_ai.provider.name": "gcp.gemini",
            "gen_ai.request.model": "m",
            "gen_ai.response.model": "m-2026",
            "gen_ai.response.id": "resp_1",
            "gen_ai.response.finish_reasons": ["completed"],
            "gen_ai.usage.input_tokens": 10,
            "gen_ai.usage.output_tokens": 7,
            "gen_ai.usage.cache_read.input_tokens": 2,
            "gen_ai.usage.cache_creation.input_tokens": 0,
            "gen_ai.usage.reasoning.output_tokens": 3,
        })
    );
}

#[test]
fn what_is_unknown_is_absent() {
    let mut facts = RunFacts::new(Phase::Stopped);
    facts.usage = Some(Usage::default());
    facts.figures.output_tokens_per_s = Some(f64::NAN);
    facts.marks.end_ms = Some(Millis(f64::INFINITY));
    assert_eq!(
        run_of(facts),
        json!({
            "status": "stopped", "answer": "", "marks": {}, "figures": {},
            "first_call": false, "hidden_tab": false,
            "frames": {"known": 0, "unknown": 0, "corrupt": 0},
            "gen_ai": {"gen_ai.provider.name": "gcp.gemini", "gen_ai.request.model": "m"},
        })
    );
}

#[test]
fn a_cost_is_written_in_exact_decimals_with_its_prices() {
    let run = run_of(full_facts());
    assert_eq!(
        run["cost"],
        json!({
            "usd": "0.00125", "source": "reported",
            "by_list": {
                "usd": "0.0001375", "source": "estimated",
                "lines": [{
                    "class": "cached_input", "count": 1000, "is_estimated": true,
                    "price_usd": "0.000000125", "is_stand_in": true, "usd": "0.0001375",
                }],
                "prices": {
                    "list": "Google Gemini", "model": "m", "via": "other_base",
                    "by_returned_model": true, "age_days": 4,
                    "as_of": "2026-11-20", "source": "prices 1.0",
                    "url": "https://prices.example/", "variant": "flex",
                    "over_tokens": 200_000, "hours": "off_peak",
                    "factors": [{"region": "us", "times": [11, 10]}],
                    "is_contested": true,
                },
            },
        })
    );
}

#[test]
fn a_cost_that_nobody_knows_is_absent_and_one_that_nobody_charges_says_so() {
    let cost = |cost| {
        let mut facts = RunFacts::new(Phase::Done);
        facts.cost = Some(cost);
        run_of(facts).get("cost").cloned()
    };
    assert_eq!(cost(Cost::Unknown(CostGap::NoPrice)), None);
    assert_eq!(cost(Cost::Local), Some(json!({"source": "local"})));
    assert_eq!(cost(Cost::Simulated), Some(json!({"source": "simulated"})));
}

#[test]
fn usage_known_in_part_has_no_invented_counts() {
    let mut facts = RunFacts::new(Phase::Done);
    let mut usage = Usage::default();
    usage.output.total = Some(5);
    facts.usage = Some(usage);
    let run = run_of(facts);
    assert_eq!(run["usage"], json!({"output": {"total": 5}}));
    assert_eq!(run["gen_ai"].get("gen_ai.usage.input_tokens"), None);
}

#[test]
fn our_finish_word_stands_in_where_the_provider_has_none() {
    let mut facts = RunFacts::new(Phase::Done);
    let unified = FinishReason::Length;
    facts.finish = Some(Finish { unified, raw: None });
    let run = run_of(facts);
    assert_eq!(run["finish_reason"], json!({"unified": "length"}));
    assert_eq!(
        run["gen_ai"]["gen_ai.response.finish_reasons"],
        json!(["length"])
    );
}

#[test]
fn failures_keep_their_causes_apart_from_their_kind() {
    let mut facts = RunFacts::new(Phase::Failed);
    let causes = vec![BlockCause::WrongKey, BlockCause::Cors];
    facts.failure = Some(Failure::new(FailureKind::Blocked(causes)));
    facts.warnings = vec![Failure::new(FailureKind::Protocol(ProtocolFault::Html))];
    let run = run_of(facts);
    assert_eq!(
        run["error"],
        json!({"kind": "blocked", "causes": ["wrong_key", "cors"]})
    );
    assert_eq!(
        run["warnings"],
        json!([{"kind": "protocol", "fault": "html"}])
    );
}

#[test]
fn the_sent_request_is_kept_with_headers_by_name() {
    let mut expected = sent();
    expected["headers"] =
        json!({"content-type": "application/json", "authorization": "Bearer <your key>"});
    assert_eq!(run_of(full_facts())["sent"], expected);
}

#[test]
fn no_key_leaves_in_a_result() {
    let mut careless = full_facts();
    careless.sent = Some(json!({
        "url": "https://api.example.com/v1?key=AIzaSECRET",
        "headers": {"authorization": "Bearer sk-SECRET", "x-api-key": "sk-ant-SECRET"},
    }));
    let text = document(vec![full_facts(), careless]).to_json().unwrap();
    assert!(text.contains("Bearer <your key>"));
    for mark in ["SECRET", "sk-", "AIza"] {
        assert!(!text.contains(mark), "{mark}");
    }
}

#[test]
fn a_result_has_no_nulls_and_follows_its_schema() {
    let runs = vec![RunFacts::new(Phase::Idle), full_facts()];
    let value = serde_json::to_value(document(runs)).unwrap();
    let mut found = Vec::new();
    nulls("", &value, &mut found);
    assert_eq!(found, Vec::<String>::new());
    schema_tests::assert_result(&value);
}

#[test]
fn a_result_on_one_line_is_the_same_document() {
    let document = document(vec![RunFacts::new(Phase::Idle), full_facts()]);
    let line = document.to_line().unwrap();
    assert!(!line.contains('\n'));
    let read: Value = serde_json::from_str(&line).unwrap();
    assert_eq!(read, document.to_value().unwrap());
}

#[test]
fn the_line_of_a_long_result_fits_into_the_place_that_is_taken_for_it() {
    let mut long = full_facts();
    long.answer = "He said: \"no\".\n".repeat(40_000);
    long.chunks.arrivals =
        Arrivals::from_columns(&vec![12.34; 40_000], &vec![0; 40_000], &vec![15; 40_000]).unwrap();
    // A later turn sends the whole conversation once more.
    long.sent = Some(json!({"url": "/v1", "body": {"messages": [
        {"role": "user", "content": "Go on. ".repeat(40_000)},
    ]}}));
    let document = document(vec![long]);
    let line = document.to_line().unwrap();
    let place = document.likely_len();
    assert!(line.len() <= place, "{} of {place}", line.len());
    assert!(place < line.len() * 3 / 2, "{} of {place}", line.len());
}

#[test]
fn a_result_that_is_read_and_written_is_the_same() {
    let runs = vec![RunFacts::new(Phase::Idle), full_facts()];
    let mut value = serde_json::to_value(document(runs)).unwrap();
    for path in [
        "",
        "/panes/0",
        "/panes/0/turns/0",
        "/panes/0/turns/0/runs/1",
    ] {
        value.pointer_mut(path).unwrap()["of_a_later_version"] = json!([1, {"a": null}]);
    }
    let (read, _) = ResultDoc::from_value(value.clone()).unwrap();
    assert_eq!(read.to_value().unwrap(), value);
    let run = &read.panes[0].turns[0].runs[1];
    assert_eq!(run.facts.cost, full_facts().cost);
    assert_eq!(run.facts.failure, full_facts().failure);
    assert_eq!(run.facts.usage, full_facts().usage);
    let sent = run.facts.sent_report().unwrap();
    assert_eq!(sent.headers.len(), 2);
}

#[test]
fn what_is_wrong_in_a_result_is_named_with_its_path() {
    let whole = serde_json::to_value(document(vec![full_facts()])).unwrap();
    let error = |path: &str, value: Value| {
        let mut broken = whole.clone();
        *broken.pointer_mut(path).unwrap() = value;
        ResultDoc::from_value(broken).unwrap_err()
    };
    let path_of = |error| match error {
        RecipeError::WrongType { path, .. }
        | RecipeError::Missing { path, .. }
        | RecipeError::UnknownValue { path, .. } => path,
        other => format!("{other:?}"),
    };
    let run = "panes[0].turns[0].runs[0]";
    let slashes = "/panes/0/turns/0/runs/0";
    for (path, value, expected) in [
        (
            "/recipe/panes".to_owned(),
            json!(3),
            "recipe.panes".to_owned(),
        ),
        (
            format!("{slashes}/marks/end_ms"),
            json!("x"),
            format!("{run}.marks.end_ms"),
        ),
        (
            format!("{slashes}/status"),
            json!("asleep"),
            format!("{run}.status"),
        ),
        (
            format!("{slashes}/cost/usd"),
            json!("1,5"),
            format!("{run}.cost.usd"),
        ),
        ("/app".to_owned(), Value::Null, "app".to_owned()),
    ] {
        assert_eq!(path_of(error(&path, value)), expected);
    }
    let future = error("/touchstone", json!("result/9"));
    assert_eq!(
        future,
        RecipeError::UnknownVersion {
            found: "result/9".to_owned()
        }
    );
}
