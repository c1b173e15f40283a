use super::normalise;
use serde_json::{Value, json};

/// Input total, uncached, read, write; output total, text, thinking.
fn numbers(raw: Value) -> [Option<u64>; 7] {
    let usage = normalise(raw.clone());
    assert_eq!(usage.raw, Some(raw));
    let (input, output) = (usage.input, usage.output);
    [
        input.total,
        input.uncached,
        input.cache_read,
        input.cache_write,
        output.total,
        output.text,
        output.thinking,
    ]
}

#[test]
fn openai_chat_and_responses_count_alike() {
    let expected = [20, 10, 8, 2, 9, 5, 4].map(Some);
    let chat = json!({"prompt_tokens": 20, "completion_tokens": 9, "total_tokens": 29,
        "prompt_tokens_details": {"cached_tokens": 8, "cache_write_tokens": 2},
        "completion_tokens_details": {"reasoning_tokens": 4}});
    let responses = json!({"input_tokens": 20, "output_tokens": 9, "total_tokens": 29,
        "input_tokens_details": {"cached_tokens": 8, "cache_write_tokens": 2},
        "output_tokens_details": {"reasoning_tokens": 4}});
    assert_eq!(numbers(chat), expected);
    assert_eq!(numbers(responses), expected);
}

#[test]
fn what_is_not_said_stays_unknown() {
    let plain = json!({"prompt_tokens": 3, "completion_tokens": 2.0, "total_tokens": 5,
        "prompt_tokens_details": null, "completion_tokens_details": {"reasoning_tokens": null}});
    assert_eq!(
        numbers(plain),
        [Some(3), None, None, None, Some(2), None, None]
    );
    assert_eq!(numbers(json!({})), [None; 7]);
}

#[test]
fn xai_chat_leaves_thinking_out_of_the_completion() {
    let raw = json!({"prompt_tokens": 12, "completion_tokens": 1, "total_tokens": 303,
        "prompt_tokens_details": {"cached_tokens": 40},
        "completion_tokens_details": {"reasoning_tokens": 290}});
    let [total, uncached, read, _, out, text, thinking] = numbers(raw);
    assert_eq!((out, text, thinking), (Some(291), Some(1), Some(290)));
    assert_eq!(
        (total, uncached, read),
        (Some(12), Some(0), Some(12)),
        "clamped"
    );
}

#[test]
fn deepseek_splits_the_input_into_hit_and_miss() {
    let raw = json!({"prompt_cache_hit_tokens": 256, "prompt_cache_miss_tokens": 87,
        "prompt_tokens": 343, "completion_tokens": 92, "total_tokens": 435,
        "completion_tokens_details": {"reasoning_tokens": 47}});
    let expected = [
        Some(343),
        Some(87),
        Some(256),
        None,
        Some(92),
        Some(45),
        Some(47),
    ];
    assert_eq!(numbers(raw), expected);
}

#[test]
fn mistral_and_perplexity_name_cached_tokens_differently() {
    let mistral = json!({"prompt_tokens": 9, "num_cached_tokens": 2});
    assert_eq!(numbers(mistral)[..3], [Some(9), Some(7), Some(2)]);
    let perplexity = json!({"input_tokens": 9,
        "input_tokens_details": {"cache_read_input_tokens": 2, "cache_creation_input_tokens": 3}});
    assert_eq!(
        numbers(perplexity)[..4],
        [Some(9), Some(4), Some(2), Some(3)]
    );
}

#[test]
fn absurd_counts_do_not_overflow() {
    let most = u64::MAX;
    let raw = json!({"prompt_tokens": most, "completion_tokens": most, "total_tokens": 1,
        "prompt_cache_hit_tokens": most, "prompt_cache_miss_tokens": most,
        "completion_tokens_details": {"reasoning_tokens": most}});
    assert_eq!(numbers(raw)[4], Some(most));
    let hit_and_miss = json!({"prompt_cache_hit_tokens": most, "prompt_cache_miss_tokens": 1});
    assert_eq!(numbers(hit_and_miss)[0], Some(most));
}
