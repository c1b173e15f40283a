//! Long lists of numbers, written shorter.
//!
//! In the place of `[350.2,0,16.7,…]` stands a mark, how many pairs of digits
//! follow the point, how many numbers there are, and each number in base 100:
//! two digits a byte, 128 more in every byte but a number's last. What comes
//! back is the same text to the last byte, so nobody needs to know what the
//! numbers mean, and only lists in their shortest form are written so.

use super::PackFault;

/// What begins a list. JSON text never holds it; elsewhere it is written with
/// [`AS_IT_IS`] behind it.
const MARK: u8 = 1;
/// Follows a [`MARK`] that is no list.
const AS_IT_IS: u8 = 0;
/// Shorter lists stay text.
const FEWEST: usize = 8;
/// How many pairs of digits may follow the point.
const MOST_PAIRS: u8 = 2;
/// Digits before the point.
const MOST_DIGITS: usize = 9;
/// How many bytes a number may have: the value stays below 10^14.
const MOST_BYTES: usize = 7;

/// JSON with its long lists written shorter.
pub(super) fn fold(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len());
    let mut rest = json;
    while let Some((&first, after)) = rest.split_first() {
        if first == b'['
            && let Some((list, after)) = List::read(after)
        {
            list.write(&mut out);
            rest = after;
            continue;
        }
        out.push(first);
        if first == MARK {
            out.push(AS_IT_IS);
        }
        rest = after;
    }
    out
}

/// The JSON, of at most `limit` bytes.
pub(super) fn unfold(folded: &[u8], limit: usize) -> Result<Vec<u8>, PackFault> {
    let mut out = Vec::with_capacity(folded.len().min(limit));
    let mut rest = folded;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first == MARK {
            match rest.split_first() {
                Some((&AS_IT_IS, after)) => {
                    out.push(MARK);
                    rest = after;
                }
                Some((&kind, after)) if kind <= MOST_PAIRS + 1 => {
                    rest = after;
                    unfold_list(kind - 1, &mut rest, &mut out, limit)?;
                }
                _ => return Err(PackFault::Damaged),
            }
        } else {
            out.push(first);
        }
        if out.len() > limit {
            return Err(PackFault::TooLarge { limit });
        }
    }
    Ok(out)
}

/// A list whose numbers can be written shorter.
struct List {
    /// Each number's digits before and after the point.
    numbers: Vec<(u64, u64, usize)>,
    /// The most digits after a point.
    digits: usize,
}

impl List {
    /// The list behind a `[`, with what follows its `]`.
    fn read(mut rest: &[u8]) -> Option<(Self, &[u8])> {
        let mut list = Self {
            numbers: Vec::new(),
            digits: 0,
        };
        loop {
            let (whole, after) = digits(rest, MOST_DIGITS)?;
            let is_shortest = whole.len() == 1 || whole.first() != Some(&b'0');
            let (fraction, after) = match after.split_first() {
                Some((b'.', after)) => digits(after, usize::from(MOST_PAIRS) * 2)?,
                _ => (&[][..], after),
            };
            if !is_shortest || fraction.last() == Some(&b'0') {
                return None;
            }
            list.digits = list.digits.max(fraction.len());
            let number = (value(whole), value(fraction), fraction.len());
            list.numbers.push(number);
            rest = match after.split_first() {
                Some((b',', after)) => after,
                Some((b']', after)) if list.numbers.len() >= FEWEST => return Some((list, after)),
                _ => return None,
            };
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        let pairs = self.digits.div_ceil(2);
        out.push(MARK);
        out.push(u8::try_from(pairs).unwrap_or_default() + 1);
        put_varint(out, self.numbers.len());
        for (whole, fraction, digits) in &self.numbers {
            let missing = u32::try_from(2 * pairs - digits).unwrap_or_default();
            let scale = 100_u64.pow(u32::try_from(pairs).unwrap_or_default());
            put_base100(out, whole * scale + fraction * 10_u64.pow(missing));
        }
    }
}

/// At least one digit and at most so many.
fn digits(text: &[u8], most: usize) -> Option<(&[u8], &[u8])> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 || count > most {
        return None;
    }
    text.split_at_checked(count)
}

fn value(digits: &[u8]) -> u64 {
    let add = |value: u64, digit: &u8| value * 10 + u64::from(digit - b'0');
    digits.iter().fold(0, add)
}

fn put_base100(out: &mut Vec<u8>, mut value: u64) {
    let begin = out.len();
    let mut more = 0;
    loop {
        out.push(u8::try_from(value % 100).unwrap_or_default() + more);
        value /= 100;
        more = 128;
        if value == 0 {
            break;
        }
    }
    if let Some(number) = out.get_mut(begin..) {
        number.reverse();
    }
}

fn unfold_list(
    pairs: u8,
    rest: &mut &[u8],
    out: &mut Vec<u8>,
    limit: usize,
) -> Result<(), PackFault> {
    let count = take_varint(rest).ok_or(PackFault::Damaged)?;
    out.push(b'[');
    for number in 0..count {
        if number > 0 {
            out.push(b',');
        }
        let value = take_base100(rest).ok_or(PackFault::Damaged)?;
        let scale = 100_u64.pow(pairs.into());
        out.extend((value / scale).to_string().bytes());
        let fraction = value % scale;
        if fraction > 0 {
            let digits = format!("{fraction:0width$}", width = usize::from(pairs) * 2);
            out.push(b'.');
            out.extend(digits.trim_end_matches('0').bytes());
        }
        if out.len() > limit {
            return Err(PackFault::TooLarge { limit });
        }
    }
    out.push(b']');
    Ok(())
}

fn take_base100(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for _ in 0..MOST_BYTES {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        let pair = byte & 127;
        if pair > 99 {
            return None;
        }
        value = value * 100 + u64::from(pair);
        if byte < 128 {
            return Some(value);
        }
    }
    None
}

/// A count of less than 2^28, seven bits a byte, the lowest first.
pub(super) fn put_varint(out: &mut Vec<u8>, count: usize) {
    let mut rest = count;
    loop {
        let low = u8::try_from(rest & 127).unwrap_or_default();
        rest >>= 7;
        out.push(if rest > 0 { low | 128 } else { low });
        if rest == 0 {
            break;
        }
    }
}

/// Such a count off the front; `None` where it does not end in four bytes.
pub(super) fn take_varint(rest: &mut &[u8]) -> Option<usize> {
    let mut count = 0;
    for shift in [0, 7, 14, 21] {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        count |= usize::from(byte & 127) << shift;
        if byte < 128 {
            return Some(count);
        }
    }
    None
}
