//! Which turn of a conversation is replayed.

use crate::{
    app::replay::{Chapter, Replay, Scene},
    words::words,
};
use leptos::prelude::*;
use std::sync::Arc;

/// The value of the choice of all turns.
const ALL: &str = "all";

/// The turn that is shown and the choice among all, where there are several.
pub(super) fn choice(replay: Replay, scene: Memo<Option<Arc<Scene>>>) -> AnyView {
    // The list stays while its turns are gone through, and with it the focus.
    let chapters = Memo::new(move |_| {
        scene.with(|scene| {
            let chapters = scene.as_ref().map(|scene| scene.chapters.clone());
            chapters.unwrap_or_default()
        })
    });
    let turn = Memo::new(move |_| scene.with(|scene| scene.as_ref().map(|scene| scene.turn)));
    (move || {
        let chapters = chapters.get();
        let is_conversation = chapters.first().is_some_and(|first| first.of > 1);
        is_conversation.then(|| shown(replay, turn, chapters))
    })
    .into_any()
}

fn shown(replay: Replay, turn: Memo<Option<u32>>, chapters: Vec<Chapter>) -> AnyView {
    let w = words().replay();
    let has_choice = chapters.len() > 1;
    let is_chosen = move |id: u32| !replay.through.get() && turn.get() == Some(id);
    let value = move || match turn.get() {
        Some(turn) if !replay.through.get() => turn.to_string(),
        _ => ALL.to_owned(),
    };
    let options = chapters.iter().map(|chapter| {
        let id = chapter.turn;
        view! {
            <option value=id.to_string() selected=move || is_chosen(id)>
                {(w.turn_option)(chapter.number, &chapter.prompt)}
            </option>
        }
    });
    let options: Vec<_> = options.collect();
    let all = (w.all_turns)(chapters.len());
    let now = {
        let chapters = chapters.clone();
        move || {
            let turn = turn.get()?;
            let chapter = chapters.iter().find(|one| one.turn == turn)?;
            Some((w.turn_is)(chapter.number, chapter.of))
        }
    };
    view! {
        <span class="tag replay-turn" data-testid="replay-turn">
            {now}
        </span>
        {has_choice
            .then(|| {
                view! {
                    <select
                        class="select replay-turns"
                        data-testid="replay-turns"
                        aria-label=w.turns
                        title=w.turns_hint
                        // A list that was used keeps to its own choice otherwise.
                        prop:value=value
                        on:change=move |event| choose(replay, &event_target_value(&event))
                    >
                        {options}
                        <option value=ALL selected=move || replay.through.get()>
                            {all}
                        </option>
                    </select>
                }
            })}
    }
    .into_any()
}

fn choose(replay: Replay, value: &str) {
    if value == ALL {
        replay.choose_all();
    } else if let Ok(turn) = value.parse() {
        replay.choose_turn(turn);
    }
    say(replay);
}

/// A turn on, or back, and says which it is then.
pub(super) fn step(replay: Replay, by: isize) {
    if replay.step_turn(by) {
        say(replay);
    }
}

/// Says which turn is shown.
fn say(replay: Replay) {
    let said = replay.scene.with_untracked(|scene| {
        let scene = scene.as_ref()?;
        let mut chapters = scene.chapters.iter();
        let chapter = chapters.find(|one| one.turn == scene.turn)?;
        Some((words().replay().turn_is)(chapter.number, chapter.of))
    });
    if let Some(said) = said {
        replay.say(said);
    }
}

/// Says when the next turn follows by itself.
pub(super) fn tell_next(replay: Replay) {
    let turn = Memo::new(move |_| {
        replay
            .scene
            .with(|scene| scene.as_ref().map(|scene| scene.turn))
    });
    Effect::new(move |before: Option<Option<u32>>| {
        let now = turn.get();
        let is_new = before
            .flatten()
            .is_some_and(|before| now.is_some_and(|now| now != before));
        if is_new && replay.through.get_untracked() {
            say(replay);
        }
        now
    });
}
