//! Hides half-written marks at the end of a text that still grows.
//!
//! Only what the eye sees meanwhile depends on this, never the final tree.

use std::borrow::Cow;

/// `window` with its unfinished last line made presentable: a line of marks
/// only is held back, open emphasis and code spans are closed, and half a link
/// shows its text.
pub(super) fn smooth(window: &str) -> Cow<'_, str> {
    let start = window.rfind('\n').map_or(0, |at| at + 1);
    let (before, line) = window.split_at_checked(start).unwrap_or((window, ""));
    if line.is_empty() || in_fence(before) {
        return Cow::Borrowed(window);
    }
    if is_undecided(line) {
        return Cow::Borrowed(before);
    }
    let (line, closers) = Spans::read(line).finish(line);
    Cow::Owned([before, &line, &closers].concat())
}

/// Whether a fence inside a list or quote seems to be open.
fn in_fence(text: &str) -> bool {
    let marks = |line: &&str| {
        let bare = line.trim_start_matches(|c: char| " \t>-*+.)".contains(c) || c.is_ascii_digit());
        bare.starts_with("```") || bare.starts_with("~~~")
    };
    text.lines().filter(marks).count() % 2 == 1
}

/// Whether the line could still become any kind of block: a rule, a fence, an
/// underline, an empty item.
fn is_undecided(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits > 0 && digits < 4 && matches!(line.get(digits..), Some("" | "." | ")"));
    let item = line
        .strip_prefix(['-', '*', '+'])
        .or_else(|| {
            line.get(digits..)
                .and_then(|rest| rest.strip_prefix(['.', ')']))
        })
        .unwrap_or(line)
        .trim_start_matches(' ');
    let task = matches!(item, "" | "[" | "[ " | "[x" | "[X" | "[ ]" | "[x]" | "[X]");
    number || task || line.chars().all(|c| "-=*+#|`~:_ ".contains(c))
}

/// The spans that are open at the end of a line.
#[derive(Default)]
struct Spans<'a> {
    /// Open emphasis marks, outermost first, with where their content starts.
    marks: Vec<(&'a str, usize)>,
    /// The backticks of an open code span, with where its content starts.
    code: Option<(&'a str, usize)>,
    /// Open square brackets.
    brackets: Vec<usize>,
    /// A link whose target is being written: its bracket and the end of its text.
    link: Option<(usize, usize)>,
}

impl<'a> Spans<'a> {
    fn read(line: &'a str) -> Self {
        let mut spans = Self::default();
        let mut at = 0;
        while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
            at = match c {
                '\\' => {
                    at + 1
                        + line
                            .get(at + 1..)
                            .and_then(|rest| rest.chars().next())
                            .map_or(0, char::len_utf8)
                }
                '`' => spans.backticks(line, at),
                '*' | '_' | '~' => spans.emphasis(line, at, c),
                _ => spans.other(line, at, c),
            };
            if spans.code.is_some() {
                break;
            }
        }
        spans
    }

    /// Skips a whole code span, or notes that it is open.
    fn backticks(&mut self, line: &'a str, at: usize) -> usize {
        let run = run(line, at, '`');
        let mut from = at + run.len();
        while let Some(next) = line.get(from..).and_then(|rest| rest.find('`')) {
            let close = self::run(line, from + next, '`');
            from += next + close.len();
            if close.len() == run.len() {
                return from;
            }
        }
        self.code = Some((run, at + run.len()));
        line.len()
    }

    fn emphasis(&mut self, line: &'a str, at: usize, mark: char) -> usize {
        let run = run(line, at, mark);
        let end = at + run.len();
        let free =
            |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || "([{\"'>|*_~".contains(c));
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        let after = line.get(end..).and_then(|rest| rest.chars().next());
        if before.is_some_and(|c| !c.is_whitespace())
            && self.marks.last().is_some_and(|(open, _)| *open == run)
        {
            self.marks.pop();
        } else if free(before)
            && !after.is_some_and(char::is_whitespace)
            && run.len() < 4
            && (mark != '~' || run.len() == 2)
        {
            self.marks.push((run, end));
        }
        end
    }

    fn other(&mut self, line: &str, at: usize, c: char) -> usize {
        match c {
            '[' if self.link.is_none() => self.brackets.push(at),
            ']' if self.link.is_none() => {
                let open = self.brackets.pop();
                if line.get(at + 1..).is_some_and(|rest| rest.starts_with('(')) {
                    self.link = open.map(|open| (open, at));
                }
            }
            ')' => self.link = None,
            _ => {}
        }
        at + c.len_utf8()
    }

    /// The line as it is shown, and the marks that close it.
    fn finish(mut self, line: &str) -> (String, String) {
        let mut shown = line.to_owned();
        let mut closers = String::new();
        if let Some((open, text_end)) = self.link {
            self.marks.retain(|&(_, start)| start <= text_end);
            self.code = None;
            shown.truncate(text_end);
            let image = shown.get(..open).is_some_and(|head| head.ends_with('!'));
            let from = open - usize::from(image);
            shown.replace_range(from..=open, "");
            let cut = open + 1 - from;
            for (_, start) in &mut self.marks {
                *start -= if *start > open { cut } else { 0 };
            }
        }
        if let Some((ticks, start)) = self.code {
            if start == shown.len() {
                shown.truncate(start - ticks.len());
            } else {
                closers.push_str(ticks);
            }
        }
        for (mark, start) in self.marks.iter().rev() {
            if closers.is_empty() && *start >= shown.trim_end().len() {
                shown.truncate(start.saturating_sub(mark.len()));
            } else {
                closers.push_str(mark);
            }
        }
        if !closers.starts_with('`') && !closers.is_empty() {
            shown.truncate(shown.trim_end().len());
        }
        (shown, closers)
    }
}

/// The run of `mark` that starts at `at`.
fn run(line: &str, at: usize, mark: char) -> &str {
    let rest = line.get(at..).unwrap_or_default();
    let end = rest.find(|c| c != mark).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}
