//! Moments as ISO 8601 in UTC, to the second.

use crate::core::pricing::{Day, Moment};

/// `YYYY-MM-DDTHH:MM:SSZ`.
pub fn write_moment(moment: Moment) -> String {
    let minute = moment.minute_of_day();
    let second = moment.0.rem_euclid(60);
    format!(
        "{}T{:02}:{:02}:{second:02}Z",
        moment.day(),
        minute / 60,
        minute % 60
    )
}

/// Reads the same; fractions of a second are dropped.
pub fn read_moment(text: &str) -> Option<Moment> {
    let (day, time) = text.trim().strip_suffix('Z')?.split_once('T')?;
    let time = time.split_once('.').map_or(time, |(time, _)| time);
    let mut parts = time.split(':');
    let mut part = |below: i64| {
        let text = parts.next()?;
        let is_plain = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = text.parse().ok()?;
        (is_plain && number < below).then_some(number)
    };
    let seconds = part(24)? * 3600 + part(60)? * 60 + part(60)?;
    let is_whole = parts.next().is_none();
    let start = Moment::start_of(Day::parse(day)?);
    is_whole.then(|| Moment(start.0 + seconds))
}

#[cfg(test)]
mod tests {
    use super::{read_moment, write_moment};
    use crate::core::pricing::Moment;
    use proptest::prelude::*;

    #[test]
    fn known_moments() {
        // As `new Date(…).toISOString()` gives them.
        assert_eq!(
            read_moment("2026-11-29T10:30:05.250Z"),
            Some(Moment(1_795_948_205))
        );
        assert_eq!(write_moment(Moment(1_795_948_205)), "2026-11-29T10:30:05Z");
        for odd in [
            "2026-11-29",
            "2026-11-29T10:30Z",
            "2026-11-29T25:00:00Z",
            "2026-11-29T10:30:05+01:00",
            "2026-11-29T1:2:3Z",
        ] {
            assert_eq!(read_moment(odd), None, "{odd}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_reads_back(seconds in 0i64..200_000_000_000) {
            let moment = Moment(seconds);
            prop_assert_eq!(read_moment(&write_moment(moment)), Some(moment));
        }
    }
}
