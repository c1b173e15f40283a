//! From what the person asked to the request that is sent.
//!
//! The body holds what was set and the model takes, plus what the dialect or
//! the measuring needs; every difference between the two is noted. The
//! dialects' `request` modules build the bodies, all else is common.

mod check;
mod draft;
mod forecast;
mod report;
mod settle;
mod turns;

pub use check::Refusal;
pub use forecast::{Unsent, unsent};
pub use report::{KEY_PLACEHOLDER, NoteReason, SentAction, SentNote, SentReport};

pub(in crate::core::wire) use draft::Draft;
pub(in crate::core::wire) use settle::{NO_EFFORT, Settled};
pub(in crate::core::wire) use turns::{Turn, alternating, put_before_first, spoken};

use super::{
    codec::{self, Codec},
    endpoint::Endpoint,
    http::{AuthSlot, HttpRequest},
    parts,
};
use crate::core::{
    catalog::{Capabilities, ModelRule, Provider, SystemPlace},
    domain::{Api, ApiKey, Message, ModelId, Params},
};
use serde_json::{Map, Value};

/// Everything a request is made from.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The provider's row.
    pub provider: &'a Provider,
    /// Where it goes; made from the same row.
    pub endpoint: &'a Endpoint,
    /// Which model is asked.
    pub model: &'a ModelId,
    /// The model behind it, where `model` is the name that a person gave a
    /// deployment and the model is known: its rules and limits count.
    pub base_model: Option<&'a ModelId>,
    /// The system prompt; blank for none.
    pub system: &'a str,
    /// The conversation. Neighbours of one speaker are fine.
    pub messages: &'a [Message],
    /// The pane's settings, shared ones included.
    pub params: &'a Params,
    /// The person's own JSON, laid over the body as RFC 7396 merges patches:
    /// it wins over everything, and `null` takes a field out.
    pub extra_body: Option<&'a Map<String, Value>>,
}

impl<'a> Ask<'a> {
    /// The model whose rules and limits count.
    pub fn known_model(&self) -> &'a ModelId {
        self.base_model.unwrap_or(self.model)
    }

    fn capabilities(&self) -> Capabilities<'a> {
        let api = Some(self.endpoint.api);
        self.provider.capabilities_over(api, self.known_model())
    }
}

/// A request that is ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// The request, without its key.
    pub request: HttpRequest,
    /// The same for people to read.
    pub sent: SentReport,
}

impl Prepared {
    /// The same for this very key, which may go into another header than most;
    /// without a key there is no such header.
    #[must_use]
    pub fn with_key(mut self, key: Option<&ApiKey>) -> Self {
        let Some(key) = key else {
            self.sent = self.sent.without_key();
            return self;
        };
        self.request.auth = self.request.auth.of_key(key);
        let AuthSlot { header, prefix, .. } = &self.request.auth;
        self.sent = self.sent.without_key();
        let line = (header.clone(), format!("{prefix}{KEY_PLACEHOLDER}"));
        self.sent.headers.push(line);
        self
    }
}

/// What a dialect builds its body from.
pub(in crate::core::wire) struct Plan<'a> {
    pub(in crate::core::wire) provider: &'a Provider,
    pub(in crate::core::wire) rule: Option<&'a ModelRule>,
    pub(in crate::core::wire) caps: Capabilities<'a>,
    pub(in crate::core::wire) model: &'a str,
    /// Whether the URL names the model; strict dialects then leave it out of
    /// the body.
    pub(in crate::core::wire) model_in_path: bool,
    /// `None` where it is blank.
    pub(in crate::core::wire) system: Option<&'a str>,
    pub(in crate::core::wire) system_place: SystemPlace,
    pub(in crate::core::wire) messages: &'a [Message],
    pub(in crate::core::wire) settled: Settled,
}

/// Builds the request, or says everything that speaks against sending it. Of
/// the later part only, as it knows every dialect.
pub fn prepare(ask: &Ask<'_>) -> Result<Prepared, Vec<Refusal>> {
    prepare_with(ask, codec::of(ask.endpoint.dialect))
}

/// The same with the codec of the endpoint's dialect in hand.
pub fn prepare_with(ask: &Ask<'_>, codec: &Codec) -> Result<Prepared, Vec<Refusal>> {
    finish(ask, draft(ask, codec)?)
}

