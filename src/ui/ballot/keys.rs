//! The keys of the blind vote.

use super::{
    Room, Step, steps,
    vote::{choices, choose, chosen, join},
};
use crate::browser::page;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::KeyboardEvent;

/// The key for the next voter at this screen.
pub(super) const NEXT_VOTER: &str = "N";
/// The key that reveals the names.
pub(super) const REVEAL: &str = "R";

impl Room {
    /// Enter goes on wherever there is one way on and nothing else has the key;
    /// digits, T and B choose; N and R say what follows a ballot.
    pub(super) fn on_key(self, event: &web_sys::Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if has_modifier || event.is_composing() || page::has_open_dialog() {
            return;
        }
        let is_for_us = match self.step.get_untracked() {
            Step::Intro | Step::HandOver | Step::Revealed => {
                event.key() == "Enter" && !is_on_control() && press_way_on()
            }
            Step::Vote(at) => self.vote_key(at, event),
            Step::Cast => self.cast_key(event),
        };
        if is_for_us {
            event.prevent_default();
        }
    }

    fn vote_key(self, at: usize, event: &KeyboardEvent) -> bool {
        let Some(turn) = untrack(|| self.open_turns()).get(at).copied() else {
            return false;
        };
        let key = event.key().to_ascii_uppercase();
        if key == "ENTER" {
            let goes = !is_on_control() && untrack(|| chosen(self, turn)).is_some();
            if goes {
                self.go_on(at);
            }
            return goes;
        }
        let shown = self.shown(turn);
        if event.shift_key()
            && let Some(place) = digit(&event.code())
        {
            // Of two, both are a tie, which has a key.
            let joined = shown.get(place - 1).filter(|_| shown.len() > 2);
            if let Some((_, pane)) = joined {
                join(self, turn, *pane);
            }
            return joined.is_some();
        }
        let all = choices(&shown);
        let found = all.into_iter().find(|(_, _, own)| *own == key);
        if let Some((choice, _, _)) = found {
            choose(self, turn, choice);
            return true;
        }
        false
    }

    fn cast_key(self, event: &KeyboardEvent) -> bool {
        let key = event.key().to_ascii_uppercase();
        match key.as_str() {
            NEXT_VOTER if !self.is_own_device() => steps::hand_on(self),
            REVEAL => self.reveal(),
            _ => return false,
        }
        true
    }
}

/// The digit of a key from 1 on, whatever it writes with Shift: `Digit2` is 2.
fn digit(code: &str) -> Option<usize> {
    let digit = code
        .strip_prefix("Digit")
        .or_else(|| code.strip_prefix("Numpad"))?;
    digit.parse().ok().filter(|digit| *digit > 0)
}

/// Whether what has the focus does something with Enter itself.
fn is_on_control() -> bool {
    page::document()
        .and_then(|document| document.active_element())
        .is_some_and(|active| {
            matches!(
                active.tag_name().as_str(),
                "BUTTON" | "A" | "SUMMARY" | "SELECT" | "TEXTAREA"
            )
        })
}

/// Presses the button that goes on; whether there is one that can be pressed.
fn press_way_on() -> bool {
    let button = page::query(".room .btn-go:enabled");
    if let Some(button) = &button {
        button.click();
    }
    button.is_some()
}
