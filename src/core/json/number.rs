//! From decimal digits to the float that is nearest to them.
//!
//! Exact for every input and without tables: usual parsers, the standard
//! library's among them, hold 5 to 10 kB of powers. Where digits and power of
//! ten are floats themselves, one division or multiplication is exact; all else
//! is whole numbers of any length, which only ever meet one small factor or
//! divisor.

/// As many digits as a limb has room for.
const DIGITS_AT_ONCE: usize = 9;
/// So many digits always have room in 64 bits.
const DIGITS_OF_64_BITS: usize = 19;
/// So many times five is the most that a limb has room for.
const FIVES_AT_ONCE: u32 = 13;
/// What lies in the middle between two floats has at most 768 digits. After so
/// many it matters only whether anything follows.
const MOST_DIGITS: usize = 800;
/// Whole numbers up to here are floats.
const LARGEST_EXACT: u64 = 1 << 53;
/// Powers of ten up to this one are floats.
const LARGEST_EXACT_POWER: u32 = 22;

/// The float nearest to `whole.fraction * 10^exponent`, of two equally near ones
/// the even one; infinite where it is too large. Both slices are ASCII digits.
pub(super) fn nearest(whole: &[u8], fraction: &[u8], exponent: i32) -> f64 {
    let digits = whole.iter().chain(fraction);
    let mut digits = digits.map(|digit| u64::from(digit & 0xf)).peekable();
    let mut left = whole.len() + fraction.len();
    while digits.next_if_eq(&0).is_some() {
        left -= 1;
    }
    if left == 0 {
        return 0.0;
    }
    let power = i64::from(exponent).saturating_sub_unsigned(fraction.len() as u64);
    // The value is at least a tenth of ten to this, and less than it.
    match power.saturating_add_unsigned(left as u64) {
        ..-330 => return 0.0,
        311.. => return f64::INFINITY,
        _ => {}
    }
    if left > DIGITS_OF_64_BITS {
        return long(digits, left, power);
    }
    let short = digits.fold(0, |short, digit| short * 10 + digit);
    let power = clamped(power);
    if short <= LARGEST_EXACT && power.unsigned_abs() <= LARGEST_EXACT_POWER {
        return exact(short, power);
    }
    match low(short >> 32) {
        0 => scaled(&[low(short)], power),
        upper => scaled(&[low(short), upper], power),
    }
}

/// So many digits, of which the first is not zero, times ten to the power.
fn long(mut digits: impl Iterator<Item = u64>, count: usize, power: i64) -> f64 {
    let kept = count.min(MOST_DIGITS);
    let mut limbs = Vec::new();
    let mut at = 0;
    while at < kept {
        let mut factor = 1;
        let mut piece = 0;
        for digit in digits.by_ref().take(DIGITS_AT_ONCE.min(kept - at)) {
            factor *= 10;
            piece = piece * 10 + digit;
            at += 1;
        }
        multiply(&mut limbs, factor, piece);
    }
    let mut power = clamped(power.saturating_add_unsigned((count - kept) as u64));
    if digits.any(|digit| digit != 0) {
        multiply(&mut limbs, 10, 1);
        power -= 1;
    }
    scaled(&limbs, power)
}

/// Digits that are a float, and a power that is one: IEEE 754 rounds the rest.
fn exact(digits: u64, power: i32) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "checked by the caller")]
    let digits = digits as f64;
    let mut ten = 1.0;
    for _ in 0..power.unsigned_abs() {
        ten *= 10.0;
    }
    if power < 0 {
        digits / ten
    } else {
        digits * ten
    }
}

fn clamped(power: i64) -> i32 {
    i32::try_from(power).unwrap_or(i32::MIN)
}

/// `limbs * 10^power`, as `limbs * 5^power * 2^power`. The last limb is not zero.
fn scaled(digits: &[u32], power: i32) -> f64 {
    let mut fives = power.unsigned_abs();
    // So many zeros below that 64 bits or more are left of a division: 5 has less
    // than 7/3 bits.
    let zeros = match power {
        ..0 => (fives as usize * 7 / 96 + 4).saturating_sub(digits.len()),
        _ => 0,
    };
    let mut limbs = Vec::with_capacity(zeros + digits.len());
    limbs.resize(zeros, 0);
    limbs.extend_from_slice(digits);
    let mut is_more = false;
    while fives > 0 {
        let count = fives.min(FIVES_AT_ONCE);
        let factor = 5_u32.pow(count);
        fives -= count;
        if power < 0 {
            is_more |= divide(&mut limbs, factor);
        } else {
            multiply(&mut limbs, u64::from(factor), 0);
        }
    }
    let twos = i32::try_from(zeros).map_or(power, |zeros| power - zeros * 32);
    rounded(&limbs, twos, is_more)
}

/// `limbs * factor + more`; both numbers have 32 bits.
fn multiply(limbs: &mut Vec<u32>, factor: u64, more: u64) {
    let mut carry = more;
    for limb in limbs.iter_mut() {
        carry += u64::from(*limb) * factor;
        *limb = low(carry);
        carry >>= 32;
    }
    if carry > 0 {
        limbs.push(low(carry));
    }
}

/// `limbs / divisor`, and whether there is a rest.
fn divide(limbs: &mut Vec<u32>, divisor: u32) -> bool {
    let divisor = u64::from(divisor);
    let mut rest = 0;
    for limb in limbs.iter_mut().rev() {
        let part = rest << 32 | u64::from(*limb);
        *limb = low(part / divisor);
        rest = part % divisor;
    }
    while limbs.pop_if(|limb| *limb == 0).is_some() {}
    rest != 0
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
fn low(number: u64) -> u32 {
    number as u32
}

/// `limbs * 2^twos`, and a little more where there `is_more`, as a float.
fn rounded(limbs: &[u32], twos: i32, mut is_more: bool) -> f64 {
    // The 64 upper bits, of which the first is set, of up to 96 in three limbs.
    let mut upper = limbs.iter().rev().map(|limb| u64::from(*limb));
    let mut three = || upper.next().unwrap_or_default();
    let (first, second, third) = (three(), three(), three());
    let gap = low(first).leading_zeros();
    let top = (first << 32 | second) << gap | third << gap >> 32;
    is_more |= low(third << gap) != 0 || upper.any(|limb| limb != 0);
    // Two to this is the value of the first bit.
    let exponent = i32::try_from(limbs.len()).unwrap_or(i32::MAX) * 32 - 1 + twos;
    let exponent = exponent.saturating_sub_unsigned(gap);
    // Floats have 53 bits, and fewer where they are smaller than usual ones.
    let (biased, drop) = match exponent {
        1_024.. => return f64::INFINITY,
        -1_022.. => (exponent.saturating_add(1_022).unsigned_abs(), 11),
        _ => (0, 11 + exponent.abs_diff(-1_022)),
    };
    if drop > 64 {
        return 0.0;
    }
    let kept = top.checked_shr(drop).unwrap_or_default();
    let rest = top << (64 - drop);
    let half = 1 << 63;
    let is_up = rest > half || rest == half && (is_more || kept & 1 == 1);
    // The first bit of the 53 adds one to the exponent, as does a carry.
    f64::from_bits((u64::from(biased) << 52) + kept + u64::from(is_up))
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
