//! Bodies of Ollama's own API.

use crate::core::{
    domain::Api,
    wire::request::{
        NoteReason, SentAction,
        tests::{Question, every_param, question},
    },
};
use serde_json::{Value, json};

#[test]
fn a_plain_question_has_no_options() {
    let question = question("ollama", "qwen3:4b");
    let prepared = question.ask().unwrap();
    assert_eq!(prepared.request.url, "http://localhost:11434/api/chat");
    assert_eq!(
        question.body(),
        json!({
            "model": "qwen3:4b",
            "messages": [{ "role": "user", "content": "hi" }],
            "stream": true,
        })
    );
}

#[test]
fn settings_stand_among_the_options_under_its_names() {
    let mut question = question("ollama", "qwen3:4b");
    question.params = every_param();
    question.system = "Be terse.";
    question.extra = json!({ "keep_alive": "5m" });
    assert_eq!(
        question.body(),
        json!({
            "model": "qwen3:4b",
            "messages": [
                { "role": "system", "content": "Be terse." },
                { "role": "user", "content": "hi" },
            ],
            "options": {
                "temperature": 0.5,
                "top_p": 0.9,
                "top_k": 40,
                "num_predict": 300,
                "num_ctx": 8192,
                "stop": ["END"],
                "seed": 7,
            },
            "think": "low",
            "format": { "type": "object" },
            "stream": true,
            "keep_alive": "5m",
        })
    );
}

#[test]
fn the_room_is_asked_for_over_its_own_api_alone_and_the_persons_json_wins() {
    let mut question = question("ollama", "qwen3:4b");
    question.params.context_window = Some(8192);
    question.extra = json!({ "options": { "num_ctx": 4096 } });
    assert_eq!(question.body()["options"], json!({ "num_ctx": 4096 }));
    question.extra = json!({});
    for api in [Api::Chat, Api::Responses] {
        question.api = Some(api);
        let prepared = question.ask().unwrap();
        assert!(!prepared.request.body.contains("8192"));
        let note = &prepared.sent.notes[0];
        assert_eq!(
            (note.field.as_str(), &note.action, &note.reason),
            (
                "context_window",
                &SentAction::Dropped,
                &NoteReason::NotInApi
            )
        );
    }
}

#[test]
fn thinking_is_a_switch_or_a_level() {
    let think = |model: &str, effort: Option<&str>| {
        let mut question = question("ollama", model);
        question.params.reasoning_effort = effort.map(str::to_owned);
        question.body().get("think").cloned()
    };
    assert_eq!(think("qwen3:4b", None), None, "unset is not sent");
    assert_eq!(think("qwen3:4b", Some("none")), Some(json!(false)));
    assert_eq!(think("qwen3:4b", Some("on")), Some(json!(true)));
    assert_eq!(think("qwen3:4b", Some("high")), Some(json!("high")));
    assert_eq!(think("gpt-oss:20b", Some("low")), Some(json!("low")));
    assert_eq!(
        think("gpt-oss:20b", Some("none")),
        None,
        "it knows levels only"
    );
}

#[test]
fn the_openai_like_api_is_the_other_choice() {
    let mut question: Question = question("ollama", "qwen3:4b");
    question.api = Some(Api::Chat);
    let prepared = question.ask().unwrap();
    assert_eq!(
        prepared.request.url,
        "http://localhost:11434/v1/chat/completions"
    );
    let body: Value = serde_json::from_str(&prepared.request.body).unwrap();
    assert_eq!(body["stream_options"], json!({ "include_usage": true }));
}
