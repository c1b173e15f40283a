//! How likely the next bit is.
//!
//! Five predictions are mixed: what followed the last one, two and four
//! characters, what followed the beginning of this word, and what followed the
//! last place that looked like this one. Characters, not bytes: four bytes of
//! Hindi are little more than one letter. A long repetition is not predicted
//! bit by bit: one bit says that it goes on.
//!
//! Everything is an integer and nothing depends on the machine. The writer and
//! every reader run this same code over the same text, so they agree.

use super::{
    coder::{Bits, Silent},
    tables::{DICTIONARY, EVEN, Tables, at, at_mut, first_odds, mix},
};

/// From so many equal bytes on, a repetition is asked for as a whole.
const LONG: u32 = 20;
/// So many equal bytes make a repetition.
const LEAST: usize = 5;
/// How many equal bytes are counted when one is found.
const COUNTED: usize = 32;
/// What a prediction weighs at first, in 65536ths.
const FIRST_WEIGHT: i32 = 20_000;
/// Sixteen slots for the bits of half a byte; the first holds a check.
type Row = [u8; 16];

/// What was seen so far.
pub(super) struct Model {
    tables: Box<Tables>,
    /// The dictionary and the text so far.
    text: Vec<u8>,
    /// For each of four contexts, `1 << bits` rows of what was seen there.
    rows: [Vec<Row>; 4],
    bits: u32,
    /// For each context, the probability of a one by what was seen.
    odds: [[u16; 256]; 4],
    /// The probability that a repetition is right about a bit, by its length.
    bit_holds: [u16; 32],
    /// The probability that a long one is right about a byte, by its length.
    byte_holds: [u16; 32],
    /// What each prediction weighs, by the bits of this byte so far.
    weights: [[i32; 5]; 256],
    /// Where something was last seen, by a hash of it.
    places: Vec<u32>,
    /// Where the repetition goes on.
    place: usize,
    /// How many bytes it has lasted; 0 for none.
    run: u32,
    /// The last four characters, the last one first.
    characters: [u32; 4],
    /// The bytes of a character that is not whole yet.
    part: u32,
    /// How many more it takes.
    missing: u32,
    /// A hash of the letters of this word.
    word: u32,
    /// The four contexts.
    keys: [u32; 4],
}

impl Model {
    /// A model for a text of so many bytes that has read the dictionary.
    pub(super) fn new(size: usize) -> Self {
        let whole = DICTIONARY.len() + size;
        let mut bits = 12;
        while bits < 18 && (2 << bits) < whole {
            bits += 1;
        }
        let mut model = Self {
            tables: Tables::new(),
            text: Vec::with_capacity(whole),
            rows: [(); 4].map(|()| vec![[0; 16]; 1 << bits]),
            bits,
            odds: [first_odds(); 4],
            bit_holds: [0; 32],
            byte_holds: [62_000; 32],
            weights: [[FIRST_WEIGHT; 5]; 256],
            places: vec![0; 1 << 16],
            place: 0,
            run: 0,
            characters: [0; 4],
            part: 0,
            missing: 0,
            word: 0,
            keys: [0; 4],
        };
        for (holds, first) in model.bit_holds.iter_mut().zip((40_000..).step_by(700)) {
            *holds = first;
        }
        for byte in DICTIONARY {
            model.byte(&mut Silent, *byte);
        }
        model
    }

    /// The text without the dictionary.
    pub(super) fn into_text(mut self) -> Vec<u8> {
        self.text.drain(..DICTIONARY.len().min(self.text.len()));
        self.text
    }

    /// Passes a byte to the coder, or finds out which one it is.
    pub(super) fn byte<B: Bits>(&mut self, coder: &mut B, byte: u8) {
        let expected = if self.run > 0 {
            self.text.get(self.place).copied()
        } else {
            None
        };
        if self.run >= LONG
            && let Some(expected) = expected
        {
            let holds = at_mut(&mut self.byte_holds, (self.run.min(511) >> 4) as usize);
            let hit = coder.code(u32::from(byte == expected), (*holds).into());
            *holds = towards(*holds, hit, 5);
            if hit == 1 {
                self.push(expected);
                return;
            }
            self.run = 0;
        }
        self.set_keys();
        // A one before the bits that are expected, as before those that are there.
        let expected = match expected {
            Some(expected) if self.run > 0 => u32::from(expected) | 256,
            _ => 0,
        };
        let half = self.half(coder, byte, expected, 1);
        let [.., byte] = self.half(coder, byte, expected, half).to_be_bytes();
        self.push(byte);
    }

