//! Plays the finished runs of the page again.
//!
//! A replay never touches a run: each pane gets a run that stands in for its own
//! ([`crate::app::Pane::stand_in`]), so that exports, links and the conversation see what
//! really was, and closing it takes no more than taking the stand-ins away. All
//! of it lies in the third part of the program.
//!
//! - [`made`] says when and where the runs were made.
//! - `runs` is what is played of a pane; `session` opens a turn and closes it.
//! - `turns` are those that can be played, one after another if so wished.

mod made;
mod runs;
mod session;
mod turns;

use super::{
    comparison::{Comparison, use_comparison},
    notices::{Notices, use_notices},
    runner::{Runner, use_runner},
};
use crate::{
    browser::{clock, frame::FrameScheduler, page},
    core::{
        domain::{Millis, PaneId},
        replay::{Alignment, Clock, Mark, Moved, Speed},
        run::Change,
    },
};
use leptos::prelude::*;
pub use made::{Made, made_of, opened};
use session::Session;
use std::{cell::Cell, sync::Arc};
pub use turns::Chapter;

/// How often the running clocks of the panes move, in ms of the real time.
const TICK_MS: f64 = 50.0;

/// What is played, as the bar shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// How long it is, in ms.
    pub length_ms: f64,
    /// First tokens and ends.
    pub marks: Vec<Mark>,
    /// The panes in the order of the marks' runs.
    pub panes: Vec<PaneId>,
    /// When and where the runs were made.
    pub made: Made,
    /// How the runs lie on the clock.
    pub alignment: Alignment,
    /// Whether they can lie differently.
    pub began_apart: bool,
    /// Whether some text comes in larger pieces than it came.
    pub is_coarse: bool,
    /// The turn that is played.
    pub turn: u32,
    /// The turns that can be played, the oldest first.
    pub chapters: Vec<Chapter>,
}

/// The replay as state of the page.
#[derive(Clone, Copy)]
pub struct Replay {
    session: StoredValue<Option<Session>, LocalStorage>,
    frame: StoredValue<Option<FrameScheduler>, LocalStorage>,
    /// What is played; `None` while nothing is.
    pub scene: RwSignal<Option<Arc<Scene>>>,
    /// Where it is, in ms.
    pub at: RwSignal<f64>,
    /// Whether it plays.
    pub playing: RwSignal<bool>,
    /// How fast.
    pub speed: RwSignal<Speed>,
    /// Whether the next turn follows at the end of one.
    pub through: RwSignal<bool>,
    comparison: Comparison,
    runner: Runner,
    notices: Notices,
}

/// Creates the context under the current owner, which must be the root.
pub fn provide() {
    let replay = Replay {
        session: StoredValue::new_local(None),
        frame: StoredValue::new_local(None),
        scene: RwSignal::new(None),
        at: RwSignal::new(0.0),
        playing: RwSignal::new(false),
        speed: RwSignal::new(Speed::default()),
        through: RwSignal::new(false),
        comparison: use_comparison(),
        runner: use_runner(),
        notices: use_notices(),
    };
    let frame = FrameScheduler::new(move || replay.on_frame());
    replay.frame.set_value(Some(frame));
    provide_context(replay);
    OF_PAGE.set(Some(replay));
    Effect::new(move |_| replay.give_way());
}

thread_local! {
    static OF_PAGE: Cell<Option<Replay>> = const { Cell::new(None) };
}

/// Does something with the page's replay, for who began before it was there.
pub fn of_page(act: impl FnOnce(Replay)) {
    if let Some(replay) = OF_PAGE.get() {
        act(replay);
    }
}

/// The context.
pub fn use_replay() -> Replay {
    expect_context()
}

impl Replay {
    /// Plays on. From the end it begins anew, or goes on with the next turn where
    /// all are played.
    pub fn play(self) {
        match self.turn_to_begin() {
            Some(turn) => self.go_to_turn(turn, true),
            None => self.go_on(),
        }
    }

    /// Sets the clock going.
    fn go_on(self) {
        self.act(Clock::play);
        self.request_frame();
    }

