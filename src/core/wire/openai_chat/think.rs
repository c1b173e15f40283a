//! Thinking that a server leaves inside the answer, between `<think>` tags.
//!
//! Only an answer that begins with `<think>` (after blanks) is taken apart. Where
//! a chat template has swallowed the opening tag, nothing tells thinking from
//! answer before the closing tag arrives, and text once shown is not moved: such
//! an answer stays text, closing tag included. The same holds for tags in the
//! middle of an answer, which may well be quoted.

const OPEN: &str = "<think>";
const CLOSE: &str = "</think>";

/// A piece of the answer's text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::core::wire) enum Piece {
    /// Between the tags.
    Thinking(String),
    /// Outside.
    Text(String),
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing but blanks and a beginning of the opening tag so far.
    #[default]
    Start,
    /// Behind the opening tag, no thinking yet: blanks are dropped.
    Opened,
    Thinking,
    /// Behind the closing tag: blanks are dropped.
    Closed,
    Plain,
}

/// Takes text apart, whatever the cuts.
#[derive(Debug, Default)]
pub(in crate::core::wire) struct ThinkTags {
    state: State,
    /// What may be part of a tag.
    held: String,
}

impl ThinkTags {
    /// Reads on.
    pub(in crate::core::wire) fn push(&mut self, text: String, out: &mut Vec<Piece>) {
        if self.state == State::Plain {
            out.push(Piece::Text(text));
            return;
        }
        self.held.push_str(&text);
        while self.step(out) {}
    }

    /// The text has ended: what was held back is what it looks like.
    pub(in crate::core::wire) fn finish(&mut self, out: &mut Vec<Piece>) {
        let held = std::mem::take(&mut self.held);
        let state = std::mem::replace(&mut self.state, State::Plain);
        match state {
            _ if held.is_empty() => {}
            State::Opened | State::Thinking => out.push(Piece::Thinking(held)),
            State::Start | State::Closed | State::Plain => out.push(Piece::Text(held)),
        }
    }

    /// One transition; whether there may be another.
    fn step(&mut self, out: &mut Vec<Piece>) -> bool {
        match self.state {
            State::Start => {
                let seen = self.held.trim_start();
                if let Some(rest) = seen.strip_prefix(OPEN) {
                    self.held = rest.to_owned();
                    self.state = State::Opened;
                    return true;
                }
                if OPEN.starts_with(seen) {
                    return false;
                }
                self.state = State::Plain;
                out.push(Piece::Text(std::mem::take(&mut self.held)));
                false
            }
            State::Opened => {
                self.skip_blanks();
                if !self.held.is_empty() {
                    self.state = State::Thinking;
                }
                !self.held.is_empty()
            }
            State::Thinking => self.think(out),
            State::Closed => {
                self.skip_blanks();
                if !self.held.is_empty() {
                    self.state = State::Plain;
                    out.push(Piece::Text(std::mem::take(&mut self.held)));
                }
                false
            }
            State::Plain => false,
        }
    }

    fn think(&mut self, out: &mut Vec<Piece>) -> bool {
        let whole = self.held.split_once(CLOSE);
        let closed = whole.is_some();
        let safe = self.held.len() - self.tail_of_tag();
        let (thinking, rest) = whole.unwrap_or_else(|| self.held.split_at(safe));
        if !thinking.is_empty() {
            out.push(Piece::Thinking(thinking.to_owned()));
        }
        self.held = rest.to_owned();
        if closed {
            self.state = State::Closed;
        }
        closed
    }

    /// How many bytes at the end may be the beginning of the closing tag.
    fn tail_of_tag(&self) -> usize {
        (1..CLOSE.len())
            .rev()
            .find(|&len| CLOSE.get(..len).is_some_and(|tag| self.held.ends_with(tag)))
            .unwrap_or(0)
    }

    fn skip_blanks(&mut self) {
        self.held = self.held.trim_start().to_owned();
    }
}

#[cfg(test)]
#[path = "think_tests.rs"]
mod tests;
