//! The points in time of one run.

use crate::core::domain::Millis;

/// A point that the clock marks. In the order in which they usually fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// `fetch` was called; everything else is counted from here.
    Sent,
    /// The response headers were there.
    Headers,
    /// The first chunk of the body was read.
    FirstByte,
    /// A thinking block opened, with or without text. Not a token.
    ThinkingOpened,
    /// The first chunk with thinking text.
    FirstThinking,
    /// The last chunk with thinking text.
    LastThinking,
    /// The first chunk with answer text, refusal or tool call.
    FirstAnswer,
    /// The last chunk with answer text, refusal or tool call.
    LastAnswer,
    /// The first chunk with a token of any kind.
    FirstToken,
    /// The last chunk with a token of any kind.
    LastToken,
    /// The last chunk of the body was read.
    LastByte,
    /// The body ended, reading was stopped, or the run failed.
    End,
}

impl Mark {
    /// Whether it stays where it was set first, whatever comes.
    pub fn is_first(self) -> bool {
        let last = [
            Self::LastThinking,
            Self::LastAnswer,
            Self::LastToken,
            Self::LastByte,
        ];
        !last.contains(&self)
    }

    /// Every mark.
    pub const ALL: [Self; 12] = [
        Self::Sent,
        Self::Headers,
        Self::FirstByte,
        Self::ThinkingOpened,
        Self::FirstThinking,
        Self::LastThinking,
        Self::FirstAnswer,
        Self::LastAnswer,
        Self::FirstToken,
        Self::LastToken,
        Self::LastByte,
        Self::End,
    ];

    /// The name used in exports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Headers => "headers",
            Self::FirstByte => "first_byte",
            Self::ThinkingOpened => "thinking_opened",
            Self::FirstThinking => "first_thinking",
            Self::LastThinking => "last_thinking",
            Self::FirstAnswer => "first_answer",
            Self::LastAnswer => "last_answer",
            Self::FirstToken => "first_token",
            Self::LastToken => "last_token",
            Self::LastByte => "last_byte",
            Self::End => "end",
        }
    }
}

/// What a token belongs to. Refusals and tool calls are answer: the time until
/// something other than thinking appears is the same question for all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Thinking, or a summary of it.
    Thinking,
    /// Answer text, words of refusal, the name or arguments of a tool call.
    Answer,
}

/// The marks of one run, on the clock of `performance.now()`.
///
/// Marks never run backwards: a time earlier than the latest one seen counts
/// as the latest one. Firsts are set once. Nothing is marked before `sent` or
/// after `end`, but for an end without a start (a run that failed unsent).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timeline {
    marks: [Option<Millis>; Mark::ALL.len()],
    latest: Option<Millis>,
    first_call: bool,
    hidden: bool,
    chunks: u32,
    bytes: u64,
    first_text_chunk: Option<u32>,
    first_chunk_chars: u64,
    total_chars: u64,
    thinking_chars: u64,
    first_answer_chunk: Option<u32>,
    first_answer_chars: u64,
    answer_chars: u64,
    interleaving: Interleaving,
}

/// Whether thinking blocks stand among the pieces of the answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Interleaving {
    #[default]
    None,
    /// One opened after the answer began; whether more answer follows is open.
    Reopened,
    /// Answer followed on it.
    Inside,
}

impl Timeline {
    /// Nothing marked.
    pub fn new() -> Self {
        Self::default()
    }

    /// `fetch` is called now. `first_call`: no call to this origin was made
    /// before, so that this one pays for the connection and the preflight.
    /// `hidden`: the tab is not visible.
    pub fn sent(&mut self, at: Millis, first_call: bool, hidden: bool) {
        if self.at(Mark::Sent).is_some() || self.is_over() {
            return;
        }
        let at = self.arrive(at);
        self.set_first(Mark::Sent, at);
        self.first_call = first_call;
        self.hidden = hidden;
    }

    /// The response headers are there.
    pub fn headers(&mut self, at: Millis) {
        if self.is_open() {
            let at = self.arrive(at);
            self.set_first(Mark::Headers, at);
        }
    }

    /// A chunk of the body was read at `at`. Tokens marked until the next call
    /// belong to this chunk.
    pub fn chunk(&mut self, at: Millis, len: usize) {
        if !self.is_open() || len == 0 {
            return;
        }
        let at = self.arrive(at);
        self.chunks = self.chunks.saturating_add(1);
        self.bytes = self.bytes.saturating_add(len as u64);
        self.set_first(Mark::FirstByte, at);
        self.set(Mark::LastByte, at);
    }

    /// A thinking block opened. It may never get a text, so this is no token.
    pub fn thinking_opened(&mut self, at: Millis) {
        if !self.is_open() {
            return;
        }
        let at = self.arrive(at);
        self.set_first(Mark::ThinkingOpened, at);
        if self.at(Mark::FirstAnswer).is_some() && self.interleaving == Interleaving::None {
            self.interleaving = Interleaving::Reopened;
        }
    }

