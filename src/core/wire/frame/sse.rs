//! Lines to events, by the WHATWG rules for event streams
//! (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).
//!
//! Deliberate additions, none of which changes how a well-formed stream reads:
//! - an event that the end of the body cuts off is dispatched nevertheless;
//! - a line that is JSON without `data:` becomes a frame, over several lines if
//!   need be (Gemini reports errors so in the middle of a stream);
//! - `error: {…}` becomes a frame named `error` (llama.cpp before mid-2025);
//! - the first line that is no field at all is remembered, as it usually is a
//!   gateway's message in plain text.

use super::{Frame, TooLarge, json_span::JsonSpan};
use crate::core::wire::triage::excerpt;
use memchr::memchr;

const BOM: &[u8] = "\u{feff}".as_bytes();
const FIELDS: [&[u8]; 4] = [b"data", b"event", b"id", b"retry"];

/// Assembles events from lines.
#[derive(Debug)]
pub(super) struct EventParser {
    at_start: bool,
    event: String,
    data: String,
    has_data: bool,
    bare: Option<(String, JsonSpan)>,
    stray: Option<String>,
    limit: usize,
}

impl EventParser {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            at_start: true,
            event: String::new(),
            data: String::new(),
            has_data: false,
            bare: None,
            stray: None,
            limit,
        }
    }

    /// Reads one whole line.
    pub(super) fn line(&mut self, line: &[u8], out: &mut Vec<Frame>) -> Result<(), TooLarge> {
        let line = if std::mem::take(&mut self.at_start) {
            line.strip_prefix(BOM).unwrap_or(line)
        } else {
            line
        };
        if self.bare.is_some() {
            if !resumes_events(line) {
                return self.bare_line(line, out);
            }
            self.end_bare(out);
        }
        match line {
            [] => self.dispatch(out),
            [b':', ..] => {}
            _ if is_bare_json(line) => {
                if self.has_data {
                    self.dispatch(out);
                }
                self.bare = Some((String::new(), JsonSpan::default()));
                return self.bare_line(line, out);
            }
            _ => return self.field(line, out),
        }
        Ok(())
    }

    /// The body ended; `last` is the line it ended in. What comes out may be
    /// cut off; `true` if it is JSON that never closed.
    pub(super) fn finish(
        &mut self,
        last: Option<Vec<u8>>,
        out: &mut Vec<Frame>,
    ) -> Result<bool, TooLarge> {
        if let Some(last) = last {
            let cut_field = FIELDS.iter().any(|name| name.starts_with(&last));
            if !cut_field {
                self.line(&last, out)?;
            }
        }
        let unclosed = self.bare.is_some();
        self.end_bare(out);
        self.dispatch(out);
        Ok(unclosed)
    }

    /// An excerpt of the first line that meant nothing.
    pub(super) fn stray(&self) -> Option<&str> {
        self.stray.as_deref()
    }

    fn field(&mut self, line: &[u8], out: &mut Vec<Frame>) -> Result<(), TooLarge> {
        let (name, value) = match memchr(b':', line) {
            Some(at) => {
                let (name, rest) = line.split_at(at);
                let value = rest.strip_prefix(b":").unwrap_or(rest);
                (name, value.strip_prefix(b" ").unwrap_or(value))
            }
            None => (line, &[][..]),
        };
        match name {
            b"data" => {
                if self.data.len() + value.len() > self.limit {
                    return Err(TooLarge);
                }
                if self.has_data {
                    self.data.push('\n');
                }
                self.has_data = true;
                self.data.push_str(&String::from_utf8_lossy(value));
            }
            b"event" => self.event = String::from_utf8_lossy(value).into_owned(),
            b"id" | b"retry" => {}
            b"error" if is_bare_json(value) => {
                self.dispatch(out);
                out.push(Frame {
                    event: "error".to_owned(),
                    data: String::from_utf8_lossy(value).into_owned(),
                });
            }
            _ => {
                if self.stray.is_none() {
                    self.stray = Some(excerpt(&String::from_utf8_lossy(line)));
                }
            }
        }
        Ok(())
    }

    fn dispatch(&mut self, out: &mut Vec<Frame>) {
        let event = std::mem::take(&mut self.event);
        if std::mem::take(&mut self.has_data) {
            let data = std::mem::take(&mut self.data);
            out.push(Frame { event, data });
        }
    }

    /// Reads a line of bare JSON, in which one document may end and others
    /// follow.
    fn bare_line(&mut self, mut line: &[u8], out: &mut Vec<Frame>) -> Result<(), TooLarge> {
        loop {
            let (text, span) = self.bare.get_or_insert_default();
            if text.len() + line.len() > self.limit {
                return Err(TooLarge);
            }
            if !text.is_empty() {
                text.push('\n');
            }
            let Some(end) = span.feed(line) else {
                text.push_str(&String::from_utf8_lossy(line));
                return Ok(());
            };
            let (own, rest) = line.split_at(end);
            text.push_str(&String::from_utf8_lossy(own));
            self.end_bare(out);
            // A comma is seen where a server streams the members of an array.
            let rest = rest.trim_ascii_start();
            line = rest.strip_prefix(b",").unwrap_or(rest).trim_ascii_start();
            if !is_bare_json(line) {
                break;
            }
        }
        if line.is_empty() {
            return Ok(());
        }
        self.field(line, out)
    }

    fn end_bare(&mut self, out: &mut Vec<Frame>) {
        if let Some((data, _)) = self.bare.take() {
            let event = std::mem::take(&mut self.event);
            out.push(Frame { event, data });
        }
    }
}

fn is_bare_json(line: &[u8]) -> bool {
    matches!(line.trim_ascii_start(), [b'{' | b'[', ..])
}

/// Whether a line inside bare JSON shows that events have begun again. None of
/// these can start a line of a JSON document.
fn resumes_events(line: &[u8]) -> bool {
    line.starts_with(b"data:") || line.starts_with(b"event:") || line.starts_with(b":")
}
