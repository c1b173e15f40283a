//! Then and now: each pane's last run beside an earlier one of the same prompt.

pub mod lacking;
pub mod row;
pub mod way;

use crate::{
    app::{Pane, RunCell, use_comparison, use_runner},
    core::{
        drift::{self, Seen},
        run::Phase,
    },
    ui::kit::{self, Dialog, Each},
    words::words,
};
use lacking::{Missing, lacking};
use leptos::{ev::MouseEvent, prelude::*};
use way::{Steps, Way};

/// Whether the dialog is open.
#[derive(Clone, Copy)]
pub struct Drift(pub RwSignal<bool>);

/// Creates the context.
pub fn provide() {
    provide_context(Drift(RwSignal::new(false)));
}

/// The context.
pub fn use_drift() -> Drift {
    expect_context()
}

/// The dialog.
#[component]
pub fn DriftDialog() -> impl IntoView {
    let Drift(open) = use_drift();
    view! {
        <Dialog
            open=open
            title=Signal::stored(words().drift().title.to_owned())
            test_id="drift"
            on_close=move |()| open.set(false)
        >
            <Body />
        </Dialog>
    }
}

/// The runs of the last turn in a pane that can be compared, the oldest first
/// (tracked).
fn runs(pane: &Pane, turn: Option<u32>) -> Vec<RunCell> {
    let cells = pane.cells.get();
    let of_turn = cells.into_iter().filter(|cell| Some(cell.turn) == turn);
    of_turn.collect()
}

/// Of these runs, the one that is looked at where none was chosen.
fn earlier(runs: &[RunCell]) -> Option<&RunCell> {
    let seen = runs.iter().map(|cell| {
        let state = cell.state();
        Seen {
            is_restored: state.restored.is_some(),
            has_text: !state.log.answer().is_empty(),
        }
    });
    runs.get(drift::earlier(&seen.collect::<Vec<_>>())?)
}

/// A moment of a document in short: `2026-11-02 10:11 UTC`.
fn moment(iso: &str) -> String {
    match iso.get(..16) {
        Some(minute) => format!("{} UTC", minute.replace('T', " ")),
        None => iso.to_owned(),
    }
}

#[component]
fn Body() -> impl IntoView {
    let comparison = use_comparison();
    let runner = use_runner();
    let w = words().drift();
    let turn = Memo::new(move |_| comparison.last_turn().map(|turn| turn.id));
    let lead = move || {
        let turn = turn.get();
        let all: Vec<RunCell> = comparison.panes.with(|panes| {
            let runs = panes.iter().flat_map(|pane| runs(pane, turn));
            runs.collect()
        });
        let created = all.iter().find_map(|cell| {
            let state = cell.state();
            let restored = state.restored.as_ref()?;
            Some(restored.document.created.as_deref().map(moment))
        });
        let most = comparison
            .panes
            .with(|panes| panes.iter().map(|pane| runs(pane, turn).len()).max());
        match created {
            Some(created) => (w.lead_opened)(created.as_deref()),
            None if most > Some(1) => w.lead_here.to_owned(),
            None => w.lead_none.to_owned(),
        }
    };
    let is_running = move || runner.active.get() > 0;
    let press = move |event: MouseEvent| {
        if kit::is_second(&event) {
            return;
        }
        if runner.active.get_untracked() > 0 {
            runner.stop_all();
        } else {
            runner.run_again_with_keys();
        }
    };
    let lacking = lacking();
    let cannot_run = move || lacking.with(|it| it.all) && !is_running();
    let way = Way::begin();
    way.listen();
    let has_two = Memo::new(move |_| {
        let turn = turn.get();
        comparison
            .panes
            .with(|panes| panes.iter().any(|pane| runs(pane, turn).len() > 1))
    });
    view! {
        <div class="drift">
            <p>{lead}</p>
            <Missing lacking />
            <div class="card-actions">
                <button
                    type="button"
                    class="btn"
                    data-testid="drift-run"
                    disabled=cannot_run
                    on:click=press
                >
                    {move || if is_running() { w.stop } else { w.run_again }}
                </button>
                <span class="hint">{w.own_keys}</span>
            </div>
            {move || has_two.get().then(|| view! { <Steps way /> })}
            <Each
                each=move || comparison.panes.get()
                key=|pane| pane.id.0
                children=move |pane| view! { <row::Row pane turn way /> }
            />
        </div>
    }
}

/// Whether a run still goes on.
fn is_going_on(phase: Phase) -> bool {
    phase.is_running() || phase == Phase::Queued
}
