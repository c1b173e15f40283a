//! Every word of the interface, in one place.
//!
//! A component never holds a sentence: it asks [`words`]. Adding a language
//! means adding one more set of constants beside `en` and touching no
//! component.

macro_rules! group {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        #[expect(missing_docs, reason = "each field is named after the place where it is shown")]
        pub struct $name {
            $(pub $field: $kind),*
        }
    };
}

pub mod actions;
pub mod ballot;
pub mod built_in;
pub mod connection;
pub mod cost;
pub mod credentials;
pub mod device;
pub mod dialogs;
pub mod drift;
pub mod en;
pub mod exports;
pub mod failure;
pub mod files;
pub mod groups;
pub mod history;
pub mod imports;
pub mod incoming;
pub mod lending;
pub mod local;
pub mod metrics;
pub mod params;
pub mod present;
pub mod prompts;
pub mod reading;
pub mod recipe;
pub mod replay;
pub mod request;
pub mod routes;
pub mod screen;
pub mod share;
pub mod signatures;
pub mod signin;

use crate::core::{
    domain::{Api, Failure},
    run::Phase,
    wire::{
        endpoint::{BaseNote, EndpointError},
        request::SentNote,
    },
};
pub use screen::Words;

/// The words of the chosen language. There is one language so far.
pub fn words() -> &'static Words {
    &en::EN
}

impl Words {
    /// A run's phase in a word or two.
    pub fn phase(&self, phase: Phase) -> &'static str {
        match phase {
            Phase::Idle => self.phases.idle,
            Phase::Queued => self.phases.queued,
            Phase::Connecting => self.phases.connecting,
            Phase::Waiting => self.phases.waiting,
            Phase::Thinking => self.phases.thinking,
            Phase::Answering => self.phases.answering,
            Phase::Done => self.phases.done,
            Phase::Stopped => self.phases.stopped,
            Phase::Failed => self.phases.failed,
        }
    }

    /// An API's name.
    pub fn api(&self, api: Api) -> &'static str {
        match api {
            Api::Chat => "Chat Completions",
            Api::Responses => "Responses",
            Api::Messages => "Messages",
            Api::GenerateContent => "streamGenerateContent",
            Api::CohereChat => "Chat v2",
            Api::OllamaChat => "Ollama’s own",
            Api::Converse => "ConverseStream",
        }
    }

    /// Why a base URL cannot be used.
    pub fn endpoint_error(&self, error: &EndpointError) -> String {
        (self.request().endpoint_error)(error)
    }

    /// What was changed about a base URL.
    pub fn base_note(&self, note: &BaseNote) -> String {
        (self.request().base_note)(note)
    }

    /// What became of a field of the request.
    pub fn sent_note(&self, note: &SentNote) -> String {
        (self.request().sent_note)(note)
    }

    /// A failure in one line.
    pub fn failure_title(&self, failure: &Failure) -> String {
        failure::short_title(failure)
    }
}
