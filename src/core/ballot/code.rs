//! A ballot as a short text: about fifty letters that can be pasted, scanned or
//! read out. The layout in words is in `docs/ballots.md`.

use super::{
    Ballot, BallotError, Fingerprint, MAX_CRITERIA, MAX_NAME_BYTES, MAX_PANES, MAX_TURNS, Places,
    TurnBallot, USUAL_CRITERIA, Vote, Voter,
    letters::{self, BadSign},
};
use crate::core::{checksum, pricing::Moment};

/// How a code begins: what it is, and its version.
pub const PREFIX: &str = "TB1";
/// The name of the link form.
pub const LINK_NAME: &str = "ballot";
/// Bytes of the check sum at the end.
const SUM_BYTES: usize = 4;
/// Lengths from here on are names written out; below are [`USUAL_CRITERIA`].
const WRITTEN_OUT: u8 = 0x40;

impl Ballot {
    /// The short text.
    pub fn to_code(&self) -> String {
        let mut body = Vec::with_capacity(48);
        body.extend(self.comparison.0);
        body.extend(self.voter.0);
        body.extend(self.seed.to_be_bytes());
        let at = u32::try_from(self.at.0.max(0)).unwrap_or(u32::MAX);
        body.extend(at.to_be_bytes());
        let name = self.name.as_deref().unwrap_or_default();
        let panes = byte(self.panes.saturating_sub(1)) & 7;
        let criteria = byte(self.criteria.len()) & 7;
        body.push(panes | criteria << 3 | u8::from(!name.is_empty()) << 6);
        body.push(byte(self.turns.len()));
        for criterion in &self.criteria {
            match USUAL_CRITERIA.iter().position(|usual| usual == criterion) {
                Some(at) => body.push(byte(at)),
                None => push_name(&mut body, criterion, WRITTEN_OUT),
            }
        }
        if !name.is_empty() {
            push_name(&mut body, name, 0);
        }
        for turn in &self.turns {
            push_turn(&mut body, turn, self.criteria.len() * self.panes);
        }
        let length = body.len() + SUM_BYTES;
        let mut bytes = Vec::with_capacity(length + 2);
        // Seven bits a byte, the lowest first; the eighth says that more come.
        let low = byte(length & 0x7f);
        if length > 0x7f {
            bytes.push(low | 0x80);
            bytes.push(byte(length >> 7));
        } else {
            bytes.push(low);
        }
        bytes.extend(body);
        let sum = checksum::crc32(&bytes).to_be_bytes();
        bytes.extend(sum);
        format!("{PREFIX}{}", letters::encode(&bytes))
    }

    /// The fragment of a link that carries the ballot, without `#`.
    pub fn to_fragment(&self) -> String {
        format!("{LINK_NAME}={}", self.to_code())
    }

    /// Reads a code, without spaces around it.
    pub fn from_code(text: &str) -> Result<Self, BallotError> {
        let rest = strip(text)?;
        let bytes = letters::decode(rest).map_err(|BadSign(found, place)| BallotError::Sign {
            found,
            place: place + PREFIX.len() + 1,
        })?;
        let (length, start) = match *bytes.as_slice() {
            [] => return Err(BallotError::Cut { letters: None }),
            [low] if low >= 0x80 => return Err(BallotError::Cut { letters: None }),
            [low, high, ..] if low >= 0x80 => (usize::from(low & 0x7f) | usize::from(high) << 7, 2),
            [low, ..] => (usize::from(low), 1),
        };
        let wanted = letters::letters_of(start + length);
        let there = rest.chars().filter(|sign| *sign != '-').count();
        if there < wanted {
            return Err(BallotError::Cut {
                letters: Some(wanted - there),
            });
        }
        if there > wanted {
            return Err(BallotError::TooLong {
                letters: there - wanted,
            });
        }
        let end = (start + length).saturating_sub(SUM_BYTES);
        let (all, sum) = bytes.split_at_checked(end).ok_or(BallotError::Sum)?;
        if sum != checksum::crc32(all).to_be_bytes() {
            return Err(BallotError::Sum);
        }
        let mut reader = Reader(all.get(start..).ok_or(BallotError::Content)?);
        let ballot = read(&mut reader).ok_or(BallotError::Content)?;
        if reader.0.is_empty() {
            Ok(ballot)
        } else {
            Err(BallotError::Content)
        }
    }
}

