//! Text cut into words, spaces and signs.
//!
//! The rule is a small part of Unicode's (UAX 29): a word is a run of letters
//! and digits with all that is attached to them, and nothing that is read as
//! one sign is ever cut. The whole of it would bring tables of some 30 kB; the
//! tests hold this one against a crate that has them.

use super::marks::MARKS;
use std::ops::Range;

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Where it begins, in bytes.
    pub(super) start: usize,
    /// How many bytes it has.
    pub(super) len: usize,
    /// How many letters and digits; 0 for spaces and signs.
    pub(super) letters: usize,
    /// Whether a line ends with it.
    pub(super) ends_line: bool,
}

impl Token {
    pub(super) fn end(&self) -> usize {
        self.start + self.len
    }
}

/// What a character does at the beginning of a piece.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Joins with others of its kind.
    Letter,
    /// The same; commas and dots between two of them belong to the number.
    Digit,
    /// A letter of a script without spaces between words: a piece of its own.
    Alone,
    /// A space within a line.
    Space,
    /// The end of a line.
    Line,
    /// One of two that make a flag.
    Flag,
    /// Anything else.
    Sign,
}

/// How many words a text has.
pub fn word_count(text: &str) -> usize {
    words(text).iter().filter(|token| token.letters > 0).count()
}

/// Words, spaces and signs; together they are the text.
pub(super) fn words(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = Rest { text, at: 0 };
    while let Some(first) = rest.peek() {
        let start = rest.at;
        let class = class(first);
        let mut letters = 0;
        match class {
            Class::Line => {
                rest.take();
                if first == '\r' && rest.peek() == Some('\n') {
                    rest.take();
                }
            }
            Class::Space => {
                rest.take_while(|c| self::class(c) == Class::Space);
                rest.take_attached();
            }
            Class::Letter | Class::Digit => letters = rest.word(),
            Class::Alone => {
                letters = 1;
                rest.take_cluster();
            }
            Class::Flag => {
                rest.take();
                if rest.peek().map(self::class) == Some(Class::Flag) {
                    rest.take();
                }
                rest.take_attached();
            }
            Class::Sign => {
                let begin = rest.at;
                rest.take_cluster();
                // A fence, a rule, bold: one mark, not several.
                if rest.at == begin + first.len_utf8() && first.is_ascii_punctuation() {
                    rest.take_repeated(first);
                }
            }
        }
        found.push(Token {
            start,
            len: rest.at - start,
            letters,
            ends_line: class == Class::Line,
        });
    }
    found
}

/// Lines, each with its end; together they are the text.
pub(super) fn lines(text: &str) -> Vec<Token> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let token = Token {
                start,
                len: line.len(),
                letters: line.chars().filter(|c| c.is_alphanumeric()).count(),
                ends_line: true,
            };
            start += line.len();
            token
        })
        .collect()
}

/// What of a text is still to be cut.
struct Rest<'a> {
    text: &'a str,
    at: usize,
}

impl Rest<'_> {
    fn left(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.left().chars().next()
    }

    /// The one after the next.
    fn peek_second(&self) -> Option<char> {
        self.left().chars().nth(1)
    }

    fn take(&mut self) {
        if let Some(c) = self.peek() {
            self.at += c.len_utf8();
        }
    }

    fn take_while(&mut self, holds: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&holds) {
            self.take();
        }
    }

    /// All that is drawn onto what was taken last.
    fn take_attached(&mut self) {
        self.take_while(is_attached);
    }

    /// One sign as it is read, with whatever joiners bind to it.
    fn take_cluster(&mut self) {
        while self.peek().is_some_and(is_prefix) && self.peek_second().is_some_and(|c| !is_break(c))
        {
            self.take();
        }
        self.take();
        loop {
            let before = self.at;
            self.take_attached();
            let joined = self.text.get(before..self.at).unwrap_or_default();
            if joined.ends_with('\u{200d}') && self.peek().is_some_and(is_pictograph) {
                self.take();
                continue;
            }
            return;
        }
    }

    fn take_repeated(&mut self, sign: char) {
        while self.peek() == Some(sign) {
            // What is drawn onto the last one makes another sign of it.
            if self.peek_second().is_some_and(is_attached) {
                return;
            }
            self.take();
        }
    }

    /// A word; how many letters and digits it has.
    fn word(&mut self) -> usize {
        let mut letters = 0;
        let mut last = Class::Letter;
        while let Some(c) = self.peek() {
            match class(c) {
                found @ (Class::Letter | Class::Digit) => {
                    last = found;
                    letters += 1;
                    self.take_cluster();
                }
                _ if self.joins(last, c) => self.take(),
                _ => break,
            }
        }
        letters
    }

    /// Whether a sign stands inside a word: don’t, 3.14, `snake_case`.
    fn joins(&self, last: Class, sign: char) -> bool {
        let next = self.peek_second().map(class);
        match sign {
            '\'' | '’' => last == Class::Letter && next == Some(Class::Letter),
            '.' | ',' => last == Class::Digit && next == Some(Class::Digit),
            '_' => matches!(next, Some(Class::Letter | Class::Digit)),
            _ => false,
        }
    }
}

