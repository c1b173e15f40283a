//! Finds where a JSON document ends, so that documents without any framing can
//! be told apart.

/// Tracks brackets and strings over successive pieces of one document.
#[derive(Debug, Default)]
pub(super) struct JsonSpan {
    depth: u32,
    in_string: bool,
    escaped: bool,
}

impl JsonSpan {
    /// Reads on. Gives the length of the part of `bytes` that still belongs to
    /// the document once its brackets are balanced, `None` while they are not.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Option<usize> {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.in_string {
                if self.escaped {
                    self.escaped = false;
                } else if byte == b'\\' {
                    self.escaped = true;
                } else if byte == b'"' {
                    self.in_string = false;
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => {
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
        }
        None
    }
}
