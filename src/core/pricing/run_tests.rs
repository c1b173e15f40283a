use super::super::{
    Cost, CostGap, CostSource, Day, Hours, Moment, PicoUsd, PriceTable, Priced, RunToPrice,
    TokenClass, Via, cost_of_run,
};
use crate::core::{
    domain::{
        Failure, FailureKind, InputTokens, Millis, ModelId, Origin, OutputTokens, ProviderId, Usage,
    },
    run::RunLog,
    wire::{Dialect, StreamDecoder, StreamEvent},
};
use serde_json::{Value, json};

const SERVED: &str = include_str!("../../../public/prices.json");

fn table() -> PriceTable {
    PriceTable::from_json(SERVED).unwrap()
}

/// A run, as it would be in the page.
struct Run {
    provider: &'static str,
    origin: Option<&'static str>,
    model: &'static str,
    log: RunLog,
    body: Value,
    at: &'static str,
}

impl Run {
    fn cost(&self, table: Option<&PriceTable>) -> Cost {
        let (day, time) = self.at.split_once(' ').unwrap_or((self.at, "12:00"));
        let (hour, minute) = time.split_once(':').unwrap();
        let seconds = hour.parse::<i64>().unwrap() * 3600 + minute.parse::<i64>().unwrap() * 60;
        let moment = Moment(Moment::start_of(Day::parse(day).unwrap()).0 + seconds);
        let origin = self.origin.map(Origin::new);
        cost_of_run(
            table,
            &RunToPrice {
                provider: &ProviderId::new(self.provider),
                origin: origin.as_ref(),
                asked: &ModelId::new(self.model),
                log: &self.log,
                body: Some(&self.body),
                sent_at: moment,
                now: moment,
            },
        )
    }

    fn priced(&self) -> Priced {
        match self.cost(Some(&table())) {
            Cost::Known(priced) => *priced,
            other => panic!("{other:?}"),
        }
    }
}

/// A log of a stream of server-sent events, ended properly.
fn log(dialect: Dialect, frames: &[Value]) -> RunLog {
    let mut log = running(dialect, frames);
    log.end(Millis(9.0));
    log
}

/// The same, still running.
fn running(dialect: Dialect, frames: &[Value]) -> RunLog {
    let mut log = RunLog::new();
    log.sent(Millis(0.0), true, false);
    let mut decoder = StreamDecoder::new(dialect);
    let mut events = Vec::new();
    for frame in frames {
        let name = frame["type"].as_str().unwrap_or_default();
        decoder.push(
            format!("event: {name}\ndata: {frame}\n\n").as_bytes(),
            &mut events,
        );
    }
    for event in &events {
        log.apply(event, Millis(1.0));
    }
    log
}

fn chat_frames(model: &str, usage: &Value) -> [Value; 3] {
    [
        json!({"id": "1", "model": model, "choices": [{"index": 0, "delta": {"content": "Hello there"}}]}),
        json!({"id": "1", "model": model, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}),
        json!({"id": "1", "model": model, "choices": [], "usage": usage}),
    ]
}

fn chat(provider: &'static str, origin: &'static str, model: &'static str, usage: &Value) -> Run {
    Run {
        provider,
        origin: Some(origin),
        model,
        log: log(Dialect::OpenaiChat, &chat_frames(model, usage)),
        body: json!({"model": model, "messages": [{"role": "user", "content": "Say hello"}]}),
        at: "2026-11-24",
    }
}

fn anthropic(model: &'static str, start: &Value, end: &Value) -> Run {
    let frames = [
        json!({"type": "message_start", "message": {"id": "m", "model": model, "usage": start}}),
        json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}),
        json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hi"}}),
        json!({"type": "content_block_stop", "index": 0}),
        json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": end}),
        json!({"type": "message_stop"}),
    ];
    Run {
        provider: "anthropic",
        origin: Some("https://api.anthropic.com"),
        model,
        log: log(Dialect::Anthropic, &frames),
        body: json!({"messages": [{"role": "user", "content": "Say hello"}]}),
        at: "2026-11-24",
    }
}

fn usd(text: &str) -> PicoUsd {
    PicoUsd::parse(text).unwrap()
}

