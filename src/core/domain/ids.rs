//! Newtypes for values that are easily mixed up.

use crate::core::strict::{Reading, Strict, word};
use serde::{Deserialize, Serialize};
use serde_json::Value;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps the text as it is.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Strict for $name {
            fn blank() -> Self {
                Self(String::new())
            }

            fn read(&mut self, value: Value, reading: &mut Reading) {
                self.0.read(value, reading);
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    };
}

text_id!(
    /// A provider row's id, e.g. `openai` or `openai-compatible`.
    ProviderId
);
text_id!(
    /// A model id exactly as the provider spells it.
    ModelId
);
text_id!(
    /// A URL origin, e.g. `https://api.openai.com`: scheme, host and, where it
    /// is not the default, port. Keys are bound to it.
    Origin
);

/// Identity of a pane for the life of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PaneId(pub u32);

/// Milliseconds: a duration, or a point on the clock of `performance.now()`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Millis(pub f64);

impl std::ops::Sub for Millis {
    type Output = Self;
    fn sub(self, earlier: Self) -> Self {
        Self(self.0 - earlier.0)
    }
}

word! {
    /// Which of a provider's APIs a pane speaks, where it has several.
    #[derive(Hash)]
    pub enum Api {
        /// OpenAI Chat Completions.
        Chat = "chat",
        /// OpenAI Responses.
        Responses = "responses",
        /// Anthropic Messages.
        Messages = "messages",
        /// Gemini `streamGenerateContent`.
        GenerateContent = "generate_content",
        /// Cohere's chat, version 2.
        CohereChat = "cohere_chat",
        /// Ollama's own `/api/chat`.
        OllamaChat = "ollama_chat",
        /// Amazon Bedrock `ConverseStream`.
        Converse = "converse",
    }
}