    /// Four bits. `node` is a one and the bits of this byte so far, and so is
    /// what comes back.
    fn half<B: Bits>(&mut self, coder: &mut B, byte: u8, expected: u32, mut node: u32) -> u32 {
        let mut left = if node == 1 { 8 } else { 4 };
        let [key0, key1, key2, key3] = self.keys;
        let [rows0, rows1, rows2, rows3] = &mut self.rows;
        let mut row0 = Slots::find(rows0, self.bits, mix(key0, node));
        let mut row1 = Slots::find(rows1, self.bits, mix(key1, node));
        let mut row2 = Slots::find(rows2, self.bits, mix(key2, node));
        let mut row3 = Slots::find(rows3, self.bits, mix(key3, node));
        let [odds0, odds1, odds2, odds3] = &mut self.odds;
        let holds = at_mut(&mut self.bit_holds, self.run as usize);
        let tables = &*self.tables;
        let stretch = |odds: u16| i32::from(at(&tables.stretch, usize::from(odds >> 4)));
        let mut slot = 1_usize;
        for _ in 0..4 {
            left -= 1;
            let seen0 = row0.seen(slot);
            let seen1 = row1.seen(slot);
            let seen2 = row2.seen(slot);
            let seen3 = row3.seen(slot);
            let in0 = stretch(at(odds0, seen0));
            let in1 = stretch(at(odds1, seen1));
            let in2 = stretch(at(odds2, seen2));
            let in3 = stretch(at(odds3, seen3));
            let agrees = expected >> (left + 1) == node;
            let foreseen = (expected >> left) & 1;
            let in4 = match (agrees, foreseen) {
                (false, _) => 0,
                (true, 1) => stretch(*holds),
                (true, _) => -stretch(*holds),
            };
            let weights = at_mut(&mut self.weights, node as usize);
            let [by0, by1, by2, by3, by4] = *weights;
            let sum = (by0.wrapping_mul(in0))
                .wrapping_add(by1.wrapping_mul(in1))
                .wrapping_add(by2.wrapping_mul(in2))
                .wrapping_add(by3.wrapping_mul(in3))
                .wrapping_add(by4.wrapping_mul(in4));
            let mixed = (sum >> 16).clamp(-2047, 2047) + EVEN;
            let one = u32::from(at(&tables.squash, mixed.unsigned_abs() as usize));
            let bit = coder.code((u32::from(byte) >> left) & 1, one);
            let miss = (bit << 16).wrapping_sub(one).cast_signed();
            let learn = |weight: i32, input: i32| {
                weight.wrapping_add((input.wrapping_mul(miss) + 32_768) >> 16)
            };
            *weights = [
                learn(by0, in0),
                learn(by1, in1),
                learn(by2, in2),
                learn(by3, in3),
                learn(by4, in4),
            ];
            update(odds0, seen0, bit);
            update(odds1, seen1, bit);
            update(odds2, seen2, bit);
            update(odds3, seen3, bit);
            let next = if bit == 1 {
                &tables.next[1]
            } else {
                &tables.next[0]
            };
            row0.set(slot, at(next, seen0));
            row1.set(slot, at(next, seen1));
            row2.set(slot, at(next, seen2));
            row3.set(slot, at(next, seen3));
            if agrees {
                *holds = towards(*holds, u32::from(bit == foreseen), 6);
            }
            slot = (slot << 1) | bit as usize;
            node = (node << 1) | bit;
        }
        row0.keep(rows0);
        row1.keep(rows1);
        row2.keep(rows2);
        row3.keep(rows3);
        node
    }

