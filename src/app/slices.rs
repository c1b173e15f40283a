//! Long work in slices, between which the page stays alive.

use crate::browser::{clock, timer};

/// How long one slice may take. Two fit into a frame of a slow screen.
const SLICE_MS: f64 = 12.0;
/// Bytes between two looks at the clock: a millisecond or so.
const PORTION: usize = 4_096;

/// Calls `step` with how many bytes to go on for until it says that all is done,
/// and lets the page breathe in between. `keep_on` is asked after each slice;
/// where it says no, the work is given up. Whether it came to its end.
pub async fn run<T>(
    work: &mut T,
    step: impl Fn(&mut T, usize) -> bool,
    keep_on: impl Fn(&T) -> bool,
) -> bool {
    loop {
        let begun = clock::now();
        while (clock::now() - begun).0 < SLICE_MS {
            if step(work, PORTION) {
                return true;
            }
        }
        if !keep_on(work) {
            return false;
        }
        timer::pause(0).await;
        // What was given up while the page had its turn.
        if !keep_on(work) {
            return false;
        }
    }
}
