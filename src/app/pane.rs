//! A pane and its runs as handles: cheap to clone, identity by id, signals
//! that outlive every component.

use super::{later, relays};
use crate::{
    core::{
        catalog::{Catalog, Provider, Transport},
        credentials::KeyAge,
        device::{DeviceFault, file_name},
        domain::{Api, Millis, ModelId, PaneId, Params, ProviderId},
        pricing::{Cost, CostGap, Moment},
        recipe::result::{ResultDoc, ResultRun},
        run::{Change, Phase, RunLog, latest_answer},
        text::Document,
        wire::{
            endpoint::{self, Endpoint, EndpointError},
            request::{Refusal, SentReport},
        },
    },
    words::failure,
};
use leptos::prelude::*;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a pane is set to.
#[derive(Debug, Clone, PartialEq)]
pub struct PaneSetup {
    /// Provider row.
    pub provider: ProviderId,
    /// The API, where it is not the provider's first.
    pub api: Option<Api>,
    /// Model id; may be empty until one is chosen.
    pub model: ModelId,
    /// Base URL, where it is not the provider's own.
    pub base_url: Option<String>,
    /// The person's own name for the pane.
    pub label: Option<String>,
    /// Parameters of this pane; they win over the shared ones.
    pub params: Params,
    /// Extra members of the request body, sent as they are.
    pub extra_body: serde_json::Map<String, serde_json::Value>,
    /// Recipe fields of this pane that this version does not know.
    pub unknown: serde_json::Map<String, serde_json::Value>,
    /// The same of its `params`.
    pub unknown_params: serde_json::Map<String, serde_json::Value>,
}

impl PaneSetup {
    /// A pane of a provider and model with nothing else set.
    pub fn new(provider: impl Into<ProviderId>, model: impl Into<ModelId>) -> Self {
        Self {
            provider: provider.into(),
            api: None,
            model: model.into(),
            base_url: None,
            label: None,
            params: Params::default(),
            extra_body: serde_json::Map::new(),
            unknown: serde_json::Map::new(),
            unknown_params: serde_json::Map::new(),
        }
    }

    /// The provider's row, if this version has one.
    pub fn row(&self) -> Option<&'static Provider> {
        Catalog::builtin().provider(&self.provider)
    }

    /// Whether its answers are prepared text.
    pub fn is_simulated(&self) -> bool {
        self.row()
            .is_some_and(|row| row.transport == Transport::Simulated)
    }

    /// Where requests would go without a relay.
    pub fn direct(&self) -> Option<Result<Endpoint, EndpointError>> {
        Some(endpoint::resolve(
            self.row()?,
            self.api,
            self.base_url.as_deref(),
        ))
    }

    /// Where requests go; `None` for an unknown provider.
    pub fn endpoint(&self) -> Option<Result<Endpoint, EndpointError>> {
        Some(relays::resolve(
            self.row()?,
            self.api,
            self.base_url.as_deref(),
        ))
    }

    /// The model that the person named for a deployment of theirs; known once
    /// the later part is there, with which such routes come.
    pub fn base_model(&self) -> Option<ModelId> {
        let endpoint = self.endpoint()?.ok()?;
        (later::parts()?.base_model)(&endpoint, &self.model)
    }

    /// The model whose rules and limits count.
    pub fn known_model(&self) -> ModelId {
        self.base_model().unwrap_or_else(|| self.model.clone())
    }

    /// Whether a run made with `other` would have asked the same model over the
    /// same route.
    pub fn asks_the_same(&self, other: &Self) -> bool {
        self.provider == other.provider
            && self.api == other.api
            && self.model == other.model
            && self.base_url == other.base_url
    }

    /// The name to show: the label, else the model.
    pub fn name(&self) -> &str {
        self.label
            .as_deref()
            .filter(|label| !label.is_empty())
            .unwrap_or(self.model.as_str())
    }
}

/// A pane.
#[derive(Clone)]
pub struct Pane {
    /// Identity.
    pub id: PaneId,
    /// What it is set to.
    pub setup: ArcRwSignal<PaneSetup>,
    /// Its runs, the oldest first; several may belong to one turn (retries).
    pub cells: ArcRwSignal<Vec<RunCell>>,
    /// A run that is shown in place of the last one: a replay of it.
    pub stand_in: ArcRwSignal<Option<RunCell>>,
}

