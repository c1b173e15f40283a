//! The APIs of a provider's row, and how their URLs are made.

use super::{FixedHeader, pattern, rule::Param};
use crate::core::{
    domain::Api,
    strict::{row, word},
    wire::{Dialect, http::AuthSlot},
};
use serde_json::{Map, Value};

row! {
    /// One API of a provider.
    #[derive(PartialEq, Eq)]
    pub struct ApiRow {
        /// Which.
        pub api: Api,
        /// The wire format it speaks.
        pub dialect: Dialect,
        /// What is joined to the base; `{model}` stands for the model's id.
        pub path: String,
        /// Other paths, for bases that end in a certain way; the first match counts.
        pub at: Vec<PathAt> = Vec::new(),
        /// The parameters it has; everything else is left out.
        pub params: Vec<Param>,
        /// How this API takes the key, where it departs from the row.
        pub auth: Option<AuthSlot> = None,
        /// Headers that this API needs besides the row's.
        pub headers: Vec<FixedHeader> = Vec::new(),
        /// Fields that each body of this API needs, with dots between the levels.
        pub body: Map<String, Value> = Map::new(),
        /// Where fields of the models' own makers go, where not beside the others.
        pub native_under: Option<String> = None,
        /// Fields with which the provider reports its own timings, in the same form.
        pub measures: Map<String, Value> = Map::new(),
        /// The provider's counter of input tokens, if it has one for this API.
        pub count: Option<CountRow> = None,
    }
}

row! {
    /// A provider's counter of input tokens.
    #[derive(PartialEq, Eq)]
    pub struct CountRow {
        /// What is joined to the base; `{model}` stands for the model's id.
        pub path: String,
        /// What it takes.
        pub shape: CountShape,
    }
}

word! {
    /// What a counter takes.
    pub enum CountShape {
        /// A body of Messages without limits.
        Messages = "messages",
        /// A body of `generateContent` with its model, as a member.
        Gemini = "gemini",
        /// The same as it is, without a model.
        Vertex = "vertex",
        /// A body of Converse, as a member.
        Converse = "converse",
    }
}

impl ApiRow {
    /// The other paths that count for a base with that path (without its query).
    pub(crate) fn paths_at(&self, base_path: &str) -> Vec<PathAt> {
        let others = self.at.iter();
        let fits = others.filter(|at| base_path.ends_with(&at.base_ends));
        fits.cloned().collect()
    }

    /// All its paths, the usual one first.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let others = self.at.iter().map(|at| at.path.as_str());
        std::iter::once(self.path.as_str()).chain(others)
    }
}

row! {
    /// A path of an API that depends on the base or on the model.
    #[derive(PartialEq, Eq)]
    pub struct PathAt {
        /// How the path of the base ends.
        pub base_ends: String = String::new(),
        /// Patterns of the models that it is for; empty for all.
        pub models: Vec<String> = Vec::new(),
        /// What is joined to it then.
        pub path: String,
    }
}

impl PathAt {
    /// Whether it is for this model.
    pub(crate) fn serves(&self, model: &str) -> bool {
        self.models.is_empty() || pattern::any(&self.models, model)
    }
}

row! {
    /// The version segment of a provider's URLs.
    #[derive(PartialEq, Eq)]
    pub struct Version {
        /// E.g. `/v1`.
        pub segment: String,
        /// Which half of the URL holds it.
        pub belongs_to: VersionPlace,
    }
}

word! {
    /// Which half of a URL holds the version.
    pub enum VersionPlace {
        /// The base: added where only a host was given.
        Base = "base",
        /// The API's path: taken off a base that ends with it.
        Path = "path",
    }
}
