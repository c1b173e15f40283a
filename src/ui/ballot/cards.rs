//! The answers to one question, without names, and the vote on them.

use super::{Room, Step};
use crate::{
    app::ballots,
    browser::page,
    core::ballot::{BEST_MARK, sheet::Choice},
    ui::{kit::unique_id, later::use_later, markdown::MarkdownView},
    words::words,
};
use leptos::{html, prelude::*};
use std::cell::RefCell;
use wasm_bindgen::JsCast as _;

/// One question: what was asked, the answers in the voter's order, the vote.
pub(super) fn question(room: Room, at: usize) -> AnyView {
    let w = words().ballot();
    let turns = untrack(|| room.open_turns());
    let Some(turn) = turns.get(at).copied() else {
        return ().into_any();
    };
    let subject = room.subject.get_untracked();
    let prompt = subject.turns.get(turn).map(|turn| turn.prompt.clone());
    let shown = room
        .sheet
        .with_untracked(|sheet| sheet.as_ref().map(|sheet| sheet.shown(turn)))
        .unwrap_or_default();
    let cards: Vec<AnyView> = shown
        .iter()
        .map(|(letter, pane)| card(room, turn, *letter, *pane))
        .collect();
    let of_all = (turns.len() > 1).then(|| (w.turn)(at + 1, turns.len()));
    view! {
        <section class="room-question" aria-labelledby="room-title">
            <h2 id="room-title" tabindex="-1" class="label">{of_all.unwrap_or_else(|| w.question.to_owned())}</h2>
            <p class="room-prompt" tabindex="0">{prompt}</p>
        </section>
        <div class="blind-cards">{cards}</div>
        {vote_bar(room, turn, at, &shown)}
    }
    .into_any()
}

/// An answer under its letter.
fn card(room: Room, turn: usize, letter: char, pane: usize) -> AnyView {
    let w = words().ballot();
    let title = (w.answer)(letter);
    let heading = format!("answer-{letter}");
    let labelled_by = heading.clone();
    let naming = ballots::naming_of(&room.subject.get_untracked(), turn, pane);
    let chosen = move || chosen(room, turn) == Some(Choice::Best(pane));
    let label = title.clone();
    view! {
        <section
            class="blind-card"
            class:blind-chosen=chosen
            data-testid="pane"
            data-provider="blind"
            data-model=letter.to_string()
            data-host="blind"
            data-phase="done"
            aria-labelledby=labelled_by
        >
            <h3 id=heading>{title}</h3>
            {naming
                .map(|naming| {
                    view! {
                        <p class="card-note" data-testid="names-itself">{(w.names_itself)(&naming.words)}</p>
                    }
                })}
            <div class="blind-scroll" tabindex="0" role="group" aria-label=label>
                {drawn(room, turn, pane)}
            </div>
            {marks(room, turn, letter, pane)}
        </section>
    }
    .into_any()
}

/// The answer as it is drawn everywhere else.
fn drawn(room: Room, turn: usize, pane: usize) -> AnyView {
    let node = NodeRef::<html::Div>::new();
    let later = use_later();
    let drawing: RefCell<Option<MarkdownView>> = RefCell::default();
    Effect::new(move |_| {
        let cell = untrack(|| ballots::cell(room.comparison, turn, pane));
        if let (Some(parent), Some(cell), Some(parts)) = (node.get(), cell, later.get()) {
            // What the document held back while text was pouring in is drawn, too.
            cell.text.track();
            (parts.draw)(&mut drawing.borrow_mut(), &parent, room.notices, &cell);
        }
    });
    view! { <div class="answer" node_ref=node data-testid="answer"></div> }.into_any()
}

