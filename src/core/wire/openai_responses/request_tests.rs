//! Bodies of the Responses API.

use crate::core::{
    domain::{Api, Message},
    wire::request::tests::{every_param, question},
};
use serde_json::json;

#[test]
fn openai_speaks_responses_by_default_and_stores_nothing() {
    let question = question("openai", "gpt-6-luna");
    let expected = json!({
        "model": "gpt-6-luna",
        "input": [{
            "type": "message", "role": "user",
            "content": [{ "type": "input_text", "text": "hi" }],
        }],
        "store": false,
        "stream": true,
    });
    assert_eq!(question.ask().unwrap().request.body, expected.to_string());
    assert_eq!(
        question.notes(),
        ["added store not_stored", "added stream streaming"]
    );
}

#[test]
fn history_and_settings_take_the_forms_of_this_api() {
    let mut question = question("openai", "gpt-6-luna");
    question.system = "Be terse.";
    question.messages.push(Message::assistant("hello"));
    question.messages.push(Message::user("more"));
    question.params = every_param();
    question.params.reasoning_effort = Some("none".to_owned());
    assert_eq!(
        question.body(),
        json!({
            "model": "gpt-6-luna",
            "instructions": "Be terse.",
            "input": [
                { "type": "message", "role": "user",
                  "content": [{ "type": "input_text", "text": "hi" }] },
                { "type": "message", "role": "assistant",
                  "content": [{ "type": "output_text", "text": "hello" }] },
                { "type": "message", "role": "user",
                  "content": [{ "type": "input_text", "text": "more" }] },
            ],
            "temperature": 0.5,
            "top_p": 0.9,
            "max_output_tokens": 300,
            "reasoning": { "effort": "none", "summary": "concise" },
            "service_tier": "flex",
            "text": { "format": {
                "type": "json_schema", "name": "answer", "strict": true,
                "schema": { "type": "object" },
            } },
            "store": false,
            "stream": true,
        })
    );
    let notes = question.notes();
    for field in ["top_k", "stop", "seed"] {
        assert!(
            notes.contains(&format!("dropped {field} not_in_api")),
            "{notes:?}"
        );
    }
}

#[test]
fn a_summary_of_reasoning_is_never_asked_for_unbidden() {
    for effort in [None, Some("high".to_owned())] {
        let mut question = question("openai", "gpt-6-astra");
        question.params.reasoning_effort = effort;
        assert_eq!(question.body()["reasoning"].get("summary"), None);
    }
}

#[test]
fn a_server_that_imitates_the_api_gets_what_openai_lacks() {
    let mut question = question("openai-compatible", "m");
    question.api = Some(Api::Responses);
    question.params = every_param();
    let body = question.body();
    assert_eq!(body["top_k"], 40);
    assert_eq!(body["stop"], json!(["END"]));
    assert_eq!(body["seed"], 7);
    assert_eq!(body["store"], false);
}
