//! Bodies of Anthropic Messages.

use crate::core::{
    domain::Message,
    wire::request::tests::{every_param, question},
};
use serde_json::{Value, json};

fn shown() -> Value {
    json!({ "type": "adaptive", "display": "summarized" })
}

#[test]
fn a_model_that_thinks_is_asked_to_show_it_and_gets_our_limit() {
    let question = question("anthropic", "claude-sonnet-5-5");
    let expected = json!({
        "model": "claude-sonnet-5-5",
        "max_tokens": 32000,
        "messages": [{ "role": "user", "content": "hi" }],
        "stream": true,
        "thinking": shown(),
    });
    assert_eq!(question.ask().unwrap().request.body, expected.to_string());
    assert_eq!(
        question.notes(),
        [
            "added max_tokens required",
            "added stream streaming",
            "added thinking shows_thinking"
        ]
    );
}

#[test]
fn newer_models_take_no_sampling() {
    let mut question = question("anthropic", "claude-haiku-5-5");
    question.params = every_param();
    question.system = "Be terse.";
    assert_eq!(
        question.body(),
        json!({
            "model": "claude-haiku-5-5",
            "max_tokens": 300,
            "system": "Be terse.",
            "messages": [{ "role": "user", "content": "hi" }],
            "stop_sequences": ["END"],
            "output_config": {
                "effort": "low",
                "format": { "type": "json_schema", "schema": { "type": "object" } },
            },
            "stream": true,
            "thinking": shown(),
        })
    );
    let notes = question.notes();
    for line in [
        "dropped temperature fixed_sampling",
        "dropped top_p fixed_sampling",
        "dropped top_k fixed_sampling",
        "dropped seed not_in_api",
    ] {
        assert!(notes.contains(&line.to_owned()), "{notes:?}");
    }
}

#[test]
fn older_models_take_temperature_or_top_p() {
    let mut question = question("anthropic", "claude-haiku-4-5-20251001");
    question.params = every_param();
    let body = question.body();
    assert_eq!(body["temperature"], 0.5);
    assert_eq!(body["top_k"], 40);
    assert_eq!((body.get("top_p"), body.get("thinking")), (None, None));
    let notes = question.notes();
    assert!(
        notes.contains(&"dropped reasoning_effort no_effort".to_owned()),
        "{notes:?}"
    );
    assert!(
        notes.contains(&"dropped top_p {\"not_together\":{\"with\":\"temperature\"}}".to_owned())
    );
    question.params.temperature = None;
    assert_eq!(question.body()["top_p"], 0.9);
}

#[test]
fn a_model_that_thinks_only_when_asked_is_asked_by_an_effort() {
    let mut question = question("anthropic", "claude-sonnet-4-6");
    question.params.temperature = Some(0.5);
    let body = question.body();
    assert_eq!(
        (body.get("thinking"), &body["temperature"]),
        (None, &json!(0.5))
    );
    question.params.reasoning_effort = Some("high".to_owned());
    let body = question.body();
    assert_eq!(
        (&body["thinking"], body.get("temperature")),
        (&shown(), None)
    );
    assert!(
        question
            .notes()
            .contains(&"dropped temperature not_with_thinking".to_owned())
    );
}

#[test]
fn the_effort_none_turns_thinking_off_where_that_is_possible() {
    let mut question = question("anthropic", "claude-sonnet-5");
    question.params.reasoning_effort = Some("none".to_owned());
    let body = question.body();
    assert_eq!(body["thinking"], json!({ "type": "disabled" }));
    assert_eq!(body.get("output_config"), None);
    question.model = "claude-fable-5-2".into();
    let body = question.body();
    assert_eq!(
        (&body["thinking"], body.get("output_config")),
        (&shown(), None)
    );
    assert!(question.notes()[0].starts_with("dropped reasoning_effort"));
}

#[test]
fn another_vendors_model_behind_this_api_gets_every_setting() {
    let mut question = question("anthropic", "smollm2");
    question.params = every_param();
    let body = question.body();
    assert_eq!(
        (&body["temperature"], &body["top_p"]),
        (&json!(0.5), &json!(0.9))
    );
    assert_eq!(body.get("thinking"), None);
    question.params.max_output_tokens = None;
    assert_eq!(question.body()["max_tokens"], 8192);
}

#[test]
fn speakers_take_turns_and_the_person_begins() {
    let mut question = question("anthropic", "claude-haiku-4-5");
    question.messages = vec![
        Message::assistant("welcome"),
        Message::user("a"),
        Message::user(" "),
        Message::user("b"),
        Message::assistant("so \n"),
    ];
    assert_eq!(
        question.body()["messages"],
        json!([
            { "role": "user", "content": [
                { "type": "text", "text": "a" }, { "type": "text", "text": "b" },
            ] },
            { "role": "assistant", "content": "so" },
        ])
    );
    let notes = question.notes();
    for line in [
        "dropped messages[0] user_first",
        "dropped messages[2] blank",
        "adjusted messages[3] same_speaker",
        "adjusted messages trailing_space",
    ] {
        assert!(notes.contains(&line.to_owned()), "{notes:?}");
    }
}

/// What clouds change about the row, in their own words.
fn on_cloud(change: &Value) -> crate::core::wire::request::tests::Question {
    let mut question = question("anthropic", "claude-opus-4-5@20251101");
    question.provider.headers.clear();
    let row = question.provider.apis.first_mut().unwrap();
    row.path = change["path"].as_str().unwrap().to_owned();
    row.body = change["body"].as_object().cloned().unwrap_or_default();
    question
}

#[test]
fn vertex_names_the_model_in_the_url_and_the_version_in_the_body() {
    let question = on_cloud(&json!({
        "path": "/publishers/anthropic/models/{model}:streamRawPredict",
        "body": { "anthropic_version": "vertex-2023-10-16" },
    }));
    let prepared = question.ask().unwrap();
    assert_eq!(
        prepared.request.url,
        "https://api.anthropic.com/publishers/anthropic/models/claude-opus-4-5%4020251101:streamRawPredict"
    );
    let names: Vec<_> = prepared
        .request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(names, ["content-type"], "no header of Anthropic's own");
    assert_eq!(
        question.body(),
        json!({
            "max_tokens": 8192,
            "messages": [{ "role": "user", "content": "hi" }],
            "stream": true,
            "anthropic_version": "vertex-2023-10-16",
        })
    );
    let notes = question.notes();
    assert!(
        notes.contains(&"added anthropic_version required".to_owned()),
        "{notes:?}"
    );
}

#[test]
fn bedrocks_own_surface_names_the_model_in_the_body() {
    let question = on_cloud(&json!({ "path": "/anthropic/v1/messages" }));
    let body = question.body();
    assert_eq!(body["model"], "claude-opus-4-5@20251101");
    assert_eq!(body.get("anthropic_version"), None);
}
