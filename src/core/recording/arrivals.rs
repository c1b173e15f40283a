//! When which piece of text came.

use crate::core::domain::Millis;

/// How many ticks a millisecond has: browsers give times to 5 µs at best.
const TICKS_PER_MS: f64 = 100.0;

/// One piece of text, or the opening of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// When, in hundredths of a millisecond from sending.
    ticks: u32,
    /// The block's place among those of the response, from 0.
    pub block: u32,
    /// How many characters (Unicode scalar values) came; 0 where the block
    /// opened.
    pub chars: u32,
}

impl Arrival {
    /// When, in ms from sending.
    pub fn at_ms(self) -> f64 {
        f64::from(self.ticks) / TICKS_PER_MS
    }
}

/// All pieces of a response in the order in which they came.
///
/// Pieces of one chunk have one time, and a later chunk has a later one: of two
/// chunks that the clock cannot tell apart, the second counts as a hundredth of
/// a millisecond later. The text itself stands in the transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrivals {
    list: Vec<Arrival>,
    /// The number of the chunk that the last piece came with.
    chunk: u32,
    is_thinned: bool,
}

impl Arrivals {
    /// Notes a piece of `chars` characters for a block, which came `at_ms` after
    /// sending with the chunk of number `chunk`.
    pub fn note(&mut self, at_ms: f64, chunk: u32, block: usize, chars: usize) {
        let block = u32::try_from(block).unwrap_or(u32::MAX);
        let chars = u32::try_from(chars).unwrap_or(u32::MAX);
        let mut ticks = ticks(at_ms);
        if let Some(last) = self.list.last_mut() {
            if chunk == self.chunk {
                ticks = last.ticks;
                if last.block == block && last.chars > 0 && chars > 0 {
                    last.chars = last.chars.saturating_add(chars);
                    return;
                }
            } else {
                ticks = ticks.max(last.ticks.saturating_add(1));
            }
        }
        self.chunk = chunk;
        self.list.push(Arrival {
            ticks,
            block,
            chars,
        });
    }

    /// From the columns of a document: ms since the piece before, blocks and
    /// characters. `None` where they are not of one length or no times.
    pub fn from_columns(after_ms: &[f64], blocks: &[u32], chars: &[u32]) -> Option<Self> {
        if after_ms.len() != blocks.len() || blocks.len() != chars.len() {
            return None;
        }
        let mut at = 0_u32;
        let mut list = Vec::with_capacity(blocks.len());
        for ((after, block), chars) in after_ms.iter().zip(blocks).zip(chars) {
            if !(after.is_finite() && *after >= 0.0) {
                return None;
            }
            at = at.checked_add(ticks(*after))?;
            list.push(Arrival {
                ticks: at,
                block: *block,
                chars: *chars,
            });
        }
        Some(Self {
            list,
            chunk: 0,
            is_thinned: false,
        })
    }

    /// The first column of a document: ms since the piece before, or since
    /// sending. A piece of the same chunk as the one before has 0.
    pub fn after_ms(&self) -> impl Iterator<Item = f64> + Clone {
        let mut before = 0;
        self.list.iter().map(move |piece| {
            let after = piece.ticks - before;
            before = piece.ticks;
            f64::from(after) / TICKS_PER_MS
        })
    }

    /// The pieces.
    pub fn pieces(&self) -> &[Arrival] {
        &self.list
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether pieces in the middle were joined.
    pub fn is_thinned(&self) -> bool {
        self.is_thinned
    }

    /// Says that pieces in the middle were joined, as a document does.
    #[must_use]
    pub fn thinned(mut self) -> Self {
        self.is_thinned = true;
        self
    }

    /// The same with far fewer pieces: of pieces of one block that follow one
    /// another, the first stays and all others become one at the time of the
    /// last. Every figure stays as it is, because figures need firsts, lasts and
    /// the sizes of first chunks.
    #[must_use]
    pub fn thin(&self) -> Self {
        let mut list: Vec<Arrival> = Vec::new();
        for piece in &self.list {
            let of_block = |kept: &Arrival| kept.block == piece.block && kept.chars > 0;
            match list.as_mut_slice() {
                [.., first, rest] if piece.chars > 0 && of_block(first) && of_block(rest) => {
                    rest.chars = rest.chars.saturating_add(piece.chars);
                    rest.ticks = piece.ticks;
                }
                _ => list.push(*piece),
            }
        }
        Self {
            is_thinned: self.is_thinned || list.len() < self.list.len(),
            list,
            chunk: self.chunk,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from float to integer saturates: after 11 hours all pieces have one time"
)]
fn ticks(ms: f64) -> u32 {
    (ms * TICKS_PER_MS).round() as u32
}

impl Arrival {
    /// The time as a point on a clock that starts with sending.
    pub(super) fn at(self) -> Millis {
        Millis(self.at_ms())
    }
}