impl Pane {
    /// A pane without runs.
    pub fn new(id: PaneId, setup: PaneSetup) -> Self {
        Self {
            id,
            setup: ArcRwSignal::new(setup),
            cells: ArcRwSignal::new(Vec::new()),
            stand_in: ArcRwSignal::new(None),
        }
    }

    /// What is shown as the latest run of a turn (tracked).
    pub fn cell(&self, turn: u32) -> Option<RunCell> {
        let stand_in = self.stand_in.get().filter(|cell| cell.turn == turn);
        stand_in.or_else(|| self.run(turn))
    }

    /// The latest run of a turn (tracked).
    fn run(&self, turn: u32) -> Option<RunCell> {
        self.cells
            .with(|cells| cells.iter().rev().find(|cell| cell.turn == turn).cloned())
    }

    /// The latest run of a turn itself, if it was of the model and route that
    /// the pane has now (tracked).
    pub fn own_run(&self, turn: u32) -> Option<RunCell> {
        let cell = self.run(turn)?;
        self.setup.with(|setup| cell.is_of(setup)).then_some(cell)
    }

    /// The latest run of a turn, if it was of the model and route that the pane
    /// has now (tracked): figures must not stand under another model's name.
    pub fn own_cell(&self, turn: u32) -> Option<RunCell> {
        let cell = self.cell(turn)?;
        self.setup.with(|setup| cell.is_of(setup)).then_some(cell)
    }

    /// The answer that counts for a turn in a conversation.
    pub fn answer(&self, turn: u32) -> Option<String> {
        let cells = self.cells.get_untracked();
        let runs: Vec<_> = cells
            .iter()
            .filter(|cell| cell.turn == turn)
            .map(RunCell::state)
            .collect();
        latest_answer(runs.iter().map(|run| &run.log)).map(str::to_owned)
    }

    /// Whether any run of a turn was sent.
    pub fn sent_anything(&self, turn: u32) -> bool {
        self.cells.with_untracked(|cells| {
            cells
                .iter()
                .any(|cell| cell.turn == turn && cell.state().sent.is_some())
        })
    }

    /// The latest run of a turn, not tracked.
    pub fn cell_untracked(&self, turn: u32) -> Option<RunCell> {
        self.cells
            .with_untracked(|cells| cells.iter().rev().find(|cell| cell.turn == turn).cloned())
    }
}

/// Everything known about one run. Not reactive: the signals of [`RunCell`]
/// say when to look.
#[derive(Default)]
pub struct RunState {
    /// The reducer.
    pub log: RunLog,
    /// The answer as a growing block tree.
    pub doc: Document,
    /// How many bytes of the log's answer the document has.
    pub doc_len: usize,
    /// What was sent, without the key.
    pub sent: Option<SentReport>,
    /// When it was sent, by the clock on the wall: prices have their days.
    pub sent_at: Option<Moment>,
    /// Where it was sent.
    pub endpoint: Option<Endpoint>,
    /// The setup at the time of the run.
    pub setup: Option<PaneSetup>,
    /// The schema that the answer was to follow.
    pub schema: Option<serde_json::Value>,
    /// Why nothing was sent.
    pub refusals: Vec<Refusal>,
    /// Earlier turns without an answer in this pane, left out of the request.
    pub left_out: usize,
    /// When the run ended, on the page's clock.
    pub ended_at: Option<Millis>,
    /// Why its model does not run in this page.
    pub device: Option<DeviceFault>,
    /// Whether a key was needed and missing.
    pub key_missing: bool,
    /// How old the key was that was sent, where it ends by itself.
    pub key_age: Option<KeyAge>,
    /// Whose key the one that was sent looks like, if not this provider's.
    pub key_owner: Option<String>,
    /// Where it comes from, if it was not made on this page.
    pub restored: Option<Restored>,
}

/// A run out of a document.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The document: when, where and by whom it was written.
    pub document: Arc<ResultDoc>,
    /// Where it stands there: pane, turn and run.
    pub place: [usize; 3],
}

