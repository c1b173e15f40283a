//! What can go wrong with a run, as something a person can act on.
//!
//! The kind decides the words and the buttons; the words themselves live in
//! `crate::words`. Only text quoted from the provider is carried here.

use super::Millis;
use serde::Serialize;

/// The kinds of the automation contract (`data-kind`).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FailureKind {
    /// No key, a wrong key, or a key of another provider.
    Auth,
    /// No credit, or a spend limit was reached.
    Billing,
    /// The key may not do this (country, organisation, referrer, model).
    Permission,
    /// Unknown model, or a wrong base URL.
    NotFound,
    /// Too many requests or tokens for now.
    RateLimited,
    /// The provider has no capacity for now (503, 529).
    Overloaded,
    /// The provider failed (5xx).
    Server,
    /// The request was refused; `param` names the culprit where known.
    BadRequest,
    /// A filter blocked the prompt or the answer.
    ContentFilter,
    /// The browser gave no answer: the causes in order of likelihood.
    Blocked(Vec<BlockCause>),
    /// Nothing came for longer than the idle limit.
    Timeout,
    /// The stream ended without its terminal event; the text is kept.
    Truncated,
    /// The answer was not what the dialect promises.
    Protocol(ProtocolFault),
    /// The request is too large (413, context length).
    TooLarge,
}

impl FailureKind {
    /// The word of the `data-kind` mark.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Billing => "billing",
            Self::Permission => "permission",
            Self::NotFound => "not_found",
            Self::RateLimited => "rate_limited",
            Self::Overloaded => "overloaded",
            Self::Server => "server",
            Self::BadRequest => "bad_request",
            Self::ContentFilter => "content_filter",
            Self::Blocked(_) => "blocked",
            Self::Timeout => "timeout",
            Self::Truncated => "truncated",
            Self::Protocol(_) => "protocol",
            Self::TooLarge => "too_large",
        }
    }
}

/// Why a browser may have withheld an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockCause {
    /// This provider's reply to a wrong key cannot be read by a page.
    WrongKey,
    /// This provider's reply to an unknown model cannot be read by a page.
    UnknownModel,
    /// The server does not allow this page's origin.
    Cors,
    /// Nothing listens at that address.
    ServerDown,
    /// An https page may not call an http address.
    MixedContent,
    /// The browser's local-network permission is missing.
    LocalNetwork,
    /// An extension or a firewall.
    Blocker,
    /// The machine is offline.
    Offline,
    /// The origin came with a link and was not approved.
    NotApproved,
    /// The origin is `https:` with a certificate the browser does not accept.
    Certificate,
}

impl BlockCause {
    /// The cause of a word in a document.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "wrong_key" => Self::WrongKey,
            "unknown_model" => Self::UnknownModel,
            "cors" => Self::Cors,
            "server_down" => Self::ServerDown,
            "mixed_content" => Self::MixedContent,
            "local_network" => Self::LocalNetwork,
            "blocker" => Self::Blocker,
            "offline" => Self::Offline,
            "not_approved" => Self::NotApproved,
            "certificate" => Self::Certificate,
            _ => return None,
        })
    }
}

/// How an answer broke the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProtocolFault {
    /// An HTML page: the base URL is probably wrong.
    Html,
    /// A body without any content.
    Empty,
    /// JSON that does not parse, in the middle of a stream.
    Garbage,
    /// Well-formed, but not of this dialect.
    Unrecognised,
    /// A frame larger than the decoder's safety limit.
    FrameTooLarge,
}

impl ProtocolFault {
    /// The fault of a word in a document.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "html" => Self::Html,
            "empty" => Self::Empty,
            "garbage" => Self::Garbage,
            "unrecognised" => Self::Unrecognised,
            "frame_too_large" => Self::FrameTooLarge,
            _ => return None,
        })
    }
}

/// A classified failure. Never holds a key.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Failure {
    /// What it is.
    pub kind: FailureKind,
    /// HTTP status, where there was one.
    pub status: Option<u16>,
    /// The provider's own words.
    pub detail: Option<String>,
    /// The provider's machine-readable code or type.
    pub code: Option<String>,
    /// The request parameter that the provider named.
    pub param: Option<String>,
    /// How long the provider asks to wait.
    pub retry_after: Option<Millis>,
}

impl Failure {
    /// A failure of this kind with nothing else known.
    pub fn new(kind: FailureKind) -> Self {
        Self {
            kind,
            status: None,
            detail: None,
            code: None,
            param: None,
            retry_after: None,
        }
    }

    /// Strikes a key out of everything quoted from the provider.
    pub fn redact(&mut self, key: &super::ApiKey) {
        for text in [&mut self.detail, &mut self.code, &mut self.param]
            .into_iter()
            .flatten()
        {
            *text = key.redact(text);
        }
    }

    /// The same with the provider's words.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}
