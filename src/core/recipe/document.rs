//! The recipe document, `touchstone: "recipe/1"`.
//!
//! A recipe says what to ask whom. Opening one fills the page in and does
//! nothing else. Fields of later versions are kept at every level and written
//! out again.

use super::{
    error::RecipeNotice,
    host::private_host,
    secret::{find_secrets, redact_url},
};
use crate::core::domain::{Api, Message, ModelId, Params, ProviderId, Role};
use serde_json::{Map, Value};

/// The value of `touchstone` that this version reads and writes.
pub const VERSION: &str = "recipe/1";

/// How many panes of a recipe are used.
pub const MAX_PANES: usize = 8;

/// What to ask whom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recipe {
    /// Name of the comparison.
    pub title: Option<String>,
    /// System prompt, before substitution.
    pub system: Option<String>,
    /// The conversation so far, before substitution. The last message is
    /// usually the person's: the prompt to run.
    pub messages: Vec<RecipeMessage>,
    /// Values for `{{names}}`.
    pub variables: Variables,
    /// Parameters of every pane.
    pub params: Params,
    /// Unknown fields beside them.
    pub params_extra: Map<String, Value>,
    /// All panes; see [`Recipe::used_panes`].
    pub panes: Vec<RecipePane>,
    /// How to run.
    pub run: RunPlan,
    /// Unknown fields of the document.
    pub extra: Map<String, Value>,
}

/// A message with the fields that this version does not know.
#[derive(Debug, Clone, PartialEq)]
pub struct RecipeMessage {
    /// Who speaks.
    pub role: Role,
    /// The text, before substitution.
    pub content: String,
    /// Unknown fields.
    pub extra: Map<String, Value>,
}

impl From<Message> for RecipeMessage {
    fn from(message: Message) -> Self {
        Self {
            role: message.role,
            content: message.content,
            extra: Map::new(),
        }
    }
}

impl From<&RecipeMessage> for Message {
    fn from(message: &RecipeMessage) -> Self {
        Self::new(message.role, message.content.as_str())
    }
}

/// One pane: a model somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct RecipePane {
    /// Provider row; may be one that this build does not know.
    pub provider: ProviderId,
    /// Which API, where the provider has several; `None`: the provider's own.
    pub api: Option<Api>,
    /// A name of the author's for the pane.
    pub label: Option<String>,
    /// The model, as the provider spells it.
    pub model: ModelId,
    /// Where to send, instead of the provider's own base. A request of the
    /// author, not a fact: it needs the person's consent.
    pub base_url: Option<String>,
    /// Laid over the recipe's parameters; see [`Params::overlay`].
    pub params: Params,
    /// Unknown fields beside them.
    pub params_extra: Map<String, Value>,
    /// Unknown fields of the pane.
    pub extra: Map<String, Value>,
}

impl RecipePane {
    /// A pane with nothing but a provider and a model.
    pub fn new(provider: impl Into<ProviderId>, model: impl Into<ModelId>) -> Self {
        Self {
            provider: provider.into(),
            api: None,
            label: None,
            model: model.into(),
            base_url: None,
            params: Params::default(),
            params_extra: Map::new(),
            extra: Map::new(),
        }
    }
}

/// How the panes run.
#[derive(Debug, Clone, PartialEq)]
pub struct RunPlan {
    /// In which order.
    pub order: Order,
    /// How often each pane runs. Kept as written; this version runs once.
    pub repeats: u64,
    /// Unknown fields.
    pub extra: Map<String, Value>,
}

impl Default for RunPlan {
    fn default() -> Self {
        Self {
            order: Order::Parallel,
            repeats: 1,
            extra: Map::new(),
        }
    }
}

/// In which order panes run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// All at once.
    Parallel,
    /// One after the other.
    Sequential,
    /// A word that this version does not know: kept, run as parallel.
    Unsupported(String),
}

impl Order {
    /// The word in the document.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Parallel => "parallel",
            Self::Sequential => "sequential",
            Self::Unsupported(word) => word,
        }
    }
}

impl From<&str> for Order {
    fn from(word: &str) -> Self {
        match word {
            "parallel" => Self::Parallel,
            "sequential" => Self::Sequential,
            other => Self::Unsupported(other.to_owned()),
        }
    }
}

/// Values by name, in the author's order, each name once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Variables(Vec<(String, String)>);

impl Variables {
    /// A variable's value.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Sets a variable where it stands, or at the end.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let (name, value) = (name.into(), value.into());
        match self.0.iter_mut().find(|(key, _)| *key == name) {
            Some(slot) => slot.1 = value,
            None => self.0.push((name, value)),
        }
    }

    /// Forgets a variable.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(key, _)| key != name);
    }

    /// From pairs whose names do not repeat, without comparing them all.
    pub(super) fn from_distinct(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Variables {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(pairs: T) -> Self {
        let mut variables = Self::default();
        for (name, value) in pairs {
            variables.set(name, value);
        }
        variables
    }
}

impl Recipe {
    /// The panes that are used: the first [`MAX_PANES`].
    pub fn used_panes(&self) -> &[RecipePane] {
        self.panes.get(..MAX_PANES).unwrap_or(&self.panes)
    }

    /// What a pane is sent: its own parameters over the recipe's.
    pub fn params_of(&self, pane: &RecipePane) -> Params {
        Params::overlay(&self.params, &pane.params)
    }

    /// What its maker or reader should know. Reading adds what only the
    /// document's text shows; see [`Recipe::parse`].
    pub fn notices(&self) -> Vec<RecipeNotice> {
        let mut notices = Vec::new();
        if let Order::Unsupported(word) = &self.run.order {
            notices.push(RecipeNotice::UnsupportedOrder(word.clone()));
        }
        if self.run.repeats != 1 {
            notices.push(RecipeNotice::UnsupportedRepeats(self.run.repeats));
        }
        if self.panes.len() > MAX_PANES {
            notices.push(RecipeNotice::TooManyPanes {
                count: self.panes.len(),
                used: MAX_PANES,
            });
        }
        let hosts = self.used_panes().iter().enumerate();
        notices.extend(hosts.filter_map(|(pane, row)| {
            let host = private_host(row.base_url.as_deref()?)?;
            Some(RecipeNotice::PrivateHost { pane, host })
        }));
        let secrets = self.secret_paths();
        if !secrets.is_empty() {
            notices.push(RecipeNotice::LooksLikeKey { paths: secrets });
        }
        notices
    }

    /// Where the document seems to carry a secret that would be passed on.
    fn secret_paths(&self) -> Vec<String> {
        let mut found = Vec::new();
        find_secrets("", &self.extra, &mut found);
        find_secrets("params", &self.params_extra, &mut found);
        find_secrets("run", &self.run.extra, &mut found);
        for (index, message) in self.messages.iter().enumerate() {
            let path = format!("messages[{index}]");
            find_secrets(&path, &message.extra, &mut found);
        }
        for (index, pane) in self.panes.iter().enumerate() {
            let path = format!("panes[{index}]");
            if pane.base_url.as_deref().and_then(redact_url).is_some() {
                found.push(format!("{path}.base_url"));
            }
            find_secrets(&path, &pane.extra, &mut found);
            let path = format!("{path}.params");
            find_secrets(&path, &pane.params_extra, &mut found);
        }
        found
    }
}

#[cfg(test)]
#[path = "document_tests.rs"]
mod tests;
