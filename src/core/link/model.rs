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
    context::Context,
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
            contexts: [(); 4].map(|()| Context::new(bits)),
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
        let tables = &*self.tables;
        let holds = at_mut(&mut self.bit_holds, self.run as usize);
        // One after the other by hand: a loop over five is slow in a small build.
        let [one, two, four, word] = &mut self.contexts;
        let mut one = one.open(node);
        let mut two = two.open(node);
        let mut four = four.open(node);
        let mut word = word.open(node);
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
            let inputs = [
                one.input(tables, slot),
                two.input(tables, slot),
                four.input(tables, slot),
                word.input(tables, slot),
                repeated,
            ];
            let weights = at_mut(&mut self.weights, node as usize);
            let mixed = (sum(weights, &inputs) >> 16).clamp(-2047, 2047) + EVEN;
            let chance = u32::from(at(&tables.squash, mixed.unsigned_abs() as usize));
            let bit = coder.code((u32::from(byte) >> left) & 1, chance);
            learn(
                weights,
                &inputs,
                (bit << 16).wrapping_sub(chance).cast_signed(),
            );
            one.learn(tables, slot, bit);
            two.learn(tables, slot, bit);
            four.learn(tables, slot, bit);
            word.learn(tables, slot, bit);
            if agrees {
                *holds = towards(*holds, u32::from(bit == foreseen), 6);
            }
            slot = (slot << 1) | bit as usize;
            node = (node << 1) | bit;
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

/// What all predictions together say.
#[inline(always)]
fn sum(weights: &[i32; 5], inputs: &[i32; 5]) -> i32 {
    (weights[0].wrapping_mul(inputs[0]))
        .wrapping_add(weights[1].wrapping_mul(inputs[1]))
        .wrapping_add(weights[2].wrapping_mul(inputs[2]))
        .wrapping_add(weights[3].wrapping_mul(inputs[3]))
        .wrapping_add(weights[4].wrapping_mul(inputs[4]))
}

/// What was right weighs more from now on.
#[inline(always)]
fn learn(weights: &mut [i32; 5], inputs: &[i32; 5], miss: i32) {
    let learned = |weight: i32, input: i32| {
        weight.wrapping_add(input.wrapping_mul(miss).wrapping_add(32_768) >> 16)
    };
    *weights = [
        learned(weights[0], inputs[0]),
        learned(weights[1], inputs[1]),
        learned(weights[2], inputs[2]),
        learned(weights[3], inputs[3]),
        learned(weights[4], inputs[4]),
    ];
}
