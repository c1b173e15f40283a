//! Starts runs, lets them wait for each other, and publishes their progress once
//! a frame.

mod beat;
mod ends;
mod keyed;
mod prepare;
mod to_come;
mod turns;
pub use to_come::{ToCome, ToCount};

use super::{
    comparison::{Comparison, Turn, use_comparison},
    device::{DeviceModels, use_device_models},
    files::{Files, use_files},
    notices::{Notices, use_notices},
    pane::{Pane, RunCell},
    prices::{Prices, use_prices},
    settings::{Settings, use_settings},
    stream::{self, Job},
    task,
    vault::{Vault, use_vault},
};
use crate::{
    browser::{clock, events::Listener, frame::FrameScheduler, page, timer::Timer},
    core::{
        domain::Origin,
        queue::{Order, Scheduler},
        run::Change,
        sorted::{SortedMap, SortedSet},
    },
    words::signatures,
};
use leptos::prelude::*;
use std::{collections::VecDeque, rc::Rc};

/// How often idle limits and graces are looked at.
const WATCH_MS: i32 = 250;
/// How often the running clocks on the screen move.
const TICK_MS: f64 = 100.0;

/// What the runner keeps to itself. Not reactive and not `Send`.
struct Inner {
    scheduler: Scheduler<u32>,
    jobs: SortedMap<u32, Rc<Job>>,
    lists: SortedMap<u32, Box<dyn FnOnce()>>,
    /// What waits to be shown, whoever has waited longest first.
    dirty: VecDeque<(RunCell, Change)>,
    frame: FrameScheduler,
    watch: Option<Timer>,
    answered: SortedSet<String>,
    last_tick: f64,
    /// When many panes last drew.
    last_drawn: f64,
    /// Counts the watchdog's ticks.
    beats: u32,
}

/// Runs panes.
#[derive(Clone, Copy)]
pub struct Runner {
    inner: StoredValue<Inner, LocalStorage>,
    /// The page's clock in ms, moving while something runs.
    pub now: RwSignal<f64>,
    /// How many runs are not over.
    pub active: RwSignal<usize>,
    comparison: Comparison,
    vault: Vault,
    devices: DeviceModels,
    files: Files,
    settings: Settings,
    notices: Notices,
    prices: Prices,
}

/// Creates the context.
pub fn provide() {
    // The frame callback needs the runner and the runner needs the scheduler;
    // the context closes the circle.
    let owner = Owner::current();
    let frame = FrameScheduler::new(move || {
        if let Some(runner) = owner
            .as_ref()
            .and_then(|owner| owner.with(use_context::<Runner>))
        {
            runner.on_frame();
        }
    });
    let runner = Runner {
        inner: StoredValue::new_local(Inner {
            scheduler: Scheduler::new(Order::Parallel),
            jobs: SortedMap::new(),
            lists: SortedMap::new(),
            dirty: VecDeque::new(),
            frame,
            watch: None,
            answered: SortedSet::new(),
            last_tick: 0.0,
            last_drawn: 0.0,
            beats: 0,
        }),
        now: RwSignal::new(clock::now().0),
        active: RwSignal::new(0),
        comparison: use_comparison(),
        vault: use_vault(),
        devices: use_device_models(),
        files: use_files(),
        settings: use_settings(),
        notices: use_notices(),
        prices: use_prices(),
    };
    provide_context(runner);
    if let Some(document) = page::document() {
        Listener::new(document, "visibilitychange", move |_| {
            runner.on_visibility();
        })
        .forever();
    }
}

/// The context.
pub fn use_runner() -> Runner {
    expect_context()
}

