//! Before and after the vote: what to expect, the ballot's code, the hand-over.

use super::{
    Room, Step,
    keys::{NEXT_VOTER, REVEAL},
};
use crate::{
    app::{
        ballots::{self, Ballots},
        use_runner,
    },
    browser::page,
    core::{
        ballot::{MAX_NAME_BYTES, code},
        share::qr,
    },
    ui::kit::{self, copy_text},
    words::words,
};
use leptos::prelude::*;

/// What to expect, and how far the answers are.
pub(super) fn intro(room: Room) -> AnyView {
    let w = words().ballot();
    let has_turns = Memo::new(move |_| room.comparison.turns.with(|turns| !turns.is_empty()));
    let is_ready = Memo::new(move |_| room.is_complete());
    let can_vote = Memo::new(move |_| {
        let turns = &room.subject.get().turns;
        turns.iter().any(|turn| turn.answered().len() > 1)
    });
    view! {
        <section class="room-card" aria-labelledby="room-title">
            <h2 id="room-title" tabindex="-1">{w.choose}</h2>
            <p>{w.intro}</p>
            <p>{w.intro_reveal}</p>
            {move || {
                if room.is_locked() {
                    view! { <p class="card-note" data-testid="blind-locked">{w.locked}</p> }.into_any()
                } else if !has_turns.get() {
                    ask(room)
                } else if !is_ready.get() {
                    waiting(room)
                } else if !can_vote.get() {
                    view! { <p class="card-note">{w.too_few}</p> }.into_any()
                } else {
                    ready(room)
                }
            }}
        </section>
    }
    .into_any()
}

/// Nothing was asked yet.
fn ask(room: Room) -> AnyView {
    let w = words().ballot();
    let runner = use_runner();
    view! {
        <p>{w.not_asked}</p>
        <p class="room-prompt">{move || room.comparison.draft.get()}</p>
        <div class="card-actions">
            <button
                type="button"
                class="btn btn-go"
                data-testid="blind-ask"
                disabled=move || room.comparison.is_draft_blank()
                on:click=move |_| runner.run_all()
            >
                {w.ask}
            </button>
        </div>
    }
    .into_any()
}

/// The answers are on their way. How many are there says nothing about whose.
fn waiting(room: Room) -> AnyView {
    let w = words().ballot();
    let progress = Memo::new(move |_| ballots::progress(room.comparison));
    view! {
        <p role="status" data-testid="blind-waiting">
            {move || {
                let progress = progress.get();
                (w.waiting)(progress.over, progress.all)
            }}
        </p>
        <progress
            class="room-progress"
            aria-label=w.heading
            max=move || progress.get().all.to_string()
            value=move || progress.get().over.to_string()
        ></progress>
    }
    .into_any()
}

fn ready(room: Room) -> AnyView {
    let w = words().ballot();
    let failed = Memo::new(move |_| ballots::progress(room.comparison).failed);
    view! {
        {move || {
            let failed = failed.get();
            (failed > 0).then(|| view! { <p class="hint">{(w.some_failed)(failed)}</p> })
        }}
        {voter_fields(room, true)}
        <div class="card-actions">
            <button type="button" class="btn btn-go" data-testid="blind-begin" on:click=move |_| room.begin()>
                {w.begin}
            </button>
        </div>
    }
    .into_any()
}

fn voter_fields(room: Room, with_criteria: bool) -> AnyView {
    let w = words().ballot();
    view! {
        <div class="field">
            <label for="voter-name">{w.name}</label>
            <input
                id="voter-name"
                class="input"
                type="text"
                data-testid="voter-name"
                autocomplete="off"
                maxlength=MAX_NAME_BYTES.to_string()
                prop:value=move || room.name.get()
                on:input=move |event| room.name.set(event_target_value(&event))
            />
            <p class="hint">{w.name_hint}</p>
        </div>
        {with_criteria.then(|| criteria_field(room.ballots, "vote-criteria", w.criteria_hint))}
    }
    .into_any()
}

