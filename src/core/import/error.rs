//! Why something cannot be imported.

use super::{CurlError, Foreign, YamlError};
use crate::core::{
    history,
    link::PackFault,
    playlist::PlaylistError,
    recipe::{LinkError, RecipeError},
};

/// Why nothing can be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportError {
    /// There is nothing in it.
    Empty,
    /// Larger than [`LARGEST`].
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
    },
    /// Bytes that are no UTF-8 text.
    NotText,
    /// One of our documents, with a fault.
    Document(RecipeError),
    /// One of our links, with a fault.
    Link(LinkError),
    /// What one of our links packs, with a fault.
    Packed(PackFault),
    /// A link of ours that only the address bar opens: it names a document
    /// elsewhere, is under a passphrase, or lends a key.
    AddressOnly,
    /// A document of ours that is opened elsewhere: the word before its version.
    OtherDocument {
        /// The word.
        kind: String,
    },
    /// A history of ours, with a fault.
    History(history::ImportError),
    /// A list of prompts, with a fault.
    Prompts(PlaylistError),
    /// A page of ours without its document, or one of somebody else.
    NoDocument,
    /// JSON that does not parse.
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// The text stops in the middle.
        ended_early: bool,
    },
    /// YAML that does not parse.
    Yaml(YamlError),
    /// A curl command that cannot be read.
    Curl(CurlError),
    /// Something of another tool.
    Foreign(Foreign),
    /// Nothing that is known.
    Unknown,
}

impl ImportError {
    /// Whether it is nothing of a kind that is read here. Then it helps to know
    /// what is.
    pub fn is_of_no_kind(&self) -> bool {
        matches!(self, Self::Foreign(_) | Self::Unknown)
    }
}
