//! Where a provider lists its models, and in which shape.

use super::pattern;
use crate::core::strict::{row, word};

row! {
    /// Where a provider lists its models.
    #[derive(PartialEq, Eq)]
    pub struct ListRow {
        /// What is joined to the base, with its query.
        pub path: String,
        /// Whether it is joined to the origin instead.
        pub at_origin: bool = false,
        /// The query parameter that asks for a further page.
        pub cursor: Option<String> = None,
        /// The shape of the answer.
        pub shape: ListShape,
        /// Where it says more about a single model, joined as `path` is: Ollama's
        /// `/api/show`.
        pub show: Option<String> = None,
        /// Patterns of ids that are no chat models.
        pub hide: Vec<String> = Vec::new(),
    }
}

impl ListRow {
    /// Whether a listed id is not worth offering.
    pub fn hides(&self, id: &str) -> bool {
        pattern::any(&self.hide, id)
    }
}

word! {
    /// Shapes of model lists.
    pub enum ListShape {
        /// `{data: [{id}]}` or a bare array.
        Openai = "openai",
        /// `{data: [{id, display_name}], has_more, last_id}`.
        Anthropic = "anthropic",
        /// `{models: [{name: "models/…"}], nextPageToken}`.
        Gemini = "gemini",
        /// `{publisherModels: [{name: "publishers/…/models/…"}], nextPageToken}`.
        Vertex = "vertex",
        /// `{models: [{name, endpoints, context_length}], next_page_token}`.
        Cohere = "cohere",
        /// `{models: [{name, details: {family}}]}`.
        Ollama = "ollama",
    }
}
