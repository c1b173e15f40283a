//! The blind vote: a page of its own on which nothing says whose answers these
//! are, and the dialog in which ballots come together.

mod bring;
mod cards;
mod keys;
mod outcome;
mod picture;
mod reveal;
mod scan;
mod steps;
mod vote;

use super::{
    kit::{Dialog, focus},
    present,
};
use crate::{
    app::{
        Comparison, Notices,
        ballots::{self, Ballots, use_ballots},
        use_comparison, use_notices,
    },
    browser::{clock, events::Listener, page},
    core::ballot::{Subject, Voter, criteria, sheet::Sheet},
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Where a voter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Before the first answer is shown.
    Intro,
    /// At one of the questions that can be voted on, by its place among those.
    Vote(usize),
    /// The ballot is cast.
    Cast,
    /// The screen changes hands.
    HandOver,
    /// The names are there.
    Revealed,
}

/// What all parts of the page share.
#[derive(Clone, Copy)]
struct Room {
    comparison: Comparison,
    ballots: Ballots,
    notices: Notices,
    subject: Memo<Arc<Subject>>,
    step: RwSignal<Step>,
    sheet: RwSignal<Option<Sheet>>,
    voter: StoredValue<Option<Voter>>,
    name: RwSignal<String>,
    /// The code of the ballot that was cast last.
    code: RwSignal<String>,
    /// Ballots cast on this screen since the page was opened.
    cast: RwSignal<usize>,
    leaving: RwSignal<bool>,
}

/// Opens a blind vote on the comparison.
pub fn open_vote(comparison: Comparison) {
    comparison.expanded.set(None);
    comparison
        .blind
        .set(Some(ballots::new_invitation(Vec::new())));
}

/// The page of a blind vote.
pub fn room() -> AnyView {
    let comparison = use_comparison();
    let subject = Memo::new(move |_| Arc::new(ballots::subject(comparison)));
    let ballots = use_ballots();
    let asked_for = comparison.blind.with_untracked(|invitation| {
        let invitation = invitation.as_ref();
        invitation.map_or_else(String::new, |invitation| invitation.criteria.join(", "))
    });
    if !asked_for.is_empty() {
        ballots.ask_for(asked_for);
    }
    let room = Room {
        comparison,
        ballots,
        notices: use_notices(),
        subject,
        step: RwSignal::new(Step::Intro),
        sheet: RwSignal::new(None),
        voter: StoredValue::new(None),
        name: RwSignal::new(String::new()),
        code: RwSignal::new(String::new()),
        cast: RwSignal::new(0),
        leaving: RwSignal::new(false),
    };
    if let Some(document) = page::document() {
        let listener = Listener::new(document, "keydown", move |event| room.on_key(&event));
        // Gone with the page of the vote.
        StoredValue::new_local(listener);
    }
    // Each step begins at its heading, also for those who hear the page.
    Effect::new(move |_| {
        room.step.track();
        focus::later(["#room-title"]);
    });
    let presenting = present::use_presenting();
    let w = words().ballot();
    view! {
        <div
            class="room"
            data-testid="blind"
            data-presented=move || presenting.is_on().then_some("")
        >
            <header class="room-head">
                <h1>{w.heading}</h1>
                <span class="spacer"></span>
                {move || (room.step.get() != Step::Revealed).then(|| view! {
                    <button type="button" class="btn-text" data-testid="blind-leave" on:click=move |_| room.ask_to_leave()>
                        {w.leave}
                    </button>
                })}
            </header>
            <main class="room-body">
                {move || match room.step.get() {
                    Step::Intro => steps::intro(room),
                    Step::Vote(at) => cards::question(room, at),
                    Step::Cast => steps::cast(room),
                    Step::HandOver => steps::hand_over(room),
                    Step::Revealed => reveal::view(room),
                }}
            </main>
            <p class="visually-hidden" role="status" data-testid="status">
                {move || room.status()}
            </p>
        </div>
        {leave_dialog(room)}
    }
    .into_any()
}

/// Ballots, and what they say.
pub fn dialog() -> AnyView {
    let dialogs = super::dialogs::use_dialogs();
    view! {
        <Dialog
            open=dialogs.ballots
            title=Signal::stored(words().ballot().ballots.to_owned())
            test_id="ballots-dialog"
            on_close=move |()| dialogs.ballots.set(false)
        >
            {outcome::view(true)}
        </Dialog>
    }
    .into_any()
}

