//! Bodies of Chat Completions.

use crate::core::{
    catalog::Catalog,
    domain::{Api, Message, Params},
    wire::request::tests::{Question, every_param, question},
};
use serde_json::json;

fn openai(model: &str) -> Question {
    let mut question = question("openai", model);
    question.api = Some(Api::Chat);
    question
}

#[test]
fn a_bare_question_holds_only_what_streaming_needs() {
    let question = question("openai-compatible", "m");
    let expected = json!({
        "model": "m",
        "messages": [{ "role": "user", "content": "hi" }],
        "stream": true,
        "stream_options": { "include_usage": true },
    });
    assert_eq!(question.body(), expected);
    assert_eq!(question.ask().unwrap().request.body, expected.to_string());
    assert_eq!(
        question.notes(),
        [
            "added stream streaming",
            "added stream_options.include_usage usage_in_stream"
        ]
    );
}

#[test]
fn an_unknown_server_gets_every_setting() {
    let mut question = question("openai-compatible", "m");
    question.params = every_param();
    question.system = "Be terse.";
    question.messages.push(Message::assistant("hello"));
    question.messages.push(Message::user("more"));
    question.messages.push(Message::user("please"));
    assert_eq!(
        question.body(),
        json!({
            "model": "m",
            "messages": [
                { "role": "system", "content": "Be terse." },
                { "role": "user", "content": "hi" },
                { "role": "assistant", "content": "hello" },
                { "role": "user", "content": "more" },
                { "role": "user", "content": "please" },
            ],
            "temperature": 0.5,
            "top_p": 0.9,
            "top_k": 40,
            "max_tokens": 300,
            "stop": "END",
            "seed": 7,
            "reasoning_effort": "low",
            "response_format": {
                "type": "json_schema",
                "json_schema": { "name": "answer", "strict": true, "schema": { "type": "object" } },
            },
            "stream": true,
            "stream_options": { "include_usage": true },
        })
    );
}

#[test]
fn openai_reasoning_models_lose_sampling_and_get_the_newer_names() {
    let mut question = openai("gpt-6-luna");
    question.params = every_param();
    question.params.response_schema = None;
    question.system = "Be terse.";
    assert_eq!(
        question.body(),
        json!({
            "model": "gpt-6-luna",
            "messages": [
                { "role": "developer", "content": "Be terse." },
                { "role": "user", "content": "hi" },
            ],
            "max_completion_tokens": 300,
            "seed": 7,
            "reasoning_effort": "low",
            "service_tier": "flex",
            "stream": true,
            "stream_options": { "include_usage": true },
        })
    );
    assert_eq!(
        question.notes(),
        [
            "dropped temperature needs_effort_none",
            "dropped top_p needs_effort_none",
            "dropped top_k not_in_api",
            "dropped context_window not_in_api",
            "dropped stop reasoning_model",
            "dropped reasoning_summary not_in_api",
            "dropped provider_order not_in_api",
            "{\"renamed\":{\"to\":\"max_completion_tokens\"}} max_output_tokens api_form",
            "added stream streaming",
            "added stream_options.include_usage usage_in_stream",
        ]
    );
}

#[test]
fn sampling_comes_back_with_the_effort_none() {
    let mut question = openai("gpt-5.1");
    question.params.temperature = Some(0.5);
    question.params.reasoning_effort = Some("None".to_owned());
    let body = question.body();
    assert_eq!(
        (&body["temperature"], &body["reasoning_effort"]),
        (&json!(0.5), &json!("none"))
    );
    question.model = "gpt-6-astra".into();
    let notes = question.notes();
    assert!(
        notes[0].starts_with("dropped reasoning_effort"),
        "{notes:?}"
    );
    assert!(notes[0].contains("\"known\":[\"low\""), "{notes:?}");
    assert_eq!(notes[1], "dropped temperature reasoning_model");
}

#[test]
fn models_that_do_not_reason_lose_the_effort() {
    let mut question = openai("gpt-4.1");
    question.params = every_param();
    let body = question.body();
    assert_eq!(body.get("reasoning_effort"), None);
    assert_eq!(
        (&body["temperature"], &body["stop"]),
        (&json!(0.5), &json!("END"))
    );
    assert!(
        question
            .notes()
            .contains(&"dropped reasoning_effort no_effort".to_owned())
    );
}

