//! What was read, and what of it was not taken.

use super::suite::Suite;
use crate::core::{
    domain::{ApiKey, Origin, ProviderId},
    recipe::{Recipe, RecipeNotice, result::ResultDoc},
};

/// What a text turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A recipe document.
    Recipe,
    /// A result document.
    Result,
    /// A result document inside a report of ours.
    Report,
    /// A link of ours.
    Link,
    /// The body of a request.
    Request(Shape),
    /// A curl command.
    Curl,
    /// A configuration of promptfoo.
    Promptfoo,
}

/// Whose form a request's body has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shape {
    /// OpenAI Chat Completions and its imitations.
    Chat,
    /// OpenAI Responses.
    Responses,
    /// Anthropic Messages.
    Messages,
    /// Gemini.
    Gemini,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// What it was.
    pub kind: Kind,
    /// What can be filled in.
    pub recipe: Recipe,
    /// The prompts and values that it has, where they are several; the recipe
    /// has the first of each.
    pub suite: Option<Suite>,
    /// The whole document, where it is a result.
    pub result: Option<Box<ResultDoc>>,
    /// What has no place here.
    pub left_out: Vec<LeftOut>,
    /// What else to know.
    pub notices: Vec<RecipeNotice>,
    /// Keys that stood in it.
    pub keys: Vec<FoundKey>,
}

impl Imported {
    pub(super) fn new(kind: Kind, recipe: Recipe) -> Self {
        Self {
            kind,
            recipe,
            suite: None,
            result: None,
            left_out: Vec::new(),
            notices: Vec::new(),
            keys: Vec::new(),
        }
    }
}

/// Something that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stood, as a path or an option.
    pub what: String,
    /// Why.
    pub why: Why,
}

impl LeftOut {
    pub(super) fn new(what: impl Into<String>, why: Why) -> Self {
        Self {
            what: what.into(),
            why,
        }
    }
}

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// Nothing here corresponds to it.
    NoPlace,
    /// It is of a form that is not read.
    Form,
    /// It is a file beside the one that was given.
    OtherFile,
    /// Of several only the first is taken.
    OnlyFirst,
    /// Only what was chosen of several is taken.
    NotChosen,
    /// A list of prompts has one system prompt and one conversation before it.
    OtherConversation,
    /// Beyond what a list of prompts holds.
    TooManyPrompts,
    /// Images, files and sounds inside a message.
    NotText,
    /// Tools and what they gave.
    Tools,
    /// A header that the page does not send.
    Header,
    /// An option of a command that is not about the request.
    Option,
    /// The provider is not known here.
    Provider,
    /// Beyond what a comparison holds.
    TooMany,
    /// The key would be passed on with the recipe.
    Key,
}

/// A key that stood in what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundKey {
    /// For whom.
    pub provider: ProviderId,
    /// For which origin.
    pub origin: Origin,
    /// It.
    pub key: ApiKey,
}
