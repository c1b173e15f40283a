//! Input tokens as the providers' own counters count them, before a run.

use super::{
    connection,
    pane::Pane,
    runner::{Runner, ToCount},
    task,
    upcoming::{Next, Upcoming},
};
use crate::core::{
    domain::{Failure, FailureKind, ProtocolFault},
    wire::{count_tokens, error},
};
use leptos::prelude::*;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How much of a reply is read.
const REPLY_LIMIT: usize = 64 * 1024;

/// What a counter said of one request.
#[derive(Debug, Clone, PartialEq)]
pub enum Counted {
    /// It was asked.
    Asking,
    /// So many input tokens.
    Tokens(u64),
    /// It could not be asked, or gave no count.
    Failed(Failure),
}

/// What counters said, by request.
#[derive(Clone, Copy)]
pub struct Counts(RwSignal<Vec<(u64, Counted)>>);

impl Counts {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Whatever changes is a reason to look again.
    pub(super) fn track(self) {
        self.0.track();
    }

    /// Whether nothing was ever counted: then no request need be told from
    /// others.
    pub(super) fn is_empty(self) -> bool {
        self.0.with_untracked(Vec::is_empty)
    }

    /// What is known of a request (tracked).
    pub fn of(self, request: u64) -> Option<Counted> {
        self.0.with(|all| {
            let found = all.iter().find(|(known, _)| *known == request);
            found.map(|(_, counted)| counted.clone())
        })
    }

    fn set(self, request: u64, counted: Counted) {
        self.0.update(|all| {
            all.retain(|(known, _)| *known != request);
            all.push((request, counted));
        });
    }
}

/// Tells requests apart: where one would go, and what it would say.
pub fn fingerprint(url: &str, body: &serde_json::Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    url.hash(&mut hasher);
    body.to_string().hash(&mut hasher);
    hasher.finish()
}

impl Upcoming {
    /// The panes whose provider counts, each with the fingerprint of what it
    /// would be asked.
    pub fn countable(self) -> Vec<(Pane, u64)> {
        let next = self.asked_next();
        next.map_or_else(Vec::new, |next| self.countable_of(&next))
    }

    fn countable_of(self, next: &Next) -> Vec<(Pane, u64)> {
        let panes = self.panes();
        let countable = panes.into_iter().filter_map(|pane| {
            let request = self.runner().to_come(&pane, &next.before, &next.prompt)?;
            let endpoint = request.endpoint.as_ref()?;
            count_tokens::has_counter(request.setup.row()?, endpoint)
                .then(|| (pane, request.fingerprint()))
        });
        countable.collect()
    }

    /// Asks the counters of all panes that have one.
    pub fn count_input(self) {
        let Some(next) = self.asked_next() else {
            return;
        };
        for (pane, request) in self.countable_of(&next) {
            let counts = self.counts;
            if matches!(
                counts.of(request),
                Some(Counted::Asking | Counted::Tokens(_))
            ) {
                continue;
            }
            counts.set(request, Counted::Asking);
            let to_count = self.runner().to_count(&pane, &next.before, &next.prompt);
            let runner = self.runner();
            task::spawn(async move {
                let counted = match to_count {
                    Ok(to_count) => ask(runner, to_count).await,
                    Err(failure) => Counted::Failed(failure),
                };
                counts.set(request, counted);
            });
        }
    }
}

async fn ask(runner: Runner, to_count: ToCount) -> Counted {
    let ToCount {
        request,
        endpoint,
        key,
    } = to_count;
    let Some((guard, _timer)) = connection::limited(connection::LIMIT_MS) else {
        return Counted::Failed(Failure::new(FailureKind::Server));
    };
    let bound = key.as_ref().map(|key| (&endpoint.origin, key));
    let Ok(mut reply) = connection::send(&request, bound, &guard).await else {
        return Counted::Failed(Failure::new(FailureKind::Blocked(Vec::new())));
    };
    let body = reply.rest(REPLY_LIMIT).await;
    runner.note_answered(endpoint.origin.as_str());
    if !(200..300).contains(&reply.head.status) {
        let head = &reply.head;
        let mut failure = error::classify(endpoint.dialect, head.status, &head.headers, &body);
        if let Some(key) = &key {
            failure.redact(key);
        }
        return Counted::Failed(failure);
    }
    let text = String::from_utf8_lossy(&body);
    count_tokens::read(&text).map_or_else(
        || {
            Counted::Failed(Failure::new(FailureKind::Protocol(
                ProtocolFault::Unrecognised,
            )))
        },
        Counted::Tokens,
    )
}
