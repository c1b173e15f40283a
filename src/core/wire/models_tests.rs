//! Model lists of all shapes, and answers that are none.

use super::*;
use crate::core::{catalog::Catalog, wire::endpoint::resolve};
use proptest::prelude::*;
use serde_json::json;

fn row(id: &str) -> &'static Provider {
    Catalog::builtin().provider(&id.into()).unwrap()
}

fn ids(page: &ModelPage) -> Vec<&str> {
    page.models.iter().map(|model| model.id.as_str()).collect()
}

fn parse(provider: &str, body: &Value) -> ModelPage {
    parse_list(row(provider), &body.to_string()).unwrap()
}

fn request_of(provider: &str, base: Option<&str>, page: Option<&str>) -> HttpRequest {
    let endpoint = resolve(row(provider), None, base).unwrap();
    list_request(row(provider), &endpoint, page).unwrap()
}

#[test]
fn lists_are_asked_for_with_the_allowed_headers_only() {
    let local = Some("http://localhost:11434/v1");
    for (provider, base, url, headers) in [
        ("openai", None, "https://api.openai.com/v1/models", vec![]),
        (
            "openai-compatible",
            local,
            "http://localhost:11434/v1/models",
            vec![],
        ),
        (
            "anthropic",
            None,
            "https://api.anthropic.com/v1/models?limit=1000",
            vec![
                "anthropic-version",
                "anthropic-dangerous-direct-browser-access",
            ],
        ),
        (
            "gemini",
            None,
            "https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000",
            vec![],
        ),
    ] {
        let request = request_of(provider, base, None);
        assert_eq!(
            (request.method, request.url.as_str(), request.body.as_str()),
            ("GET", url, "")
        );
        let sent: Vec<_> = request
            .headers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(sent, headers);
        assert_eq!(request.auth, row(provider).auth);
    }
}

#[test]
fn further_pages_are_asked_for_where_there_are_any() {
    let url = |provider, page| request_of(provider, None, Some(page)).url;
    assert!(url("anthropic", "claude-x").ends_with("/models?limit=1000&after_id=claude-x"));
    assert!(url("gemini", "a/b+c=&d").ends_with("&pageToken=a%2Fb%2Bc%3D%26d"));
    assert!(url("openai", "x").ends_with("/v1/models"));
}

#[test]
fn openai_lists_are_cleared_of_what_does_not_chat() {
    let data: Vec<_> = [
        "gpt-6-luna",
        "text-embedding-3-small",
        "whisper-1",
        "tts-1",
        "gpt-4o-mini-tts",
        "dall-e-3",
        "gpt-image-1",
        "omni-moderation-latest",
        "gpt-4o-audio-preview",
        "gpt-realtime",
        "gpt-4o-transcribe",
        "sora-2",
        "gpt-3.5-turbo-instruct",
        "gpt-4.1",
        "o3",
        "gpt-5.6-sol",
    ]
    .iter()
    .map(|id| json!({ "id": id, "object": "model", "owned_by": "openai" }))
    .collect();
    let body = json!({ "object": "list", "data": data });
    let page = parse("openai", &body);
    assert_eq!(ids(&page), ["gpt-6-luna", "gpt-4.1", "o3", "gpt-5.6-sol"]);
    assert_eq!(page.models[0].family.as_deref(), Some("GPT-6"));
    assert_eq!(
        page.models[0].context,
        Some(1_050_000),
        "from the catalogue"
    );
    let elsewhere = parse("openai-compatible", &body);
    assert_eq!(
        elsewhere.models.len(),
        data.len(),
        "only OpenAI's own ids are known"
    );
}

#[test]
fn compatible_servers_list_in_many_ways() {
    let expected = |context, max_output| {
        vec![ListedModel {
            id: "m".into(),
            name: "m".to_owned(),
            family: None,
            context,
            max_output,
            shutdown_date: None,
            efforts: Vec::new(),
        }]
    };
    for (body, context, max_output) in [
        (
            json!({ "data": [{ "id": "m" }, { "id": "m" }, { "id": null }, 7] }),
            None,
            None,
        ),
        (
            json!([{ "id": "m", "context_length": 4096.0 }]),
            Some(4096),
            None,
        ),
        (
            json!({ "data": [{ "id": "m", "max_model_len": 2048 }] }),
            Some(2048),
            None,
        ),
        (
            json!({ "models": [{ "name": "x" }], "data": [{ "id": "m", "meta": { "n_ctx_train": 512 } }] }),
            Some(512),
            None,
        ),
        (
            json!({ "data": [{ "id": "m", "context_window": "?", "max_completion_tokens": 99 }] }),
            None,
            Some(99),
        ),
    ] {
        assert_eq!(
            parse("openai-compatible", &body).models,
            expected(context, max_output)
        );
    }
    for empty in [json!([]), json!({ "data": null }), json!({ "data": [] })] {
        assert_eq!(parse("openai-compatible", &empty), ModelPage::default());
    }
}

