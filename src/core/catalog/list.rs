//! Where a provider lists its models, and in which shape.

use super::pattern;
use serde::Deserialize;

/// Where a provider lists its models.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListRow {
    /// What is joined to the base, with its query.
    pub path: String,
    /// Whether it is joined to the origin instead.
    #[serde(default)]
    pub at_origin: bool,
    /// The query parameter that asks for a further page.
    #[serde(default)]
    pub cursor: Option<String>,
    /// The shape of the answer.
    pub shape: ListShape,
    /// Where it says more about a single model, joined as `path` is: Ollama's
    /// `/api/show`.
    #[serde(default)]
    pub show: Option<String>,
    /// Patterns of ids that are no chat models.
    #[serde(default)]
    pub hide: Vec<String>,
}

impl ListRow {
    /// Whether a listed id is not worth offering.
    pub fn hides(&self, id: &str) -> bool {
        pattern::any(&self.hide, id)
    }
}

/// Shapes of model lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListShape {
    /// `{data: [{id}]}` or a bare array.
    Openai,
    /// `{data: [{id, display_name}], has_more, last_id}`.
    Anthropic,
    /// `{models: [{name: "models/…"}], nextPageToken}`.
    Gemini,
    /// `{publisherModels: [{name: "publishers/…/models/…"}], nextPageToken}`.
    Vertex,
    /// `{models: [{name, endpoints, context_length}], next_page_token}`.
    Cohere,
    /// `{models: [{name, details: {family}}]}`.
    Ollama,
}
