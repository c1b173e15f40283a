use super::ServerTiming;
use serde_json::{Value, json};

fn figures(source: &'static str, block: &Value) -> Value {
    serde_json::to_value(ServerTiming::read(source, block)).unwrap()
}

#[test]
fn each_servers_block_is_read_in_milliseconds() {
    for (source, block, expected) in [
        (
            "timings",
            json!({"cache_n": 3, "prompt_n": 9, "prompt_ms": 12.5, "prompt_per_second": 720.0, "predicted_n": 64, "predicted_ms": 900.0, "predicted_per_second": 71.1}),
            json!({"source": "timings", "prompt_ms": 12.5, "generation_ms": 900.0, "prompt_tokens_per_s": 720.0, "output_tokens_per_s": 71.1}),
        ),
        (
            "usage",
            json!({"queue_time": 0.25, "prompt_time": 0.125, "completion_time": 1.5, "total_time": 1.875, "completion_tokens": 9}),
            json!({"source": "usage", "queue_ms": 250.0, "prompt_ms": 125.0, "generation_ms": 1500.0, "total_ms": 1875.0}),
        ),
        (
            "time_info",
            json!({"queue_time": 0.5, "completion_time": 0.25, "created": 1_700_000_000}),
            json!({"source": "time_info", "queue_ms": 500.0, "generation_ms": 250.0}),
        ),
        (
            "perf_metrics",
            json!({"prompt-tokens": "256", "fireworks-server-time-to-first-token": "0.5", "server-processing-time": "2.5", "num-concurrent-requests": "12"}),
            json!({"source": "perf_metrics", "first_token_ms": 500.0, "total_ms": 2500.0}),
        ),
        (
            "stats",
            json!({"tokens_per_second": 51.5, "time_to_first_token": 0.125, "generation_time": 2.0, "stop_reason": "eosFound"}),
            json!({"source": "stats", "first_token_ms": 125.0, "generation_ms": 2000.0, "output_tokens_per_s": 51.5}),
        ),
        (
            "metrics",
            json!({"latencyMs": 1234}),
            json!({"source": "metrics", "total_ms": 1234.0}),
        ),
        (
            "amazon-bedrock-invocationMetrics",
            json!({"inputTokenCount": 9, "invocationLatency": 900, "firstByteLatency": 300}),
            json!({"source": "amazon-bedrock-invocationMetrics", "first_token_ms": 300.0, "total_ms": 900.0}),
        ),
    ] {
        assert_eq!(figures(source, &block), expected, "{source}");
    }
}

#[test]
fn what_says_nothing_is_absent_and_never_zero() {
    for block in [
        json!(null),
        json!({}),
        json!([1]),
        json!("fast"),
        json!({"prompt_tokens": 3}),
        json!({"prompt_ms": 0, "predicted_ms": null, "queue_time": -1, "total_time": "soon"}),
    ] {
        assert_eq!(figures("timings", &block), Value::Null, "{block}");
    }
}

#[test]
fn a_speed_that_is_not_reported_is_made_of_the_servers_own_count_and_time() {
    let with = |block: Value| ServerTiming::read("usage", &block).unwrap();
    let groq = with(json!({"completion_time": 2.0}));
    assert_eq!(groq.speed(Some(90)), Some(45.0));
    assert_eq!(groq.speed(None), None, "no count, no speed");
    assert_eq!(groq.speed(Some(0)), None);
    let llama = with(json!({"predicted_ms": 2000.0, "predicted_per_second": 44.0}));
    assert_eq!(
        llama.speed(Some(90)),
        Some(44.0),
        "its own word comes first"
    );
    assert_eq!(with(json!({"total_time": 2.0})).speed(Some(90)), None);
}

#[test]
fn figures_have_the_names_of_the_document() {
    let timing = ServerTiming {
        source: "timings".into(),
        queue: Some(1.0),
        load: Some(2.0),
        prompt: Some(3.0),
        first_token: Some(4.0),
        generation: Some(5.0),
        total: Some(6.0),
        prompt_tokens_per_second: Some(7.0),
        tokens_per_second: Some(8.0),
    };
    let mut document = serde_json::to_value(&timing).unwrap();
    let fields = document.as_object_mut().unwrap();
    fields.remove("source");
    let named: serde_json::Map<_, _> = timing
        .named()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    assert_eq!(*fields, named);
}