    /// Text of `chars` characters came with the current chunk. Without
    /// characters it is no token.
    pub fn token(&mut self, kind: TokenKind, chars: usize, at: Millis) {
        if !self.is_open() || chars == 0 {
            return;
        }
        let at = self.arrive(at);
        let chunk = *self.first_text_chunk.get_or_insert(self.chunks);
        self.total_chars = self.total_chars.saturating_add(chars as u64);
        if chunk == self.chunks {
            self.first_chunk_chars = self.first_chunk_chars.saturating_add(chars as u64);
        }
        let (first, last) = match kind {
            TokenKind::Thinking => {
                self.thinking_chars = self.thinking_chars.saturating_add(chars as u64);
                self.set_first(Mark::ThinkingOpened, at);
                (Mark::FirstThinking, Mark::LastThinking)
            }
            TokenKind::Answer => {
                if self.interleaving == Interleaving::Reopened {
                    self.interleaving = Interleaving::Inside;
                }
                self.answer_chars = self.answer_chars.saturating_add(chars as u64);
                if *self.first_answer_chunk.get_or_insert(self.chunks) == self.chunks {
                    self.first_answer_chars = self.first_answer_chars.saturating_add(chars as u64);
                }
                (Mark::FirstAnswer, Mark::LastAnswer)
            }
        };
        self.set_first(first, at);
        self.set(last, at);
        self.set_first(Mark::FirstToken, at);
        self.set(Mark::LastToken, at);
    }

    /// The run is over; nothing is marked after it.
    pub fn end(&mut self, at: Millis) {
        if !self.is_over() {
            let at = self.arrive(at);
            self.set_first(Mark::End, at);
        }
    }

    /// The tab is or was hidden while the run was going on.
    pub fn note_hidden(&mut self) {
        if self.is_open() {
            self.hidden = true;
        }
    }

    /// Puts a run's marks where they were, in ms from sending: a document has
    /// them more exactly than the pieces that they are made of. A mark that the
    /// document does not name stays.
    pub fn put_back(&mut self, marks: impl IntoIterator<Item = (Mark, Millis)>) {
        let sent = self.at(Mark::Sent).unwrap_or(Millis(0.0));
        for (mark, since) in marks {
            if self.at(mark).is_some() {
                self.set(mark, Millis(sent.0 + since.0));
            }
        }
    }

    /// When a mark was set.
    pub fn at(&self, mark: Mark) -> Option<Millis> {
        self.marks.get(mark as usize).copied().flatten()
    }

    /// How long after `sent` a mark was set, in ms.
    pub fn since_sent(&self, mark: Mark) -> Option<f64> {
        Some((self.at(mark)? - self.at(Mark::Sent)?).0)
    }

    /// The time between two marks in ms.
    pub fn between(&self, from: Mark, to: Mark) -> Option<f64> {
        Some((self.at(to)? - self.at(from)?).0)
    }

    /// Time since `sent` in ms: up to `now`, or up to the end once there is one.
    pub fn elapsed(&self, now: Millis) -> Option<f64> {
        let sent = self.at(Mark::Sent)?;
        let until = self.at(Mark::End).unwrap_or(now);
        Some((until - sent).0.max(0.0))
    }

    /// Whether this call had to connect and to ask for permission (preflight).
    pub fn first_call(&self) -> bool {
        self.first_call
    }

    /// Whether the tab was hidden at any time during the run.
    pub fn hidden(&self) -> bool {
        self.hidden
    }

    /// Bytes of the body so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Chunks of the body so far.
    pub fn chunks(&self) -> u32 {
        self.chunks
    }

    /// Characters in the first chunk that held text.
    pub fn first_chunk_chars(&self) -> u64 {
        self.first_chunk_chars
    }

    /// Characters of the answer in the first chunk that held any.
    pub fn first_answer_chars(&self) -> u64 {
        self.first_answer_chars
    }

    /// Characters of the answer that came.
    pub fn answer_chars(&self) -> u64 {
        self.answer_chars
    }

    /// Characters of thinking text that came.
    pub fn thinking_chars(&self) -> u64 {
        self.thinking_chars
    }

    /// Characters in all.
    pub fn total_chars(&self) -> u64 {
        self.total_chars
    }

    /// Whether a thinking block opened between two pieces of the answer.
    pub(super) fn thinking_inside_answer(&self) -> bool {
        self.interleaving == Interleaving::Inside
    }

    fn is_over(&self) -> bool {
        self.at(Mark::End).is_some()
    }

    fn is_open(&self) -> bool {
        self.at(Mark::Sent).is_some() && !self.is_over()
    }

    fn arrive(&mut self, at: Millis) -> Millis {
        let latest = match self.latest {
            Some(latest) if !at.0.is_finite() || at < latest => latest,
            None if !at.0.is_finite() => Millis(0.0),
            _ => at,
        };
        self.latest = Some(latest);
        latest
    }

    fn set(&mut self, mark: Mark, at: Millis) {
        if let Some(slot) = self.marks.get_mut(mark as usize) {
            *slot = Some(at);
        }
    }

    fn set_first(&mut self, mark: Mark, at: Millis) {
        if self.at(mark).is_none() {
            self.set(mark, at);
        }
    }
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