    fn set_keys(&mut self) {
        let [first, second, third, fourth] = self.characters;
        let one = mix(self.part, first);
        let two = mix(one, second);
        let four = mix(mix(two, third), fourth);
        let word = mix(mix(self.word, self.part), 0x7777);
        self.keys = [one, two, four, word];
    }

    /// A byte is known: it joins the text.
    fn push(&mut self, byte: u8) {
        if self.run > 0 {
            if self.text.get(self.place) == Some(&byte) {
                self.place += 1;
                self.run = self.run.saturating_add(1);
            } else {
                self.run = 0;
            }
        }
        self.text.push(byte);
        if let Some(character) = self.character(byte) {
            let [first, second, third, _] = self.characters;
            self.characters = [character, first, second, third];
            let lower = character | 32;
            self.word = match lower {
                128.. | 97..=122 => mix(self.word, lower),
                _ => 0,
            };
        }
        self.look_back();
    }

    /// The character that a byte completes, as its bytes in one number. Bytes
    /// that are no UTF-8 count as characters of their own.
    fn character(&mut self, byte: u8) -> Option<u32> {
        let bits = u32::from(byte);
        match byte {
            0..0x80 => {
                self.part = 0;
                self.missing = 0;
                Some(bits)
            }
            0xC0.. => {
                self.part = bits;
                self.missing = match byte {
                    0xF0.. => 3,
                    0xE0.. => 2,
                    _ => 1,
                };
                None
            }
            _ if self.missing == 0 => Some(bits),
            _ => {
                self.part = (self.part << 8) | bits;
                self.missing -= 1;
                (self.missing == 0).then(|| std::mem::take(&mut self.part))
            }
        }
    }

    /// Looks for the last five bytes in the text before, and notes where they
    /// are.
    fn look_back(&mut self) {
        let Some((before, &[first, a, b, c, d])) = self.text.split_last_chunk::<LEAST>() else {
            return;
        };
        let last = u32::from_be_bytes([a, b, c, d]);
        let Some(noted) = self
            .places
            .get_mut((mix(last, first.into()) >> 16) as usize)
        else {
            return;
        };
        let end = before.len() + LEAST;
        let found = std::mem::replace(noted, u32::try_from(end).unwrap_or_default()) as usize;
        if self.run > 0 || found == 0 {
            return;
        }
        let there = self.text.get(..found).unwrap_or_default().iter().rev();
        let equal = there.zip(self.text.iter().rev()).take(COUNTED);
        let run = equal.take_while(|(there, here)| there == here).count();
        if run >= LEAST {
            self.run = u32::try_from(run).unwrap_or_default();
            self.place = found;
        }
    }
}

/// A row while its four bits are coded.
struct Slots {
    place: usize,
    row: Row,
}

impl Slots {
    /// The row of a hash; a new one where another hash had it.
    #[inline(always)]
    fn find(rows: &[Row], bits: u32, hash: u32) -> Self {
        let place = (hash & ((1 << bits) - 1)) as usize;
        let [check, ..] = hash.to_be_bytes();
        let mut row = rows.get(place).copied().unwrap_or_default();
        if row.first() != Some(&check) {
            row = [check, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        }
        Self { place, row }
    }

    #[inline(always)]
    fn seen(&self, slot: usize) -> usize {
        at(&self.row, slot).into()
    }

    #[inline(always)]
    fn set(&mut self, slot: usize, seen: u8) {
        *at_mut(&mut self.row, slot) = seen;
    }

    #[inline(always)]
    fn keep(self, rows: &mut [Row]) {
        if let Some(row) = rows.get_mut(self.place) {
            *row = self.row;
        }
    }
}

#[inline(always)]
fn update(odds: &mut [u16; 256], seen: usize, bit: u32) {
    let odds = at_mut(odds, seen);
    *odds = towards(*odds, bit, 6);
}

/// A probability of a one, moved by a part of what it was off.
#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between two u16"
)]
fn towards(odds: u16, bit: u32, rate: u32) -> u16 {
    let odds = i32::from(odds);
    let target = if bit == 1 { 65_535 } else { 0 };
    (odds + ((target - odds) >> rate)) as u16
}