#[test]
fn final_counts_times_list_prices_are_computed() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 200, "total_tokens": 1200,
        "prompt_tokens_details": {"cached_tokens": 600}});
    let priced = chat("openai", "https://api.openai.com", "gpt-5.4", &usage).priced();
    // 400 × 2.50 + 600 × 0.25 + 200 × 15 USD for a million.
    assert_eq!(priced.total, usd("0.00415"));
    assert_eq!(priced.source, CostSource::Computed);
    let classes: Vec<_> = priced
        .lines
        .iter()
        .map(|line| (line.class, line.tokens))
        .collect();
    assert_eq!(
        classes,
        [
            (TokenClass::Input, 400),
            (TokenClass::CachedInput, 600),
            (TokenClass::Output, 200)
        ]
    );
    let basis = priced.basis.unwrap();
    assert_eq!(
        (basis.list.as_str(), basis.model.as_str()),
        ("OpenAI", "gpt-5.4")
    );
    assert_eq!(
        (basis.via, basis.tier_over, basis.by_returned_model),
        (Via::Direct, None, true)
    );
    assert!(!basis.is_stale() && basis.url.is_some() && !basis.source.is_empty());
}

#[test]
fn cache_writes_cost_by_how_long_they_last() {
    let start = json!({"input_tokens": 10, "cache_creation_input_tokens": 300, "cache_read_input_tokens": 1000,
        "cache_creation": {"ephemeral_5m_input_tokens": 200, "ephemeral_1h_input_tokens": 100}, "output_tokens": 1});
    let run = anthropic(
        "claude-haiku-4-5-20251001",
        &start,
        &json!({"output_tokens": 50}),
    );
    // P = 1 USD: 10 + 200 × 1.25 + 100 × 2 + 1000 × 0.1 + 50 × 5.
    assert_eq!(run.priced().total, usd("0.00081"));
    assert_eq!(run.priced().basis.unwrap().model, "claude-haiku-4-5");
    let unsplit =
        json!({"input_tokens": 10, "cache_creation_input_tokens": 300, "output_tokens": 1});
    let run = anthropic("claude-haiku-4-5", &unsplit, &json!({"output_tokens": 50}));
    assert_eq!(run.priced().total, usd("0.000635"));
}

#[test]
fn converse_lists_cache_writes_by_how_long_they_last() {
    let mut run = chat(
        "bedrock",
        "https://bedrock-runtime.us-east-1.amazonaws.com",
        "global.anthropic.claude-opus-5-5",
        &Value::Null,
    );
    // 100 × 4 + 10 × 20, and 1,000 × 5 for five minutes or × 8 for an hour.
    for (details, expected) in [
        (json!([{"ttl": "1h", "inputTokens": 1000}]), "0.0086"),
        (
            json!([{"ttl": "5m", "inputTokens": 400}, {"ttl": "1h", "inputTokens": 600}]),
            "0.0074",
        ),
        (json!([{"ttl": "5m", "inputTokens": 1000}]), "0.0056"),
        (json!([{"inputTokens": 1000}]), "0.0056"),
        (json!([{"ttl": "1h", "inputTokens": 5000}]), "0.0086"),
        (Value::Null, "0.0056"),
    ] {
        let usage = Usage {
            input: InputTokens {
                total: Some(1100),
                uncached: Some(100),
                cache_write: Some(1000),
                ..InputTokens::default()
            },
            output: OutputTokens {
                total: Some(10),
                ..OutputTokens::default()
            },
            raw: Some(json!({"cacheDetails": details.clone()})),
        };
        let frames = &chat_frames("", &Value::Null)[..2];
        run.log = running(Dialect::OpenaiChat, frames);
        run.log.apply(&StreamEvent::Usage(usage), Millis(2.0));
        run.log.end(Millis(9.0));
        assert_eq!(run.priced().total, usd(expected), "{details}");
    }
}

#[test]
fn a_gemini_at_flex_costs_half_and_at_priority_nine_fifths() {
    for (tier, expected) in [
        ("flex", "0.0025"),
        ("priority", "0.009"),
        ("standard", "0.005"),
    ] {
        let frames = [
            json!({"candidates": [{"content": {"parts": [{"text": "Hi"}]}, "finishReason": "STOP"}],
                "modelVersion": "gemini-4-argon",
                "usageMetadata": {"promptTokenCount": 2000, "candidatesTokenCount": 100, "serviceTier": tier}}),
        ];
        let mut run = Run {
            provider: "gemini",
            origin: Some("https://generativelanguage.googleapis.com"),
            model: "gemini-4-argon",
            log: log(Dialect::Gemini, &frames),
            body: Value::Null,
            at: "2026-11-24",
        };
        assert_eq!(run.priced().total, usd(expected), "{tier}");
        run.at = "2026-12-01";
        assert_eq!(run.priced().total, usd(expected).times(2), "{tier}");
    }
}

