//! What a body is, told by its first significant byte: content types cannot be
//! trusted (JSON under `text/event-stream` and the reverse are both common).

use super::{CutFault, CutFrames, Frame, TooLarge, lines::LineSplitter, sse::EventParser};

/// The safety limit for one frame. Real frames reach some megabytes (images in
/// base64); the limit only keeps a broken server from filling the memory.
pub const MAX_FRAME_BYTES: usize = 128 << 20;

/// Of an HTML page only so much is kept: enough for its title.
const HTML_KEPT: usize = 16 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Only blanks so far.
    Undecided,
    /// Server-sent events, or anything that is not the others.
    Events,
    /// One JSON document, as far as known.
    Json,
    /// A page.
    Html,
}

/// Cuts a body into frames. Feed it with [`Framer::push`], then call
/// [`Framer::finish`] once.
#[derive(Debug)]
pub struct Framer {
    kind: Kind,
    /// Blanks before the first significant byte.
    lead: Vec<u8>,
    lines: LineSplitter,
    events: EventParser,
    /// The first JSON document, until it is known whether others follow.
    held: Option<Frame>,
    html: Vec<u8>,
    /// Whether a first JSON document is handed on before it is known whether
    /// others follow.
    of_documents: bool,
}

/// What the end of a body brings.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct BodyEnd {
    /// The body was this one JSON document.
    pub whole: Option<String>,
    /// Frames that the end cut off: a payload that does not parse is then the
    /// sign of a broken connection, not of a broken server.
    pub tail: Vec<Frame>,
    /// JSON without framing was cut off: its brackets never closed.
    pub cut: bool,
    /// The body was this HTML page (its beginning).
    pub html: Option<String>,
    /// The body ended within a binary frame.
    pub broken_off: bool,
    /// An excerpt of the first line that was no field, comment or JSON.
    pub stray: Option<String>,
}

impl Default for Framer {
    fn default() -> Self {
        Self::new()
    }
}

impl CutFrames for Framer {
    fn push(&mut self, bytes: &[u8], out: &mut Vec<Frame>) -> Result<(), CutFault> {
        if Self::push(self, bytes, out) {
            Ok(())
        } else {
            Err(CutFault::TooLarge)
        }
    }

    fn finish(&mut self) -> BodyEnd {
        Self::finish(self)
    }
}

impl Framer {
    /// A framer with the limit of [`MAX_FRAME_BYTES`].
    pub fn new() -> Self {
        Self::with_limit(MAX_FRAME_BYTES)
    }

    /// A framer that refuses frames of more than `limit` bytes.
    pub fn with_limit(limit: usize) -> Self {
        Self {
            kind: Kind::Undecided,
            lead: Vec::new(),
            lines: LineSplitter::new(limit),
            events: EventParser::new(limit),
            held: None,
            html: Vec::new(),
            of_documents: false,
        }
    }

    /// A framer for bodies that hold one JSON document a line. No document
    /// waits for the next one, as its time of arrival is a figure; a body of
    /// one document is a stream of one frame.
    pub fn of_documents() -> Self {
        Self {
            of_documents: true,
            ..Self::new()
        }
    }

    /// Reads bytes and appends the frames that they complete. `false` means
    /// that a frame exceeds the limit; nothing more can then be read.
    #[must_use]
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<Frame>) -> bool {
        if self.kind == Kind::Undecided {
            self.kind = self.sniff(bytes);
            if self.kind == Kind::Undecided {
                self.lead.extend_from_slice(bytes);
                return true;
            }
            let lead = std::mem::take(&mut self.lead);
            return self.read(&lead, out).is_ok() && self.read(bytes, out).is_ok();
        }
        self.read(bytes, out).is_ok()
    }

    /// The body has ended.
    pub fn finish(&mut self) -> BodyEnd {
        let mut end = BodyEnd::default();
        if self.kind == Kind::Html {
            let page = String::from_utf8_lossy(&self.html).into_owned();
            end.html = Some(page);
            return end;
        }
        let last = self.lines.finish();
        // The limit was checked while the bytes came in.
        end.cut = self.events.finish(last, &mut end.tail).unwrap_or(true);
        end.stray = self.events.stray().map(str::to_owned);
        if self.kind == Kind::Json {
            self.settle_json(&mut end);
        }
        end
    }

    fn settle_json(&mut self, end: &mut BodyEnd) {
        match (self.held.take(), end.tail.len()) {
            (Some(first), 0) => end.whole = Some(first.data),
            (Some(first), _) => end.tail.insert(0, first),
            (None, 1) => {
                end.whole = end.tail.pop().map(|frame| frame.data);
            }
            (None, _) => {}
        }
    }

    fn sniff(&self, bytes: &[u8]) -> Kind {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                // The three bytes of a byte order mark.
                0xEF | 0xBB | 0xBF if self.lead.len() + at < 3 => {}
                b'<' => return Kind::Html,
                b'{' | b'[' if !self.of_documents => return Kind::Json,
                _ => return Kind::Events,
            }
        }
        Kind::Undecided
    }

    fn read(&mut self, bytes: &[u8], out: &mut Vec<Frame>) -> Result<(), TooLarge> {
        match self.kind {
            Kind::Html => {
                let room = HTML_KEPT.saturating_sub(self.html.len());
                self.html.extend(bytes.iter().take(room));
                Ok(())
            }
            Kind::Json => {
                let mut fresh = Vec::new();
                let read = self.split(bytes, &mut fresh);
                for frame in fresh {
                    if self.kind == Kind::Json && self.held.is_none() {
                        self.held = Some(frame);
                        continue;
                    }
                    // A second document: so this is a stream after all.
                    self.kind = Kind::Events;
                    out.extend(self.held.take());
                    out.push(frame);
                }
                read
            }
            Kind::Undecided | Kind::Events => self.split(bytes, out),
        }
    }

    fn split(&mut self, bytes: &[u8], out: &mut Vec<Frame>) -> Result<(), TooLarge> {
        let Self { lines, events, .. } = self;
        lines.push(bytes, &mut |line| events.line(line, out))
    }
}

#[cfg(test)]
#[path = "body_tests.rs"]
mod tests;
