//! Numbers that stand for a person, a card or an account.
//!
//! Written numbers are groups of digits: `98765 43210`, `4111-1111-…`. Digits
//! may be Devanagari ones. What has check digits is found only where they are
//! right.

use super::{Hit, Kind, at, before, joins};

/// Everything that a text holds of them; may overlap.
pub(super) fn hits(text: &str) -> Vec<Hit> {
    let mut found = Vec::new();
    let mut skip = 0;
    for (start, c) in text.char_indices() {
        if start < skip {
            continue;
        }
        let hit = if digit(c).is_some() && begins(text, start) {
            numbered(text, start)
        } else if c == '+' && !joins(before(text, start)) {
            international(text, start)
        } else if c == '(' {
            in_brackets(text, start)
        } else if c.is_ascii_uppercase() && !joins(before(text, start)) {
            iban(text, start)
        } else {
            None
        };
        if let Some(hit) = hit {
            skip = hit.range.end;
            found.push(hit);
        }
    }
    found
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        // Devanagari.
        '\u{966}'..='\u{96f}' => Some(c as u32 - 0x966),
        _ => None,
    }
}

/// Whether a number can begin here: not inside of an identifier, a decimal
/// number, an address or another number.
fn begins(text: &str, start: usize) -> bool {
    let Some(last) = before(text, start) else {
        return true;
    };
    if joins(Some(last)) {
        return false;
    }
    if !matches!(last, '-' | '.' | ',' | '/' | '+' | '#') {
        return true;
    }
    let earlier = before(text, start - last.len_utf8());
    last != '+' && !joins(earlier)
}

/// Whether a number can end here.
fn ends(text: &str, end: usize) -> bool {
    let next = at(text, end);
    if joins(next) || matches!(next, Some('@' | '%')) {
        return false;
    }
    let sign = matches!(next, Some('-' | '.' | ',' | '/' | ':'));
    let after = next.map_or(end, |next| end + next.len_utf8());
    !(sign && joins(at(text, after)))
}

/// Digits that follow each other, in groups.
struct Group {
    digits: Vec<u32>,
    /// What stands before it, if it is not the first.
    sep: char,
    end: usize,
}

fn groups(text: &str, start: usize) -> Vec<Group> {
    let mut all = Vec::new();
    let mut open = Group {
        digits: Vec::new(),
        sep: ' ',
        end: start,
    };
    let rest = text.get(start..).unwrap_or_default();
    for (offset, c) in rest.char_indices() {
        if let Some(value) = digit(c) {
            open.digits.push(value);
            open.end = start + offset + c.len_utf8();
            continue;
        }
        let is_sep = matches!(c, ' ' | '-' | '.' | '\u{a0}' | '\u{202f}');
        // Two in a row end the number, and so does the sixth group.
        if !is_sep || open.digits.is_empty() || all.len() == 5 {
            break;
        }
        let sep = if matches!(c, '-' | '.') { c } else { ' ' };
        let next = Group {
            digits: Vec::new(),
            sep,
            end: open.end,
        };
        all.push(std::mem::replace(&mut open, next));
    }
    if !open.digits.is_empty() {
        all.push(open);
    }
    all
}

/// The first groups, if they have these lengths and one sign between them.
fn take(groups: &[Group], lengths: &[usize], seps: &str) -> Option<(Vec<u32>, usize)> {
    let taken = groups.get(..lengths.len())?;
    let fits = taken
        .iter()
        .zip(lengths)
        .all(|(group, length)| group.digits.len() == *length);
    let mut between = taken.iter().skip(1).map(|group| group.sep);
    let first = between.next();
    let is_even = first.is_none_or(|first| seps.contains(first) && between.all(|sep| sep == first));
    let digits = taken.iter().flat_map(|group| group.digits.iter().copied());
    (fits && is_even).then(|| (digits.collect(), taken.last().map_or(0, |last| last.end)))
}

type Form = (Kind, &'static [usize], &'static str, fn(&[u32]) -> bool);

/// How the numbers are written, the longest first.
const FORMS: [Form; 15] = [
    (Kind::Card, &[4, 4, 4, 4, 3], " -", is_card),
    (Kind::Card, &[4, 4, 4, 4], " -", is_card),
    (Kind::Card, &[4, 6, 5], " -", is_card),
    (Kind::Card, &[4, 6, 4], " -", is_card),
    (Kind::Aadhaar, &[4, 4, 4], " -", is_aadhaar),
    (Kind::Aadhaar, &[12], "", is_aadhaar),
    (Kind::Phone, &[2, 5, 5], " -", is_indian),
    (Kind::Phone, &[2, 10], " -", is_indian),
    (Kind::Phone, &[12], "", is_indian),
    (Kind::Phone, &[6, 5], " -", is_indian),
    (Kind::Phone, &[11], "", is_indian),
    (Kind::Phone, &[10], "", is_indian),
    (Kind::Phone, &[5, 5], " -", is_indian),
    (Kind::Phone, &[4, 3, 3], " -", is_indian),
    (Kind::Phone, &[3, 3, 4], "-.", is_north_american),
];

fn numbered(text: &str, start: usize) -> Option<Hit> {
    let groups = groups(text, start);
    let hit = |kind, end| {
        ends(text, end).then_some(Hit {
            kind,
            range: start..end,
        })
    };
    let solid = groups.first()?;
    if (13..=19).contains(&solid.digits.len()) && is_card(&solid.digits) {
        return hit(Kind::Card, solid.end);
    }
    FORMS.iter().find_map(|(kind, lengths, seps, is_right)| {
        let (digits, end) = take(&groups, lengths, seps)?;
        is_right(&digits).then(|| hit(*kind, end)).flatten()
    })
}

