//! Bodies of Gemini's `streamGenerateContent`.

use crate::core::{
    domain::Message,
    wire::request::tests::{every_param, question},
};
use serde_json::json;

#[test]
fn a_thinking_model_is_asked_for_its_thoughts() {
    let question = question("gemini", "gemini-3.5-flash");
    let expected = json!({
        "contents": [{ "role": "user", "parts": [{ "text": "hi" }] }],
        "generationConfig": { "thinkingConfig": { "includeThoughts": true } },
    });
    assert_eq!(question.ask().unwrap().request.body, expected.to_string());
    assert_eq!(
        question.notes(),
        ["added generationConfig.thinkingConfig.includeThoughts shows_thinking"]
    );
}

#[test]
fn settings_take_the_names_of_this_api() {
    let mut question = question("gemini", "models/gemini-3.5-flash");
    question.params = every_param();
    question.system = "Be terse.";
    question.messages.push(Message::assistant("hello"));
    question.messages.push(Message::user("more"));
    question.messages.push(Message::user("please"));
    assert_eq!(
        question.body(),
        json!({
            "systemInstruction": { "parts": [{ "text": "Be terse." }] },
            "contents": [
                { "role": "user", "parts": [{ "text": "hi" }] },
                { "role": "model", "parts": [{ "text": "hello" }] },
                { "role": "user", "parts": [{ "text": "more" }, { "text": "please" }] },
            ],
            "generationConfig": {
                "temperature": 0.5,
                "topP": 0.9,
                "topK": 40,
                "maxOutputTokens": 300,
                "stopSequences": ["END"],
                "seed": 7,
                "thinkingConfig": { "thinkingLevel": "LOW", "includeThoughts": true },
                "responseJsonSchema": { "type": "object" },
                "responseMimeType": "application/json",
            },
            "serviceTier": "flex",
        })
    );
}

#[test]
fn gemini_4_is_not_sent_what_it_would_not_heed() {
    let mut question = question("gemini", "gemini-4-argon");
    question.params = every_param();
    question.params.reasoning_effort = Some("minimal".to_owned());
    let config = question.body()["generationConfig"].clone();
    assert_eq!(config.get("temperature"), None);
    assert_eq!(config["thinkingConfig"], json!({ "includeThoughts": true }));
    let notes = question.notes();
    for line in [
        "dropped temperature ignored",
        "dropped top_p ignored",
        "dropped top_k ignored",
    ] {
        assert!(notes.contains(&line.to_owned()), "{notes:?}");
    }
    assert!(
        notes[0].starts_with("dropped reasoning_effort {\"unknown_effort\""),
        "{notes:?}"
    );
}

#[test]
fn older_models_get_a_budget_for_an_effort() {
    let mut question = question("gemini", "gemini-2.5-flash-lite");
    assert_eq!(question.body().get("generationConfig"), None);
    question.params.reasoning_effort = Some("high".to_owned());
    assert_eq!(
        question.body()["generationConfig"]["thinkingConfig"],
        json!({ "thinkingBudget": 24576, "includeThoughts": true })
    );
    question.params.reasoning_effort = Some("none".to_owned());
    assert_eq!(
        question.body()["generationConfig"]["thinkingConfig"],
        json!({ "thinkingBudget": 0 })
    );
}

#[test]
fn a_model_without_a_place_for_a_system_prompt_gets_it_in_the_first_turn() {
    let mut question = question("gemini", "gemma-3-27b-it");
    question.system = "Be terse.";
    assert_eq!(
        question.body(),
        json!({
            "contents": [{ "role": "user", "parts": [{ "text": "Be terse." }, { "text": "hi" }] }],
        })
    );
    assert_eq!(question.notes(), ["adjusted system no_system_place"]);
}

/// Vertex AI refuses a content without one.
#[test]
fn every_content_has_a_role() {
    let mut question = question("vertex", "gemini-3.5-flash");
    question.provider.default_base =
        Some("https://aiplatform.googleapis.com/v1/projects/p/locations/global".to_owned());
    question.messages = vec![
        Message::user("a"),
        Message::assistant("b"),
        Message::user("c"),
    ];
    let body = question.body();
    let roles: Vec<_> = body["contents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|content| content["role"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(roles, ["user", "model", "user"]);
    assert_eq!(
        question.ask().unwrap().request.url,
        "https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/google/models/gemini-3.5-flash:streamGenerateContent?alt=sse"
    );
}
