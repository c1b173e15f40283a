//! The replay of finished runs: the bar that drives it, the marks that say what
//! is a replay, and the note on a result that was opened.

pub mod bar;
pub mod gallery;
pub mod line;
mod turns;

pub use gallery::{play, recordings};

use super::kit::focus;
use crate::{
    app::{
        Pane,
        replay::{self, Made, Replay, use_replay},
        use_comparison,
    },
    browser::{events::Listener, page},
    core::replay::{browser, short_date},
    words::words,
};
use bar::Bar;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

/// The key that opens a replay, plays it and pauses it.
pub const KEY: &str = "k";

/// Listens for its key, for the life of the page, and creates its context.
pub fn install() {
    replay::provide();
    let replay = use_replay();
    let Some(document) = page::document() else {
        return;
    };
    Listener::new(document, "keydown", move |event| {
        let Ok(event) = event.dyn_into::<KeyboardEvent>() else {
            return;
        };
        let has_more = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.is_composing() || has_more || page::has_open_dialog() || page::is_typing() {
            return;
        }
        if event.key().eq_ignore_ascii_case(KEY) && untrack(|| use_key(replay)) {
            event.prevent_default();
        }
    })
    .forever();
}

/// What the key does; whether that was anything.
pub fn use_key(replay: Replay) -> bool {
    if replay.scene.with(Option::is_some) {
        bar::toggle(replay);
        true
    } else if replay.is_possible() {
        open(replay);
        true
    } else {
        false
    }
}

/// Opens the replay and goes to its bar.
pub fn open(replay: Replay) {
    replay.open(replay::may_play());
    if replay.scene.with_untracked(Option::is_some) {
        bar::tell_state(replay);
        focus::later([bar::PLAY]);
    }
}

/// What stands above the panes: the bar of a replay, or the note on a result
/// that was opened.
pub fn above_panes() -> AnyView {
    let replay = use_replay();
    let comparison = use_comparison();
    let is_open = Memo::new(move |_| replay.scene.with(Option::is_some));
    // Documents are compared by the facts that are shown.
    let opened = Memo::new(move |_| {
        let document = replay::opened(comparison)?;
        Some(told(&replay::made_of(&document)))
    });
    (move || {
        if is_open.get() {
            view! { <Bar replay /> }.into_any()
        } else {
            let told = opened.get();
            told.map(|(date, facts)| note(replay, date.as_deref(), &facts))
                .into_any()
        }
    })
    .into_any()
}

/// That a result was opened, and of when and where it is.
fn note(replay: Replay, date: Option<&str>, facts: &[String]) -> AnyView {
    let w = words().replay();
    let text = (w.opened)(date, facts);
    view! {
        <div class="replay-note" data-testid="opened-result">
            <p>{text}</p>
            {move || {
                replay
                    .is_possible()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="btn"
                                data-testid="replay-open"
                                title=w.open_hint
                                on:click=move |_| open(replay)
                            >
                                {w.open}
                            </button>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// The mark of a pane that shows a replay (tracked).
pub fn badge(pane: &Pane) -> Option<AnyView> {
    let w = words().replay();
    pane.stand_in.with(Option::is_some).then(|| {
        view! {
            <span class="tag" data-testid="replay-badge" title=w.badge_hint>
                {w.badge}
            </span>
        }
        .into_any()
    })
}

/// When and where in words: the date, and further facts.
fn told(made: &Made) -> (Option<String>, Vec<String>) {
    let w = words().replay();
    let mut facts = Vec::new();
    if made.is_here {
        facts.push(w.of_this_page.to_owned());
    }
    facts.extend(made.user_agent.as_deref().and_then(browser));
    facts.extend(made.cores.map(w.cores));
    (made.at.as_deref().map(short_date), facts)
}
