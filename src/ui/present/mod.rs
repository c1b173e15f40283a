//! The present mode: full screen, large type, and nothing on it that is private.
//!
//! While it is on, the rest of the page is taken out of the document
//! ([`curtain`]), so that no key field, no host and no setting can come into
//! view. The panes are drawn anew with what a room can read.

mod act;
mod card;
pub mod clock;
pub mod code;
mod curtain;
pub mod line;
pub mod pane;
pub mod prompt_list;
pub mod sheet;
pub mod stage;

use crate::{
    app::{
        Comparison, Notices, Prompts, Runner,
        replay::{Replay, use_replay},
        task, use_comparison, use_notices, use_prompts, use_runner,
    },
    browser::{events::Listener, fullscreen, page},
    core::stopwatch::Stopwatch,
    words::words,
};
use clock::Clock;
use leptos::prelude::*;
use stage::Stage;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

/// What lies on top of the panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Overlay {
    /// The sheet of keys.
    Sheet,
    /// The code of this comparison.
    Code,
}

/// The present mode as signals.
#[derive(Clone, Copy)]
pub struct Presenting {
    /// Whether it is on.
    on: RwSignal<bool>,
    /// Whether answers are held back until they are revealed.
    holds_back: RwSignal<bool>,
    /// The turns whose answers were revealed, the newest last.
    revealed: RwSignal<Vec<u32>>,
    /// The pane that is pointed at, by its place.
    pointed: RwSignal<Option<usize>>,
    /// Whether that pane fills the screen.
    expanded: RwSignal<bool>,
    overlay: RwSignal<Option<Overlay>>,
    shows_list: RwSignal<bool>,
    /// Whether the dialog for a list is open, here or in the page.
    pub picks_list: RwSignal<bool>,
    clock: RwSignal<Option<Stopwatch>>,
    comparison: Comparison,
    prompts: Prompts,
    replay: Replay,
    runner: Runner,
    notices: Notices,
}

/// Creates the context and listens for the key that begins.
pub fn provide() {
    let presenting = Presenting {
        on: RwSignal::new(false),
        holds_back: RwSignal::new(false),
        revealed: RwSignal::new(Vec::new()),
        pointed: RwSignal::new(None),
        expanded: RwSignal::new(false),
        overlay: RwSignal::new(None),
        shows_list: RwSignal::new(true),
        picks_list: RwSignal::new(false),
        clock: RwSignal::new(None),
        comparison: use_comparison(),
        prompts: use_prompts(),
        replay: use_replay(),
        runner: use_runner(),
        notices: use_notices(),
    };
    provide_context(presenting);
    let Some(document) = page::document() else {
        return;
    };
    Listener::new(document, "keydown", move |event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
            presenting.on_key(&event);
        }
    })
    .forever();
}

/// The context.
pub fn use_presenting() -> Presenting {
    expect_context()
}

/// What is shown while it is on. A blind vote takes the place of the stage, as
/// large, and gives it back.
pub fn view() -> AnyView {
    let presenting = use_presenting();
    let is_staged =
        Memo::new(move |_| presenting.is_on() && presenting.comparison.blind.with(Option::is_none));
    (move || {
        is_staged
            .get()
            .then(|| view! { <Stage presenting /> }.into_any())
    })
    .into_any()
}

impl Presenting {
    /// Whether it is on (tracked).
    pub fn is_on(self) -> bool {
        self.on.get()
    }

    /// Begins, if there is anything to show.
    pub fn begin(self) {
        if self.is_blind() {
            return;
        }
        if self.comparison.panes.with_untracked(Vec::is_empty) {
            self.notices.toast(words().present().no_panes);
            return;
        }
        self.pointed.set(None);
        self.expanded.set(false);
        self.overlay.set(None);
        self.on.set(true);
        task::spawn(async {
            // Refused, it still is large and private, in the window.
            fullscreen::enter().await;
        });
    }

    /// Whether there is a blind vote, whose panes have no names.
    fn is_blind(self) -> bool {
        self.comparison.blind.with_untracked(Option::is_some)
    }

    fn leave(self) {
        self.on.set(false);
        task::spawn(fullscreen::leave());
    }

    /// Whether the answers of the last turn are held back now (tracked).
    fn hides_answers(self) -> bool {
        self.holds_back.get()
            && self
                .comparison
                .shown_turn()
                .is_some_and(|turn| self.revealed.with(|all| !all.contains(&turn.id)))
    }
}
