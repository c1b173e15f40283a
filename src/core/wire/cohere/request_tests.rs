//! Bodies of Cohere's chat.

use crate::core::{
    domain::Message,
    wire::request::tests::{every_param, question},
};
use serde_json::json;

#[test]
fn a_plain_question_is_sent_as_it_is() {
    let mut question = question("cohere", "command-a-03-2025");
    question.system = "Be terse.";
    question.messages = vec![
        Message::user("hi"),
        Message {
            role: crate::core::domain::Role::Assistant,
            content: "hello".to_owned(),
        },
        Message::user("bye"),
    ];
    let prepared = question.ask().unwrap();
    assert_eq!(prepared.request.url, "https://api.cohere.com/v2/chat");
    let headers: Vec<_> = prepared
        .request
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(headers, ["content-type"]);
    assert_eq!(prepared.request.auth.header, "authorization");
    assert_eq!(
        question.body(),
        json!({
            "model": "command-a-03-2025",
            "messages": [
                { "role": "system", "content": "Be terse." },
                { "role": "user", "content": "hi" },
                { "role": "assistant", "content": "hello" },
                { "role": "user", "content": "bye" },
            ],
            "stream": true,
        })
    );
}

#[test]
fn every_setting_has_its_own_name_there() {
    let mut question = question("cohere", "command-a-plus-new");
    question.params = every_param();
    question.params.reasoning_effort = Some("high".to_owned());
    let rule = question.provider.model_rules.first_mut().unwrap();
    rule.effort_budgets = std::iter::empty().collect();
    assert_eq!(
        question.body(),
        json!({
            "model": "command-a-plus-new",
            "messages": [{ "role": "user", "content": "hi" }],
            "temperature": 0.5,
            "p": 0.9,
            "k": 40,
            "max_tokens": 300,
            "stop_sequences": ["END"],
            "seed": 7,
            "thinking": { "type": "enabled" },
            "response_format": { "type": "json_object", "json_schema": { "type": "object" } },
            "stream": true,
        })
    );
    let notes = question.notes();
    assert!(
        notes.contains(&r#"{"renamed":{"to":"p"}} top_p api_form"#.to_owned()),
        "{notes:?}"
    );
}

#[test]
fn thinking_can_be_switched_off_or_be_given_a_budget() {
    let mut question = question("cohere", "command-a-reasoning-08-2025");
    let body = question.body();
    assert_eq!(body.get("thinking"), None, "unset is not sent");
    question.params.reasoning_effort = Some("none".to_owned());
    assert_eq!(question.body()["thinking"], json!({ "type": "disabled" }));
    question.params.reasoning_effort = Some("low".to_owned());
    assert_eq!(
        question.body()["thinking"],
        json!({ "type": "enabled", "token_budget": 1024 })
    );
    let rule = question.provider.model_rules.first_mut().unwrap();
    rule.effort_budgets = std::iter::empty().collect();
    assert_eq!(question.body()["thinking"], json!({ "type": "enabled" }));
}

#[test]
fn models_that_do_not_think_get_no_effort() {
    let mut question = question("cohere", "command-r7b-12-2024");
    question.params.reasoning_effort = Some("high".to_owned());
    assert_eq!(question.body().get("thinking"), None);
    assert!(
        question
            .notes()
            .contains(&"dropped reasoning_effort no_effort".to_owned())
    );
}
