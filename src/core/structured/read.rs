//! From text to rows, as far as the text goes.

use super::{Kind, Label, Row, Tree};
use crate::core::json;
use std::ops::Range;

/// Deeper JSON is no answer to look at.
const DEEPEST: usize = 200;

/// Why a text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is nothing in it.
    Empty,
    /// Not JSON from this byte on.
    NotJson(usize),
}

/// Why reading stopped.
enum Stop {
    End,
    Bad(usize),
}

/// Reads an answer.
pub fn read(answer: &str) -> Result<Tree, Fault> {
    let (json, is_fenced) = inside(answer);
    let mut reader = Reader {
        text: answer,
        at: json.start,
        end: json.end,
        rows: Vec::new(),
    };
    reader.space();
    if reader.at == reader.end {
        return Err(Fault::Empty);
    }
    let outcome = reader.value(Label::Root, None, 0).and_then(|()| {
        reader.space();
        if reader.at < reader.end {
            Err(Stop::Bad(reader.at))
        } else {
            Ok(())
        }
    });
    let is_cut = match outcome {
        Ok(()) => false,
        Err(Stop::End) => true,
        Err(Stop::Bad(at)) => return Err(Fault::NotJson(at)),
    };
    Ok(Tree {
        rows: reader.rows,
        is_cut,
        json,
        is_fenced,
    })
}

