//! The answers to one question, without names, and the marks that each gets.

use super::{Room, vote};
use crate::{
    app::ballots,
    core::ballot::BEST_MARK,
    ui::{kit::unique_id, later::use_later, markdown::MarkdownView},
    words::words,
};
use leptos::{html, prelude::*};
use std::cell::RefCell;

/// One question: what was asked, the answers in the voter's order, the vote.
pub(super) fn question(room: Room, at: usize) -> AnyView {
    let w = words().ballot();
    let turns = untrack(|| room.open_turns());
    let Some(turn) = turns.get(at).copied() else {
        return ().into_any();
    };
    let subject = room.subject.get_untracked();
    let prompt = subject.turns.get(turn).map(|turn| turn.prompt.clone());
    let shown = room.shown(turn);
    let all = room.subject.with_untracked(|subject| subject.panes.len());
    let missing = all.saturating_sub(shown.len());
    let cards: Vec<AnyView> = shown
        .iter()
        .map(|(letter, pane)| card(room, turn, *letter, *pane))
        .collect();
    let of_all = (turns.len() > 1).then(|| (w.turn)(at + 1, turns.len()));
    view! {
        <section class="room-question" aria-labelledby="room-title">
            <h2 id="room-title" tabindex="-1" class="label">{of_all.unwrap_or_else(|| w.question.to_owned())}</h2>
            <p class="room-prompt" tabindex="0">{prompt}</p>
            {(missing > 0)
                .then(|| {
                    view! {
                        <p class="hint" data-testid="blind-missing">{(w.missing)(missing, all)}</p>
                    }
                })}
        </section>
        <div class="blind-cards">{cards}</div>
        {vote::bar(room, turn, at, &shown)}
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
    let chosen = move || vote::chosen(room, turn).is_some_and(|choice| choice.has(pane));
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