#[test]
fn anthropic_lists_tell_limits_efforts_and_ends() {
    let body = json!({
        "data": [
            {
                "type": "model", "id": "claude-opus-4-8", "display_name": "Claude Opus 4.8",
                "max_input_tokens": 1_000_000, "max_tokens": 128_000, "lifecycle": "deprecated",
                "retires_at": "2027-02-01T00:00:00Z",
                "capabilities": { "effort": {
                    "supported": true,
                    "low": { "supported": true }, "max": { "supported": false }, "high": true,
                } },
            },
            { "id": "claude-opus-4-1", "lifecycle": "retired" },
        ],
        "has_more": true, "first_id": "claude-opus-4-8", "last_id": "claude-opus-4-1",
    });
    let page = parse("anthropic", &body);
    assert_eq!(
        page.models,
        [ListedModel {
            id: "claude-opus-4-8".into(),
            name: "Claude Opus 4.8".to_owned(),
            family: Some("Claude Opus".to_owned()),
            context: Some(1_000_000),
            max_output: Some(128_000),
            shutdown_date: Some("2027-02-01T00:00:00Z".to_owned()),
            efforts: vec!["low".to_owned(), "high".to_owned()],
        }]
    );
    assert_eq!(page.next.as_deref(), Some("claude-opus-4-1"));
    let last = json!({ "data": [], "has_more": false, "last_id": "x" });
    assert_eq!(parse("anthropic", &last).next, None);
}

#[test]
fn gemini_lists_keep_what_generates_and_lose_the_prefix() {
    let body = json!({
        "models": [
            {
                "name": "models/gemini-3.5-flash", "displayName": "Gemini 3.5 Flash",
                "inputTokenLimit": 1_048_576, "outputTokenLimit": 65_536,
                "supportedGenerationMethods": ["generateContent", "countTokens"],
            },
            { "name": "models/embedding-001", "supportedGenerationMethods": ["embedContent"] },
        ],
        "nextPageToken": "t",
    });
    let page = parse("gemini", &body);
    assert_eq!(ids(&page), ["gemini-3.5-flash"]);
    assert_eq!(page.models[0].name, "Gemini 3.5 Flash");
    assert_eq!(
        (page.models[0].context, page.models[0].max_output),
        (Some(1_048_576), Some(65_536))
    );
    assert_eq!(page.next.as_deref(), Some("t"));
}

#[test]
fn what_is_no_list_says_what_it_is() {
    let fault = |body: &str| {
        let failure = parse_list(row("openai-compatible"), body).unwrap_err();
        (failure.kind, failure.detail)
    };
    let kind = FailureKind::Protocol;
    assert_eq!(fault(" \n"), (kind(ProtocolFault::Empty), None));
    assert_eq!(
        fault("\u{feff}<!doctype html>"),
        (kind(ProtocolFault::Html), None)
    );
    assert_eq!(fault("{\"data\": ["), (kind(ProtocolFault::Garbage), None));
    assert_eq!(fault("{}"), (kind(ProtocolFault::Unrecognised), None));
    let said = Some("no".to_owned());
    let kind = kind(ProtocolFault::Unrecognised);
    assert_eq!(fault("{\"error\": \"no\"}"), (kind.clone(), said.clone()));
    assert_eq!(fault("{\"error\": {\"message\": \"no\"}}"), (kind, said));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_list_breaks_the_parser(
        id in any::<String>(),
        odd in prop_oneof![
            Just(json!(null)), Just(json!(-1)), Just(json!(1e300)), Just(json!({})), Just(json!("x")),
        ],
    ) {
        let entry = json!({
            "id": id, "name": odd, "context_length": odd, "max_tokens": odd, "lifecycle": odd,
            "capabilities": odd, "meta": odd, "shutdown_date": odd,
        });
        for provider in &Catalog::builtin().providers {
            let body = json!({ "data": [entry], "has_more": odd, "nextPageToken": odd });
            let page = parse_list(provider, &body.to_string());
            prop_assert!(page.is_ok());
        }
    }
}