#[test]
fn stop_sequences_over_the_limit_are_dropped_with_a_note() {
    let mut question = openai("gpt-4.1");
    question.params.stop = ["a", "", "b", "c", "d", "e"].map(str::to_owned).to_vec();
    assert_eq!(question.body()["stop"], json!(["a", "b", "c", "d"]));
    let notes = question.notes();
    assert_eq!(
        notes[..2],
        [
            "dropped stop blank",
            "dropped stop {\"too_many\":{\"most\":4}}"
        ]
    );
}

/// Mistral answers 422 to any field it does not know.
const CLOSED_SCHEMA: &str = r#"{
  "as_of": "2026-11-22",
  "providers": [{
    "id": "mistral",
    "name": "Mistral",
    "default_base": "https://api.mistral.ai/v1",
    "apis": [{
      "api": "chat", "dialect": "openai_chat", "path": "/chat/completions",
      "params": ["temperature", "top_p", "max_output_tokens", "stop", "seed", "response_schema"]
    }],
    "auth": { "header": "authorization", "prefix": "Bearer " },
    "key": { "required": true },
    "quirks": {
      "stream_usage": false, "seed_key": "random_seed", "stop": "array",
      "temperature": { "min": 0, "max": 1.5 }
    }
  }]
}"#;

#[test]
fn a_new_provider_of_this_dialect_is_only_a_row() {
    let catalog = Catalog::from_json(CLOSED_SCHEMA).unwrap();
    let mut question = openai("mistral-large-4");
    question.provider = catalog.provider(&"mistral".into()).unwrap().clone();
    question.params = Params {
        service_tier: None,
        response_schema: None,
        ..every_param()
    };
    assert_eq!(
        question.body(),
        json!({
            "model": "mistral-large-4",
            "messages": [{ "role": "user", "content": "hi" }],
            "temperature": 0.5,
            "top_p": 0.9,
            "max_tokens": 300,
            "stop": ["END"],
            "random_seed": 7,
            "stream": true,
        })
    );
    assert_eq!(
        question.ask().unwrap().request.url,
        "https://api.mistral.ai/v1/chat/completions"
    );
    question.params.temperature = Some(1.6);
    assert!(question.ask().is_err());
}

#[test]
fn where_only_json_can_be_asked_for_a_message_speaks_of_it() {
    let mut question = question("deepseek", "deepseek-flash");
    let schema = json!({ "type": "object", "properties": { "name": { "type": "string" } } });
    question.params.response_schema = Some(schema.clone());
    let line = format!("Answer in JSON of this schema: {schema}");
    let first = |question: &Question| question.body()["messages"][0].clone();
    assert_eq!(
        first(&question),
        json!({ "role": "system", "content": line })
    );
    let noted = |question: &Question, action: &str| {
        let note = format!("{action} system json_unspoken");
        question.notes().contains(&note)
    };
    assert!(noted(&question, "added"));

    question.system = "Be brief.";
    let both = format!("Be brief.\n\n{line}");
    assert_eq!(first(&question)["content"], json!(both));
    assert!(noted(&question, "adjusted"));

    // Who speaks of it has said what is wanted.
    question.system = "Answer in Json.";
    assert_eq!(first(&question)["content"], json!("Answer in Json."));
    assert!(!noted(&question, "adjusted"));

    question.system = "";
    question.params.response_schema = None;
    assert_eq!(first(&question)["role"], json!("user"));
}

#[test]
fn quirks_choose_the_form_of_effort_and_schema() {
    let mut question = question("openai-compatible", "m");
    question.provider.quirks = crate::core::strict::from_value(json!({
        "reasoning": "reasoning_object", "schema": "json_object",
    }))
    .unwrap();
    question.params = every_param();
    let body = question.body();
    assert_eq!(body["reasoning"], json!({ "effort": "low" }));
    assert_eq!(body["response_format"], json!({ "type": "json_object" }));
    assert!(
        question
            .notes()
            .contains(&"adjusted response_schema json_without_schema".to_owned())
    );

    question.provider.quirks = crate::core::strict::from_value(json!({
        "reasoning": "none", "schema": "none", "stop": "none", "seed_key": null,
    }))
    .unwrap();
    let notes = question.notes();
    for field in ["stop", "seed", "reasoning_effort", "response_schema"] {
        assert!(
            notes.contains(&format!("dropped {field} not_in_api")),
            "{notes:?}"
        );
    }
}
