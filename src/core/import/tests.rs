use super::*;
use crate::core::{
    domain::{Api, Role},
    export::snippet::{Language, snippet},
    recipe::{RecipePane, arbitrary, build_link},
    wire::request::SentReport,
};
use proptest::prelude::*;
use serde_json::json;

fn what(imported: &Imported) -> Vec<(&str, Why)> {
    let left_out = imported.left_out.iter();
    left_out.map(|one| (one.what.as_str(), one.why)).collect()
}

fn messages(recipe: &Recipe) -> Vec<(Role, &str)> {
    let messages = recipe.messages.iter();
    messages
        .map(|one| (one.role, one.content.as_str()))
        .collect()
}

fn only_pane(imported: &Imported) -> &RecipePane {
    assert_eq!(imported.recipe.panes.len(), 1, "{imported:?}");
    &imported.recipe.panes[0]
}

#[test]
fn our_documents_come_back_from_file_page_and_link() {
    let recipe = Recipe::parse(arbitrary::contract_example()).unwrap().0;
    let read_recipe = read(arbitrary::contract_example()).unwrap();
    assert_eq!(
        (read_recipe.kind, &read_recipe.recipe),
        (Kind::Recipe, &recipe)
    );
    for link in [
        build_link(&recipe),
        format!("https://touchstone.example/{}", build_link(&recipe)),
        format!("  http://127.0.0.1:8000/x/{}\n", build_link(&recipe)),
    ] {
        let imported = read(&link).unwrap();
        assert_eq!(
            (imported.kind, &imported.recipe),
            (Kind::Link, &recipe),
            "{link}"
        );
    }
    let result = include_str!("../../../tests/fixtures/results/haiku-duel.json");
    let imported = read(&format!("\u{feff}{result}")).unwrap();
    assert_eq!(imported.kind, Kind::Result);
    assert_eq!(imported.result.unwrap().panes.len(), 2);
    assert!(is_ours(result) && is_ours(arbitrary::contract_example()));
    assert!(!is_ours("{\"a\": 1}") && !is_ours("# notes") && !is_ours("<p>touchstone</p>"));
}

#[test]
fn a_chat_request_is_read_with_what_has_no_place() {
    let imported = read(
        r#"{"model": "gpt-4.1", "stream": false, "n": 2, "temperature": 0.5, "max_completion_tokens": 40, "stop": "END",
        "tools": [{}], "response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "object"}}},
        "messages": [
            {"role": "developer", "content": "Be terse."},
            {"role": "user", "content": [{"type": "text", "text": "Look"}, {"type": "image_url", "image_url": {"url": "data:"}}]},
            {"role": "assistant", "content": null, "tool_calls": [{}]},
            {"role": "tool", "content": "5"},
            {"role": "user", "content": "So?"}
        ]}"#,
    )
    .unwrap();
    assert_eq!(imported.kind, Kind::Request(Shape::Chat));
    assert_eq!(imported.recipe.system.as_deref(), Some("Be terse."));
    assert_eq!(
        messages(&imported.recipe),
        [(Role::User, "Look"), (Role::User, "So?")]
    );
    let params = &imported.recipe.params;
    assert_eq!(
        (params.temperature, params.max_output_tokens),
        (Some(0.5), Some(40))
    );
    assert_eq!(params.stop, ["END"]);
    assert_eq!(params.response_schema, Some(json!({"type": "object"})));
    let pane = only_pane(&imported);
    assert_eq!(
        (pane.provider.as_str(), pane.api),
        ("openai", Some(Api::Chat))
    );
    assert_eq!(
        what(&imported),
        [
            ("messages[1][1]", Why::NotText),
            ("messages[2]", Why::Tools),
            ("messages[3]", Why::Tools),
            ("n", Why::NoPlace),
            ("tools", Why::Tools),
        ]
    );
}

