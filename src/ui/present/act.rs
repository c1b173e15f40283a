//! What the keys of the present mode do.

use super::{Overlay, Presenting, clock};
use crate::{
    browser::page,
    core::{present::Action, replay},
    ui::{
        ballot,
        replay::{bar, use_key},
    },
    words::words,
};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// How far a key scrolls, as a share of what is in view.
const SCROLL_SHARE: f64 = 0.6;

impl Presenting {
    pub(super) fn on_key(self, event: &KeyboardEvent) {
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

    pub(super) fn act(self, action: Action) {
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
    pub(super) fn back(self) {
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
