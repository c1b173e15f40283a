//! Tests a connection with one cheap call.

use super::{runner::Runner, signed, stream, vault::Vault};
use crate::{
    browser::{
        fetch::{self, AbortGuard, FetchError},
        permission,
        timer::Timer,
    },
    core::{
        catalog::Provider,
        domain::{ApiKey, ModelId, Origin},
        wire::{
            diagnosis::{self, Around, Diagnosis, LocalPermission, Reply},
            endpoint::Endpoint,
            http::HttpRequest,
        },
    },
};
use leptos::prelude::untrack;
use std::{cell::Cell, rc::Rc};

/// How long an answer may take.
pub(super) const LIMIT_MS: i32 = 20_000;
/// How long, where the browser may first ask the person.
const LIMIT_ASKING_MS: i32 = 120_000;
/// How long a plain request may take.
const PLAIN_LIMIT_MS: i32 = 5_000;
/// How much of an answer is read.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

/// Sends the test and says what came of it.
pub async fn test(
    provider: &'static Provider,
    endpoint: &Endpoint,
    model: &ModelId,
    runner: Runner,
    vault: Vault,
) -> Diagnosis {
    if !untrack(|| vault.is_approved(&endpoint.origin)) {
        return Diagnosis::NotApproved;
    }
    let key = vault.key(&provider.id, &endpoint.origin);
    if key.is_none() && provider.key.required {
        return Diagnosis::KeyMissing;
    }
    let mut probe = match diagnosis::probe(provider, endpoint, model) {
        Ok(probe) => probe,
        Err(refusals) => return Diagnosis::NotSent(refusals),
    };
    if let Some(key) = &key {
        probe.request.auth = probe.request.auth.of_key(key);
    }
    let permission = permission_for(endpoint).await;
    let limit = if permission == LocalPermission::Prompt {
        LIMIT_ASKING_MS
    } else {
        LIMIT_MS
    };
    let mut around = Around {
        situation: stream::situation(runner, provider, endpoint, key.is_some()),
        answers_unseen: None,
        permission,
    };
    let judge = |reply: Reply<'_>, around: &Around| {
        diagnosis::diagnose(provider, endpoint, probe.call, reply, around)
    };
    let Some((guard, _timer)) = limited(limit) else {
        return judge(Reply::None, &around);
    };
    let bound = key.as_ref().map(|key| (&endpoint.origin, key));
    match send(&probe.request, bound, &guard).await {
        Ok(mut reply) => {
            let body = reply.rest(BODY_LIMIT).await;
            runner.note_answered(endpoint.origin.as_str());
            let mut found = judge(Reply::Answer(&reply.head, &body), &around);
            if let (Diagnosis::Refused(failure), Some(key)) = (&mut found, &key) {
                failure.redact(key);
            }
            if found.is_good() && key.is_some() {
                vault.note_accepted(&provider.id, &endpoint.origin);
            }
            found
        }
        Err(FetchError::Aborted) => judge(Reply::Silence, &around),
        Err(_) => {
            // The person may have answered the browser's question meanwhile.
            around.permission = permission_for(endpoint).await;
            around.answers_unseen = answers(&probe.request.url).await;
            judge(Reply::None, &around)
        }
    }
}

/// Sends it, signed where the provider takes signatures.
pub(super) async fn send(
    request: &HttpRequest,
    bound: Option<(&Origin, &ApiKey)>,
    guard: &AbortGuard,
) -> Result<fetch::Reply, FetchError> {
    if request.auth.sigv4.is_some() {
        return signed::send(request, bound, guard, &|_| ()).await;
    }
    fetch::send(request, bound, guard).await
}

/// The permission, where the target needs one.
pub async fn permission_for(endpoint: &Endpoint) -> LocalPermission {
    if endpoint.is_loopback() || endpoint.is_private() {
        permission::local(endpoint.is_loopback()).await
    } else {
        LocalPermission::NotApplicable
    }
}

/// Whether anything answers at a URL, readable or not; `None` where that took
/// too long.
pub async fn answers(url: &str) -> Option<bool> {
    let late = Rc::new(Cell::new(false));
    let guard = AbortGuard::new()?;
    let handle = guard.handle();
    let for_timer = Rc::clone(&late);
    let _limit = Timer::once(PLAIN_LIMIT_MS, move || {
        for_timer.set(true);
        handle.abort();
    });
    let answers = fetch::answers(url, &guard).await;
    (!late.get()).then_some(answers)
}

pub(super) fn limited(limit_ms: i32) -> Option<(AbortGuard, Option<Timer>)> {
    let guard = AbortGuard::new()?;
    let handle = guard.handle();
    let timer = Timer::once(limit_ms, move || handle.abort());
    Some((guard, timer))
}
