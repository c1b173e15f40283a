//! One run from `fetch` to its end.
//!
//! The time of a chunk is taken right after the chunk was read, before it is
//! decoded and long before it is painted.

mod ending;

pub(super) use ending::situation;

use super::{
    later::{self, AppParts, Bound},
    pane::{Pane, RunCell},
    runner::Runner,
};
use crate::{
    browser::{
        clock, demo,
        device::NotReady,
        fetch::{self, AbortGuard, AbortHandle, FetchError, Reply},
        page,
        timer::Timer,
    },
    core::{
        catalog::Provider,
        domain::{ApiKey, Failure, FailureKind, Millis},
        run::Change,
        wire::{Codec, Progress, StreamEvent, endpoint::Endpoint, error, http::HttpRequest},
    },
};
use ending::{Ending, cut, fail, finish, no_reply};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// How long usage may trail the terminal event before reading stops.
const GRACE_MS: f64 = 2_000.0;
/// From what silence on a stream is said to pause.
const PAUSE_MS: f64 = 150.0;
/// How long the rest of a body may take after the run is over.
const DRAIN_MS: i32 = 1_000;
/// From this size in bytes on, a request's tokens are not estimated often.
const HEAVY_BODY: usize = 256 * 1024;
/// How much of an error body is read.
const ERROR_BODY_LIMIT: usize = 256 * 1024;

/// Why we ended a request ourselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StopReason {
    /// The person stopped it.
    Person,
    /// Nothing came for longer than the idle limit.
    Idle,
    /// The terminal event was seen and nothing more came.
    Settled,
}

/// A run on its way. It owns what the request needs; the key is dropped with
/// it.
pub struct Job {
    /// The run.
    pub cell: RunCell,
    /// Its pane.
    pub pane: Pane,
    /// Where it goes.
    pub endpoint: Endpoint,
    provider: &'static Provider,
    codec: &'static Codec,
    request: HttpRequest,
    key: Option<ApiKey>,
    abort: RefCell<Option<AbortHandle>>,
    reason: Cell<Option<StopReason>>,
    last_sign: Cell<Option<f64>>,
    /// Since when only usage may follow.
    settled_at: Cell<Option<f64>>,
}

impl Job {
    /// A job that has not begun.
    pub fn new(
        cell: RunCell,
        pane: Pane,
        provider: &'static Provider,
        endpoint: Endpoint,
        codec: &'static Codec,
        request: HttpRequest,
        key: Option<ApiKey>,
    ) -> Self {
        Self {
            cell,
            pane,
            endpoint,
            provider,
            codec,
            request,
            key,
            abort: RefCell::new(None),
            reason: Cell::new(None),
            last_sign: Cell::new(None),
            settled_at: Cell::new(None),
        }
    }

    /// Ends the request; the first reason counts.
    pub fn abort(&self, reason: StopReason) {
        if self.reason.get().is_none() {
            self.reason.set(Some(reason));
        }
        if let Some(handle) = self.abort.borrow().as_ref() {
            handle.abort();
        }
    }

    /// Looks whether the stream has been silent for too long.
    pub fn watch(&self, now: Millis, idle_limit_ms: f64) {
        let Some(last) = self.last_sign.get() else {
            return;
        };
        let silent = now.0 - last;
        // From the terminal event on, keep-alives are no sign of life.
        let settled = self
            .settled_at
            .get()
            .is_some_and(|since| now.0 - since > GRACE_MS);
        if settled {
            self.abort(StopReason::Settled);
        } else if idle_limit_ms > 0.0 && silent > idle_limit_ms {
            self.abort(StopReason::Idle);
        }
    }

    /// Whether the stream pauses, so that what the display held back may show.
    pub fn pauses(&self, now: Millis) -> bool {
        self.last_sign
            .get()
            .is_some_and(|last| now.0 - last > PAUSE_MS)
    }

    /// After how many ticks of the watchdog the cost so far is said anew: a
    /// request of megabytes takes a while to be estimated.
    pub fn beats_per_price(&self) -> u32 {
        if self.request.body.len() > HEAVY_BODY {
            16
        } else {
            2
        }
    }

    /// Whether the request left the queue.
    pub fn has_started(&self) -> bool {
        self.last_sign.get().is_some()
    }

    fn alive(&self, at: Millis) {
        self.last_sign.set(Some(at.0));
    }
}

/// Sends the request and reads its reply to the end.
pub async fn drive(runner: Runner, job: Rc<Job>) {
    if job.reason.get().is_none() {
        attempt(runner, &job).await;
    }
    runner.leave_queue(job.cell.id);
}

async fn attempt(runner: Runner, job: &Rc<Job>) {
    let Some(guard) = AbortGuard::new() else {
        fail(runner, job, Failure::new(FailureKind::Blocked(Vec::new())));
        return;
    };
    *job.abort.borrow_mut() = Some(guard.handle());
    let transport = job.endpoint.transport;
    let loaded = if transport.is_loaded() {
        // It may still have to come, which is no part of a run's time.
        let Some(parts) = later::need().await else {
            return no_reply(runner, job, FetchError::Network);
        };
        if job.reason.get().is_some() {
            return no_reply(runner, job, FetchError::Aborted);
        }
        if !ready(runner, job, parts, &guard).await {
            return;
        }
        Some(parts)
    } else {
        None
    };
    let origin = job.endpoint.origin.clone();
    // Nothing in the page needs a connection.
    let first_call = !transport.is_in_page() && !runner.has_answered(&job.request.url);
    let bound = job.key.as_ref().map(|key| (&origin, key));
    let sent_at = clock::now();
    job.alive(sent_at);
    let hidden = page::is_hidden();
    let change = {
        let mut state = job.cell.state();
        state.sent_at = Some(clock::wall());
        state.log.sent(sent_at, first_call, hidden)
    };
    runner.mark_dirty(&job.cell, change);
    let sent = match loaded {
        Some(parts) => (parts.answer)(transport, &job.request, &guard).await,
        None if transport.is_in_page() => demo::send(&job.request, &guard).await,
        None => send(runner, job, bound, &guard).await,
    };
    match sent {
        Ok(reply) => read(runner, job, reply).await,
        Err(error) => no_reply(runner, job, error),
    }
}

