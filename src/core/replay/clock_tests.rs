#![expect(
    clippy::float_cmp,
    reason = "the numbers are whole, or must be passed on untouched"
)]

use super::*;
use proptest::prelude::*;

const LENGTH: f64 = 4000.0;

fn at(ms: f64) -> Millis {
    Millis(ms)
}

#[test]
fn it_stands_still_until_it_is_played() {
    let mut clock = Clock::new(LENGTH);
    assert_eq!(clock.tick(at(5000.0)), 0.0);
    clock.play(at(6000.0));
    assert_eq!(clock.tick(at(6300.0)), 300.0);
    assert!(clock.is_playing());
}

#[test]
fn a_pause_is_no_part_of_the_replay() {
    let mut clock = Clock::new(LENGTH);
    clock.play(at(0.0));
    clock.pause(at(100.0));
    assert_eq!(clock.tick(at(900.0)), 100.0);
    clock.play(at(900.0));
    assert_eq!(clock.tick(at(950.0)), 150.0);
}

#[test]
fn another_speed_counts_from_when_it_was_chosen() {
    let mut clock = Clock::new(LENGTH);
    clock.play(at(0.0));
    clock.set_speed(Speed::Four, at(100.0));
    assert_eq!(clock.at(at(200.0)), 500.0);
    clock.set_speed(Speed::Quarter, at(200.0));
    assert_eq!(clock.at(at(600.0)), 600.0);
}

#[test]
fn it_stops_at_the_end_and_begins_anew_from_there() {
    let mut clock = Clock::new(LENGTH);
    clock.play(at(0.0));
    assert_eq!(clock.tick(at(9000.0)), LENGTH);
    assert!(!clock.is_playing());
    assert!(clock.is_at_end(at(9000.0)));
    clock.play(at(9500.0));
    assert_eq!(clock.tick(at(9600.0)), 100.0);
}

#[test]
fn it_plays_on_from_where_it_was_put() {
    let mut clock = Clock::new(LENGTH);
    clock.play(at(0.0));
    clock.seek(1000.0, at(10.0));
    assert_eq!(clock.at(at(30.0)), 1020.0);
    clock.step(-2000.0, at(30.0));
    assert_eq!(clock.at(at(30.0)), 0.0);
    clock.pause(at(30.0));
    clock.step(250.0, at(50.0));
    assert_eq!(clock.at(at(90.0)), 250.0);
}

#[test]
fn a_replay_of_nothing_is_at_its_end() {
    let mut clock = Clock::new(f64::NAN);
    assert!(clock.is_at_end(at(0.0)));
    clock.play(at(0.0));
    assert_eq!(clock.tick(at(1.0)), 0.0);
    assert!(!clock.is_playing());
}

#[derive(Debug, Clone)]
enum Act {
    Wait(f64),
    Play,
    Pause,
    Seek(f64),
    Step(f64),
    Speed(Speed),
}

fn any_act() -> impl Strategy<Value = Act> {
    let odd = prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(-f64::INFINITY)];
    let ms = prop_oneof![20 => -5000.0..5000.0, 1 => odd];
    prop_oneof![
        ms.clone().prop_map(Act::Wait),
        Just(Act::Play),
        Just(Act::Pause),
        ms.clone().prop_map(Act::Seek),
        ms.prop_map(Act::Step),
        (0..Speed::ALL.len()).prop_map(|at| Act::Speed(Speed::ALL[at])),
    ]
}

proptest! {
    #[test]
    fn it_never_leaves_the_run_whatever_happens(acts in prop::collection::vec(any_act(), 0..40)) {
        let mut clock = Clock::new(LENGTH);
        let mut real = 0.0;
        for act in acts {
            match act {
                // Also clocks that jump back or show nothing.
                Act::Wait(ms) => real += ms,
                Act::Play => clock.play(at(real)),
                Act::Pause => clock.pause(at(real)),
                Act::Seek(to) => clock.seek(to, at(real)),
                Act::Step(by) => clock.step(by, at(real)),
                Act::Speed(speed) => clock.set_speed(speed, at(real)),
            }
            let before = clock.at(at(real));
            prop_assert!((0.0..=LENGTH).contains(&before));
            prop_assert_eq!(clock.tick(at(real)), before);
            if !real.is_finite() {
                real = 0.0;
            }
        }
    }

    #[test]
    fn how_often_it_is_asked_makes_no_difference(asked in prop::collection::vec(0u32..2000, 0..40)) {
        let mut asked = asked;
        asked.sort_unstable();
        let (mut often, mut once) = (Clock::new(LENGTH), Clock::new(LENGTH));
        often.set_speed(Speed::Half, at(0.0));
        once.set_speed(Speed::Half, at(0.0));
        often.play(at(0.0));
        once.play(at(0.0));
        for ms in asked {
            often.tick(at(f64::from(ms)));
        }
        prop_assert_eq!(often.tick(at(2000.0)), once.tick(at(2000.0)));
    }
}