#[test]
fn a_prompt_beyond_the_threshold_prices_the_whole_request() {
    for (input, expected) in [(100_000, "0.0105"), (100_001, "0.0525005")] {
        let start =
            json!({"input_tokens": 1, "cache_read_input_tokens": input - 1, "output_tokens": 1});
        let run = anthropic(
            "claude-haiku-5-5",
            &json!({"input_tokens": input, "output_tokens": 1}),
            &json!({"output_tokens": 1000}),
        );
        assert_eq!(run.priced().total, usd(expected), "{input}");
        // Cached tokens count for the threshold too.
        let cached =
            anthropic("claude-haiku-5-5", &start, &json!({"output_tokens": 1000})).priced();
        let tier = cached.basis.unwrap().tier_over;
        assert_eq!(tier.is_some(), input > 100_000);
    }
}

#[test]
fn the_place_and_the_speed_that_were_served_change_the_price() {
    let cost = |end: Value| {
        anthropic(
            "claude-opus-5-5",
            &json!({"input_tokens": 1000, "output_tokens": 1}),
            &end,
        )
        .cost(Some(&table()))
    };
    let total = |end| match cost(end) {
        Cost::Known(priced) => priced.total,
        other => panic!("{other:?}"),
    };
    assert_eq!(total(json!({"output_tokens": 100})), usd("0.006"));
    assert_eq!(
        total(json!({"output_tokens": 100, "inference_geo": "us"})),
        usd("0.0066")
    );
    assert_eq!(
        total(json!({"output_tokens": 100, "inference_geo": "not_available"})),
        usd("0.006")
    );
    assert_eq!(
        total(json!({"output_tokens": 100, "speed": "fast"})),
        usd("0.012")
    );
    assert_eq!(
        total(json!({"output_tokens": 100, "service_tier": "standard"})),
        usd("0.006")
    );
    let gap = |name: &str| {
        Cost::Unknown(CostGap::NoVariant {
            name: name.to_owned(),
        })
    };
    assert_eq!(
        cost(json!({"output_tokens": 100, "service_tier": "priority"})),
        gap("priority")
    );
    assert_eq!(
        cost(json!({"output_tokens": 100, "inference_geo": "moon"})),
        gap("moon")
    );
}

#[test]
fn thinking_is_output_even_where_a_dialect_counts_it_apart() {
    let frames = [
        json!({"candidates": [{"content": {"parts": [{"text": "Hi"}]}, "finishReason": "STOP"}],
            "modelVersion": "gemini-3.5-flash",
            "usageMetadata": {"promptTokenCount": 100, "cachedContentTokenCount": 40, "candidatesTokenCount": 10,
                "thoughtsTokenCount": 90, "serviceTier": "standard"}}),
    ];
    let gemini = Run {
        provider: "gemini",
        origin: Some("https://generativelanguage.googleapis.com"),
        model: "gemini-flash-latest",
        log: log(Dialect::Gemini, &frames),
        body: Value::Null,
        at: "2026-11-24",
    };
    // Priced by the model that the reply names: 60 × 1.5 + 40 × 0.15 + 100 × 9.
    assert_eq!(gemini.priced().total, usd("0.000996"));
    assert_eq!(gemini.priced().basis.unwrap().model, "gemini-3.5-flash");
    let xai = json!({"prompt_tokens": 12, "completion_tokens": 1, "total_tokens": 303,
        "completion_tokens_details": {"reasoning_tokens": 290}});
    let run = chat("openai-compatible", "https://api.x.ai", "grok-4.5", &xai);
    assert_eq!(run.priced().lines.last().map(|line| line.tokens), Some(291));
}

#[test]
fn prices_change_on_their_day() {
    let usage =
        json!({"prompt_tokens": 0, "completion_tokens": 1_000_000, "total_tokens": 1_000_000});
    let mut run = chat("gemini", "https://relay.example", "gemini-4-argon", &usage);
    for (at, expected) in [("2026-11-30 23:59", "10"), ("2026-12-01 00:00", "20")] {
        run.at = at;
        assert_eq!(run.priced().total, usd(expected), "{at}");
    }
}

