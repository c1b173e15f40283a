//! What the next run could cost at most, said anew after each pause in typing.

use super::{
    comparison::{Comparison, Turn, use_comparison},
    counting::{Counted, Counts},
    deployments, later,
    live::LiveLists,
    model_facts::PaneInput,
    pane::Pane,
    prices::{Prices, use_prices},
    runner::{Runner, ToCome, use_runner},
};
use crate::{
    browser::{clock, timer::Timer},
    core::{
        domain::Message,
        pricing::{PaneToPrice, WorstCase, input_of, worst_case},
        wire::{Dialect, model_facts},
    },
};
use leptos::prelude::*;
use std::rc::Rc;

/// How long typing must pause.
const PAUSE_MS: i32 = 150;
/// How long the page may be kept busy at a stretch; a prompt of megabytes takes
/// longer, pane by pane.
const STRETCH_MS: f64 = 8.0;

/// The worst case as a signal; `None` while there is nothing to ask.
#[derive(Clone, Copy)]
pub struct Upcoming {
    /// What the next run could cost at most.
    pub case: RwSignal<Option<WorstCase>>,
    /// How large the inputs are of panes that ask for room.
    pub inputs: RwSignal<Vec<PaneInput>>,
    /// What providers counted.
    pub counts: Counts,
    timer: StoredValue<Option<Timer>, LocalStorage>,
    comparison: Comparison,
    runner: Runner,
    prices: Prices,
}

/// What would be asked next.
pub(super) struct Next {
    /// After which turns.
    pub(super) before: Rc<[Turn]>,
    /// What.
    pub(super) prompt: Rc<Message>,
}

/// What is being looked at, pane by pane.
struct Work {
    left: std::vec::IntoIter<Pane>,
    next: Next,
    done: WorstCase,
    inputs: Vec<PaneInput>,
}

/// Creates the context.
pub fn provide() {
    let upcoming = Upcoming {
        case: RwSignal::new(None),
        inputs: RwSignal::new(Vec::new()),
        counts: Counts::new(),
        timer: StoredValue::new_local(None),
        comparison: use_comparison(),
        runner: use_runner(),
        prices: use_prices(),
    };
    Effect::new(move |_| {
        // While something runs, what stands there is what that may cost.
        let is_running = upcoming.runner.active.get() > 0;
        upcoming.track();
        if !is_running {
            let begin = Timer::once(PAUSE_MS, move || {
                if let Some(parts) = later::parts() {
                    (parts.look_ahead)(upcoming);
                }
            });
            upcoming.timer.set_value(begin);
        }
    });
    provide_context(upcoming);
}

/// The context.
pub fn use_upcoming() -> Upcoming {
    expect_context()
}

impl Upcoming {
    /// Everything that a request is made of.
    fn track(self) {
        let comparison = self.comparison;
        comparison.draft.track();
        comparison.attached.track();
        comparison.system.track();
        comparison.params.track();
        comparison.variables.track();
        comparison.prefix.track();
        comparison.turns.track();
        comparison.editing.track();
        self.counts.track();
        self.prices.table.track();
        self.prices.can_price.track();
        comparison.panes.with(|panes| {
            for pane in panes {
                pane.setup.track();
                pane.cells.track();
            }
        });
    }

    /// What would be asked next: the draft, or, while it is empty, the last turn
    /// once more.
    pub(super) fn asked_next(self) -> Option<Next> {
        let comparison = self.comparison;
        let draft = comparison.draft.get_untracked();
        let mut before = comparison.turns.get_untracked();
        let editing = comparison.editing.get_untracked();
        let is_blank = untrack(|| comparison.is_draft_blank());
        let prompt = if is_blank {
            before.pop().map(|turn| turn.message())
        } else {
            if let Some(at) = before.iter().position(|turn| Some(turn.id) == editing) {
                before.truncate(at);
            }
            let attached = comparison.attached.get_untracked();
            Some(Message::user(self.runner.filled(&draft).text).with(attached))
        };
        let prompt = prompt.filter(|_| editing.is_none() || !is_blank)?;
        Some(Next {
            before: before.into(),
            prompt: prompt.into(),
        })
    }

    /// Looks at what would be asked next.
    pub fn look_ahead(self) {
        let Some(next) = self.asked_next() else {
            self.case.set(None);
            self.inputs.set(Vec::new());
            return;
        };
        self.go_on(Work {
            left: self.panes().into_iter(),
            next,
            done: WorstCase::default(),
            inputs: Vec::new(),
        });
    }

    pub(super) fn panes(self) -> Vec<Pane> {
        self.comparison.panes.get_untracked()
    }

    pub(super) fn runner(self) -> Runner {
        self.runner
    }

    fn go_on(self, mut work: Work) {
        let began = clock::now().0;
        while let Some(pane) = work.left.next() {
            let part = self.look_at(&pane, &mut work);
            work.done.total = work.done.total.plus(part.total);
            work.done.panes.extend(part.panes);
            if clock::now().0 - began > STRETCH_MS {
                let next = Timer::once(0, move || self.go_on(work));
                self.timer.set_value(next);
                return;
            }
        }
        let case = Some(work.done).filter(|case| !case.panes.is_empty());
        if self.case.with_untracked(|before| *before != case) {
            self.case.set(case);
        }
        if self.inputs.with_untracked(|before| *before != work.inputs) {
            self.inputs.set(work.inputs);
        }
    }

    /// One pane's part; nothing where nothing would be sent.
    fn look_at(self, pane: &Pane, work: &mut Work) -> WorstCase {
        pane.setup.with_untracked(|setup| {
            if let (Some(row), Some(Ok(endpoint))) = (setup.row(), setup.endpoint()) {
                LiveLists::new(self.prices, self.runner.vault()).want(row, &endpoint);
            }
        });
        let Some(request) = self
            .runner
            .to_come(pane, &work.next.before, &work.next.prompt)
        else {
            return WorstCase::default();
        };
        work.inputs.extend(room_of(pane, &request));
        let table = untrack(|| self.prices.ready());
        let base_model = request
            .endpoint
            .as_ref()
            .and_then(|endpoint| deployments::base_model(endpoint, &request.setup.model));
        // Made of the whole body, at each pause in typing.
        let known = || untrack(|| self.counts.of(request.fingerprint()));
        let counted = match (!self.counts.is_empty()).then(known).flatten() {
            Some(Counted::Tokens(tokens)) => Some(tokens),
            _ => None,
        };
        let pane = PaneToPrice {
            name: request.setup.name(),
            provider: &request.setup.provider,
            origin: request.origin(),
            counted,
            model: base_model.as_ref().unwrap_or(&request.setup.model),
            body: &request.body,
            limit_is_ours: request.limit_is_ours,
        };
        worst_case(table.as_deref(), &[pane], clock::wall())
    }
}

/// How much room a pane's request needs and asks for, where that is asked at
/// all.
fn room_of(pane: &Pane, request: &ToCome) -> Option<PaneInput> {
    let endpoint = request.endpoint.as_ref()?;
    (endpoint.dialect == Dialect::OllamaChat).then(|| PaneInput {
        pane: pane.id,
        tokens: input_of(&request.body),
        window: model_facts::window_asked(&request.body),
    })
}
