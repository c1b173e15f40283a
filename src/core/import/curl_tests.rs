use super::super::{
    ImportError, Kind, Why, read,
    tests::{messages, only_pane, what},
};
use super::CurlError;
use crate::core::{
    domain::{Api, ProviderId, Role},
    export::snippet::{Language, snippet},
    wire::request::SentReport,
};
use proptest::prelude::*;
use serde_json::json;

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

proptest! {
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