/// The body alone, to look at before anything is sent, and whether the output
/// limit in it is ours. Its size is not looked at. Of the later part only.
pub fn body_of(ask: &Ask<'_>) -> Result<(Value, bool), Vec<Refusal>> {
    const LIMIT: &str = "max_tokens";
    let Draft { body, notes } = draft(ask, codec::of(ask.endpoint.dialect))?;
    let limit_is_ours = notes.iter().any(|note| {
        let is_ours = note.action == SentAction::Added && note.field == LIMIT;
        // The person's own JSON may have another.
        is_ours && body.get(LIMIT) == Some(&note.value)
    });
    Ok((Value::Object(body), limit_is_ours))
}

fn draft(ask: &Ask<'_>, codec: &Codec) -> Result<Draft, Vec<Refusal>> {
    let refusals = check::check(ask);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let mut draft = Draft::default();
    let caps = ask.capabilities();
    let settled = settle::settle(ask, &caps, &mut draft);
    let thinking = settled.thinking.clone();
    let provider_order = settled.provider_order.clone();
    let plan = Plan {
        provider: ask.provider,
        rule: ask.provider.rule(ask.known_model()),
        caps,
        model: ask.model.as_str().trim(),
        model_in_path: ask.endpoint.path.contains("{model}"),
        system: Some(ask.system).filter(|system| !system.trim().is_empty()),
        system_place: ask.provider.system_place(ask.known_model()),
        messages: ask.messages,
        settled,
    };
    (codec.fill)(&plan, &mut draft);
    if let Some((path, value)) = thinking
        && !draft.has(&path)
    {
        draft.add(&path, value, NoteReason::ShowsThinking);
    }
    if !provider_order.is_empty() {
        // The same in all APIs of a router, whatever dialect they speak.
        draft.set_as("provider_order", "provider.order", provider_order);
        let only = NoteReason::OnlyThese;
        draft.add("provider.allow_fallbacks", false, only);
    }
    let row = ask.provider.api(Some(ask.endpoint.api));
    if let Some(row) = row {
        for (path, value) in &row.body {
            draft.add(path, value.clone(), NoteReason::Required);
        }
        for (path, value) in &row.measures {
            draft.add(path, value.clone(), NoteReason::ServerTimings);
        }
    }
    if let Some(extra) = ask.extra_body {
        draft.lay_over(extra);
    }
    Ok(draft)
}

fn finish(ask: &Ask<'_>, draft: Draft) -> Result<Prepared, Vec<Refusal>> {
    let Draft { body, notes } = draft;
    let body = Value::Object(body);
    let request = HttpRequest {
        method: "POST",
        url: ask.endpoint.url(ask.model),
        real_url: ask
            .endpoint
            .relay
            .is_some()
            .then(|| ask.endpoint.real_url(ask.model)),
        headers: headers(ask.provider, ask.endpoint, Some(ask.endpoint.api)),
        auth: ask.endpoint.auth(ask.provider),
        body: parts::with_bytes(&body, ask.messages),
    };
    let bytes = u64::try_from(request.body.len()).unwrap_or(u64::MAX);
    if let Some(limit) = ask.provider.max_body_bytes
        && bytes > limit
    {
        return Err(vec![Refusal::TooLarge { bytes, limit }]);
    }
    let AuthSlot { header, prefix, .. } = &request.auth;
    let mut headers = request.headers.clone();
    headers.push((header.clone(), format!("{prefix}{KEY_PLACEHOLDER}")));
    let sent = SentReport {
        method: request.method.to_owned(),
        url: request.url.clone(),
        headers,
        body,
        notes,
    };
    Ok(Prepared { request, sent })
}

/// Exactly the headers that the provider's preflight lets through, the key's
/// aside. `api`: whose body it has; `None` for a request without one.
pub(super) fn headers(
    provider: &Provider,
    endpoint: &Endpoint,
    api: Option<Api>,
) -> Vec<(String, String)> {
    let mut headers = Vec::new();
    if api.is_some() {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    let own = api.and_then(|api| provider.api(Some(api)));
    let own = own.map_or(&[][..], |row| &row.headers);
    for fixed in [&provider.headers[..], own] {
        for header in fixed {
            headers.push((header.name.clone(), header.value.clone()));
        }
    }
    headers.extend_from_slice(&endpoint.headers);
    headers
}

#[cfg(test)]
#[path = "request_tests.rs"]
pub(in crate::core::wire) mod tests;