/// What follows the prefix; other versions of it are named.
fn strip(text: &str) -> Result<&str, BallotError> {
    let (start, rest) = text
        .split_at_checked(PREFIX.len())
        .ok_or(BallotError::None)?;
    let start = start.to_ascii_uppercase();
    let version = start
        .strip_prefix("TB")
        .and_then(|digit| digit.parse::<u8>().ok());
    match version {
        Some(1) => Ok(rest),
        Some(found) => Err(BallotError::Version { found }),
        None => Err(BallotError::None),
    }
}

fn byte(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

/// A text behind its length; longer ones are cut.
fn push_name(body: &mut Vec<u8>, name: &str, base: u8) {
    let name = super::short_name(name, MAX_NAME_BYTES).unwrap_or_default();
    body.push(base + byte(name.len()));
    body.extend(name.as_bytes());
}

fn push_turn(body: &mut Vec<u8>, turn: &TurnBallot, marks: usize) {
    // The upper bit says whether marks follow.
    let has_marks = turn.marks.iter().flatten().any(Option::is_some);
    body.push(byte(turn.votes.len()) & 0x7f | u8::from(has_marks) << 7);
    for vote in &turn.votes {
        body.extend([vote.among.bits(), vote.best.bits()]);
    }
    if has_marks {
        let mut all = turn.marks.iter().flatten().map(|mark| mark.unwrap_or(0));
        for _ in 0..marks.div_ceil(2) {
            let high = all.next().unwrap_or_default();
            body.push(high << 4 | all.next().unwrap_or_default());
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn name(&mut self, length: usize) -> Option<String> {
        if length == 0 || length > MAX_NAME_BYTES {
            return None;
        }
        let text = std::str::from_utf8(self.take(length)?).ok()?;
        (super::short_name(text, MAX_NAME_BYTES).as_deref() == Some(text)).then(|| text.to_owned())
    }
}

fn read(from: &mut Reader) -> Option<Ballot> {
    let comparison = Fingerprint(from.array()?);
    let voter = Voter(from.array()?);
    let seed = u32::from_be_bytes(from.array()?);
    let at = Moment(i64::from(u32::from_be_bytes(from.array()?)));
    let shape = from.byte()?;
    let panes = usize::from(shape & 7) + 1;
    let turns = usize::from(from.byte()?);
    let criteria_count = usize::from(shape >> 3 & 7);
    if shape & 0x80 != 0 || !(2..=MAX_PANES).contains(&panes) || turns > MAX_TURNS {
        return None;
    }
    let mut criteria: Vec<String> = Vec::with_capacity(MAX_CRITERIA);
    for _ in 0..criteria_count {
        let kind = from.byte()?;
        let criterion = match kind.checked_sub(WRITTEN_OUT) {
            Some(length) => from.name(usize::from(length))?,
            None => (*USUAL_CRITERIA.get(usize::from(kind))?).to_owned(),
        };
        if criteria.contains(&criterion) {
            return None;
        }
        criteria.push(criterion);
    }
    let name = if shape & 0x40 == 0 {
        None
    } else {
        let length = usize::from(from.byte()?);
        Some(from.name(length)?)
    };
    let turns = (0..turns)
        .map(|_| read_turn(from, panes, criteria.len()))
        .collect::<Option<_>>()?;
    Some(Ballot {
        comparison,
        voter,
        name,
        at,
        seed,
        panes,
        criteria,
        turns,
    })
}

fn read_turn(from: &mut Reader, panes: usize, criteria: usize) -> Option<TurnBallot> {
    let head = from.byte()?;
    let every = (0..panes).collect::<Places>();
    let mut votes = Vec::new();
    for _ in 0..head & 0x7f {
        let [among, best] = from.array()?.map(Places::from_bits);
        if among.len() < 2 || !among.is_within(every) || !best.is_within(among) {
            return None;
        }
        votes.push(Vote { among, best });
    }
    if head & 0x80 == 0 {
        return Some(TurnBallot {
            votes,
            marks: Vec::new(),
        });
    }
    let packed = from.take((criteria * panes).div_ceil(2))?;
    let mut flat = packed.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut marks = Vec::with_capacity(criteria);
    for _ in 0..criteria {
        let mut list = Vec::with_capacity(panes);
        for _ in 0..panes {
            list.push(match flat.next()? {
                0 => None,
                mark if mark <= super::BEST_MARK => Some(mark),
                _ => return None,
            });
        }
        marks.push(list);
    }
    // What fills up the last byte.
    flat.all(|rest| rest == 0)
        .then_some(TurnBallot { votes, marks })
}

#[cfg(test)]
mod tests {
    use super::{super::testing, *};
    use proptest::prelude::*;

    #[test]
    fn a_simple_vote_is_about_fifty_letters() {
        assert_eq!(testing::simple().to_code().len(), 50);
        let fragment = testing::simple().to_fragment();
        assert!(fragment.starts_with("ballot=TB1"), "{fragment}");
    }

    /// Made by `tests/fixtures/ballots/make.py`, which was written from
    /// `docs/ballots.md` and knows nothing of this code.
    #[test]
    fn codes_of_another_writer_are_read_and_come_out_the_same() {
        let made: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/fixtures/ballots/vectors.json"))
                .unwrap();
        let codes = made["codes"].as_array().unwrap();
        assert!(codes.len() >= 4);
        for case in codes {
            let document = case["ballot"].to_string();
            let code = case["code"].as_str().unwrap();
            let ballot = Ballot::from_code(code).unwrap();
            assert_eq!(Ballot::parse(&document).unwrap(), ballot);
            assert_eq!(ballot.to_code(), code);
        }
    }

    #[test]
    fn a_code_can_be_typed_in_small_letters_and_with_hyphens() {
        let code = testing::simple().to_code();
        let mut typed = code.to_lowercase();
        for at in [40, 30, 20, 10] {
            typed.insert(at, '-');
        }
        assert_eq!(Ballot::from_code(&typed), Ok(testing::simple()));
    }

    #[test]
    fn a_code_that_was_cut_says_how_much_is_missing() {
        let code = testing::full().to_code();
        for kept in 6..code.len() {
            let cut = Ballot::from_code(&code[..kept]);
            let letters = Some(code.len() - kept);
            assert_eq!(cut, Err(BallotError::Cut { letters }), "{kept}");
        }
        assert_eq!(
            Ballot::from_code("TB1"),
            Err(BallotError::Cut { letters: None })
        );
        let long = format!("{code}00");
        assert_eq!(
            Ballot::from_code(&long),
            Err(BallotError::TooLong { letters: 2 })
        );
    }

    #[test]
    fn a_later_version_and_a_strange_sign_are_named() {
        assert_eq!(
            Ballot::from_code("TB2ABC"),
            Err(BallotError::Version { found: 2 })
        );
        assert_eq!(
            Ballot::from_code("TB1AB!"),
            Err(BallotError::Sign {
                found: '!',
                place: 6
            })
        );
        assert_eq!(Ballot::from_code("TBX"), Err(BallotError::None));
        assert_eq!(Ballot::from_code("é"), Err(BallotError::None));
    }

    proptest! {
        #[test]
        fn every_ballot_comes_back(ballot in testing::ballot()) {
            prop_assert_eq!(Ballot::from_code(&ballot.to_code()), Ok(ballot));
        }

        #[test]
        fn one_wrong_letter_is_always_noticed(
            ballot in testing::ballot(),
            place: prop::sample::Index,
            letter in "[0-9A-HJKMNP-TV-Z]",
        ) {
            let code = ballot.to_code();
            let at = PREFIX.len() + place.index(code.len() - PREFIX.len());
            prop_assume!(code[at..=at] != letter);
            let mut wrong = code.clone();
            wrong.replace_range(at..=at, &letter);
            // The last letter may differ in bits that fill up.
            let read = Ballot::from_code(&wrong);
            prop_assert!(read.is_err() || (at + 1 == code.len() && read == Ok(ballot)));
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in "TB1[0-9A-Za-z-]{0,120}") {
            let _ = Ballot::from_code(&text);
        }

        /// Behind a right sum anything may stand.
        #[test]
        fn any_bytes_are_read_without_a_panic(body in prop::collection::vec(any::<u8>(), 0..60)) {
            let mut bytes = vec![u8::try_from(body.len() + SUM_BYTES).unwrap()];
            bytes.extend(body);
            let sum = checksum::crc32(&bytes).to_be_bytes();
            bytes.extend(sum);
            let code = format!("{PREFIX}{}", letters::encode(&bytes));
            if let Ok(ballot) = Ballot::from_code(&code) {
                prop_assert_eq!(Ballot::parse(&ballot.to_json()), Ok(ballot));
            }
        }
    }
}
