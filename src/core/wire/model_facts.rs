//! What a server says of a single model: Ollama's `/api/show`
//! (<https://docs.ollama.com/api-reference/show-model-details>).

use super::{count::count, endpoint::Endpoint, http::HttpRequest, request};
use crate::core::{catalog::Provider, domain::ModelId, json};
use serde_json::{Value, json};

/// What a server says of a model. What it does not say is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModelFacts {
    /// The most tokens that the model can have before it.
    pub context: Option<u64>,
    /// How many the server makes room for where a request does not say.
    pub window: Option<u64>,
    /// What it can do, where the server says so at all.
    pub skills: Option<Skills>,
}

/// What a model can do besides answering.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Skills {
    /// It thinks where it is asked to.
    pub thinks: bool,
    /// It takes images.
    pub sees: bool,
    /// It calls tools.
    pub calls: bool,
}

/// Asks for it; `None` where the server has no such answer.
pub fn ask(provider: &Provider, endpoint: &Endpoint, model: &ModelId) -> Option<HttpRequest> {
    let path = provider.list.as_ref()?.show.as_ref()?;
    let url = endpoint.joined(path);
    Some(HttpRequest {
        method: "POST",
        real_url: endpoint.relay.is_some().then(|| url.clone()),
        url: endpoint.routed(url),
        headers: request::headers(provider, endpoint, Some(endpoint.api)),
        auth: endpoint.auth(provider),
        body: json!({ "model": model.as_str().trim() }).to_string(),
    })
}

/// Reads the answer; `None` where it is none.
pub fn read(body: &str) -> Option<ModelFacts> {
    let reply: Value = json::parse(body).ok()?;
    let info = reply.get("model_info").and_then(Value::as_object);
    let skills = reply.get("capabilities").and_then(Value::as_array);
    let parameters = reply.get("parameters").and_then(Value::as_str);
    if info.is_none() && skills.is_none() && parameters.is_none() {
        return None;
    }
    Some(ModelFacts {
        // The key begins with the architecture: `qwen3.context_length`.
        context: info.and_then(|info| {
            let own = info.keys().find(|key| key.ends_with(".context_length"))?;
            count_of(info.get(own)?)
        }),
        window: parameters.and_then(window_in),
        skills: skills.map(|skills| {
            let can = |name: &str| skills.iter().any(|skill| skill == name);
            Skills {
                thinks: can("thinking"),
                sees: can("vision"),
                calls: can("tools"),
            }
        }),
    })
}

/// `num_ctx` among the parameters of a model, which come as lines of text.
fn window_in(parameters: &str) -> Option<u64> {
    parameters.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        let is_it = words.next() == Some("num_ctx");
        words.next().filter(|_| is_it)?.parse().ok()
    })
}

fn count_of(value: &Value) -> Option<u64> {
    value.as_u64().filter(|count| *count > 0)
}

/// The window that a body of Ollama's own API asks for.
pub fn window_asked(body: &Value) -> Option<u64> {
    count(body.get("options")?, "num_ctx")
}

/// The room that `input` tokens do not fit into: what the request asks for,
/// else what the server has for the model, and never more than the model can
/// take. `None` where it fits, or the room is not known.
pub fn too_small(input: u64, asked: Option<u64>, facts: Option<&ModelFacts>) -> Option<u64> {
    let context = facts.and_then(|facts| facts.context);
    let window = asked.or_else(|| facts?.window);
    let room = match (window, context) {
        (Some(window), Some(context)) => window.min(context),
        (window, context) => window.or(context)?,
    };
    (input > room).then_some(room)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{catalog::Catalog, wire::endpoint::resolve};

    /// After the documentation, shortened.
    const SHOWN: &str = r#"{
        "parameters": "temperature                    0.7\nnum_ctx                        8192",
        "details": {"family": "qwen3", "parameter_size": "8.2B"},
        "model_info": {"general.architecture": "qwen3", "general.parameter_count": 8190735360,
            "qwen3.attention.head_count": 32, "qwen3.context_length": 40960},
        "capabilities": ["completion", "tools", "thinking"]
    }"#;

    #[test]
    fn the_answer_says_how_much_the_model_takes_and_what_it_can_do() {
        let facts = read(SHOWN).unwrap();
        assert_eq!(facts.context, Some(40_960));
        assert_eq!(facts.window, Some(8_192));
        let skills = facts.skills.unwrap();
        assert!(skills.thinks && skills.calls && !skills.sees);
    }

    #[test]
    fn what_is_not_said_is_not_known() {
        let older = r#"{"model_info": {"general.architecture": "llama"}}"#;
        assert_eq!(read(older), Some(ModelFacts::default()));
        for nothing in [
            "",
            "[]",
            "{}",
            r#"{"error": "model 'x' not found"}"#,
            "<html>",
        ] {
            assert_eq!(read(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn it_is_asked_by_the_models_name_where_the_row_says_so() {
        let of = |row: &str, base: Option<&str>| {
            let row = Catalog::builtin().provider(&row.into()).unwrap();
            let endpoint = resolve(row, None, base).unwrap();
            ask(row, &endpoint, &ModelId::new(" qwen3:8b "))
        };
        let asked = of("ollama", Some("http://127.0.0.1:11434/v1")).unwrap();
        assert_eq!(asked.url, "http://127.0.0.1:11434/api/show");
        assert_eq!(asked.body, r#"{"model":"qwen3:8b"}"#);
        assert_eq!(of("llama-cpp", None), None);
        assert_eq!(of("openai", None), None);
    }

    #[test]
    fn an_input_is_too_large_for_the_least_room_that_is_known() {
        let facts = |context, window| ModelFacts {
            context,
            window,
            skills: None,
        };
        let both = facts(Some(40_960), Some(8_192));
        assert_eq!(too_small(8_192, None, Some(&both)), None);
        assert_eq!(too_small(8_193, None, Some(&both)), Some(8_192));
        assert_eq!(too_small(8_193, Some(16_384), Some(&both)), None);
        // A window over what the model takes is cut to that.
        assert_eq!(too_small(50_000, Some(99_999), Some(&both)), Some(40_960));
        assert_eq!(too_small(5_000, Some(4_096), None), Some(4_096));
        assert_eq!(too_small(u64::MAX, None, None), None, "nothing is known");
        assert_eq!(
            too_small(50_000, None, Some(&facts(Some(40_960), None))),
            Some(40_960)
        );
    }

    #[test]
    fn the_window_is_read_from_the_body_whoever_put_it_there() {
        assert_eq!(
            window_asked(&json!({"options": {"num_ctx": 4096}})),
            Some(4096)
        );
        assert_eq!(window_asked(&json!({"options": {}})), None);
        assert_eq!(window_asked(&json!({"num_ctx": 4096})), None);
    }
}