    /// Stands still.
    pub fn pause(self) {
        self.act(Clock::pause);
    }

    /// Plays, or stands still.
    pub fn toggle(self) {
        if self.playing.get_untracked() {
            self.pause();
        } else {
            self.play();
        }
    }

    /// Goes to a time, in ms from the beginning.
    pub fn seek(self, to_ms: f64) {
        self.act(|clock, real| clock.seek(to_ms, real));
    }

    /// Goes so many ms on, or back.
    pub fn step(self, by_ms: f64) {
        self.act(|clock, real| clock.step(by_ms, real));
    }

    /// Goes this fast from now on.
    pub fn set_speed(self, speed: Speed) {
        self.speed.set(speed);
        self.act(|clock, real| clock.set_speed(speed, real));
    }

    /// Lays the runs differently, and goes to the beginning.
    pub fn align(self, alignment: Alignment) {
        let real = clock::now();
        self.session.update_value(|session| {
            let Some(session) = session else { return };
            session.stage.align(alignment);
            session.clock.set_length(session.stage.length_ms(), real);
            for played in &mut session.played {
                played.shown = self.stand_in(&played.own);
            }
        });
        let plays = self.playing.get_untracked();
        self.begin();
        if plays {
            self.go_on();
        }
    }

    /// Says something on the status line.
    pub fn say(self, text: String) {
        self.notices.say(text);
    }

    /// Does something with the clock and shows what it then shows.
    fn act(self, act: impl FnOnce(&mut Clock, Millis)) {
        let real = clock::now();
        self.session.update_value(|session| {
            if let Some(session) = session {
                act(&mut session.clock, real);
            }
        });
        self.show(real, true);
    }

    fn request_frame(self) {
        let frame = self.frame.get_value();
        if let Some(frame) = frame {
            frame.request();
        }
    }

    fn on_frame(self) {
        self.show(clock::now(), false);
        if self.playing.get_untracked() {
            self.request_frame();
        } else if let Some(turn) = self.turn_that_follows() {
            self.go_to_turn(turn, true);
        }
    }

    /// Tells the page where the replay is.
    fn tell(self, at: f64, is_playing: bool) {
        if self.at.get_untracked().to_bits() != at.to_bits() {
            self.at.set(at);
        }
        if self.playing.get_untracked() != is_playing {
            self.playing.set(is_playing);
        }
        // The page's clock is that of the replay, as long as nothing runs.
        self.runner.now.set(at);
    }

    /// Brings the panes to where the clock is; `all`: the page's own clock too,
    /// however short ago it was set.
    fn show(self, real: Millis, all: bool) {
        let shown = self.session.try_update_value(|session| {
            let session = session.as_mut()?;
            let at = session.clock.tick(real);
            let moved = session.stage.go_to(at);
            let mut steps = Vec::new();
            let logs = session.stage.logs();
            for ((moved, log), played) in moved.into_iter().zip(logs).zip(&mut session.played) {
                match moved {
                    Moved::No => {}
                    Moved::On(change) => steps.push((played.clone(), log.clone(), Some(change))),
                    Moved::Back => {
                        // Texts on the page only grow.
                        played.shown = self.stand_in(&played.own);
                        steps.push((played.clone(), log.clone(), None));
                    }
                }
            }
            let is_playing = session.clock.is_playing();
            let is_due = real.0 - session.last_tick >= TICK_MS;
            let tells = all || is_due || !is_playing;
            if tells {
                session.last_tick = real.0;
            }
            Some((steps, at, is_playing, tells))
        });
        let Some((steps, at, is_playing, tells)) = shown.flatten() else {
            return;
        };
        for (played, log, change) in steps {
            played.fill(log);
            played.shown.publish(change.unwrap_or(Change::ALL));
            if change.is_none() {
                played.pane.stand_in.set(Some(played.shown));
            }
        }
        if tells {
            self.tell(at, is_playing);
        }
    }
}

/// Whether a replay should begin by itself: not for those who asked for less
/// motion.
pub fn may_play() -> bool {
    !page::wants_less_motion()
}