fn leave_dialog(room: Room) -> impl IntoView {
    let w = words().ballot();
    view! {
        <Dialog
            open=room.leaving
            title=Signal::stored(w.leave_title.to_owned())
            test_id="leave-blind"
            on_close=move |()| room.leaving.set(false)
        >
            <p>{w.leave_text}</p>
            <div class="card-actions">
                <button type="button" class="btn" data-testid="leave-yes" on:click=move |_| room.leave()>
                    {w.leave_yes}
                </button>
                <button type="button" class="btn" autofocus data-testid="leave-no" on:click=move |_| room.leaving.set(false)>
                    {w.stay}
                </button>
            </div>
        </Dialog>
    }
}

impl Room {
    /// Whether every answer that was asked for is there (tracked).
    fn is_complete(self) -> bool {
        let progress = ballots::progress(self.comparison);
        progress.over == progress.all
    }

    /// Whether the names were revealed already (tracked).
    fn is_locked(self) -> bool {
        self.ballots.is_revealed(self.subject.get().fingerprint())
    }

    /// Whether one person votes here on a device of their own.
    fn is_own_device(self) -> bool {
        let blind = self.comparison.blind;
        blind.with_untracked(|invitation| invitation.as_ref().is_some_and(|it| it.by_link))
    }

    /// Whether the voter of this device cast a ballot before this one.
    fn voted_before(self) -> bool {
        let own = untrack(|| self.ballots.of(self.subject.get().fingerprint()));
        let voter = self.voter.get_value();
        let cast = own.iter().filter(|ballot| Some(ballot.voter) == voter);
        cast.count() > 1
    }

    /// The next voter, with a sheet and an order of their own.
    fn begin(self) {
        let invitation = self.comparison.blind.get_untracked().unwrap_or_default();
        let subject = self.subject.get_untracked();
        let (voter, seed) = self.ballots.voter(subject.fingerprint(), &invitation);
        let criteria = criteria(&self.ballots.criteria.get_untracked());
        let sheet = Sheet::new(&subject, criteria, seed);
        self.voter.set_value(Some(voter));
        self.sheet.set(Some(sheet));
        self.step.set(Step::Vote(0));
    }

    fn open_turns(self) -> Vec<usize> {
        let turns = |sheet: &Option<Sheet>| sheet.as_ref().map(Sheet::open_turns);
        self.sheet.with(turns).unwrap_or_default()
    }

    /// The answers to a question with their letters, in this voter's order. The
    /// letters run on from A over the panes that stand in any question, and a
    /// pane keeps its letter from question to question.
    fn shown(self, turn: usize) -> Vec<(char, usize)> {
        self.sheet.with_untracked(|sheet| {
            let Some(sheet) = sheet else {
                return Vec::new();
            };
            let turns = sheet.open_turns().into_iter();
            let mut standing: Vec<_> = turns.flat_map(|turn| sheet.shown(turn)).collect();
            standing.sort_unstable();
            standing.dedup();
            let here = sheet.shown(turn);
            let lettered = ('A'..='H').zip(standing.into_iter().map(|(_, pane)| pane));
            lettered
                .filter(|(_, pane)| here.iter().any(|(_, other)| other == pane))
                .collect()
        })
    }

    /// To the next question, or casts the ballot after the last one.
    fn go_on(self, at: usize) {
        if at + 1 < untrack(|| self.open_turns()).len() {
            self.step.set(Step::Vote(at + 1));
            return;
        }
        let subject = self.subject.get_untracked();
        let voter = self.voter.get_value();
        let ballot = self.sheet.with_untracked(|sheet| {
            let name = self.name.get_untracked();
            Some(sheet.as_ref()?.cast(&subject, voter?, &name, clock::wall()))
        });
        if let Some(ballot) = ballot {
            self.code.set(ballot.to_code());
            self.ballots.cast(ballot);
            self.cast.update(|count| *count += 1);
            self.step.set(Step::Cast);
        }
    }

    /// Shows the names; from now on there is no vote.
    fn reveal(self) {
        self.ballots
            .reveal(self.subject.get_untracked().fingerprint());
        self.step.set(Step::Revealed);
    }

    fn ask_to_leave(self) {
        // Before the first answer there was nothing to see.
        if self.step.get_untracked() == Step::Intro {
            self.comparison.blind.set(None);
        } else {
            self.leaving.set(true);
        }
    }

    /// Back to the page with the names.
    fn leave(self) {
        self.leaving.set(false);
        self.ballots
            .reveal(self.subject.get_untracked().fingerprint());
        self.comparison.blind.set(None);
        focus::later(["[data-testid=ballots]", focus::PROMPT]);
    }

    /// What is read out (tracked).
    fn status(self) -> String {
        let w = words().ballot();
        match self.step.get() {
            Step::Intro | Step::HandOver => String::new(),
            Step::Vote(at) => (w.turn)(at + 1, self.open_turns().len()),
            Step::Cast => w.kept.to_owned(),
            Step::Revealed => w.revealed.to_owned(),
        }
    }
}