#[test]
fn dearer_hours_are_working_hours_of_working_days() {
    let usage =
        json!({"prompt_tokens": 1_000_000, "completion_tokens": 0, "total_tokens": 1_000_000});
    let mut run = chat(
        "openai-compatible",
        "https://api.deepseek.com",
        "deepseek-v4-pro",
        &usage,
    );
    for (at, expected, hours) in [
        ("2026-11-24 00:59", "0.66", Hours::OffPeak),
        ("2026-11-24 01:00", "1.32", Hours::Peak),
        ("2026-11-24 04:00", "0.66", Hours::OffPeak),
        ("2026-11-24 09:59", "1.32", Hours::Peak),
        ("2026-11-28 02:00", "0.66", Hours::OffPeak),
    ] {
        run.at = at;
        let priced = run.priced();
        assert_eq!(
            (priced.total, priced.basis.unwrap().hours),
            (usd(expected), Some(hours)),
            "{at}"
        );
    }
}

#[test]
fn what_the_provider_reports_comes_first_and_the_list_beside_it() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 100, "cost": 0.00123});
    let priced = chat(
        "openai-compatible",
        "https://openrouter.ai",
        "openai/gpt-5.4",
        &usage,
    )
    .priced();
    assert_eq!(
        (priced.total, priced.source),
        (usd("0.00123"), CostSource::Reported)
    );
    assert!(priced.lines.is_empty() && priced.basis.is_none());
    assert_eq!(priced.by_list.map(|list| list.total), Some(usd("0.004")));
    // Before the table is there, too.
    let run = chat("openai-compatible", "https://openrouter.ai", "x/y", &usage);
    assert!(matches!(run.cost(None), Cost::Known(_)));
    // A gateway of one's own network that reports a cost has somebody to pay.
    let run = chat(
        "openai-compatible",
        "http://localhost:4000",
        "alias",
        &usage,
    );
    assert!(matches!(run.cost(None), Cost::Known(_)));
}

#[test]
fn a_reported_nothing_counts_only_where_it_is_meant() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 100, "cost": 0});
    let free = chat(
        "openai-compatible",
        "https://openrouter.ai",
        "x/y:free",
        &usage,
    )
    .priced();
    assert_eq!(
        (free.total, free.source),
        (PicoUsd::ZERO, CostSource::Reported)
    );
    let gateway = chat(
        "openai-compatible",
        "https://gateway.example",
        "gpt-5.4",
        &usage,
    )
    .priced();
    assert_eq!(
        (gateway.total, gateway.source),
        (usd("0.004"), CostSource::Computed)
    );
}

#[test]
fn a_known_provider_behind_another_base_url_has_its_price_and_says_so() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 100});
    for origin in ["https://relay.example", "http://127.0.0.1:4010"] {
        let priced = chat("openai", origin, "gpt-5.4", &usage).priced();
        assert_eq!(priced.total, usd("0.004"));
        assert_eq!(priced.basis.unwrap().via, Via::OtherBase, "{origin}");
    }
}

#[test]
fn the_host_knows_better_than_the_row_whom_to_pay() {
    let usage = json!({"prompt_tokens": 1_000_000, "completion_tokens": 0});
    let priced = chat(
        "openai",
        "https://api.groq.com",
        "openai/gpt-oss-120b",
        &usage,
    )
    .priced();
    let basis = priced.basis.unwrap();
    assert_eq!((basis.list.as_str(), basis.via), ("Groq", Via::Direct));
    assert_eq!(priced.total, usd("0.15"));
}

#[test]
fn a_name_that_only_its_maker_knows_does_not_win_over_the_hosts_own() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 100});
    let mut run = chat(
        "openrouter",
        "https://openrouter.ai",
        "anthropic/claude-haiku-4.5",
        &usage,
    );
    let frames = chat_frames("claude-haiku-4-5-20251001", &usage);
    run.log = log(Dialect::OpenaiChat, &frames);
    let basis = run.priced().basis.unwrap();
    assert_eq!((basis.via, basis.by_returned_model), (Via::Direct, false));
}

