//! Plays the finished runs of the page again.
//!
//! A replay never touches a run: each pane gets a run that stands in for its own
//! ([`crate::app::Pane::stand_in`]), so that exports, links and the conversation see what
//! really was, and closing it takes no more than taking the stand-ins away. All
//! of it lies in the third part of the program.

mod made;
mod runs;

use super::{
    comparison::{Comparison, use_comparison},
    notices::{Notices, use_notices},
    pane::{RunCell, RunState},
    runner::{Runner, use_runner},
};
use crate::{
    browser::{clock, frame::FrameScheduler, page},
    core::{
        domain::{Millis, PaneId},
        replay::{Alignment, Clock, Mark, Moved, Speed, Stage},
        run::Change,
    },
    words::words,
};
use leptos::prelude::*;
use made::made;
pub use made::{Made, made_of, opened};
use runs::{Found, Played, on_one_clock, run_of, was_sent};
use std::{cell::Cell, sync::Arc};

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
}

/// What a replay keeps to itself. Not reactive and not `Send`.
struct Session {
    clock: Clock,
    stage: Stage,
    played: Vec<Played>,
    turn: u32,
    last_tick: f64,
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
    /// Whether there is anything that can be replayed (tracked).
    pub fn is_possible(self) -> bool {
        let comparison = self.comparison;
        // A vote hides what a replay shows.
        let is_blind = comparison.blind.with(Option::is_some);
        self.runner.active.get() == 0
            && !is_blind
            && comparison.last_turn().is_some_and(|turn| {
                comparison.panes.with(|panes| {
                    let own = panes.iter().filter_map(|pane| pane.own_run(turn.id));
                    own.into_iter().any(|cell| {
                        cell.phase.track();
                        was_sent(&cell.state().log)
                    })
                })
            })
    }

    /// Shows the last turn's runs from their beginning; `plays`: and plays them.
    /// Says so where there are none.
    pub fn open(self, plays: bool) {
        if self.runner.active.get_untracked() > 0 {
            return self.notices.toast(words().replay().running);
        }
        self.take_away();
        let found = untrack(|| self.find());
        let Some((turn, found)) = found.filter(|(_, found)| !found.is_empty()) else {
            return self.notices.toast(words().replay().nothing);
        };
        let (played, runs): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let stage = Stage::new(on_one_clock(runs), Alignment::default());
        let mut clock = Clock::new(stage.length_ms());
        clock.set_speed(self.speed.get_untracked(), clock::now());
        self.session.set_value(Some(Session {
            clock,
            stage,
            played,
            turn,
            last_tick: 0.0,
        }));
        self.begin();
        if plays {
            self.play();
        }
    }

    /// The last turn's finished runs with what stands in for them.
    fn find(self) -> Option<(u32, Vec<(Played, Found)>)> {
        let turn = self.comparison.last_turn()?.id;
        let panes = self.comparison.panes.get();
        let found = panes.into_iter().filter_map(|pane| {
            let own = pane.own_run(turn)?;
            let run = {
                let state = own.state();
                was_sent(&state.log).then(|| run_of(&state))?
            };
            let shown = self.stand_in(&own);
            Some((Played { pane, own, shown }, run))
        });
        Some((turn, found.collect()))
    }

    /// Shows all panes at the beginning of the replay.
    fn begin(self) {
        let steps = self.session.try_update_value(|session| {
            let session = session.as_mut()?;
            let logs = session.stage.logs().cloned();
            let steps: Vec<_> = session.played.iter().cloned().zip(logs).collect();
            Some(steps)
        });
        for (played, log) in steps.flatten().unwrap_or_default() {
            played.fill(log);
            played.shown.publish(Change::ALL);
            played.pane.stand_in.set(Some(played.shown));
        }
        self.tell_scene();
        self.tell(0.0, false);
    }

    fn tell_scene(self) {
        let scene = self.session.with_value(|session| {
            let session = session.as_ref()?;
            Some(Arc::new(Scene {
                length_ms: session.stage.length_ms(),
                marks: session.stage.marks(),
                panes: session.played.iter().map(|one| one.pane.id).collect(),
                made: made(session.played.iter().map(|one| &one.own)),
                alignment: session.stage.alignment(),
                began_apart: session.stage.began_apart(),
                is_coarse: session.stage.is_coarse(),
            }))
        });
        self.scene.set(scene);
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

    /// Plays on; from the end it begins anew.
    pub fn play(self) {
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
            self.play();
        }
    }

    /// Ends it: the results are there as they were.
    pub fn close(self) {
        self.take_away();
        self.runner.now.set(clock::now().0);
    }

    fn take_away(self) {
        let session = self.session.try_update_value(Option::take).flatten();
        for played in session.into_iter().flat_map(|session| session.played) {
            played.pane.stand_in.set(None);
        }
        if self.scene.with_untracked(Option::is_some) {
            self.scene.set(None);
            self.playing.set(false);
        }
    }

    /// Ends it when something runs, or when its turn or a pane of it is gone.
    fn give_way(self) {
        let runs = self.runner.active.get() > 0;
        let last = self.comparison.last_turn().map(|turn| turn.id);
        let panes = self
            .comparison
            .panes
            .with(|panes| panes.iter().map(|pane| pane.id).collect::<Vec<_>>());
        let stays = self.session.with_value(|session| {
            session.as_ref().is_none_or(|session| {
                let mut played = session.played.iter();
                !runs
                    && last == Some(session.turn)
                    && played.all(|one| panes.contains(&one.pane.id))
            })
        });
        if !stays {
            self.close();
            self.notices.say(words().replay().closed_by_run);
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
        }
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

    /// A run that can stand in for `own`: of the same setup, with nothing in it.
    fn stand_in(self, own: &RunCell) -> RunCell {
        let cell = RunCell::new(self.comparison.next_id(), own.turn);
        let copy = {
            let state = own.state();
            RunState {
                sent: state.sent.clone(),
                sent_at: state.sent_at,
                endpoint: state.endpoint.clone(),
                setup: state.setup.clone(),
                schema: state.schema.clone(),
                left_out: state.left_out,
                ended_at: state.ended_at,
                ..RunState::default()
            }
        };
        *cell.state() = copy;
        cell
    }
}

/// Whether a replay should begin by itself: not for those who asked for less
/// motion.
pub fn may_play() -> bool {
    !page::wants_less_motion()
}
