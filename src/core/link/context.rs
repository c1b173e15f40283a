//! What was seen in one kind of place.

use super::tables::{Tables, at, at_mut, first_odds, mix, towards};

/// Sixteen slots for the bits of half a byte; the first holds a check.
type Row = [u8; 16];

/// What followed, by what stood before: rows of histories by a hash, and what
/// histories come to.
pub(super) struct Context {
    rows: Vec<Row>,
    /// Stands in for a row that is not there, which never happens.
    spare: Row,
    /// The probability of a one, by history.
    odds: [u16; 256],
    /// A hash of what stands before.
    pub(super) key: u32,
}

/// A row while its four bits are coded.
pub(super) struct Open<'a> {
    row: &'a mut Row,
    odds: &'a mut [u16; 256],
    /// The history that the last input came from.
    seen: usize,
}

impl Context {
    /// With `1 << bits` rows.
    pub(super) fn new(bits: u32) -> Self {
        Self {
            rows: vec![[0; 16]; 1 << bits],
            spare: [0; 16],
            odds: first_odds(),
            key: 0,
        }
    }

    /// Takes the row of the key and the bits so far; a new one where another
    /// place had it.
    #[inline(always)]
    pub(super) fn open(&mut self, node: u32) -> Open<'_> {
        let hash = mix(self.key, node);
        let [check, ..] = hash.to_be_bytes();
        let place = hash as usize & (self.rows.len() - 1);
        let row = match self.rows.get_mut(place) {
            Some(row) => row,
            None => &mut self.spare,
        };
        if row[0] != check {
            *row = [check, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        }
        Open {
            row,
            odds: &mut self.odds,
            seen: 0,
        }
    }
}

impl Open<'_> {
    /// What this says of the next bit, on the scale of `stretch`.
    #[inline(always)]
    pub(super) fn input(&mut self, tables: &Tables, slot: usize) -> i32 {
        self.seen = at(self.row, slot).into();
        tables.stretch(at(self.odds, self.seen))
    }

    /// The bit that came where the last input was asked for.
    #[inline(always)]
    pub(super) fn learn(&mut self, tables: &Tables, slot: usize, bit: u32) {
        let odds = at_mut(self.odds, self.seen);
        *odds = towards(*odds, bit, 6);
        *at_mut(self.row, slot) = tables.next(self.seen, bit);
    }
}