/// What marks are asked for, of the voters here and of those with a link.
pub(super) fn criteria_field(ballots: Ballots, id: &'static str, hint: &'static str) -> AnyView {
    let w = words().ballot();
    view! {
        <div class="field">
            <label for=id>{w.criteria}</label>
            <input
                id=id
                class="input"
                type="text"
                data-testid=id
                autocomplete="off"
                placeholder=w.criteria_example
                prop:value=move || ballots.criteria.get()
                on:input=move |event| ballots.ask_for(event_target_value(&event))
            />
            <p class="hint">{hint}</p>
        </div>
    }
    .into_any()
}

/// The ballot is cast: its code, and what may come next.
pub(super) fn cast(room: Room) -> AnyView {
    let w = words().ballot();
    // There the code has to travel, and nobody comes next.
    let is_own = room.is_own_device();
    let said = move || match is_own {
        true if room.voted_before() => w.to_send_again.to_owned(),
        true => w.to_send.to_owned(),
        false => (w.kept_as)(room.cast.get()),
    };
    let link = move || {
        let address = page::bare_address();
        format!(
            "{address}#{}={}",
            code::LINK_NAME,
            room.code.get_untracked()
        )
    };
    view! {
        <section class="room-card" aria-labelledby="room-title">
            <h2 id="room-title" tabindex="-1">{w.kept}</h2>
            <p data-testid="cast-said">{said}</p>
            <div class="field">
                <span class="label" id="ballot-code">{w.code}</span>
                <output class="ballot-code mono" aria-labelledby="ballot-code" data-testid="ballot-code">
                    {move || room.code.get()}
                </output>
                <p class="hint">{w.code_hint}</p>
                {square(&room.code.get_untracked())}
                <div class="card-actions">
                    <button
                        type="button"
                        class=if is_own { "btn btn-go" } else { "btn" }
                        data-testid="copy-code"
                        on:click=move |_| copy_text(room.notices, room.code.get_untracked(), || {})
                    >
                        {w.copy_code}
                    </button>
                    <button
                        type="button"
                        class="btn"
                        data-testid="copy-ballot-link"
                        on:click=move |_| copy_text(room.notices, link(), || {})
                    >
                        {w.copy_link}
                    </button>
                </div>
            </div>
            <div class="room-ways">
                {(!is_own).then(|| next_voter(room))}
                <div>
                    <button type="button" class="btn" data-testid="reveal" aria-keyshortcuts="r" on:click=move |_| room.reveal()>
                        <span>{w.reveal}</span>
                        <kbd>{REVEAL}</kbd>
                    </button>
                    <p class="hint">{w.reveal_hint}</p>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn next_voter(room: Room) -> AnyView {
    let w = words().ballot();
    view! {
        <div>
            <button type="button" class="btn btn-go" data-testid="next-voter" aria-keyshortcuts="n" on:click=move |_| hand_on(room)>
                <span>{w.next_voter}</span>
                <kbd>{NEXT_VOTER}</kbd>
            </button>
            <p class="hint">{w.next_voter_hint}</p>
        </div>
    }
    .into_any()
}

/// The code for the host's camera.
fn square(code: &str) -> Option<AnyView> {
    let label = words().ballot().code_square;
    Some(kit::square(
        qr::encode(code)?,
        label,
        "ballot-square",
        "ballot-square",
    ))
}

/// Nothing of the last ballot stays on the screen.
pub(super) fn hand_on(room: Room) {
    room.sheet.set(None);
    room.code.set(String::new());
    room.name.set(String::new());
    room.step.set(Step::HandOver);
}

/// The covering screen between two voters.
pub(super) fn hand_over(room: Room) -> AnyView {
    let w = words().ballot();
    view! {
        <section class="room-card" data-testid="hand-over" aria-labelledby="room-title">
            <h2 id="room-title" tabindex="-1">{w.hand_over}</h2>
            <p>{w.hand_over_text}</p>
            {voter_fields(room, false)}
            <div class="card-actions">
                <button type="button" class="btn btn-go" data-testid="blind-begin" on:click=move |_| room.begin()>
                    {w.begin}
                </button>
            </div>
        </section>
    }
    .into_any()
}
