//! Who may send now.
//!
//! Browsers open at most six HTTP/1.1 connections to an origin and hold further
//! requests back without a word, which would be measured as the server's time.
//! So we hold them back ourselves, as `queued`, and count from the moment a
//! request is really sent. Requests that list models take up connections too.
//!
//! Over https a browser nearly always speaks HTTP/2 or 3, which share one
//! connection; there is no limit of ours. An https server that speaks HTTP/1.1
//! only cannot be told apart from here.
//!
//! A model that runs in this page or in the browser has one instance, which
//! answers one run at a time; simulated ones cost nothing and all run at once.

use crate::core::{catalog::Transport, domain::Origin};

/// Requests at once to an origin over plain http.
pub const HTTP_LIMIT: usize = 6;

/// Requests at once to an origin, by its scheme; `None` for any number.
fn limit(origin: &Origin) -> Option<usize> {
    let scheme = origin
        .as_str()
        .split_once("://")
        .map_or("", |(head, _)| head);
    if scheme == "https" || Transport::Simulated.scheme() == Some(scheme) {
        None
    } else if [Transport::OnDevice, Transport::BuiltIn]
        .map(Transport::scheme)
        .contains(&Some(scheme))
    {
        Some(1)
    } else {
        Some(HTTP_LIMIT)
    }
}

/// In which order runs are sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// All at once, as far as the limit allows.
    #[default]
    Parallel,
    /// One after another over all panes, in the order of enqueueing.
    Sequential,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Run,
    List,
}

#[derive(Debug, Clone)]
struct Job<T> {
    id: T,
    origin: Origin,
    kind: Kind,
    started: bool,
}

/// Decides what may start. It starts nothing itself: each call returns the ids
/// that the caller has to send now, in order; each id comes back exactly once,
/// and counts as running until `finished` or `cancel`.
#[derive(Debug, Clone)]
pub struct Scheduler<T> {
    order: Order,
    jobs: Vec<Job<T>>,
}

impl<T: Clone + PartialEq> Scheduler<T> {
    /// Nothing waiting, nothing running.
    pub fn new(order: Order) -> Self {
        Self {
            order,
            jobs: Vec::new(),
        }
    }

    /// Changes the order of what still waits.
    pub fn set_order(&mut self, order: Order) -> Vec<T> {
        self.order = order;
        self.start()
    }

    /// A run wants to be sent. An id that is already known is left alone.
    pub fn enqueue(&mut self, id: T, origin: Origin) -> Vec<T> {
        self.add(id, origin, Kind::Run)
    }

    /// A request for a list of models wants to be sent. It counts against the
    /// origin's limit, but takes no part in the order of runs.
    pub fn enqueue_list(&mut self, id: T, origin: Origin) -> Vec<T> {
        self.add(id, origin, Kind::List)
    }

    /// A request has ended, in whatever way.
    pub fn finished(&mut self, id: &T) -> Vec<T> {
        self.jobs.retain(|job| job.id != *id);
        self.start()
    }

    /// A request was given up, whether it was waiting or running.
    pub fn cancel(&mut self, id: &T) -> Vec<T> {
        self.finished(id)
    }

    /// Whether it still waits for its turn.
    pub fn is_waiting(&self, id: &T) -> bool {
        self.jobs.iter().any(|job| job.id == *id && !job.started)
    }

    /// How many are running.
    pub fn running(&self) -> usize {
        self.jobs.iter().filter(|job| job.started).count()
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.jobs.len() - self.running()
    }

    fn add(&mut self, id: T, origin: Origin, kind: Kind) -> Vec<T> {
        if !self.jobs.iter().any(|job| job.id == id) {
            self.jobs.push(Job {
                id,
                origin,
                kind,
                started: false,
            });
        }
        self.start()
    }

    /// Oldest first, so that nothing is overtaken at its own origin. In
    /// sequence, a run that cannot start holds up the runs behind it.
    fn start(&mut self) -> Vec<T> {
        let sequential = self.order == Order::Sequential;
        let is_running_run = |job: &Job<T>| job.started && job.kind == Kind::Run;
        let mut run_is_held = sequential && self.jobs.iter().any(is_running_run);
        let mut ready = Vec::new();
        for place in 0..self.jobs.len() {
            let Some(job) = self.jobs.get(place).filter(|job| !job.started) else {
                continue;
            };
            let is_run = job.kind == Kind::Run;
            if is_run && run_is_held {
                continue;
            }
            run_is_held |= is_run && sequential;
            if !self.has_room(&job.origin) {
                continue;
            }
            if let Some(job) = self.jobs.get_mut(place) {
                job.started = true;
                ready.push(job.id.clone());
            }
        }
        ready
    }

    fn has_room(&self, origin: &Origin) -> bool {
        let same = |job: &&Job<T>| job.started && job.origin == *origin;
        limit(origin).is_none_or(|limit| self.jobs.iter().filter(same).count() < limit)
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
