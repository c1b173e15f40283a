//! Failures in words: what happened, what to do, and in which order to look.

mod cause;

use super::{credentials, device, request};
use crate::core::{
    catalog::LocalLine,
    credentials::KeyAge,
    device::DeviceFault,
    domain::{BlockCause, Failure, FailureKind, ProtocolFault},
    wire::{endpoint::IN_PAGE, error::Remedy, request::Refusal},
};

/// What is known around a failure.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The provider's name; empty if unknown.
    pub provider: &'a str,
    /// The host that was called.
    pub host: &'a str,
    /// The model that was asked for.
    pub model: &'a str,
    /// This page's origin.
    pub page_origin: &'a str,
    /// Whether a key was needed and there was none.
    pub key_missing: bool,
    /// How old the key was that was sent, where it ends by itself.
    pub key_age: Option<KeyAge>,
    /// Whose key the one that was sent looks like, if another provider's.
    pub key_owner: Option<&'a str>,
    /// Why nothing was sent.
    pub refusals: &'a [Refusal],
    /// Why the model does not run in this page, and its file.
    pub device: Option<(&'a DeviceFault, &'a str)>,
    /// Settings that let a local server answer this page.
    pub local_settings: &'a [LocalLine],
    /// Commands that start a local server.
    pub local_starts: &'a [LocalLine],
    /// The model's id with the prefix that it lacks, where one is known.
    pub with_prefix: Option<&'a str>,
    /// Whether text had come before.
    pub has_text: bool,
    /// The idle limit in seconds.
    pub idle_limit_s: u32,
}

/// What may be behind a failure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cause {
    /// In words.
    pub text: String,
    /// The lines that mend it; one of them is enough.
    pub lines: Vec<LocalLine>,
}

/// A failure as it is shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Explanation {
    /// What happened.
    pub title: String,
    /// What it means and what to do.
    pub text: String,
    /// Candidates or steps, the likeliest first.
    pub causes: Vec<Cause>,
    /// The provider's own words.
    pub quote: Option<String>,
    /// Whether looking at the key is a next step.
    pub suggests_key: bool,
    /// Whether choosing another model is a next step.
    pub suggests_model: bool,
    /// Whether changing parameters is a next step.
    pub suggests_params: bool,
}

/// The whole explanation.
pub fn explain(failure: &Failure, context: &Context<'_>) -> Explanation {
    let mut explained = match (&failure.kind, context.device) {
        (_, Some((fault, file))) => device::explain(fault, file),
        (FailureKind::Blocked(causes), _) if !is_offline(causes) => blocked(causes, context),
        (FailureKind::BadRequest, _) if !context.refusals.is_empty() => {
            refused_here(context.refusals)
        }
        (_, None) if let Some(remedy) = Remedy::of(failure) => remedied(remedy, context),
        (kind, _) => plain(kind, failure, context),
    };
    if context.has_text && !matches!(failure.kind, FailureKind::Truncated) {
        explained.text.push_str(" The text so far is kept.");
    }
    explained.quote = quote(failure);
    explained
}

/// What happened in one line, where more is known than the failure itself.
pub fn title(failure: &Failure, context: &Context<'_>) -> String {
    explain(failure, context).title
}

/// One line for lists and notes.
pub fn short_title(failure: &Failure) -> String {
    plain(&failure.kind, failure, &Context::default()).title
}

fn quote(failure: &Failure) -> Option<String> {
    let status = failure.status.map(|status| status.to_string());
    let words = [status, failure.code.clone(), failure.detail.clone()];
    let words: Vec<String> = words
        .into_iter()
        .flatten()
        .filter(|word| !word.is_empty())
        .collect();
    (failure.detail.is_some() || failure.code.is_some()).then(|| words.join(" · "))
}

fn refused_here(refusals: &[Refusal]) -> Explanation {
    let texts: Vec<String> = refusals.iter().map(request::EN.refusal).collect();
    let params = refusals.iter().any(|refusal| {
        !matches!(
            refusal,
            Refusal::EmptyPrompt
                | Refusal::ModelMissing
                | Refusal::TooLarge { .. }
                | Refusal::Attachment { .. }
        )
    });
    Explanation {
        title: "Nothing was sent".to_owned(),
        text: texts.join(" "),
        suggests_params: params,
        suggests_model: refusals
            .iter()
            .any(|refusal| matches!(refusal, Refusal::ModelMissing | Refusal::Attachment { .. })),
        ..Explanation::default()
    }
}