/// The text within a code fence, if the whole answer is one.
fn inside(answer: &str) -> (Range<usize>, bool) {
    let start = answer.len() - answer.trim_start().len();
    let end = answer.trim_end().len().max(start);
    let text = answer.get(start..end).unwrap_or_default();
    if !text.starts_with("```") {
        return (start..end, false);
    }
    let Some(line) = text.find('\n') else {
        return (start..end, false);
    };
    let close = text
        .get(line..)
        .and_then(|rest| rest.strip_suffix("```"))
        .map_or(text.len(), |rest| line + rest.len());
    (start + line..start + close, true)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    rows: Vec<Row>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        (self.at < self.end).then(|| self.text.as_bytes().get(self.at).copied())?
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// The next byte that is no space.
    fn next(&mut self) -> Result<u8, Stop> {
        self.space();
        self.peek().ok_or(Stop::End)
    }

    fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        if self.next()? != byte {
            return Err(Stop::Bad(self.at));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self, label: Label, parent: Option<usize>, depth: usize) -> Result<(), Stop> {
        let first = self.next()?;
        let start = self.at;
        if depth > DEEPEST {
            return Err(Stop::Bad(start));
        }
        let row = self.rows.len();
        let kind = match first {
            b'{' => Kind::Object(0),
            b'[' => Kind::List(0),
            b'"' => Kind::Text,
            b't' | b'f' => Kind::Bool,
            b'n' => Kind::Null,
            b'-' | b'0'..=b'9' => Kind::Number,
            _ => return Err(Stop::Bad(start)),
        };
        self.rows.push(Row {
            depth,
            parent,
            label,
            kind,
            text: String::new(),
            end: row + 1,
            span: start..start,
        });
        let outcome = match kind {
            Kind::Object(_) | Kind::List(_) => self.members(row, depth),
            Kind::Text => {
                let (text, outcome) = self.string();
                self.set_text(row, text);
                outcome
            }
            _ => {
                let outcome = self.word(kind);
                let text = self.text.get(start..self.at).unwrap_or_default();
                self.set_text(row, text.to_owned());
                outcome
            }
        };
        let (end, at) = (self.rows.len(), self.at);
        if let Some(row) = self.rows.get_mut(row) {
            row.end = end;
            row.span = start..at;
        }
        outcome
    }

    fn set_text(&mut self, row: usize, text: String) {
        if let Some(row) = self.rows.get_mut(row) {
            row.text = text;
        }
    }

    /// The members of an object or a list, brackets included.
    fn members(&mut self, row: usize, depth: usize) -> Result<(), Stop> {
        let is_object = self.peek() == Some(b'{');
        let close = if is_object { b'}' } else { b']' };
        self.at += 1;
        if self.next()? == close {
            self.at += 1;
            return Ok(());
        }
        let mut count = 0;
        loop {
            let label = if is_object {
                if self.next()? != b'"' {
                    return Err(Stop::Bad(self.at));
                }
                let (name, outcome) = self.string();
                outcome?;
                self.expect(b':')?;
                Label::Name(name)
            } else {
                Label::Place(count)
            };
            let before = self.rows.len();
            let outcome = self.value(label, Some(row), depth + 1);
            if self.rows.len() > before {
                count += 1;
            }
            if let Some(holder) = self.rows.get_mut(row) {
                holder.kind = if is_object {
                    Kind::Object(count)
                } else {
                    Kind::List(count)
                };
            }
            outcome?;
            match self.next()? {
                b',' => self.at += 1,
                byte if byte == close => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(Stop::Bad(self.at)),
            }
        }
    }

    /// A text and how reading it went: of one that is cut off, what there is.
    fn string(&mut self) -> (String, Result<(), Stop>) {
        let mut text = String::new();
        self.at += 1;
        loop {
            let Some(rest) = self.text.get(self.at..self.end) else {
                return (text, Err(Stop::Bad(self.at)));
            };
            let Some(letter) = rest.chars().next() else {
                return (text, Err(Stop::End));
            };
            match letter {
                '"' => {
                    self.at += 1;
                    return (text, Ok(()));
                }
                '\\' => match self.escape() {
                    Ok(letter) => text.push(letter),
                    Err(stop) => return (text, Err(stop)),
                },
                '\0'..='\x1f' => return (text, Err(Stop::Bad(self.at))),
                _ => {
                    text.push(letter);
                    self.at += letter.len_utf8();
                }
            }
        }
    }

    fn escape(&mut self) -> Result<char, Stop> {
        self.at += 1;
        let letter = match self.peek().ok_or(Stop::End)? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'u' => return self.unit_pair(),
            _ => return Err(Stop::Bad(self.at)),
        };
        self.at += 1;
        Ok(letter)
    }

    /// One or two UTF-16 units; a lone half becomes a replacement character.
    fn unit_pair(&mut self) -> Result<char, Stop> {
        let first = self.unit()?;
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first)
            && self
                .text
                .get(self.at..self.end)
                .is_some_and(|rest| rest.starts_with("\\u"))
        {
            let before = self.at;
            self.at += 1;
            let second = self.unit()?;
            if (0xdc00..0xe000).contains(&second) {
                units.push(second);
            } else {
                self.at = before;
            }
        }
        let letter = char::decode_utf16(units).next();
        Ok(letter
            .and_then(Result::ok)
            .unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// `u` and four digits.
    fn unit(&mut self) -> Result<u16, Stop> {
        let digits = self.at + 1..self.at + 5;
        if digits.end > self.end {
            return Err(Stop::End);
        }
        let digits_text = self.text.get(digits.clone()).unwrap_or_default();
        let is_hex = digits_text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let unit = u16::from_str_radix(digits_text, 16).ok().filter(|_| is_hex);
        let unit = unit.ok_or(Stop::Bad(self.at))?;
        self.at = digits.end;
        Ok(unit)
    }

    /// `true`, `false`, `null` or a number.
    fn word(&mut self, kind: Kind) -> Result<(), Stop> {
        let start = self.at;
        let part_of_word =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
        while self.peek().is_some_and(part_of_word) {
            self.at += 1;
        }
        let word = self.text.get(start..self.at).unwrap_or_default();
        let is_at_end = self.at == self.end;
        let known: &[&str] = match kind {
            Kind::Number => return number(word, start, is_at_end),
            Kind::Null => &["null"],
            _ => &["true", "false"],
        };
        if known.contains(&word) {
            Ok(())
        } else if is_at_end && known.iter().any(|known| known.starts_with(word)) {
            Err(Stop::End)
        } else {
            Err(Stop::Bad(start))
        }
    }
}

/// A number at the very end may be the beginning of a longer one, but only the
/// whole text can tell, and then it is a number.
fn number(word: &str, start: usize, is_at_end: bool) -> Result<(), Stop> {
    if json::number(word).is_some() {
        Ok(())
    } else if is_at_end && word.ends_with(['-', '+', '.', 'e', 'E']) {
        Err(Stop::End)
    } else {
        Err(Stop::Bad(start))
    }
}