/// `+` and 8 to 15 digits (E.164), however they are grouped.
fn international(text: &str, start: usize) -> Option<Hit> {
    let mut digits = 0;
    let mut end = start;
    let mut was_digit = true;
    for (offset, c) in text.get(start + 1..)?.char_indices() {
        if digit(c).is_some() {
            digits += 1;
            end = start + 1 + offset + c.len_utf8();
            was_digit = true;
        } else if matches!(c, '(' | ')') || (matches!(c, ' ' | '-' | '.' | '\u{a0}') && was_digit) {
            was_digit = matches!(c, '(' | ')');
        } else {
            break;
        }
    }
    ((8..=15).contains(&digits) && ends(text, end)).then_some(Hit {
        kind: Kind::Phone,
        range: start..end,
    })
}

/// `(555) 123-4567`.
fn in_brackets(text: &str, start: usize) -> Option<Hit> {
    let rest = text.get(start + 1..)?;
    let (area, tail) = rest.split_once(')')?;
    let tail_start = start + 1 + area.len() + 1;
    let space = tail.len() - tail.trim_start_matches(' ').len();
    let groups = groups(text, tail_start + space);
    let (digits, end) = take(&groups, &[3, 4], "-. ")?;
    let area: Vec<u32> = area.chars().map_while(digit).collect();
    let all: Vec<u32> = area.iter().chain(&digits).copied().collect();
    let is_whole = area.len() == 3 && rest.find(')') == Some(3) && space <= 1;
    (is_whole && is_north_american(&all) && ends(text, end)).then_some(Hit {
        kind: Kind::Phone,
        range: start..end,
    })
}

/// Ten digits of a mobile, perhaps with 91 or 0 before them.
fn is_indian(digits: &[u32]) -> bool {
    let own = match digits {
        [9, 1, own @ ..] | [0, own @ ..] if own.len() == 10 => own,
        own => own,
    };
    let varied = own.iter().any(|digit| Some(digit) != own.first());
    own.len() == 10 && matches!(own.first(), Some(6..=9)) && varied
}

/// Area and exchange begin with 2 to 9.
fn is_north_american(digits: &[u32]) -> bool {
    let starts = |at: usize| matches!(digits.get(at), Some(2..=9));
    digits.len() == 10 && starts(0) && starts(3)
}

/// Twelve digits, not beginning with 0 or 1, the last by Verhoeff.
fn is_aadhaar(digits: &[u32]) -> bool {
    digits.len() == 12 && matches!(digits.first(), Some(2..=9)) && verhoeff(digits)
}

/// Verhoeff's check: in the dihedral group of the pentagon, with the powers of
/// one permutation, everything comes to 0.
fn verhoeff(digits: &[u32]) -> bool {
    const PERMUTATION: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let permuted = |digit: u32, times: usize| {
        (0..times).fold(digit, |digit, _| {
            let at = usize::try_from(digit).unwrap_or_default();
            PERMUTATION.get(at).copied().unwrap_or_default()
        })
    };
    // Rotations are 0 to 4, reflections 5 to 9.
    let times = |a: u32, b: u32| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let sum = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0, |sum, (place, digit)| {
            times(sum, permuted(*digit, place % 8))
        });
    sum == 0
}

/// A number of a known network, right by Luhn.
fn is_card(digits: &[u32]) -> bool {
    let head = |count: usize| {
        digits
            .iter()
            .take(count)
            .fold(0, |sum, digit| sum * 10 + digit)
    };
    let is_issued = match digits.len() {
        15 => matches!(head(2), 34 | 37),
        13 => head(1) == 4,
        14 => matches!(head(2), 36 | 38 | 39) || matches!(head(3), 300..=305),
        // Visa, Mastercard, Discover, RuPay, JCB, UnionPay, Maestro.
        16..=19 => {
            head(1) == 4
                || matches!(head(2), 50..=69 | 35 | 81 | 82)
                || matches!(head(4), 2221..=2720)
        }
        _ => false,
    };
    is_issued && luhn(digits)
}

fn luhn(digits: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, *digit) {
            (0, digit) => digit,
            (_, digit @ 0..=4) => digit * 2,
            (_, digit) => digit * 2 - 9,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Countries with the length of their account numbers (ISO 13616).
const IBANS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";

fn iban(text: &str, start: usize) -> Option<Hit> {
    let rest = text.get(start..)?;
    let country = rest.get(..2)?;
    let length: usize = IBANS
        .split(' ')
        .find_map(|row| row.strip_prefix(country))?
        .parse()
        .ok()?;
    let mut letters = Vec::with_capacity(length);
    let mut end = start;
    for (offset, c) in rest.char_indices() {
        if c.is_ascii_uppercase() || c.is_ascii_digit() {
            letters.push(c.to_digit(36)?);
            end = start + offset + 1;
            if letters.len() == length {
                break;
            }
        } else if c != ' ' || offset != end - start {
            return None;
        }
    }
    let is_checked = letters.len() == length && modulo_97(&letters) == 1;
    (is_checked && !joins(at(text, end))).then_some(Hit {
        kind: Kind::Iban,
        range: start..end,
    })
}

/// The number that the letters make once the first four stand last (ISO 7064).
fn modulo_97(letters: &[u32]) -> u32 {
    let moved = letters.iter().skip(4).chain(letters.iter().take(4));
    moved.fold(0, |rest, value| {
        let shift = if *value > 9 { 100 } else { 10 };
        (rest * shift + value) % 97
    })
}
