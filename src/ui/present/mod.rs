//! The present mode: full screen, large type, and nothing on it that is private.
//!
//! While it is on, the rest of the page is taken out of the document
//! ([`curtain`]), so that no key field, no host and no setting can come into
//! view. The panes are drawn anew with what a room can read.

mod card;
pub mod clock;
pub mod code;
mod curtain;
pub mod line;
pub mod pane;
pub mod prompt_list;
pub mod sheet;

use crate::{
    app::{
        Comparison, Notices, Prompts, Runner,
        replay::{Replay, use_replay},
        task, use_comparison, use_notices, use_prompts, use_runner,
    },
    browser::{events::Listener, fullscreen, page},
    core::{present::Action, replay, stopwatch::Stopwatch},
    ui::{
        ballot,
        kit::Each,
        replay::{bar, use_key},
    },
    words::words,
};
use clock::Clock;
use code::Code;
use curtain::Curtain;
use leptos::{html, prelude::*};
use line::{Head, Line};
use pane::PresentPane;
use prompt_list::PromptList;
use sheet::Sheet;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

/// How far a key scrolls, as a share of what is in view.
const SCROLL_SHARE: f64 = 0.6;

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

    fn on_key(self, event: &KeyboardEvent) {
        if event.is_composing() || page::query("dialog[open]").is_some() || page::is_typing() {
            return;
        }
        let key = event.key();
        let is_run = key == "Enter" && (event.ctrl_key() || event.meta_key());
        let is_plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        if self.is_blind() || event.default_prevented() {
            // The page of the vote has keys of its own, and so has the bar of a
            // replay.
            return;
        }
        if !self.on.get_untracked() {
            if is_plain && key.eq_ignore_ascii_case("w") {
                event.prevent_default();
                self.begin();
            }
            return;
        }
        if is_run {
            event.prevent_default();
            self.act(Action::Run);
            return;
        }
        // A button that was reached by Tab keeps what presses it.
        if !is_plain || matches!(key.as_str(), "Enter" | " ") && is_on_button() {
            return;
        }
        if self.is_replayed() {
            let known = replay::Key::of_presented(&key, event.shift_key());
            if let Some(known) = known {
                bar::act(self.replay, known);
            } else if key == " " {
                bar::toggle(self.replay);
            }
            if known.is_some() || key == " " {
                event.prevent_default();
                return;
            }
        }
        if let Some(action) = Action::of_key(&key, event.shift_key()) {
            event.prevent_default();
            self.act(action);
        }
    }

    /// Whether there is a replay, and nothing lies on top of it.
    fn is_replayed(self) -> bool {
        self.replay.scene.with_untracked(Option::is_some) && self.overlay.get_untracked().is_none()
    }

    fn act(self, action: Action) {
        match action {
            Action::Point(at) => self.point(at),
            Action::Expand => {
                if self.pointed.get_untracked().is_none() {
                    self.pointed.set(Some(0));
                }
                self.expanded.update(|on| *on = !*on);
            }
            Action::All => {
                self.pointed.set(None);
                self.expanded.set(false);
            }
            Action::Back => self.back(),
            Action::Reveal => self.reveal(),
            Action::HoldBack => self.holds_back.update(|on| *on = !*on),
            Action::Next => self.turn_page(true),
            Action::Previous => self.turn_page(false),
            Action::Run => self.run(),
            Action::RunAgain => self.runner.run_again(),
            Action::List if self.prompts.list().is_none() => self.picks_list.set(true),
            Action::List => self.shows_list.update(|on| *on = !*on),
            Action::Code => self.toggle(Overlay::Code),
            Action::Replay => {
                if !untrack(|| use_key(self.replay)) {
                    self.notices.toast(words().present().no_replay);
                }
            }
            Action::Vote => ballot::open_vote(self.comparison),
            Action::Sheet => self.toggle(Overlay::Sheet),
            Action::Timer => clock::toggle(self.clock),
            Action::TimerMore => clock::step(self.clock, true),
            Action::TimerLess => clock::step(self.clock, false),
            Action::TimerAway => self.clock.set(None),
            Action::Up => self.scroll(-SCROLL_SHARE),
            Action::Down => self.scroll(SCROLL_SHARE),
            Action::Top => self.scroll(f64::NEG_INFINITY),
            Action::End => self.scroll(f64::INFINITY),
        }
    }

    fn point(self, at: usize) {
        if at >= self.comparison.panes.with_untracked(Vec::len) {
            return;
        }
        if self.pointed.get_untracked() == Some(at) {
            self.expanded.update(|on| *on = !*on);
        } else {
            self.pointed.set(Some(at));
        }
    }

    /// Takes away what lies on top, one by one; then leaves.
    fn back(self) {
        if self.overlay.get_untracked().is_some() {
            self.overlay.set(None);
        } else if self.expanded.get_untracked() {
            self.expanded.set(false);
        } else if self.pointed.get_untracked().is_some() {
            self.pointed.set(None);
        } else {
            self.leave();
        }
    }

    fn toggle(self, overlay: Overlay) {
        self.overlay.update(|shown| {
            *shown = (*shown != Some(overlay)).then_some(overlay);
        });
    }

    fn reveal(self) {
        if let Some(turn) = self.comparison.last_turn_untracked() {
            self.revealed.update(|all| {
                if !all.contains(&turn.id) {
                    all.push(turn.id);
                }
            });
        }
    }

    /// With no list there is no other page; the key says what would bring one.
    fn turn_page(self, forward: bool) {
        self.overlay.set(None);
        self.prompts.step(forward);
    }

    /// Runs what was not run. A prompt that has its results is run again only
    /// by another key, since that costs, and hides what the room looks at.
    fn run(self) {
        let w = words().present();
        let turn = self.comparison.last_turn_untracked();
        let is_blank = untrack(|| self.comparison.is_draft_blank());
        if turn.as_ref().is_some_and(|turn| self.is_running(turn.id)) {
            self.notices.toast(w.still_running);
            return;
        }
        if is_blank && turn.is_some() {
            self.notices.toast(w.had_results);
            return;
        }
        if self.runner.active.get_untracked() > 0 {
            // Another prompt of the list still answers; the room has moved on.
            self.runner.stop_all();
        }
        self.overlay.set(None);
        self.runner.run_all();
    }

    fn is_running(self, turn: u32) -> bool {
        let panes = self.comparison.panes.get_untracked();
        let cells = panes.iter().filter_map(|pane| pane.cell_untracked(turn));
        cells
            .into_iter()
            .any(|cell| cell.phase.get_untracked().is_running())
    }

    /// Scrolls the pane that is pointed at, or all, by a share of their height.
    fn scroll(self, share: f64) {
        let bodies = match self.pointed.get_untracked() {
            Some(at) => format!(".present-pane:nth-child({}) .present-body", at + 1),
            None => ".present-body".to_owned(),
        };
        for body in page::query_all(&bodies) {
            let by = f64::from(body.client_height()) * share;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the browser stops at the ends"
            )]
            body.set_scroll_top((f64::from(body.scroll_top()) + by) as i32);
        }
    }
}