#[test]
fn an_unknown_host_has_the_makers_price_where_the_name_gives_the_maker_away() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 100});
    let at = |model| {
        chat(
            "openai-compatible",
            "https://gateway.example",
            model,
            &usage,
        )
    };
    for model in [
        "claude-opus-5-5",
        "anthropic/claude-opus-5-5",
        "gpt-5.4",
        "google/gemini-4-argon",
    ] {
        assert_eq!(
            at(model).priced().basis.unwrap().via,
            Via::ModelName,
            "{model}"
        );
    }
    // Anybody may sell models whose weights are open, at any price.
    for model in [
        "deepseek-v4-pro",
        "openai/gpt-oss-120b",
        "mistral-large-2512",
        "my-model",
        "acme/gpt-5.4",
    ] {
        assert_eq!(
            at(model).cost(Some(&table())),
            Cost::Unknown(CostGap::NoPrice),
            "{model}"
        );
    }
}

#[test]
fn nobody_charges_for_what_runs_at_home() {
    let usage = json!({"prompt_tokens": 10, "completion_tokens": 10});
    for (provider, origin, model) in [
        ("openai-compatible", "http://localhost:11434", "m"),
        ("openai-compatible", "http://localhost:11434", "gpt-oss:20b"),
        (
            "openai-compatible",
            "http://localhost:1234",
            "openai/gpt-oss-20b",
        ),
        (
            "openai-compatible",
            "http://localhost:1234",
            "google/gemma-3-4b",
        ),
        ("openai-compatible", "http://localhost:11434", "gemma3:4b"),
        ("openai-compatible", "http://192.168.1.7:8000", "qwen3"),
        ("anthropic", "http://127.0.0.1:8080", "smollm2"),
    ] {
        assert_eq!(
            chat(provider, origin, model, &usage).cost(Some(&table())),
            Cost::Local,
            "{provider} {model}"
        );
    }
    let mut failed = chat("openai-compatible", "http://localhost:1", "m", &usage);
    failed.log = RunLog::new();
    failed.log.sent(Millis(0.0), true, false);
    failed
        .log
        .fail(Failure::new(FailureKind::RateLimited), Millis(1.0));
    assert_eq!(failed.cost(Some(&table())), Cost::Local);
    assert_eq!(failed.cost(None), Cost::Unknown(CostGap::NoAnswer));
    let mut run = chat("demo", "https://x.example", "m", &usage);
    run.origin = None;
    assert_eq!(run.cost(None), Cost::Simulated);
    run.provider = "on-device";
    assert_eq!(run.cost(None), Cost::Local);
    // From the beginning, while it waits for its turn.
    run.log = RunLog::new();
    run.log.queued();
    assert_eq!(run.cost(None), Cost::Local);
    // And where it was stopped before it came.
    run.log.stop(Millis(5.0));
    assert_eq!(run.cost(None), Cost::Local);
    let mut waiting = chat("openai", "https://api.openai.com", "gpt-5.4", &usage);
    waiting.log = RunLog::new();
    waiting.log.queued();
    let not_sent = Cost::Unknown(CostGap::NotSent);
    assert_eq!(waiting.cost(Some(&table())), not_sent);
}

#[test]
fn a_gateway_is_never_taken_for_a_server_of_ones_own() {
    let usage = json!({"prompt_tokens": 10, "completion_tokens": 10});
    let run = chat("litellm", "http://localhost:4000", "house-model", &usage);
    assert_eq!(run.cost(Some(&table())), Cost::Unknown(CostGap::NoPrice));
}

#[test]
fn a_relay_at_home_is_not_free_where_only_its_maker_runs_the_model() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 100});
    for (origin, model) in [
        ("http://localhost:4000", "claude-opus-5-5"),
        ("http://localhost:4000", "openai/gpt-5.4"),
        ("https://llm.corp.internal", "gemini-4-argon"),
    ] {
        let priced = chat("openai-compatible", origin, model, &usage).priced();
        assert!(priced.total > PicoUsd::ZERO);
        assert_eq!(priced.basis.unwrap().via, Via::ModelName, "{model}");
    }
    // Before the table is there, nobody knows.
    let run = chat(
        "openai-compatible",
        "http://localhost:4000",
        "gpt-5.4",
        &usage,
    );
    assert_eq!(run.cost(None), Cost::Unknown(CostGap::NoTable));
    // An alias is found out by what the reply names.
    let mut run = chat(
        "openai-compatible",
        "http://localhost:4000",
        "smart",
        &usage,
    );
    run.log = log(Dialect::OpenaiChat, &chat_frames("gpt-5.4", &usage));
    assert_eq!(run.priced().total, usd("0.004"));
}

