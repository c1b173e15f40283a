//! The numbers that writer and reader must agree on, to the last bit.
//!
//! A probability has 16 bits. `squash` and `stretch` lead from the model's
//! scale, where 256 steps are a factor of e in the odds, to probabilities and
//! back.

/// What every text begins with in the eyes of the model: the words and names
/// that our documents are made of. Never changed; a version 2 may have another.
pub const DICTIONARY: &[u8] = include_bytes!("../../../public/schema/link-dictionary-1.txt");

/// Where even odds stand on the scale of `squash`.
pub(super) const EVEN: i32 = 2048;

/// 65536 / (1 + e^-x) for x from -8 to 8 in steps of a half, rounded.
const KNOTS: [u32; 33] = [
    22, 36, 60, 98, 162, 267, 439, 720, 1179, 1921, 3108, 4971, 7812, 11955, 17625, 24743, 32768,
    40793, 47911, 53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438,
    65476, 65500, 65514,
];

/// A table's value; the index counts modulo its length, a power of two.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "masked by the table's own length")]
pub(super) fn at<T: Copy, const N: usize>(table: &[T; N], index: usize) -> T {
    const { assert!(N.is_power_of_two()) };
    table[index & (N - 1)]
}

/// The same to write to.
#[inline(always)]
#[expect(clippy::indexing_slicing, reason = "masked by the table's own length")]
pub(super) fn at_mut<T, const N: usize>(table: &mut [T; N], index: usize) -> &mut T {
    const { assert!(N.is_power_of_two()) };
    &mut table[index & (N - 1)]
}

/// Tables that follow from a rule; made once for each model.
pub(super) struct Tables {
    /// From the scale, moved up by [`EVEN`], to a probability.
    pub(super) squash: [u16; 4096],
    /// From the upper 12 bits of a probability to the scale.
    stretch: [i16; 4096],
    /// From a history and a bit to the history then.
    next: [[u8; 256]; 2],
}

impl Tables {
    pub(super) fn new() -> Box<Self> {
        let mut tables = Box::new(Self {
            squash: [0; 4096],
            stretch: [0; 4096],
            next: [[0; 256]; 2],
        });
        let mut steps = 0..4096_u32;
        for (below, above) in KNOTS.iter().zip(KNOTS.iter().skip(1)) {
            for (part, step) in (0..128).zip(&mut steps) {
                let value = (below * (128 - part) + above * part + 64) >> 7;
                *at_mut(&mut tables.squash, step as usize) = narrow(value);
            }
        }
        let mut step = 0_usize;
        for odds in 0..4096_usize {
            while step < 4095 && usize::from(at(&tables.squash, step) >> 4) < odds {
                step += 1;
            }
            let scaled = i16::try_from(step).unwrap_or_default() - 2048;
            *at_mut(&mut tables.stretch, odds) = scaled.max(-2047);
        }
        for seen in 0..=u8::MAX {
            let (zeros, ones) = (seen >> 4, seen & 15);
            let at = usize::from(seen);
            *at_mut(&mut tables.next[0], at) = (more(zeros) << 4) | fewer(ones);
            *at_mut(&mut tables.next[1], at) = (fewer(zeros) << 4) | more(ones);
        }
        tables
    }

    /// A probability on the model's scale.
    #[inline(always)]
    pub(super) fn stretch(&self, odds: u16) -> i32 {
        at(&self.stretch, usize::from(odds >> 4)).into()
    }

    /// What a history becomes with a bit.
    #[inline(always)]
    pub(super) fn next(&self, history: usize, bit: u32) -> u8 {
        let [zero, one] = &self.next;
        at(if bit == 1 { one } else { zero }, history)
    }
}

/// How often a bit was seen, once more.
fn more(count: u8) -> u8 {
    (count + 1).min(15)
}

/// How often a bit was seen, where the other one came: old news counts less.
fn fewer(count: u8) -> u8 {
    if count > 2 { 1 + count / 2 } else { count }
}

/// Where the probability of a one begins for what was seen.
pub(super) fn first_odds() -> [u16; 256] {
    let mut odds = [0; 256];
    for seen in 0..256_u32 {
        let (zeros, ones) = (seen >> 4, seen & 15);
        let value = 65535 * (2 * ones + 1) / (2 * (zeros + ones) + 2);
        *at_mut(&mut odds, seen as usize) = narrow(value);
    }
    odds
}

fn narrow(value: u32) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// Mixes two numbers into one that depends on all bits of both.
#[inline(always)]
pub(super) fn mix(a: u32, b: u32) -> u32 {
    let mixed = (a.rotate_left(13) ^ b).wrapping_mul(0x9E37_79B1);
    mixed ^ (mixed >> 15)
}

/// A probability of a one, moved by a part of what it was off.
#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two of 16 bits"
)]
pub(super) fn towards(odds: u16, bit: u32, rate: u32) -> u16 {
    let odds = i32::from(odds);
    let target = if bit == 1 { 65_535 } else { 0 };
    (odds + ((target - odds) >> rate)) as u16
}