fn is_on_button() -> bool {
    let active = page::document().and_then(|document| document.active_element());
    active.is_some_and(|active| active.tag_name() == "BUTTON")
}

#[component]
fn Stage(presenting: Presenting) -> impl IntoView {
    let comparison = presenting.comparison;
    let prompts = presenting.prompts;
    let node = NodeRef::<html::Section>::new();
    draw_curtain(presenting);
    Effect::new(move |_| {
        if let Some(stage) = node.get() {
            stage.focus().ok();
        }
    });
    let count = Memo::new(move |_| comparison.panes.with(Vec::len));
    Effect::new(move |_| {
        // Another comparison took the place, with nothing to show or to hide.
        if count.get() == 0 {
            presenting.leave();
        }
    });
    // The pane that fills the screen decides the size of the letters.
    let shown = move || {
        if presenting.expanded.get() {
            1
        } else {
            count.get()
        }
    };
    let is_replayed = Memo::new(move |_| presenting.replay.scene.with(Option::is_some));
    let lists = move || {
        presenting.shows_list.get() && !presenting.expanded.get() && prompts.list().is_some()
    };
    view! {
        <section
            class="present"
            node_ref=node
            tabindex="-1"
            data-testid="present"
            data-count=move || shown().to_string()
            data-lists=move || lists().then_some("")
            aria-label=words().present().label
        >
            <Head presenting />
            {move || {
                is_replayed.get().then(|| view! { <bar::Bar replay=presenting.replay /> }.into_any())
            }}
            <div class="present-main">
                {move || lists().then(|| view! { <PromptList presenting /> }.into_any())}
                <div class="present-panes">
                    <Each
                        each=move || comparison.panes.get()
                        key=|pane| pane.id.0
                        children=move |pane| view! { <PresentPane presenting pane /> }
                    />
                </div>
            </div>
            <Line presenting />
            {move || match presenting.overlay.get() {
                None => ().into_any(),
                Some(Overlay::Sheet) => view! { <Sheet presenting /> }.into_any(),
                Some(Overlay::Code) => view! { <Code presenting /> }.into_any(),
            }}
        </section>
    }
}

/// Takes the rest of the page out of the document for as long as the stage is
/// there, and leaves with the full screen.
fn draw_curtain(presenting: Presenting) {
    let curtain = StoredValue::new_local(Curtain::draw());
    if curtain.with_value(Option::is_none) {
        // After a vote the page comes back in the same moment; the stage covers it.
        request_animation_frame(move || {
            curtain.try_update_value(|curtain| *curtain = Curtain::draw());
        });
    }
    let was_full = StoredValue::new(false);
    let watch = fullscreen::watch(move || {
        let is_full = fullscreen::is_on();
        let ended = was_full.get_value() && !is_full;
        was_full.set_value(is_full);
        // The browser's own Esc; what lies on top goes first, as with ours.
        if ended && presenting.on.get_untracked() {
            presenting.back();
        }
    });
    let watch = StoredValue::new_local(watch);
    on_cleanup(move || {
        watch.try_update_value(|watch| *watch = None);
        curtain.try_update_value(|curtain| *curtain = None);
    });
}