#[test]
fn each_form_of_request_is_told_by_its_fields() {
    for (body, shape, provider, said) in [
        (
            json!({"model": "claude-haiku-5.5", "max_tokens": 9, "system": [{"type": "text", "text": "S"}], "messages": [{"role": "user", "content": "Hi"}]}),
            Shape::Messages,
            "anthropic",
            "Hi",
        ),
        (
            json!({"model": "gpt-6-luna", "instructions": "S", "input": [{"role": "user", "content": [{"type": "input_text", "text": "Hi"}]}]}),
            Shape::Responses,
            "openai",
            "Hi",
        ),
        (
            json!({"model": "gpt-6-luna", "instructions": "S", "input": "Hi"}),
            Shape::Responses,
            "openai",
            "Hi",
        ),
        (
            json!({"model": "gemini-3.5-flash", "systemInstruction": {"parts": [{"text": "S"}]}, "contents": [{"role": "user", "parts": [{"text": "Hi"}]}]}),
            Shape::Gemini,
            "gemini",
            "Hi",
        ),
        (
            json!({"model": "some/model", "messages": [{"role": "system", "content": "S"}, {"role": "user", "content": "Hi"}]}),
            Shape::Chat,
            "openai-compatible",
            "Hi",
        ),
    ] {
        let imported = read(&body.to_string()).unwrap();
        assert_eq!(imported.kind, Kind::Request(shape), "{body}");
        assert_eq!(only_pane(&imported).provider.as_str(), provider);
        assert_eq!(imported.recipe.system.as_deref(), Some("S"), "{body}");
        assert_eq!(messages(&imported.recipe), [(Role::User, said)]);
        assert_eq!(what(&imported), []);
    }
}

