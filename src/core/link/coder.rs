//! Bits and their probabilities to bytes and back: a binary arithmetic coder
//! over 32 bits, in integers only.

/// Where the model's bits go to or come from.
///
/// A bit takes three steps instead of one, so that the model can go two ways
/// where the bit is found out: a processor guesses the way and goes on, where it
/// would have to wait for a number.
pub(super) trait Bits {
    /// Where a one and a zero part; `one` is the probability of a one in 65536ths,
    /// from 0 to 65535.
    fn middle(&self, one: u32) -> u32;
    /// Whether it is a one; `bit` is the bit where it is known.
    fn is_one(&self, bit: u32, middle: u32) -> bool;
    /// Passes a one on.
    fn one(&mut self, middle: u32);
    /// Passes a zero on.
    fn zero(&mut self, middle: u32);
}

/// Nowhere: the model only learns.
pub(super) struct Silent;

impl Bits for Silent {
    #[inline(always)]
    fn middle(&self, _: u32) -> u32 {
        0
    }

    #[inline(always)]
    fn is_one(&self, bit: u32, _: u32) -> bool {
        bit == 1
    }

    #[inline(always)]
    fn one(&mut self, _: u32) {}

    #[inline(always)]
    fn zero(&mut self, _: u32) {}
}

/// The numbers that are still possible: from `low` to `high`, both included.
#[derive(Clone, Copy)]
struct Span {
    low: u32,
    high: u32,
}

impl Span {
    const ALL: Self = Self {
        low: 0,
        high: u32::MAX,
    };

    /// The last number that means a one.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "less than the span")]
    fn middle(self, one: u32) -> u32 {
        let part = (u64::from(self.high - self.low) * u64::from(one)) >> 16;
        self.low + part as u32
    }

    /// Whether the first byte is settled; then it is shifted out.
    #[inline(always)]
    fn shift(&mut self) -> Option<u8> {
        if (self.low ^ self.high) >> 24 != 0 {
            return None;
        }
        let [first, ..] = self.high.to_be_bytes();
        self.low <<= 8;
        self.high = (self.high << 8) | 255;
        Some(first)
    }
}

/// Writes bytes.
pub(super) struct Writer {
    span: Span,
    bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            span: Span::ALL,
            bytes: Vec::new(),
        }
    }

    /// The bytes: as few as do when the reader takes zeros for all that follow.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let [first, second, third, fourth] = self.span.high.to_be_bytes();
        let ends = [
            &[][..],
            &[first],
            &[first, second],
            &[first, second, third],
            &[first, second, third, fourth],
        ];
        let number = |end: &[u8]| {
            let byte = |at: usize| end.get(at).copied().unwrap_or_default();
            u32::from_be_bytes([byte(0), byte(1), byte(2), byte(3)])
        };
        let end = ends.into_iter().find(|end| number(end) >= self.span.low);
        self.bytes.extend(end.unwrap_or_default());
        let zeros = self.bytes.iter().rev().take_while(|byte| **byte == 0);
        self.bytes.truncate(self.bytes.len() - zeros.count());
        self.bytes
    }
}

impl Writer {
    #[inline(always)]
    fn settle(&mut self) {
        while let Some(byte) = self.span.shift() {
            self.bytes.push(byte);
        }
    }
}

impl Bits for Writer {
    #[inline(always)]
    fn middle(&self, one: u32) -> u32 {
        self.span.middle(one)
    }

    #[inline(always)]
    fn is_one(&self, bit: u32, _: u32) -> bool {
        bit == 1
    }

    #[inline(always)]
    fn one(&mut self, middle: u32) {
        self.span.high = middle;
        self.settle();
    }

    #[inline(always)]
    fn zero(&mut self, middle: u32) {
        self.span.low = middle + 1;
        self.settle();
    }
}

/// Reads bytes; after the last one come zeros.
pub(super) struct Reader {
    span: Span,
    number: u32,
    bytes: Vec<u8>,
    at: usize,
}

impl Reader {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut reader = Self {
            span: Span::ALL,
            number: 0,
            bytes: bytes.to_vec(),
            at: 0,
        };
        for _ in 0..4 {
            reader.take();
        }
        reader
    }

    #[inline(always)]
    fn take(&mut self) {
        let byte = self.bytes.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        self.number = (self.number << 8) | u32::from(byte);
    }
}

impl Reader {
    #[inline(always)]
    fn settle(&mut self) {
        while self.span.shift().is_some() {
            self.take();
        }
    }
}

impl Bits for Reader {
    #[inline(always)]
    fn middle(&self, one: u32) -> u32 {
        self.span.middle(one)
    }

    #[inline(always)]
    fn is_one(&self, _: u32, middle: u32) -> bool {
        self.number <= middle
    }

    #[inline(always)]
    fn one(&mut self, middle: u32) {
        self.span.high = middle;
        self.settle();
    }

    #[inline(always)]
    fn zero(&mut self, middle: u32) {
        self.span.low = middle + 1;
        self.settle();
    }
}
