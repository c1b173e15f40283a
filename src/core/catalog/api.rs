//! The APIs of a provider's row, and how their URLs are made.

use super::{FixedHeader, pattern, rule::Param};
use crate::core::{
    domain::Api,
    wire::{Dialect, http::AuthSlot},
};
use serde::Deserialize;
use serde_json::{Map, Value};

/// One API of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiRow {
    /// Which.
    pub api: Api,
    /// The wire format it speaks.
    pub dialect: Dialect,
    /// What is joined to the base; `{model}` stands for the model's id.
    pub path: String,
    /// Other paths, for bases that end in a certain way; the first match counts.
    #[serde(default)]
    pub at: Vec<PathAt>,
    /// The parameters it has; everything else is left out.
    pub params: Vec<Param>,
    /// How this API takes the key, where it departs from the row.
    #[serde(default)]
    pub auth: Option<AuthSlot>,
    /// Headers that this API needs besides the row's.
    #[serde(default)]
    pub headers: Vec<FixedHeader>,
    /// Fields that each body of this API needs, with dots between the levels.
    #[serde(default)]
    pub body: Map<String, Value>,
    /// Where fields of the models' own makers go, where not beside the others.
    #[serde(default)]
    pub native_under: Option<String>,
    /// Fields with which the provider reports its own timings, in the same form.
    #[serde(default)]
    pub measures: Map<String, Value>,
    /// The provider's counter of input tokens, if it has one for this API.
    #[serde(default)]
    pub count: Option<CountRow>,
}

/// A provider's counter of input tokens.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountRow {
    /// What is joined to the base; `{model}` stands for the model's id.
    pub path: String,
    /// What it takes.
    pub shape: CountShape,
}

/// What a counter takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountShape {
    /// A body of Messages without limits.
    Messages,
    /// A body of `generateContent` with its model, as a member.
    Gemini,
    /// The same as it is, without a model.
    Vertex,
    /// A body of Converse, as a member.
    Converse,
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

/// A path of an API that depends on the base or on the model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathAt {
    /// How the path of the base ends.
    #[serde(default)]
    pub base_ends: String,
    /// Patterns of the models that it is for; empty for all.
    #[serde(default)]
    pub models: Vec<String>,
    /// What is joined to it then.
    pub path: String,
}

impl PathAt {
    /// Whether it is for this model.
    pub(crate) fn serves(&self, model: &str) -> bool {
        self.models.is_empty() || pattern::any(&self.models, model)
    }
}

/// The version segment of a provider's URLs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// E.g. `/v1`.
    pub segment: String,
    /// Which half of the URL holds it.
    pub belongs_to: VersionPlace,
}

/// Which half of a URL holds the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionPlace {
    /// The base: added where only a host was given.
    Base,
    /// The API's path: taken off a base that ends with it.
    Path,
}
