//! What was seen in one kind of place.

use super::tables::{Tables, at, at_mut, first_odds, mix, towards};

/// Sixteen slots for the bits of half a byte; the first holds a check. Aligned,
/// so that none lies across two lines of a cache.
#[derive(Clone, Copy)]
#[repr(align(16))]
struct Row([u8; 16]);

/// The probability of a one in the upper half, and the same on the scale of
/// `stretch` in the lower: the one is asked for far more often than it changes.
type Cell = u32;

/// What followed, by what stood before: rows of histories by a hash, and what
/// histories come to.
pub(super) struct Context {
    rows: Vec<Row>,
    /// Stands in for a row that is not there, which never happens.
    spare: Row,
    /// The probability of a one, by history.
    cells: [Cell; 256],
    /// A hash of what stands before.
    pub(super) key: u32,
}

/// A row while its four bits are coded.
struct Open<'a> {
    row: &'a mut Row,
    cells: &'a mut [Cell; 256],
    /// The history that the last input came from.
    seen: usize,
    /// What it came to.
    cell: Cell,
}

impl Context {
    /// With `1 << bits` rows.
    pub(super) fn new(bits: u32, tables: &Tables) -> Self {
        Self {
            rows: vec![Row([0; 16]); 1 << bits],
            spare: Row([0; 16]),
            cells: first_odds().map(|odds| cell(tables, odds)),
            key: 0,
        }
    }

    /// Takes the row of the key and the bits so far; a new one where another
    /// place had it.
    #[inline(always)]
    fn open(&mut self, node: u32) -> Open<'_> {
        let hash = mix(self.key, node);
        let [check, ..] = hash.to_be_bytes();
        let place = hash as usize & (self.rows.len() - 1);
        let row = match self.rows.get_mut(place) {
            Some(row) => row,
            None => &mut self.spare,
        };
        if row.0[0] != check {
            row.0 = [check, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        }
        Open {
            row,
            cells: &mut self.cells,
            seen: 0,
            cell: 0,
        }
    }
}

/// Both of a probability.
#[inline(always)]
fn cell(tables: &Tables, odds: u16) -> Cell {
    (u32::from(odds) << 16) | (tables.stretch(odds).cast_unsigned() & 0xFFFF)
}

impl Open<'_> {
    /// What this says of the next bit, on the scale of `stretch`.
    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the lower half of the cell"
    )]
    fn input(&mut self, slot: usize) -> i32 {
        self.seen = at(&self.row.0, slot).into();
        self.cell = at(self.cells, self.seen);
        (self.cell as i16).into()
    }

    /// The bit that came where the last input was asked for.
    #[inline(always)]
    fn learn<const BIT: u32>(&mut self, tables: &Tables, slot: usize) {
        let odds = towards((self.cell >> 16) as u16, BIT, 6);
        *at_mut(self.cells, self.seen) = cell(tables, odds);
        *at_mut(&mut self.row.0, slot) = tables.next(self.seen, BIT);
    }
}

/// The rows of all contexts while their four bits are coded. One after the other
/// by hand: a loop over them is slow in a build for size.
pub(super) struct Rows<'a> {
    one: Open<'a>,
    two: Open<'a>,
    four: Open<'a>,
    word: Open<'a>,
}

impl<'a> Rows<'a> {
    #[inline(always)]
    pub(super) fn open(contexts: &'a mut [Context; 4], node: u32) -> Self {
        let [one, two, four, word] = contexts;
        Self {
            one: one.open(node),
            two: two.open(node),
            four: four.open(node),
            word: word.open(node),
        }
    }

    /// What they say of the next bit, and what is said besides.
    #[inline(always)]
    pub(super) fn inputs(&mut self, slot: usize, besides: i32) -> [i32; 5] {
        [
            self.one.input(slot),
            self.two.input(slot),
            self.four.input(slot),
            self.word.input(slot),
            besides,
        ]
    }

    /// The bit that came.
    #[inline(always)]
    pub(super) fn learn<const BIT: u32>(&mut self, tables: &Tables, slot: usize) {
        self.one.learn::<BIT>(tables, slot);
        self.two.learn::<BIT>(tables, slot);
        self.four.learn::<BIT>(tables, slot);
        self.word.learn::<BIT>(tables, slot);
    }
}
