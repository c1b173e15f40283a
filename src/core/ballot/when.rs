//! The moment of a ballot as text.

use crate::core::pricing::{Day, Moment};

/// `2026-11-29T09:30:05Z`.
pub(super) fn write(at: Moment) -> String {
    let second = at.0.rem_euclid(86_400);
    let (hour, minute) = (second / 3600, second / 60 % 60);
    format!("{}T{hour:02}:{minute:02}:{:02}Z", at.day(), second % 60)
}

/// Reads that form; a fraction of a second is dropped. What does not fit into a
/// code's 32 bits is none.
pub(super) fn read(text: &str) -> Option<Moment> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let time = time.split_once('.').map_or(time, |(time, fraction)| {
        let digits = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
        if digits { time } else { "" }
    });
    let mut parts = time.split(':').map(|part| {
        let two = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        two.then(|| part.parse::<i64>().ok()).flatten()
    });
    let (Some(hour), Some(minute), Some(second), None) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next())
    else {
        return None;
    };
    let fits = hour < 24 && minute < 60 && second < 60 && day.len() == 10;
    let at = Moment::start_of(Day::parse(day)?).0 + hour * 3600 + minute * 60 + second;
    (fits && u32::try_from(at).is_ok()).then_some(Moment(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_is_written_as_others_write_it() {
        // `date -u -d @1795944605 +%FT%TZ`
        assert_eq!(write(Moment(1_795_944_605)), "2026-11-29T09:30:05Z");
        assert_eq!(
            read("2026-11-29T09:30:05.250Z"),
            Some(Moment(1_795_944_605))
        );
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "now",
            "2026-11-29",
            "2026-11-29T10:10Z",
            "2026-11-29T10:10:05",
            "2026-11-29T24:00:00Z",
            "2026-11-29T10:60:00Z",
            "2026-13-01T10:00:00Z",
            "2026-11-29T1:10:05Z",
            "2026-11-29T10:10:05.Z",
            "2026-11-29T+1:10:05Z",
            "2106-02-07T06:28:16Z",
            "2026-11-29T10:10:05+01:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_of_a_code_comes_back(at: u32) {
            let at = Moment(i64::from(at));
            prop_assert_eq!(read(&write(at)), Some(at));
        }
    }
}
