//! Links, recipe and result documents: the public automation contract.
//!
//! - [`link`] reads and writes the fragment of a page address.
//! - [`document`] is the recipe (`touchstone: "recipe/1"`); `read` and `write`
//!   turn it from and into JSON, keeping every field they do not know.
//! - [`variables`] finds and substitutes `{{names}}`.
//! - [`result`] is the exported result (`touchstone: "result/1"`).
//!
//! None of these types has a field for a key. The contract in words is
//! `docs/automation.md`; the JSON Schemas stand in `public/schema`.

#[cfg(test)]
pub(crate) mod arbitrary;
pub mod document;
pub mod error;
mod fields;
pub mod host;
pub mod link;
pub mod percent;
mod read;
pub mod result;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod schema_tests;
pub mod secret;
pub mod variables;
mod write;

pub use document::{
    MAX_PANES, Order, Recipe, RecipeMessage, RecipePane, RunPlan, VERSION, Variables,
};
pub use error::{Expected, LinkError, RecipeError, RecipeNotice};
pub(in crate::core) use fields::child;
pub use link::{Link, MAX_FRAGMENT_BYTES, build_link, parse_fragment, parts};
