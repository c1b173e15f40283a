//! Why a provider answers or does not, found out with one cheap call.
//!
//! The browser says little about a failed request, so three things are looked
//! at beside it: whether a request without anything readable gets through
//! (`no-cors`), what the Permissions API says, and what is known beforehand
//! ([`super::blocked`]).

use super::{
    Dialect, StreamDecoder, StreamEvent,
    blocked::{self, Situation},
    endpoint::Endpoint,
    error,
    http::{HttpRequest, ResponseHead},
    models,
    request::{self, Ask, Refusal},
};
use crate::core::{
    catalog::Provider,
    domain::{BlockCause, Failure, FailureKind, Message, ModelId, Params, ProtocolFault},
    json,
};
use serde_json::Value;

/// The call with which a connection is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProbeCall {
    /// What the provider knows of the key. Free.
    Key,
    /// The list of models. Free.
    Models,
    /// An answer of a few tokens, where there is nothing cheaper.
    OneToken,
}

/// A test that is ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// What it asks for.
    pub call: ProbeCall,
    /// The request, without its key.
    pub request: HttpRequest,
}

/// Where `OpenRouter` says what it knows of a key. Its list of models is
/// public and says nothing about one.
const OPENROUTER: &str = "https://openrouter.ai";

/// The least output that every API takes as a limit: Responses refuses less.
const FEW_TOKENS: u64 = 16;

/// Whether the test asks a model, which costs a little.
pub fn costs(provider: &Provider, endpoint: &Endpoint) -> bool {
    provider.list.is_none()
        || (models::is_public(endpoint) && endpoint.real_origin().as_str() != OPENROUTER)
}

/// The cheapest call that tells something. The model counts only where there
/// is no list to ask for, or one that says nothing of the key.
pub fn probe(
    provider: &Provider,
    endpoint: &Endpoint,
    model: &ModelId,
) -> Result<Probe, Vec<Refusal>> {
    let origin = endpoint.real_origin().as_str();
    match models::list_request(provider, endpoint, None) {
        Some(list) if origin == OPENROUTER => {
            let real = format!("{}/key", endpoint.base_url);
            return Ok(Probe {
                call: ProbeCall::Key,
                request: HttpRequest {
                    real_url: endpoint.relay.is_some().then(|| real.clone()),
                    url: endpoint.routed(real),
                    ..list
                },
            });
        }
        Some(list) if !models::is_public(endpoint) => {
            return Ok(Probe {
                call: ProbeCall::Models,
                request: list,
            });
        }
        _ => {}
    }
    let messages = [Message::user("Hi".to_owned())];
    let params = Params {
        max_output_tokens: Some(FEW_TOKENS),
        ..Params::default()
    };
    let prepared = request::prepare(&Ask {
        provider,
        endpoint,
        model,
        base_model: None,
        system: "",
        messages: &messages,
        params: &params,
        extra_body: None,
    })?;
    Ok(Probe {
        call: ProbeCall::OneToken,
        request: prepared.request,
    })
}

/// What the browser says of its permission to reach this machine or network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LocalPermission {
    /// It has none, or none that it tells of.
    #[default]
    NotApplicable,
    /// Given.
    Granted,
    /// It would ask, or was asked and got no answer.
    Prompt,
    /// Refused; the browser does not ask again.
    Denied,
}

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply<'a> {
    /// A reply that the page may read.
    Answer(&'a ResponseHead, &'a [u8]),
    /// Nothing that the page may read.
    None,
    /// Nothing at all for as long as we waited.
    Silence,
}

/// What is known besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Around {
    /// What is known beforehand.
    pub situation: Situation,
    /// Whether a request whose answer cannot be read got one; `None` where
    /// that was not tried.
    pub answers_unseen: Option<bool>,
    /// The permission for the target's network.
    pub permission: LocalPermission,
}

/// What the test found.
#[derive(Debug, Clone, PartialEq)]
pub enum Diagnosis {
    /// Nothing was sent: the origin was not agreed to.
    NotApproved,
    /// Nothing was sent: there is no key, and without one it is pointless.
    KeyMissing,
    /// Nothing was sent: no request could be made.
    NotSent(Vec<Refusal>),
    /// It answers as it should.
    Works {
        /// What was asked for.
        call: ProbeCall,
        /// How many models its list has.
        models: Option<usize>,
        /// Whether a key went along, which was accepted.
        with_key: bool,
    },
    /// The provider answered and said no: the key, a permission, the credit.
    Refused(Failure),
    /// Something answers there, but not this API: a web page, or no such path.
    WrongPath {
        /// The status.
        status: u16,
        /// Whether it was a web page.
        html: bool,
    },
    /// The relay answers, and does not list the host.
    RelayRefuses,
    /// The relay answers, and could not reach the provider.
    RelayCannotReach,
    /// Nothing came for as long as we waited.
    Silent,
    /// No answer that the page may read.
    Unreadable {
        /// Why, the likeliest first; never empty.
        causes: Vec<BlockCause>,
        /// Whether something answered at that address, where that was tried.
        answers: Option<bool>,
    },
}