#[test]
fn a_setting_of_another_type_is_listed_and_not_guessed() {
    let imported = read(r#"{"model": "m", "temperature": "hot", "max_tokens": -1, "messages": [{"role": "user", "content": "x"}]}"#).unwrap();
    assert!(imported.recipe.params.is_empty());
    assert_eq!(
        what(&imported),
        [("temperature", Why::Form), ("max_tokens", Why::Form)]
    );
}

#[test]
fn a_bare_conversation_has_no_model() {
    let imported = read(r#"[{"role": "user", "content": "Hi"}]"#).unwrap();
    assert!(imported.recipe.panes.is_empty());
    assert_eq!(messages(&imported.recipe), [(Role::User, "Hi")]);
}

#[test]
fn a_curl_command_names_its_route_and_its_key_is_held_apart() {
    let imported = read(
        "$ curl -sS --max-time 5 https://api.anthropic.com/v1/messages \\\n  -H 'Content-Type: application/json' -H \"x-api-key: sk-ant-api03-abc\" -H 'anthropic-version: 2023-06-01' -H 'x-trace: 7' -b 'session=1' \\\n  --data '{\"model\": \"claude-haiku-5.5\", \"max_tokens\": 64, \"messages\": [{\"role\": \"user\", \"content\": \"It'\\''s?\"}]}' | jq",
    )
    .unwrap();
    assert_eq!(imported.kind, Kind::Curl);
    let pane = only_pane(&imported);
    assert_eq!(
        (pane.provider.as_str(), &pane.base_url),
        ("anthropic", &None)
    );
    assert_eq!(messages(&imported.recipe), [(Role::User, "It's?")]);
    assert_eq!(
        what(&imported),
        [("--cookie", Why::Key), ("x-trace", Why::Header)]
    );
    assert_eq!(imported.keys.len(), 1);
    assert_eq!(
        imported.keys[0].origin.as_str(),
        "https://api.anthropic.com"
    );
    assert_eq!(imported.keys[0].key.expose(), "sk-ant-api03-abc");
    assert!(!imported.recipe.to_json().contains("sk-ant"));
    assert!(!format!("{imported:?}").contains("sk-ant"));
}

#[test]
fn the_place_for_a_key_is_no_key() {
    for value in [
        "Bearer $OPENAI_API_KEY",
        "Bearer ${KEY}",
        "Bearer <your key>",
        "Bearer YOUR_API_KEY",
        "Bearer sk-...",
        "{{key}}",
    ] {
        let command = format!(
            r#"curl https://api.openai.com/v1/responses -H "Authorization: {value}" -d '{{"model": "gpt-4.1", "input": "x"}}'"#
        );
        assert_eq!(read(&command).unwrap().keys, [], "{value}");
    }
}

#[test]
fn addresses_lead_to_their_providers() {
    let body = r#"-d '{"model": "m", "messages": [{"role": "user", "content": "x"}]}'"#;
    for (url, provider, base, api) in [
        (
            "https://api.openai.com/v1/chat/completions",
            "openai",
            None,
            Some(Api::Chat),
        ),
        (
            "https://api.groq.com/openai/v1/chat/completions",
            "groq",
            None,
            None,
        ),
        (
            "https://openrouter.ai/api/v1/chat/completions?x=1",
            "openrouter",
            None,
            None,
        ),
        ("http://localhost:11434/api/chat", "ollama", None, None),
        (
            "http://127.0.0.1:4010/v1/chat/completions",
            "openai-compatible",
            Some("http://127.0.0.1:4010/v1"),
            None,
        ),
        (
            "https://llm.example/openai/chat/completions/",
            "openai-compatible",
            Some("https://llm.example/openai"),
            None,
        ),
        (
            "http://127.0.0.1:4010/v1/messages",
            "anthropic",
            Some("http://127.0.0.1:4010"),
            None,
        ),
    ] {
        let imported = read(&format!("curl {url} {body}")).unwrap();
        let pane = only_pane(&imported);
        assert_eq!(
            (pane.provider.as_str(), pane.base_url.as_deref(), pane.api),
            (provider, base, api),
            "{url}"
        );
    }
    let gemini = read("curl 'https://generativelanguage.googleapis.com/v1beta/models/gemini-3.5-flash:generateContent?key=AIzaSyABC' --json '{\"contents\": [{\"parts\": [{\"text\": \"x\"}], \"role\": \"user\"}]}'").unwrap();
    let pane = only_pane(&gemini);
    assert_eq!(
        (pane.provider.as_str(), pane.model.as_str()),
        ("gemini", "gemini-3.5-flash")
    );
    assert_eq!(pane.base_url, None);
    assert_eq!(gemini.keys[0].key.expose(), "AIzaSyABC");
}

#[test]
fn a_command_that_cannot_be_read_says_why() {
    let url = "https://api.openai.com/v1/responses";
    for (command, wanted) in [
        (format!("curl {url} -d '{{\"a"), CurlError::Quote('\'')),
        (format!("curl {url} -d \\"), CurlError::CutShort),
        (format!("curl ^\"{url}^\" ^\n -d x"), CurlError::Windows),
        ("curl -d '{}'".to_owned(), CurlError::NoUrl),
        (format!("curl {url}"), CurlError::NoBody),
        (
            format!("curl {url} -d @body.json"),
            CurlError::File {
                name: "body.json".to_owned(),
            },
        ),
        (format!("curl {url} -d @-"), CurlError::Input),
        (format!("curl {url} -d 'a=b'"), CurlError::NotJson),
        (
            format!("curl {url} -d '{{\"a\": 1}}'"),
            CurlError::NotARequest,
        ),
    ] {
        assert_eq!(read(&command), Err(ImportError::Curl(wanted)), "{command}");
    }
    let ftp = read("curl ftp://x -d '{\"model\":\"m\",\"input\":\"x\"}'");
    assert!(
        matches!(ftp, Err(ImportError::Curl(CurlError::Url(_)))),
        "{ftp:?}"
    );
}

const CONFIG: &str = r"
# yaml-language-server: $schema=https://promptfoo.dev/config-schema.json
description: Translations
prompts:
  - 'Translate to {{language}}: {{text | upper}}'
  - file://prompt.txt
  - Another
providers:
  - openai:chat:gpt-4.1
  - id: anthropic:messages:claude-haiku-5.5
    label: Claude
    config: { temperature: 0.5, max_tokens: 64, apiKey: sk-ant-real, cost: 3 }
  - openai:gpt-6-luna:
      config: { apiBaseUrl: 'http://127.0.0.1:4010/v1' }
  - google:gemini-3.5-flash
  - ollama:chat:llama3
  - file://provider.py
  - replicate:meta/llama
defaultTest:
  vars: { tone: dry }
  assert: [{ type: contains, value: x }]
tests:
  - vars: { language: [French, German], text: 5, more: file://a.txt }
    assert: [{ type: contains, value: x }]
  - vars: { language: Hindi }
evaluateOptions: { maxConcurrency: 1, repeat: 2, delay: 5 }
sharing: false
";

#[test]
fn a_promptfoo_configuration_is_carried_over_with_a_list_of_the_rest() {
    let imported = read(CONFIG).unwrap();
    assert_eq!(imported.kind, Kind::Promptfoo);
    let recipe = &imported.recipe;
    assert_eq!(recipe.title.as_deref(), Some("Translations"));
    assert_eq!(
        messages(recipe),
        [(Role::User, "Translate to {{language}}: {{text | upper}}")]
    );
    let variables: Vec<_> = recipe.variables.iter().collect();
    assert_eq!(
        variables,
        [("tone", "dry"), ("language", "French"), ("text", "5")]
    );
    let panes: Vec<_> = recipe
        .panes
        .iter()
        .map(|pane| {
            (
                pane.provider.as_str(),
                pane.model.as_str(),
                pane.api,
                pane.base_url.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        panes,
        [
            ("openai", "gpt-4.1", Some(Api::Chat), None),
            ("anthropic", "claude-haiku-5.5", None, None),
            (
                "openai-compatible",
                "gpt-6-luna",
                Some(Api::Responses),
                Some("http://127.0.0.1:4010/v1")
            ),
            ("gemini", "gemini-3.5-flash", None, None),
            ("ollama", "llama3", None, None),
        ]
    );
    assert_eq!(recipe.panes[1].params.max_output_tokens, Some(64));
    assert_eq!(recipe.run.repeats, 2);
    assert_eq!(imported.keys.len(), 1);
    assert_eq!(
        what(&imported),
        [
            ("prompts[0]: {{text | upper}}", Why::Form),
            ("prompts[1]", Why::OtherFile),
            ("prompts[2]", Why::OnlyFirst),
            ("providers[1].config.cost", Why::NoPlace),
            ("providers[5]: file://provider.py", Why::OtherFile),
            ("providers[6]: replicate:meta/llama", Why::Provider),
            ("defaultTest.assert", Why::NoPlace),
            ("tests[0].vars.language", Why::OnlyFirst),
            ("tests[0].vars.more", Why::OtherFile),
            ("tests[1]", Why::OnlyFirst),
            ("tests[].assert", Why::NoPlace),
            ("evaluateOptions.delay", Why::NoPlace),
            ("sharing", Why::NoPlace),
        ]
    );
}

#[test]
fn what_we_write_for_promptfoo_comes_back() {
    let recipe = Recipe::from_value(json!({
        "touchstone": "recipe/1", "title": "t", "system": "S {% x %}",
        "messages": [{"role": "user", "content": "{{a}} {{nothing}} {# y #}"}],
        "variables": {"a": "1"},
        "panes": [{"provider": "anthropic", "model": "claude-haiku-5.5", "label": "C", "params": {"temperature": 0.5}}],
        "run": {"order": "sequential"},
    }))
    .unwrap()
    .0;
    let imported = read(&crate::core::export::promptfoo(&recipe).yaml).unwrap();
    assert_eq!(imported.recipe, recipe);
}

#[test]
fn things_of_other_tools_are_named() {
    for (text, wanted) in [
        (r#"{"log": {"entries": []}}"#, Foreign::Har),
        (
            r#"{"info": {"schema": "https://schema.getpostman.com/v2"}}"#,
            Foreign::Postman,
        ),
        ("openapi: 3.1.0\npaths: {}", Foreign::OpenApi),
        (r#"{"cells": [], "nbformat": 4}"#, Foreign::Notebook),
        (r#"[{"mapping": {}}]"#, Foreign::Chats),
        ("{\"a\": 1}\n{\"a\": 2}\n", Foreign::JsonLines),
        (r#"{"id": "x", "choices": []}"#, Foreign::Reply),
        ("data: {\"choices\": []}\n\ndata: [DONE]", Foreign::Reply),
        ("name,age,town\nA,1,B\n", Foreign::Table),
        ("import openai\n", Foreign::Code),
        ("wget https://x", Foreign::Command),
    ] {
        assert_eq!(read(text), Err(ImportError::Foreign(wanted)), "{text}");
    }
    assert_eq!(
        read_bytes(b"%PDF-1.4"),
        Err(ImportError::Foreign(Foreign::Pdf))
    );
    assert_eq!(
        read_bytes(b"PK\x03\x04"),
        Err(ImportError::Foreign(Foreign::Archive))
    );
    assert_eq!(read_bytes(b"ab\xff"), Err(ImportError::NotText));
}

#[test]
fn bad_input_has_its_own_message_each() {
    assert_eq!(read(" \n"), Err(ImportError::Empty));
    assert_eq!(read("A plain sentence."), Err(ImportError::Unknown));
    assert_eq!(read("5"), Err(ImportError::Unknown));
    let cut = &arbitrary::contract_example()[..60];
    assert!(matches!(
        read(cut),
        Err(ImportError::Json {
            ended_early: true,
            ..
        })
    ));
    assert!(matches!(
        read("{\"a\": }"),
        Err(ImportError::Json {
            ended_early: false,
            ..
        })
    ));
    assert!(matches!(
        read("prompts: [\nproviders: }"),
        Err(ImportError::Yaml(_))
    ));
    assert_eq!(
        read("<!doctype html><html><p>Hi</html>"),
        Err(ImportError::NoDocument)
    );
    let wrong = read(r#"{"touchstone": "recipe/1", "panes": [{"provider": "a", "model": 5}]}"#);
    assert!(
        matches!(wrong, Err(ImportError::Document(RecipeError::WrongType { ref path, .. })) if path == "panes[0].model"),
        "{wrong:?}"
    );
    let later = read(r#"{"touchstone": "recipe/9"}"#);
    assert!(matches!(
        later,
        Err(ImportError::Document(RecipeError::UnknownVersion { .. }))
    ));
    let escape = read("https://touchstone.example/#prompt=%zz");
    assert!(matches!(escape, Err(ImportError::Link(_))), "{escape:?}");
}

proptest! {
    #[test]
    fn no_text_makes_it_fall_over(text in "\\PC{0,80}|curl [ -~\n]{0,60}|[{\\[]?[ -~\n]{0,60}") {
        let _ = read(&text);
    }

    /// What "copy as curl" writes is read back as the same request.
    #[test]
    fn our_own_commands_come_back(prompt in "\\PC{1,40}", temperature in 0.0..2.0f64) {
        let sent = SentReport {
            method: "POST".to_owned(),
            url: "https://api.openai.com/v1/chat/completions".to_owned(),
            headers: vec![
                ("content-type".to_owned(), "application/json".to_owned()),
                ("authorization".to_owned(), "Bearer <your key>".to_owned()),
            ],
            body: json!({"model": "gpt-4.1", "stream": true, "temperature": temperature, "messages": [{"role": "user", "content": prompt}]}),
            notes: Vec::new(),
        };
        let code = snippet(Language::Curl, &ProviderId::new("openai"), &sent).unwrap().code;
        let imported = read(&code).unwrap();
        prop_assert_eq!(messages(&imported.recipe), [(Role::User, prompt.as_str())]);
        prop_assert_eq!(imported.recipe.params.temperature, Some(temperature));
        prop_assert_eq!(only_pane(&imported).api, Some(Api::Chat));
        prop_assert!(imported.left_out.is_empty() && imported.keys.is_empty());
    }
}