impl Runner {
    /// Starts one pane's run of a turn; whether anything will be sent.
    fn start(&self, pane: &Pane, turn: &Turn) -> bool {
        self.stop(pane.id);
        let cell = RunCell::new(self.comparison.next_id(), turn.id);
        let job = self.prepare(pane, turn, &cell);
        pane.cells.update(|cells| cells.push(cell.clone()));
        let job = match job {
            Ok(job) => job,
            Err(failure) => {
                cell.state().log.fail(failure, clock::now());
                self.over(&cell);
                return false;
            }
        };
        cell.state().log.queued();
        self.prices.price(&cell);
        cell.publish(Change::ALL);
        let origin = job.endpoint.origin.clone();
        let order = self.comparison.order.get_untracked();
        self.active.update(|active| *active += 1);
        let ready = self
            .inner
            .try_update_value(|inner| {
                inner.jobs.insert(cell.id, Rc::new(job));
                if inner.watch.is_none() {
                    let this = *self;
                    inner.watch = Timer::every(WATCH_MS, move || this.watch());
                }
                let mut ready = inner.scheduler.set_order(order);
                ready.extend(inner.scheduler.enqueue(cell.id, origin));
                ready
            })
            .unwrap_or_default();
        self.launch(ready);
        self.request_frame();
        true
    }

    /// The runs that have begun and are not over.
    pub fn running(&self) -> Vec<u32> {
        self.inner
            .with_value(|inner| inner.jobs.keys().copied().collect())
    }

    fn launch(&self, ready: Vec<u32>) {
        for id in ready {
            let found = self.inner.with_value(|inner| inner.jobs.get(&id).cloned());
            if let Some(job) = found {
                task::spawn(stream::drive(*self, job));
                continue;
            }
            let list = self
                .inner
                .try_update_value(|inner| inner.lists.remove(&id))
                .flatten();
            if let Some(start) = list {
                start();
            }
        }
    }

    /// Puts another call (a model list) into the same queue as the runs;
    /// `start` is called when its turn has come. Whoever calls this must call
    /// [`Self::leave_queue`] when done.
    pub fn enqueue_list(&self, id: u32, origin: Origin, start: impl FnOnce() + 'static) {
        let ready = self
            .inner
            .try_update_value(|inner| {
                inner.lists.insert(id, Box::new(start));
                inner.scheduler.enqueue_list(id, origin)
            })
            .unwrap_or_default();
        self.launch(ready);
    }

    /// A queued call is over: whoever waited may start.
    pub fn leave_queue(&self, id: u32) {
        let ready = self
            .inner
            .try_update_value(|inner| inner.scheduler.finished(&id))
            .unwrap_or_default();
        self.launch(ready);
    }

    /// Whether a run still waits for others of its queue.
    pub fn is_waiting(&self, cell: &RunCell) -> bool {
        self.inner
            .with_value(|inner| inner.scheduler.is_waiting(&cell.id))
    }

    /// Publishes `change` at one of the next frames.
    pub(super) fn mark_dirty(&self, cell: &RunCell, change: Change) {
        if change.is_empty() {
            return;
        }
        self.inner.update_value(|inner| {
            let waiting = inner
                .dirty
                .iter_mut()
                .find(|(other, _)| other.id == cell.id);
            match waiting {
                Some((_, known)) => *known |= change,
                None => inner.dirty.push_back((cell.clone(), change)),
            }
        });
        self.request_frame();
    }

    /// Notes that an origin or a URL answered. A URL that has not pays for a
    /// preflight, its origin for a connection.
    pub(super) fn note_answered(&self, origin: &str) {
        self.inner.update_value(|inner| {
            inner.answered.insert(origin.to_owned());
        });
    }

    /// Whether an origin or a URL has answered since the page was opened.
    pub(super) fn has_answered(&self, origin: &str) -> bool {
        self.inner
            .with_value(|inner| inner.answered.contains(origin))
    }

    /// Says that a request was signed once more, by the provider's clock.
    pub(super) fn say_clock_is_off(&self, seconds: i64) {
        self.notices.toast(signatures::clock_corrected(seconds));
    }

    /// The models of this page, for the stream.
    pub(super) fn devices(&self) -> DeviceModels {
        self.devices
    }

    /// The vault, for the stream.
    pub(in crate::app) fn vault(&self) -> Vault {
        self.vault
    }
}