#[test]
fn a_class_without_a_price_makes_no_run_free() {
    let table = json!({"touchstone": "prices/1", "as_of": "2026-11-18", "lists": [
        {"id": "a", "rows": ["anthropic"], "models": [{"ids": ["m"], "prices": [{"in": 1}]}]}]});
    let table = PriceTable::from_json(&table.to_string()).unwrap();
    let usage = json!({"prompt_tokens": 10, "completion_tokens": 10});
    for origin in ["http://localhost:8080", "https://api.example"] {
        let run = chat("anthropic", origin, "m", &usage);
        let gap = CostGap::NoClassPrice {
            class: TokenClass::Output,
        };
        assert_eq!(run.cost(Some(&table)), Cost::Unknown(gap), "{origin}");
    }
}

#[test]
fn what_is_reported_before_the_end_is_no_more_than_an_estimate() {
    let so_far = |cost: &str, model: &'static str| {
        let mut run = chat(
            "openai-compatible",
            "https://openrouter.ai",
            model,
            &json!({}),
        );
        let cost: Value = serde_json::from_str(cost).unwrap();
        let usage = json!({"prompt_tokens": 1000, "completion_tokens": 2, "cost": cost});
        let frame = json!({"id": "1", "model": model, "usage": usage,
            "choices": [{"index": 0, "delta": {"content": "Hello there"}}]});
        run.log = running(Dialect::OpenaiChat, &[frame]);
        run.log.stop(Millis(3.0));
        run
    };
    // The larger of both counts: 1000 × 2.50 and a few × 15 USD for a million.
    let small = so_far("0.0001", "openai/gpt-5.4").priced();
    assert_eq!(small.source, CostSource::Estimated);
    assert!(small.total > usd("0.0025") && !small.lines.is_empty());
    let large = so_far("0.5", "openai/gpt-5.4").priced();
    assert_eq!(
        (large.total, large.source),
        (usd("0.5"), CostSource::Estimated)
    );
    assert!(large.lines.is_empty() && large.by_list.is_some());
    assert_eq!(so_far("0.5", "x/y").priced().source, CostSource::Estimated);
    // Nothing so far is not nothing.
    let nothing = so_far("0", "x/y:free").cost(Some(&table()));
    assert_eq!(nothing, Cost::Unknown(CostGap::NoPrice));
}

#[test]
fn a_long_prompt_at_a_tier_whose_long_prices_are_not_known_is_unknown() {
    for (input, is_known) in [(272_000, true), (272_001, false)] {
        let usage = json!({"prompt_tokens": input, "completion_tokens": 10});
        let mut run = chat("openai", "https://api.openai.com", "gpt-5.5-pro", &usage);
        run.body["service_tier"] = "flex".into();
        let cost = run.cost(Some(&table()));
        assert_eq!(
            matches!(cost, Cost::Known(_)),
            is_known,
            "{input}: {cost:?}"
        );
    }
}

#[test]
fn a_stopped_run_is_estimated_from_what_came() {
    let frames = chat_frames("gpt-5.4", &Value::Null);
    let mut run = chat("openai", "https://api.openai.com", "gpt-5.4", &Value::Null);
    run.log = running(Dialect::OpenaiChat, &frames[..1]);
    let live = run.priced();
    assert_eq!(live.source, CostSource::Estimated);
    run.log.stop(Millis(3.0));
    let stopped = run.priced();
    assert_eq!(stopped, live);
    assert!(
        stopped
            .lines
            .iter()
            .all(|line| line.is_estimated && line.tokens > 0)
    );
}

#[test]
fn a_stopped_run_keeps_the_input_that_was_reported() {
    let mut run = anthropic("claude-haiku-4-5", &json!({}), &json!({}));
    let frames = [
        json!({"type": "message_start", "message": {"id": "m", "model": "claude-haiku-4-5", "usage": {"input_tokens": 500, "output_tokens": 1}}}),
        json!({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}),
        json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Once upon a time"}}),
    ];
    run.log = running(Dialect::Anthropic, &frames);
    run.log.stop(Millis(3.0));
    let priced = run.priced();
    let seen: Vec<_> = priced
        .lines
        .iter()
        .map(|line| (line.class, line.is_estimated))
        .collect();
    assert_eq!(
        seen,
        [(TokenClass::Input, false), (TokenClass::Output, true)]
    );
    assert_eq!(priced.lines[0].tokens, 500);
    assert!(
        (3..=6).contains(&priced.lines[1].tokens),
        "{:?}",
        priced.lines
    );
}

