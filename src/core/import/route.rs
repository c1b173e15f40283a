//! From an address to the provider behind it.

use super::Shape;
use crate::core::{
    catalog::{Catalog, Provider},
    domain::{Api, ModelId, Origin, ProviderId},
    wire::endpoint::{self, BaseNote, Endpoint, EndpointError, origin_of},
};

/// Where a request goes, as a pane says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) provider: ProviderId,
    /// `None` where it is the provider's own.
    pub(super) api: Option<Api>,
    /// `None` where it is the provider's own.
    pub(super) base_url: Option<String>,
    /// The model that the address names.
    pub(super) model: Option<ModelId>,
    /// What a key of it is bound to.
    pub(super) origin: Origin,
}

/// The route of a request to this address whose body has this form.
pub(super) fn of_url(url: &str, shape: Option<Shape>) -> Result<Route, EndpointError> {
    // The answer comes as a stream here, whatever was asked for.
    let url = url.replace(":generateContent", ":streamGenerateContent");
    let rows = &Catalog::builtin().providers;
    let known = rows.iter().filter(|row| lives_at(row, &url));
    let mut fallback = None;
    for row in known {
        let endpoint = endpoint::resolve(row, None, Some(&url))?;
        match api_of(&endpoint) {
            Some(api) => return route(row, Some(api), &url),
            None => fallback = fallback.or(Some(row)),
        }
    }
    if let Some(row) = fallback {
        return route(row, api_of_shape(row, shape), &url);
    }
    // Somebody's own server or relay: its path says what it speaks.
    let path = url
        .split(['?', '#'])
        .next()
        .unwrap_or_default()
        .trim_end_matches('/');
    let id = if path.ends_with("/api/chat") {
        "ollama"
    } else if path.ends_with("/v1/messages") {
        "anthropic"
    } else if path.ends_with(":streamGenerateContent") && path.contains("/v1beta/") {
        "gemini"
    } else {
        "openai-compatible"
    };
    let row = Catalog::builtin().provider(&ProviderId::new(id));
    let row = row.ok_or(EndpointError::BaseMissing)?;
    let endpoint = endpoint::resolve(row, None, Some(&url))?;
    let api = api_of(&endpoint).or_else(|| api_of_shape(row, shape));
    route(row, api, &url)
}

fn route(row: &Provider, api: Option<Api>, url: &str) -> Result<Route, EndpointError> {
    let endpoint = endpoint::resolve(row, api, Some(url))?;
    let usual = row.default_base.as_deref();
    let usual = usual.and_then(|base| endpoint::resolve(row, api, Some(base)).ok());
    let is_usual = usual.is_some_and(|usual| usual.base_url == endpoint.base_url);
    let default = row.api(None).map(|row| row.api);
    Ok(Route {
        provider: row.id.clone(),
        api: api.filter(|api| Some(*api) != default),
        base_url: (!is_usual).then(|| endpoint.base_url.clone()),
        model: endpoint.pasted_model.clone(),
        origin: endpoint.origin,
    })
}

/// The API that the path of a pasted endpoint was of.
fn api_of(endpoint: &Endpoint) -> Option<Api> {
    endpoint.notes.iter().find_map(|note| match note {
        BaseNote::EndpointRemoved { api, .. } => *api,
        _ => None,
    })
}

fn api_of_shape(row: &Provider, shape: Option<Shape>) -> Option<Api> {
    let api = match shape? {
        Shape::Chat => Api::Chat,
        Shape::Responses => Api::Responses,
        Shape::Messages => Api::Messages,
        Shape::Gemini => Api::GenerateContent,
    };
    row.api(Some(api)).map(|row| row.api)
}

/// Whether the address is of this provider.
fn lives_at(row: &Provider, url: &str) -> bool {
    if row.is_own_server() || row.transport.is_in_page() {
        return false;
    }
    let Some(origin) = origin_of(url) else {
        return false;
    };
    let host = origin.as_str().strip_prefix("https://").unwrap_or_default();
    match row.id.as_str() {
        "azure" => host.ends_with(".openai.azure.com") || host.ends_with(".services.ai.azure.com"),
        "bedrock" => {
            let ends = [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"];
            host.starts_with("bedrock-runtime.") && ends.iter().any(|end| host.ends_with(end))
        }
        "claude-aws" => host.starts_with("aws-external-anthropic.") && host.ends_with(".api.aws"),
        "bedrock-mantle" => host.starts_with("bedrock-mantle.") && host.ends_with(".api.aws"),
        _ => row.default_base.as_deref().and_then(origin_of) == Some(origin),
    }
}

/// The provider that offers a model of this name under its form of request,
/// where no address says it.
pub(super) fn of_model(shape: Shape, model: &str) -> Route {
    let rows = &Catalog::builtin().providers;
    let id = match shape {
        Shape::Messages => "anthropic",
        Shape::Gemini => "gemini",
        Shape::Chat | Shape::Responses => {
            let offers = |row: &&Provider| row.models.iter().any(|seed| seed.id.as_str() == model);
            let is_openai = ["gpt-", "o1", "o3", "o4", "chatgpt-"];
            if is_openai.iter().any(|start| model.starts_with(start)) {
                "openai"
            } else {
                rows.iter()
                    .find(offers)
                    .map_or("openai-compatible", |row| row.id.as_str())
            }
        }
    };
    let provider = ProviderId::new(id);
    let row = Catalog::builtin().provider(&provider);
    let default = row.and_then(|row| row.api(None)).map(|row| row.api);
    let api = row.and_then(|row| api_of_shape(row, Some(shape)));
    let origin = row
        .and_then(|row| row.default_base.as_deref())
        .and_then(origin_of);
    Route {
        provider,
        api: api.filter(|api| Some(*api) != default),
        base_url: None,
        model: None,
        origin: origin.unwrap_or_else(|| Origin::new("")),
    }
}
