//! The inside of an open fence, read byte by byte and never twice.
//!
//! While a fence is open every line is code until the closing one, so the text
//! can simply be appended. This keeps a long code block linear and immediate.

/// Reader of the lines of one open fence that began at the first column.
#[derive(Debug, Clone)]
pub(super) struct Fence {
    mark: u8,
    width: usize,
    line: Line,
    /// The start of a line that may still turn out to be the closing fence.
    held: String,
    /// Whether a line was already written, so that the next needs a line end.
    started: bool,
    /// Whether the start of the current line was already written.
    midway: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Indent(usize),
    Marks(usize),
    Trail,
    Content,
}

impl Fence {
    /// Reads the opening line; `None` if it does not open a fence at column 0.
    pub(super) fn open(line: &str, started: bool) -> Option<Self> {
        let mark = *line
            .as_bytes()
            .first()
            .filter(|mark| b"`~".contains(mark))?;
        let width = line.bytes().take_while(|byte| *byte == mark).count();
        (width >= 3).then_some(Self {
            mark,
            width,
            line: Line::Indent(0),
            held: String::new(),
            started,
            midway: false,
        })
    }

    /// Appends the code in `input` to `code`. If the fence closes, gives the
    /// number of bytes that were read, the closing line included.
    pub(super) fn feed(&mut self, input: &str, code: &mut String) -> Option<usize> {
        let mut from = 0;
        for (at, byte) in input.bytes().enumerate() {
            if byte == b'\n' {
                if self.closes() {
                    return Some(at + 1);
                }
                self.write(input.get(from..at).unwrap_or_default(), code);
                self.line = Line::Indent(0);
                self.midway = false;
                from = at + 1;
            } else {
                self.step(byte);
            }
        }
        let rest = input.get(from..).unwrap_or_default();
        if self.line == Line::Content {
            self.write(rest, code);
        } else {
            self.held.push_str(rest);
        }
        None
    }

    /// Ends the input; true if its last line closes the fence.
    pub(super) fn end(&mut self, code: &mut String) -> bool {
        let closes = self.closes();
        // Up to three spaces at the very end are no line of code.
        let blank = matches!(self.line, Line::Indent(_));
        if !closes && !blank {
            self.write("", code);
        }
        closes
    }

    fn closes(&self) -> bool {
        match self.line {
            Line::Marks(count) => count >= self.width,
            Line::Trail => true,
            Line::Indent(_) | Line::Content => false,
        }
    }

    fn step(&mut self, byte: u8) {
        self.line = match self.line {
            Line::Indent(count) if byte == b' ' && count < 3 => Line::Indent(count + 1),
            Line::Indent(_) if byte == self.mark => Line::Marks(1),
            Line::Marks(count) if byte == self.mark => Line::Marks(count + 1),
            Line::Marks(count) if byte == b' ' && count >= self.width => Line::Trail,
            Line::Trail if byte == b' ' => Line::Trail,
            _ => Line::Content,
        };
    }

    fn write(&mut self, text: &str, code: &mut String) {
        if self.started && !self.midway {
            code.push('\n');
        }
        self.started = true;
        self.midway = true;
        code.push_str(&std::mem::take(&mut self.held));
        code.push_str(text);
    }
}