impl Restored {
    /// As the document has it.
    pub fn run(&self) -> Option<&ResultRun> {
        let [pane, turn, run] = self.place;
        let turn = self.document.panes.get(pane)?.turns.get(turn)?;
        turn.runs.get(run)
    }

    /// What it cost when it was made.
    pub fn cost(&self) -> Cost {
        let known = self.run().and_then(|run| run.facts.cost.clone());
        known.unwrap_or(Cost::Unknown(CostGap::NotSaid))
    }
}

/// One run of one pane.
#[derive(Clone)]
pub struct RunCell {
    /// Identity.
    pub id: u32,
    /// The turn that it answers.
    pub turn: u32,
    /// The phase; changes at once.
    pub phase: ArcRwSignal<Phase>,
    /// Counts up when marks, usage, tool calls or errors changed; at most once a
    /// frame.
    pub facts: ArcRwSignal<u32>,
    /// Counts up when text grew; at most once a frame.
    pub text: ArcRwSignal<u32>,
    /// What it costs or has cost; while it runs said anew twice a second, and
    /// final when the phase is.
    pub cost: ArcRwSignal<Arc<Cost>>,
    state: Arc<Mutex<RunState>>,
}

impl RunCell {
    /// A run that has not begun.
    pub fn new(id: u32, turn: u32) -> Self {
        Self {
            id,
            turn,
            phase: ArcRwSignal::new(Phase::Idle),
            facts: ArcRwSignal::new(0),
            text: ArcRwSignal::new(0),
            cost: ArcRwSignal::new(Arc::new(Cost::Unknown(CostGap::NotSent))),
            state: Arc::new(Mutex::new(RunState::default())),
        }
    }

    /// The state. Never hold the guard across an await or a signal write.
    pub fn state(&self) -> MutexGuard<'_, RunState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this run was of the model and route of `setup`.
    pub fn is_of(&self, setup: &PaneSetup) -> bool {
        self.state()
            .setup
            .as_ref()
            .is_none_or(|own| own.asks_the_same(setup))
    }

    /// Publishes what the log has come to; `change` says what moved since the
    /// last time, so that nothing else is looked at. Text first, so that whoever
    /// reacts to the phase finds the text there.
    pub fn publish(&self, change: Change) {
        let phase = {
            let mut state = self.state();
            if let Some(parts) = super::later::parts() {
                (parts.feed_document)(&mut state);
            }
            state.log.phase()
        };
        if change.touches(Change::ANSWER | Change::THINKING) {
            self.text.update(|count| *count = count.wrapping_add(1));
        }
        if change.touches(Change::FACTS | Change::PHASE) {
            self.facts.update(|count| *count = count.wrapping_add(1));
        }
        if self.phase.get_untracked() != phase {
            self.phase.set(phase);
        }
    }
}

impl RunState {
    /// Lets the document show what it held back while text was pouring in;
    /// whether that was anything.
    pub fn flush_document(&mut self) -> bool {
        let before = self.doc.revision();
        self.doc.flush();
        self.doc.revision() != before
    }

    /// What went wrong in one line, without the host: this is also shown to a
    /// room. `None` where nothing did.
    pub fn failure_title(&self) -> Option<String> {
        let setup = self.setup.as_ref();
        let model = setup.map_or("", |setup| setup.model.as_str());
        let file = file_name(model);
        let row = setup.and_then(PaneSetup::row);
        let context = failure::Context {
            provider: row.map_or("", |row| row.name.as_str()),
            model,
            key_missing: self.key_missing,
            refusals: &self.refusals,
            device: self.device.as_ref().map(|fault| (fault, file.as_str())),
            ..failure::Context::default()
        };
        Some(failure::title(self.log.failure()?, &context))
    }

    /// Gives the document what the answer has gained.
    pub fn feed_document(&mut self) {
        let Self {
            log, doc, doc_len, ..
        } = self;
        let answer = log.answer();
        if let Some(grown) = answer.get(*doc_len..)
            && !grown.is_empty()
        {
            doc.push(grown);
            *doc_len = answer.len();
        }
        if log.phase().is_over() {
            doc.finish();
        }
    }
}

impl PartialEq for RunCell {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