fn class(c: char) -> Class {
    match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Class::Line,
        'A'..='Z' | 'a'..='z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\u{1f1e6}'..='\u{1f1ff}' => Class::Flag,
        // Format signs that a word may begin with; see `is_prefix`.
        _ if is_prefix(c) => Class::Letter,
        _ if c.is_whitespace() => Class::Space,
        _ if is_alone(c) => Class::Alone,
        _ if is_attached(c) || is_pictograph(c) => Class::Sign,
        _ if c.is_numeric() => Class::Digit,
        _ if c.is_alphabetic() => Class::Letter,
        _ => Class::Sign,
    }
}

fn is_break(c: char) -> bool {
    c.is_control() || class(c) == Class::Line
}

fn is_in(c: char, ranges: &[Range<u32>]) -> bool {
    let c = u32::from(c);
    let after = ranges.partition_point(|range| range.start <= c);
    after
        .checked_sub(1)
        .and_then(|at| ranges.get(at))
        .is_some_and(|range| range.contains(&c))
}

/// Scripts that put no spaces between words: Han, Hiragana, Katakana, Thai, Lao.
fn is_alone(c: char) -> bool {
    const SCRIPTS: [Range<u32>; 10] = [
        0x0e01..0x0e31,
        0x0e32..0x0e34,
        0x0e40..0x0e47,
        0x0e81..0x0eb1,
        0x0eb2..0x0eb4,
        0x3005..0x3008,
        0x3040..0x3100,
        0x3400..0xa000,
        0xf900..0xfb00,
        0x2_0000..0x3_2400,
    ];
    is_in(c, &SCRIPTS)
}

/// Signs that belong to what follows them, such as Arabic number marks.
fn is_prefix(c: char) -> bool {
    const PREFIXES: [Range<u32>; 14] = [
        0x0600..0x0606,
        0x06dd..0x06de,
        0x070f..0x0710,
        0x0890..0x0892,
        0x08e2..0x08e3,
        0x0d4e..0x0d4f,
        0x1_10bd..0x1_10be,
        0x1_10cd..0x1_10ce,
        0x1_11c2..0x1_11c4,
        0x1_13d1..0x1_13d2,
        0x1_193f..0x1_1942,
        0x1_1a84..0x1_1a8a,
        0x1_1d46..0x1_1d47,
        0x1_1f02..0x1_1f03,
    ];
    c >= '\u{600}' && is_in(c, &PREFIXES)
}

/// Signs that a joiner binds to the one before.
fn is_pictograph(c: char) -> bool {
    is_in(
        c,
        &[
            0x00a9..0x00aa,
            0x00ae..0x00af,
            0x203c..0x203d,
            0x2049..0x204a,
            0x2122..0x2123,
            0x2139..0x213a,
            0x2190..0x2400,
            0x2460..0x2500,
            0x25a0..0x2800,
            0x2900..0x2c00,
            0x3030..0x3031,
            0x303d..0x303e,
            0x3297..0x329a,
            0x1_f000..0x1_fb00,
            0x1_fc00..0x1_fffe,
        ],
    )
}

/// What is drawn onto the character before it, and joiners.
fn is_attached(c: char) -> bool {
    c >= '\u{300}' && is_in(c, &MARKS)
}