impl Diagnosis {
    /// Whether there is nothing to mend.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Works { .. })
    }

    /// The word of the `data-diagnosis` mark.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::NotApproved => "not_approved",
            Self::KeyMissing => "key_missing",
            Self::NotSent(_) => "not_sent",
            Self::Works { .. } => "works",
            Self::Refused(failure) => failure.kind.as_str(),
            Self::WrongPath { .. } => "wrong_path",
            Self::RelayRefuses => "relay_refuses",
            Self::RelayCannotReach => "relay_cannot_reach",
            Self::Silent => "silent",
            Self::Unreadable { causes, .. } => match causes.first() {
                Some(BlockCause::WrongKey) => "wrong_key",
                Some(BlockCause::Cors) => "cors",
                Some(BlockCause::ServerDown) => "server_down",
                Some(BlockCause::MixedContent) => "mixed_content",
                Some(BlockCause::LocalNetwork) => "local_network",
                Some(BlockCause::Offline) => "offline",
                _ => "unreachable",
            },
        }
    }
}

/// Makes a diagnosis of what came back.
pub fn diagnose(
    provider: &Provider,
    endpoint: &Endpoint,
    call: ProbeCall,
    reply: Reply<'_>,
    around: &Around,
) -> Diagnosis {
    match reply {
        Reply::Silence => Diagnosis::Silent,
        Reply::None => Diagnosis::Unreadable {
            causes: causes(around),
            answers: around.answers_unseen,
        },
        Reply::Answer(head, body) => answered(
            provider,
            endpoint,
            call,
            head,
            body,
            around.situation.key_sent,
        ),
    }
}

fn answered(
    provider: &Provider,
    endpoint: &Endpoint,
    call: ProbeCall,
    head: &ResponseHead,
    body: &[u8],
    with_key: bool,
) -> Diagnosis {
    let status = head.status;
    if endpoint.relay.is_some()
        && let Some(diagnosis) = by_relay(body)
    {
        return diagnosis;
    }
    let is_ok = (200..300).contains(&status);
    let html = body.trim_ascii_start().starts_with(b"<");
    let works = Diagnosis::Works {
        call,
        models: None,
        with_key,
    };
    let failure = match call {
        _ if !is_ok => error::classify(endpoint.dialect, status, &head.headers, body),
        ProbeCall::Models => match models::parse_list(provider, &String::from_utf8_lossy(body)) {
            Ok(page) => {
                return Diagnosis::Works {
                    call,
                    models: Some(page.models.len()),
                    with_key,
                };
            }
            Err(failure) => failure,
        },
        ProbeCall::Key if html => Failure::new(FailureKind::Protocol(ProtocolFault::Html)),
        ProbeCall::Key => return works,
        // A stream may begin with a good status and still bring an error.
        ProbeCall::OneToken => match error_in(endpoint.dialect, body) {
            Some(failure) => failure,
            None => return works,
        },
    };
    match failure.kind {
        FailureKind::Protocol(ProtocolFault::Html) => Diagnosis::WrongPath { status, html: true },
        // Of a single answer it may as well be the model that is not there.
        FailureKind::NotFound if call != ProbeCall::OneToken => {
            Diagnosis::WrongPath { status, html }
        }
        _ => Diagnosis::Refused(failure),
    }
}

/// The error in an answer, if there is one.
fn error_in(dialect: Dialect, body: &[u8]) -> Option<Failure> {
    let mut decoder = StreamDecoder::new(dialect);
    let mut events = Vec::new();
    decoder.push(body, &mut events);
    decoder.finish(&mut events);
    events.into_iter().find_map(|event| match event {
        StreamEvent::Error(failure) => Some(failure),
        _ => None,
    })
}

/// What our relay's own replies say; see `scripts/relay/Caddyfile`.
fn by_relay(body: &[u8]) -> Option<Diagnosis> {
    let json: Value = json::parse_bytes(body).ok()?;
    match json.get("error")?.get("type")?.as_str()? {
        "relay_host_not_listed" => Some(Diagnosis::RelayRefuses),
        "relay_upstream" => Some(Diagnosis::RelayCannotReach),
        _ => None,
    }
}

/// The candidates, with those taken out or put first that the other looks
/// speak of.
fn causes(around: &Around) -> Vec<BlockCause> {
    let near = around.situation.target_is_loopback || around.situation.target_is_private;
    if near && around.permission == LocalPermission::Denied {
        return vec![BlockCause::LocalNetwork];
    }
    let mut causes = blocked::candidates(&around.situation);
    // Of a list nobody can say that the model is unknown.
    causes.retain(|cause| match cause {
        BlockCause::LocalNetwork => around.permission == LocalPermission::Prompt,
        BlockCause::UnknownModel => false,
        _ => true,
    });
    match around.answers_unseen {
        // The way there is open; only the answer is kept from the page.
        Some(true) => {
            causes.retain(|cause| *cause == BlockCause::WrongKey);
            causes.push(BlockCause::Cors);
        }
        // A server may also keep unread answers away, but few do.
        Some(false) => {
            let had_cors = causes.contains(&BlockCause::Cors);
            causes.retain(|cause| *cause != BlockCause::Cors);
            if had_cors {
                causes.push(BlockCause::Cors);
            }
            // Safari, which knows no such permission, makes no exception of this
            // machine.
            let Situation {
                page_is_https,
                target_is_http,
                target_is_loopback,
                ..
            } = around.situation;
            let may_be_mixed = page_is_https && target_is_http && target_is_loopback;
            if may_be_mixed && around.permission == LocalPermission::NotApplicable {
                causes.push(BlockCause::MixedContent);
            }
        }
        None => {}
    }
    if causes.is_empty() {
        causes.push(BlockCause::Cors);
    }
    causes
}

#[cfg(test)]
#[path = "diagnosis_tests.rs"]
mod tests;
