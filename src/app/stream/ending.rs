//! How a run ends, and what is known of why it got no answer.

use super::{Job, StopReason, apply};
use crate::{
    app::runner::Runner,
    browser::{clock, fetch::FetchError, page},
    core::{
        catalog::{Catalog, Provider},
        domain::{BlockCause, Failure, FailureKind, Millis},
        wire::{
            StreamEvent,
            blocked::{self, Situation},
            decode::StreamDecoder,
            endpoint::Endpoint,
        },
    },
    words::words,
};

/// Who ended the reading.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The body was at its end.
    Body,
    /// Nothing more could follow, or nothing more came.
    Ours,
}

pub(super) fn finish(
    runner: Runner,
    job: &Job,
    mut decoder: StreamDecoder,
    at: Millis,
    ending: Ending,
) {
    let mut events = Vec::new();
    decoder.finish(&mut events);
    job.cell.state().log.note_frames(decoder.counts());
    apply(runner, job, &mut events, None, at);
    match ending {
        Ending::Body => job.cell.state().log.end(at),
        // Our own waiting is no part of the total.
        Ending::Ours => job.cell.state().log.end_at_last_byte(at),
    };
    runner.over(&job.cell);
}

/// The body broke off, by us or by the network.
pub(super) fn cut(
    runner: Runner,
    job: &Job,
    decoder: StreamDecoder,
    error: FetchError,
    at: Millis,
) {
    match (error, job.reason.get()) {
        (FetchError::Aborted, Some(StopReason::Idle)) => {
            // What the decoder held back is text too; what it thinks of the end
            // is not asked: the silence is the failure.
            let last = Millis(job.last_sign.get().unwrap_or(at.0));
            let mut decoder = decoder;
            let mut events = Vec::new();
            decoder.finish(&mut events);
            events.retain(|event| !matches!(event, StreamEvent::Error(_)));
            job.cell.state().log.note_frames(decoder.counts());
            apply(runner, job, &mut events, None, last);
            fail(runner, job, Failure::new(FailureKind::Timeout));
        }
        (FetchError::Aborted, Some(StopReason::Settled)) => {
            finish(runner, job, decoder, at, Ending::Ours);
        }
        (FetchError::Aborted, _) => {
            job.cell.state().log.stop(at);
            runner.over(&job.cell);
        }
        _ => finish(runner, job, decoder, at, Ending::Body),
    }
}

pub(super) fn no_reply(runner: Runner, job: &Job, error: FetchError) {
    let failure =
        match error {
            FetchError::Aborted => {
                if let Some(StopReason::Idle) = job.reason.get() {
                    Failure::new(FailureKind::Timeout)
                } else {
                    job.cell.state().log.stop(clock::now());
                    runner.over(&job.cell);
                    return;
                }
            }
            FetchError::Network if job.endpoint.transport.is_in_page() && !page::is_online() => {
                Failure::new(FailureKind::Blocked(vec![BlockCause::Offline]))
            }
            FetchError::Network if job.endpoint.transport.is_in_page() => {
                Failure::new(FailureKind::Server).with_detail(words().failure().no_stream)
            }
            FetchError::Network => Failure::new(FailureKind::Blocked(blocked::candidates(
                &situation(runner, job.provider, &job.endpoint, job.key.is_some()),
            ))),
            FetchError::WrongOrigin => {
                Failure::new(FailureKind::BadRequest).with_detail(words().failure().wrong_origin)
            }
            FetchError::Unsendable => {
                Failure::new(FailureKind::Auth).with_detail(words().failure().unsendable_key)
            }
        };
    fail(runner, job, failure);
}

/// What is known around a request that got no answer.
pub(in crate::app) fn situation(
    runner: Runner,
    provider: &Provider,
    endpoint: &Endpoint,
    key_sent: bool,
) -> Situation {
    let catalog = Catalog::builtin();
    Situation {
        offline: !page::is_online(),
        page_is_https: page::is_https(),
        page_is_local: page::is_local(),
        target_is_http: endpoint.origin.as_str().starts_with("http:"),
        target_is_loopback: endpoint.is_loopback(),
        target_is_private: endpoint.is_private(),
        target_is_known: catalog.is_default_origin(&endpoint.origin),
        key_sent,
        key_worked_before: runner.vault().was_accepted(&provider.id, &endpoint.origin),
        origin_answered_before: runner.has_answered(endpoint.origin.as_str()),
        hides_unauthorized: catalog.hides(&endpoint.origin, 401),
        hides_not_found: catalog.hides(&endpoint.origin, 404),
    }
}

pub(super) fn fail(runner: Runner, job: &Job, mut failure: Failure) {
    if let Some(key) = &job.key {
        failure.redact(key);
    }
    job.cell.state().log.fail(failure, clock::now());
    runner.over(&job.cell);
}