#[test]
fn a_whole_answer_without_usage_is_estimated() {
    let frames = chat_frames("gpt-5.4", &Value::Null);
    let mut run = chat("openai", "https://api.openai.com", "gpt-5.4", &Value::Null);
    run.log = log(Dialect::OpenaiChat, &frames[..2]);
    assert_eq!(run.priced().source, CostSource::Estimated);
}

#[test]
fn a_failure_before_any_answer_has_no_known_cost() {
    let mut run = chat("openai", "https://api.openai.com", "gpt-5.4", &json!({}));
    run.log = RunLog::new();
    assert_eq!(run.cost(Some(&table())), Cost::Unknown(CostGap::NotSent));
    run.log.sent(Millis(0.0), true, false);
    run.log
        .fail(Failure::new(FailureKind::RateLimited), Millis(1.0));
    assert_eq!(run.cost(Some(&table())), Cost::Unknown(CostGap::NoAnswer));
    let refused = [
        json!({"type": "message_start", "message": {"id": "m", "model": "claude-fable-5-2", "usage": {"input_tokens": 500, "output_tokens": 1}}}),
        json!({"type": "message_delta", "delta": {"stop_reason": "refusal"}, "usage": {"output_tokens": 1}}),
        json!({"type": "message_stop"}),
    ];
    let mut run = anthropic("claude-fable-5-2", &json!({}), &json!({}));
    run.log = log(Dialect::Anthropic, &refused);
    assert_eq!(run.cost(Some(&table())), Cost::Unknown(CostGap::NoAnswer));
}

#[test]
fn without_a_table_or_a_row_the_cost_is_unknown_and_never_nothing() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 100});
    let run = chat("openai", "https://api.openai.com", "gpt-99", &usage);
    assert_eq!(run.cost(None), Cost::Unknown(CostGap::NoTable));
    assert_eq!(run.cost(Some(&table())), Cost::Unknown(CostGap::NoPrice));
}

#[test]
fn prices_of_long_ago_are_stale_after_sixty_days() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 100});
    let mut run = chat("openai", "https://api.openai.com", "gpt-5.4", &usage);
    let as_of = run.priced().basis.unwrap().as_of;
    let days: [&'static str; 2] =
        [60, 61].map(|later| Day(as_of.0 + later).to_string().leak() as &str);
    for (at, stale) in days.into_iter().zip([false, true]) {
        run.at = at;
        assert_eq!(run.priced().basis.unwrap().is_stale(), stale, "{at}");
    }
}

#[test]
fn classes_without_a_price_of_their_own_cost_what_input_does() {
    let usage = json!({"prompt_tokens": 1000, "completion_tokens": 0, "prompt_tokens_details": {"cached_tokens": 900}});
    let priced = chat(
        "openai-compatible",
        "https://api.cerebras.ai",
        "gpt-oss-120b",
        &usage,
    )
    .priced();
    assert_eq!(priced.total, usd("0.00035"));
    let cached = priced
        .lines
        .iter()
        .find(|line| line.class == TokenClass::CachedInput)
        .unwrap();
    assert!(cached.is_stand_in && cached.tokens == 900);
}

#[test]
fn cohere_is_charged_by_what_it_bills_and_not_by_what_the_model_read() {
    let frames = [
        json!({"type": "message-start", "id": "m"}),
        json!({"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "Hi"}}}}),
        json!({"type": "message-end", "delta": {"finish_reason": "COMPLETE", "usage": {
            "billed_units": {"input_tokens": 4000, "output_tokens": 100},
            "tokens": {"input_tokens": 6000, "output_tokens": 106},
            "cached_tokens": 992,
        }}}),
    ];
    let run = Run {
        provider: "cohere",
        origin: Some("https://api.cohere.com"),
        model: "command-a-03-2025",
        log: log(Dialect::Cohere, &frames),
        body: json!({}),
        at: "2026-11-24",
    };
    assert_eq!(
        run.log.metrics().input_tokens,
        Some(6000),
        "counted by tokens"
    );
    assert_eq!(run.log.metrics().output_tokens, Some(106));
    let priced = run.priced();
    assert_eq!(priced.source, CostSource::Computed);
    // 4,000 at 2.50 and 100 at 10 for a million.
    assert_eq!(priced.total, PicoUsd::parse("0.011").unwrap());
}
