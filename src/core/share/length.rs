//! How far a link of some length gets.

/// Lengths in characters up to which a link gets: anywhere; into most chat
/// programs and mailers; into Chromium.
pub const MARKS: [usize; 3] = [2_000, 8_000, 2_000_000];

/// How far a link gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Everywhere.
    Anywhere,
    /// Some chat programs and mailers cut it.
    Most,
    /// Many chat programs and mailers cut it; browsers open it.
    Browsers,
    /// No browser is sure to open it.
    TooLong,
}

/// How far a link of so many characters gets.
pub fn reach(length: usize) -> Reach {
    let [anywhere, chats, chromium] = MARKS;
    if length <= anywhere {
        Reach::Anywhere
    } else if length <= chats {
        Reach::Most
    } else if length <= chromium {
        Reach::Browsers
    } else {
        Reach::TooLong
    }
}

/// Where a length stands on a scale from 0 to 100 on which each tenfold is as
/// wide as the next: it begins at 100 characters and ends at 5 million.
pub fn at_percent(length: usize) -> f64 {
    const FROM: f64 = 100.0;
    const TO: f64 = 5_000_000.0;
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below 2^53")]
    let length = (length as f64).clamp(FROM, TO);
    100.0 * (length / FROM).ln() / (TO / FROM).ln()
}

#[cfg(test)]
mod tests {
    use super::{MARKS, Reach, at_percent, reach};

    #[test]
    fn a_link_at_a_mark_still_gets_there() {
        for (at, reaches, after) in [
            (MARKS[0], Reach::Anywhere, Reach::Most),
            (MARKS[1], Reach::Most, Reach::Browsers),
            (MARKS[2], Reach::Browsers, Reach::TooLong),
        ] {
            assert_eq!(reach(at), reaches);
            assert_eq!(reach(at + 1), after);
        }
    }

    #[test]
    fn the_scale_holds_every_length_in_order() {
        assert!(at_percent(0) < 1e-9);
        assert!((at_percent(usize::MAX) - 100.0).abs() < 1e-9);
        let places = MARKS.map(at_percent);
        assert!(places[0] < places[1] && places[1] < places[2] && places[2] < 100.0);
    }
}
