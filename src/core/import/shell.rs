//! The words of a shell command, after POSIX, with `$'…'`.
//!
//! Nothing is expanded: a variable stays as it is written.

/// Why a command cannot be taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// A quote that is not closed.
    Quote(char),
    /// It ends with a lone backslash.
    Backslash,
}

/// A word, and what of a here-document stands behind the command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words {
    /// The words of the first command.
    pub(super) words: Vec<String>,
    /// What goes to its standard input, where the text says so itself.
    pub(super) input: Option<String>,
}

/// Takes the first command apart. It ends at an unquoted line end, `;`, `|` or
/// `&`.
pub(super) fn words(text: &str) -> Result<Words, Broken> {
    let mut reader = Reader {
        rest: text,
        words: Vec::new(),
        word: None,
        here: None,
    };
    reader.run()?;
    let Reader {
        rest, words, here, ..
    } = reader;
    let input = here.and_then(|end| here_document(rest, &end));
    Ok(Words { words, input })
}

struct Reader<'a> {
    rest: &'a str,
    words: Vec<String>,
    /// The word that is being read; `Some` as soon as it has begun.
    word: Option<String>,
    /// The line that ends a here-document.
    here: Option<String>,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let first = self.rest.chars().next()?;
        self.rest = self.rest.get(first.len_utf8()..).unwrap_or_default();
        Some(first)
    }

    fn push(&mut self, c: char) {
        self.word.get_or_insert_default().push(c);
    }

    fn end_word(&mut self) {
        if let Some(word) = self.word.take() {
            match word.strip_prefix("<<") {
                Some(end) if self.here.is_none() => {
                    self.here = Some(end.trim_start_matches('-').to_owned());
                }
                _ => self.words.push(word),
            }
        }
    }

    fn run(&mut self) -> Result<(), Broken> {
        while let Some(c) = self.next() {
            match c {
                '\\' => self.backslash()?,
                '\'' => self.single()?,
                '"' => self.double()?,
                '$' if self.rest.starts_with('\'') => {
                    self.next();
                    self.ansi()?;
                }
                '$' if self.rest.starts_with('"') => {}
                ' ' | '\t' => self.end_word(),
                '\r' if self.rest.starts_with('\n') => {}
                '\n' | ';' | '|' | '&' => {
                    self.end_word();
                    if !self.words.is_empty() {
                        return Ok(());
                    }
                }
                '#' if self.word.is_none() => {
                    let end = self.rest.find('\n').unwrap_or(self.rest.len());
                    self.rest = self.rest.get(end..).unwrap_or_default();
                }
                other => self.push(other),
            }
        }
        self.end_word();
        Ok(())
    }

    fn backslash(&mut self) -> Result<(), Broken> {
        match self.next() {
            None => Err(Broken::Backslash),
            Some('\n') => Ok(()),
            Some('\r') if self.rest.starts_with('\n') => {
                self.next();
                Ok(())
            }
            Some(c) => {
                self.push(c);
                Ok(())
            }
        }
    }

    fn single(&mut self) -> Result<(), Broken> {
        let (inside, rest) = self.rest.split_once('\'').ok_or(Broken::Quote('\''))?;
        self.word.get_or_insert_default().push_str(inside);
        self.rest = rest;
        Ok(())
    }

    fn double(&mut self) -> Result<(), Broken> {
        self.word.get_or_insert_default();
        loop {
            match self.next().ok_or(Broken::Quote('"'))? {
                '"' => return Ok(()),
                '\\' => match self.next().ok_or(Broken::Quote('"'))? {
                    '\n' => {}
                    c @ ('"' | '\\' | '$' | '`') => self.push(c),
                    other => {
                        self.push('\\');
                        self.push(other);
                    }
                },
                other => self.push(other),
            }
        }
    }

    /// `$'…'`, as browsers write it when a request is copied.
    fn ansi(&mut self) -> Result<(), Broken> {
        const OPEN: Broken = Broken::Quote('\'');
        let mut bytes: Vec<u8> = Vec::new();
        loop {
            match self.next().ok_or(OPEN)? {
                '\'' => break,
                '\\' => self.escape(&mut bytes).ok_or(OPEN)?,
                other => push_char(other, &mut bytes),
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.word.get_or_insert_default().push_str(&text);
        Ok(())
    }

    fn escape(&mut self, bytes: &mut Vec<u8>) -> Option<()> {
        match self.next()? {
            'n' => bytes.push(b'\n'),
            't' => bytes.push(b'\t'),
            'r' => bytes.push(b'\r'),
            'a' => bytes.push(7),
            'b' => bytes.push(8),
            'e' | 'E' => bytes.push(27),
            'f' => bytes.push(12),
            'v' => bytes.push(11),
            'x' => bytes.push(u8::try_from(self.number(2, 16)?).ok()?),
            'u' => self.unicode(4, bytes)?,
            'U' => self.unicode(8, bytes)?,
            c @ '0'..='7' => {
                let first = c.to_digit(8)?;
                let more = self.digits(2, 8);
                let digits = u32::try_from(more.len()).ok()?;
                let rest = u32::from_str_radix(&more, 8).unwrap_or(0);
                let code = first * 8u32.pow(digits) + rest;
                bytes.push(u8::try_from(code & 0xff).ok()?);
            }
            c @ ('\\' | '\'' | '"' | '?') => push_char(c, bytes),
            other => {
                bytes.push(b'\\');
                push_char(other, bytes);
            }
        }
        Some(())
    }

    /// A code point; two halves of a pair are joined, as Chrome writes them.
    fn unicode(&mut self, most: usize, bytes: &mut Vec<u8>) -> Option<()> {
        let mut code = self.number(most, 16)?;
        if (0xd800..0xdc00).contains(&code) && self.rest.starts_with("\\u") {
            let before = self.rest;
            self.next();
            self.next();
            match self.number(4, 16) {
                Some(low) if (0xdc00..0xe000).contains(&low) => {
                    code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                }
                _ => self.rest = before,
            }
        }
        push_char(char::from_u32(code).unwrap_or('\u{fffd}'), bytes);
        Some(())
    }

    fn digits(&mut self, most: usize, radix: u32) -> String {
        let digits: String = self
            .rest
            .chars()
            .take(most)
            .take_while(|c| c.is_digit(radix))
            .collect();
        self.rest = self.rest.get(digits.len()..).unwrap_or_default();
        digits
    }

    fn number(&mut self, most: usize, radix: u32) -> Option<u32> {
        u32::from_str_radix(&self.digits(most, radix), radix).ok()
    }
}

fn push_char(c: char, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// The lines up to the one that ends a here-document.
fn here_document(rest: &str, end: &str) -> Option<String> {
    let mut lines = Vec::new();
    for line in rest.lines() {
        if line == end {
            return Some(lines.join("\n"));
        }
        lines.push(line);
    }
    None
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::process::Command;

    fn of(text: &str) -> Vec<String> {
        words(text).unwrap().words
    }

    #[test]
    fn quotes_and_line_ends_are_read_as_a_shell_reads_them() {
        for (text, wanted) in [
            ("a  b\tc", vec!["a", "b", "c"]),
            ("a \\\n  b", vec!["a", "b"]),
            ("a \\\r\n  b", vec!["a", "b"]),
            ("'it'\\''s' \"$x \\\" \\n\"", vec!["it's", "$x \" \\n"]),
            ("'' \"\"", vec!["", ""]),
            (
                "$'a\\nb\\x41\\u00e9\\ud83c\\udf27\\'\\101'",
                vec!["a\nbAé🌧'A"],
            ),
            ("a # comment\nb", vec!["a"]),
            ("a#b", vec!["a#b"]),
            ("\n\n a | b", vec!["a"]),
            ("a; b", vec!["a"]),
        ] {
            assert_eq!(of(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_not_closed_is_a_fault() {
        assert_eq!(words("a 'b"), Err(Broken::Quote('\'')));
        assert_eq!(words("a \"b"), Err(Broken::Quote('"')));
        assert_eq!(words("a $'b\\'"), Err(Broken::Quote('\'')));
        assert_eq!(words("a \\"), Err(Broken::Backslash));
    }

    #[test]
    fn a_here_document_is_the_standard_input() {
        let read = words("curl -d @- <<'JSON'\n{\n  \"a\": 'x'\n}\nJSON\n").unwrap();
        assert_eq!(read.words, ["curl", "-d", "@-"]);
        assert_eq!(read.input.as_deref(), Some("{\n  \"a\": 'x'\n}"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// A real shell is the witness, for whatever needs no expansion.
        #[test]
        fn a_shell_finds_the_same_words(text in "([a-z ]|'[^'\u{0}]{0,6}'|\\\\[a-z'\" ]|\"[a-z '#|;]{0,6}\"){0,8}") {
            let script = format!("for word in {text}\ndo printf '%s\\0' \"$word\"; done");
            let output = Command::new("bash").args(["-f", "-c"]).arg(&script).output().unwrap();
            prop_assume!(output.status.success());
            let found = String::from_utf8(output.stdout).unwrap();
            let mut found: Vec<&str> = found.split('\0').collect();
            found.pop();
            prop_assert_eq!(of(&text), found);
        }

        #[test]
        fn no_text_makes_it_fall_over(text in "\\PC{0,40}|[$'\"\\\\xuU0-9a-f\n]{0,30}") {
            let _ = words(&text);
        }
    }
}