async fn send(
    runner: Runner,
    job: &Job,
    bound: Bound<'_>,
    guard: &AbortGuard,
) -> Result<Reply, FetchError> {
    let signs = job.request.auth.sigv4.is_some();
    let Some(parts) = later::parts().filter(|_| signs) else {
        return fetch::send(&job.request, bound, guard).await;
    };
    // The clock of the run starts anew: the refusal is no part of its times.
    let again = |seconds| {
        let at = clock::now();
        job.alive(at);
        let change = {
            let mut state = job.cell.state();
            state.sent_at = Some(clock::wall());
            if let Some(sent) = &mut state.sent {
                sent.signed_again(seconds);
            }
            state.log.sent_again(at, page::is_hidden())
        };
        runner.mark_dirty(&job.cell, change);
        runner.say_clock_is_off(seconds);
    };
    (parts.send_signed)(&job.request, bound, guard, &again).await
}

/// Gets the model in the page ready, whether it is. Until then the run waits in
/// its queue: loading a model is no part of the time to its first token.
async fn ready(
    runner: Runner,
    job: &Rc<Job>,
    parts: &'static AppParts,
    guard: &AbortGuard,
) -> bool {
    let model = {
        let state = job.cell.state();
        state.setup.as_ref().map(|setup| setup.model.clone())
    };
    let model = model.unwrap_or_else(|| "".into());
    let devices = runner.devices();
    match (parts.get_ready)(&devices, job.endpoint.transport, model.as_str(), guard).await {
        Ok(()) => return job.reason.get().is_none(),
        Err(NotReady::Aborted) => no_reply(runner, job, FetchError::Aborted),
        Err(NotReady::Fault(fault)) => {
            let failure = fault.failure();
            job.cell.state().device = Some(fault);
            fail(runner, job, failure);
        }
    }
    false
}

async fn read(runner: Runner, job: &Rc<Job>, mut reply: Reply) {
    let at = clock::now();
    job.alive(at);
    runner.note_answered(job.endpoint.origin.as_str());
    runner.note_answered(&job.request.url);
    let change = job.cell.state().log.headers(at, &reply.head);
    runner.mark_dirty(&job.cell, change);
    let status = reply.head.status;
    if !(200..300).contains(&status) {
        let body = reply.rest(ERROR_BODY_LIMIT).await;
        let headers = &reply.head.headers;
        fail(
            runner,
            job,
            error::classify(job.endpoint.dialect, status, headers, &body),
        );
        return;
    }
    let mut decoder = job.codec.decoder();
    let mut events: Vec<StreamEvent> = Vec::new();
    let mut accepts = job.key.is_some();
    loop {
        let chunk = reply.chunk().await;
        let at = clock::now();
        match chunk {
            Ok(Some(chunk)) => {
                job.alive(at);
                // All of it came at one time.
                let mut size = Some(chunk.size());
                chunk.each(|bytes| {
                    decoder.push(bytes, &mut events);
                    job.cell.state().log.note_frames(decoder.counts());
                    // Some refuse a key in the body of a 200.
                    if accepts && events.iter().any(is_content) {
                        accepts = false;
                        let vault = runner.vault();
                        vault.note_accepted(&job.provider.id, &job.endpoint.origin);
                    }
                    apply(runner, job, &mut events, size.take(), at);
                });
                match decoder.progress() {
                    Progress::Open => job.settled_at.set(None),
                    Progress::Settling => {
                        if job.settled_at.get().is_none() {
                            job.settled_at.set(Some(at.0));
                        }
                    }
                    Progress::Complete => break finish(runner, job, decoder, at, Ending::Ours),
                }
            }
            Ok(None) => break finish(runner, job, decoder, at, Ending::Body),
            Err(error) => break cut(runner, job, decoder, error, at),
        }
        if job.cell.state().log.phase().is_over() {
            runner.over(&job.cell);
            break;
        }
    }
    drain(job, reply).await;
}

/// Whether it shows that a model began to answer.
fn is_content(event: &StreamEvent) -> bool {
    matches!(
        event,
        StreamEvent::BlockStart { .. } | StreamEvent::Delta { .. } | StreamEvent::Finish(_)
    )
}

/// Reads what is left, so that the browser can use the connection again, but
/// not for long. Nothing is timed here any more.
async fn drain(job: &Job, mut reply: Reply) {
    let handle = job.abort.borrow().clone();
    let _limit = Timer::once(DRAIN_MS, move || {
        if let Some(handle) = handle {
            handle.abort();
        }
    });
    while let Ok(Some(_)) = reply.chunk().await {}
}

fn apply(
    runner: Runner,
    job: &Job,
    events: &mut Vec<StreamEvent>,
    bytes: Option<usize>,
    at: Millis,
) {
    let mut change = Change::NONE;
    {
        let mut state = job.cell.state();
        if let Some(len) = bytes {
            change |= state.log.bytes(at, len);
        }
        for mut event in events.drain(..) {
            if let (StreamEvent::Error(failure) | StreamEvent::Warning(failure), Some(key)) =
                (&mut event, &job.key)
            {
                failure.redact(key);
            }
            change |= state.log.apply(&event, at);
        }
    }
    runner.mark_dirty(&job.cell, change);
}
