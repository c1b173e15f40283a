//! The vote on the answers to one question: the best one, others as good, a tie,
//! all bad.

use super::{Room, Step};
use crate::{core::ballot::sheet::Choice, words::words};
use leptos::prelude::*;

/// What was chosen (tracked).
pub(super) fn chosen(room: Room, turn: usize) -> Option<Choice> {
    room.sheet.with(|sheet| sheet.as_ref()?.choice(turn))
}

/// Chooses.
pub(super) fn choose(room: Room, turn: usize, choice: Choice) {
    room.sheet.update(|sheet| {
        if let Some(sheet) = sheet {
            sheet.choose(turn, Some(choice));
        }
    });
}

/// Lets a pane be as good as the best one, or no longer.
pub(super) fn join(room: Room, turn: usize, pane: usize) {
    room.sheet.update(|sheet| {
        if let Some(sheet) = sheet {
            sheet.join(turn, pane);
        }
    });
}

/// The choices, each with its key.
pub(super) fn choices(shown: &[(char, usize)]) -> Vec<(Choice, String, String)> {
    let w = words().ballot();
    let count = shown.len();
    let best = shown.iter().enumerate().map(|(at, (letter, pane))| {
        let text = (w.best)(*letter, count);
        (Choice::best(*pane), text, (at + 1).to_string())
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

/// The buttons of the vote and the way on.
pub(super) fn bar(room: Room, turn: usize, at: usize, shown: &[(char, usize)]) -> AnyView {
    let w = words().ballot();
    let buttons = choices(shown)
        .into_iter()
        .map(|(choice, text, key)| button(room, turn, choice, text, key));
    let buttons: Vec<_> = buttons.collect();
    // Of two, a tie says all there is to say.
    let several = (shown.len() > 2).then(|| several(room, turn, shown.to_vec()));
    view! {
        <div class="vote-bar" role="group" aria-label=w.choose>
            <div class="vote-choices">{buttons}</div>
            {several}
            {way_on(room, turn, at)}
        </div>
    }
    .into_any()
}

fn button(room: Room, turn: usize, choice: Choice, text: String, key: String) -> AnyView {
    let id = match choice {
        Choice::Best { .. } => "vote-best",
        Choice::Tie => "vote-tie",
        Choice::AllBad => "vote-bad",
    };
    let is_pressed = move || {
        chosen(room, turn).is_some_and(|now| match choice.lead() {
            Some(pane) => now.lead() == Some(pane),
            None => now == choice,
        })
    };
    let shortcut = key.to_lowercase();
    view! {
        <button
            type="button"
            class="btn vote"
            data-testid=id
            aria-pressed=move || is_pressed().to_string()
            aria-keyshortcuts=shortcut
            on:click=move |_| choose(room, turn, choice)
        >
            <span>{text}</span>
            <kbd>{key}</kbd>
        </button>
    }
    .into_any()
}

/// Which others are as good as the best one, and what the vote says.
fn several(room: Room, turn: usize, shown: Vec<(char, usize)>) -> AnyView {
    let w = words().ballot();
    let lead = Memo::new(move |_| chosen(room, turn).and_then(Choice::lead));
    let for_row = shown.clone();
    let row = move || {
        let lead = lead.get()?;
        let (letter, _) = for_row.iter().find(|(_, pane)| *pane == lead)?;
        let others = for_row
            .iter()
            .enumerate()
            .filter(|(_, (_, pane))| *pane != lead);
        let others = others.map(|(at, (letter, pane))| also(room, turn, (at, *letter, *pane)));
        let others: Vec<_> = others.collect();
        let label = (w.as_good)(*letter);
        let spoken = label.clone();
        Some(
            view! {
                <div class="vote-also" role="group" aria-label=spoken>
                    <span class="label" aria-hidden="true">{label}</span>
                    {others}
                </div>
            }
            .into_any(),
        )
    };
    let said = move || {
        let vote = chosen(room, turn)?.among(shown.iter().map(|(_, pane)| *pane).collect());
        let (best, rest): (Vec<_>, Vec<_>) =
            shown.iter().partition(|(_, pane)| vote.best.has(*pane));
        let letters =
            |of: Vec<(char, usize)>| of.into_iter().map(|(letter, _)| letter).collect::<Vec<_>>();
        Some((w.said)(&letters(best), &letters(rest)))
    };
    view! {
        <div class="vote-several">
            {row}
            <p class="hint" role="status" data-testid="vote-said">
                {said}
            </p>
        </div>
    }
    .into_any()
}

/// One that may be as good: its place on the screen, letter and pane.
fn also(room: Room, turn: usize, (at, letter, pane): (usize, char, usize)) -> AnyView {
    let is_pressed = move || chosen(room, turn).is_some_and(|choice| choice.has(pane));
    let digit = (at + 1).to_string();
    let shortcut = format!("Shift+{digit}");
    view! {
        <button
            type="button"
            class="btn vote"
            data-testid="vote-also"
            data-letter=letter.to_string()
            aria-pressed=move || is_pressed().to_string()
            aria-keyshortcuts=shortcut
            on:click=move |_| join(room, turn, pane)
        >
            <span>{letter.to_string()}</span>
            <kbd aria-hidden="true">"⇧"{digit}</kbd>
        </button>
    }
    .into_any()
}

/// Back, and on to the next question or to the end.
fn way_on(room: Room, turn: usize, at: usize) -> AnyView {
    let w = words().ballot();
    let is_last = at + 1 == untrack(|| room.open_turns()).len();
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
    }
    .into_any()
}
