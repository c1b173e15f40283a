//! Days and moments, in UTC.

/// Seconds of a day.
const DAY_S: i64 = 86_400;

/// A calendar day, as days since 1970-01-01.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i64);

impl Day {
    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-').map(str::parse::<i64>);
        let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let read = Self::of(year, month, day);
        (read.ymd() == (year, month, day)).then_some(read)
    }

    /// Counted from March on, so that the day that leap years add is the last
    /// of its year (the "days from civil" method).
    fn of(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
    }

    /// Year, month and day of month.
    pub fn ymd(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = (shifted + 2) % 12 + 1;
        let year = year + era * 400 + i64::from(month <= 2);
        (year, month, day)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// A moment, in seconds since 1970-01-01 00:00 UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

impl Moment {
    /// From what `Date.now()` gives, in ms.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast from float to integer saturates, and no clock shows such times"
    )]
    pub fn from_unix_ms(ms: f64) -> Self {
        Self((ms / 1000.0).floor() as i64)
    }

    /// The beginning of a day.
    pub fn start_of(day: Day) -> Self {
        Self(day.0.saturating_mul(DAY_S))
    }

    /// As an ISO 8601 time in UTC: `2026-11-29T09:15:00Z`.
    pub fn to_iso(self) -> String {
        let seconds = self.0.rem_euclid(DAY_S);
        let (hour, minute) = (seconds / 3600, seconds / 60 % 60);
        format!("{}T{hour:02}:{minute:02}:{:02}Z", self.day(), seconds % 60)
    }

    /// Reads what [`Self::to_iso`] writes; also with fractions of a second,
    /// which are left out.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
        let time = match time.split_once('.') {
            Some((whole, part)) => (!part.is_empty() && are_digits(part)).then_some(whole)?,
            None => time,
        };
        let mut parts = time.split(':');
        let mut part = |below: i64| {
            let text = parts.next()?;
            let number: i64 = text.parse().ok()?;
            (text.len() == 2 && are_digits(text) && number < below).then_some(number)
        };
        let seconds = part(24)? * 3600 + part(60)? * 60 + part(60)?;
        let is_whole = parts.next().is_none() && day.len() == 10;
        let start = Self::start_of(Day::parse(day)?);
        is_whole.then_some(Self(start.0 + seconds))
    }

    /// Its day.
    pub fn day(self) -> Day {
        Day(self.0.div_euclid(DAY_S))
    }

    /// Minutes since midnight.
    pub fn minute_of_day(self) -> i64 {
        self.0.rem_euclid(DAY_S) / 60
    }

    /// Whether it is Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        // 1970-01-01 was a Thursday.
        (self.day().0 + 3).rem_euclid(7) >= 5
    }
}

#[cfg(test)]
mod tests {
    use super::{Day, Moment};
    use proptest::prelude::*;

    #[test]
    fn known_days_have_their_numbers() {
        for (text, number) in [
            ("1970-01-01", 0),
            ("2000-02-29", 11_016),
            ("2026-11-24", 20_781),
            ("2027-01-01", 20_819),
        ] {
            assert_eq!(Day::parse(text), Some(Day(number)), "{text}");
            assert_eq!(Day(number).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-11-31",
            "26-11-01",
            "x-1-1",
            "2026-1-1-1",
        ] {
            assert_eq!(Day::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn moments_know_their_day_minute_and_weekend() {
        // 2026-11-24 is a Tuesday.
        let moment = Moment::from_unix_ms(1_795_481_009_500.0);
        assert_eq!(moment.day().to_string(), "2026-11-24");
        assert!(!moment.is_weekend());
        let day = |text: &str| Moment::start_of(Day::parse(text).unwrap());
        assert!(day("2026-11-28").is_weekend() && day("2026-11-29").is_weekend());
        assert!(!day("2026-11-27").is_weekend() && !day("2026-11-30").is_weekend());
        assert_eq!(
            Moment(day("2026-11-24").0 + 6 * 3600 + 61).minute_of_day(),
            361
        );
    }

    #[test]
    fn known_moments() {
        // As `new Date(…).toISOString()` gives them.
        assert_eq!(
            Moment::parse_iso("2026-11-29T10:30:05.250Z"),
            Some(Moment(1_795_948_205))
        );
        assert_eq!(Moment(1_795_948_205).to_iso(), "2026-11-29T10:30:05Z");
        for odd in [
            "2026-11-29",
            "2026-11-29T10:30Z",
            "2026-11-29T25:00:00Z",
            "2026-11-29T10:30:05+01:00",
            "2026-11-29T1:2:3Z",
        ] {
            assert_eq!(Moment::parse_iso(odd), None, "{odd}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]
        #[test]
        fn days_read_as_they_are_written(number in 0i64..2_000_000) {
            prop_assert_eq!(Day::parse(&Day(number).to_string()), Some(Day(number)));
        }

        #[test]
        fn every_moment_reads_back(seconds in 0i64..200_000_000_000) {
            let moment = Moment(seconds);
            prop_assert_eq!(Moment::parse_iso(&moment.to_iso()), Some(moment));
        }
    }
}
