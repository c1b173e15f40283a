use super::*;
use crate::core::{
    domain::{Api, Role},
    link,
    recipe::{Recipe, RecipeError, RecipePane, arbitrary, build_link},
};
use proptest::prelude::*;
use serde_json::json;

pub(super) fn what(imported: &Imported) -> Vec<(&str, Why)> {
    let left_out = imported.left_out.iter();
    left_out.map(|one| (one.what.as_str(), one.why)).collect()
}

pub(super) fn messages(recipe: &Recipe) -> Vec<(Role, &str)> {
    let messages = recipe.messages.iter();
    messages
        .map(|one| (one.role, one.content.as_str()))
        .collect()
}

pub(super) fn only_pane(imported: &Imported) -> &RecipePane {
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
    let packed = format!(
        "https://touchstone.example/#c={}",
        link::pack(&recipe.to_value())
    );
    let imported = read(&packed).unwrap();
    assert_eq!((imported.kind, &imported.recipe), (Kind::Link, &recipe));
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
fn the_reasoning_of_a_responses_request_is_its_effort_and_its_summary() {
    for (reasoning, effort, summary) in [
        (
            json!({"effort": "low", "summary": "auto"}),
            Some("low"),
            Some("auto"),
        ),
        (json!({"summary": "detailed"}), None, Some("detailed")),
    ] {
        let body = json!({"model": "gpt-6-luna", "input": "Hi", "reasoning": reasoning});
        let imported = read(&body.to_string()).unwrap();
        let params = &imported.recipe.params;
        assert_eq!(params.reasoning_effort.as_deref(), effort);
        assert_eq!(params.reasoning_summary.as_deref(), summary);
        assert_eq!(what(&imported), []);
    }
}

#[test]
fn a_pinned_upstream_provider_is_read_and_what_else_was_routed_is_listed() {
    for (provider, order, left_out) in [
        (
            json!({"order": ["anthropic", "google-vertex"], "allow_fallbacks": false}),
            vec!["anthropic", "google-vertex"],
            vec![],
        ),
        (
            json!({"order": ["a"], "sort": "price"}),
            vec!["a"],
            vec!["provider.sort", "provider.allow_fallbacks"],
        ),
        (json!({"only": ["a"]}), vec![], vec!["provider"]),
    ] {
        let body = json!({"model": "a/m", "messages": [{"role": "user", "content": "Hi"}], "provider": provider});
        let imported = read(&body.to_string()).unwrap();
        assert_eq!(imported.recipe.params.provider_order, order);
        let expected: Vec<_> = left_out
            .into_iter()
            .map(|name| (name, Why::NoPlace))
            .collect();
        assert_eq!(what(&imported), expected);
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
        ("from openai import OpenAI\n", Foreign::Code),
        ("use reqwest::Client;\n", Foreign::Code),
        ("wget https://x", Foreign::Command),
    ] {
        assert_eq!(read(text), Err(ImportError::Foreign(wanted)), "{text}");
    }
    assert_eq!(
        look_at_bytes(b"%PDF-1.4"),
        Err(ImportError::Foreign(Foreign::Pdf))
    );
    assert_eq!(
        look_at_bytes(b"PK\x03\x04"),
        Err(ImportError::Foreign(Foreign::Archive))
    );
    assert_eq!(look_at_bytes(b"ab\xff"), Err(ImportError::NotText));
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
    let ballot = read(r#"{"touchstone": "ballot/1"}"#);
    assert_eq!(
        ballot,
        Err(ImportError::OtherDocument {
            kind: "ballot".to_owned()
        })
    );
    assert!(is_ours(r#"{"touchstone": "history/1"}"#));
    for link in [
        "https://touchstone.example/#src=https://a.example/b.json",
        "#k=1.2.3",
    ] {
        assert_eq!(read(link), Err(ImportError::AddressOnly), "{link}");
    }
    let packed = read("https://touchstone.example/#c=!!");
    assert!(matches!(packed, Err(ImportError::Packed(_))), "{packed:?}");
    let escape = read("https://touchstone.example/#prompt=%zz");
    assert!(matches!(escape, Err(ImportError::Link(_))), "{escape:?}");
}

proptest! {
    #[test]
    fn no_text_makes_it_fall_over(text in "\\PC{0,80}|curl [ -~\n]{0,60}|[{\\[]?[ -~\n]{0,60}") {
        let _ = read(&text);
    }
}
