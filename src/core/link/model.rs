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
    context::{Context, Rows},
    tables::{DICTIONARY, EVEN, Tables, at, at_mut, mix, towards},
};

/// From so many equal bytes on, a repetition is asked for as a whole.
const LONG: u32 = 20;
/// So many equal bytes make a repetition.
const LEAST: usize = 5;
/// How many equal bytes are counted when one is found.
const COUNTED: usize = 32;
/// What a prediction weighs at first, in 65536ths.
const FIRST_WEIGHT: i32 = 20_000;

/// What was seen so far.
pub(super) struct Model {
    tables: Box<Tables>,
    /// The dictionary and the text so far.
    text: Vec<u8>,
    /// After one, two and four characters, and after the beginning of a word.
    contexts: [Context; 4],
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
    /// The last eight bytes, the last one lowest.
    last: u64,
}

impl Model {
    /// A model for a text of so many bytes that has read the dictionary.
    pub(super) fn new(size: usize) -> Self {
        let whole = DICTIONARY.len() + size;
        let mut bits = 12;
        while bits < 18 && (2 << bits) < whole {
            bits += 1;
        }
        let tables = Tables::new();
        let mut model = Self {
            contexts: [(); 4].map(|()| Context::new(bits, &tables)),
            tables,
            text: Vec::with_capacity(whole),
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
            last: 0,
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
            let middle = coder.middle((*holds).into());
            if coder.is_one(u32::from(byte == expected), middle) {
                coder.one(middle);
                *holds = towards(*holds, 1, 5);
                self.push(expected);
                return;
            }
            coder.zero(middle);
            *holds = towards(*holds, 0, 5);
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
        let tables = &*self.tables;
        let holds = at_mut(&mut self.bit_holds, self.run as usize);
        let mut rows = Rows::open(&mut self.contexts, node);
        let mut slot = 1;
        for _ in 0..4 {
            left -= 1;
            let agrees = expected >> (left + 1) == node;
            let foreseen = (expected >> left) & 1;
            let repeated = match (agrees, foreseen) {
                (false, _) => 0,
                (true, 1) => tables.stretch(*holds),
                (true, _) => -tables.stretch(*holds),
            };
            let inputs = rows.inputs(slot, repeated);
            let weights = at_mut(&mut self.weights, node as usize);
            let mixed = (sum(weights, &inputs) >> 16).clamp(-2047, 2047) + EVEN;
            let chance = u32::from(at(&tables.squash, mixed.unsigned_abs() as usize));
            let middle = coder.middle(chance);
            // Two ways that differ in the bit alone, see `Bits`.
            if coder.is_one((u32::from(byte) >> left) & 1, middle) {
                coder.one(middle);
                learn(weights, &inputs, 65_536 - chance.cast_signed(), agrees);
                rows.learn::<1>(tables, slot);
                if agrees {
                    *holds = towards(*holds, foreseen, 6);
                }
                slot = (slot << 1) | 1;
                node = (node << 1) | 1;
            } else {
                coder.zero(middle);
                learn(weights, &inputs, -chance.cast_signed(), agrees);
                rows.learn::<0>(tables, slot);
                if agrees {
                    *holds = towards(*holds, foreseen ^ 1, 6);
                }
                slot <<= 1;
                node <<= 1;
            }
        }
        node
    }

    fn set_keys(&mut self) {
        let [first, second, third, fourth] = self.characters;
        let [one, two, four, word] = &mut self.contexts;
        one.key = mix(self.part, first);
        two.key = mix(one.key, second);
        four.key = mix(mix(two.key, third), fourth);
        word.key = mix(mix(self.word, self.part), 0x7777);
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
        self.last = (self.last << 8) | u64::from(byte);
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
    #[inline(always)]
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
    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "four bytes; a text has no 2^32"
    )]
    fn look_back(&mut self) {
        let end = self.text.len();
        if end < LEAST {
            return;
        }
        let hash = mix(self.last as u32, (self.last >> 32) as u32 & 255);
        let Some(noted) = self.places.get_mut((hash >> 16) as usize) else {
            return;
        };
        let found = std::mem::replace(noted, end as u32) as usize;
        if self.run > 0 || found == 0 {
            return;
        }
        let run = self.equal_before(found, end);
        if run >= LEAST {
            self.run = run as u32;
            self.place = found;
        }
    }

    /// How many bytes before two places of the text are equal, as far as they
    /// are counted.
    fn equal_before(&self, found: usize, end: usize) -> usize {
        let most = COUNTED.min(found);
        let mut run = 0;
        while run < most && self.text.get(found - 1 - run) == self.text.get(end - 1 - run) {
            run += 1;
        }
        run
    }
}

/// What all predictions together say.
#[inline(always)]
fn sum(weights: &[i32; 5], inputs: &[i32; 5]) -> i32 {
    (weights[0].wrapping_mul(inputs[0]))
        .wrapping_add(weights[1].wrapping_mul(inputs[1]))
        .wrapping_add(weights[2].wrapping_mul(inputs[2]))
        .wrapping_add(weights[3].wrapping_mul(inputs[3]))
        .wrapping_add(weights[4].wrapping_mul(inputs[4]))
}

/// What was right weighs more from now on. Where no repetition says anything,
/// which is so most of the time, nothing changes for it.
#[inline(always)]
fn learn(weights: &mut [i32; 5], inputs: &[i32; 5], miss: i32, is_repeated: bool) {
    weights[0] = learned(weights[0], inputs[0], miss);
    weights[1] = learned(weights[1], inputs[1], miss);
    weights[2] = learned(weights[2], inputs[2], miss);
    weights[3] = learned(weights[3], inputs[3], miss);
    if is_repeated {
        weights[4] = learned(weights[4], inputs[4], miss);
    }
}

#[inline(always)]
fn learned(weight: i32, input: i32, miss: i32) -> i32 {
    weight.wrapping_add(input.wrapping_mul(miss).wrapping_add(32_768) >> 16)
}
