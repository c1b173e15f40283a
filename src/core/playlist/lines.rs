//! Lists in plain text: by lines, by blank lines, by `---`.

use super::Entry;

/// One prompt a line. Where every line is an item of a list, its bullets and
/// numbers are no part of the prompts.
pub(super) fn by_line(text: &str) -> Vec<Entry> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let items: Option<Vec<&str>> = lines.iter().map(|line| item(line)).collect();
    let is_list = lines.len() > 1;
    match items.filter(|_| is_list) {
        Some(items) => items.into_iter().map(Entry::new).collect(),
        None => lines.into_iter().map(Entry::new).collect(),
    }
}

/// What stands behind a bullet or a number.
fn item(line: &str) -> Option<&str> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if digits > 0 {
        line.get(digits..)?.strip_prefix(['.', ')'])?
    } else {
        line.strip_prefix(['-', '*', '•'])?
    };
    let text = rest.strip_prefix([' ', '\t'])?.trim();
    (!text.is_empty()).then_some(text)
}

/// Blocks with blank lines between them. Inside a code fence a blank line is
/// text.
pub(super) fn by_block(text: &str) -> Vec<Entry> {
    cut(text, |line| line.trim().is_empty())
        .into_iter()
        .map(Entry::new)
        .collect()
}

/// Markdown, cut where a line is `---`. A heading at the top of a part that says
/// more is its title.
pub(super) fn by_rule(text: &str) -> Vec<Entry> {
    cut(text, is_rule).into_iter().map(titled).collect()
}

/// Whether a text is cut by `---` anywhere outside of code.
pub(super) fn has_rule(text: &str) -> bool {
    let mut fence = Fence::default();
    text.lines().any(|line| !fence.holds(line) && is_rule(line))
}

fn is_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 3 && line.bytes().all(|byte| byte == b'-')
}

/// The parts between the lines where `is_cut` says so, without blank ones.
fn cut(text: &str, is_cut: impl Fn(&str) -> bool) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut fence = Fence::default();
    for line in text.lines() {
        if !fence.holds(line) && is_cut(line) {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
        .iter()
        .map(|part| part.trim_matches('\n').trim_end())
        .filter(|part| !part.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

fn titled(part: String) -> Entry {
    let first = part.lines().next().unwrap_or_default();
    let title = first.trim_start_matches('#');
    let level = first.len() - title.len();
    let rest = part.get(first.len()..).unwrap_or_default().trim();
    if (1..=6).contains(&level) && title.starts_with(' ') && !rest.is_empty() {
        Entry {
            title: Some(title.trim().to_owned()),
            prompt: rest.to_owned(),
            variables: Vec::new(),
        }
    } else {
        Entry::new(part)
    }
}

/// The code fence that the lines so far have opened, if any.
#[derive(Default)]
struct Fence(Option<(char, usize)>);

impl Fence {
    /// Whether a line is part of fenced code, its fences included.
    fn holds(&mut self, line: &str) -> bool {
        let line = line.trim();
        let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let length = mark.map_or(0, |mark| line.chars().take_while(|c| *c == mark).count());
        match (self.0, mark) {
            (None, Some(mark)) if length >= 3 => {
                self.0 = Some((mark, length));
                true
            }
            (None, _) => false,
            (Some((open, long)), Some(mark))
                if mark == open && length >= long && line.len() == length =>
            {
                self.0 = None;
                true
            }
            (Some(_), _) => true,
        }
    }
}
