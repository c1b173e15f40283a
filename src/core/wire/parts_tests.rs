use super::*;
use crate::core::{
    attach::tests::{image, pdf, png, text as text_file},
    wire::request::{Refusal, tests::question},
};
use serde_json::json;

fn asked(provider: &str, model: &str, files: Vec<Attachment>) -> (Value, Value) {
    let mut question = question(provider, model);
    question.messages = vec![Message::user("What is it?").with(files)];
    let prepared = question.ask().unwrap();
    let body = serde_json::from_str(&prepared.request.body).unwrap();
    (body, prepared.sent.body)
}

fn all_files() -> Vec<Attachment> {
    vec![
        image(1, "a.png"),
        pdf(2, "b.pdf"),
        text_file(3, "c.csv", "x,y\n1,2\n"),
    ]
}

const PDF: &str = "JVBERi0xLjcgYm9keQ==";
const CSV: &str = "<file name=\"c.csv\">\nx,y\n1,2\n</file>";

fn image_data() -> String {
    base64::encode(&png(3, 2))
}

#[test]
fn chat_completions_has_an_image_url_and_a_file() {
    let (body, _) = asked("openai", "gpt-4.1", all_files());
    // The provider's first API is Responses; Chat is asked for below.
    assert_eq!(body["input"][0]["content"][0]["type"], "input_image");
    let mut question = question("openai", "gpt-4.1");
    question.api = Some(crate::core::domain::Api::Chat);
    question.messages = vec![Message::user("What is it?").with(all_files())];
    let body: Value = serde_json::from_str(&question.ask().unwrap().request.body).unwrap();
    let data = image_data();
    assert_eq!(
        body["messages"],
        json!([{ "role": "user", "content": [
            { "type": "image_url", "image_url": { "url": format!("data:image/png;base64,{data}") } },
            { "type": "file", "file": {
                "filename": "b.pdf", "file_data": format!("data:application/pdf;base64,{PDF}") } },
            { "type": "text", "text": CSV },
            { "type": "text", "text": "What is it?" },
        ] }])
    );
}

#[test]
fn responses_has_input_image_and_input_file() {
    let (body, _) = asked("openai", "gpt-4.1", all_files());
    let data = image_data();
    assert_eq!(
        body["input"],
        json!([{ "type": "message", "role": "user", "content": [
            { "type": "input_image", "image_url": format!("data:image/png;base64,{data}") },
            { "type": "input_file", "filename": "b.pdf",
              "file_data": format!("data:application/pdf;base64,{PDF}") },
            { "type": "input_text", "text": CSV },
            { "type": "input_text", "text": "What is it?" },
        ] }])
    );
}

#[test]
fn messages_has_image_and_document_blocks() {
    let (body, _) = asked("anthropic", "claude-haiku-4-5", all_files());
    assert_eq!(
        body["messages"],
        json!([{ "role": "user", "content": [
            { "type": "image", "source": {
                "type": "base64", "media_type": "image/png", "data": image_data() } },
            { "type": "document", "source": {
                "type": "base64", "media_type": "application/pdf", "data": PDF } },
            { "type": "text", "text": CSV },
            { "type": "text", "text": "What is it?" },
        ] }])
    );
}

#[test]
fn gemini_has_inline_data() {
    let (body, _) = asked("gemini", "gemini-3.5-flash", all_files());
    assert_eq!(
        body["contents"],
        json!([{ "role": "user", "parts": [
            { "inlineData": { "mimeType": "image/png", "data": image_data() } },
            { "inlineData": { "mimeType": "application/pdf", "data": PDF } },
            { "text": CSV },
            { "text": "What is it?" },
        ] }])
    );
}

#[test]
fn bedrock_cohere_and_ollama_have_forms_of_their_own() {
    let named = pdf(2, "Q3 – “plan”_v2.pdf");
    let mut files = all_files();
    files.push(named.clone());
    let message = Message::user("What is it?").with(files);
    let written = |part: Value| {
        let text = with_bytes(&part, std::slice::from_ref(&message));
        serde_json::from_str::<Value>(&text).unwrap()
    };
    let data = image_data();
    assert_eq!(
        written(bedrock(&message.attachments[0])),
        json!({ "image": { "format": "png", "source": { "bytes": data } } })
    );
    assert_eq!(
        written(bedrock(&named)),
        json!({ "document": { "format": "pdf", "name": "Q3 plan v2 2", "source": { "bytes": PDF } } })
    );
    assert_eq!(
        written(cohere(&message.attachments[0])),
        json!({ "type": "image_url", "image_url": { "url": format!("data:image/png;base64,{data}") } })
    );
    assert_eq!(
        written(json!(ollama_images(&message))),
        json!([data, PDF, PDF])
    );
}

#[test]
fn what_is_shown_differs_from_what_is_sent_by_the_bytes_alone() {
    let (sent, shown) = asked("anthropic", "claude-haiku-4-5", all_files());
    assert!(has_files(&shown) && !has_files(&sent));
    let text = shown.to_string();
    assert!(
        text.contains("attachment 1: a.png, image/png, 33 bytes as base64"),
        "{text}"
    );
    assert!(!text.contains(PDF));
    let messages = [Message::user("").with(all_files())];
    assert_eq!(with_bytes(&shown, &messages), sent.to_string());
}

#[test]
fn words_that_look_like_a_token_stay_words() {
    let file = image(1, "a.png");
    let words = format!("see {}", token(&file));
    let mut question = question("anthropic", "claude-haiku-4-5");
    question.messages = vec![Message::user(words.clone()).with(vec![file])];
    let body: Value = serde_json::from_str(&question.ask().unwrap().request.body).unwrap();
    assert_eq!(body["messages"][0]["content"][1]["text"], json!(words));
}

#[test]
fn a_picture_alone_is_a_question() {
    let mut question = question("gemini", "gemini-3.5-flash");
    question.messages = vec![Message::user("").with(vec![image(1, "a.png")])];
    let body: Value = serde_json::from_str(&question.ask().unwrap().request.body).unwrap();
    assert_eq!(body["contents"][0]["parts"].as_array().unwrap().len(), 1);
}

#[test]
fn a_file_that_the_model_does_not_take_stops_the_request() {
    let mut question = question("openai", "gpt-3.5-turbo");
    question.messages = vec![
        Message::user("Look.").with(vec![image(4, "a.png")]),
        Message::assistant("Nice."),
        Message::user("And now?"),
    ];
    let refusals = question.ask().unwrap_err();
    let expected = Refusal::Attachment {
        id: 4,
        name: "a.png".to_owned(),
        because: crate::core::attach::Unfit::BlindModel,
    };
    assert_eq!(refusals, [expected]);
}

#[test]
fn neighbours_of_one_speaker_keep_all_their_files() {
    let mut question = question("anthropic", "claude-haiku-4-5");
    question.messages = vec![
        Message::user("one").with(vec![image(1, "a.png")]),
        Message::user("two").with(vec![image(2, "b.png"), text_file(3, "c.txt", "x")]),
    ];
    let body: Value = serde_json::from_str(&question.ask().unwrap().request.body).unwrap();
    let kinds: Vec<_> = body["messages"][0]["content"]
        .as_array()
        .unwrap()
        .iter()
        .map(|block| block["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["image", "image", "text", "text", "text"]);
}