fn named<'a>(name: &'a str, fallback: &'a str) -> &'a str {
    if name.is_empty() { fallback } else { name }
}

/// A key that is missing or was not accepted: title and text.
fn not_let_in(provider: &str, host: &str, context: &Context<'_>) -> (String, String) {
    if context.key_missing {
        return (
            format!("{provider} needs a key"),
            format!("Enter a key above, then retry. It is sent only to {host}."),
        );
    }
    if let Some(owner) = context.key_owner {
        return (
            format!("{provider} did not accept the key"),
            format!("It looks like a key of {owner}. Enter one of {provider} in Settings."),
        );
    }
    if let Some(age) = context.key_age {
        return (
            format!("{provider} did not accept the key or token"),
            expired(age),
        );
    }
    (
        format!("{provider} did not accept the key"),
        "Check that the key is whole, not revoked, and of this provider. Enter it anew in Settings.".to_owned(),
    )
}

fn plain(kind: &FailureKind, failure: &Failure, context: &Context<'_>) -> Explanation {
    let provider = named(context.provider, "The provider");
    let host = named(context.host, "the server");
    let names_upstream = failure.param.as_deref() == Some("provider.order");
    let (title, text) = match kind {
        FailureKind::Auth => not_let_in(provider, host, context),
        FailureKind::Billing => (
            format!("{provider} asks for credit"),
            "The account has no credit left or has reached its spend limit. Add credit at the provider, or use another key.".to_owned(),
        ),
        FailureKind::Permission => (
            format!("{provider} does not allow this"),
            "The key, the account or this page’s address may not use this model or this API. The provider’s words say which.".to_owned(),
        ),
        FailureKind::NotFound if host == IN_PAGE => (
            format!("{provider} does not have {}", named(context.model, "that model")),
            "Choose another model.".to_owned(),
        ),
        FailureKind::NotFound if names_upstream => (
            format!("None of the upstream providers has {}", named(context.model, "that model")),
            format!("Change the upstream providers in the parameters, or what your account at {provider} allows, and retry."),
        ),
        FailureKind::NotFound => (
            match context.model {
                "" => format!("{provider} found nothing there"),
                model => format!("{provider} does not know {model}, or the base URL is wrong"),
            },
            format!("Check the model’s name and the base URL ({host})."),
        ),
        FailureKind::RateLimited => (
            format!("{provider} asks to slow down"),
            "Too many requests or tokens for now. Nothing is retried on its own; retry when the wait is over.".to_owned(),
        ),
        FailureKind::Overloaded => (
            format!("{provider} is overloaded"),
            "There is no capacity for now. Retry in a while, or choose another model.".to_owned(),
        ),
        FailureKind::Server if host == IN_PAGE => (
            format!("{provider} failed"),
            "The error came from this page; no server was called. Retry, or choose another model.".to_owned(),
        ),
        FailureKind::Server => (
            format!("{provider} failed"),
            "The error is on the provider’s side. Retry; if it stays, look at the provider’s status page.".to_owned(),
        ),
        FailureKind::BadRequest => (
            match failure.param.as_deref() {
                Some(param) => format!("{provider} refused “{param}”"),
                None => format!("{provider} refused the request"),
            },
            match failure.param.as_deref() {
                Some("think") => "This model does not think, or not in this way. Take the reasoning effort out of the pane’s parameters, and retry.",
                Some("reasoning.summary") => "Take the reasoning summary out of the parameters, and retry.",
                _ => "Change what the provider names below, or leave it out, and retry.",
            }
            .to_owned(),
        ),
        FailureKind::ContentFilter => (
            "A content filter stepped in".to_owned(),
            format!("{provider} blocked the prompt or the answer. Rephrase the prompt, or compare on another model."),
        ),
        FailureKind::TooLarge => (
            "The request is too large".to_owned(),
            "Shorten the prompt or the conversation, or choose a model with a larger context.".to_owned(),
        ),
        FailureKind::Timeout => (
            "Nothing came for too long".to_owned(),
            format!("The stream was silent for longer than {} s and was closed. The idle limit can be changed in Settings.", context.idle_limit_s),
        ),
        FailureKind::Truncated => (
            "The answer broke off".to_owned(),
            "The connection ended before the provider said that the answer was complete. What came is kept. Retry for a whole answer.".to_owned(),
        ),
        FailureKind::Protocol(fault) => protocol(*fault, host),
        FailureKind::Blocked(causes) if is_offline(causes) => (
            "This page is offline".to_owned(),
            "What the model needs could not be loaded. Check the network, then retry; nothing that you typed is lost.".to_owned(),
        ),
        FailureKind::Blocked(_) => (
            "No answer reached this page".to_owned(),
            String::new(),
        ),
    };
    let suggests_params = *kind == FailureKind::BadRequest || names_upstream;
    let suggests_key = matches!(kind, FailureKind::Auth) && !context.key_missing;
    Explanation {
        title,
        text,
        suggests_key,
        suggests_params,
        ..Explanation::default()
    }
}