#[test]
fn each_route_is_asked_where_its_list_is() {
    let vertex = "https://aiplatform.eu.rep.googleapis.com/v1/projects/p/locations/eu";
    for (provider, base, url) in [
        ("openrouter", None, "https://openrouter.ai/api/v1/models"),
        (
            "vertex",
            Some(vertex),
            "https://aiplatform.eu.rep.googleapis.com/v1beta1/publishers/google/models",
        ),
        (
            "cohere",
            None,
            "https://api.cohere.com/v1/models?endpoint=chat&page_size=1000",
        ),
        ("xai", None, "https://api.x.ai/v1/language-models"),
        ("ollama", None, "http://localhost:11434/api/tags"),
        (
            "bedrock-mantle",
            None,
            "https://bedrock-mantle.us-east-1.api.aws/v1/models",
        ),
    ] {
        let request = request_of(provider, base, None);
        assert_eq!(request.url, url);
        assert!(request.headers.is_empty(), "{provider}");
    }
    for provider in ["azure", "bedrock", "vertex-express", "perplexity"] {
        assert!(row(provider).list.is_none(), "{provider} has no list");
    }
}

#[test]
fn the_lists_of_other_routes_are_read_too() {
    let together = parse(
        "together",
        &json!([
            { "id": "openai/gpt-oss-120b", "type": "chat", "context_length": 131_072, "display_name": "GPT-OSS 120B" },
            { "id": "black-forest-labs/flux", "type": "image" },
            { "id": "togethercomputer/m2-bert", "type": "embedding" },
        ]),
    );
    assert_eq!(ids(&together), ["openai/gpt-oss-120b"]);
    assert_eq!(together.models[0].context, Some(131_072));

    let mistral = parse(
        "mistral",
        &json!({ "object": "list", "data": [
            { "id": "mistral-large-4", "aliases": ["mistral-large-latest"], "capabilities": { "completion_chat": true }, "max_context_length": 262_144 },
            { "id": "mistral-large-latest", "aliases": ["mistral-large-4"], "capabilities": { "completion_chat": true } },
            { "id": "codestral-fim", "capabilities": { "completion_chat": false } },
            { "id": "mistral-embed", "capabilities": {} },
            { "id": "mistral-small-2603", "aliases": [], "capabilities": { "completion_chat": true } },
        ]}),
    );
    assert_eq!(ids(&mistral), ["mistral-large-4", "mistral-small-2603"]);
    assert_eq!(mistral.models[0].max_output, Some(262_144));

    let vertex = parse(
        "vertex",
        &json!({ "publisherModels": [
            { "name": "publishers/google/models/gemini-4-argon", "launchStage": "GA" },
            { "name": "publishers/google/models/imagen-5" },
        ], "nextPageToken": "t" }),
    );
    assert_eq!(ids(&vertex), ["gemini-4-argon"]);
    assert_eq!(vertex.next.as_deref(), Some("t"));
    assert_eq!(vertex.models[0].family.as_deref(), Some("Gemini 4"));

    let openrouter = parse(
        "openrouter",
        &json!({ "data": [
            { "id": "anthropic/claude-opus-5.5", "name": "Anthropic: Claude Opus 5.5", "context_length": 1_000_000,
              "architecture": { "output_modalities": ["text"] }, "top_provider": { "max_completion_tokens": 128_000 },
              "reasoning": { "supported_efforts": ["low", "high"] } },
            { "id": "google/gemini-image", "architecture": { "output_modalities": ["image"] } },
            { "id": "openai/gpt-6-luna:batch" },
        ]}),
    );
    assert_eq!(ids(&openrouter), ["anthropic/claude-opus-5.5"]);
    assert_eq!(openrouter.models[0].efforts, ["low", "high"]);
    assert_eq!(openrouter.models[0].name, "Anthropic: Claude Opus 5.5");

    let xai = parse(
        "xai",
        &json!({ "models": [{ "id": "grok-4.7", "aliases": ["grok-latest"], "prompt_text_token_price": 20000 }] }),
    );
    assert_eq!(ids(&xai), ["grok-4.7"]);

    let router = parse(
        "huggingface",
        &json!({ "data": [{ "id": "openai/gpt-oss-120b", "providers": [{ "provider": "groq" }] }] }),
    );
    assert_eq!(ids(&router), ["openai/gpt-oss-120b"]);
}
