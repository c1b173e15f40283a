//! Providers' own counters of input tokens: a request without an answer, which
//! costs nothing.

use super::{count::count, endpoint::Endpoint, http::HttpRequest, request};
use crate::core::{
    catalog::{CountShape, Provider},
    domain::ModelId,
    json,
};
use serde_json::{Map, Value, json};

/// Members of a Messages body that its counter takes.
const OF_MESSAGES: [&str; 6] = [
    "model",
    "messages",
    "system",
    "tools",
    "tool_choice",
    "thinking",
];
/// The same of `generateContent`.
const OF_GEMINI: [&str; 4] = ["contents", "systemInstruction", "tools", "generationConfig"];
/// The same of Converse.
const OF_CONVERSE: [&str; 3] = ["messages", "system", "toolConfig"];

/// The request that has `body` counted, a body that would be sent to `model`;
/// `None` where the provider has no counter for it.
pub fn request(
    provider: &Provider,
    endpoint: &Endpoint,
    model: &ModelId,
    body: &Value,
) -> Option<HttpRequest> {
    let row = provider.api(Some(endpoint.api))?.count.as_ref()?;
    let body = match row.shape {
        CountShape::Messages => {
            let mut counted = only(body, &OF_MESSAGES)?;
            counted.insert("model".to_owned(), model.as_str().into());
            Value::Object(counted)
        }
        CountShape::Gemini => {
            let mut counted = only(body, &OF_GEMINI)?;
            let id = model.as_str();
            let id = id.strip_prefix("models/").unwrap_or(id);
            counted.insert("model".to_owned(), format!("models/{id}").into());
            json!({ "generateContentRequest": counted })
        }
        CountShape::Vertex => Value::Object(only(body, &OF_GEMINI)?),
        CountShape::Converse => json!({ "input": { "converse": only(body, &OF_CONVERSE)? } }),
    };
    let url = endpoint.url_at(&row.path, model);
    Some(HttpRequest {
        method: "POST",
        real_url: endpoint.relay.is_some().then(|| url.clone()),
        url: endpoint.routed(url),
        headers: request::headers(provider, endpoint, Some(endpoint.api)),
        auth: endpoint.auth(provider),
        body: body.to_string(),
    })
}

/// Whether a counter is known for what goes to this endpoint.
pub fn has_counter(provider: &Provider, endpoint: &Endpoint) -> bool {
    let row = provider.api(Some(endpoint.api));
    row.is_some_and(|row| row.count.is_some())
}

/// The count in a counter's reply; `None` where there is none in it.
pub fn read(body: &str) -> Option<u64> {
    let reply: Value = json::parse(body).ok()?;
    let names = ["input_tokens", "totalTokens", "inputTokens"];
    names.iter().find_map(|name| count(&reply, name))
}

/// Nothing where the body is no object.
fn only(body: &Value, names: &[&str]) -> Option<Map<String, Value>> {
    let body = body.as_object()?;
    let kept = names.iter().filter_map(|name| {
        let value = body.get(*name)?;
        Some(((*name).to_owned(), value.clone()))
    });
    Some(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::{read, request};
    use crate::core::{
        catalog::Catalog,
        domain::{Api, ModelId},
        wire::endpoint,
    };
    use serde_json::{Value, json};

    fn counted(
        provider: &str,
        api: Option<Api>,
        base: Option<&str>,
        model: &str,
        body: &Value,
    ) -> Option<(String, Value)> {
        let row = Catalog::builtin().provider(&provider.into())?;
        let endpoint = endpoint::resolve(row, api, base).unwrap();
        let request = request(row, &endpoint, &ModelId::new(model), body)?;
        Some((request.url, serde_json::from_str(&request.body).unwrap()))
    }

    #[test]
    fn a_messages_body_is_counted_without_its_limits() {
        let body = json!({"model": "claude-haiku-4-5", "max_tokens": 9, "stream": true,
            "system": "s", "messages": [{"role": "user", "content": "hi"}], "temperature": 0.5});
        let (url, body) = counted("anthropic", None, None, "claude-haiku-4-5", &body).unwrap();
        assert_eq!(url, "https://api.anthropic.com/v1/messages/count_tokens");
        assert_eq!(
            body,
            json!({"model": "claude-haiku-4-5", "system": "s",
            "messages": [{"role": "user", "content": "hi"}]})
        );
    }

    #[test]
    fn a_gemini_body_is_wrapped_with_its_model() {
        let body = json!({"contents": [], "systemInstruction": {}, "safetySettings": []});
        let (url, body) = counted("gemini", None, None, "gemini-3-flash", &body).unwrap();
        assert!(
            url.ends_with("/v1beta/models/gemini-3-flash:countTokens"),
            "{url}"
        );
        assert_eq!(
            body,
            json!({"generateContentRequest":
            {"contents": [], "systemInstruction": {}, "model": "models/gemini-3-flash"}})
        );
    }

    #[test]
    fn a_converse_body_is_counted_at_its_region() {
        let body = json!({"messages": [], "inferenceConfig": {"maxTokens": 5}});
        let base = Some("https://bedrock-runtime.eu-west-1.amazonaws.com");
        let (url, body) = counted(
            "bedrock",
            Some(Api::Converse),
            base,
            "anthropic.claude-x:0",
            &body,
        )
        .unwrap();
        assert_eq!(
            url,
            "https://bedrock-runtime.eu-west-1.amazonaws.com/model/anthropic.claude-x%3A0/count-tokens"
        );
        assert_eq!(body, json!({"input": {"converse": {"messages": []}}}));
    }

    #[test]
    fn providers_without_a_counter_are_not_asked() {
        assert_eq!(
            counted(
                "openai-compatible",
                None,
                Some("http://127.0.0.1:1/v1"),
                "m",
                &json!({})
            ),
            None
        );
    }

    #[test]
    fn counts_are_read_under_each_providers_name() {
        assert_eq!(read(r#"{"input_tokens": 14}"#), Some(14));
        assert_eq!(
            read(r#"{"totalTokens": 3, "promptTokensDetails": []}"#),
            Some(3)
        );
        assert_eq!(read(r#"{"inputTokens": 7}"#), Some(7));
        assert_eq!(read(r#"{"error": {}}"#), None);
        assert_eq!(read("<html>"), None);
    }
}