/// The label of the button that takes the id with its prefix.
pub fn use_id(id: &str) -> String {
    format!("Use {id}")
}

/// A refusal that has a remedy of its own.
fn remedied(remedy: Remedy, context: &Context<'_>) -> Explanation {
    let provider = named(context.provider, "The provider");
    match remedy {
        Remedy::AnotherOrganisation => Explanation {
            title: "Your organisation lets no page in".to_owned(),
            text: format!(
                "A setting of the organisation that this key belongs to keeps browsers out at {provider}, and only its admins can change it. Use a key of another organisation, or another route to the model."
            ),
            suggests_key: true,
            ..Explanation::default()
        },
        Remedy::Prefix => Explanation {
            title: format!("{provider} wants a prefix before this model’s id"),
            text: match context.with_prefix {
                Some(id) => format!("The prefix says where the model may run, and its price hangs on it. Use {id}."),
                None => "The prefix says where the model may run, and its price hangs on it: us., eu., global. and the like.".to_owned(),
            },
            suggests_model: true,
            ..Explanation::default()
        },
    }
}

/// What became of a credential that ends by itself.
fn expired(age: KeyAge) -> String {
    let since = credentials::minutes(age.minutes);
    let span = credentials::span(age.lifetime);
    let likely = if age.is_over() {
        "It has likely expired"
    } else {
        "It may have been made earlier and have expired"
    };
    format!(
        "It was entered {since} ago, and such a credential is good for {span}. {likely}: get a new one and enter it in Settings."
    )
}

/// Whether the missing network is the only cause there can be.
fn is_offline(causes: &[BlockCause]) -> bool {
    causes == [BlockCause::Offline]
}

fn protocol(fault: ProtocolFault, host: &str) -> (String, String) {
    match fault {
        ProtocolFault::Html => (
            "A web page came instead of an answer".to_owned(),
            format!(
                "The base URL is probably wrong (is /v1 missing?), or {host} shows a login or an error page."
            ),
        ),
        ProtocolFault::Empty => (
            "The answer was empty".to_owned(),
            format!(
                "{host} accepted the request and sent nothing. A proxy in between may have swallowed the stream."
            ),
        ),
        ProtocolFault::Garbage => (
            "The stream was damaged".to_owned(),
            "A part of the answer was not valid JSON. A proxy in between may rewrite streams."
                .to_owned(),
        ),
        ProtocolFault::Unrecognised => (
            "The answer is not of the expected kind".to_owned(),
            format!(
                "{host} speaks another API than the one chosen. Check provider, API and base URL."
            ),
        ),
        ProtocolFault::FrameTooLarge => (
            "A part of the answer was too large".to_owned(),
            "One event was larger than this page accepts. Ask for a shorter answer.".to_owned(),
        ),
    }
}

fn blocked(causes: &[BlockCause], context: &Context<'_>) -> Explanation {
    let host = named(context.host, "the server");
    if causes == [BlockCause::NotApproved] {
        return Explanation {
            title: format!("{host} was not allowed yet"),
            text: "This address came with the link. Allow it above, then retry. Nothing was sent."
                .to_owned(),
            ..Explanation::default()
        };
    }
    let told = causes.iter().map(|cause| Cause {
        text: cause::text(*cause, context),
        lines: cause::lines(*cause, context).to_vec(),
    });
    Explanation {
        title: format!("No answer from {host} reached this page"),
        text: "Browsers do not say why. In order of likelihood:".to_owned(),
        causes: told.collect(),
        suggests_key: causes.contains(&BlockCause::WrongKey),
        suggests_model: causes.contains(&BlockCause::UnknownModel),
        ..Explanation::default()
    }
}

#[cfg(test)]
#[path = "failure_tests.rs"]
mod tests;
