//! Starts, stops and retries runs, and publishes their progress once a frame.

mod beat;
mod ends;
mod keyed;
mod prepare;
mod to_come;
pub use to_come::{ToCome, ToCount};

use super::{
    comparison::{Comparison, Turn, use_comparison},
    device::{DeviceModels, use_device_models},
    files::{Files, use_files},
    later,
    notices::{Notices, Undo, use_notices},
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
        domain::{Origin, PaneId},
        queue::{Order, Scheduler},
        run::Change,
        sorted::{SortedMap, SortedSet},
    },
    words::{signatures, words},
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
    /// Sends the composer's prompt to every pane as the next turn, or, while
    /// an earlier message is being edited, in its place.
    pub fn run_all(&self) {
        let comparison = self.comparison;
        if comparison.panes.with_untracked(Vec::is_empty) {
            self.notices.toast(words().composer.no_pane);
            return;
        }
        if self.active.get_untracked() > 0 {
            // Neither a second click on Run nor the next question may cut off
            // what is being answered.
            self.notices.toast(words().composer.still_running);
            return self.catch_up();
        }
        if untrack(|| self.files.is_busy())
            && let Some(parts) = later::parts()
        {
            return (parts.run_when_ready)(comparison, self.files, *self, self.notices);
        }
        self.drop_unsent_turn();
        let is_blank = untrack(|| comparison.is_draft_blank());
        if is_blank && comparison.turns.with_untracked(|turns| !turns.is_empty()) {
            self.notices.toast(words().composer.empty_follow_up);
            return self.catch_up();
        }
        let edited = comparison.editing.get_untracked();
        let before = comparison.turns.get_untracked();
        if let Some(edited) = edited {
            comparison.cut_turns_from(edited);
        }
        let template = comparison.draft.get_untracked();
        let turn = Turn {
            id: comparison.next_id(),
            prompt: self.fill_in(&template),
            template,
            attachments: comparison.attached.get_untracked(),
        };
        comparison.turns.update(|turns| turns.push(turn.clone()));
        let started = self.start_all(&turn);
        if started == 0 {
            // Nothing was sent: what was typed stays where it was typed, and
            // an edit has replaced nothing. The refused turn comes after what
            // it was to replace, for the panes to say why.
            if edited.is_some() {
                comparison
                    .turns
                    .set(before.into_iter().chain([turn]).collect());
            }
            self.notices.say(words().status.nothing_sent);
            return;
        }
        comparison.after_run();
        comparison.forget_runs_except(&before);
        if edited.is_some() {
            let this = *self;
            let undo = Undo::new(move || this.undo_edit(&before, turn.id));
            self.notices
                .toast_with_undo(words().composer.later_dropped, undo);
        }
        self.notices.say((words().status.started)(started));
    }

    /// Puts the conversation back to what it was before a message was edited,
    /// unless it has gone on since. The edited text returns to the composer.
    fn undo_edit(&self, before: &[Turn], edited: u32) {
        let comparison = self.comparison;
        let last = comparison.last_turn_untracked();
        let Some(last) = last.filter(|turn| turn.id == edited) else {
            self.notices.toast(words().composer.undo_too_late);
            return;
        };
        self.stop_all();
        comparison.turns.set(before.to_vec());
        if untrack(|| comparison.is_draft_blank()) {
            comparison.draft.set(last.template);
            comparison.attached.set(last.attachments);
        }
    }

    /// Panes that have no run of the last turn, such as a copy made since, get
    /// one.
    fn catch_up(&self) {
        let Some(turn) = self.comparison.last_turn_untracked() else {
            return;
        };
        for pane in self.comparison.panes.get_untracked() {
            if pane.cell_untracked(turn.id).is_none() {
                self.start(&pane, &turn);
            }
        }
    }

    /// Runs the last turn again in every pane.
    pub fn run_again(&self) {
        if self.is_edit_unsent() {
            return self.run_all();
        }
        let Some(turn) = self.comparison.last_turn_untracked() else {
            return;
        };
        let started = self.start_all(&turn);
        self.notices.say((words().status.started)(started));
    }

    /// Runs the last turn again in one pane.
    pub fn retry(&self, pane: PaneId) {
        if self.is_edit_unsent() {
            return self.run_all();
        }
        let turn = self.comparison.last_turn_untracked();
        if let (Some(pane), Some(turn)) = (self.comparison.pane(pane), turn) {
            self.start(&pane, &turn);
        }
    }

    /// A turn of which nothing was sent leaves with the next run.
    fn drop_unsent_turn(&self) {
        if let Some(turn) = self.unsent_turn() {
            self.comparison
                .turns
                .update(|turns| turns.retain(|other| other.id != turn.id));
        }
    }

    /// The last turn, if nothing of it was sent.
    fn unsent_turn(&self) -> Option<Turn> {
        let turn = self.comparison.last_turn_untracked()?;
        // Any run counts, not only the latest: a retry that was refused does
        // not undo an answer.
        let sent = self
            .comparison
            .panes
            .with_untracked(|panes| panes.iter().any(|pane| pane.sent_anything(turn.id)));
        (!sent).then_some(turn)
    }

    /// Whether the last turn is an edit that was refused everywhere: it stands
    /// after what it is to replace, and may not be sent from there.
    fn is_edit_unsent(&self) -> bool {
        let comparison = self.comparison;
        let Some(edited) = comparison.editing.get_untracked() else {
            return false;
        };
        self.unsent_turn().is_some_and(|turn| {
            turn.id != edited
                && turn.template == comparison.draft.get_untracked()
                && turn.attachments == comparison.attached.get_untracked()
        })
    }

    /// Starts a turn in every pane; in how many something will be sent.
    fn start_all(&self, turn: &Turn) -> usize {
        let panes = self.comparison.panes.get_untracked();
        panes.iter().filter(|pane| self.start(pane, turn)).count()
    }

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
