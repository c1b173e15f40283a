//! A clock that goes wrong by more than five minutes makes every signature
//! invalid; the refusal says what time it is.

use crate::core::{
    pricing::{Day, Moment},
    wire::http::ResponseHead,
};

/// What AWS says where a date is at fault, in lower case.
const MARKS: [&str; 6] = [
    "invalidsignatureexception",
    "signaturedoesnotmatch",
    "requestexpired",
    "requesttimetooskewed",
    "signature expired",
    "signature not yet current",
];

/// From how many seconds on a clock is to blame: AWS allows for 300, and the
/// reply was on its way for a while.
const TOLERATED: i64 = 240;

/// By how many seconds the provider's clock is ahead of the time that a refused
/// request was signed at; `None` where the clock was not why. The time is read
/// off the `date` header, where the page may read that, else off the message.
pub fn clock_offset(head: &ResponseHead, body: &[u8], signed_at: Moment) -> Option<i64> {
    if !matches!(head.status, 400 | 401 | 403) {
        return None;
    }
    let body = String::from_utf8_lossy(body);
    let kind = head.header("x-amzn-errortype").unwrap_or_default();
    let said = format!("{kind} {body}").to_ascii_lowercase();
    if !MARKS.iter().any(|mark| said.contains(mark)) {
        return None;
    }
    let now = head
        .header("date")
        .and_then(http_date)
        .or_else(|| last_stamp(&body))?;
    let offset = now.0 - signed_at.0;
    (offset.abs() > TOLERATED).then_some(offset)
}

/// The last `YYYYMMDDThhmmssZ` of a message: first comes our own time, last the
/// server's, as in `A is now earlier than B (C - 5 min.)`.
fn last_stamp(text: &str) -> Option<Moment> {
    text.split(|char: char| !char.is_ascii_alphanumeric())
        .filter_map(read_stamp)
        .next_back()
}

fn read_stamp(word: &str) -> Option<Moment> {
    let (day, time) = word.strip_suffix('Z')?.split_once('T')?;
    if day.len() != 8 || time.len() != 6 {
        return None;
    }
    let day = [day.get(..4)?, day.get(4..6)?, day.get(6..)?].join("-");
    moment(&day, time.get(..2)?, time.get(2..4)?, time.get(4..)?)
}

/// `Tue, 24 Nov 2026 12:15:00 GMT`.
fn http_date(text: &str) -> Option<Moment> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, text) = text.split_once(", ")?;
    let mut parts = text.split(' ');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let mut time = parts.next()?.split(':');
    if month.len() != 3 {
        return None;
    }
    let month = MONTHS.find(month)? / 3 + 1;
    let day = format!("{year}-{month}-{day}");
    moment(&day, time.next()?, time.next()?, time.next()?)
}

fn moment(day: &str, hour: &str, minute: &str, second: &str) -> Option<Moment> {
    let number = |text: &str, most: i64| {
        let number = text.parse::<i64>().ok()?;
        (0..=most).contains(&number).then_some(number)
    };
    let seconds = number(hour, 23)? * 3600 + number(minute, 59)? * 60 + number(second, 60)?;
    Some(Moment(Moment::start_of(Day::parse(day)?).0 + seconds))
}