/// Marks from 1 to 5 for each criterion.
fn marks(room: Room, turn: usize, letter: char, pane: usize) -> AnyView {
    let w = words().ballot();
    let criteria = room.sheet.with_untracked(|sheet| {
        let criteria = sheet.as_ref().map(|sheet| sheet.criteria.clone());
        criteria.unwrap_or_default()
    });
    let rows = criteria.into_iter().enumerate().map(|(nth, criterion)| {
        let group = unique_id("mark");
        let label = (w.mark_of)(&criterion, letter);
        let choices = std::iter::once(None).chain((1..=BEST_MARK).map(Some));
        let radios = choices.map(|mark| {
            let name = group.clone();
            let text = mark.map_or_else(|| words().unknown.to_owned(), |mark| mark.to_string());
            let spoken = mark.is_none().then_some(w.mark_none);
            let is_set = move || mark_of(room, turn, nth, pane) == mark;
            view! {
                <label class="mark" title=spoken>
                    <input
                        type="radio"
                        name=name
                        aria-label=spoken
                        data-testid="mark"
                        data-mark=mark.unwrap_or_default().to_string()
                        prop:checked=is_set
                        on:change=move |_| set_mark(room, turn, nth, pane, mark)
                    />
                    <span>{text}</span>
                </label>
            }
        });
        let radios: Vec<_> = radios.collect();
        let data = criterion.clone();
        view! {
            <div class="marks" role="radiogroup" aria-label=label data-criterion=data>
                <span class="label">{criterion}</span>
                <div class="mark-row">{radios}</div>
            </div>
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty())
        .then(|| view! { <div class="blind-marks">{rows}</div> })
        .into_any()
}

fn mark_of(room: Room, turn: usize, criterion: usize, pane: usize) -> Option<u8> {
    room.sheet
        .with(|sheet| sheet.as_ref()?.mark(turn, criterion, pane))
}

fn set_mark(room: Room, turn: usize, criterion: usize, pane: usize, mark: Option<u8>) {
    room.sheet.update(|sheet| {
        if let Some(sheet) = sheet {
            sheet.set_mark(turn, criterion, pane, mark);
        }
    });
}

fn chosen(room: Room, turn: usize) -> Option<Choice> {
    room.sheet.with(|sheet| sheet.as_ref()?.choice(turn))
}

fn choose(room: Room, turn: usize, choice: Choice) {
    room.sheet.update(|sheet| {
        if let Some(sheet) = sheet {
            sheet.choose(turn, Some(choice));
        }
    });
}

/// The choices, each with its key.
fn choices(shown: &[(char, usize)]) -> Vec<(Choice, String, String)> {
    let w = words().ballot();
    let count = shown.len();
    let best = shown.iter().enumerate().map(|(at, (letter, pane))| {
        let text = (w.best)(*letter, count);
        (Choice::Best(*pane), text, (at + 1).to_string())
    });
    let rest = [
        (Choice::Tie, (w.tie)(count).to_owned(), "T".to_owned()),
        (
            Choice::AllBad,
            (w.all_bad)(count).to_owned(),
            "B".to_owned(),
        ),
    ];
    best.chain(rest).collect()
}

fn vote_bar(room: Room, turn: usize, at: usize, shown: &[(char, usize)]) -> AnyView {
    let w = words().ballot();
    let count = untrack(|| room.open_turns()).len();
    let is_last = at + 1 == count;
    let buttons = choices(shown).into_iter().map(|(choice, text, key)| {
        let id = match choice {
            Choice::Best(_) => "vote-best",
            Choice::Tie => "vote-tie",
            Choice::AllBad => "vote-bad",
        };
        let pressed = move || (chosen(room, turn) == Some(choice)).to_string();
        let shortcut = key.to_lowercase();
        view! {
            <button
                type="button"
                class="btn vote"
                data-testid=id
                aria-pressed=pressed
                aria-keyshortcuts=shortcut
                on:click=move |_| choose(room, turn, choice)
            >
                <span>{text}</span>
                <kbd>{key}</kbd>
            </button>
        }
    });
    let buttons: Vec<_> = buttons.collect();
    let has_choice = Memo::new(move |_| chosen(room, turn).is_some());
    let may_cast = Memo::new(move |_| {
        has_choice.get()
            || !is_last
            || room
                .sheet
                .with(|it| it.as_ref().is_some_and(|it| !it.is_blank()))
    });
    let label = move || match (is_last, has_choice.get()) {
        (true, _) => w.cast,
        (false, true) => w.next,
        (false, false) => w.skip,
    };
    view! {
        <div class="vote-bar" role="group" aria-label=w.choose>
            <div class="vote-choices">{buttons}</div>
            <div class="vote-go">
                <span class="hint">{w.cast_hint}</span>
                {(at > 0)
                    .then(|| {
                        view! {
                            <button type="button" class="btn" on:click=move |_| room.step.set(Step::Vote(at - 1))>
                                {w.back}
                            </button>
                        }
                    })}
                <button
                    type="button"
                    class="btn btn-go"
                    data-testid="vote-next"
                    disabled=move || !may_cast.get()
                    on:click=move |_| room.go_on(at)
                >
                    {label}
                </button>
            </div>
        </div>
    }
    .into_any()
}

impl Room {
    /// Digits, T and B choose; Enter goes on, where it does not press a button.
    pub(super) fn on_key(self, event: &web_sys::Event) {
        let Some(event) = event.dyn_ref::<web_sys::KeyboardEvent>() else {
            return;
        };
        let Step::Vote(at) = self.step.get_untracked() else {
            return;
        };
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if has_modifier || event.is_composing() || page::has_open_dialog() {
            return;
        }
        let Some(turn) = untrack(|| self.open_turns()).get(at).copied() else {
            return;
        };
        let key = event.key().to_ascii_uppercase();
        if key == "ENTER" {
            let on_button = page::document()
                .and_then(|document| document.active_element())
                .is_some_and(|active| {
                    matches!(active.tag_name().as_str(), "BUTTON" | "A" | "SUMMARY")
                });
            if !on_button && untrack(|| chosen(self, turn)).is_some() {
                event.prevent_default();
                self.go_on(at);
            }
            return;
        }
        let shown = self
            .sheet
            .with_untracked(|sheet| sheet.as_ref().map(|sheet| sheet.shown(turn)));
        let all = choices(&shown.unwrap_or_default());
        if let Some((choice, _, _)) = all.into_iter().find(|(_, _, own)| *own == key) {
            event.prevent_default();
            choose(self, turn, choice);
        }
    }
}
