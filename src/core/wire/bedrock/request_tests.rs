//! Bodies of Bedrock's `Converse`.

use crate::core::{
    attach::tests::{image, pdf},
    domain::Message,
    wire::request::tests::{every_param, question},
};
use serde_json::{Value, json};

#[test]
fn the_model_is_named_in_the_path_and_only_there() {
    let question = question("bedrock", "us.amazon.nova-2-lite-v1:0");
    let request = question.ask().unwrap().request;
    assert_eq!(
        request.url,
        "https://bedrock-runtime.us-east-1.amazonaws.com/model/us.amazon.nova-2-lite-v1%3A0/converse-stream"
    );
    let body = json!({ "messages": [{ "role": "user", "content": [{ "text": "hi" }] }] });
    assert_eq!(request.body, body.to_string());
    assert_eq!(question.notes(), [""; 0]);
}

#[test]
fn an_arn_is_one_segment_of_the_path() {
    let arn =
        "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5-5";
    let question = question("bedrock", arn);
    let url = question.ask().unwrap().request.url;
    assert!(url.contains("/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-opus-5-5/converse-stream"), "{url}");
    assert_eq!(
        question.body()["additionalModelRequestFields"]["thinking"]["type"],
        "adaptive"
    );
}

#[test]
fn settings_take_the_names_of_this_api() {
    let mut question = question("bedrock", "mistral.mistral-large-3-675b-instruct");
    question.params = every_param();
    question.system = "Be terse.";
    question.messages.push(Message::assistant("hello"));
    question.messages.push(Message::user("more"));
    question.messages.push(Message::user("please"));
    assert_eq!(
        question.body(),
        json!({
            "system": [{ "text": "Be terse." }],
            "messages": [
                { "role": "user", "content": [{ "text": "hi" }] },
                { "role": "assistant", "content": [{ "text": "hello" }] },
                { "role": "user", "content": [{ "text": "more" }, { "text": "please" }] },
            ],
            "inferenceConfig": {
                "maxTokens": 300,
                "temperature": 0.5,
                "topP": 0.9,
                "stopSequences": ["END"],
            },
            "additionalModelRequestFields": { "top_k": 40, "reasoning_effort": "low" },
            "serviceTier": { "type": "flex" },
            "outputConfig": { "textFormat": {
                "type": "json_schema",
                "structure": { "jsonSchema": { "name": "answer", "schema": "{\"type\":\"object\"}" } },
            } },
        })
    );
    let notes = question.notes();
    assert!(
        notes.contains(&"dropped seed not_in_api".to_owned()),
        "{notes:?}"
    );
}

#[test]
fn newer_claude_takes_effort_and_shows_its_thinking_but_takes_no_sampling() {
    let mut question = question("bedrock", "global.anthropic.claude-opus-5-5");
    question.params = every_param();
    let body = question.body();
    assert_eq!(
        body["additionalModelRequestFields"],
        json!({
            "output_config": { "effort": "low" },
            "thinking": { "type": "adaptive", "display": "summarized" },
        })
    );
    assert_eq!(
        body["inferenceConfig"],
        json!({ "maxTokens": 300, "stopSequences": ["END"] })
    );
    let notes = question.notes();
    for field in ["temperature", "top_p", "top_k"] {
        let line = format!("dropped {field} fixed_sampling");
        assert!(notes.contains(&line), "{notes:?}");
    }
}

/// What becomes of an effort.
fn own_fields(model: &str, effort: &str) -> Value {
    let mut question = question("bedrock", model);
    question.params.reasoning_effort = Some(effort.to_owned());
    question.body()["additionalModelRequestFields"].clone()
}

#[test]
fn effort_has_each_makers_own_form() {
    assert_eq!(
        own_fields("us.amazon.nova-2-lite-v1:0", "high"),
        json!({ "reasoningConfig": { "type": "enabled", "maxReasoningEffort": "high" } })
    );
    assert_eq!(
        own_fields("us.amazon.nova-2-lite-v1:0", "none"),
        json!({ "reasoningConfig": { "type": "disabled" } })
    );
    assert_eq!(
        own_fields("openai.gpt-oss-120b-1:0", "high"),
        json!({ "reasoning_effort": "high" })
    );
    assert_eq!(
        own_fields("us.openai.gpt-6-sol", "high"),
        json!({ "reasoning": { "effort": "high" } })
    );
    assert_eq!(
        own_fields("global.anthropic.claude-haiku-5-5", "none"),
        json!({ "thinking": { "type": "disabled" } })
    );
    assert_eq!(own_fields("amazon.nova-lite-v1:0", "high"), Value::Null);
    assert_eq!(
        own_fields("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "high"),
        Value::Null
    );
}

#[test]
fn nova_has_its_own_place_for_top_k() {
    let mut question = question("bedrock", "amazon.nova-pro-v1:0");
    question.params.top_k = Some(20);
    assert_eq!(
        question.body()["additionalModelRequestFields"],
        json!({ "inferenceConfig": { "topK": 20 } })
    );
}

#[test]
fn an_older_claude_takes_temperature_or_top_p() {
    let mut question = question("bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0");
    question.params = every_param();
    let body = question.body();
    assert_eq!(
        body["inferenceConfig"],
        json!({ "maxTokens": 300, "temperature": 0.5, "stopSequences": ["END"] })
    );
    assert_eq!(body["additionalModelRequestFields"], json!({ "top_k": 40 }));
}

#[test]
fn a_blank_message_is_not_sent() {
    let mut question = question("bedrock", "amazon.nova-pro-v1:0");
    question.messages = vec![
        Message::user("a"),
        Message::assistant(" \n"),
        Message::user("b"),
    ];
    let messages = question.body()["messages"].clone();
    let expected = json!([{ "role": "user", "content": [{ "text": "a" }, { "text": "b" }] }]);
    assert_eq!(messages, expected, "empty text is refused");
}

#[test]
fn a_document_alone_gets_a_text_beside_it() {
    let mut question = question("bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0");
    question.messages = vec![Message::user(" ").with(vec![pdf(1, "a.pdf")])];
    let content = question.ask().unwrap().sent.body["messages"][0]["content"].clone();
    assert_eq!(content[0]["document"]["format"], "pdf");
    assert_eq!(content[1], json!({ "text": "See the attached file." }));
    assert_eq!(question.notes(), ["added messages[0].content required"]);
}

#[test]
fn a_document_with_a_question_or_a_picture_alone_gets_no_text_of_ours() {
    let mut question = question("bedrock", "us.anthropic.claude-haiku-4-5-20251001-v1:0");
    for message in [
        Message::user("What is it?").with(vec![pdf(1, "a.pdf")]),
        Message::user("").with(vec![image(2, "a.png")]),
    ] {
        question.messages = vec![message];
        assert_eq!(question.notes(), [""; 0]);
        let body = question.ask().unwrap().sent.body;
        assert!(!body.to_string().contains("attached file"));
    }
}
